"""Measures over time, of planned work and of other children, from a stock, a rota and a ledger written by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.demand.planned import PlannedVisits
from sim.domain.calendar import ALL_DAYS, WEEKDAYS, Calendar, Span
from sim.domain.goodwill import Dynamics
from sim.domain.scenario import Run
from sim.ledger import Ledger
from sim.measures import Row, measure
from sim.measures.goodwill import goodwill
from sim.measures.hours_of_day import by_hour
from sim.measures.unmet_demand import count
from sim.measures.weeks import weekly
from sim.place.stock import Stock
from tests.story import Fact, values, written
from tests.tiny import KEY, MONDAY, absent, call, demand, family, nurses, pattern, setting, team, tiny

SECOND_WEEK = Run.of_weeks(1, 1, 1)
NIGHT = (Span(ALL_DAYS, 17.0, 33.0),)
DAY = pattern("day", (Span(WEEKDAYS, 9.0, 17.0),), seats=None, rotation="everyone")

# -- goodwill as a stock ----------------------------------------------------------------------------------------------

FADES = Dynamics(on=True, recovery_per_day=0.0, burnt_out_below=0.6, burnout_days=1)


def half_gone() -> list[Row]:
    """Two nurses, of whom one post is vacant; on Thursday of the first week half the goodwill of both has gone."""
    scenario = tiny(run=SECOND_WEEK, dynamics=FADES, teams=(team(people=nurses(2)),))
    laid = setting(scenario, staff=absent(scenario, vacant=[1]))
    drained = np.zeros((2, 22))
    drained[0, 3] = 0.5
    stock = Stock(FADES, np.ones(2), np.ones(2), drained, np.full(2, -1))
    return goodwill(Ledger(replace(laid, stock=stock), KEY), scenario)


def test_goodwill_is_that_of_the_days_measured_and_of_people_in_post() -> None:
    """Would catch the days of the warm-up in the mean, or the goodwill of a post that nobody holds."""
    found = values(half_gone(), "role", "community_nurse")
    assert (found["goodwill_index"], found["burnt_out_share"]) == (0.5, 1.0)


def test_week_by_week_it_is_told_from_the_first() -> None:
    first, second = (values(half_gone(), "role_week", f"community_nurse week 00{week}") for week in (1, 2))
    assert first["goodwill_index"] == pytest.approx((3 * 1.0 + 4 * 0.5) / 7)
    assert (second["goodwill_index"], second["burnt_out_share"]) == (0.5, 1.0)


def test_gaps_week_by_week_are_those_of_funded_seats_on_call() -> None:
    funded, unfunded = (
        pattern("night", NIGHT, at="on_call"),
        pattern("more", NIGHT, at="on_call", funded=False, seats=3),
    )
    scenario = tiny(run=SECOND_WEEK, dynamics=FADES, teams=(team(patterns=(funded, unfunded)),))
    stock = Stock(FADES, np.ones(1), np.ones(1), np.zeros((1, 22)), np.full(1, -1))
    rows = goodwill(Ledger(replace(setting(scenario), stock=stock), KEY), scenario)
    assert values(rows, "role_week", "community_nurse week 002")["seat_hours_gap_share"] == 0.0


# -- planned work -----------------------------------------------------------------------------------------------------


def planned(*hours_of_visits: float, offered: bool = True) -> dict[str, float]:
    """A nurse at work for 40 hours, a quarter of them for dying children, and on call at night; visits of two hours.

    Of two families the first is in hospital from hour 50 to 60, and the visits are the first's.
    """
    scenario = tiny(demand=demand(eol_share=0.25), teams=(team(patterns=(DAY, pattern("night", NIGHT, at="on_call"))),))
    ledger = written(scenario, families=[family(), family()], stays=[(0, 50.0, 60.0)])
    size = len(hours_of_visits)
    visits = PlannedVisits(np.zeros(size, dtype=np.int64), np.array(hours_of_visits), np.full(size, 2.0))
    laid = replace(ledger.setting, demand=replace(ledger.setting.demand, planned=visits))
    laid = replace(laid, offered=np.array([offered, True]))
    return values(measure(replace(ledger, setting=laid), scenario))


def test_planned_visits_are_made_at_home_before_a_stay_and_after_it() -> None:
    found = planned(40.0, 55.0, 60.0)
    assert found["planned_visits_per_family"] == 2 / 2
    assert found["planned_work_share"] == pytest.approx(2 * 2 / 10)  # of a quarter of 40 hours at work


def test_nobody_plans_visits_to_a_family_that_was_not_offered_home() -> None:
    assert planned(40.0, offered=False)["planned_visits_per_family"] == 0.0


# -- week by week, hour by hour, and other children -------------------------------------------------------------------

UNMET: Fact = {"outcome": "unmet", "cause": "all_busy"}


def test_other_children_are_in_no_series_of_weeks() -> None:
    """One of two calls of families unmet; another child's call is unmet too, and it is not at home to be counted."""
    scenario = tiny(run=Run.of_weeks(0, 2, 0))
    families = [family(death=200.0), family(background=True, death=336.0)]
    ledger = written(scenario, [call(10.0), call(20.0), call(30.0, 1)], [{}, UNMET, UNMET], families=families)
    assert values(weekly(ledger, scenario), "week", "0001") == {
        "children_at_home": 1.0, "unmet_share": 0.5, "goodwill_share": 0.0, "hours_worked": 0.0,
    }  # fmt: skip
    assert values(weekly(ledger, scenario), "week", "0002")["children_at_home"] == 0.0


def test_a_saturday_that_is_a_bank_holiday_is_a_holiday() -> None:
    calendar = Calendar(MONDAY, frozenset({5}))
    scenario = tiny(calendar=calendar)
    rows = by_hour(count(written(scenario, [call(132.0)]), scenario), calendar, 1)
    assert [row.level for row in rows if row.measure == "unmet_demand_share" and row.denominator] == [
        "Sunday or bank holiday 12"
    ]


def test_calls_of_other_children_out_of_hours_are_those_of_the_evening_too() -> None:
    scenario = tiny()
    others = [family(), family(background=True)]
    ledger = written(scenario, [call(12.0, 1), call(20.0, 1), call(23.0, 1), call(40.0, 0)], families=others)
    found = values(measure(ledger, scenario))
    assert found["background_calls_per_year"] == 3 * 52
    assert found["background_calls_per_year_out_of_hours"] == 2 * 52


def test_a_call_counts_for_the_deprivation_of_its_home() -> None:
    """The families written by hand live in the third fifth."""
    rows = measure(written(tiny(), [call(12.0)], [UNMET]), tiny())
    seen = {
        row.level: row.denominator for row in rows if (row.measure, row.group) == ("unmet_demand_share", "deprivation")
    }
    assert [level for level, calls in seen.items() if calls] == ["quintile 3"]
