"""What the screen says of a comparison."""

from __future__ import annotations

import pandas as pd
import pytest

from sim.differences import care_not_given
from sim.screen import compared

NONE = float("nan")


@pytest.mark.parametrize(
    ("unmet", "minutes", "said"),
    [
        (3.26, 1.7, "unmet demand 3.3 (1.6 to 6.5), the standard to the door 1.7 (0.8 to 3.4) times as small."),
        (NONE, 1.7, "the standard to the door 1.7 (0.8 to 3.4) times as small."),
        (NONE, NONE, "no spread, or fewer than 10 replications to tell it from."),
    ],
)
def test_what_the_same_families_are_worth_is_a_sentence_whatever_is_known_of_it(unmet, minutes, said):
    """Would catch "no spread times as small"."""
    ratios = pd.Series([unmet, minutes])
    rows = {"measure": ["unmet_demand_share", "door_in_standard_share"], "variance_ratio": ratios}
    rows |= {"ratio_low": ratios / 2, "ratio_high": ratios * 2}
    rows |= {"verdict": ["not_decided"] * 2, "difference": [0.0] * 2}
    told = compared(pd.DataFrame({"group": "england", "scenario": "mine", **rows}), {"headlines": 6})
    assert told.splitlines()[-1] == f"Variance against independent seeds, mine: {said}"


def test_less_burden_beside_more_unmet_demand_is_called_care_not_given():
    """Catches fewer hours on standby told as a gain of the scenario that takes them from families."""
    rows = [
        ("withdrawn", "unmet_demand_share", "worse", 0.218),
        ("withdrawn", "standby_hours_per_week_worst", "better", -3),
    ]
    rows += [("better", "unmet_demand_share", "better", -0.5), ("better", "standby_hours_per_week_worst", "better", -3)]
    table = pd.DataFrame(rows, columns=["scenario", "measure", "verdict", "difference"])
    table["group"] = ["england", "role"] * 2
    assert care_not_given(table) == ["withdrawn: less burden here is care not given: unmet demand +21.8 points."]
