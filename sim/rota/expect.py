"""What absence leaves of a rota on average, without drawing anybody's year.

Sickness and vacancies are taken to come independently, and leave to be planned; that nobody may cover a turn that
touches her own is left out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from scipy import special

from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.scenario import Scenario
from sim.domain.staff import Clinician, Pattern
from sim.keyed import Floats
from sim.rota.duties import Duties
from sim.rota.leave import may_be_away
from sim.rota.rest import Ints
from sim.rota.there import on_the_list

YEAR = 52.0  # weeks
CERTAIN = 1e-300  # stands for a chance of nothing, which has no logarithm
ALMOST_CERTAIN = 1 - 1e-15  # somebody is on this duty, if only on paper
HARDLY_EVER = 1e-15


def p_empty(scenario: Scenario, pattern: Pattern, people: Sequence[Clinician], team: int) -> float:
    """The chance that a duty held on paper is empty: for a shift that everybody works, that its person is away.

    people: who work it, of a team of so many. Where some leave or begin it is the mean over the days of the window on
    which anybody is on the list.
    """
    first, last = (math.ceil(hour / HOURS_PER_DAY) for hour in scenario.run.window)
    there = np.unique(on_the_list(people, first, last), return_counts=True) if people else ((), ())
    parts = [(int(n), days) for n, days in zip(*there, strict=True) if n]
    whole = sum(days for _, days in parts)
    return sum(_p_empty(scenario, pattern, people[:n], team) * days / whole for n, days in parts) if whole else 1.0


def _p_empty(scenario: Scenario, pattern: Pattern, people: Sequence[Clinician], team: int) -> float:
    role, rules = scenario.role(people[0].role), scenario.rota
    covered = pattern.seats is not None and pattern.prospective_cover
    known = known_away(
        len(people), sum(person.post for person in people), role.p_vacant, role.leave_weeks / YEAR,
        may_be_away(rules.leave_together_max, team),
    )  # fmt: skip
    return expected_gap(known, role.sick_share, rules.p_short_notice_cover if covered else None)


def known_away(people: int, posts: int, p_vacant: float, on_leave: float, most: int) -> Floats:
    """The chance that 0, 1, ... of so many people are away and known to be: their posts vacant, or on leave.

    posts: of them, those that may be vacant. on_leave: share of the year. most: of the team, on leave together. Leave
    is taken as that many places a week, each filled equally often; where more is owed than fits, as it falls.
    """
    known = np.zeros(people + 1)
    for vacant, chance in enumerate(binomial(posts, p_vacant, np.arange(posts + 1))):
        there = people - vacant
        places = min(most, there)
        if there * on_leave > places:
            places = there
        if places:
            known[vacant : vacant + places + 1] += chance * binomial(
                places, there * on_leave / places, np.arange(places + 1)
            )
        else:
            known[vacant] += chance
    return known


def expected_gap(known: Floats, p_sick: float, p_short_notice: float | None) -> float:
    """Share of turns of a rotation that nobody holds, on average over who is absent.

    known: the chance that 0, 1, ... all of its people are away when the rota is published, whose turns are always
    offered; those of the sick are with probability p_short_notice (None: no absence is covered at all). In a cycle of
    as many turns as people, each who is there takes over one turn at most.
    """
    people = len(known) - 1
    here = people - float(known @ np.arange(people + 1))
    if p_short_notice is None:
        return 1 - here * (1 - p_sick) / people
    missed = here * p_sick * (1 - p_short_notice)
    for away in np.flatnonzero(known > HARDLY_EVER).tolist():
        sick = np.arange(max(people // 2 + 1 - away, 0), people - away + 1)  # with fewer, every turn finds a taker
        chance = known[away] * binomial(people - away, p_sick, sick)
        for number, p in zip(sick[chance > HARDLY_EVER].tolist(), chance[chance > HARDLY_EVER].tolist(), strict=True):
            offered = np.arange(number + 1)
            beyond = np.maximum(away + offered - (people - away - number), 0)
            missed += p * float(binomial(number, p_short_notice, offered) @ beyond)
    return missed / people


def binomial(n: int, p: float, k: Ints) -> Floats:
    """The chance of k out of n."""
    ways = special.gammaln(n + 1) - special.gammaln(k + 1) - special.gammaln(n - k + 1)
    return np.asarray(np.exp(ways + special.xlogy(k, p) + special.xlog1py(n - k, -p)), dtype=float)


def chance_of_nobody(
    duties: Duties, rows: Ints, alone: Floats, window: tuple[float, float]
) -> tuple[Floats, Floats]:  # fmt: skip
    """Lengths of the pieces of the window between changes of duty, and the chance that nobody is on duty in each.

    rows: of the duties. alone: for each of them the chance that it is empty; 1.0 comes back only where there is none.
    """
    begins, ends = np.clip(duties.start[rows], *window), np.clip(duties.end[rows], *window)
    edges, place = np.unique(np.concatenate([begins, ends, window]), return_inverse=True)
    log = np.log(np.maximum(alone, CERTAIN))
    count, total = np.zeros(len(edges)), np.zeros(len(edges))
    for at, sign in ((place[: len(rows)], 1.0), (place[len(rows) : 2 * len(rows)], -1.0)):
        np.add.at(count, at, sign)
        np.add.at(total, at, sign * log)
    on = np.cumsum(count)[:-1] > 0.5
    return np.diff(edges), np.where(on, np.minimum(np.exp(np.cumsum(total)[:-1]), ALMOST_CERTAIN), 1.0)
