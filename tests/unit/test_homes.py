"""Where families live and clinicians set out from: localities by children, rural homes further out, one mean kept."""

from __future__ import annotations

import csv
from dataclasses import replace

import numpy as np
import pytest
from scipy import special

from sim.config.shelf import configs_dir
from sim.demand.families import draw_families
from sim.domain.area import KM_PER_DEGREE, Locality
from sim.domain.travel import QUIET, Spot, Ways
from sim.homes import localities, nearest, settle
from sim.rota.staff import draw_staff
from tests.tiny import KEY, area, england, nurses, pace, team, tiny, travel

MANY = 200_000
WIDE = Locality("W", "Wide", 300.0, -1.5, 0.5, 8.0, 0.5)  # 56 km north of the area's centre
SMALL = Locality("S", "Small", 100.0, -1.5, 0.0, 2.0, 0.0)
PARTED = tiny(areas=(area(localities=(SMALL, WIDE)),), travel=travel(rural_distance=1.25))


def spread_out(scenario, size: int = MANY, number: int = 0):
    rng = np.random.default_rng(1)
    return settle(scenario, np.full(size, number), *(rng.random(size) for _ in range(4)))


def test_localities_share_homes_by_their_children():
    homes = spread_out(PARTED)
    assert (homes.locality == 1).mean() == pytest.approx(0.75, abs=0.005)
    assert not homes.rural[homes.locality == 0].any()
    assert homes.rural[homes.locality == 1].mean() == pytest.approx(0.5, abs=0.005)


def test_rural_homes_lie_further_out_and_the_mean_of_their_locality_is_kept():
    homes = spread_out(PARTED)
    km = np.hypot(homes.east, homes.north - 0.5 * KM_PER_DEGREE)[homes.locality == 1]
    rural = homes.rural[homes.locality == 1]
    assert km.mean() == pytest.approx(8.0, rel=0.01)
    assert km[rural].mean() / km[~rural].mean() == pytest.approx(1.25, rel=0.015)


def test_an_area_without_localities_is_one_with_its_own_centre():
    places = localities(tiny(areas=(area(), area("BBB", mean_km=5.0, latitude=1.0, localities=()))))
    assert places.first.tolist() == [0, 1]
    assert places.upto.tolist() == [[1.0], [1.0]]
    assert places.north[1] == pytest.approx(KM_PER_DEGREE)


def test_a_home_is_its_own_uniforms_and_no_other_areas():
    """Catches a locality that another area, or another order of areas, could change."""
    alone = replace(PARTED, areas=(area("BBB", localities=(SMALL, WIDE)),))
    beside = replace(PARTED, areas=(area(localities=(WIDE,)), area("BBB", localities=(SMALL, WIDE))))
    one, two = spread_out(alone, 1000), spread_out(beside, 1000, number=1)
    assert one.east.tolist() == two.east.tolist()
    assert one.north.tolist() == two.north.tolist()
    assert (one.locality + 1).tolist() == two.locality.tolist()


def test_families_and_start_points_lie_in_localities_of_their_own_area():
    scenario = england("icb_rota")
    rows = localities(scenario).area
    families, staff = draw_families(scenario, KEY), draw_staff(scenario, KEY)
    assert len(rows) == 320
    assert (rows[families.locality] == families.area).all()
    assert (rows[staff.locality] == staff.area).all()


def test_a_home_of_a_planners_log_lies_in_the_nearest_locality_of_its_area():
    scenario = replace(PARTED, areas=(area("AAA", localities=(WIDE,)), area("BBB", localities=(SMALL, WIDE))))
    north = np.array([0.1, 50.0, 0.1])
    assert nearest(scenario, np.array([1, 1, 0]), np.zeros(3), north).tolist() == [1, 2, 0]


