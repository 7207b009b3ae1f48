"""One cause taken away at a time: what each change does to a scenario, and to nothing else of it."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from sim.config import plan
from sim.domain.staff import Clinician
from sim.errors import BadInput
from sim.experiment import attribute
from sim.model import simulate
from sim.rota.duties import lay_duties
from sim.rota.staff import draw_staff
from sim.rota.supply import deal_area_types
from tests.tiny import england

KEY = (1, 0)
SMALL = ["areas=[QHG,QE1]", "weeks=4", "warmup_weeks=13", "replications=2"]


@pytest.fixture(scope="module")
def base():
    return plan("icb_rota", SMALL)


def test_each_cause_the_scenario_has_is_taken_away_in_turn(base):
    base = replace(base, see="What one should see in it as it is.")
    made = attribute.plans(base)
    assert made[0] is base
    assert not any(one.see for one in made[1:])
    words = [one.scenario.name.removeprefix("icb_rota_") for one in made[1:]]
    assert words == ["everyone_reachable", "no_gaps", "one_more_seat", "goodwill_off", "consultant_always"]
    assert len({one.fingerprint for one in made}) == len(made)
    assert all(one.scenario.question.startswith("What if") for one in made)


def test_a_rest_rule_is_a_cause_where_there_is_one(base):
    resting = replace(base, scenario=england("icb_rota", *SMALL, "rota.rest=delay"))
    changed = next(one.scenario for one in attribute.plans(resting) if one.scenario.name.endswith("no_rest_rule"))
    assert changed.rota.rest == "ignored"


def test_boundaries_are_a_cause_where_there_are_any():
    """Catches refusals that no change takes away, so that they look like a want of people."""
    split = plan("regional_rota", [*SMALL, "boundary=on"])
    changed = next(one.scenario for one in attribute.plans(split) if one.scenario.name.endswith("no_boundaries"))
    assert changed.overlays == england("regional_rota", *SMALL).overlays


def test_a_scenario_without_any_of_the_causes_is_refused(base, monkeypatch):
    monkeypatch.setattr(attribute, "CAUSES", ())
    with pytest.raises(BadInput, match="none of the causes"):
        attribute.plans(base)


def test_everyone_reachable_leaves_nobody_out_of_reach(base):
    scenario = attribute.everyone_reachable(base.scenario)
    assert scenario.travel.reach == math.inf
    causes = {cause for seed in (1, 2, 3) for cause in simulate(scenario, seed, 0).calls.column("cause")}
    assert "out_of_reach" not in causes


def test_no_gaps_leaves_no_seat_empty(base):
    scenario = attribute.no_gaps(base.scenario)
    duties = lay_duties(scenario, draw_staff(scenario, KEY), deal_area_types(scenario, KEY), KEY)
    assert (duties.person >= 0).all()


def test_one_more_seat_has_people_of_its_own_and_moves_no_frequency(base):
    before, after = base.scenario, attribute.one_more_seat(base.scenario)
    for old, new in zip(before.teams, after.teams, strict=True):
        assert new.people[: len(old.people)] == old.people
        seats = [(one.seats, other.seats) for one, other in zip(old.patterns, new.patterns, strict=True) if one.seats]
        assert all(more == one + 1 for one, more in seats)
        if seats:
            assert len(new.people) == 2 * len(old.people)
    codes = [person.code for team in after.teams for person in team.people]
    assert len(codes) == len(set(codes)) or len(set(codes)) == len({p for t in after.teams for p in t.people})


def test_new_people_hold_turns_and_no_day_shift(base):
    scenario = attribute.one_more_seat(base.scenario)
    old = {person.code for team in base.scenario.teams for person in team.people}
    staff = draw_staff(scenario, KEY)
    duties = lay_duties(scenario, staff, deal_area_types(scenario, KEY), KEY)
    new = np.array([person.code not in old for person in staff.people])
    held = duties.person >= 0
    assert new.any()
    assert duties.on_call[held][new[duties.person[held]]].all()


def test_the_absences_of_everybody_else_stay_as_they_were(base):
    """Leave as it was wished for: in a larger team more may be away together, so fewer weeks are moved."""
    before, after = (
        draw_staff(replace(one, rota=replace(one.rota, leave_together_max=1.0)), KEY)
        for one in (base.scenario, attribute.one_more_seat(base.scenario))
    )
    row = {person.code: number for number, person in enumerate(after.people)}
    same = [row[person.code] for person in before.people]
    assert (after.leave[same] == before.leave).all()
    assert (after.sick[same] == before.sick).all()


def test_a_consultant_is_on_the_telephone_at_every_hour(base):
    scenario = attribute.consultant_always(base.scenario)
    duties = lay_duties(scenario, draw_staff(scenario, KEY), deal_area_types(scenario, KEY), KEY)
    for number, team in enumerate(scenario.teams):
        if team.plan == attribute.ALWAYS:
            mine = duties.team == number
            hours = (duties.end - duties.start)[mine & (duties.person >= 0)].sum()
            assert hours >= scenario.run.horizon
            assert not duties.visiting[mine].any()


def test_without_consultants_nothing_is_added(base):
    roles = tuple(role for role in base.scenario.roles if role.name != "consultant")
    scenario = replace(base.scenario, roles=roles)
    assert attribute.consultant_always(scenario) is scenario


def test_numbers_of_new_people_go_on_where_the_others_end(base):
    team = next(team for team in base.scenario.teams if any(p.seats for p in team.patterns))
    last: dict[tuple[str, str], int] = {(team.areas[0], team.role): 40}
    added = attribute._with_a_seat(team, last).people[len(team.people) :]
    assert added[0] == Clinician(f"{team.areas[0]}.{team.role}.41", team.role, team.areas[0], 41)
