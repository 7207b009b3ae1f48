"""A planner's table of people: who they are, where they live, since when and until when, and when they are away.

No name leaves this part but on the person it belongs to: complaints name the line of the table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil, inf
from typing import Any

from sim.config.compose import Composed
from sim.config.rows import Row, read_rows
from sim.config.tables import ELSEWHERE, Files, find_table
from sim.config.words import BadKey, did_you_mean
from sim.domain.area import Area
from sim.domain.calendar import HOURS_PER_DAY, Calendar
from sim.domain.scenario import Run
from sim.domain.staff import Clinician, Team

NAMED = "named"  # people of a team that stand in the table of people
TABLE = "workforce.people_file"
COLUMNS = ("name", "team")
OPTIONAL = ("role", "wte", "home", "from", "until", "away_from", "away_until", "why")
ONCE = ("role", "wte", "home", "from", "until")  # said in the first row of somebody; further rows say more absences
OUT_OF_POST = "in post on no day of the run"
ANNUAL_LEAVE = ("leave", "annual leave")  # whoever has any written has none drawn


@dataclass(frozen=True)
class Places:
    """Where people may live: plans with their role, areas of the run, and all codes there are."""

    roles: Mapping[str, str]
    here: frozenset[str]
    area_of: Mapping[str, str]  # of the code of an area or locality


def read_people(
    composed: Composed, config: dict[str, Any], files: Files, areas: list[Area], everywhere: list[Area],
    clock: Calendar, run: Run,
) -> dict[str, tuple[Clinician, ...]]:  # fmt: skip
    """The people of the table by team, in its order; empty where there is no table. Raises BadKey or BadInput.

    Whoever stands in two teams is one person. Rows of people who are in post on no day of the run are counted as such.
    clock: counts days from the start of the run.
    """
    if composed.config["workforce"]["people_file"] is None:
        return {}
    rows = read_rows(find_table(composed, TABLE, files), COLUMNS, OPTIONAL, private=("name",))
    pieces = {piece.code: area.code for area in everywhere for piece in area.pieces}
    codes = {area.code: area.code for area in everywhere}
    roles = {plan: team["role"] for plan, team in config["teams"].items()}
    places = Places(roles, frozenset(area.code for area in areas), pieces | codes)
    found: dict[str, dict[str, list[Row]]] = {}
    for row in rows:
        _check_team(row, config["teams"])
        found.setdefault(row.cells["team"], {}).setdefault(row.needed("name").casefold(), []).append(row)
    people, numbers, elsewhere, out_of_post = {}, dict[tuple[str, str], int](), 0, 0
    made: dict[str, tuple[Row, Clinician]] = {}
    for plan, by_name in found.items():
        people[plan] = list[Clinician]()
        for name, mine in by_name.items():
            person = _person(mine, places, clock)
            if name in made:
                person = _the_same(mine[0], person, *made[name])
            elif person.area in places.here:
                number = numbers[person.area, person.role] = numbers.get((person.area, person.role), 0) + 1
                person = replace(person, number=number, code=f"{person.area}.{person.role}.{number}")
                made[name] = mine[0], person
            if person.area in places.here:
                people[plan].append(person)
                out_of_post += len(mine) * (not person.is_in_post(0, ceil(run.horizon / HOURS_PER_DAY) - 1))
            else:
                elsewhere += len(mine)
    files.count(TABLE, rows, [(ELSEWHERE, elsewhere), (OUT_OF_POST, out_of_post)])
    return {plan: tuple(of) for plan, of in people.items()}


def of_plan(
    key: str, role: str, members: list[Area], table: Mapping[str, tuple[Clinician, ...]]
) -> tuple[Clinician, ...]:  # fmt: skip
    """The people of the table who are in a team and live in its areas. Raises BadKey if the team has none at all."""
    plan = key.split(".")[1]
    if plan not in table:
        rule = f"no table of people has a row of team {plan}"
        raise BadKey(key, NAMED, rule, f"write {TABLE}: ./people.csv with columns {', '.join(COLUMNS)}")
    here = {area.code for area in members}
    return tuple(person for person in table[plan] if person.area in here)


def nameless(team: Team) -> Team:
    """The same team with codes in place of names."""
    coded = {person: replace(person, name="") for person in team.people}
    return replace(
        team,
        people=tuple(coded.values()),
        written=tuple(replace(duty, person=duty.person and coded[duty.person]) for duty in team.written),
        changes=tuple(
            replace(one, person=coded[one.person], other=one.other and coded[one.other]) for one in team.changes
        ),
    )


def without_names(config: dict[str, Any], places: Mapping[str, Mapping[str, tuple[int, ...]]]) -> dict[str, Any]:
    """The configuration as it is written out: numbers of people in place of names, which give the same people.

    places: by team and pattern, where those who work it stand in the list.
    """
    teams = {plan: team and _nameless(team, places.get(plan, {})) for plan, team in config["teams"].items()}
    return {**config, "teams": teams}


def _nameless(team: dict[str, Any], places: Mapping[str, tuple[int, ...]]) -> dict[str, Any]:
    asked = team.get("people")
    if isinstance(asked, list):
        asked = len(asked)
    elif isinstance(asked, dict):
        asked = {code: len(here) if isinstance(here, list) else here for code, here in asked.items()}
    patterns = dict(team.get("patterns") or {})
    for name, pattern in patterns.items():
        if pattern and any(isinstance(one, str) for one in pattern.get("only") or ()):
            patterns[name] = {**pattern, "only": list(places.get(name, ()))}
    return {**team, "people": asked, "patterns": patterns}


def _check_team(row: Row, teams: Mapping[str, Any]) -> None:
    plan = row.needed("team")
    if plan not in teams:
        raise row.bad("team", "no such team in this scenario", did_you_mean(plan, teams))
    if (asked := teams[plan]["people"]) != NAMED:
        said = f"has people: {asked}" if isinstance(asked, str | int) else "has people of its own"
        raise row.bad("team", f"team {plan} {said}", f"write teams.{plan}.people: {NAMED}, or take the row out")


def _person(rows: list[Row], places: Places, clock: Calendar) -> Clinician:
    """One person, still without a number, from all rows of their name in one team."""
    first = rows[0]
    role = places.roles[first.cells["team"]]
    if (said := first.cells.get("role")) and said != role:
        raise first.bad("role", f"team {first.cells['team']} has role {role}", f"write {role}, or leave it empty")
    for row in rows[1:]:
        for column in ONCE:
            if row.cells.get(column, "") not in ("", first.cells.get(column, "")):
                rule = f"line {first.line} says {first.cells.get(column) or 'nothing'} of the same person"
                raise row.bad(column, rule, "say it once; further rows of somebody are further absences")
    start, end = (first.day(column, clock.start_date) for column in ("from", "until"))
    if start is not None and end is not None and end < start:
        raise first.bad("until", "is before from", "write a later date, or take one out")
    code = first.cells.get("home") or _only_place(first, places)
    if code not in places.area_of:
        raise first.bad("home", "no area or locality of that code", did_you_mean(code, places.area_of))
    area = places.area_of[code]
    away = tuple(filter(None, (_away(row, clock) for row in rows)))
    return Clinician(
        "", role, area, 0, name=" ".join(first.cells["name"].split()), wte=first.number("wte", 0.01, 1),
        locality="" if code == area else code, first_day=-inf if start is None else start,
        last_day=inf if end is None else end, away=away,
        leave_written=any(row.cells.get("why", "").casefold() in ANNUAL_LEAVE for row in rows),
    )  # fmt: skip


def _only_place(row: Row, places: Places) -> str:
    if len(places.here) > 1:
        raise row.bad(
            "home", "missing: the run has several areas", "write the code of an area or locality in every row"
        )
    return next(iter(places.here))


def _the_same(row: Row, person: Clinician, first: Row, known: Clinician) -> Clinician:
    """Somebody who stands in a second team. Raises BadInput unless both say the same of them."""
    for column in (*ONCE, "away_from"):
        mine, hers = row.cells.get(column, ""), first.cells.get(column, "")
        if mine not in ("", hers) or (column == "role" and person.role != known.role):
            rule = f"line {first.line} says {hers or known.role if column == 'role' else hers or 'nothing'}"
            raise row.bad(column, f"{rule} of the same name", "say it once, or give one of the two another name")
    return known


def _away(row: Row, clock: Calendar) -> tuple[int, int] | None:
    """First and last day of an absence. Raises BadInput for one of the two."""
    begins, ends = (row.day(column, clock.start_date) for column in ("away_from", "away_until"))
    for column, one, other in (("away_until", begins, ends), ("away_from", ends, begins)):
        if one is not None and other is None:
            raise row.bad(column, "missing", "write the first and the last day away")
    if begins is None or ends is None:
        if row.cells.get("why"):
            raise row.bad("why", "says why, and not when", "write away_from and away_until")
        return None
    if ends < begins:
        raise row.bad("away_until", "is before away_from", "correct one of the two")
    return begins, ends
