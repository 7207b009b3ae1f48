"""What absence leaves of a rota on average, without drawing anybody's year.

People are taken to be away independently of each other; that nobody may cover a turn that touches her own is left out.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import special

from sim.domain.scenario import Scenario
from sim.domain.staff import Clinician, Pattern
from sim.keyed import Floats
from sim.rota.duties import Duties
from sim.rota.rest import Ints

YEAR = 52.0  # weeks
CERTAIN = 1e-300  # stands for a chance of nothing, which has no logarithm
ALMOST_CERTAIN = 1 - 1e-15  # somebody is on this duty, if only on paper


def p_empty(scenario: Scenario, pattern: Pattern, people: Sequence[Clinician]) -> float:
    """The chance that a duty held on paper is empty: for a shift that everybody works, that its person is away.

    people: who work it.
    """
    if not people:
        return 1.0
    role = scenario.role(people[0].role)
    vacant = role.p_vacant * sum(person.post for person in people) / len(people)
    known = 1 - (1 - role.leave_weeks / YEAR) * (1 - vacant)
    covered = pattern.seats is not None and pattern.prospective_cover
    return expected_gap(len(people), known, role.sick_share, scenario.rota.p_short_notice_cover if covered else None)


def expected_gap(people: int, p_known: float, p_sick: float, p_short_notice: float | None) -> float:
    """Share of turns of a rotation that nobody holds, on average over who is absent.

    p_known: absence known when the rota is published, always offered. p_sick: sickness, offered with probability
    p_short_notice (None: no absence is covered at all). In a cycle of as many turns as people, each who is there takes
    over one turn at most.
    """
    p_absent = 1 - (1 - p_known) * (1 - p_sick)
    if p_short_notice is None or p_absent == 0:
        return p_absent
    p_offered = min((p_known + (1 - p_known) * p_sick * p_short_notice) / p_absent, 1.0)
    missed = p_absent * (1 - p_offered)
    for absent in range(people // 2 + 1, people + 1):  # with fewer absent, every turn offered finds a taker
        offered = np.arange(people - absent, absent + 1)
        beyond = binomial(absent, p_offered, offered) @ (offered - (people - absent))
        missed += float(binomial(people, p_absent, np.array([absent]))[0] * beyond) / people
    return missed


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
