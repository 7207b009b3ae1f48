"""Who is offered to be at home, who knows the family, and that both are the same in every scenario that shares them."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from sim.demand.families import HOSPICE
from sim.domain.calendar import HOURS_PER_YEAR, WEEKDAYS, WEEKENDS, Span
from sim.domain.scenario import Place, Run
from sim.place import lay_out
from sim.place.setting import goodwill_makes_home, offer
from tests.tiny import (
    CONSULTANT,
    KEY,
    NURSE,
    SPECIALIST,
    area,
    demand,
    england,
    nurses,
    pattern,
    people,
    posts,
    team,
    tiny,
)

BUDGET = 5.0  # standard errors: a false alarm once in 1.7 million comparisons
SEVEN_DAY = pattern("evenings", (Span(WEEKDAYS, 17.0, 22.0), Span(WEEKENDS, 8.0, 22.0)), at="on_call")


def served(number: int = 5, patterns=(SEVEN_DAY,), **changes):
    usual = {
        "areas": (area(deaths_per_year=HOURS_PER_YEAR),), "teams": (team(people=nurses(number), patterns=patterns),),
        "place": Place(0.7, 0.5, 0.8),
    }  # fmt: skip
    return tiny(**{**usual, **changes})


@pytest.mark.parametrize(
    ("c", "a", "g", "p"),
    [
        (0, 0.35, 0, 0.35), (0, 0, 0.6, 0.6), (0, 0.35, 0.6, 0.74), (0.5, 0.35, 0.6, 0.87), (0.4, 0, 0, 0.4),
        (0.4, 0.35, 0, 0.61), (1, 0, 0, 1), (0, 1, 0, 1), (0, 0, 1, 1),
    ],
)  # fmt: skip
def test_the_offer_is_what_families_goodwill_and_the_paper_rota_leave_over_in_turn(c, a, g, p):
    """Catches shares that are added instead of taken of what is left."""
    assert offer(np.array([c]), a, g).tolist() == pytest.approx([p])


@pytest.mark.parametrize(
    ("shape", "at"),
    [
        ("linear", {0: 0.35, 0.25: 0.5125, 0.5: 0.675, 0.75: 0.8375, 1: 1}),
        ("threshold", {0: 0.35, 0.25: 0.35, 0.5: 0.35, 0.75: 1, 1: 1}),  # a telephone at all hours comes to half
        ("concave", {0: 0.35, 0.25: 0.675, 0.5: 0.35 + 0.65 * math.sqrt(0.5), 1: 1}),
    ],
)
def test_the_shape_says_what_hours_of_cover_count_for(shape, at):
    """Catches a shape that moves the offer where nobody or somebody always comes, or that bends g along."""
    c = np.array([*at], dtype=float)
    assert offer(c, 0.35, 0.0, shape).tolist() == pytest.approx([*at.values()])
    with_goodwill = [p + 0.6 * (1 - p) for p in at.values()]
    assert offer(c, 0.35, 0.6, shape).tolist() == pytest.approx(with_goodwill)


def test_a_scenario_is_offered_home_by_its_shape():
    """The same families: whoever is offered home by fewer hours' worth is by more. Evenings and weekends cover 0.41."""
    offered = {}
    for shape in ("threshold", "linear", "concave"):
        scenario = served(place=Place(0.2, 0.5, 0.8, 0.0, shape), run=Run.of_weeks(0, 8, 0))
        offered[shape] = lay_out(scenario, *KEY).offered
    assert (offered["linear"] >= offered["threshold"]).all()
    assert (offered["concave"] >= offered["linear"]).all()
    assert offered["threshold"].sum() < offered["linear"].sum() < offered["concave"].sum()


def test_goodwill_makes_no_place_at_home_where_nobody_gives_it():
    """Catches one g for the whole country: an area of a kind in ``not_in`` keeps a alone, with goodwill on or off."""
    scenario = tiny(areas=(area("AAA"), area("BBB")), place=Place(0.2, 0.5, 0.0, 0.5))
    for on in (True, False):
        here = replace(scenario, goodwill=replace(scenario.goodwill, on=on, not_in=("alone",)))
        assert goodwill_makes_home(here, ("full", "alone")).tolist() == [0.5, 0.0]


def test_homes_are_offered_with_the_probability_of_the_offer():
    """c = 53/128 and a = 0.7: 0.824, within five standard errors."""
    laid = lay_out(served(), *KEY)
    p = 0.7 + 0.3 * 53 / 128
    assert laid.cover.tolist() == [53 / 128]
    assert abs(laid.offered.mean() - p) < BUDGET * math.sqrt(p * (1 - p) / len(laid.offered))


def test_full_cover_offers_everybody_home_and_no_cover_without_goodwill_nobody():
    assert lay_out(served(patterns=(pattern(),)), *KEY).offered.all()
    assert not lay_out(served(patterns=(), place=Place(0.0, 0.5, 0.8)), *KEY).offered.any()


