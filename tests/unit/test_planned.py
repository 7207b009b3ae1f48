"""From words to plans: which scenarios stand beside which."""

from __future__ import annotations

import pytest

from sim.asked import Asked
from sim.commands.planned import plans_of
from sim.errors import BadInput


def test_each_scenario_stands_beside_itself_without_goodwill():
    """Catches a twin with other children at home, and the same run made twice where nobody gives goodwill."""
    made = plans_of(["icb_rota", "goodwill_withdrawn"], ["areas=[QHG]", "pair=goodwill_off"], Asked())
    assert [plan.scenario.name for plan in made] == ["icb_rota", "icb_rota_goodwill_off", "goodwill_withdrawn"]
    rota, twin, _ = (plan.scenario for plan in made)
    assert rota.goodwill.on
    assert not twin.goodwill.on
    assert twin.place == rota.place


def test_there_is_one_kind_of_pair():
    with pytest.raises(BadInput, match="the only pair is pair=goodwill_off"):
        plans_of(["icb_rota"], ["pair=goodwill_of"], Asked())
