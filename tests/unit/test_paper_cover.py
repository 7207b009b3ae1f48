"""The share of out-of-hours hours that a rota promises on paper."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.domain.calendar import ALL_DAYS, WEEKDAYS, WEEKENDS, Calendar, Span, out_of_hours_spans
from sim.rota.paper import paper_cover
from tests.tiny import MONDAY, area, nurses, pattern, people, team, tiny

DARK = out_of_hours_spans(Calendar(MONDAY))
SEVEN_DAY = (Span(WEEKDAYS, 17.0, 22.0), Span(WEEKENDS, 8.0, 22.0))
DAY = (Span(WEEKDAYS, 9.0, 17.0),)


def cover(*patterns, **changes) -> float:
    scenario = tiny(teams=(team(patterns=patterns, **changes),))
    return float(paper_cover(scenario, ("full",))[0])


def on_call(spans, **changes):
    return pattern(spans=spans, at="on_call", **changes)


def test_every_out_of_hours_hour_is_1():
    assert cover(on_call(DARK)) == 1


def test_evenings_and_weekends_are_53_of_128():
    assert cover(on_call(SEVEN_DAY)) == 53 / 128


def test_a_telephone_only_rota_counts_half():
    assert cover(on_call(DARK, visiting=False)) == 0.5
    assert cover(on_call(SEVEN_DAY, visiting=False)) == 0.5 * 53 / 128


def test_a_telephone_beside_a_visiting_nurse_counts_only_in_the_other_hours():
    """Catches an hour counted one and a half times."""
    assert cover(on_call(SEVEN_DAY), on_call(DARK, visiting=False)) == (53 + 0.5 * 75) / 128


def test_a_rota_that_nobody_is_there_for_promises_nothing():
    nobody = replace(team(patterns=(on_call(DARK),)), people=())
    assert paper_cover(tiny(teams=(nobody,)), ("full",)).tolist() == [0]


def test_day_shifts_promise_nothing_out_of_hours():
    assert cover(pattern(spans=DAY, seats=None, rotation="everyone", serves="home")) == 0


def test_work_outside_the_working_day_counts_for_its_hours():
    """08-18 at work every day: 2 hours on weekdays and 10 at weekends."""
    assert cover(pattern(spans=(Span(ALL_DAYS, 8.0, 18.0),))) == 30 / 128


def test_what_nobody_pays_for_is_not_on_paper():
    assert cover(on_call(DARK, funded=False)) == 0


def test_a_consultant_on_the_telephone_is_no_visit():
    consultants = tiny(teams=(team("consultants", people("consultant", 3), patterns=(on_call(DARK, visiting=False),)),))
    assert paper_cover(consultants, ("full",)).tolist() == [0]


def test_each_area_has_what_its_own_type_commissions():
    areas = (area("AAA"), area("BBB"), area("CCC"))
    rota = (
        on_call(DARK, area_types=frozenset({"full"})),
        on_call(SEVEN_DAY, area_types=frozenset({"seven_day"})),
    )
    scenario = tiny(
        areas=areas, teams=tuple(team(people=nurses(2, a.code), patterns=rota) for a in areas)
    )  # fmt: skip
    assert paper_cover(scenario, ("seven_day", "weekdays", "full")).tolist() == [53 / 128, 0, 1]


def test_bank_holidays_do_not_change_the_paper():
    """Catches a share that depends on which week is looked at."""
    base = tiny(teams=(team(patterns=(on_call(SEVEN_DAY),)),))
    easter = replace(base, calendar=Calendar(MONDAY, frozenset({0, 1, 2, 3, 4})))
    np.testing.assert_array_equal(paper_cover(easter, ("full",)), paper_cover(base, ("full",)))


def test_an_area_of_a_pool_where_nobody_lives_has_the_pool_s_rota_but_no_shift_of_its_own():
    areas = (area("AAA"), area("BBB"))
    rota = (on_call(SEVEN_DAY), pattern(spans=DARK, seats=None, rotation="everyone", serves="home"))
    pool = tiny(areas=areas, teams=(team(people=nurses(4), areas=("AAA", "BBB"), patterns=rota),))
    assert paper_cover(pool, ("full", "full")).tolist() == [1, 53 / 128]


@pytest.mark.parametrize("p", [0.0, 0.25])
def test_the_weight_of_a_telephone_is_the_scenario_s(p):
    base = tiny(teams=(team(patterns=(on_call(DARK, visiting=False),)),))
    weighed = replace(base, place=replace(base.place, phone_only_weight=p))
    assert paper_cover(weighed, ("full",)).tolist() == [p]


def test_an_evening_shift_shared_by_telephone_counts_as_telephone_in_other_areas():
    evening = pattern("evening", (Span(WEEKDAYS, 17.0, 22.0),), seats=None, rotation="everyone", serves="telephone")
    shared = team(people=nurses(1), areas=("AAA", "BBB"), patterns=(evening,))
    found = paper_cover(tiny(areas=(area(), area("BBB")), teams=(shared,)), ("full", "full"))
    assert found.tolist() == [25 / 128, 0.5 * 25 / 128]
