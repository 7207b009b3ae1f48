"""Every verdict of two scenarios that take something away or help one person: nothing of families is called better.

Withdrawing goodwill sends children to hospital, and one consultant alone on the telephone adds nobody who visits: a
verdict that praises either has looked at whom it still reaches. A burden may fall; it is then told as care not given.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.config import plan
from sim.differences import care_not_given
from sim.experiment import tables
from sim.experiment.observations import gather
from sim.experiment.replicate import Replicate
from sim.experiment.units import units
from sim.measures.catalogue import BURDEN, EVERYTHING
from sim.measures.verdicts import BETTER, NOT_COMPARABLE, VERDICTS

WITHDRAWN, ALONE = "goodwill_withdrawn", "lone_consultant"
NAMES = ("current_patchwork", WITHDRAWN, ALONE)
REPLICATIONS = 6
ADVICE = (  # what a consultant on the telephone gives, of calls and nights that no scenario can move
    *("without_consultant", "nobody_consultant", "one_at_most_consultant"),
    *("unmet_demand_share", "met_share", "background_unmet_share"),
)


@pytest.fixture(scope="module")
def comparison() -> pd.DataFrame:
    """England, a quarter of a year: every measure at every level, against today's patchwork."""
    scenarios = [plan(name, ["weeks=13", "warmup_weeks=13"], None).scenario for name in NAMES]
    work = Replicate(tuple(scenarios), 1)
    seen = gather(NAMES, REPLICATIONS, ((unit, work(unit)) for unit in units(len(NAMES), REPLICATIONS)), EVERYTHING)
    return tables.compared(seen, dict(scenarios[0].zones), every_pair=True)[0]


def better(comparison: pd.DataFrame, scenario: str) -> set[str]:
    """Measures of which any row of a scenario is called better."""
    return set(comparison.loc[(comparison["scenario"] == scenario) & (comparison["verdict"] == BETTER), "measure"])


def test_nothing_but_a_burden_is_better_where_goodwill_is_withdrawn(comparison):
    """Catches minutes to the door, QS160, cash and the calls nobody answered, all of fewer children at home."""
    assert better(comparison, WITHDRAWN) <= BURDEN
    assert f"{WITHDRAWN}: less burden here is care not given" in "\n".join(care_not_given(comparison))


def test_one_consultant_alone_is_better_in_advice_and_in_nothing_else(comparison):
    """Catches QS160, waits, fates and money called better for a person on call every night."""
    praised = better(comparison, ALONE) - BURDEN
    assert {"child_nights_without_consultant_achieved_share", "unmet_demand_share_night"} <= praised
    assert [name for name in praised if not any(word in name for word in ADVICE)] == []


def test_every_verdict_is_a_word_and_what_cannot_be_compared_has_none(comparison):
    """Walks all rows of all levels."""
    assert set(comparison["verdict"]) <= {"", *VERDICTS}
    reasons = np.array([EVERYTHING[name].not_comparable for name in comparison["measure"]], dtype=object)
    assert (comparison["reason"].to_numpy() == reasons).all()
    assert ((reasons != "") == (comparison["verdict"] == NOT_COMPARABLE)).all()
    assert (comparison.loc[reasons != "", "family"] == 0).all()
    assert {
        "minutes_to_door",
        "standing_cost",
        "qs160_6b_consultant_achieved_hours_share",
        "nobody_answered_share",
    } <= set(comparison.loc[reasons != "", "measure"])
