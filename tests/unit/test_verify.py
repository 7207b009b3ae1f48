"""What a case is held against: each method of comparison by hand, and blocks that make no sense."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import yaml

from sim import config
from sim.config import expected
from sim.config.words import BadKey
from sim.domain.expected import Expected, Known
from sim.errors import BadInput
from sim.experiment.verified import text
from sim.experiment.verify import ALPHA_COUNT, Case, Compared, all_agree, case, compare, verify
from sim.measures.queueing import names, reads
from tests.tiny import england, tiny

ALPHA = 1e-5
SCENARIO = tiny()


def compared(known: Expected, tops: list[float], longer: float = 1.0) -> Compared:
    """A comparison of numerators by replication. longer: the listed plan over this one."""
    top = np.array([tops], dtype=float)
    one = Case("case", SCENARIO, None, 1, len(tops), longer)
    return compare(one, known, np.array([top, np.ones_like(top)]), ALPHA)


def judged(known: Expected, tops: list[float], longer: float = 1.0) -> str:
    """Its verdict."""
    return compared(known, tops, longer).verdict


NEAR_TEN = [9.9, 10.1] * 10  # mean 10, standard error 0.023


def test_a_mean_agrees_differs_or_proves_nothing():
    assert judged(Expected("m", "", (10.0,), rel_se=0.002), NEAR_TEN) == "agrees"
    assert judged(Expected("m", "", (10.2,), rel_se=0.002), NEAR_TEN) == "differs"
    assert judged(Expected("m", "", (10.0,), rel_se=0.001), NEAR_TEN) == "underpowered"
    assert judged(Expected("m", "", (10.0,)), NEAR_TEN) == "no error listed"


def test_a_shorter_run_may_have_a_wider_error_by_the_square_root_of_its_length():
    tight = Expected("m", "", (10.0,), rel_se=0.001)
    assert judged(tight, NEAR_TEN, longer=1.0) == "underpowered"
    assert judged(tight, NEAR_TEN, longer=4.0) == "agrees"


def test_the_same_in_every_replication_proves_nothing_about_a_mean():
    assert judged(Expected("m", "", (10.0,), rel_se=0.1), [10.0] * 5) == "underpowered"


def test_two_replications_agree_with_nothing_that_they_could_not_have_told_apart():
    """With one degree of freedom t may go to 31,831 at 1e-5 on either side: anything would lie within it."""
    close = Expected("m", "", (10.0,), rel_se=0.1)
    assert judged(close, [9.9, 10.1]) == "underpowered"
    assert judged(close, NEAR_TEN) == "agrees"


def test_a_shortened_plan_that_sees_nothing_is_too_weak_where_the_whole_one_would_see():
    """Of 4 replications t may go to 103: an error of 0.5 is 5 times a value of 10. Listed for the whole plan: 0.005,
    which sees 0.5 of it, or 0.02, which sees nothing either. Too weak is no failure, and no agreement."""
    wide = [9.0, 11.0, 9.5, 10.5]
    (one,) = [compared(Expected("m", "", (10.0,), rel_se=0.005), wide, longer=400.0)]
    assert (one.verdict, one.sees > 1) == ("too weak", True)
    assert judged(Expected("m", "", (10.0,), rel_se=0.02), wide, longer=400.0) == "underpowered"
    assert judged(Expected("m", "", (10.0,), rel_se=0.05), wide) == "underpowered"  # the plan is the case's own
    seen = compared(Expected("m", "", (10.0,), rel_se=0.002), NEAR_TEN)
    assert all_agree([one, seen])
    assert not all_agree([one])


def test_each_comparison_tells_the_smallest_error_it_would_have_seen():
    """A made-up engine that is wrong by a little more is told to differ, by a little less not. Would catch a figure
    that is not the power of the very test."""
    for method, tops in (("t", NEAR_TEN), ("poisson", [400.0])):
        value = float(np.mean(tops))
        sees = compared(Expected("m", "", (value,), method, rel_se=0.01), tops).sees
        for factor, verdict in ((0.95, "agrees"), (1.1, "differs")):
            off = [top + factor * sees * value for top in tops]
            assert judged(Expected("m", "", (value,), method, rel_se=0.01), off) == verdict
    published = compared(Expected("m", "", (10.0,), "within", within=0.2), NEAR_TEN)
    assert published.sees == pytest.approx((0.2 + 2.093 * 0.0229) / 10, rel=0.01)
    assert compared(Expected("m", "", (56.0,), "exact"), [56.0, 56.0]).sees == 0
    assert compared(Expected("m", "", (100.0,), "poisson"), [100.0]).sees == pytest.approx(4.417 / 10, abs=1e-3)


def test_the_table_says_how_weak_the_run_is():
    fine, coarse = (compared(Expected("m", "", (100.0 * n,), "poisson"), [100.0 * n]) for n in (25, 1))
    lines = text([fine, coarse]).splitlines()
    assert lines[1].split()[-2:] == ["8.8%", "agrees"]
    assert lines[2].split()[-2:] == ["44.2%", "agrees"]
    assert lines[-1] == "Smallest error that would have been seen: median 26.5% of the value; above 25% in 1"


def test_cases_of_the_same_process_are_seeded_by_their_names():
    """Would catch one stream under two names, whose agreement counts twice."""
    known = Known((), 1.0, 2)
    named = [case(replace(SCENARIO, name=name), known, 7, 2, fast=False).seed for name in ("P01", "P02", "P01")]
    assert named[0] == named[2] != named[1]
    assert case(replace(SCENARIO, name="P01"), known, 8, 2, fast=False).seed != named[0]


@pytest.mark.parametrize(("count", "verdict"), [(100, "agrees"), (150, "differs"), (58, "differs"), (60, "agrees")])
def test_a_count_by_its_exact_poisson_law(count, verdict):
    assert judged(Expected("m", "", (100.0,), "poisson"), [float(count)]) == verdict


def test_an_exact_value_holds_in_every_replication():
    assert judged(Expected("m", "", (56.0,), "exact"), [56.0, 56.0]) == "agrees"
    assert judged(Expected("m", "", (56.0,), "exact"), [56.0, 57.0]) == "differs"


def test_a_published_figure_is_met_if_the_whole_interval_lies_within_the_declared_distance():
    assert judged(Expected("m", "", (10.1,), "within", within=0.2), NEAR_TEN) == "agrees"
    assert judged(Expected("m", "", (10.1,), "within", within=0.11), NEAR_TEN) == "underpowered"
    assert judged(Expected("m", "", (10.5,), "within", within=0.2), NEAR_TEN) == "differs"


def test_a_distance_as_large_as_the_published_figure_agrees_with_nothing():
    assert judged(Expected("m", "", (10.0,), "within", within=9.0), NEAR_TEN) == "agrees"
    assert judged(Expected("m", "", (10.0,), "within", within=10.0), NEAR_TEN) == "underpowered"


def test_cells_by_chi_square():
    one, known = Case("case", SCENARIO, None, 1, 1, 1.0), Expected("m", "", (10.0, 20.0, 30.0), "chi_square")
    for counts, verdict in (([12.0, 18.0, 30.0], "agrees"), ([30.0, 20.0, 10.0], "differs")):
        columns = np.array([[[count] for count in counts], [[1.0]] * 3])
        assert compare(one, known, columns, ALPHA).verdict == verdict
    assert ALPHA_COUNT == ALPHA


# -- the block in a file -----------------------------------------------------------------------------------------------

OWN = "based_on: plain_queue\nquestion: What is known?\nhours: 300\nwarmup_hours: 50\nreplications: 4\nexpected:\n"


def planned(folder: Path, block: str) -> config.Plan:
    (folder / "mine.yaml").write_text(f"{OWN}  {block}\n", encoding="utf-8")
    return config.plan(str(folder / "mine.yaml"))


def read(block: str) -> Known:
    """What a block says of ``OWN``."""
    return expected.known(yaml.safe_load(block), 300.0, 4)


def test_the_block_decides_nothing(tmp_path):
    with_it, without = planned(tmp_path, "p_wait: {value: 0.5}"), planned(tmp_path, "{}")
    assert with_it.fingerprint == without.fingerprint
    assert with_it.scenario == without.scenario
    assert "expected" not in with_it.resolved
    assert not any(key.startswith("expected") for key, *_ in with_it.assumptions)


def test_a_case_of_ones_own(tmp_path):
    plan = planned(tmp_path, "{p_wait: {value: 0.99, rel_se: 0.5}, fast: {hours: 30, replications: 3}}")
    one = case(plan.scenario, plan.known, 1, 4, fast=True)
    assert (one.scenario.run.hours, one.replications, one.whole) == (30, 3, pytest.approx(300 * 4 / (30 * 3)))
    arrivals, p_wait = verify([one], workers=1)
    assert (arrivals.known.measure, p_wait.known.measure) == ("first_calls_of_expected", "p_wait")


def test_what_is_known_of_a_scenario_is_not_known_of_those_based_on_it(tmp_path):
    (tmp_path / "mine.yaml").write_text(f"{OWN}  p_wait: {{value: 0.5}}\n", encoding="utf-8")
    (tmp_path / "other.yaml").write_text("based_on: ./mine.yaml\nquestion: What if?\n", encoding="utf-8")
    assert config.plan(str(tmp_path / "other.yaml")).known is None


def test_values_by_the_hour_are_one_comparison_each():
    known = read("p_wait/hour: {values: [0.5, 0.6], rel_se: [0.1, 0.2]}")
    assert [(one.name, one.values, one.rel_se) for one in known.values] == [
        ("p_wait/hour 0", (0.5,), 0.1),
        ("p_wait/hour 1", (0.6,), 0.2),
    ]


def test_every_measure_can_be_asked_for_by_the_name_listed():
    assert all(reads(name.replace("_N_", "_2_")) for name in names())
    assert not reads("p_weit")


BLOCKS = [
    ("p_wait: 0.5", "mine.yaml: expected.p_wait = 0.5: must be a table; write p_wait: {value: 0.5, rel_se: 0.003}"),
    (
        "p_wait: {rel_se: 0.1}",
        "mine.yaml: expected.p_wait: needs value or values; write value: 0.5, or values: [0.5, 0.6]",
    ),
    ("p_wait: {valeu: 0.1}", "mine.yaml: expected.p_wait.valeu: no such key; did you mean value or values?"),
    ("p_wait: {value: half}", "mine.yaml: expected.p_wait.value = half: must be a number; write value: 0.5"),
    (
        "p_wait: {value: 0.5, method: z}",
        "mine.yaml: expected.p_wait.method = z: must be one of t, poisson, chi_square, exact; "
        "known: t, poisson, chi_square, exact",
    ),
    (
        "p_wait: {value: 0.5, rel_se: -1}",
        "mine.yaml: expected.p_wait.rel_se = -1: must be a share above 0 of the value; "
        "leave it out: the first run says what it is",
    ),
    (
        "p_wait: {values: [0.5, 0.6], rel_se: [0.1]}",
        "mine.yaml: expected.p_wait.rel_se: 1 for 2 values; give one for each value",
    ),
    (
        "p_wait: {value: 0.5, published: 0.6}",
        "mine.yaml: expected.p_wait.within: must be a number above 0; write published: 0.19, within: 0.02",
    ),
    (
        "fast: {hours: 0}",
        "mine.yaml: expected.fast.hours = 0: must be a number above 0; leave it out for the usual",
    ),
    (
        "fast: {weeks: 1}",
        "mine.yaml: expected.fast: takes hours and replications; write fast: {hours: 500, replications: 30}",
    ),
]


@pytest.mark.parametrize(("block", "line"), BLOCKS)
def test_a_block_that_makes_no_sense_is_one_line(block, line):
    with pytest.raises(BadKey) as error:
        read(block)
    assert error.value.line("mine.yaml") == line


def test_the_plan_of_a_block_that_makes_no_sense_names_its_file(tmp_path):
    block, line = BLOCKS[0]
    with pytest.raises(BadInput) as error:
        planned(tmp_path, block)
    assert str(error.value) == line


def test_an_unknown_measure_or_level_is_named():
    scenario = england("plain_queue", "hours=300", "warmup_hours=50")
    with pytest.raises(BadInput, match=r"expected\.p_weit: no such measure"):
        case(scenario, read("p_weit: {value: 0.5}"), 1, 4, fast=True)
    with pytest.raises(BadInput, match=r"expected\.p_wait/Z: the measure has no such level"):
        verify([case(scenario, read("p_wait/Z: {value: 0.5}"), 1, 4, fast=True)], workers=1)


def test_a_scenario_of_which_nothing_is_known_is_no_case():
    plan = config.plan("plain_queue")
    with pytest.raises(BadInput, match="plain_queue: nothing is expected of it"):
        case(plan.scenario, plan.known, 1, 4, fast=True)
