"""The deal of service archetypes: exact quotas, by chance and never by name, the same in every scenario."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest

from sim.config.services import _how_rural
from sim.domain.scenario import Run, Supply
from sim.errors import BadInput
from sim.experiment.study import service_of
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


def test_the_rural_last_leave_every_kind_as_many_areas_and_are_dealt_the_last():
    """Catches quotas that change with the order, and a rural share that is read the wrong way round."""
    places = tuple((area.code, row / 41) for row, area in enumerate(TABLE))
    deals = {}
    for deal in ("by_chance", "rural_last"):
        scenario = tiny(areas=TABLE, supply=replace(FOUR, deal=deal, rural=places))
        deals[deal] = [deal_area_types(scenario, (1, replication)) for replication in range(60)]
    assert all(Counter(deal) == Counter(deals["by_chance"][0]) for deal in deals["rural_last"])
    assert deals["by_chance"] == [deal_area_types(tiny(areas=TABLE, supply=FOUR), (1, r)) for r in range(60)]

    def full(deal: str, rows: slice) -> int:
        return sum(one[rows].count("full") for one in deals[deal])

    assert full("rural_last", slice(0, 21)) > 5 * full("rural_last", slice(21, 42)) > 0  # by chance, never by name
    assert 0.8 < full("by_chance", slice(0, 21)) / full("by_chance", slice(21, 42)) < 1.25


def test_how_rural_an_area_is_among_all_areas():
    """Areas alike share a place: none goes first by its name."""
    areas = tuple(area(code, rural_share=share) for code, share in (("A", 0.3), ("B", 0.0), ("C", 0.3), ("D", 0.9)))
    assert dict(_how_rural(areas)) == pytest.approx({"A": 0.5, "B": 0.0, "C": 0.5, "D": 1.0})
    assert dict(_how_rural(areas[:1])) == {"A": 0.0}


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


# -- pinned by hand ---------------------------------------------------------------------------------------------------


def pinned(**kinds: str) -> Supply:
    return replace(FOUR, pinned=tuple(sorted(kinds.items())))


def test_to_a_pinned_area_nothing_is_dealt_and_the_rest_keeps_what_is_left_of_the_quotas():
    """Catches quotas taken anew over the rest, which would leave more areas full than are known to be."""
    supply = pinned(A03="full", A07="weekdays_alone", A08="weekdays_alone")
    for replication in range(20):
        dealt = deal_area_types(tiny(areas=TABLE, supply=supply), (1, replication))
        assert (dealt[3], dealt[7], dealt[8]) == ("full", "weekdays_alone", "weekdays_alone")
        assert Counter(dealt) == {"full": 8, "seven_day": 9, "weekdays_goodwill": 17, "weekdays_alone": 8}


def test_of_a_kind_that_is_pinned_oftener_than_its_quota_nothing_more_is_dealt():
    supply = pinned(**{f"A{n:02d}": "full" for n in range(12)})
    dealt = Counter(deal_area_types(tiny(areas=TABLE, supply=supply), KEY)[12:])
    assert dealt["full"] == 0
    assert dealt.total() == 30


def test_where_every_area_is_pinned_nothing_is_dealt():
    two = tiny(areas=TABLE[:2], supply=pinned(A00="seven_day", A01="full"))
    assert {deal_area_types(two, (1, replication)) for replication in range(20)} == {("seven_day", "full")}


def test_an_area_outside_the_run_that_is_pinned_takes_its_place_of_the_quotas():
    half = Supply((("full", 0.5), ("none", 0.5)), dealt_among=("A00", "A01"), pinned=(("A01", "full"),))
    some = tiny(areas=TABLE[:1], supply=half)
    assert {deal_area_types(some, (1, replication)) for replication in range(20)} == {("none",)}


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (
            "supply.by_area={QJX: seven_day}",
            "supply.by_area.QJX: no area of that code or name; did you mean QXU or QOX?",
        ),
        (
            "supply.by_area={QJK: sevenday}",
            "supply.by_area.QJK = sevenday: no such kind of area, nor does any shift name it under in_areas; "
            "did you mean seven_day?",
        ),
        ("supply.by_area=seven_day", "supply.by_area = seven_day: must be a table of keys"),
    ],
)
def test_a_code_or_kind_that_there_is_not_is_refused_with_the_nearest(change: str, line: str):
    with pytest.raises(BadInput, match=re.escape(line)):
        england("current_patchwork", change)


def test_tables_say_of_each_area_whether_its_service_is_pinned_or_dealt():
    """Two scenarios, one with A00 pinned and one without; A01 in both; A02 in none."""
    first = tiny(areas=TABLE[:3], supply=pinned(A00="full", A01="full"))
    other = replace(first, name="other", supply=pinned(A01="seven_day"))
    assert [service_of((first, other), code) for code in ("A00", "A01", "A02")] == ["pinned in tiny", "pinned", "dealt"]
