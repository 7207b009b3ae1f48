"""Two teams that share their people: one person, one duty at a time, and work that is counted once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim import config
from sim.domain.calendar import ALL_DAYS, Calendar, Span, out_of_hours_spans
from sim.domain.scenario import Step
from sim.errors import BadInput
from sim.experiment.posts import people as people_of
from sim.exposure import without_visit
from sim.measures.burden import burden, per_person
from sim.rota.duties import GAP
from sim.rota.staff import draw_staff
from tests.story import became, done, play, values, written
from tests.tiny import (
    KEY,
    MONDAY,
    UNIVERSAL_STEP,
    call,
    duties_of,
    england,
    family,
    nurses,
    pattern,
    setting,
    team,
    tiny,
)

DARK = out_of_hours_spans(Calendar(MONDAY))
NIGHT = pattern("night", DARK, at="on_call")
DAY = pattern("day", (Span(ALL_DAYS, 9.0, 17.0),))


def two_teams(number: int, first=(NIGHT,), second=(NIGHT,), **changes):
    """So many nurses in a local team and, the same people, in a helpline."""
    local = team("local", nurses(number), patterns=first)
    return tiny(teams=(local, team("helpline", nurses(number), patterns=second)), **changes)


def rows(scenario, number: int, staff=None) -> list[tuple[float, float, int]]:
    """Start, end and person of the duties of one team, by time."""
    duties = duties_of(scenario, staff)
    here = duties.team == number
    columns = (duties.start[here], duties.end[here], duties.person[here])
    return sorted(zip(*(column.tolist() for column in columns), strict=True))


# -- one person, one duty ---------------------------------------------------------------------------------------------


def test_the_shared_are_one_row_of_the_staff_each():
    """Catches a second self with other absences and another home."""
    staff = draw_staff(two_teams(3), KEY)
    assert [person.code for person in staff.people] == [f"AAA.community_nurse.{k}" for k in (1, 2, 3)]
    assert [members.tolist() for members in staff.members] == [[0, 1, 2], [0, 1, 2]]


def test_a_seat_of_the_later_team_goes_to_the_next_of_the_list_while_its_holder_sits_in_the_earlier_one():
    """Both rotas go round the list alike: every night the helpline's holder holds the local seat already.

    Would catch a helpline with gaps on all nights while two of three people are free.
    """
    scenario = two_teams(3)
    assert [who for _, _, who in rows(scenario, 0)][:4] == [0, 1, 2, 0]
    assert [who for _, _, who in rows(scenario, 1)][:4] == [1, 2, 0, 1]


def test_the_team_written_first_goes_first():
    """With one person for both it is the team written later that has the gaps, whichever it is."""
    scenario = two_teams(1)
    for teams in (scenario.teams, scenario.teams[::-1]):
        assert {who for _, _, who in rows(tiny(teams=teams), 0)} == {0}
        assert {who for _, _, who in rows(tiny(teams=teams), 1)} == {GAP}


def test_only_the_hours_in_which_two_duties_meet_are_lost():
    """Local evenings to 22:00 and a helpline to 24:00 of one nurse: she answers from 22:00."""
    scenario = two_teams(
        1, (pattern("evening", (Span(ALL_DAYS, 17.0, 22.0),)),), (pattern("late", (Span(ALL_DAYS, 20.0, 24.0),)),)
    )
    assert rows(scenario, 0)[:2] == [(17, 22, 0), (41, 46, 0)]
    assert rows(scenario, 1)[:4] == [(20, 22, GAP), (22, 24, 0), (44, 46, GAP), (46, 48, 0)]


def test_being_at_work_for_the_later_team_beats_being_on_call_for_the_earlier():
    """At work goes before the order of teams; on call gives way without a gap, because she is at work."""
    around = pattern("around", at="on_call")
    scenario = two_teams(1, (around,), (DAY,))
    assert rows(scenario, 1)[0] == (9, 17, 0)
    assert rows(scenario, 0)[:3] == [(0, 9, 0), (17, 33, 0), (41, 57, 0)]


def test_a_shift_of_everybody_leaves_no_gap_where_one_of_them_holds_a_seat():
    """By day she holds the local seat; the helpline's shift, which has no seats, goes on without her."""
    everybody = pattern("day", DAY.spans, seats=None, rotation="everyone")
    assert rows(two_teams(1, first=(DAY,), second=(everybody,)), 1) == []


def test_nobody_is_in_two_teams_at_once():
    duties = duties_of(two_teams(4, (DAY, NIGHT), (NIGHT, pattern("weekend", rotation="weekend_split"))))
    for person in range(4):
        mine = np.flatnonzero(duties.person == person)
        order = mine[np.argsort(duties.start[mine])]
        assert (duties.start[order][1:] >= duties.end[order][:-1]).all()


def test_a_team_that_shares_some_has_its_own_people_too():
    """The helpline's third is in no other team; the first two lose their nights to the local rota."""
    local = team("local", nurses(2), patterns=(NIGHT,))
    both = tiny(teams=(local, team("helpline", nurses(3), patterns=(NIGHT,))))
    holders = [who for _, _, who in rows(both, 1)]
    assert set(holders) <= {GAP, 0, 1, 2}
    assert 2 in holders


# -- counted once -----------------------------------------------------------------------------------------------------


def test_hours_on_call_are_counted_once():
    """One nurse in two rotas round the clock is on call for 168 hours a week, not 336."""
    around = (pattern("around", at="on_call"),)
    scenario = two_teams(1, around, around)
    ledger = written(scenario)
    assert per_person(ledger, scenario)["hours_on_call_per_week"].tolist() == [168]
    found = values(burden(ledger, scenario), "role", "community_nurse")
    assert found["people_on_rota"] == 1
    assert found["people_needed"] == 1
    assert found["hours_on_call_per_week_worst"] == 168


