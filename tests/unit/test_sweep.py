"""Which jobs of a sweep become one study, and what their scenarios are called."""

from __future__ import annotations

from sim.commands.sweep import LONGEST, gathered


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
