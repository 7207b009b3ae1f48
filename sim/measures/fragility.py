"""Fragility: out-of-hours hours that hang on nobody or on one person, and what losing one named post does.

Exactly from duties and episodes, before any call. A busy or resting person counts as there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.scenario import Scenario
from sim.domain.staff import Pattern
from sim.domain.travel import BUSY, QUIET, Ways
from sim.exposure import Exposed, Gaps, may_consult, may_visit, without_consultant, without_visit
from sim.hours import out_of_hours
from sim.keyed import Floats
from sim.measures.rows import Groups, Row
from sim.place import Setting
from sim.place.reach import roads, within_reach
from sim.place.served import serving
from sim.place.stepped_up import stand_up
from sim.rota.available import of_patterns
from sim.rota.duties import Duties, lay_duties
from sim.rota.rest import expand
from sim.rota.staff import Staff

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
HANGING = "fragility_child_hours_on_one_post"
APART = 1e6  # hours between the axes of two areas, laid end to end


@dataclass(frozen=True, slots=True, eq=False)
class Stretches:
    """Stretches of the window with the same people on duty for an area. start, end: hours on the areas' common axis.

    people: how many. only: row of the one person where there is one. dark: hours of it out of hours.
    """

    area: Ints
    start: Floats
    end: Floats
    people: Ints
    only: Ints
    dark: Floats


Kind = tuple[str, Callable[[Scenario, Duties], Bools], Callable[[Scenario, Setting, Duties], Gaps]]
KINDS: tuple[Kind, ...] = (("visit", may_visit, without_visit), ("consultant", may_consult, without_consultant))


def fragility(
    scenario: Scenario, setting: Setting, paper: Duties, groups: Groups, key: tuple[int, int], held: Exposed
) -> list[Row]:  # fmt: skip
    """Hours with nobody and with one person at most, on paper and as held, and the worst post of each role lost.

    held: what the duties as they are held leave uncovered.
    """
    rows: list[Row] = []
    for (name, able, gaps), before in zip(KINDS, held, strict=True):
        for word, duties in (("on_paper", paper), ("achieved", setting.duties)):
            found = stretches(scenario, duties, able(scenario, duties), visiting=name == "visit")
            whole = np.bincount(found.area, found.dark, minlength=groups.size)
            for people, words in ((0, "nobody"), (1, "one_at_most")):
                few = found.people <= people
                hours = np.bincount(found.area[few], found.dark[few], minlength=groups.size)
                measure = f"fragility_hours_{words}_{name}_{word}_share"
                rows += groups.ratio(measure, hours.astype(float), whole.astype(float), of=("area_type", "area"))
        rows += _worst_posts(scenario, setting, found, gaps, before, key)
    return rows


def stretches(scenario: Scenario, duties: Duties, able: Bools, *, visiting: bool) -> Stretches:
    """Who of some duties is there for each area, over the window; duties wholly in hours are left out."""
    (start, end), areas = scenario.run.window, len(scenario.areas)
    late = of_patterns(scenario, duties, lambda pattern: _beyond_hours(scenario, pattern))
    rows = np.flatnonzero(able & late & (duties.end > start) & (duties.start < end))
    area, row = serving(scenario, duties, rows, visiting=visiting)
    shift, who = area * APART, duties.person[row] + 1
    begins, ends = np.maximum(duties.start[row], start) + shift, np.minimum(duties.end[row], end) + shift
    edges = np.arange(areas) * APART
    at = np.concatenate([begins, ends, edges + start, edges + end])
    order = np.argsort(at, kind="stable")
    nought = np.zeros(2 * areas, dtype=np.int64)
    there = np.cumsum(np.concatenate([np.ones_like(who), -np.ones_like(who), nought])[order])
    sums = np.cumsum(np.concatenate([who, -who, nought])[order])
    at = at[order]
    from_hour, to_hour = at[:-1], at[1:]
    place = (at / APART).astype(np.int64)
    long = (to_hour > from_hour) & (place[:-1] == place[1:])
    from_hour, to_hour, there, place = from_hour[long], to_hour[long], there[:-1][long], place[:-1][long]
    dark = out_of_hours(scenario.calendar, 0, int(scenario.run.horizon // HOURS_PER_DAY))
    hours = dark.between(from_hour - place * APART, to_hour - place * APART)
    return Stretches(place, from_hour, to_hour, there, np.where(there == 1, sums[:-1][long] - 1, -1), hours)


def _beyond_hours(scenario: Scenario, pattern: Pattern) -> bool:
    """Whether a pattern has any hour outside the working hours of working days."""
    opens, closes = scenario.calendar.in_hours
    inside = (span.start >= opens and span.end <= closes and max(span.days) < 5 for span in pattern.spans)
    return scenario.calendar.always_out_of_hours or not all(inside)


def _worst_posts(
    scenario: Scenario, setting: Setting, found: Stretches, gaps: Callable[[Scenario, Setting, Duties], Gaps],
    before: Gaps, key: tuple[int, int],
) -> list[Row]:  # fmt: skip
    """For each role, child-nights a year uncovered beyond those that are, if the post on which most hangs were empty.

    Most: hours of children at home, within reach, in which nobody else is on duty; told by area too, of the post with
    most there. Its turns are offered down the list as those of any vacant post.
    """
    hanging, rows = _hanging(scenario, setting, found, reach=gaps is without_visit), []
    for number, role in enumerate(scenario.roles):
        mine = np.where(setting.staff.role == number, hanging, 0.0)
        if mine.max(initial=0.0) > 0:
            lost = _lost(scenario, setting, int(np.argmax(mine)), gaps, before, key) * 52 / scenario.weeks_of_demand
            rows.append(Row("fragility_child_nights_lost_with_one_post", "role", role.name, lost, 1.0, lost))
            hours = float(mine.max()) * 52 / scenario.weeks_of_demand
            rows.append(Row(HANGING, "role", role.name, hours, 1.0, hours))
            rows += _by_area(scenario, setting, number, mine)
    return rows


def _by_area(scenario: Scenario, setting: Setting, role: int, mine: Floats) -> list[Row]:
    """The hours that hang on the post of a role with most in each area that has the role. mine: by person."""
    most = np.full(len(scenario.areas), -np.inf)
    of_role = setting.staff.role == role
    np.maximum.at(most, setting.staff.area[of_role], mine[of_role] * 52 / scenario.weeks_of_demand)
    levels = [f"{area.code} {scenario.roles[role].name}" for area in scenario.areas]
    there = np.flatnonzero(most >= 0)
    return [Row(HANGING, "area_role", levels[n], float(most[n]), 1.0, float(most[n])) for n in there]


def _hanging(scenario: Scenario, setting: Setting, found: Stretches, reach: bool) -> Floats:
    """By person, hours of children at home in which nobody else is on duty for them. reach: of those they can reach."""
    (start, end), families, size = scenario.run.window, setting.demand.families, len(setting.staff.people)
    begins, ends = np.clip(setting.demand.known, start, end), np.clip(families.death, start, end)
    alone, ways = np.flatnonzero(found.only >= 0), Ways(scenario)
    area = found.area[alone]
    row, from_hour, to_hour, busy = roads(scenario).cut(
        found.start[alone] - area * APART, found.end[alone] - area * APART
    )
    # by area and road and, of these, by person: what one person has alone stands together, in order of time
    kind = (area[row] * 2 + ~busy) * size + found.only[alone][row]
    order = np.argsort(kind, kind="stable")
    from_hour, to_hour = from_hour[order], to_hour[order]
    kinds, first = np.unique(kind[order], return_index=True)
    edges, (where, person) = np.append(first, len(kind)), np.divmod(kinds, max(size, 1))
    hours = np.zeros(len(kind))
    for one in np.unique(where).tolist():
        theirs = np.flatnonzero(where == one)
        at_home = np.flatnonzero((families.area == one // 2) & (ends > begins))
        near = np.ones((len(theirs), len(at_home)), dtype=bool)
        if reach:
            near = within_reach(ways, setting, at_home, person[theirs][:, None], (BUSY, QUIET)[one % 2])
        alike: dict[bytes, list[int]] = {}  # people who reach the same children
        for number, whom in zip(theirs.tolist(), near, strict=True):
            alike.setdefault(whom.tobytes(), []).append(number)
        for children, those in alike.items():
            who = at_home[np.frombuffer(children, dtype=bool)]
            _, pieces = expand(edges[those], edges[1:][those] - edges[those])
            hours[pieces] = _child_hours(begins[who], ends[who], from_hour[pieces], to_hour[pieces])
    summed = [float(hours[low:high].sum()) for low, high in pairwise(edges.tolist())]
    return np.asarray(np.bincount(person, summed, minlength=size), dtype=float)


def _child_hours(begins: Floats, ends: Floats, from_hour: Floats, to_hour: Floats) -> Floats:
    """Hours of children who live from ``begins`` to ``ends``, inside each of some stretches."""
    if not len(begins):
        return np.zeros(len(from_hour))
    at = np.concatenate([begins, ends])
    order = np.argsort(at, kind="stable")
    at = at[order]
    present = np.cumsum(np.concatenate([np.ones(len(begins)), -np.ones(len(ends))])[order])
    upto = np.concatenate([[0.0], np.cumsum(present[:-1] * np.diff(at))])
    return np.asarray(np.interp(to_hour, at, upto) - np.interp(from_hour, at, upto))


def _lost(
    scenario: Scenario, setting: Setting, person: int, gaps: Callable[[Scenario, Setting, Duties], Gaps], before: Gaps,
    key: tuple[int, int],
) -> float:  # fmt: skip
    """Child-nights of the window that are uncovered with a post vacant and were not with it held (before)."""
    staff, families = setting.staff, setting.demand.families
    theirs = _sharing(staff, person)
    codes = {code for row in theirs for code in scenario.teams[row].areas}
    near = np.array([bool(codes & set(team.areas)) for team in scenario.teams], dtype=bool)
    here = np.array([area.code in codes for area in scenario.areas], dtype=bool)[families.area]
    begins, ends = (np.where(here, hour, -np.inf) for hour in (families.start, families.death))
    only = replace(setting, demand=replace(setting.demand, families=replace(families, start=begins, death=ends)))
    vacant = staff.vacant.copy()
    vacant[person] = True
    without = replace(staff, vacant=vacant, members=tuple(staff.members[row] for row in theirs))
    small = replace(scenario, teams=tuple(scenario.teams[row] for row in theirs))
    laid = stand_up(small, setting.demand, setting.offered, lay_duties(small, without, setting.area_types, key))
    laid = replace(laid, team=np.array(theirs, dtype=np.int64)[laid.team])
    changed = near[setting.duties.team] & ~np.isin(setting.duties.team, theirs)
    after = gaps(scenario, only, _joined(setting.duties.take(changed), laid))
    return float((after.uncovered_nights - before.uncovered_nights)[here].sum())


def _sharing(staff: Staff, person: int) -> list[int]:
    """The teams of a person, and those that share people with them: their rotas are laid together."""
    people, teams = {person}, set[int]()
    while more := {row for row, members in enumerate(staff.members) if people & set(members.tolist())} - teams:
        teams |= more
        people |= {one for row in more for one in staff.members[row].tolist()}
    return sorted(teams)


def _joined(one: Duties, other: Duties) -> Duties:
    both = ((getattr(one, field.name), getattr(other, field.name)) for field in fields(Duties))
    return Duties(*(np.concatenate(pair) for pair in both))
