"""Clusters: nights that nobody covers, by hand and against what is drawn; whom a telephone and a car reach."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.demand.expected import child_nights
from sim.demand.families import HOME, draw_families
from sim.domain.area import MEAN_TO_SD
from sim.domain.staff import Pool
from sim.errors import BadInput
from sim.experiment.clusters import compared, cover_of, margin_interval
from sim.place import lay_out
from tests.tiny import area, england, nurses, pace, pattern, people, role, team, tiny, travel

NIGHTS = pattern("night", at="on_call")
KM = 1 / 111.32  # degrees of latitude


def two(people_there, **changes):
    """Two areas, with a team of their own for each that has people."""
    homes = dict.fromkeys(person.area for person in people_there)
    teams = tuple(
        team(people=tuple(p for p in people_there if p.area == home), patterns=(NIGHTS,), pool=Pool("number", 1))
        for home in homes
    )
    return tiny(areas=(area(), area("BBB", latitude=90.0 * KM)), teams=teams, **changes)


def test_nights_without_anybody_by_hand():
    """A nurse away for a quarter of the year, no cover: catches a gap of a pool counted once for each area."""
    away = role("community_nurse", "answer visit", 2, leave_weeks=13.0)
    scenario = two(nurses(1), roles=(away,), travel=travel(reach=np.inf))
    scenario = replace(scenario, rota=replace(scenario.rota, p_short_notice_cover=0.0))
    cover = cover_of(scenario, "community_nurse", "nurses")
    assert cover.shares([("AAA",), ("BBB",)]).tolist() == [0.25, 1.0]
    assert cover.shares([("AAA", "BBB")]).tolist() == [0.25, 0.25]
    nights = cover.nights
    assert cover.uncovered(("AAA",)) == pytest.approx(0.25 * nights[0])
    assert cover.uncovered(("BBB",)) == pytest.approx(nights[1])


@pytest.mark.parametrize(("reach_hours", "there"), [(1.0, 0.0), (4.0, 1.0)])
def test_who_visits_must_live_within_reach_and_who_telephones_need_not(reach_hours, there):
    """90 km at 30 km an hour: three hours. Catches a reach that telephones have too."""
    roads = travel(reach=reach_hours, quiet=pace(kmh=30.0))
    visiting = cover_of(two(nurses(1), travel=roads), "community_nurse", "nurses")
    assert visiting.shares([("AAA", "BBB")])[1] == pytest.approx(1.0 - there)
    by_phone = replace(visiting, pattern=replace(NIGHTS, visiting=False))
    assert by_phone.shares([("AAA", "BBB")])[1] == 0.0


def test_reach_between_scattered_homes_is_the_share_of_pairs_that_are_near_enough():
    """Against a million pairs of homes drawn at random: catches a spread of one of the two ends left out."""
    here, there = area(mean_km=20.0), area("BBB", latitude=60.0 * KM, mean_km=10.0)
    scenario = tiny(
        areas=(here, there), teams=(team(patterns=(NIGHTS,)),), travel=travel(reach=2.0, quiet=pace(0.5, 30.0))
    )
    cover = cover_of(scenario, "community_nurse", "nurses")
    rng = np.random.default_rng(1)
    one, other = 20.0 / MEAN_TO_SD, 10.0 / MEAN_TO_SD
    east = rng.normal(0, one, 10**6) - rng.normal(0, other, 10**6)
    north = 60.0 + rng.normal(0, one, 10**6) - rng.normal(0, other, 10**6)
    near = 0.5 + np.hypot(east, north) / 30.0 <= 2.0
    assert 1 - cover.shares([("AAA", "BBB")])[1] == pytest.approx(near.mean(), abs=0.003)


def test_expected_child_nights_are_those_that_are_drawn():
    """Of the shipped areas, over ten replications: catches growth, preference or the cap of an episode left out."""
    scenario = england("icb_rota", "areas=[QHM,QE1,QF7,QOP]")
    start, end = scenario.run.window
    drawn = []
    for replication in range(10):
        families = draw_families(scenario, (5, replication))
        here = families.prefers == HOME
        first = np.floor((np.clip(families.start, start, end) + 1 - 22 - 9) / 24) + 1
        last = np.ceil((np.clip(families.death, start, end) - 1 - 22) / 24) - 1
        drawn.append(np.maximum(last - first + 1, 0.0)[here].sum() * 52 / scenario.run.weeks)
    error = np.std(drawn, ddof=1) / np.sqrt(len(drawn))
    expected = child_nights(scenario).sum() * 52 * 7 / 365.25
    assert abs(np.mean(drawn) - expected) < 4 * error < 0.3 * expected


def test_the_same_groups_have_no_margin_and_better_ones_have_one():
    cover = cover_of(two(nurses(1), travel=travel(reach=np.inf)), "community_nurse", "nurses")
    alone, together = [("AAA",), ("BBB",)], [("AAA", "BBB")]
    assert margin_interval(cover, alone, alone, 1) == (0.0, 0.0)
    low, high = margin_interval(cover, together, alone, 1)
    assert 0 < low <= high


def test_a_grouping_is_told_by_seat_arithmetic():
    """Two nurses in a pool of one seat: 1 in 2, more often than is safe, and one area alone has nobody."""
    scenario = two(nurses(2))
    cover = cover_of(scenario, "community_nurse", "nurses")
    found = compared("alone", cover, [("AAA",), ("BBB",)], scenario, 1)
    assert (found.groups, found.rotas, found.nobody, found.people, found.too_often) == (2, 1, 1, 2, 2)
    assert found.cost > 0
    assert lay_out(scenario, 1, 0).duties.on_call.all()


@pytest.mark.parametrize(
    "changed", [{"seats": 2}, {"area_types": frozenset({"full"})}, {"stepped_up": "dying"}, {"at": "work"}]
)
def test_rotas_of_other_kinds_are_refused(changed):
    scenario = two(nurses(1))
    other = replace(scenario.teams[0], patterns=(replace(NIGHTS, **changed),))
    with pytest.raises(BadInput, match="one rota on call of one seat"):
        cover_of(replace(scenario, teams=(other,)), "community_nurse", "nurses")


def test_a_role_beside_others_counts_its_own_people_alone():
    scenario = two(nurses(1))
    advisers = team("advice", people("consultant", 1, "BBB"), patterns=(NIGHTS,), pool=Pool("number", 1))
    cover = cover_of(replace(scenario, teams=(*scenario.teams, advisers)), "consultant", "advice")
    assert [person.area for person in cover.people] == ["BBB"]
