"""The plainest service in the planner's language: places without geography, calls without families, runs in hours."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from sim import config
from sim.demand.calls_alone import expected_calls
from sim.demand.table import draw_demand
from sim.domain.demand import CallsAlone
from sim.domain.law import Law
from sim.domain.scenario import Run, Scenario
from sim.errors import BadInput
from sim.experiment.replicate import unit
from sim.model import simulate
from sim.rota.duties import lay_duties
from sim.rota.staff import draw_staff
from sim.rota.supply import deal_area_types
from tests.story import values
from tests.tiny import KEY, england

TWO = ["area_table.places=[A,B]", "hours=400", "warmup_hours=0", "beyond_hours=0"]


def plain(*overrides: str) -> Scenario:
    return england("plain_queue", *overrides)


def planned(folder: Path, text: str) -> config.Plan:
    (folder / "mine.yaml").write_text(f"based_on: plain_queue\nquestion: What if?\n{text}\n", encoding="utf-8")
    return config.plan(str(folder / "mine.yaml"))


# -- length ------------------------------------------------------------------------------------------------------------


def test_a_run_is_so_many_hours():
    run = plain("hours=12", "warmup_hours=0", "beyond_hours=0").run
    assert (run.window, run.horizon, run.days) == ((0.0, 12.0), 12.0, 1)


def test_a_run_in_weeks_is_the_same_run_in_hours():
    run = Run.of_weeks(17, 52, 2)
    assert run == Run(17 * 168.0, 52 * 168.0, 2 * 168.0)
    assert (run.warmup_weeks, run.weeks, run.beyond_weeks, run.days) == (17, 52, 2, 364)
    assert isinstance(run.weeks, int)


def test_weeks_that_would_change_nothing_are_refused():
    with pytest.raises(BadInput, match="weeks = 4: hours = 1000 is set, so it would change nothing; write hours=672"):
        plain("weeks=4")


# -- calls without families --------------------------------------------------------------------------------------------


def calls_by_area(scenario: Scenario) -> dict[str, set[float]]:
    table = draw_demand(scenario, *KEY)
    area = table.families.area[table.calls.family]
    return {place.code: set(table.calls.time[area == row]) for row, place in enumerate(scenario.areas)}


def test_each_call_is_a_family_of_its_own_and_counted_as_one():
    table = draw_demand(plain("hours=400"), *KEY)
    assert len(set(table.calls.family)) == len(table.calls) == len(table.families)
    assert not table.families.background.any()
    assert len(table.children) == len(table.planned) == 0


def test_another_area_or_its_rate_changes_nobody_elses_calls():
    both = calls_by_area(plain(*TWO, "demand.calls_per_hour={A: 1, B: 3}"))
    assert both["A"] == calls_by_area(plain(*TWO, "demand.calls_per_hour={A: 1, B: 0}"))["A"]
    assert both["A"] == calls_by_area(plain(*TWO, "demand.calls_per_hour={A: 1, B: 3}", "areas=[A]"))["A"]
    assert len(both["B"]) > 2 * len(both["A"])


def test_expected_calls_follow_the_weights_of_the_week():
    alone = CallsAlone((2.0,), (0.0, 2.0))  # nothing in the first half of the week
    assert expected_calls(alone, 0.0, 84.0) == pytest.approx([0.0])
    assert expected_calls(alone, 84.0, 168.0) == pytest.approx([336.0])
    assert expected_calls(alone, 42.0, 168.0 + 126.0) == pytest.approx([336.0 + 168.0])


def test_hours_and_days_of_a_profile_multiply():
    night_only = "[1,1,1,1,1,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]"
    scenario = plain(f"demand.profile={{hours: {night_only}, days: [1,0,0,0,0,0,0]}}", "hours=1680")
    times = draw_demand(scenario, *KEY).calls.time
    assert len(times) > 500
    assert (times % 168 < 6).all()


def test_a_cosine_is_drawn_to_the_minute_with_the_mean_that_is_written():
    scenario = plain("demand.profile={cosine: {amplitude: 1, peak_hour: 19}}", "demand.calls_per_hour=5", "hours=4800")
    alone = scenario.demand.calls_alone
    assert len(alone.weights) == 7 * 24 * 60
    assert np.mean(alone.weights) == pytest.approx(1.0)
    assert alone.weights[19 * 60] == pytest.approx(2.0, abs=1e-4)
    assert alone.weights[7 * 60] == pytest.approx(0.0, abs=1e-4)
    angle = 2 * np.pi * (draw_demand(scenario, *KEY).calls.time % 24 - 19) / 24
    assert np.cos(angle).mean() == pytest.approx(0.5, abs=0.02)  # amplitude / 2


def test_a_caseload_has_its_own_stay_and_one_rate_of_calls(tmp_path):
    text = (
        "defaults: [override /demand: caseload]\n"
        "demand: {referrals_per_week: 3, stay: {law: fixed, mean_days: 10}, calls_per_family_day: 0.5}"
    )
    plan = planned(tmp_path, text)
    demand = plan.scenario.demand
    assert demand.episode == Law("fixed", 240.0)
    assert (demand.calls_per_day, demand.frailty_shape, demand.death_calls) == ((0.5,) * 4, np.inf, 0)
    families = draw_demand(plan.scenario, *KEY).families
    assert np.allclose(families.death - families.start, 240.0)


def test_the_whole_way_from_file_to_measures():
    rows = unit(plain("hours=336", "teams.nurses.people=0"), 1, 0)
    assert values(rows)["unmet_demand_share"] == 1.0


def test_a_law_of_ones_own_for_the_length_of_a_call():
    scenario = plain("reasons.call.talk={law: fixed, mean_minutes: 30}", "hours=100")
    assert set(draw_demand(scenario, *KEY).calls.talk) == {0.5}


# -- places and shifts -------------------------------------------------------------------------------------------------


def test_places_are_areas_at_one_spot_in_order_of_their_names():
    areas = plain("area_table.places=[B,A]").areas
    assert [area.code for area in areas] == ["A", "B"]
    assert len({area.centre_km for area in areas}) == 1
    assert {area.mean_km for area in areas} == {0.0}


def test_a_pattern_for_only_some_of_the_team():
    day, night = "{hours: 08-20, only: [1, 3]}", "{hours: 20-08, only: [2]}"
    shifts = ["teams.nurses.people=3", "teams.nurses.patterns.always=null"]
    scenario = plain(*shifts, f"teams.nurses.patterns.day={day}", f"teams.nurses.patterns.night={night}", "hours=96")
    duties = lay_duties(scenario, draw_staff(scenario, KEY), deal_area_types(scenario, KEY), KEY)
    who = {number: set(duties.person[duties.pattern == number].tolist()) for number in (0, 1)}
    assert who == {0: {0, 2}, 1: {1}}


def test_waiting_calls_pass_to_the_next_shift_and_work_in_hand_is_finished():
    shifts = ["teams.nurses.people=2", "teams.nurses.patterns.always=null"]
    day, night = "{hours: 08-20, only: [1]}", "{hours: 20-08, only: [2]}"
    scenario = plain(*shifts, f"teams.nurses.patterns.day={day}", f"teams.nurses.patterns.night={night}", "hours=200")
    ledger = simulate(scenario, *KEY)
    phone = [(row[0], row[3], row[4]) for row in ledger.tasks.rows]
    assert {person for person, start, _ in phone if 8 <= start % 24 < 20} == {0}
    assert {person for person, start, _ in phone if not 8 <= start % 24 < 20} == {1}
    assert any(end % 24 > 20 or end // 24 > start // 24 for person, start, end in phone if person == 0)


BAD: Mapping[str, str] = {
    "area_table.places=[]": "area_table.places = []: no place; write places: [A], or null for the table of areas",
    "area_table.places=[A,A]": "area_table.places = [A, A]: A must be one word of letters and digits, once; "
    "write places: [A, B]",
    "demand.calls_per_hour=many": "demand.calls_per_hour = many: must be a number from 0 to 10,000, or one for each "
    "area; write demand.calls_per_hour: 2.0, or demand.calls_per_hour: {A: 1.2, B: 0.6}",
    "demand.calls_per_hour={Z: 1}": "demand.calls_per_hour.Z: no area of that code or name; known: A",
    "demand.profile=sinus.csv": "demand.profile = sinus.csv: no such table beside the file that names it, nor in "
    "configs/demand; put it there",
    "demand.profile={days: [1, 2]}": "demand.profile.days = [1, 2]: must be 7 weights from 0, not all 0",
    "demand.profile={cosine: {amplitude: 2, peak_hour: 3}}": "demand.profile.cosine.amplitude = 2: must be a number "
    "from 0 to 1",
    "demand.profile={sine: 1}": "demand.profile: sine: no profile of the week",
    "teams.nurses.patterns.always.only=[2]": "teams.nurses.patterns.always.only = [2]: team A has 1 people; name "
    "places in its list, from 1",
    "teams.nurses.patterns.always.only=[0]": "teams.nurses.patterns.always.only = [0]: must be places in the team's "
    "list, from 1, each once; write only: [1, 2, 3, 4]",
    "teams.nurses.people=existing": "workforce.file = posts.csv: no row for A, where people in post are "
    "asked for by nurses (people: existing)",
    "demand.winter_multiple=1.2": "demand.winter_multiple = 1.2: kind: calls has no winter; write winter_multiple: 1",
    "demand=caseload": "",
    "demand=caseload demand.stay={law: lognormal, mean_days: 28, cv: 3}": "demand.stay.law = lognormal: stays are "
    "followed for 25 means, and 3.7 % of the time of this law lies beyond; choose a law with a lighter tail: a smaller "
    "cv, a larger shape",
}


@pytest.mark.parametrize("override", BAD)
def test_what_cannot_be_is_one_line(override):
    if not BAD[override]:
        assert plain(override).demand.calls_alone is None
        return
    with pytest.raises(BadInput) as error:
        plain(*override.split(" ", 1) if override.startswith("demand=") else [override])
    assert BAD[override] in str(error.value)
    assert "\n" not in str(error.value)


def test_a_reason_without_a_length_says_how_to_write_one(tmp_path):
    text = "reasons: {short: {weight_share: 1, p_emergency: 0, p_urgent: 1, p_visit: 0, p_second_person: 0, "
    text += "p_new_prescription: 0, p_need_level_1: 1, p_need_level_2: 0, p_need_level_3: 0, p_need_level_4: 0}}"
    with pytest.raises(BadInput) as error:
        planned(tmp_path, text)
    assert str(error.value) == (
        "mine.yaml: reasons.short.talk_minutes: missing for a reason called short; write talk_minutes: 10, or talk: "
        "{law: exponential, mean_minutes: 10}"
    )


def test_kinds_that_need_numbers_of_their_own_say_so():
    with pytest.raises(BadInput, match="missing for kind: caseload; choose the parts made for it"):
        plain("demand.kind=caseload")


def test_calls_by_the_hour_of_the_week_know_no_bank_holidays():
    profile = "demand.profile={cosine: {amplitude: 0.5, peak_hour: 3}}"
    with pytest.raises(BadInput, match="calls without families know no bank holidays"):
        plain(profile, "calendar.bank_holidays=England")
