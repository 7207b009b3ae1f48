"""Exposure: hours and nights in which a child who wants to be at home has nobody funded to come, exactly.

Interval arithmetic on episodes and duties, before any event: it rests on no rate of calls at all. *Achieved* takes the
duties as they are held after absence and cover; *on paper* nobody is absent. A busy or resting person uncovers no hour.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.demand.families import Families
from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.scenario import Scenario
from sim.keyed import Floats
from sim.place import Setting
from sim.rota.duties import Duties, lay_duties
from sim.rota.staff import Staff

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

STRIDE = float(2**15)  # hours between families laid end to end on one axis: longer than any run
A_MOMENT = 1e-6  # hours; rounding on that axis is a thousandth of it


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
    """The duties as written: every post filled, nobody on leave or sick."""
    staff = setting.staff
    nobody = np.zeros_like(staff.leave)
    present: Staff = replace(staff, leave=nobody, sick=nobody, vacant=np.zeros_like(staff.vacant))
    return lay_duties(scenario, present, setting.area_types, key)


def without_visit(scenario: Scenario, setting: Setting, duties: Duties) -> Gaps:
    """Hours with no funded visiting clinician on a filled duty within reach of the family's home."""
    rows = _able(scenario, duties, "visit") & duties.visiting
    return _gaps(scenario, setting, duties, np.flatnonzero(rows), reach=True)


def without_consultant(scenario: Scenario, setting: Setting, duties: Duties) -> Gaps:
    """Hours with no funded consultant on a filled duty for the family's area."""
    consultant = np.array([team.role == "consultant" for team in scenario.teams], dtype=bool)
    rows = _able(scenario, duties, "advise") & consultant[duties.team]
    return _gaps(scenario, setting, duties, np.flatnonzero(rows), reach=False)


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
    able = np.array([may in scenario.role(team.role).may for team in scenario.teams], dtype=bool)
    return np.asarray(able[duties.team] & duties.funded & (duties.person >= 0), dtype=bool)


def _gaps(scenario: Scenario, setting: Setting, duties: Duties, rows: Ints, *, reach: bool) -> Gaps:
    families, (start, end) = setting.demand.families, scenario.run.window
    begins, ends = np.clip(families.start, start, end), np.clip(families.death, start, end)
    family, duty = _pairs(scenario, families, begins, ends, duties, rows)
    if reach:
        near = _within_reach(scenario, setting, families, family, duties.person[duty])
        family, duty = family[near], duty[near]
    from_hour = np.maximum(duties.start[duty], begins[family])
    to_hour = np.minimum(duties.end[duty], ends[family])
    order = np.lexsort((from_hour, family))
    gap_family, gap_start, gap_end = _between(family[order], from_hour[order], to_hour[order], begins, ends)
    uncovered = np.bincount(gap_family, gap_end - gap_start, minlength=len(families))
    nights = _nights(scenario, begins, ends)
    return Gaps(
        ends - begins, uncovered, nights, _uncovered_nights(scenario, gap_family, gap_start, gap_end, begins, ends)
    )


def _pairs(
    scenario: Scenario, families: Families, begins: Floats, ends: Floats, duties: Duties, rows: Ints
) -> tuple[Ints, Ints]:  # fmt: skip
    """Families and the duties that serve their area and overlap their episode."""
    longest = float((duties.end[rows] - duties.start[rows]).max(initial=0.0))
    found_family, found_duty = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    serves = duties.serves[rows]
    team_areas = np.array([[area.code in team.areas for area in scenario.areas] for team in scenario.teams], dtype=bool)
    for area in np.unique(families.area):
        here = rows[(serves == area) | ((serves == -1) & team_areas[:, area][duties.team[rows]])]
        here = here[np.argsort(duties.start[here], kind="stable")]
        living = np.flatnonzero((families.area == area) & (ends > begins))
        first = np.searchsorted(duties.start[here], begins[living] - longest, side="left")
        last = np.searchsorted(duties.start[here], ends[living], side="left")
        count = np.maximum(last - first, 0)
        place = np.repeat(first, count) + np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        family, duty = np.repeat(living, count), here[place]
        overlap = (duties.end[duty] > begins[family]) & (duties.start[duty] < ends[family])
        found_family.append(family[overlap])
        found_duty.append(duty[overlap])
    return np.concatenate(found_family), np.concatenate(found_duty)


def _within_reach(scenario: Scenario, setting: Setting, families: Families, family: Ints, person: Ints) -> Bools:
    """Whether the expected journey by day, without luck or getting ready, is no longer than the reach."""
    travel, staff = scenario.travel, setting.staff
    km = np.hypot(staff.east[person] - families.east[family], staff.north[person] - families.north[family])
    speed = np.where(families.rural[family], travel.speed_rural, travel.speed_urban)
    return np.asarray(travel.circuity * km / speed <= travel.reach, dtype=bool)


def _between(
    family: Ints, from_hour: Floats, to_hour: Floats, begins: Floats, ends: Floats
) -> tuple[Ints, Floats, Floats]:  # fmt: skip
    """What the covered stretches, sorted by family and start, leave of each episode: families, starts and ends."""
    who = np.arange(len(begins))
    # each family's own opening (nothing covered yet) and closing stand among its stretches, laid end to end on one axis
    all_family = np.concatenate([family, who, who])
    start = np.concatenate([from_hour, begins, ends])
    until = np.concatenate([to_hour, begins, ends])
    kind = np.concatenate([np.ones(len(family)), np.zeros(len(who)), np.full(len(who), 2.0)])
    order = np.lexsort((kind, start, all_family))
    all_family, start, until = all_family[order], start[order], until[order]
    reached = np.maximum.accumulate(until + all_family * STRIDE) - all_family * STRIDE
    same = all_family[1:] == all_family[:-1]
    gap = same & (start[1:] - reached[:-1] > A_MOMENT)
    return all_family[1:][gap], reached[:-1][gap], start[1:][gap]


def _night_range(scenario: Scenario, begins: Floats, ends: Floats, at_least: float) -> tuple[Ints, Ints]:
    """First and last number of the nights of which a stretch holds at least so many hours (last < first: none)."""
    night_start, night_end = scenario.calendar.night
    length = (night_end - night_start) % HOURS_PER_DAY
    first = np.floor((begins + at_least - night_start - length) / HOURS_PER_DAY - 1e-12).astype(np.int64) + 1
    last = np.ceil((ends - at_least - night_start) / HOURS_PER_DAY + 1e-12).astype(np.int64) - 1
    return first, np.where(ends - begins >= at_least, last, first - 1)


def _nights(scenario: Scenario, begins: Floats, ends: Floats) -> Floats:
    first, last = _night_range(scenario, begins, ends, 1.0)
    return np.maximum(last - first + 1, 0).astype(float)


def _uncovered_nights(
    scenario: Scenario, family: Ints, gap_start: Floats, gap_end: Floats, begins: Floats, ends: Floats
) -> Floats:  # fmt: skip
    first, last = _night_range(scenario, gap_start, gap_end, A_MOMENT)
    count = np.maximum(last - first + 1, 0)
    who = np.repeat(family, count)
    night = np.repeat(first, count) + np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    counted_first, counted_last = _night_range(scenario, begins, ends, 1.0)
    counted = (night >= counted_first[who]) & (night <= counted_last[who])
    pairs = np.unique(np.stack([who[counted], night[counted]], axis=1), axis=0)
    return np.bincount(pairs[:, 0], minlength=len(begins)).astype(float)
