"""Every shipped case with a known answer, on the fast plan; and defects of the engine that they must catch.

The cases are ordinary scenarios (``cases/*.yaml``); ``oncall-sim verify plan=full`` runs them at their full length.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest
import yaml

from sim import config
from sim.config.expected import known
from sim.config.shelf import cases_dir
from sim.experiment.verified import text
from sim.experiment.verify import AGREES, ALPHA, DIFFERS, Compared, all_agree, case, verify
from sim.model import follow
from sim.model.free.request import Request

SHIPPED = sorted(file.stem for file in cases_dir().glob("*.yaml"))
COMPARISONS = 250  # that share the budget of false alarms; at least as many as there are


def known_comparisons(name: str) -> int:
    written = yaml.safe_load((cases_dir() / f"{name}.yaml").read_text(encoding="utf-8"))
    return 1 + len(known(written["expected"], 1.0, 2).values)


def compared(name: str, overrides: Sequence[str] = ()) -> list[Compared]:
    """The fast plan of a case, with changes that a right engine would notice."""
    plan = config.plan(str(cases_dir() / f"{name}.yaml"), list(overrides))
    one = case(plan.scenario, plan.known, plan.settings.seed, plan.settings.replications, fast=True)
    return verify([one], workers=1, alpha=ALPHA / COMPARISONS)


@pytest.mark.parametrize("name", SHIPPED)
def test_the_engine_gives_the_known_answers(name):
    found = compared(name)
    assert all_agree(found), "\n" + text([one for one in found if one.verdict != AGREES])


def test_the_budget_of_false_alarms_is_shared_by_all_comparisons():
    assert sum(map(known_comparisons, SHIPPED)) <= COMPARISONS


def test_there_is_a_case_for_every_closed_form():
    missing = {f"P{number:02}" for number in range(1, 19)} - {name[:3] for name in SHIPPED}
    assert missing == {"P09"}  # there is none


# -- defects: each is put in on purpose, and a case must say so --------------------------------------------------------


@cache
def differing(name: str, *overrides: str) -> set[str]:
    return {one.known.name for one in compared(name, overrides) if one.verdict == DIFFERS}


def test_one_nurse_too_many_is_caught():
    assert {"p_wait", "utilisation", "mean_wait_hours"} <= differing("P02", "teams.nurses.people=4")


def test_patience_read_as_a_rate_is_caught():
    assert {"p_unmet", "mean_queue"} <= differing("P04", "answering.answer_patience.urgent.mean_minutes=30")


def test_last_come_first_served_is_caught(monkeypatch):
    """It leaves every mean as it is: only the spread of the waits tells."""
    monkeypatch.setattr(Request, "__lt__", lambda self, other: self.order > other.order)
    assert "mean_square_wait_hours" in differing("P01", "seed=1")


def test_calls_at_the_rate_of_another_hour_are_caught():
    an_hour_late = "[.5,.5,.5,.5,.5,.5,.5,.5,.5,1,1,1,1,1,1,1,1,1,1,1.4,1.4,1.4,1.4,1.4]"
    assert differing("P10", f"demand.profile.hours={an_hour_late}") >= {"calls_by_hour_of_week"}


def test_work_in_hand_lost_at_the_end_of_a_shift_is_caught(monkeypatch):
    whole = follow.talk

    def dropped(world: Any, call: Any, person: Any) -> Any:
        now = world.clock.now
        ends = min((end for end in person.ends if end > now), default=now)
        call.talk = min(call.talk, ends - now)
        return (yield from whole(world, call, person))

    monkeypatch.setattr(follow, "talk", dropped)
    assert "overrun_hours_per_day" in differing("P14", "seed=1")


def test_work_handed_over_where_it_should_be_finished_is_caught():
    assert "overrun_hours_per_day" in differing("P14", "answering.end_of_duty=hand_over")


def test_a_nurse_who_is_released_where_she_should_be_held_is_caught():
    assert "utilisation/nurses" in differing("P13", "answering.nurse_while_waiting=released")


def test_emergencies_that_wait_their_turn_are_caught(monkeypatch):
    monkeypatch.setattr(Request, "__lt__", lambda self, other: self.order[1:] < other.order[1:])
    assert "mean_wait_hours/emergency" in differing("P07", "seed=1")


def test_lost_calls_are_caught():
    assert "calls_per_week" in differing("P10", "demand.calls_per_hour=0.33")
