"""Rules of working time, each broken once by hand: who, when, by how much; and kept by the smallest margin."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.commands.rota import laid, tables, text
from sim.domain.calendar import ALL_DAYS, WEEKDAYS, Span
from sim.domain.scenario import Run
from sim.rota.rest import Stretches, stretches
from sim.rota.rules import RULES, Breach, breaches
from sim.rota.staff import draw_staff, nobody_away
from tests.tiny import KEY, duties_of, nurses, pattern, people, team, tiny

RESIDENT = "resident_doctor_2016"
CALL = pattern("night", (Span(ALL_DAYS, 20.0, 32.0),), at="on_call")
NEVER = pattern("never", (Span(WEEKDAYS, 9.0, 9.5),))


def consultants(number: int):
    return people("consultant", number)


def work(*hours: tuple[float, float]) -> Stretches:
    start, end = (np.array(column, dtype=float) for column in zip(*hours, strict=True))
    return stretches(np.zeros(len(hours), dtype=np.int64), start, end)


def broken(
    shifts: Stretches, done: Stretches | None = None, contract: str = "", weeks: int = 2, on_call: bool = False,
    role=nurses,
) -> list[tuple[str, float, float]]:  # fmt: skip
    """Rule, hour and what was found of one person. done: all work, else the shifts alone."""
    one = replace(team(people=role(1), patterns=(CALL if on_call else NEVER,)), contract=contract)
    scenario = tiny(teams=(one,), run=Run.of_weeks(0, weeks, 0))
    duties = duties_of(scenario)
    found = breaches(
        scenario, nobody_away(draw_staff(scenario, KEY)), duties, shifts, shifts if done is None else done,
        np.array([0]),
    )  # fmt: skip
    return [(one.rule, one.hour, pytest.approx(one.found)) for one in found]


def days(*which: int, start: float = 9.0, length: float = 8.0) -> Stretches:
    return work(*((24 * day + start, 24 * day + start + length) for day in which))


def test_ten_hours_of_rest_are_a_breach_at_the_shift_that_follows_and_eleven_are_none():
    """Would catch a breach dated by the call-out, or one on paper where only a call-out broke the rest."""
    shifts = days(0, 1)
    assert broken(shifts) == []
    assert broken(shifts, work((9, 17), (20, 23), (33, 41))) == [("daily_rest", 33.0, 10.0)]
    assert broken(shifts, work((9, 17), (20, 22), (33, 41))) == []


def test_a_fortnight_holds_two_days_of_rest():
    """Would catch a rest counted twice, and a breach dated by the run instead of the fortnight."""
    every = days(*range(14), *range(20, 24))
    assert ("weekly_rest", 0.0, 2.0) in broken(every, weeks=4)
    assert [one for one in broken(days(0, 1, 2, 3, 4, 7, 8, 9, 10, 11), weeks=2) if one[0] == "weekly_rest"] == []


def test_forty_eight_hours_a_week_are_enough():
    """Would catch an average over weeks nobody works, and a limit that is broken by being met."""
    long = days(*(7 * week + day for week in range(17) for day in range(6)), start=8.0, length=9.0)
    names = {rule: found for rule, _, found in broken(long, weeks=17, role=consultants)}
    assert names == {"weekly_hours": 54.0}
    just = days(*(7 * week + day for week in range(17) for day in range(6)), length=8.0)
    assert broken(just, weeks=17, role=consultants) == []


def test_hours_of_a_contract_leave_breaks_out_and_are_those_of_nurses():
    """Would catch nine to five told as over the contract, and a consultant on Agenda for Change."""
    five = days(*(7 * week + day for week in range(8) for day in range(5)))
    assert broken(five, weeks=8) == []
    long = days(*(7 * week + day for week in range(8) for day in range(5)), length=9.0)
    assert broken(long, weeks=8) == [("contracted_hours", 0.0, 42.5)]
    assert broken(long, weeks=8, role=consultants) == []


def test_nights_at_work_are_no_more_than_eight_hours_in_24_on_average():
    nights = days(*(7 * week + day for week in range(4) for day in range(5)), start=20.0, length=12.0)
    assert ("night_hours", 0.0, 10.0) in broken(nights, weeks=4)
    assert "night_hours" not in {rule for rule, *_ in broken(days(*range(5), start=21.0, length=9.0), weeks=1)}


def test_rules_of_doctors_in_training_hold_for_teams_that_say_so_alone():
    """Would catch a contract of one team that is asked of everybody."""
    week = days(*range(7), start=8.0, length=11.0)
    assert {rule for rule, *_ in broken(week)} & {"hours_in_a_week", "shifts_in_a_row"} == set()
    found = broken(week, contract=RESIDENT)
    assert ("hours_in_a_week", 8.0, 77.0) in found
    assert ("shifts_in_a_row", 4 * 24 + 8.0, 7.0) in found
    four = broken(days(*range(4), start=8.0, length=12.0), contract=RESIDENT)
    assert {rule for rule, *_ in four} & {"hours_in_a_week", "shifts_in_a_row"} == set()


def test_forty_six_hours_follow_a_run_of_nights():
    """Would catch rest between two nights of a run told as rest after it."""
    nights = [(20.0, 30.0), (44.0, 54.0)]
    assert [
        one for one in broken(work(*nights, (99.0, 107.0)), contract=RESIDENT) if one[0] == "rest_after_nights"
    ] == [("rest_after_nights", 54.0, 45.0)]
    assert "rest_after_nights" not in {rule for rule, *_ in broken(work(*nights, (100.0, 108.0)), contract=RESIDENT)}


def test_rest_on_call_is_broken_by_what_is_worked_and_not_on_paper():
    """Would catch being on call taken for work, and five hours put together from two pieces."""
    shifts = days(0)
    on_paper = broken(shifts, contract=RESIDENT, on_call=True)
    assert [rule for rule, *_ in on_paper if rule.endswith("on_call")] == []
    called = work((9, 17), (26.0, 27.0))  # 22-26 and 27-31 are four hours each
    night = [one for one in broken(shifts, called, contract=RESIDENT, on_call=True) if one[0] == "night_rest_on_call"]
    assert night == [("night_rest_on_call", 22.0, 4.0)]
    all_night = work((9, 17), (20.5, 31.5), (33, 41))
    assert ("rest_on_call", 20.0, pytest.approx(5.0)) in broken(shifts, all_night, contract=RESIDENT, on_call=True)


def test_every_rule_has_a_source_and_a_grade_and_a_limit_in_its_words():
    for rule in RULES.values():
        assert rule.source
        assert rule.grade in ("A", "R")
        assert Breach(rule.name, 0, 0.0, 0.0, 7.0).asked != rule.says
    assert all(rule.grade == "R" for rule in RULES.values() if rule.contract)


def test_breaches_are_told_with_name_and_date_and_written_as_a_table():
    """Would catch a breach of somebody else's name, or of another day."""
    named = tuple(replace(person, name=name) for person, name in zip(nurses(2), ("Anna", "Ben"), strict=True))
    always = pattern("ward", (Span(ALL_DAYS, 8.0, 20.0),), seats=1, rotation="week")
    ward = replace(team(people=named, patterns=(always,)), contract=RESIDENT)
    scenario = tiny(teams=(ward,), run=Run.of_weeks(0, 2, 0))
    made = laid(scenario, 1, {})
    table = tables(made)["breaches.csv"]
    over = table[table["rule"] == "hours_in_a_week"]
    assert over[["person", "date", "found", "audit"]].to_numpy().tolist() == [
        ["Anna", "2027-01-11", 75.0, "paper"],  # from Monday's hand-over to the end of the weeks that are measured
        ["Ben", "2027-01-04", 84.0, "paper"],
    ]
    assert "at most 72 h in any 168" in text(made)
    assert "Ben 4 Jan 2027 (84.00)" in text(made)
