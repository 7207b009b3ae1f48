"""The demand table against closed forms: a caseload, calls made by families, and calls by hour of the week.

Cases P08, P10 and P15 of the project's table of closed forms, their numbers copied here with their name.
Replications: |t| up to 5.45, a share of 3e-6 of the suite's budget of 1e-3 false alarms for 40 replications; a
standard error above 1.5 times the one expected of the plan proves nothing and fails too. Counts: 1e-5 each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import special

from sim.demand.families import draw_families
from sim.demand.table import draw_demand
from sim.domain.calendar import HOURS_PER_DAY, HOURS_PER_WEEK, HOURS_PER_YEAR, Calendar
from sim.domain.law import Law
from sim.domain.scenario import Run, Scenario
from sim.hours import out_of_hours
from tests.tiny import KEY, MONDAY, area, demand, hours, tiny

REPLICATIONS = 40
CRITICAL_T = 5.45  # critical_t of the table: 40 replications, 3e-6
UNDERPOWERED = 1.5
ALPHA = 1e-5  # of one exact count or one chi-square

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Expected:
    """A closed form, and the relative standard error of its mean over the replications of the plan."""

    value: float
    relative_error: float


def one_area(deaths_per_hour: float, weeks: int, demand_changes: dict[str, Any], **changes: Any) -> Scenario:
    place = area(deaths_per_year=deaths_per_hour * HOURS_PER_YEAR)
    wanted = demand(death_calls=0, **demand_changes)
    return tiny(areas=(place,), run=Run.of_weeks(0, weeks, 0), demand=wanted, **changes)


def t_test(name: str, values: Floats, expected: Expected) -> None:
    """Mean of replications against a closed form; too wide an error is a failure of its own."""
    error = values.std(ddof=1) / np.sqrt(len(values))
    t = (values.mean() - expected.value) / error
    assert error <= UNDERPOWERED * expected.relative_error * expected.value, f"{name}: underpowered, error {error:.3g}"
    assert abs(t) <= CRITICAL_T, f"{name}: {values.mean():.5g}, expected {expected.value:.5g}, t = {t:.1f}"


def exact_poisson(name: str, count: int, mean: float) -> None:
    """Two-sided exact Poisson test of a count."""
    tail = min(special.pdtr(count, mean), special.pdtrc(count - 1, mean))
    assert 2 * tail >= ALPHA, f"{name}: {count}, expected {mean:.1f}"


def chi_square(observed: Floats, expected: Floats) -> None:
    """Cells with known means: as many degrees of freedom as cells."""
    statistic = float(((observed - expected) ** 2 / expected).sum())
    p = special.chdtrc(len(expected), statistic)
    assert p >= ALPHA, f"chi-square {statistic:.0f} on {len(expected)} cells, p = {p:.1g}"


# -- P08: M/G/inf caseload: 3 referrals a week, mean stay 4 weeks (exponential) ---------------------------------------

P08_MEAN_STAY = 4 * HOURS_PER_WEEK
P08_WEEKS = 520
# relative errors over 40 times 520 weeks, from 1,500 runs of the process itself in a dozen lines of numpy
P08 = {
    "mean_caseload": Expected(12.0, 0.0057),
    "variance_caseload": Expected(12.0, 0.0204),
    "p_caseload_ge_15": Expected(0.2279754676964551, 0.0290),
    "p_caseload_ge_18": Expected(0.06296629677397021, 0.0544),
}


def caseloads(replication: int) -> Floats:
    """Children whose episode has begun and who live, at noon of each day from the first to the last of the run."""
    stay = {"episode": Law("exponential", P08_MEAN_STAY), "episode_cap_hours": 25 * P08_MEAN_STAY}
    scenario = one_area(3.0 / HOURS_PER_WEEK, P08_WEEKS, stay)
    families = draw_families(scenario, (KEY[0], replication))
    at = np.arange(12.0, scenario.run.horizon, HOURS_PER_DAY)
    begun = np.searchsorted(np.sort(families.start), at, side="right")
    return (begun - np.searchsorted(np.sort(families.death), at, side="right")).astype(float)


@pytest.fixture(scope="module")
def caseload() -> list[Floats]:
    return [caseloads(replication) for replication in range(REPLICATIONS)]


P08_READINGS = {
    "mean_caseload": np.mean,
    "variance_caseload": lambda at: np.mean((at - P08["mean_caseload"].value) ** 2),
    "p_caseload_ge_15": lambda at: np.mean(at >= 15),
    "p_caseload_ge_18": lambda at: np.mean(at >= 18),
}


@pytest.mark.parametrize("metric", P08)
def test_p08_the_caseload_is_that_of_infinitely_many_servers(metric, caseload):
    """Catches a stay of the wrong law or mean, and deaths that do not come independently."""
    t_test(metric, np.array([P08_READINGS[metric](at) for at in caseload]), P08[metric])


@pytest.mark.parametrize("weeks", [slice(0, 4 * 7), slice(-4 * 7, None)], ids=["first", "last"])
def test_p08_the_caseload_is_stationary_from_the_first_hour_to_the_last(weeks, caseload):
    """Catches episodes that begin empty, and deaths that stop at the end of the run, at either end."""
    # one mean stay: variance of the mean caseload 12 x 2 exp(-1), over 40 replications
    expected = Expected(12.0, np.sqrt(2 * np.exp(-1) / 12 / REPLICATIONS))
    t_test("mean_caseload", np.array([at[weeks].mean() for at in caseload]), expected)


# -- P15: contacts generated by families: 0.4 referrals a day, mean stay 30 days, 0.35 contacts a family-day ----------

P15_DAYS = 4000 // 28 * 28
# relative errors over 40 times this length, from 1,500 runs of the process itself in a dozen lines of numpy
P15_CONTACTS_PER_DAY = Expected(4.199999999999999, 0.0057)
P15_DISPERSION = {
    1: Expected(1.3461433036637143, 0.0084),
    7: Expected(3.2700609703103534, 0.0170),
    28: Expected(8.347916219543462, 0.0248),
}


def p15() -> Scenario:
    rates = {"calls_per_day": (0.35,) * 4, "reference_calls_per_day": (0.35,) * 4}
    stay = {"episode": Law("exponential", 30 * HOURS_PER_DAY), "episode_cap_hours": 20 * 30 * HOURS_PER_DAY}
    return one_area(0.4 / HOURS_PER_DAY, P15_DAYS // 7, {**stay, **rates})


@pytest.fixture(scope="module")
def contacts() -> Floats:
    """Calls by replication and day."""
    scenario = p15()
    edges = np.arange(P15_DAYS + 1) * HOURS_PER_DAY
    tables = (draw_demand(scenario, KEY[0], replication) for replication in range(REPLICATIONS))
    return np.array([np.histogram(table.calls.time, edges)[0] for table in tables], dtype=float)


def test_p15_contacts_a_day(contacts):
    t_test("contacts_per_day", contacts.mean(axis=1), P15_CONTACTS_PER_DAY)


@pytest.mark.parametrize("days", P15_DISPERSION)
def test_p15_calls_of_few_families_come_in_bursts(days, contacts):
    """Catches a flat area rate (1), families of unlike frailty (above) and calls outside their episode (below)."""
    mean = P15_CONTACTS_PER_DAY.value * days
    counts = contacts.reshape(REPLICATIONS, -1, days).sum(axis=2)
    t_test(f"index_of_dispersion_{days}d", ((counts - mean) ** 2).mean(axis=1) / mean, P15_DISPERSION[days])


# -- P10: contacts by hour of the week: 60 a week, in hours Mon-Fri 08:00-18:00 ---------------------------------------

P10_WEEKS = 5200
P10_PER_WEEK = 60.0
P10_SHARE_OUT_OF_HOURS = 0.6899224806201549
P10_DAY_MEANS = {  # 23-08, 08-18, 18-23
    "weekday": (0.1860465116, 0.3720930233, 0.5209302326),
    "weekend": (0.2325581395, 0.4651162791, 0.6511627907),
}
P10_CALENDAR = Calendar(MONDAY, in_hours=(8.0, 18.0))


def hour_of_week_means() -> Floats:
    days = []
    for kind in ("weekday",) * 5 + ("weekend",) * 2:
        night, day, evening = P10_DAY_MEANS[kind]
        days.append([night] * 8 + [day] * 10 + [evening] * 5 + [night])
    return np.array(days).reshape(-1)


MEANS = hour_of_week_means()
PROFILE = {"profile": tuple(MEANS / MEANS.mean())}


def background() -> tuple[Floats, float]:
    """60 background calls a week, and nobody who dies calls: times of the calls, and weeks of calls expected."""
    per_year = P10_PER_WEEK / HOURS_PER_WEEK * HOURS_PER_YEAR
    nobody_else = {"calls_per_day": (0.0,) * 4, "background_children_per_death": per_year / 52.0}
    rates = {**PROFILE, **nobody_else, "background_calls_per_child_year": 1.0}
    table = draw_demand(one_area(52.0 / HOURS_PER_YEAR, P10_WEEKS, rates, calendar=P10_CALENDAR), *KEY)
    return table.calls.time, P10_WEEKS


def families_at_home() -> tuple[Floats, float]:
    """Families at home for exactly four weeks, five calls a week: each has every hour of the week four times.

    The calls are drawn at twice their rate and thinned. Given the number of families, they are a Poisson process.
    """
    rates = {"calls_per_day": (5 / 7,) * 4, "reference_calls_per_day": (5 / 7,) * 4}
    stay = {"episode": hours(4 * HOURS_PER_WEEK), "episode_cap_hours": 4 * HOURS_PER_WEEK}
    scenario = one_area(3.0 / HOURS_PER_WEEK, P10_WEEKS, {**PROFILE, **stay, **rates}, calendar=P10_CALENDAR)
    table = draw_demand(scenario, *KEY)
    families = table.families
    whole = (families.start >= 0) & (families.death < scenario.run.horizon)
    return table.calls.time[whole[table.calls.family]], whole.sum() * 4 * 5 / P10_PER_WEEK


@pytest.fixture(scope="module", params=[background, families_at_home], ids=lambda made: made.__name__)
def by_the_week(request) -> tuple[Floats, float]:
    return request.param()


def test_p10_as_many_calls_as_their_poisson_law(by_the_week):
    """Catches lost calls at once: two-sided exact Poisson of the total."""
    times, weeks = by_the_week
    exact_poisson("calls", len(times), P10_PER_WEEK * weeks)


def test_p10_every_hour_of_the_week_has_its_calls(by_the_week):
    """Catches a rate read at the wrong time: a profile an hour late is found at once."""
    times, weeks = by_the_week
    counts = np.bincount((times % HOURS_PER_WEEK).astype(np.int64), minlength=168).astype(float)
    chi_square(counts, MEANS * weeks)


def test_p10_the_share_out_of_hours(by_the_week):
    times, weeks = by_the_week
    out = out_of_hours(P10_CALENDAR, 0, P10_WEEKS * 7).contain(times)
    exact_poisson("out of hours", int(out.sum()), P10_PER_WEEK * weeks * P10_SHARE_OUT_OF_HOURS)


def test_p10_gaps_between_calls_are_exponential_once_time_is_rescaled():
    """Kolmogorov-Smirnov; catches calls that keep a distance or come in pairs at any hour of the week."""
    times, _ = background()
    upto = np.concatenate([[0.0], np.cumsum(np.tile(MEANS, P10_WEEKS))])
    gaps = np.sort(np.diff(np.interp(times, np.arange(len(upto)), upto)))
    below = -np.expm1(-gaps)
    n = len(gaps)
    distance = max((np.arange(1, n + 1) / n - below).max(), (below - np.arange(n) / n).max())
    assert special.kolmogorov(np.sqrt(n) * distance) >= ALPHA
