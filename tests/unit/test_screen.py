"""What the screen says of a comparison."""

from __future__ import annotations

import pandas as pd
import pytest

from sim.screen import compared

NONE = float("nan")


@pytest.mark.parametrize(
    ("unmet", "minutes", "said"),
    [
        (3.26, 1.7, "unmet demand 3.3, minutes to the door 1.7 times as small."),
        (NONE, 1.7, "minutes to the door 1.7 times as small."),
        (NONE, NONE, "no spread."),
    ],
)
def test_what_the_same_families_are_worth_is_a_sentence_whatever_is_known_of_it(unmet, minutes, said):
    """Would catch "no spread times as small"."""
    rows = {"measure": ["unmet_demand_share", "minutes_to_door"], "variance_ratio": [unmet, minutes]}
    told = compared(pd.DataFrame({"group": "england", "scenario": "mine", **rows}), {"headlines": 6})
    assert told.splitlines()[-1] == f"Variance against independent seeds, mine: {said}"
