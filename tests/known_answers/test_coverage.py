"""Whether intervals, bounds and verdicts hold what they promise, on replications of the model and on known laws.

The truth of a stored pool of replications is known: its own mean. Studies are drawn from it, and it is counted how
often their intervals hold that truth. README.md beside this file says what the pool is and how it is renewed.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from sim.config import plan
from sim.experiment import compare, estimate
from sim.experiment.equity import Sums, gap_of
from sim.experiment.execute import run_units
from sim.experiment.figures import difference, estimated, most_of
from sim.experiment.observations import Key, gather
from sim.experiment.replicate import Replicate
from sim.experiment.units import units
from sim.measures.catalogue import CATALOGUE

STORED = Path(__file__).with_name("replications.npz")
DOCS = Path(__file__).parents[2] / "docs" / "experiments.md"
BEGIN, END = "<!-- coverage -->\n\n", "\n\n<!-- /coverage -->"
SCENARIOS = ("current_patchwork", "icb_rota")
AREAS, SEED, REPLICATIONS, WORKERS = "areas=[QF7,QHM,QHG]", 1, 1000, 2
OF_ENGLAND = (
    *("worst_three_fates_share", "fate_whole_share", "unmet_demand_share", "unmet_demand_share_night"),
    *("nobody_answered_share", "minutes_to_answer", "minutes_to_door", "child_nights_without_visit_achieved_share"),
    *(
        "emergency_visits_per_family",
        "admissions_per_family",
        "lone_visits_per_year",
        "people_beyond_safe_limits_share",
    ),
)
OF_PEOPLE = (
    *("hours_on_call_per_week_median", "hours_on_call_per_week_worst"),
    *("disturbed_nights_per_month_p90", "disturbed_nights_per_month_worst"),
)
OF_AREAS = ("unmet_demand_share", "minutes_to_answer", "minutes_to_door")
SIZES, STUDIES = (8, 20), 2000  # replications of a study, and studies that are drawn from the pool
OFTEN = 0.9  # of studies in which a figure varies, so that its coverage is told


class Pool(NamedTuple):
    """The stored replications: rows, and sums of shape (scenario, row, replication)."""

    keys: tuple[Key, ...]
    numerators: np.ndarray
    denominators: np.ndarray

    def sums(self, s: int, row: int, drawn: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Numerators and denominators of studies, of shape (study, replication)."""
        return self.numerators[s, row][drawn], self.denominators[s, row][drawn]


def kept(key: Key) -> bool:
    measure, group, _ = key
    return (
        (group in ("england", "area_type", "deprivation") and measure in OF_ENGLAND)
        or (group == "role" and measure in OF_PEOPLE)
        or (group == "area" and measure in OF_AREAS)
        or (group == "hour" and measure == "unmet_demand_share")
    )


def renew() -> None:
    """Simulate the pool again: half an hour on one core."""
    work = Replicate(tuple(plan(name, [AREAS]).scenario for name in SCENARIOS), SEED)
    asked = units(len(SCENARIOS), REPLICATIONS)
    seen = gather(SCENARIOS, REPLICATIONS, [(unit, rows) for unit, rows in run_units(asked, work, WORKERS, None)])
    store(seen.keys, seen.numerators, seen.denominators)


def store(keys, numerators, denominators) -> None:
    rows = [row for row, key in enumerate(keys) if kept(key)]
    sums = {"numerators": numerators, "denominators": denominators}
    arrays = {name: np.nan_to_num(of[:, rows]).round(2).astype(np.float32) for name, of in sums.items()}
    np.savez_compressed(STORED, keys=np.array([keys[row] for row in rows]), **arrays)


@cache
def pool() -> Pool:
    with np.load(STORED) as stored:
        sums = (stored[name].astype(np.float64) for name in ("numerators", "denominators"))
        return Pool(tuple(tuple(map(str, key)) for key in stored["keys"]), *sums)


def truth(key: Key, top: np.ndarray, bottom: np.ndarray) -> float:
    """The figure of the whole pool."""
    ratio = CATALOGUE[key[0]].estimator == "ratio"
    return float(top.sum() / bottom.sum() if ratio else np.nanmean(estimate.divide(top, bottom)))