def test_rural_families_are_further_from_help_than_urban_ones():
    """The sign that people know, in every area that has both, over all start points: it was the other way round."""
    scenario = england("icb_rota")
    places = localities(scenario)
    normal = special.ndtri((np.arange(8) + 0.5) / 8)
    both = [row for row, one in enumerate(scenario.areas) if 0.05 < one.rural_share < 0.95]
    ways, minutes = Ways(scenario), {}
    for rural in (0, 1):
        spread = places.spread[:, rural][:, None, None]
        east = (places.east[:, None, None] + spread * normal[:, None]) + 0 * normal
        north = (places.north[:, None, None] + spread * normal) + 0 * normal[:, None]
        weight = np.diff(places.upto, axis=1, prepend=0.0)[places.area, np.arange(320) - places.first[places.area]]
        weight = weight * (places.rural if rural else 1 - places.rural)
        for row in both:
            here = np.flatnonzero(places.area == row)
            start = Spot(places.east[here][:, None, None, None], places.north[here][:, None, None, None], here[0])
            home = Spot(east[here][None], north[here][None], np.full((1, len(here), 8, 8), here[0]))
            own = np.diff(places.upto[row], prepend=0.0)[: len(here)]
            hours = ways.hours(start, home, QUIET).mean(axis=(2, 3))
            minutes[row, rural] = own @ hours @ weight[here] / weight[here].sum()
    further = [minutes[row, 1] > minutes[row, 0] for row in both]
    assert len(both) > 20
    assert np.mean(further) > 0.9
    assert np.mean([minutes[row, 1] - minutes[row, 0] for row in both]) * 60 > 3


def test_the_shipped_localities_are_the_320_districts_with_all_children():
    """Sums to the children of the areas within a thousandth, and one centre of mass within a kilometre of each."""
    with (configs_dir() / "area_table" / "localities_2024.csv").open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    assert len(rows) == 320 == len({row["code"] for row in rows})
    for one in england("icb_rota").areas:
        children = np.array([piece.children for piece in one.localities])
        centres = np.array([piece.centre_km for piece in one.localities])
        assert children.sum() == pytest.approx(one.children, rel=0.001)
        assert np.hypot(*(children @ centres / children.sum() - one.centre_km)) < 1.0, one.code


# Source: computed from ONS Census 2021 by LSOA (simplified boundaries); mean km between two random children of an ICB.
BETWEEN_TWO_CHILDREN = (
    "QE1 32.5 QF7 16.8 QGH 28.7 QH8 21.0 QHG 19.1 QHL 8.8 QHM 46.1 QJ2 27.0 QJG 31.3 QJK 42.6 QJM 39.6 QK1 16.2 QKK "
    "9.2 QKS 35.3 QM7 24.3 QMF 8.5 QMJ 7.7 QMM 37.9 QNC 28.1 QNQ 16.2 QNX 34.4 QOC 23.4 QOP 16.0 QOQ 50.5 QOX 31.9 "
    "QPM 20.3 QR1 19.8 QRL 28.5 QRV 9.6 QSL 29.2 QT1 18.5 QT6 39.1 QU9 34.6 QUA 9.5 QUE 29.9 QUY 13.3 QVV 24.1 QWE "
    "9.1 QWO 18.2 QWU 17.1 QXU 19.0 QYG 26.0 "
)


def test_two_random_children_are_as_far_apart_as_small_areas_say():
    """On the mean within half a kilometre, where one normal for each area misses it by a kilometre and up to 3.5."""
    words = BETWEEN_TWO_CHILDREN.split()
    published = dict(zip(words[::2], map(float, words[1::2]), strict=True))
    off = []
    for row, one in enumerate(england("icb_rota").areas):
        homes = spread_out(england("icb_rota"), 20_000, row)
        km = np.hypot(homes.east[::2] - homes.east[1::2], homes.north[::2] - homes.north[1::2]).mean()
        off.append(km - published[one.code])
    assert np.abs(off).mean() < 0.5
    assert np.max(np.abs(off)) < 2.0


def test_a_draw_of_homes_needs_no_more_than_its_own_purpose():
    """The two normals of a home stay what they are: catches a locality drawn from a home's own uniforms."""
    whole = tiny(areas=(area(mean_km=8.0),), teams=(team(people=nurses(3)),), travel=travel(busy=pace()))
    parts = replace(
        whole, areas=(area(mean_km=8.0, localities=(replace(SMALL, mean_km=8.0), replace(SMALL, code="T"))),)
    )
    one, two = draw_families(whole, KEY), draw_families(parts, KEY)
    first = two.locality == 0
    assert first.any()
    assert one.east[first].tolist() == two.east[first].tolist()