def test_people_of_a_study_are_counted_once():
    assert people_of(two_teams(4)) == [("community_nurse", 0, 4, 4)]


def test_a_nurse_with_a_family_of_one_team_is_busy_for_the_other():
    """At work to 17:00, then on call for the helpline: she visits for two hours from 16:45, and goes to the second
    family after that and the quarter of an hour in which she rings it back from the first.

    Catches a second self who is free for the second family at 17:00.
    """
    ladder = (*tiny().ladder[:1], Step("team", "helpline", 4.0), UNIVERSAL_STEP)
    teams = (team("nurses", nurses(1), patterns=(DAY,)), team("helpline", nurses(1), patterns=(NIGHT,)))
    calls = [call(16.5, visit=True, visit_hours=2.0), call(17.0, family=1, urgency="routine", visit=True)]
    visits = done(play(tiny(teams=teams, ladder=ladder), calls), "visit")
    assert visits[0][:2] == ("nurse 1", 16.75)
    assert visits[-1] == ("nurse 1", 19.0, 20.0, "visit")


def test_on_duty_for_one_team_nobody_answers_the_telephone_of_the_other():
    """At work for the helpline that no ladder names, she is free and was not asked."""
    only_local = (Step("team", "local", 1 / 6), UNIVERSAL_STEP)
    ledger = play(two_teams(1, first=(NIGHT,), second=(DAY,), ladder=only_local), [call(12.0), call(20.0, family=1)])
    assert became(ledger) == [("unmet", "not_asked"), ("met", "")]


def test_one_shared_nurse_covers_a_family_once():
    """Exposure counts hours, not duties: two rotas of the same person cover 168 hours of the week."""
    scenario = two_teams(1, (DAY,), (NIGHT,))
    laid = setting(scenario, [family()])
    # in hours of Monday to Friday both rotas, and 09:00-17:00 at the weekend she is at work
    assert without_visit(scenario, laid, laid.duties).uncovered.tolist() == [0]


# -- as a planner writes it -------------------------------------------------------------------------------------------

SHARED = """\
based_on: icb_rota
question: What if the same nurses kept a telephone for the region?
areas: [QHG, QUE]
teams:
  helpline: {role: community_nurse, grouping: regions, people: {shared_with: community_nurses},
             patterns: {night: {hours: out_of_hours, at: on_call, seats: 1, visiting: false}}}
"""


def planned(tmp_path: Path, text: str) -> config.Plan:
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    return config.plan(str(tmp_path / "mine.yaml"))


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """The planner's file, from which changes of the helpline depart."""
    file = tmp_path_factory.mktemp("shared") / "mine.yaml"
    file.write_text(SHARED, encoding="utf-8")
    return str(file)


def test_a_planner_s_teams_share_their_people(shared):
    """Both areas lie in the East of England: the helpline has the people of both, in the order of the teams."""
    scenario = england(shared)
    local = [person for one in scenario.teams if one.plan == "community_nurses" for person in one.people]
    (helpline,) = [one for one in scenario.teams if one.plan == "helpline"]
    assert helpline.areas == ("QHG", "QUE")
    assert list(helpline.people) == local
    assert len(local) == len(set(local)) > 2


def test_shared_people_by_area_are_those_who_live_there(shared):
    scenario = england(shared, "teams.helpline.grouping=none")
    found = {one.areas: one.people for one in scenario.teams if one.plan == "helpline"}
    assert set(found) == {("QHG",), ("QUE",)}
    assert all({person.area for person in who} == set(areas) for areas, who in found.items())


BAD = [
    (
        "people: 3",
        "mine.yaml: teams.helpline.role = community_nurse: team community_nurses has that role in QHG: "
        "the same people would stand in two teams; "
        "add the patterns to community_nurses, or say people: {shared_with: community_nurses}",
    ),
    (
        "people: {shared_with: comunity_nurses}",
        "mine.yaml: teams.helpline.people.shared_with = comunity_nurses: must be a team written before this one; "
        "did you mean community_nurses or specialist_nurses?",
    ),
    (
        "people: {shared_with: helpline}",
        "mine.yaml: teams.helpline.people.shared_with = helpline: must be a team written before this one; "
        "write that team first",
    ),
    (
        "people: {shared_with: later}",
        "mine.yaml: teams.helpline.people.shared_with = later: must be a team written before this one; "
        "write that team first",
    ),
    (
        "people: {shared_with: consultants}",
        "mine.yaml: teams.helpline.people.shared_with = consultants: team consultants has role consultant, "
        "this one community_nurse; share people of one role",
    ),
    (
        "people: {shared_with: community_nurses, per_area: 2}",
        "mine.yaml: teams.helpline.people = {shared_with: community_nurses, per_area: 2}: "
        "a table here holds shared_with and nothing else; write {shared_with: community_nurses}",
    ),
]
LATER = "teams.later={role: community_nurse, people: 2, patterns: {night: {hours: 21-07, at: on_call, seats: 1}}}"


@pytest.mark.parametrize(("people", "complaint"), BAD, ids=[words for words, _ in BAD])
def test_bad_sharing_is_one_line(people, complaint, shared):
    with pytest.raises(BadInput) as error:
        england(shared, f"teams.helpline.{people.replace(': ', '=', 1)}", *[LATER] * ("later" in people))
    assert str(error.value).partition(": ")[2] == complaint.partition(": ")[2]  # but for the file that says it


def test_bad_sharing_in_a_file_names_the_file(tmp_path):
    people, complaint = BAD[0]
    with pytest.raises(BadInput) as error:
        planned(tmp_path, SHARED.replace("people: {shared_with: community_nurses}", people))
    assert str(error.value) == complaint
