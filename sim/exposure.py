"""Exposure: hours and nights in which a child who wants to be at home has nobody funded to come, exactly.

Interval arithmetic on episodes and duties, before any event: it rests on no rate of calls at all. *Achieved* takes the
duties as they are held after absence and cover; *on paper* nobody is absent. A busy or resting person uncovers no hour.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.scenario import Scenario
from sim.keyed import Floats
from sim.place import Setting
from sim.place.served import covered
from sim.place.stepped_up import stand_up
from sim.rota.duties import Duties, lay_duties
from sim.rota.pool_seats import seats_of
from sim.rota.staff import nobody_away

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

CONSULTANT_LEVEL = 4  # of the four levels of competence
A_MOMENT = 1e-6  # hours; far above rounding


@dataclass(frozen=True, slots=True, eq=False)
class Gaps:
    """For each family the hours of its episode inside the window, and those nobody covers.

    hours, uncovered: by family, hours. nights: by family, nights with at least an hour in the episode.
    uncovered_nights: of them, those with any hour uncovered.
    """

    hours: Floats
    uncovered: Floats
    nights: Floats
    uncovered_nights: Floats


def on_paper(scenario: Scenario, setting: Setting, key: tuple[int, int]) -> Duties:
    """The duties as written: every post filled, nobody on leave or sick.

    But for stepped-up ones no chance is in them, so that the next replication has the same unless other patterns run in
    areas that are dealt other services, and is given those.
    """
    staff, laid = nobody_away(setting.staff), _laid_last(scenario)
    type_of = dict(zip((area.code for area in scenario.areas), setting.area_types, strict=True))
    seats = tuple(seats_of(team, type_of) for team in scenario.teams)
    of = seats, staff.off_list.tobytes() if staff.off_list.any() else b""
    duties = laid.get(of)
    if duties is None:  # and not asked for again: another thread may have put its own in their place
        duties = lay_duties(scenario, staff, setting.area_types, key)
        laid.clear()
        laid[of] = duties
    return stand_up(scenario, setting.demand, setting.offered, duties)


@lru_cache(maxsize=4)  # scenarios side by side; each holds some megabytes
def _laid_last(scenario: Scenario) -> dict[tuple[tuple[tuple[int | None, ...], ...], bytes], Duties]:
    """What was laid for a scenario last, by the seats of its patterns and the days on which people are off the list."""
    return {}


def without_visit(scenario: Scenario, setting: Setting, duties: Duties) -> Gaps:
    """Hours with no funded visiting clinician on a filled duty within reach of the family's home."""
    return _gaps(scenario, setting, duties, np.flatnonzero(may_visit(scenario, duties)), reach=True)


def nights_without_visit_at_home(
    scenario: Scenario, setting: Setting, duties: Duties, whom: Bools, away: tuple[Ints, Floats, Floats]
) -> Bools:
    """Families of the mask with any night of their whole episode at home that holds an uncovered hour.

    away: rows of families with the hours from and to which the child was in hospital, where nobody need come.
    """
    begins = np.where(whom, np.maximum(setting.demand.known, 0.0), 0.0)
    ends = np.where(whom, setting.demand.families.death, 0.0)
    rows = np.flatnonzero(may_visit(scenario, duties))
    rows = rows[(duties.end[rows] > begins[whom].min(initial=np.inf)) & (duties.start[rows] < ends.max(initial=0.0))]
    rows = rows[_at_night(scenario, duties.start[rows], duties.end[rows])]
    family, from_hour, to_hour = covered(scenario, setting, duties, rows, begins, ends, reach=True)
    of_whom = whom[away[0]]
    patient, admitted, left = (column[of_whom] for column in away)
    family = np.concatenate([family, patient])
    from_hour = np.concatenate([from_hour, np.maximum(admitted, begins[patient])])
    to_hour = np.concatenate([to_hour, np.minimum(left, ends[patient])])
    gaps = _between(family, from_hour, to_hour, begins, ends)
    return np.asarray(_uncovered_nights(scenario, *gaps, begins, ends) > 0, dtype=bool)


def without_consultant(scenario: Scenario, setting: Setting, duties: Duties) -> Gaps:
    """Hours with no funded consultant on a filled duty for the family's area."""
    return _gaps(scenario, setting, duties, np.flatnonzero(may_consult(scenario, duties)), reach=False)


class Exposed(NamedTuple):
    """Hours of every family without a visit within reach, and without a consultant, of the same duties."""

    visit: Gaps
    consultant: Gaps


def exposed(scenario: Scenario, setting: Setting, duties: Duties) -> Exposed:
    """What some duties leave uncovered."""
    return Exposed(without_visit(scenario, setting, duties), without_consultant(scenario, setting, duties))


def may_visit(scenario: Scenario, duties: Duties) -> Bools:
    """Duties that somebody funded holds who may visit."""
    return _able(scenario, duties, "visit") & duties.visiting


def may_consult(scenario: Scenario, duties: Duties) -> Bools:
    """Duties that a funded consultant holds."""
    consultant = np.array([scenario.role(team.role).level >= CONSULTANT_LEVEL for team in scenario.teams], dtype=bool)
    return np.asarray(_able(scenario, duties, "advise") & consultant[duties.team], dtype=bool)


