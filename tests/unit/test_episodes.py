"""Phases laid backwards from the death: contiguous, in order, cut at the start of the episode."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.demand.episodes import DETERIORATING, DYING, STABLE, UNSTABLE, lay_phases
from sim.demand.families import draw_families
from sim.domain.law import Law
from sim.domain.scenario import Run
from tests.tiny import AT_ONCE, KEY, area, demand, england, hours, tiny

ENGLAND = replace(england(), run=Run.of_weeks(0, 8, 0))


def laid(scenario, key=KEY):
    families = draw_families(scenario, key)
    return families, lay_phases(scenario, key, families)


def test_ten_days_by_hand():
    """Forwards: stable and unstable in turn, ending stable; then deteriorating; then dying."""
    families, phases = laid(tiny())
    mine = phases.family == 0
    from_start = (phases.start[mine] - families.start[0]).round(9).tolist()
    assert phases.phase[mine].tolist() == [STABLE, UNSTABLE, STABLE, UNSTABLE, STABLE, DETERIORATING, DYING]
    assert from_start == [0, 48, 72, 120, 144, 192, 216]
    assert phases.deteriorates[0] == pytest.approx(families.death[0] - 48)


@pytest.mark.parametrize("scenario", [tiny(), ENGLAND], ids=["tiny", "england"])
def test_phases_follow_each_other_from_the_start_of_the_episode_to_the_death(scenario):
    """Catches a gap or an overlap, even of a rounding: a phase ends where the next begins, bit for bit."""
    families, phases = laid(scenario)
    first = np.flatnonzero(np.diff(phases.family, prepend=-1))
    last = np.flatnonzero(np.diff(phases.family, append=-1))
    assert phases.family[first].tolist() == list(range(len(families)))
    np.testing.assert_array_equal(phases.start[first], families.start)
    np.testing.assert_array_equal(phases.end[last], families.death)
    inner = np.setdiff1d(np.arange(len(phases.family)), last)
    np.testing.assert_array_equal(phases.end[inner], phases.start[inner + 1])
    assert (phases.end > phases.start).all()


def test_phases_are_in_their_order():
    _, phases = laid(ENGLAND)
    last = np.flatnonzero(np.diff(phases.family, append=-1))
    assert (phases.phase[last] == DYING).all()
    same = np.diff(phases.family) == 0
    pairs = set(zip(phases.phase[:-1][same].tolist(), phases.phase[1:][same].tolist(), strict=True))
    assert pairs == {(DETERIORATING, DYING), (STABLE, DETERIORATING), (STABLE, UNSTABLE), (UNSTABLE, STABLE)}


def test_no_episode_is_followed_for_more_than_90_days():
    families, phases = laid(ENGLAND)
    assert (families.death - families.start).max() <= 90 * 24 + 1e-9
    assert (phases.start >= families.start[phases.family]).all()


def test_an_episode_shorter_than_the_dying_phase_is_all_dying():
    """Catches a deterioration before the child is in the table."""
    short = tiny(demand=demand(episode=hours(12.0)))  # 12 hours, of which 24 would be dying
    families, phases = laid(short)
    assert (phases.phase == DYING).all()
    np.testing.assert_array_equal(phases.deteriorates, families.start)


def test_the_spells_of_90_days_do_not_run_out():
    """Catches an episode that begins before the earliest spell drawn: the earliest reaches back to the start."""
    quick = demand(episode=hours(80 * 24.0), phase_hours=(hours(2.0), hours(1.0), hours(1.0), hours(1.0)))
    families, phases = laid(tiny(demand=quick))
    first = np.flatnonzero(np.diff(phases.family, prepend=-1))
    np.testing.assert_array_equal(phases.start[first], families.start)


def test_a_phase_of_no_length_is_left_out():
    _, phases = laid(tiny(demand=demand(phase_hours=(hours(48.0), hours(24.0), AT_ONCE, hours(24.0)))))
    assert DETERIORATING not in set(phases.phase.tolist())
    assert (phases.end > phases.start).all()


def test_dying_lasts_as_long_as_its_law_on_average():
    """Catches the laws of two phases exchanged. Five standard errors: once in 1.7 million."""
    laws = (hours(48.0), hours(24.0), hours(24.0), Law("gamma", 72.0, shape=1.5))
    scenario = tiny(areas=(area(deaths_per_year=8766.0),), demand=demand(episode=hours(80 * 24.0), phase_hours=laws))
    families, phases = laid(scenario)
    length = (phases.end - phases.start)[phases.phase == DYING]
    assert len(length) == len(families)
    assert abs(length.mean() - 72) < 5 * length.std() / np.sqrt(len(length))


def test_the_phases_of_a_child_do_not_depend_on_who_else_is_counted():
    families, phases = laid(ENGLAND)
    rows = np.flatnonzero(families.area == 7)
    alone = lay_phases(ENGLAND, KEY, families.take(rows))
    mine = np.isin(phases.family, rows)
    np.testing.assert_array_equal(phases.start[mine], alone.start)
    np.testing.assert_array_equal(phases.phase[mine], alone.phase)