def test_more_cover_only_adds_families_at_home():
    """Catches a new draw for each scenario: who is at home with less is at home with more."""
    less, more = lay_out(served(), *KEY).offered, lay_out(served(place=Place(0.9, 0.5, 0.8)), *KEY).offered
    assert (more | ~less).all()
    assert more.sum() > less.sum()


def test_the_goodwill_off_run_keeps_the_same_children_at_home():
    base = served()
    off = replace(base, goodwill=replace(base.goodwill, on=False))
    np.testing.assert_array_equal(lay_out(off, *KEY).offered, lay_out(base, *KEY).offered)


def test_hospices_are_offered_to_those_who_prefer_one():
    """Whoever prefers a hospice makes no calls from home: they are no family of the table."""
    laid = lay_out(served(demand=demand(home_share=0.5)), *KEY)
    prefer = laid.demand.children.prefers == HOSPICE
    assert not laid.in_hospice[~prefer].any()
    assert abs(laid.in_hospice[prefer].mean() - 0.8) < BUDGET * 0.4 / math.sqrt(prefer.sum())
    assert len(laid.offered) == len(laid.demand.families) == (~prefer).sum()


# -- who knows the family ---------------------------------------------------------------------------------------------


def known_codes(laid) -> dict[tuple[int, int], set[str]]:
    """Codes of the people that each family knows, by area and family number."""
    families = laid.demand.families
    keys = zip(families.area_number.tolist(), families.number.tolist(), strict=True)
    return {key: {laid.staff.people[p].code for p in who} for key, who in zip(keys, laid.known, strict=True)}


def test_two_nurses_and_one_consultant_of_the_area_know_a_family():
    areas = (area("AAA"), area("BBB"))
    consultants = team("consultants", (*people("consultant", 2), *people("consultant", 2, "BBB")))
    scenario = served(
        areas=areas, roles=(NURSE, SPECIALIST, replace(CONSULTANT, named_per_family=1)),
        teams=(team(people=nurses(4)), team(people=nurses(1, "BBB")), consultants),
    )  # fmt: skip
    laid = lay_out(scenario, *KEY)
    for row, who in enumerate(laid.known):
        at_home = areas[laid.demand.families.area[row]].code
        codes = sorted(laid.staff.people[p].code for p in who)
        assert {code[:3] for code in codes} == {at_home}
        assert len(set(codes)) == len(codes)
        roles = [code.split(".")[1] for code in codes]
        assert roles.count("community_nurse") == (2 if at_home == "AAA" else 1)
        assert roles.count("consultant") == 1


def test_every_nurse_is_known_as_often_as_any_other():
    laid = lay_out(served(5), *KEY)
    counts = np.bincount([person for who in laid.known for person in who], minlength=5)
    n = len(laid.known)
    assert counts.sum() == 2 * n
    assert np.abs(counts - 0.4 * n).max() < BUDGET * math.sqrt(0.4 * 0.6 * n)


def test_a_vacant_post_knows_nobody():
    nine = team(people=posts(nurses(9)), patterns=(SEVEN_DAY,))
    laid = lay_out(served(teams=(nine,), roles=(replace(NURSE, p_vacant=0.5), SPECIALIST, CONSULTANT)), *KEY)
    assert laid.staff.vacant.any()
    assert not laid.staff.vacant[[person for who in laid.known for person in who]].any()


def test_a_new_nurse_only_takes_the_place_of_one_who_was_known():
    """Catches families drawn anew: each keeps at least one of the two it knew, and most keep both."""
    five, six = known_codes(lay_out(served(5), *KEY)), known_codes(lay_out(served(6), *KEY))
    assert all(len(five[key] & six[key]) >= 1 for key in five)
    changed = [key for key in five if five[key] != six[key]]
    assert all("AAA.community_nurse.6" in six[key] for key in changed)
    assert 0 < len(changed) < len(five) / 2


def test_the_other_scenario_knows_the_same_families_the_same_way():
    """The patchwork and the run without goodwill share children, people, duties and who knows whom."""
    run = Run.of_weeks(0, 4, 0)
    base, other = (replace(england(name), run=run) for name in ("current_patchwork", "goodwill_withdrawn"))
    one, two = lay_out(base, *KEY), lay_out(other, *KEY)
    assert one.known == two.known
    assert one.area_types == two.area_types
    np.testing.assert_array_equal(one.demand.calls.time, two.demand.calls.time)
    np.testing.assert_array_equal(one.duties.person, two.duties.person)
    assert (one.offered | ~two.offered).all()
    assert len(two.standby) == 0


def test_another_area_changes_nothing_in_the_first():
    base = served()
    areas = (area("BBB", deaths_per_year=900.0), *base.areas)
    wider = replace(base, areas=areas, teams=(team(people=nurses(2, "BBB")), *base.teams))
    one, two = lay_out(base, *KEY), lay_out(wider, *KEY)
    here = two.demand.families.area == 1
    np.testing.assert_array_equal(two.offered[here], one.offered)
    assert known_codes(one).items() <= known_codes(two).items()
