"""From words to plans: which scenarios stand beside which."""

from __future__ import annotations

from pathlib import Path

from sim.commands.plans import plans_of
from sim.config.compose import Composed
from sim.config.layers import Layer
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


def test_what_the_command_line_sets_whole_or_in_part_no_file_set():
    """Catches a number that is said to stand in a file where the command line has set it, and the other way round."""
    keys = frozenset({"teams", "teams.nurses.people", "teams.nursery", "roles.nurse.share", "roles.nursery", "ladder"})
    layer = Layer("a file", Path(), {}, {}, {}, frozenset(), keys)
    composed = Composed({}, frozenset({"teams.nurses", "roles.nurse", "ladder[1].overflow"}), frozenset(), (layer,), ())
    set_there = ["teams.nurses", "teams.nurses.people", "teams.nurses.people[0].wte", "roles.nurse.share"]
    assert [composed.layer(key) for key in (*set_there, "ladder", "ladder[1].overflow")] == [None] * 6
    assert [composed.layer(key) for key in ("teams.nursery", "roles.nursery", "other")] == [layer] * 3