def coincidence(setting: Setting, start: float, end: float, team_of_area: Ints) -> Floats:
    """By team, hours of the window with two or more families of its areas in their last 72 hours.

    team_of_area: number of the team that serves each area, -1 for none.
    """
    families = setting.demand.families
    begins = np.clip(np.maximum(families.start, families.death - 72.0), start, end)
    ends = np.clip(families.death, start, end)
    team = team_of_area[families.area]
    out = np.zeros(int(team_of_area.max(initial=-1)) + 1)
    for number in range(len(out)):
        here = (team == number) & (ends > begins) & setting.offered
        edges = np.concatenate([begins[here], ends[here]])
        step = np.concatenate([np.ones(here.sum()), -np.ones(here.sum())])
        order = np.argsort(edges, kind="stable")
        present = np.cumsum(step[order])[:-1]
        out[number] = np.diff(edges[order])[present >= 2].sum()
    return out


def _able(scenario: Scenario, duties: Duties, may: str) -> Bools:
    roles = {role.name for role in scenario.roles if may in role.may}
    able = np.array([team.role in roles for team in scenario.teams], dtype=bool)
    return np.asarray(able[duties.team] & duties.funded & (duties.person >= 0), dtype=bool)


def _gaps(scenario: Scenario, setting: Setting, duties: Duties, rows: Ints, *, reach: bool) -> Gaps:
    families, (start, end) = setting.demand.families, scenario.run.window
    begins, ends = np.clip(setting.demand.known, start, end), np.clip(families.death, start, end)
    rows = rows[(duties.end[rows] > start) & (duties.start[rows] < end)]
    family, from_hour, to_hour = covered(scenario, setting, duties, rows, begins, ends, reach)
    gap_family, gap_start, gap_end = _between(family, from_hour, to_hour, begins, ends)
    uncovered = np.asarray(np.bincount(gap_family, gap_end - gap_start, minlength=len(families)), dtype=float)
    uncovered_nights = _uncovered_nights(scenario, gap_family, gap_start, gap_end, begins, ends)
    return Gaps(ends - begins, uncovered, _nights(scenario, begins, ends), uncovered_nights)


def _between(
    family: Ints, from_hour: Floats, to_hour: Floats, begins: Floats, ends: Floats
) -> tuple[Ints, Floats, Floats]:  # fmt: skip
    """What the covered stretches leave of each episode: families, starts and ends, in order of family and time."""
    # the episodes are laid end to end on one axis, an hour apart, so that one running maximum serves them all:
    # 0-10 with 2-5 covered, and 0-4, at 11-15 there: starts 0, 2, 10, 11, 15; the latest end so far 0, 5, 10, 11, 15
    # a start beyond the latest end before it, in one family, ends a gap: 0-2 and 5-10 of the first, 0-4 of the second
    room = ends - begins + 1.0
    shift = np.cumsum(room) - room - begins
    who = np.arange(len(begins))
    # each family's own opening (nothing covered yet) and closing stand among its stretches
    all_family = np.concatenate([family, who, who])
    start = np.concatenate([from_hour, begins, ends]) + shift[all_family]
    until = np.concatenate([to_hour, begins, ends]) + shift[all_family]
    order = np.argsort(start, kind="stable")
    all_family, start = all_family[order], start[order]
    reached = np.maximum.accumulate(until[order])
    gap = (all_family[1:] == all_family[:-1]) & (start[1:] - reached[:-1] > A_MOMENT)
    found = all_family[1:][gap]
    return found, reached[:-1][gap] - shift[found], start[1:][gap] - shift[found]


def _night_range(scenario: Scenario, begins: Floats, ends: Floats, at_least: float) -> tuple[Ints, Ints]:
    """First and last number of the nights of which a stretch holds at least so many hours (last < first: none)."""
    night_start, night_end = scenario.calendar.night
    length = (night_end - night_start) % HOURS_PER_DAY
    first = np.floor((begins + at_least - night_start - length) / HOURS_PER_DAY - 1e-12).astype(np.int64) + 1
    last = np.ceil((ends - at_least - night_start) / HOURS_PER_DAY + 1e-12).astype(np.int64) - 1
    return first, np.where(ends - begins >= at_least, last, first - 1)


def _at_night(scenario: Scenario, start: Floats, end: Floats) -> Bools:
    """Stretches that hold any hour of a night."""
    night_start, night_end = scenario.calendar.night
    morning = HOURS_PER_DAY * np.floor((start - night_end) / HOURS_PER_DAY) + night_end  # the last before the start
    return np.asarray(end > morning + (night_start - night_end) % HOURS_PER_DAY, dtype=bool)


def _nights(scenario: Scenario, begins: Floats, ends: Floats) -> Floats:
    first, last = _night_range(scenario, begins, ends, 1.0)
    return np.asarray(np.maximum(last - first + 1, 0), dtype=float)


def _uncovered_nights(
    scenario: Scenario, family: Ints, gap_start: Floats, gap_end: Floats, begins: Floats, ends: Floats
) -> Floats:  # fmt: skip
    # gaps over nights 3-4 and 7-7: first [3, 7], count [2, 1]; each gap as often as it has nights: [3, 3, 7],
    # plus its place among all [0, 1, 2] less the nights of the gaps before it [0, 0, 2]: nights [3, 4, 7]
    first, last = _night_range(scenario, gap_start, gap_end, A_MOMENT)
    count = np.maximum(last - first + 1, 0)
    who = np.repeat(family, count)
    night = np.repeat(first, count) + np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    counted_first, counted_last = _night_range(scenario, begins, ends, 1.0)
    counted = (night >= counted_first[who]) & (night <= counted_last[who])
    who, night = who[counted], night[counted]
    again = (np.diff(who, prepend=-1) == 0) & (np.diff(night, prepend=-1) == 0)  # gaps come in order of time
    return np.asarray(np.bincount(who[~again], minlength=len(begins)), dtype=float)
