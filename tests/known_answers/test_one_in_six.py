"""Case P11 of the project's table of closed forms: a strict 1 in 6, nights of 16 hours, calls at 0.15 an hour.

56 of 336 nights each, exactly; 50.9198 of them with a call, in expectation. Calls are drawn by key for each night, and
the night's holder, the count of disturbed nights and its share come from the rota and the measures themselves.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy import special

from sim import keyed
from sim.domain.calendar import ALL_DAYS, Calendar, Span
from sim.domain.scenario import Run
from sim.ledger import TASKS
from sim.measures.audit import Tasks, disturbed_nights
from sim.rota.audit import audit
from tests.tiny import CONSULTANT, MONDAY, absent, duties_of, pattern, people, team, tiny

NIGHTS, HOURS, RATE, CONSULTANTS, REPLICATIONS = 336, 16.0, 0.15, 6, 20
DISTURBED = 50.9197946157929  # of 56 nights
UNDISTURBED = 0.09071795328941251
ALPHA = 1e-5
AT_MOST_CALLS = 30  # in a night; of 2.4 expected
EVENING = 17.0


@pytest.fixture(scope="module")
def scenario():
    night = pattern("night", (Span(ALL_DAYS, EVENING, EVENING + HOURS),), at="on_call")
    return tiny(
        teams=(team("consultants", people("consultant", CONSULTANTS), patterns=(night,)),),
        roles=(CONSULTANT,), run=Run.of_weeks(0, NIGHTS // 7, 1),
        calendar=Calendar(MONDAY, sleep=(EVENING, (EVENING + HOURS) % 24)),
    )  # fmt: skip


@pytest.fixture(scope="module")
def holders(scenario) -> np.ndarray:
    """Who has each night."""
    duties = duties_of(scenario)
    night = ((duties.start - EVENING) // 24).astype(int)
    found = np.full(NIGHTS, -1)
    inside = (night >= 0) & (night < NIGHTS)
    found[night[inside]] = duties.person[inside]
    return found


def calls(replication: int) -> tuple[np.ndarray, np.ndarray]:
    """Night and hour of every call: gaps between calls are exponential."""
    u = keyed.uniform((11, replication), "calls", np.arange(NIGHTS)[:, None], np.arange(AT_MOST_CALLS)[None, :])
    time = np.cumsum(-np.log1p(-u) / RATE, axis=1)
    assert (time[:, -1] > HOURS).all()
    night, _ = np.nonzero(time < HOURS)
    return night, night * 24 + EVENING + time[time < HOURS]


def test_everybody_has_56_of_336_nights(scenario):
    found = audit(scenario, absent(scenario), duties_of(scenario))
    assert found.on_call.nights.tolist() == [56.0] * CONSULTANTS
    assert found.on_call.one_in_n.tolist() == [6.0] * CONSULTANTS
    assert found.on_call.hours.sum() == pytest.approx(7 * HOURS)


def test_disturbed_nights_are_as_many_as_expected(scenario, holders):
    """Exact binomial guard over 20 replications; each of 6,720 nights is disturbed with probability 0.909."""
    count = 0.0
    for replication in range(REPLICATIONS):
        night, hour = calls(replication)
        tasks = Tasks(holders[night], np.full(len(night), TASKS.index("phone")), hour, hour)
        count += disturbed_nights(scenario, CONSULTANTS, tasks).sum()
    trials = REPLICATIONS * NIGHTS
    assert trials * (1 - UNDISTURBED) == pytest.approx(REPLICATIONS * CONSULTANTS * DISTURBED)
    low = special.bdtr(count, trials, 1 - UNDISTURBED)
    high = 1 - special.bdtr(count - 1, trials, 1 - UNDISTURBED)
    assert min(low, high) > ALPHA / 2


def test_calls_are_poisson_in_number_and_in_spread():
    counts = np.concatenate(
        [np.bincount(calls(replication)[0], minlength=NIGHTS) for replication in range(REPLICATIONS)]
    )
    mean = RATE * HOURS * len(counts)
    assert min(special.pdtr(counts.sum(), mean), special.pdtrc(counts.sum() - 1, mean)) > ALPHA / 2
    dispersion = float(((counts - RATE * HOURS) ** 2).sum() / (RATE * HOURS))
    freedom = len(counts)
    assert special.chdtr(freedom, dispersion) > ALPHA / 2
    assert special.chdtrc(freedom, dispersion) > ALPHA / 2
    assert math.isclose(math.exp(-RATE * HOURS), UNDISTURBED)


def test_a_rota_that_favours_somebody_is_caught(scenario):
    """The check itself: one person twice in the list gets 96 nights of 336, not 56."""
    twice = scenario.teams[0].people + scenario.teams[0].people[:1]
    unfair = replace(scenario, teams=(replace(scenario.teams[0], people=twice),))
    found = audit(unfair, absent(unfair), duties_of(unfair))
    assert sorted(found.on_call.nights.tolist())[-1] == 96.0
