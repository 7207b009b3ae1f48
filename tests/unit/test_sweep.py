"""Which jobs of a sweep become one study, and what their scenarios are called."""

from __future__ import annotations

import pytest

from sim.commands.sweep import LONGEST, gathered
from sim.config.lists import jobs, listed
from sim.errors import BadInput
from sim.experiment.study import read_alike


def test_jobs_that_share_a_seed_are_one_study():
    (one, two) = gathered(
        [["scenario=a", "seed=1"], ["scenario=a", "seed=2"], ["scenario=b", "seed=1"], ["scenario=b", "seed=2"]]
    )
    assert [job.scenario for job in one.jobs] == ["a", "b"]
    assert (one.shared, two.shared) == (("seed=1",), ("seed=2",))
    assert [job.name for job in one.jobs] == ["", ""]


def test_names_hold_what_differs_and_nothing_else():
    (batch,) = gathered([["scenario=./mine.yaml", "x.k=1", "y=2"], ["scenario=./mine.yaml", "x.k=[a,b]", "y=2"]])
    assert [job.name for job in batch.jobs] == ["mine_k_1", "mine_k_a_b"]
    assert batch.jobs[1].words == ("x.k=[a,b]", "y=2")


def test_a_long_name_is_cut_and_still_its_own():
    (batch,) = gathered([["scenario=a", f"key={'x' * 100}{end}"] for end in "12"])
    first, second = (job.name for job in batch.jobs)
    assert first != second
    assert len(first) == len(second) == LONGEST


@pytest.mark.parametrize(
    "values",
    [
        ("-10", "10"),
        ("0.5", "0_5", "0-5"),
        ("[QHG]", "[qhg]"),
        ("[a,b]", "[a_b]"),
        ("1", "01"),
        ("x" * 100, "X" * 100),
    ],
)
def test_names_that_would_read_alike_are_told_apart(values: tuple[str, ...]) -> None:
    """Catches names that a page or a disk takes for one, after all runs are done."""
    (batch,) = gathered([["scenario=a", f"k={value}"] for value in values])
    assert len({read_alike(job.name) for job in batch.jobs}) == len(values)
    assert all(len(job.name) <= LONGEST for job in batch.jobs)


def test_scenarios_of_one_name_in_two_folders_are_told_apart() -> None:
    (batch,) = gathered([[f"scenario=./{folder}/mine.yaml", f"k={k}"] for folder in "xy" for k in "12"])
    assert len({job.name for job in batch.jobs}) == 4


def test_a_value_twice_is_refused() -> None:
    with pytest.raises(BadInput, match=r"^-m: scenario=a k=1: stands there twice; take one of the values out$"):
        gathered([["scenario=a", "k=1", "y=2"], ["scenario=a", "k=2", "y=2"], ["scenario=a", "k=1", "y=2"]])


# -- the lists themselves


@pytest.mark.parametrize(
    ("word", "values"),
    [
        ("k=1,2", ["1", "2"]),
        ("k=026,1_0,1e3", ["026", "1_0", "1e3"]),
        ("k=[a,026],[b]", ["[a,026]", "[b]"]),
        ("k=choice(026,b)", ["026", "b"]),
        ("k=range(1,4)", ["1", "2", "3"]),
        ("k=range(0.1,0.35,0.1)", ["0.1", "0.2", "0.30000000000000004"]),
        ("k=range(3,step=2)", ["0", "2"]),
    ],
)
def test_the_values_of_a_list_stay_as_they_are_written(word: str, values: list[str]) -> None:
    """Catches a list read by other rules than a single value: ``1_0`` as 10, the code ``1e3`` as 1000.0."""
    assert jobs(["scenario=a", word]) == [["scenario=a", f"k={value}"] for value in values]


@pytest.mark.parametrize("word", ["k=shuffle(1,2)", "k=range(1_0,20)", "k=range(a,3)", "k=glob(*)", "k=int(1_0)", "k"])
def test_a_list_that_chance_or_another_reading_makes_is_refused(word: str) -> None:
    with pytest.raises(BadInput, match=r"not understood; write key=value, lists as key=\[a,b\]$"):
        jobs(["scenario=a", word])


def test_names_in_a_list_are_texts() -> None:
    assert listed("scenarios=[026,1e3,./mine.yaml]") == ["026", "1e3", "./mine.yaml"]
    assert listed("role=026") == ["026"]
