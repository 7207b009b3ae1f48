"""The rota of one year, and the part of it that is asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.commands.places import area_row
from sim.config.words import did_you_mean
from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.scenario import Scenario
from sim.errors import BadInput
from sim.rota.compared import Share, as_planned, shares
from sim.rota.duties import Duties, lay_duties
from sim.rota.rest import Ints
from sim.rota.seats import Seats, seats
from sim.rota.staff import Staff, draw_staff, nobody_away, only_written
from sim.rota.supply import deal_area_types
from sim.verbs import VERBS

WEEKS = int(VERBS["rota"].key("weeks").default)  # shown unless told


@dataclass(frozen=True)
class Laid:
    """One year's rota: as held after leave, sickness and cover, and on paper, and what is chosen to be shown.

    teams: rows of the scenario's teams; everywhere: nothing was chosen. first_day, weeks: that are shown.
    drawn: leave, sickness and vacancies are drawn, and not only those that are written.
    """

    scenario: Scenario
    seed: int
    staff: Staff
    duties: Duties
    paper: Duties
    teams: tuple[int, ...]
    everywhere: bool
    first_day: int
    weeks: int
    drawn: bool = True

    @property
    def people(self) -> Ints:
        """Rows of the staff in the chosen teams, once each."""
        rows = {person: row for row, person in enumerate(self.staff.people)}
        chosen = dict.fromkeys(person for team in self.teams for person in self.scenario.teams[team].people)
        return np.array([rows[person] for person in chosen], dtype=np.int64)


def laid(scenario: Scenario, seed: int, own: Mapping[str, str]) -> Laid:
    """The rota of the first replication. Raises BadInput for an area, team or number of weeks that is not there."""
    teams = _chosen(scenario, own)
    first_day = _first_day(scenario, own.get("from"))
    weeks = _weeks(scenario, own.get("weeks"), first_day)
    key = (seed, 0)
    staff, area_types = draw_staff(scenario, key), deal_area_types(scenario, key)
    drawn = own.get("away", "drawn") == "drawn"
    staff = staff if drawn else only_written(staff)
    return Laid(
        scenario, seed, staff,
        duties=lay_duties(scenario, staff, area_types, key),
        paper=lay_duties(scenario, nobody_away(staff), area_types, key),
        teams=teams, everywhere=not {"area", "team"} & set(own) and len(scenario.areas) > 1,
        first_day=first_day, weeks=weeks, drawn=drawn,
    )  # fmt: skip


def shares_of(rota: Laid) -> list[Share]:
    """What everybody has of the rotas that are written by hand, beside their patterns; empty where none is."""
    if not any(rota.scenario.teams[team].written or rota.scenario.teams[team].changes for team in rota.teams):
        return []
    planned, key = as_planned(rota.scenario), (rota.seed, 0)
    duties = lay_duties(planned, nobody_away(rota.staff), deal_area_types(planned, key), key)
    return shares(rota.scenario, duties, rota.paper, rota.teams)


def to_go_by(rota: Laid) -> Duties:
    """The duties that people are told of: with the absences that are written, and none that is drawn."""
    if not rota.drawn:
        return rota.duties
    key = (rota.seed, 0)
    return lay_duties(rota.scenario, only_written(rota.staff), deal_area_types(rota.scenario, key), key)


def seats_of(rota: Laid) -> list[Seats]:
    """The seat arithmetic of the chosen teams."""
    names = {rota.scenario.teams[team].name for team in rota.teams}
    return [line for line in seats(rota.scenario, rota.paper) if line.team in names]


def first_area(rota: Laid) -> tuple[int, ...]:
    """Teams of the first area that any team serves."""
    for area in rota.scenario.areas:
        if found := tuple(team for team in rota.teams if area.code in rota.scenario.teams[team].areas):
            return found
    return ()


def _chosen(scenario: Scenario, own: Mapping[str, str]) -> tuple[int, ...]:
    teams = scenario.teams
    if {"area", "team"} <= set(own):
        raise BadInput(f"area = {own['area']}: there is team = {own['team']} as well; write one of the two")
    if "team" in own:
        names = [team.name for team in teams]
        if own["team"] not in names:
            raise BadInput(f"team = {own['team']}: no such team in this scenario; {did_you_mean(own['team'], names)}")
        return (names.index(own["team"]),)
    if "area" not in own:
        return tuple(range(len(teams)))
    area = scenario.areas[area_row(scenario, own["area"])]
    found = tuple(row for row, team in enumerate(teams) if area.code in team.areas)
    if not found:
        raise BadInput(f"area = {own['area']}: no team of this scenario serves it; choose another area")
    return found


def _first_day(scenario: Scenario, said: str | None) -> int:
    """The first day shown. Raises BadInput for what is no date, or none for which the rota is laid."""
    if said is None:
        return int(scenario.run.window[0] // HOURS_PER_DAY)
    begins, ends = (scenario.calendar.date(hour) for hour in (0.0, scenario.run.horizon - HOURS_PER_DAY))
    try:
        day = dt.date.fromisoformat(said)
    except ValueError:
        raise BadInput(f"from = {said}: no such date; write it as from={begins}") from None
    if not begins <= day <= ends:
        rule = f"the rota is laid from {begins} to {ends}"
        raise BadInput(f"from = {said}: {rule}; choose one of these days, or move calendar.start_date")
    return (day - scenario.calendar.start_date).days


def _weeks(scenario: Scenario, said: str | None, first_day: int) -> int:
    left = int(scenario.run.horizon // HOURS_PER_DAY) - first_day
    most = max(int(scenario.run.weeks), 1)
    if said is not None and int(said) <= most and int(said) * 7 > left:
        raise BadInput(f"weeks = {said}: the rota is laid for {left // 7} weeks from that day; write weeks={left // 7}")
    most = max(min(most, left // 7), 1)
    if said is None:
        return min(WEEKS, most)
    if int(said) > most:
        raise BadInput(
            f"weeks = {said}: must be a whole number from 1 to {most}, the weeks measured; write weeks={WEEKS}"
        )
    return int(said)