@cache
def coverage(key: Key, s: int | None, replications: int) -> float:
    """How often the 95 % interval of a study holds the truth; s: of a scenario, None: of the difference of both."""
    stored, row, measure = pool(), pool().keys.index(key), CATALOGUE[key[0]]
    drawn = np.random.default_rng([row, replications]).integers(0, REPLICATIONS, size=(STUDIES, replications))
    true = [truth(key, stored.numerators[one, row], stored.denominators[one, row]) for one in (0, 1)]
    if s is None:
        found = difference([measure] * STUDIES, stored.sums(0, row, drawn), stored.sums(1, row, drawn))
        of = true[1] - true[0]
    else:
        found, of = estimated([measure] * STUDIES, *stored.sums(s, row, drawn)), true[s]
    varies = found.high > found.low
    held = (found.low <= of) & (of <= found.high)
    return float(held[varies].mean()) if varies.mean() > OFTEN else np.nan


ENGLAND = [(measure, "england", "England") for measure in OF_ENGLAND]
PEOPLE = [(measure, "role", role) for measure in OF_PEOPLE for role in ("community_nurse", "consultant")]
AREA = [(measure, "area", code) for measure in OF_AREAS for code in ("QF7", "QHG", "QHM")]
SKEWED = ("minutes_to_answer", "minutes_to_door")  # a few replications hold most of them
HELD = [(key, s) for key in [*ENGLAND, *PEOPLE] for s in (0, 1, None) if key[0] not in SKEWED]
CONSTANT = {  # the same in nearly every replication: no interval of a study can know how often it is not
    ("people_beyond_safe_limits_share", "england", "England"),
    ("hours_on_call_per_week_median", "role", "consultant"),
    ("hours_on_call_per_week_worst", "role", "consultant"),
}


@pytest.mark.parametrize("replications", SIZES)
@pytest.mark.parametrize(("key", "s"), [one for one in HELD if one[0] not in CONSTANT])
def test_intervals_of_the_products_own_measures_cover(key, s, replications):
    """Catches a bootstrap of 8 values (.87), a binomial over calls (.5) and Student's t of what is skewed (.88).

    With 20 replications within .93 to .97 but for half a point of chance of 2,000 studies; with 8 the rarest to .91.
    """
    least, most = {8: (0.905, 0.99), 20: (0.925, 0.975)}[replications]
    assert least <= coverage(key, s, replications) <= most


@pytest.mark.parametrize("replications", SIZES)
@pytest.mark.parametrize("key", [key for key in [*ENGLAND, *AREA] if key[0] in SKEWED])
def test_minutes_of_few_visits_cover_as_far_as_replications_can_show(key, replications):
    """One year in a hundred holds a family who waited for days: a study that has none of those cannot know of them.

    Before, minutes to an answer by area were held by .56 to .61.
    """
    assert coverage(key, 0, replications) >= (0.92 if key[1] == "england" else 0.83)
    assert coverage(key, 1, replications) >= 0.83


@pytest.mark.parametrize("replications", SIZES)
@pytest.mark.parametrize("family", ["hour", "area_type", "deprivation", "area", "england"])
def test_no_family_of_comparisons_claims_what_is_not_so(family, replications):
    """200 studies in which the scenarios change their names by the toss of a coin: nothing differs, in law.

    Catches certainty from differences that are the same in every replication (hour: .3), and Student's t of a few
    calls whose signs agree by chance (area_type: .08 to .17).
    """
    stored, studies = pool(), 200
    rows = [row for row, key in enumerate(stored.keys) if key[1] == family]
    many, draws = len(rows), np.random.default_rng([replications, len(family)])
    drawn = draws.integers(0, REPLICATIONS, size=(studies, 1, replications))
    tossed = draws.integers(0, 2, size=(studies, 1, replications)).astype(bool)
    sides: list[list[np.ndarray]] = [[], []]
    for sums in (stored.numerators[:, rows], stored.denominators[:, rows]):
        one, two = (sums[s][np.arange(many)[:, None], drawn] for s in (0, 1))
        for side, values in zip(sides, (np.where(tossed, one, two), np.where(tossed, two, one)), strict=True):
            side.append(values.reshape(studies * many, replications))
    measures = [CATALOGUE[stored.keys[row][0]] for row in rows] * studies
    found = difference(measures, (sides[0][0], sides[0][1]), (sides[1][0], sides[1][1]))
    units_seen = (sides[0][1] > 0).sum(axis=1).astype(float)
    paper = np.zeros(len(measures), dtype=bool)
    found, rests = compare.same_in_all(found, units_seen, most_of(measures), paper)
    study = np.repeat(np.arange(studies), many).astype(str)
    better, few = np.full(len(measures), "lower"), np.full(len(measures), family != "england")
    judged = compare.judge(found, np.zeros(len(measures)), better, study, rests, few)
    wrong = np.isin(judged.verdict, ("better", "worse")).reshape(studies, many).any(axis=1)
    assert wrong.mean() <= 0.05


