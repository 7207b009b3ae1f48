"""What everybody did is kept as long as a call is open that may ask about it, in the order in which it happened."""

from __future__ import annotations

import math

import pytest

from sim.domain.scenario import Step
from sim.model.follow import make_call
from sim.model.free.diary import KEPT
from sim.model.world import World
from tests.story import became, play
from tests.tiny import (
    KEY,
    UNIVERSAL_STEP,
    call,
    family,
    nurses,
    setting,
    team,
    tiny,
)


@pytest.fixture
def world():
    scenario = tiny(teams=(team(people=nurses(2)),))
    return World(scenario, setting(scenario, [family()], [call(1.0)]), KEY)


def test_a_moment_is_asked_about_afterwards(world):
    """All at one hour: not yet taken, taken, free again; then taken once more."""
    nurse, other = world.people
    one = make_call(world, 0, world.families[0], 0.0)
    moments = [one.came]
    for change in (world.desk.take, world.desk.release, world.desk.take):
        change(nurse)
        moments.append(world.diary.moment(one))
    assert [world.diary.at(nurse, moment).busy for moment in moments] == [False, True, False, True]
    assert not any(world.diary.at(other, moment).busy for moment in moments)


def test_where_somebody_was_is_kept_too(world):
    nurse = world.people[0]
    one = make_call(world, 0, world.families[0], 0.0)
    world.desk.take(nurse)
    world.roads.starts_back(nurse, one, -1)
    world.desk.release(nurse)
    on_the_way = world.diary.moment(one)
    nurse.place = None  # home again
    world.desk.take(nurse)
    assert world.diary.at(nurse, one.came).place is None
    assert world.diary.at(nurse, on_the_way).place == one.family.home


def test_the_past_is_kept_no_longer_than_a_call_is_open(world):
    """Catches a diary that forgets what an open call may ask, and one that grows for ever."""
    nurse = world.people[0]
    one = make_call(world, 0, world.families[0], 0.0)

    def busy_night():
        for _ in range(5 * KEPT):
            world.desk.take(nurse)
            world.desk.release(nurse)

    world.desk.take(nurse)
    taken = world.diary.moment(one)
    world.desk.release(nurse)
    busy_night()
    assert (world.diary.at(nurse, one.came).busy, world.diary.at(nurse, taken).busy) == (False, True)
    world.diary.closes(one)
    busy_night()
    assert len(world.diary._did[nurse.row]) <= KEPT


def test_a_late_answer_is_put_down_to_how_things_were_when_the_family_called():
    """The only nurse talks from 10:00 to 11:00; who calls at 10:30 is answered at 11:00, when she is free again."""
    ladder = (Step("team", "nurses", math.inf), UNIVERSAL_STEP)
    scenario = tiny(ladder=ladder, teams=(team(people=nurses(1)),))
    ledger = play(scenario, [call(10.0, talk=1.0), call(10.5, family=1, answer_patience=2.0, urgency="emergency")])
    assert became(ledger)[1] == ("late", "all_busy")
