"""The deal of service archetypes: exact quotas, by chance and never by name, the same in every scenario."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from sim.domain.scenario import Run, Supply
from sim.rota.supply import deal_area_types
from tests.tiny import KEY, area, england, tiny

FOUR = Supply((("full", 0.19), ("seven_day", 0.20), ("weekdays_goodwill", 0.41), ("weekdays_alone", 0.20)))
TABLE = tuple(area(f"A{n:02d}") for n in range(42))


def test_42_areas_are_dealt_8_9_17_8():
    """Largest remainders; of the two equal ones the first listed."""
    for replication in range(20):
        dealt = Counter(deal_area_types(tiny(areas=TABLE, supply=FOUR), (1, replication)))
        assert dealt == {"full": 8, "seven_day": 9, "weekdays_goodwill": 17, "weekdays_alone": 8}


def test_a_run_of_a_few_areas_deals_them_what_they_have_among_all():
    """Catches quotas taken over the areas of the run, which would make one area always the commonest type."""
    whole = tiny(areas=TABLE, supply=FOUR)
    some = replace(whole, areas=TABLE[3:7], supply=replace(FOUR, dealt_among=tuple(a.code for a in TABLE)))
    for replication in range(20):
        assert deal_area_types(some, (1, replication)) == deal_area_types(whole, (1, replication))[3:7]


def test_the_order_of_areas_changes_no_deal():
    forwards, backwards = tiny(areas=TABLE, supply=FOUR), tiny(areas=TABLE[::-1], supply=FOUR)
    assert deal_area_types(backwards, KEY) == deal_area_types(forwards, KEY)[::-1]


def test_every_area_is_full_in_some_replications_and_not_in_others():
    """Catches a deal that is the same each time: which areas are full is drawn, never named."""
    deals = [deal_area_types(tiny(areas=TABLE, supply=FOUR), (1, replication)) for replication in range(100)]
    full = [sum(deal[row] == "full" for deal in deals) for row in range(42)]
    assert min(full) > 0
    assert max(full) < 50


def test_shipped_scenarios_share_the_deal_of_england():
    """The patchwork, a few of its areas and the funded rota give an area the same type in the same replication."""
    base, icb = england(), england("icb_rota")
    few = england("current_patchwork", "areas=[QHG,QUE]")
    whole = dict(zip((a.code for a in base.areas), deal_area_types(base, KEY), strict=True))
    assert Counter(whole.values()) == {"full": 8, "seven_day": 9, "weekdays_goodwill": 17, "weekdays_alone": 8}
    assert deal_area_types(icb, KEY) == tuple(whole.values())
    assert deal_area_types(replace(few, run=Run.of_weeks(0, 1, 0)), KEY) == tuple(whole[a.code] for a in few.areas)


def test_shares_need_not_add_to_1():
    assert Counter(deal_area_types(tiny(areas=TABLE[:4], supply=Supply((("a", 3.0), ("b", 1.0)))), KEY)) == {
        "a": 3,
        "b": 1,
    }