@pytest.mark.parametrize("replications", [8, 20])
@pytest.mark.parametrize(("clusters", "of_each"), [(3, 1), (3, 4), (6, 1), (10, 4)])
def test_a_rare_event_is_never_told_too_well(clusters, of_each, replications):
    """Events that come alone or four at a time, so many clusters in a study: misses below the truth stay under 5 %.

    Where none was seen the bound is that of the replications. Catches calls taken as independent (.54 of 4 a family)
    and Student's t, which misses where one replication of eight had an event.
    """
    draws = np.random.default_rng([clusters, of_each, replications])
    top = draws.poisson(clusters / replications, size=(STUDIES, replications)) * float(of_each)
    calls = np.full(top.shape, 500.0)
    found, true = estimate.ratio(top, calls, 1.0), clusters * of_each / replications / 500
    seen = top.sum(axis=1) > 0
    high = np.where(seen, found.high, estimate.bound(np.full(STUDIES, float(replications))))
    assert (high < true).mean() <= 0.05
    assert (found.low[seen] > true).mean() <= 0.05


@pytest.mark.parametrize("replications", [5, 20, 80])
@pytest.mark.parametrize("spread", [0.0, 0.06, 0.2])
def test_the_gap_between_areas_neither_drifts_nor_misses(spread, replications):
    """42 areas about .5 whose true gap is known, each with years that vary by .2.

    Catches chance taken off as it stands: at 5 replications it leaves half of the gap of .06, at 80 nearly all.
    """
    draws = np.random.default_rng(7)
    true = 0.5 + spread * np.sort(draws.uniform(-1.0, 1.0, size=42)) * 1.25
    of = float(np.subtract(*np.percentile(true, (90, 10))))
    found = []
    for _ in range(60):
        years = np.clip(true[:, None] + draws.normal(0.0, 0.2, size=(42, replications)), 0.0, 1.0)
        gap = gap_of("area", [str(area) for area in range(42)], Sums(years * 100, np.full(years.shape, 100.0)))
        assert gap is not None
        found.append((gap.corrected, *gap.interval()))
    middle, low, high = np.array(found).T
    assert ((low <= of) & (of <= high)).mean() >= 0.9
    if spread:
        assert np.mean(middle) == pytest.approx(of, abs=0.25 * of if replications == 5 else 0.15 * of)


def told() -> str:
    """The coverage of every row of the pool as a table."""
    heads = [f"{name}, {n}" for name in (*SCENARIOS, "difference") for n in SIZES]
    lines = [f"| measure | {' | '.join(heads)} |", f"|---|{'---|' * len(heads)}"]
    for key in (*ENGLAND, *PEOPLE, *AREA):
        numbers = [_written(coverage(key, s, n)) for s in (0, 1, None) for n in SIZES]
        level = "" if key[1] == "england" else f", {key[2]}"
        lines.append(f"| `{key[0]}`{level} | {' | '.join(numbers)} |")
    return "\n".join(lines)


def _written(share: float) -> str:
    return f"{share:.2f}".lstrip("0") if share == share else "–"


def test_docs_have_the_coverage_that_is_measured(request: pytest.FixtureRequest):
    if request.config.getoption("--renew-pool"):
        renew()
    before, _, rest = DOCS.read_text(encoding="utf-8").partition(BEGIN)
    table, _, after = rest.partition(END)
    if request.config.getoption("--renew-docs"):
        DOCS.write_text(f"{before}{BEGIN}{told()}{END}{after}", encoding="utf-8")
    else:
        assert table == told(), "renew: python -m pytest tests/known_answers/test_coverage.py --renew-docs"
