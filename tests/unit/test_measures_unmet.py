"""Unmet demand on a ledger written by hand: every number worked out in the test."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from sim.domain.scenario import Run
from sim.domain.words import CAUSES, NOT_MADE, OUTCOMES
from sim.measures import measure
from sim.measures.catalogue import BANDS, CATALOGUE
from sim.measures.headlines import names
from tests.story import Fact, values, written
from tests.tiny import area, call, family, tiny

SHARE = "unmet_demand_share"
TWO_AREAS = tiny(areas=(area("AAA", region="North"), area("BBB", region="South", rural_share=0.2)), teams=())


def became(outcome: str, cause: str = "", **facts: object) -> Fact:
    """The facts of a call with this outcome and cause."""
    return {"outcome": outcome, "cause": cause, "made": outcome not in NOT_MADE, **facts}


# by day on Monday; in the evening; at night, twice; on Saturday at noon; at night
CALLS = [
    call(12.0), call(20.0), call(23.0), call(26.0, family=1), call(132.0, family=1), call(150.0, family=1),
    call(151.0, family=1), call(152.0, family=1), call(153.0, family=1), call(154.0, family=1),
]  # fmt: skip
FACTS = [
    became("met"),
    became("unmet", "not_commissioned"),
    became("overtaken_by_death", "all_busy"),
    became("partly_met", "not_able"),
    became("late", "too_slow"),
    became("met_by_goodwill", "not_commissioned", means=2),
    became("choice_not_offered"),
    became("in_hospital"),
    became("help_present"),
    became("met", joined=8),
]
FAMILIES = [family(), family(area="BBB")]


@pytest.fixture(scope="module")
def england() -> dict[str, float]:
    return values(measure(written(TWO_AREAS, CALLS, FACTS, families=FAMILIES), TWO_AREAS))


def test_the_headline_share(england: dict[str, float]) -> None:
    # one unmet, one overtaken, one partly met and one not offered, of ten potential calls
    assert england["unmet_demand_share"] == 0.4
    # out of hours: all but the first; at night 23:00, 02:00 and 06:00
    assert england["unmet_demand_share_out_of_hours"] == pytest.approx(4 / 9)
    assert england["unmet_demand_share_night"] == pytest.approx(2 / 3)


def test_each_outcome_over_its_two_denominators(england: dict[str, float]) -> None:
    assert [england[f"{word}_share"] for word in OUTCOMES] == [0.1, 0.1, 0.1, 0.0, 0.1, 0.1, 0.2]
    assert [england[f"not_made_{word}_share"] for word in NOT_MADE] == [0.1, 0.1, 0.1]
    of_made = [england[f"{word}_share_of_calls_made"] for word in OUTCOMES]
    assert of_made == pytest.approx([1 / 7, 1 / 7, 1 / 7, 0.0, 1 / 7, 1 / 7, 2 / 7])


def test_causes_of_unmet_demand_and_of_all_that_went_otherwise_than_met(england: dict[str, float]) -> None:
    because = {cause: england[f"unmet_because_{cause}_share"] for cause in CAUSES}
    assert because == dict.fromkeys(CAUSES, 0.0) | {"not_commissioned": 0.1, "all_busy": 0.1, "not_able": 0.1}
    share = {cause: england[f"cause_{cause}_share"] for cause in CAUSES}
    assert share == pytest.approx(
        dict.fromkeys(CAUSES, 0.0) | {"not_commissioned": 0.4, "all_busy": 0.2, "not_able": 0.2, "too_slow": 0.2}
    )


@pytest.mark.parametrize("band", BANDS)
def test_shares_add_to_one(england: dict[str, float], band: str) -> None:
    outcomes = sum(england[f"{word}_share{band}"] for word in OUTCOMES)
    not_made = sum(england[f"not_made_{word}_share{band}"] for word in NOT_MADE)
    assert outcomes + not_made == pytest.approx(1.0)
    assert sum(england[f"{word}_share_of_calls_made{band}"] for word in OUTCOMES) == pytest.approx(1.0)
    assert sum(england[f"cause_{word}_share{band}"] for word in CAUSES) == pytest.approx(1.0)
    unmet = sum(england[f"unmet_because_{word}_share{band}"] for word in CAUSES)
    parts = unmet + england[f"not_made_choice_not_offered_share{band}"]
    assert parts == pytest.approx(england[f"unmet_demand_share{band}"])


def test_areas_and_groups_of_areas_add_up_to_england() -> None:
    rows = measure(written(TWO_AREAS, CALLS, FACTS, families=FAMILIES), TWO_AREAS)
    unmet = [row for row in rows if row.measure == "unmet_demand_share"]
    by_area = {row.level: (row.numerator, row.denominator) for row in unmet if row.group == "area"}
    assert by_area == {"AAA": (2.0, 3.0), "BBB": (2.0, 7.0)}
    for group in ("region", "rural", "area_type", "area", "deprivation"):
        here = [row for row in unmet if row.group == group]
        assert [sum(row.numerator for row in here), sum(row.denominator for row in here)] == [4.0, 10.0]
    levels = {row.level for row in unmet if row.group in ("region", "rural")}
    assert levels == {"North", "South", "under 10 % rural", "10-30 % rural"}


def test_calls_are_counted_by_their_own_hour_inside_the_window() -> None:
    scenario = tiny(run=Run.of_weeks(warmup_weeks=1, weeks=1, beyond_weeks=1), teams=())
    calls = [call(167.9), call(168.0), call(335.9), call(336.0)]
    facts = [became("unmet", "rota_gap"), became("met"), became("unmet", "rota_gap"), became("unmet", "rota_gap")]
    ledger = written(scenario, calls, facts, families=[family(death=500.0)])
    assert values(measure(ledger, scenario))["unmet_demand_share"] == 0.5


def test_two_windows_add_up_to_the_window_of_both() -> None:
    calls = [replace(one, hour=60.0 * row) for row, one in enumerate(CALLS)]

    def numbers(warmup: int, weeks: int) -> Counter[tuple[str, ...]]:
        """Numerators and denominators of every share of calls, by measure, group and level."""
        scenario = tiny(run=Run.of_weeks(warmup, weeks, 4 - warmup - weeks), teams=())
        rows = measure(written(scenario, calls, FACTS, families=[family(death=700.0)] * 2), scenario)
        found: Counter[tuple[str, ...]] = Counter()
        for row in rows:
            if (
                CATALOGUE[row.measure].estimator == "ratio"
                and "child" not in row.measure
                and "famil" not in row.measure
            ):
                found[row.measure, row.group, row.level, "numerator"] = row.numerator
                found[row.measure, row.group, row.level, "denominator"] = row.denominator
        return found

    pieces = sum((numbers(week, 1) for week in range(4)), Counter())
    assert pieces == pytest.approx(+numbers(0, 4))
    assert pieces["unmet_demand_share", "england", "England", "denominator"] == 10.0


def test_calls_a_year_and_for_each_family() -> None:
    scenario = tiny(run=Run.of_weeks(0, 2, 0), teams=())
    calls = [call(10.0), call(30.0), call(200.0, family=1), call(220.0, family=1)]
    facts = [became("met"), became("met"), became("unmet", "rota_gap"), became("choice_not_offered")]
    families = [family(start=0.0, death=100.0), family(start=150.0, death=300.0)]
    england = values(measure(written(scenario, calls, facts, families=families), scenario))
    assert england["calls_per_year"] == 3 * 26
    assert england["potential_calls_per_year"] == 4 * 26
    assert england["calls_per_family"] == 1.5
    assert england["families_wanting_home_per_year"] == 2 * 26


def test_no_potential_calls_no_shares() -> None:
    rows = measure(written(tiny()), tiny())
    assert {row.denominator for row in rows if row.measure == "unmet_demand_share"} == {0.0}


def test_each_call_is_counted_in_its_hour_of_its_kind_of_day() -> None:
    """Catches an hour or a kind of day that is off by one, and a bank holiday read as a working day."""
    rows = measure(written(TWO_AREAS, CALLS, FACTS, families=FAMILIES), TWO_AREAS)
    hours = {(row.measure, row.level): row for row in rows if row.group == "hour"}
    assert len(hours) == 2 * 3 * 24
    seen = {level: (row.numerator, row.denominator) for (name, level), row in hours.items() if name == SHARE}
    # Monday 12, 20 and 23, Tuesday 02; Saturday 12; Sunday from 06 to 10
    assert seen["working day 20"] == (1.0, 1.0)
    assert seen["working day 23"] == (1.0, 1.0)
    assert seen["working day 02"] == (1.0, 1.0)
    assert seen["working day 12"] == (0.0, 1.0)
    assert seen["Saturday 12"] == (0.0, 1.0)
    assert seen["Sunday or bank holiday 07"] == (1.0, 1.0)  # not offered
    assert sum(calls for _, calls in seen.values()) == len(CALLS)
    weeks = TWO_AREAS.run.weeks
    assert hours["potential_calls_per_year", "Saturday 12"].numerator == 52 / weeks
    holiday = replace(TWO_AREAS, calendar=replace(TWO_AREAS.calendar, bank_holidays=frozenset({0})))
    rows = measure(written(holiday, CALLS, FACTS, families=FAMILIES), holiday)
    moved = next(r for r in rows if (r.measure, r.group, r.level) == (SHARE, "hour", "Sunday or bank holiday 20"))
    assert (moved.numerator, moved.denominator) == (1.0, 1.0)


def test_clusters_have_the_headline_of_their_areas_and_nothing_else() -> None:
    """Catches a cluster that sums the wrong areas, or doubles every table."""
    north, south = TWO_AREAS.areas
    joined = replace(TWO_AREAS, areas=(replace(north, cluster="One"), replace(south, cluster="")))
    rows = [r for r in measure(written(joined, CALLS, FACTS, families=FAMILIES), joined) if r.group == "cluster"]
    unmet = next(row for row in rows if row.measure == SHARE)
    alone = [r for r in measure(written(joined, CALLS, FACTS, families=FAMILIES), joined) if r.level == "AAA"]
    assert (unmet.numerator, unmet.denominator) == next(
        (r.numerator, r.denominator) for r in alone if r.measure == SHARE
    )
    assert {row.level for row in rows} == {"One"}
    assert {row.measure for row in rows} <= set(names("precision"))
