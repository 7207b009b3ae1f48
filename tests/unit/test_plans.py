"""From words to plans: which scenarios stand beside which."""

from __future__ import annotations

from sim.commands.plans import plans_of
from sim.request import read_request, take_apart


def test_each_scenario_stands_beside_itself_without_goodwill():
    """Catches a twin with other children at home, and the same run made twice where nobody gives goodwill."""
    request = read_request(take_apart(["run", "icb_rota", "pair=goodwill_off"]))
    made = plans_of(["icb_rota", "goodwill_withdrawn"], ["areas=[QHG]"], request, pair=True)
    assert [plan.scenario.name for plan in made] == ["icb_rota", "icb_rota_goodwill_off", "goodwill_withdrawn"]
    rota, twin, _ = (plan.scenario for plan in made)
    assert rota.goodwill.on
    assert not twin.goodwill.on
    assert twin.place == rota.place
