"""The whole cost of two scenarios on three areas, worked by hand: a week of three children, told as a year."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.domain.calendar import Calendar, out_of_hours_spans
from sim.domain.costs import Costs, Universal
from sim.domain.overlays import Boundary, Overlays
from sim.domain.scenario import Run
from sim.measures import measure
from tests.story import values, written
from tests.tiny import MONDAY, NURSE, area, call, family, nurses, pattern, team, tiny, travel

AREAS = ("AAA", "BBB", "CCC")
PRICES = Universal(
    contact=62.0, emergency_visit=280.0, ambulance=489.0, ambulance_share=1.0, hospital_day=1250.0, hospice_day=900.0
)
COSTS = Costs(basic_pay_share=0.342, on_cost=0.3, mile=0.56, universal=PRICES, salaries=((7, 50_273.0),))
ROLES = (replace(NURSE, cost_per_hour=61.0, wte=0.8),)
ON_CALL = pattern("night", out_of_hours_spans(Calendar(MONDAY)), at="on_call")
FAMILIES = [family(area=code, death=168.0, deteriorates=48.0) for code in AREAS]  # five days from then to the death


def scenario(rota, **changes):
    """A week of three areas with two posts of a nurse each, who work by day for nothing more than they are paid."""
    here = tuple(area(code, posts=(("community_nurse", 2),)) for code in AREAS)
    week = {"run": Run.of_weeks(0, 1, 0), "costs": COSTS, "travel": travel(mileage=1.4)}
    return tiny(areas=here, teams=rota, roles=ROLES, **week, **changes)


def week(world, offered, calls=(), facts=(), stays=(), **more):
    """What a week comes to in a year, by measure, where these families are offered home and this happens."""
    ledger = written(world, calls, facts, families=FAMILIES, stays=stays, **more)
    ledger = replace(ledger, setting=replace(ledger.setting, offered=np.array(offered)))
    return {name: value for name, value in values(measure(ledger, world)).items() if "cost" in name or "posts" in name}


def nothing_funded():
    """Two families are not offered home; the third rings in vain on Thursday, and the child stays in hospital."""
    by_day = pattern("day", at="work", seats=None, rotation="everyone", serves="home")
    rota = tuple(team(code, nurses(2, code), areas=(code,), patterns=(by_day,)) for code in AREAS)
    unmet = {"outcome": "unmet", "emergency_visit": True}
    return week(scenario(rota), [False, False, True], [call(72, family=2)], [unmet], [(2, 96.0, 168.0)])


def funded_rota():
    """Three nurses of each area on call in turn, and one coordinator for all: everybody is at home, one call takes an
    hour on the telephone, an hour on the road for 40 km, two hours there and an hour back."""
    rota = tuple(team(code, nurses(3, code), areas=(code,), patterns=(ON_CALL,)) for code in AREAS)
    network = Overlays(boundary=Boundary(coordinator_wte=1.0, coordinator_band=7, networks=(AREAS,)))
    calls = [(0, 0, "phone", 18.0, 19.0, 0), (0, 0, "journey", 19.0, 20.0, 0)]
    calls += [(0, 0, "visit", 20.0, 22.0, 0), (0, 0, "way_back", 22.0, 23.0, 0)]
    return week(scenario(rota, overlays=network), [True] * 3, [call(18)], tasks=calls, km={1: 40.0, 3: 40.0})


def test_with_nothing_funded_hospitals_pay_for_what_nobody_is_paid_to_do():
    """Catches days in hospital for nothing: then no service at all would be the cheapest one."""
    not_offered = 2 * 5 * 1250
    after_a_call = 3 * 1250
    universal = 62 + 280 + 489 + after_a_call + not_offered
    assert nothing_funded() == {
        name: pytest.approx(52 * value) for name, value in {
            **dict.fromkeys(nothing_funded(), 0.0),
            "universal_cost_contacts": 62, "universal_cost_emergency_visits": 280 + 489,
            "universal_cost_days_admitted": after_a_call, "universal_cost_days_not_offered_home": not_offered,
            "universal_cost": universal, "total_cost": universal,
            "universal_cost_per_family": universal / 3 / 52, "total_cost_per_family": universal / 3 / 52,
        }.items()
    }  # fmt: skip


def test_a_funded_rota_costs_its_sessions_its_new_posts_its_work_and_its_coordinator():
    """Catches posts left out, which are most of it, and a part that stands in two sums."""
    found = funded_rota()
    sessions = 52 * 3 * (5 * 30 + 2 * 60)  # five weekday nights and two days of the weekend, in each area
    on_costs = 0.3 * sessions
    coordinator = 50_273 * 1.3
    posts = 3 * 0.8 * (0.342 * 61 * 37.5 * 365.25 / 7) * 1.3  # one more nurse of 0.8 WTE in each area
    work = 52 * 5 * 61
    mileage = 52 * 80 * 1.4 / 1.609344 * 0.56
    assert found["standing_cost"] == pytest.approx(sessions + on_costs + coordinator)
    assert (found["extra_posts"], found["extra_posts_wte"]) == (3, pytest.approx(2.4))
    assert found["extra_posts_cost"] == pytest.approx(posts)
    assert found["activity_cost"] == pytest.approx(work + mileage)
    assert found["universal_cost"] == 0
    assert found["total_cost"] == pytest.approx(sessions + on_costs + coordinator + posts + work + mileage)


def test_the_dearer_availability_is_the_cheaper_whole():
    """Three children in hospital cost more than a rota: by availability alone it would be the reverse."""
    nothing, funded = nothing_funded(), funded_rota()
    assert nothing["standing_cost"] < funded["standing_cost"]
    assert nothing["total_cost"] > funded["total_cost"]
