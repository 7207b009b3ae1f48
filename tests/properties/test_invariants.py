"""What holds in every run, by the numbers of the list in the documentation of the model: small worlds and a few areas.

1 one outcome each, with a cause unless met · 2 created = recorded · 3 nobody in two places · 4 work inside a duty, or
overrun or goodwill · 6 nothing before the call · 7, 8 nobody idle while a call waits, urgent first, then first come ·
9 patience · 10, 11 the same bytes · 12 exact extremes · 14, 15 sums · 16 no goodwill when it is off.
Beside them: attempts follow each other, two go together or as the policy says, nobody begins work before they rested.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.demand.calls import DEATH_CALL
from sim.domain.calendar import HOURS_PER_DAY, out_of_hours_spans
from sim.domain.general_services import NO_GENERAL_SERVICES, GeneralServices
from sim.domain.law import Law
from sim.domain.scenario import Follows, Repeat, Run, Scenario, Step
from sim.domain.words import CAUSES, NOT_MADE, OUTCOMES, UNMET_NOT_MADE
from sim.ledger import MEANS, TASKS, Ledger
from sim.measures import measure
from sim.measures.audit import Tasks, worked
from sim.measures.axes import HOMES
from sim.measures.burden import per_person
from sim.measures.catalogue import BANDS, CATALOGUE
from sim.measures.rows import Row
from sim.model import simulate
from sim.rota.absence import by_day, day_of
from sim.rota.audit import at_work
from sim.rota.rest import A_MOMENT, longest_rest_before
from tests.story import values
from tests.tiny import (
    GOODWILL_STEP,
    NURSES_STEP,
    UNIVERSAL_STEP,
    answering,
    area,
    demand,
    england,
    goodwill,
    hours,
    nurses,
    pace,
    pattern,
    people,
    posts,
    reason,
    role,
    team,
    tiny,
    travel,
)

SHIPPED = ("current_patchwork", "goodwill_withdrawn", "icb_rota", "regional_rota", "regional_rota_existing_people")
FOUR = "areas=[QHG,QUE,QM7,QOP]"
A_HAIR = 1e-9
Rows = list[dict[str, Any]]


def exponential(mean: float) -> Law:
    return Law("exponential", mean)


@st.composite
def small_worlds(draw: st.DrawFn) -> Scenario:
    """Two areas for two weeks: teams, patterns, ladder, patience, roads and goodwill as they come."""

    def pick(*options: Any) -> Any:
        return draw(st.sampled_from(options))

    places = (
        area("AAA", mean_km=pick(5.0, 40.0), deaths_per_year=150.0),
        area("BBB", latitude=0.4, mean_km=20.0, deaths_per_year=60.0),
    )
    out_of_hours = out_of_hours_spans(tiny().calendar)
    night = pattern(
        "night",
        pick(out_of_hours, pattern().spans),
        at="on_call",
        seats=pick(1, 2),
        visiting=pick(True, True, False),
        rotation=pick("night", "weekend_split", "week"),
    )
    by_day = pattern(
        "day",
        tuple(span for span in pattern("day").spans),
        seats=None,
        serves=pick("home", "telephone"),
        rotation="everyone",
    )
    by_day = replace(by_day, spans=(replace(by_day.spans[0], days=frozenset(range(5)), start=9.0, end=17.0),))
    pooled = draw(st.booleans())
    first = team(people=posts(nurses(draw(st.integers(1, 4)))), patterns=(by_day, night))
    second = team(people=posts(nurses(draw(st.integers(1, 3)), "BBB")), patterns=(by_day,))
    pool = team(people=first.people + second.people, patterns=first.patterns)
    advisers = team("consultants", people("consultant", 2), areas=("AAA", "BBB"), patterns=(night,))
    assistants = team(
        "assistants", people("care_assistant", 2), areas=("AAA", "BBB"), patterns=(replace(night, visiting=False),)
    )
    roads = travel(
        busy=pace(0.22, 70.0),
        quiet=pace(0.12, 76.0),
        noise_cv=pick(0.0, 0.3),
        mobilise_from_home=1 / 3,
        mobilise_at_work=1 / 12,
        reach=pick(0.5, 1.5),
    )
    waits = answering(
        answer_patience=(exponential(0.5), exponential(0.5), exponential(4.0)),
        visit_patience=(exponential(2.0), exponential(2.0), exponential(24.0)),
        call_back=pick(Law("none"), exponential(1 / 12)),
        nurse_while_waiting=pick("released", "held"),
        second_person=pick("one_goes", "wait", "phone_only"),
        while_visiting=pick("ring_back", "answer", "unreachable"),
        ring_back_after=pick(0.0, 1 / 3),
        end_of_duty=pick("finish", "hand_over"),
    )
    calls = demand(
        calls_per_day=(pick(0.5, 2.0),) * 4,
        reference_calls_per_day=(2.0,) * 4,
        professional_share=0.2,
        reasons=(
            reason(
                p_urgency=(0.2, 0.5, 0.3),
                p_need_level=(0.2, 0.5, 0.1, 0.2),
                p_second_person=pick(0.0, 0.5),
                p_new_prescription=pick(0.0, 0.3),
                talk=exponential(0.25),
                visit=exponential(1.0),
            ),
        ),
    )
    steps = draw(
        st.permutations(
            [
                replace(NURSES_STEP, overflow=pick(0.0, 1 / 6, math.inf)),
                GOODWILL_STEP,
                Step("team", "consultants", 1 / 6),
            ]
        )
    )
    return tiny(
        areas=places,
        teams=((pool,) if pooled else (first, second)) + (advisers, *draw(st.sampled_from(((), (assistants,))))),
        travel=roads,
        answering=waits,
        demand=calls,
        run=Run.of_weeks(0, 2, 0),
        ladder=(*steps, UNIVERSAL_STEP),
        professional_entry=pick((), (Step("team", "consultants", 1 / 6),)),
        goodwill=goodwill(on=pick(True, False), p_max=0.7, standby=pick(True, False), weekly_cap=pick(2.0, 10.0)),
        roles=(
            *(replace(role, leave_weeks=10.0, sick_share=0.1, p_vacant=0.1) for role in tiny().roles),
            role("care_assistant", "second_person", 1),
        ),
        rota=replace(
            tiny().rota,
            rest=pick("ignored", "bank", "delay"),
            sick_spell_days=pick(0.0, 2.0),
            leave_together_max=pick(1 / 3, 1.0),
        ),
        repeat=Repeat(pick(0.0, 0.8), pick(False, True), exponential(4.0), 3),
        follows=Follows((0.1, 0.05), (0.1, 0.05), (0.3, 0.2), (0.5, 0.3), 0.7, exponential(48.0), 0.4, pick(1.0, 1.5)),
        general_services=GeneralServices(pick(True, False), 0.2, 0.4, 0.6, 0.8, 1.0, 0.7, 1.0, 2.0, 6.0, 4.0),
    )


few = settings(max_examples=50, deadline=None, derandomize=True, database=None)


@pytest.fixture(scope="module", params=SHIPPED)
def shipped(request: pytest.FixtureRequest) -> tuple[Scenario, Ledger]:
    """A shipped scenario on four areas, with one replication of it."""
    scenario = england(request.param, FOUR)
    return scenario, simulate(scenario, 1, 0)


def call_rows(ledger: Ledger) -> Rows:
    return [dict(zip(ledger.calls.columns, row, strict=True)) for row in ledger.calls.rows]


def holds(scenario: Scenario, ledger: Ledger) -> None:
    """Every invariant that can be read from one ledger."""
    rows = call_rows(ledger)
    each_call_has_one_end(ledger, rows)
    nothing_happens_before_the_call(ledger, rows)
    nobody_waits_beyond_patience(ledger, rows)
    nobody_is_in_two_places(ledger)
    work_is_inside_a_duty_or_said_not_to_be(ledger)
    joined_calls_share_the_fate_of_the_open_one(rows)
    shares_add_to_one(scenario, ledger)
    goodwill_stays_within_its_bounds(scenario, ledger, rows)
    nobody_helps_or_keeps_standby_while_away(ledger)
    attempts_follow_each_other(scenario, rows)
    general_services_come_last(scenario, rows)
    two_go_together_or_as_the_policy_says(scenario, ledger, rows)
    nobody_begins_work_before_the_rest_is_over(scenario, ledger)


def each_call_has_one_end(ledger: Ledger, rows: Rows) -> None:  # 1 and 2
    first = [row for row in rows if row["attempt"] == 1]
    assert sorted(row["call"] for row in first) == list(range(len(ledger.setting.demand.calls)))
    for row in rows:
        assert row["outcome"] in (OUTCOMES if row["made"] else NOT_MADE)
        assert (row["cause"] in CAUSES) == (row["made"] and row["outcome"] != "met")
        assert (row["cause"] == "") == (row["part"] == "")


def nothing_happens_before_the_call(ledger: Ledger, rows: Rows) -> None:  # 6
    time = ledger.setting.demand.calls.time.tolist()
    for row in rows:
        assert row["time"] >= time[row["call"]]
        if row["made"] and row["joined"] < 0:
            came = row["time"]
            steps = [came, row["answered"], row["at_door"], row["ended"]]
            steps = [hour for hour in steps if not math.isnan(hour)]
            assert steps == sorted(steps)
            assert math.isnan(row["advised"]) or came <= row["advised"] <= row["ended"]
    for _, call, _, start, end, *_ in ledger.tasks.rows:
        assert end > start >= time[call]


def nobody_waits_beyond_patience(ledger: Ledger, rows: Rows) -> None:  # 9
    calls = ledger.setting.demand.calls
    patience = (calls.time + calls.answer_patience).tolist()
    taken = {
        call: start
        for _, call, kind, start, *_ in sorted(ledger.tasks.rows, reverse=True, key=lambda task: task[3])
        if TASKS[kind] == "phone"
    }
    for row in rows:
        if row["made"] and row["joined"] < 0 and row["attempt"] == 1:
            if row["answered_by"] >= 0 and row["call"] in taken:
                assert taken[row["call"]] <= patience[row["call"]] + A_HAIR
            elif row["answered_by"] < 0:
                left = row["ended"] if math.isnan(row["turned_to"]) else row["turned_to"]
                assert left <= patience[row["call"]] + A_HAIR


def nobody_is_in_two_places(ledger: Ledger) -> None:  # 3
    by_person: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for person, _, _, start, end, *_ in ledger.tasks.rows:
        by_person[person].append((start, end))
    for tasks in by_person.values():
        tasks.sort()
        assert all(end <= start + A_HAIR for (_, end), (start, _) in pairwise(tasks))


def work_is_inside_a_duty_or_said_not_to_be(ledger: Ledger) -> None:  # 4
    duties = ledger.setting.duties
    begun: dict[tuple[int, int, int], float] = {}
    for person, call, _, start, _, duty, *_ in ledger.tasks.rows:
        begun[person, call, duty] = min(start, begun.get((person, call, duty), math.inf))
    on_duty = defaultdict(list)
    for person, start, end in zip(duties.person.tolist(), duties.start.tolist(), duties.end.tolist(), strict=True):
        on_duty[person].append((start, end))
    demand = ledger.setting.demand.calls
    for (person, call, duty), began in begun.items():
        start = began
        if demand.number[call] == DEATH_CALL:  # turned to by whoever had the family: on the duty of the call before it
            before = [row for row in np.flatnonzero(demand.family == demand.family[call]) if row != call]
            start = min(begun.get((person, int(row), duty), began) for row in (call, *before))
        if duty >= 0:
            assert duties.person[duty] == person
            assert duties.funded[duty]
            assert duties.start[duty] <= start < duties.end[duty]
        else:
            assert not ledger.setting.staff.vacant[person]


def nobody_helps_or_keeps_standby_while_away(ledger: Ledger) -> None:
    """On leave, sick or a post that is vacant: no hour on a duty or beside the telephone, no call taken."""
    away = ledger.setting.staff.absent()
    for held in (ledger.setting.duties, ledger.setting.standby):
        for start, end, person in zip(held.start.tolist(), held.end.tolist(), held.person.tolist(), strict=True):
            assert person < 0 or not any(away[person, day_of(begins)] for begins, _ in by_day(start, end))
    begun: dict[tuple[int, int], float] = {}
    for person, call, _, start, *_ in ledger.tasks.rows:
        begun[person, call] = min(start, begun.get((person, call), math.inf))
    assert not any(away[person, day_of(start)] for (person, _), start in begun.items())


def joined_calls_share_the_fate_of_the_open_one(rows: Rows) -> None:
    names = ("outcome", "cause", "means", "resolution", "ended")
    for row in rows:
        if row["joined"] >= 0:
            open_ones = [other for other in rows if other["call"] == row["joined"] and other["joined"] < 0]
            assert any(all(row[name] == one[name] for name in names) for one in open_ones)


def sums(rows: Sequence[Row], measured: str) -> tuple[float, float]:
    """Numerator and denominator of England."""
    (row,) = (row for row in rows if (row.measure, row.group) == (measured, "england"))
    return row.numerator, row.denominator


def shares_add_to_one(scenario: Scenario, ledger: Ledger) -> None:  # 14
    rows = measure(ledger, scenario)
    for group, level in {row[1:3] for row in rows if row.measure == "unmet_share"}:
        here = values(rows, group, level)
        if "unmet_share" in here:
            shares = [here[f"{word}_share"] for word in OUTCOMES] + [
                here[f"not_made_{word}_share"] for word in NOT_MADE
            ]
            assert sum(shares) == pytest.approx(1.0)
            because = sum(here[f"unmet_because_{cause}_share"] for cause in CAUSES)
            not_made = sum(here[f"not_made_{word}_share"] for word in UNMET_NOT_MADE)
            assert because + not_made == pytest.approx(here["unmet_demand_share"])
            of_calls = here["nobody_answered_share"] + here["help_incomplete_share"]
            assert of_calls == pytest.approx(because)
            assert here["not_made_in_hospital_caused_share"] <= here["not_made_in_hospital_after_failure_share"]
            if "met_share_of_calls_made" in here:
                assert sum(here[f"{word}_share_of_calls_made"] for word in OUTCOMES) == pytest.approx(1.0)
    country = values(rows)
    for measured in ("unmet_demand_share", "child_nights_without_visit_achieved_share", "minutes_to_door"):
        all_homes, *of_homes = (sums(rows, name) for name in (measured, *(f"{measured}_{home}" for home in HOMES)))
        assert np.sum(of_homes, axis=0) == pytest.approx(all_homes)
    for band in BANDS:
        if f"cause_all_busy_share{band}" in country:
            assert sum(country[f"cause_{cause}_share{band}"] for cause in CAUSES) == pytest.approx(1.0)
    assert {row.measure for row in rows} <= set(CATALOGUE)


def goodwill_stays_within_its_bounds(scenario: Scenario, ledger: Ledger, rows: Rows) -> None:  # 16, and its rules
    time = ledger.setting.demand.calls.time
    rings = [task for task in ledger.tasks.rows if TASKS[task[2]] == "ring"]
    if not scenario.goodwill.on:
        assert all(task[5] >= 0 for task in ledger.tasks.rows)
        assert len(ledger.setting.standby) == 0
        assert {row["asked"] for row in rows} <= {0}
    for row in rows:
        assert row["refused"] <= row["asked"]
        if row["outcome"] == "met_by_goodwill":
            assert MEANS[row["means"]] == "goodwill"
    assert all(scenario.calendar.is_out_of_hours(task[3]) for task in rings)
    by_call: dict[int, list[int]] = defaultdict(list)
    for task in rings:
        by_call[task[1]].append(task[0])
        assert task[3] >= time[task[1]]
    most = scenario.goodwill.asks * scenario.repeat.attempts_max
    assert all(len(who) <= most for who in by_call.values())
    duties = ledger.setting.duties
    held = duties.funded & (duties.person >= 0)
    for person, _, _, start, *_ in rings:
        mine = held & (duties.person == person)
        assert not ((duties.start[mine] <= start) & (start < duties.end[mine])).any()


def general_services_come_last(scenario: Scenario, rows: Rows) -> None:
    """They are turned to when nobody of the model does more; nothing of the call comes after them but their help."""
    last = {row["call"]: row["attempt"] for row in sorted(rows, key=lambda row: row["attempt"])}
    for row in rows:
        met, turned = row["outcome"] == "met_by_general_services", row["turned_to"]
        assert not (met and row["joined"] < 0 and math.isnan(turned))
        if not math.isnan(turned):
            assert scenario.general_services.on
            assert met or row["outcome"] in ("unmet", "partly_met", "overtaken_by_death")
            steps = (row["time"], row["answered"], row["at_door"], row["advised"])
            assert max(hour for hour in steps if not math.isnan(hour)) <= turned <= row["ended"]
            assert not met or last[row["call"]] == row["attempt"]
            assert not met or MEANS[row["means"]] in ("general_services", "goodwill")


def attempts_follow_each_other(scenario: Scenario, rows: Rows) -> None:
    by_call: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["joined"] < 0:
            by_call[row["call"]].append(row)
    for attempts in by_call.values():
        attempts.sort(key=lambda row: row["attempt"])
        assert [row["attempt"] for row in attempts] == list(range(1, len(attempts) + 1))
        assert len(attempts) <= scenario.repeat.attempts_max
        for one, two in pairwise(attempts):
            assert one["ended"] <= two["time"]
            assert one["made"]
            assert one["outcome"] == "unmet" or scenario.repeat.after_any
            assert not one["admitted"] or scenario.follows.stay.mean < math.inf


def two_go_together_or_as_the_policy_says(scenario: Scenario, ledger: Ledger, rows: Rows) -> None:
    went: dict[int, set[int]] = defaultdict(set)
    for person, call, kind, *_ in ledger.tasks.rows:
        if TASKS[kind] in ("mobilise", "journey", "visit"):
            went[call].add(person)
    calls = ledger.setting.demand.calls
    needs_two, at_death = calls.needs_two, calls.number == DEATH_CALL
    lengthened = {row["joined"] for row in rows if at_death[row["call"]]}  # by a death, which may take a second person
    for row in rows:
        if at_death[row["call"]] or row["call"] in lengthened:
            assert len(went[row["call"]] | ({row["visited_by"]} - {-1})) <= 2
        elif row["made"] and row["joined"] < 0:
            visited, word = row["visited_by"] >= 0, scenario.answering.second_person
            assert row["alone"] <= (visited and needs_two[row["call"]] and word == "one_goes")
            if visited and row["attempt"] == 1 and scenario.repeat.p == 0.0:
                together = needs_two[row["call"]] and not row["alone"]
                assert len(went[row["call"]] | {row["visited_by"]}) == (2 if together else 1)


def nobody_begins_work_before_the_rest_is_over(scenario: Scenario, ledger: Ledger) -> None:
    """By the audit's own reckoning of rest, which knows nothing of the model's."""
    if scenario.rota.rest != "delay":
        return
    duties = ledger.setting.duties
    shifts = at_work(scenario, duties)
    columns = (ledger.tasks.column(name) for name in ("person", "kind", "start", "end"))
    work = worked(shifts, Tasks(*columns))
    begun: dict[tuple[int, int, int], float] = {}
    for person, call, _, start, _, duty, *_ in ledger.tasks.rows:
        if duty >= 0 and not duties.on_call[duty]:
            begun[person, call, duty] = min(start, begun.get((person, call, duty), math.inf))
    for (person, _, duty), first in begun.items():
        start = float(duties.start[duty])
        rest = longest_rest_before(work, np.array([person]), np.array([start]), scenario.limits.daily_rest)[0]
        assert first >= start + max(0.0, scenario.limits.daily_rest - rest) - A_MOMENT


def test_invariants_of_the_shipped_scenarios(shipped: tuple[Scenario, Ledger]) -> None:
    holds(*shipped)


@few
@given(small_worlds())
def test_invariants_of_small_worlds(scenario: Scenario) -> None:
    holds(scenario, simulate(scenario, 1, 0))


# -- 7 and 8: one team on the telephone -------------------------------------------------------------------------------


@few
@given(st.integers(1, 2), st.sampled_from((2.0, 8.0)), st.integers(0, 99))
def test_nobody_is_idle_while_a_call_waits_and_the_first_in_order_is_served_first(
    seats: int, per_day: float, seed: int
) -> None:
    calls = demand(
        calls_per_day=(per_day,) * 4,
        reference_calls_per_day=(8.0,) * 4,
        reasons=(reason(p_urgency=(0.3, 0.4, 0.3), p_visit=0.0, talk=exponential(0.5)),),
        death_reason=reason("death", p_visit=0.0),
    )
    scenario = tiny(
        areas=(area(deaths_per_year=200.0),),
        demand=calls,
        ladder=(Step("team", "nurses", math.inf), UNIVERSAL_STEP),
        teams=(team(people=nurses(seats), patterns=(pattern(seats=seats),)),),
        run=Run.of_weeks(0, 1, 0),
    )
    ledger = simulate(scenario, seed, 0)
    time = ledger.setting.demand.calls.time
    own = [row for row in call_rows(ledger) if row["made"] and row["joined"] < 0]
    urgency_raised = {row["joined"] for row in call_rows(ledger)}
    deaths = set(np.flatnonzero(ledger.setting.demand.calls.number == DEATH_CALL).tolist())  # taken over on the line
    waits = [(time[row["call"]], row["ended"] if math.isnan(row["answered"]) else row["answered"], row) for row in own]
    busy = [(start, end) for _, _, _, start, end, *_ in ledger.tasks.rows]
    waited = 0
    for came, left, row in waits:
        if left > came:
            waited += 1
            at_work = sum(max(0.0, min(end, left) - max(start, came)) for start, end in busy)
            assert at_work == pytest.approx(seats * (left - came))
        if not math.isnan(row["answered"]) and row["call"] not in urgency_raised | deaths:
            for other_came, other_left, other in waits:
                if other_came < left < other_left:
                    assert (row["urgency"], came) <= (other["urgency"], other_came) or other["call"] in urgency_raised
    assert waited or per_day < 8.0 or seats > 1


# -- 10 and 11: the same question, the same bytes ---------------------------------------------------------------------


def everything(ledger: Ledger) -> str:
    return repr((ledger.calls.rows, ledger.tasks.rows, ledger.stays.rows))


@pytest.mark.parametrize("name", ["current_patchwork", "regional_rota"])
def test_the_same_seed_and_replication_give_the_same_ledger_whatever_else_was_run(name: str) -> None:
    scenario = england(name, FOUR)
    third = everything(simulate(scenario, 5, 3))
    assert everything(simulate(scenario, 5, 2)) != third
    assert everything(simulate(england("icb_rota", FOUR), 5, 3)) != third
    assert everything(simulate(scenario, 5, 3)) == third


@pytest.mark.parametrize("name", ["current_patchwork", "icb_rota", "regional_rota"])
def test_the_order_of_areas_and_teams_changes_nothing(name: str) -> None:
    scenario = england(name, FOUR)
    turned = replace(scenario, areas=scenario.areas[::-1], teams=scenario.teams[::-1])
    ours, theirs = ({row[:3]: row[3:] for row in measure(simulate(one, 1, 0), one)} for one in (scenario, turned))
    assert ours.keys() == theirs.keys()
    for key, numbers in ours.items():
        assert theirs[key] == pytest.approx(numbers, abs=1e-6), key


def test_an_area_beside_it_changes_nothing_for_an_area_on_its_own() -> None:
    alone, beside = england("icb_rota", "areas=[QHG]"), england("icb_rota", "areas=[QHG,QUE]")
    found = [
        {
            row.measure: row[3:]
            for row in measure(simulate(one, 1, 0), one)
            if row.group == "area" and row.level == "QHG"
        }
        for one in (alone, beside)
    ]
    assert found[0] == found[1]


# -- 12: extremes whose answer is known -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_without_demand_nothing_happens(name: str) -> None:
    scenario = england(name, FOUR)
    scenario = replace(
        scenario, demand=replace(scenario.demand, deaths_multiple=0.0, background_children_per_death=0.0)
    )
    ledger = simulate(scenario, 1, 0)
    assert (len(ledger.calls), len(ledger.tasks), len(ledger.stays), len(ledger.setting.standby)) == (0, 0, 0, 0)
    nurse = values(measure(ledger, scenario), "role", "community_nurse")
    assert nurse["disturbed_nights_per_month_worst"] == nurse["goodwill_hours_per_week_worst"] == 0.0


def test_without_staff_every_call_is_unmet_because_nothing_is_commissioned() -> None:
    scenario = replace(england("icb_rota", FOUR), teams=(), general_services=NO_GENERAL_SERVICES)
    ledger = simulate(scenario, 1, 0)
    made = [row for row in call_rows(ledger) if row["made"]]
    assert len(made) > 100
    assert {(row["outcome"], row["cause"], row["part"]) for row in made} == {("unmet", "not_commissioned", "answer")}
    assert len(ledger.tasks) == 0
    holds(scenario, ledger)


def test_with_staff_without_end_every_call_is_met_but_by_a_death_while_they_talk() -> None:
    scenario = tiny(
        areas=(area(deaths_per_year=600.0),),
        teams=(team(people=nurses(90), patterns=(pattern(seats=90),)),),
        run=Run.of_weeks(0, 2, 0),
        follows=Follows((0.3, 0.2), (0.3, 0.2), (0.5, 0.4), (0.8, 0.6), 1.0, hours(96.0), 0.4, 1.5),
    )
    ledger = simulate(scenario, 1, 0)
    rows = call_rows(ledger)
    made = [row for row in rows if row["made"]]
    assert len(made) > 50
    assert {(row["outcome"], row["cause"]) for row in made} <= {("met", ""), ("overtaken_by_death", "too_slow")}
    assert sum(row["outcome"] == "met" for row in made) > 0.95 * len(made)
    assert any(row["outcome"] == "in_hospital" for row in rows)  # and nobody is there after a failure
    assert "in_hospital_after_failure" not in {row["outcome"] for row in rows}
    time = ledger.setting.demand.calls.time
    assert all(row["answered"] == time[row["call"]] for row in made if row["joined"] < 0)


# -- 14 and 15: sums --------------------------------------------------------------------------------------------------


def test_areas_regions_and_bands_of_hours_add_up_to_england(shipped: tuple[Scenario, Ledger]) -> None:
    rows = measure(*reversed(shipped))
    england_wide = {row.measure: row for row in rows if row.group == "england"}
    for group in ("area", "region", "area_type", "rural"):
        for name in ("unmet_demand_share", "met_share", "calls_per_family", "minutes_to_answer"):
            here = [row for row in rows if row.group == group and row.measure == name]
            assert sum(row.numerator for row in here) == pytest.approx(england_wide[name].numerator)
            assert sum(row.denominator for row in here) == pytest.approx(england_wide[name].denominator)
    all_hours, dark, night = (england_wide[f"unmet_demand_share{band}"].denominator for band in BANDS)
    assert all_hours > dark > night > 0


def test_hours_of_each_clinician_add_up_to_the_hours_of_all(shipped: tuple[Scenario, Ledger]) -> None:
    scenario, ledger = shipped
    start, end = scenario.run.window
    each = per_person(ledger, scenario)
    unpaid = sum(
        max(0.0, min(stop, end) - max(begin, start))
        for _, _, kind, begin, stop, duty, *_ in ledger.tasks.rows
        if duty < 0 and TASKS[kind] != "ring"
    )
    assert each["goodwill_hours_per_week"].sum() * scenario.run.weeks == pytest.approx(unpaid)
    duties = ledger.setting.duties
    held = duties.on_call & duties.funded & (duties.person >= 0)
    hours = np.maximum(np.minimum(duties.end, end) - np.maximum(duties.start, start), 0.0)[held].sum()
    assert each["hours_on_call_per_week"].sum() * scenario.run.weeks == pytest.approx(hours)
    assert (each["nights_on_call_share"] <= 1.0).all()
    assert (each["disturbed_nights_per_month"] <= 31.0 * HOURS_PER_DAY / 24.0).all()
