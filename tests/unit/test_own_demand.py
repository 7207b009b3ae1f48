"""A planner's own families and calls: what they say holds, what they leave out is drawn, what cannot be is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from sim import config
from sim.config.log import FAMILY_COLUMNS, FAMILY_OPTIONAL, read_log
from sim.config.log_calls import CALL_COLUMNS, CALL_OPTIONAL
from sim.config.tables import Files, choose_areas
from sim.demand.calls import DEATH_CALL
from sim.demand.episodes import DETERIORATING, DYING
from sim.demand.table import DemandTable, draw_demand
from sim.domain.area import Area
from sim.domain.calendar import Calendar
from sim.domain.log import Log, LoggedCall, LoggedFamily
from sim.domain.scenario import Run, Scenario
from sim.errors import BadInput
from tests.tiny import MONDAY, area, by_hand, demand, england, reason, refused, tiny

ASH = LoggedFamily("Ash", "AAA", 10.0, 100.0)
BIRCH = LoggedFamily("Birch", "AAA", 20.0, 120.0)


def logged(
    *families: LoggedFamily, calls: tuple[LoggedCall, ...] | None = (), areas: tuple[Area, ...] = (area(),), **more: Any
) -> Scenario:
    return tiny(areas=areas, demand=demand(log=Log(families, calls), **more))


def table(scenario: Scenario, replication: int = 0) -> DemandTable:
    return draw_demand(scenario, 1, replication)


# -- what the log says holds, in every replication ---------------------------------------------------------------------


@pytest.mark.parametrize("replication", [0, 1, 2])
def test_families_are_those_of_the_log_with_what_it_says(replication: int) -> None:
    said = replace(
        ASH,
        rural=True,
        east_km=3.0,
        north_km=-4.0,
        quintile=2,
        prepared=True,
        advance_care_plan=True,
        safe_for_one=False,
    )
    children = table(logged(said, replace(BIRCH, prefers="hospital")), replication).children
    assert (children.start.tolist(), children.death.tolist()) == ([10, 20], [100, 120])
    assert children.prefers.tolist() == [1, 0]
    centre = area().centre_km
    got = [
        getattr(children, name)[0] for name in ("rural", "quintile", "prepared", "advance_care_plan", "safe_for_one")
    ]
    assert got == [True, 2, True, True, False]
    assert (children.east[0] - centre[0], children.north[0] - centre[1]) == pytest.approx((3, -4))
    assert not children.background.any()


def test_calls_are_those_of_the_log_and_no_other() -> None:
    """Catches a call at the death, background calls or calls at the usual rates added to a log."""
    calls = (LoggedCall("Ash", 50.0), LoggedCall("Ash", 100.0, is_death=True), LoggedCall("Birch", 30.0))
    found = table(
        logged(ASH, BIRCH, calls=calls, background_calls_per_child_year=50.0, background_children_per_death=9.0)
    )
    assert found.calls.time.tolist() == [30, 50, 100]
    assert found.calls.family.tolist() == [1, 0, 0]
    assert found.calls.number.tolist() == [0, 0, DEATH_CALL]
    assert len(found.families) == 2


def test_marks_are_those_of_the_log_and_others_follow_from_them() -> None:
    reasons = (reason("symptom", p_visit=1.0), reason("reassurance", p_visit=0.0, p_urgency=(0.0, 0.0, 1.0)))
    calls = (
        LoggedCall("Ash", 20.0, reason="reassurance"),
        LoggedCall("Ash", 30.0, reason="reassurance", urgency="emergency", needs_visit=True, needs_two=True, talk=2.0),
        LoggedCall("Ash", 40.0, reason="symptom", need_level=4, professional=True, needs_prescription=True),
    )
    found = table(logged(ASH, calls=calls, reasons=reasons)).calls
    assert found.reason.tolist() == [1, 1, 0]
    assert found.urgency.tolist() == [2, 0, 1]
    assert found.needs_visit.tolist() == [False, True, True]
    assert found.needs_two.tolist() == [False, True, False]
    assert found.need_level.tolist() == [2, 2, 4]
    assert found.professional.tolist() == [False, False, True]
    assert found.needs_prescription.tolist() == [False, False, True]
    assert found.talk.tolist() == [0.25, 2.0, 0.25]
    assert found.answer_patience.tolist() == [4.0, 0.5, 0.5]  # by the urgency of the log


def test_phases_begin_when_the_log_says() -> None:
    phases = table(logged(replace(ASH, deteriorates=60.0, dying=90.0))).phases
    begins = dict(zip(phases.phase.tolist(), phases.start.tolist(), strict=True))
    assert (begins[DETERIORATING], begins[DYING]) == (60.0, 90.0)
    assert phases.deteriorates.tolist() == [60.0]
    assert phases.start[0] == 10.0
    assert phases.end[-1] == 100.0
    assert phases.end[:-1].tolist() == phases.start[1:].tolist()


@pytest.mark.parametrize(
    ("told", "deteriorates", "dying"),
    [
        ({}, 52.0, 76.0),  # 24 h each, as the laws have it
        ({"dying": 40.0}, 16.0, 40.0),
        ({"deteriorates": 30.0}, 30.0, 76.0),
        ({"deteriorates": 88.0}, 88.0, 88.0),
        ({"dying": 20.0}, 10.0, 20.0),  # cut at the start of the episode
    ],
)
def test_a_phase_left_out_is_drawn_and_keeps_its_place(
    told: dict[str, float], deteriorates: float, dying: float
) -> None:
    phases = table(logged(replace(ASH, **told))).phases
    begins = dict(zip(phases.phase.tolist(), phases.start.tolist(), strict=True))
    assert phases.deteriorates.tolist() == [deteriorates]
    assert begins[DYING] == dying


def test_a_home_at_a_distance_lies_there_in_some_direction() -> None:
    places = [table(logged(replace(ASH, distance_km=5.0)), replication).children for replication in range(20)]
    centre = area().centre_km
    assert [float(np.hypot(c.east[0] - centre[0], c.north[0] - centre[1])) for c in places] == pytest.approx([5.0] * 20)
    assert len({float(c.east[0]) for c in places}) == 20


# -- what it leaves out is drawn ---------------------------------------------------------------------------------------


def test_marks_left_out_differ_by_replication_and_stay_in_one() -> None:
    scenario = logged(ASH, calls=tuple(LoggedCall("Ash", 10.0 + k) for k in range(80)))
    first, again, other = (table(scenario, replication).calls.needs_visit.tolist() for replication in (0, 0, 1))
    assert first == again
    assert first != other
    assert 20 <= sum(first) <= 60  # binomial(80, 0.5): a false alarm once in 100,000


def test_another_family_or_another_order_changes_nobody() -> None:
    """Catches numbers made of rows."""
    calls = (LoggedCall("Birch", 30.0), LoggedCall("Birch", 40.0))
    alone, both = table(logged(BIRCH, calls=calls)), table(logged(ASH, BIRCH, calls=calls))
    for name in ("number", "start", "death", "quintile", "east", "offer", "prepared"):
        assert getattr(alone.children, name)[0] == getattr(both.children, name)[1], name
    for name in ("time", "needs_visit", "advice", "high"):
        assert getattr(alone.calls, name).tolist() == getattr(both.calls, name).tolist(), name


def test_without_a_table_of_calls_they_are_drawn_at_the_usual_rates() -> None:
    """A day-rate of 1 over 80 families of 90 hours, and one call at each death."""
    families = tuple(replace(ASH, name=f"F{k:02}") for k in range(80))
    found = table(logged(*families, calls=None)).calls
    deaths = int((found.number == DEATH_CALL).sum())
    expected = 80 * 90 / 24
    assert deaths == 80
    assert abs(len(found) - deaths - expected) < 5 * expected**0.5


def test_only_families_of_the_runs_areas_and_weeks_take_part() -> None:
    before, after = LoggedFamily("Old", "AAA", -300.0, -10.0), LoggedFamily("New", "AAA", 500.0, 600.0)
    elsewhere = LoggedFamily("Far", "BBB", 10.0, 100.0)
    over = LoggedFamily("Over", "AAA", -50.0, 40.0)
    calls = (LoggedCall("Far", 50.0), LoggedCall("Old", -20.0), LoggedCall("Over", -5.0), LoggedCall("Over", 5.0))
    found = table(logged(ASH, before, after, elsewhere, over, calls=calls))
    assert found.children.start.tolist() == [-50, 10]
    assert found.calls.time.tolist() == [5]


def test_names_with_the_same_number_stay_two_families(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.demand.log.number_of", lambda name: 7)
    assert sorted(table(logged(ASH, BIRCH)).children.number.tolist()) == [7, 8]


# -- reading the tables ------------------------------------------------------------------------------------------------

FAMILIES = """\
family,area,start,death,prefers,quintile
Ash,QHG,2027-01-05T09:00,2027-01-12T03:10,,
Birch,QUE,30,200.5,home,2

Cedar,QHG,2027-01-06 08:00,2027-01-20 14:30,hospice,
"""
CALLS = """\
family,time,reason,urgency,needs_two,talk_minutes
Birch,100,symptom,urgent,yes,30
Ash,,death,,,
Ash,2027-01-05T10:30,,,,
"""
OWN = """\
question: What would our own families have met?
based_on: current_patchwork
demand: {kind: log, families_csv: ./families.csv, calls_csv: ./calls.csv}
warmup_weeks: 0 # assumed: the log begins with the run
weeks: 3 # assumed: the log is short
areas: [QHG, QUE]
"""


def written(folder: Path, families: str = FAMILIES, calls: str = CALLS, own: str = OWN) -> str:
    (folder / "families.csv").write_text(families, encoding="utf-8")
    (folder / "calls.csv").write_text(calls, encoding="utf-8")
    (folder / "mine.yaml").write_text(own, encoding="utf-8")
    return str(folder / "mine.yaml")


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> config.Plan:
    return config.plan(written(tmp_path_factory.mktemp("ours")))


def test_times_are_hours_from_the_start_date_and_rows_come_in_order_of_name(ours: config.Plan) -> None:
    log = ours.scenario.demand.log
    assert log is not None
    assert [(f.name, f.area, f.start, f.death, f.prefers, f.quintile) for f in log.families] == [
        ("Ash", "QHG", 33.0, 7 * 24 + 27 + 10 / 60, "home", None),
        ("Birch", "QUE", 30.0, 200.5, "home", 2),
        ("Cedar", "QHG", 56.0, 16 * 24 + 14.5, "hospice", None),
    ]
    assert log.calls == (
        LoggedCall("Ash", 34.5),
        LoggedCall("Ash", log.families[0].death, is_death=True, reason="death"),
        LoggedCall("Birch", 100.0, False, "symptom", "urgent", needs_visit=True, needs_two=True, talk=0.5),
    )


def test_sums_of_the_tables_are_in_the_resolved_configuration_and_a_change_is_noticed(tmp_path: Path) -> None:
    plan = config.plan(written(tmp_path))
    (tmp_path / "again.yaml").write_text(plan.resolved, encoding="utf-8")
    assert config.plan(str(tmp_path / "again.yaml")).fingerprint == plan.fingerprint
    written(tmp_path, calls=CALLS.replace("100", "101"))
    assert config.plan(str(tmp_path / "mine.yaml")).fingerprint != plan.fingerprint
    with pytest.raises(BadInput, match=r"demand.calls_csv = calls.csv: the table has changed"):
        config.plan(str(tmp_path / "again.yaml"))


def test_numbers_that_the_log_replaces_are_no_assumptions_of_the_run(tmp_path: Path, ours: config.Plan) -> None:
    with_calls = {key for key, *_ in ours.assumptions}
    only_families = {key for key, *_ in config.plan(written(tmp_path), ["demand.calls_csv=null"]).assumptions}
    usual = {key for key, *_ in config.plan("current_patchwork").assumptions}
    assert "demand.p_prepared" in with_calls
    assert {"demand.deaths_multiple", "demand.conditions.cancer.share"} <= usual - only_families
    assert {"demand.calls_per_child_day.dying", "demand.frailty_shape"} <= only_families - with_calls


def test_the_example_of_the_page_is_a_scenario(tmp_path: Path, home: Path) -> None:
    page = (home / "docs" / "own_demand.md").read_text(encoding="utf-8")
    example = page.split("```yaml\n")[1].split("```")[0]
    log = config.plan(
        written(tmp_path, FAMILIES.replace("2027", "2025"), CALLS.replace("2027", "2025"), example)
    ).scenario
    assert log.demand.log is not None
    assert log.place.home_anyway == 1


def test_the_page_names_every_column(home: Path) -> None:
    page = (home / "docs" / "own_demand.md").read_text(encoding="utf-8")
    for column in (*FAMILY_COLUMNS, *FAMILY_OPTIONAL, *CALL_COLUMNS, *CALL_OPTIONAL):
        assert f"`{column}`" in page, column


HEAD = FAMILIES.splitlines()[0] + "\n"
CALL_HEAD = CALLS.splitlines()[0] + "\n"
BAD_FAMILIES = [
    ("", "families.csv: empty; the first line names the columns: family, area, start, death"),
    (HEAD, "families.csv: no rows; add one below the names of the columns"),
    (
        "family|area|start|death\nAsh|QHG|1|2\n",
        "families.csv line 1: family|area|start|death: one column only; put commas, semicolons or tabs between the "
        "columns",
    ),
    (
        "family,area,strat,death\nAsh,QHG,1,2\n",
        "families.csv line 1: strat: no such column; did you mean start?",
    ),
    (
        "family,area,start,death,dyin\nAsh,QHG,1,2,\n",
        "families.csv line 1: dyin: no such column; did you mean dying?",
    ),
    (
        "family,area,death\nAsh,QHG,2\n",
        "families.csv line 1: start: column missing; columns needed: family, area, start, death",
    ),
    (
        "family,area,start,death,area\nAsh,QHG,1,2,QUE\n",
        "families.csv line 1: area: stands there twice; take one out",
    ),
    (
        HEAD + "Ash,QHG,1,2,home,3,4\n",
        "families.csv line 2: more cells than columns; put a text with commas in quotation marks, or name its column",
    ),
    (
        HEAD + "Ash,QHG,2027-01-05T09:00,2027-01-02T10:00,,\n",
        "families.csv line 2: death = 2027-01-02T10:00: not after the start of the episode, 2027-01-05T09:00; "
        "correct one of the two",
    ),
    (
        HEAD + "Ash,QHG,2017-01-05T09:00,2027-01-02T10:00,,\n",
        "families.csv line 2: death = 2027-01-02T10:00: 3,649 days after the start: an episode lasts up to 1,095; "
        "correct line 2",
    ),
    *(
        (
            HEAD + f"Ash,QHG,{time},2027-01-12T10:00,,\n",
            f"families.csv line 2: start = {time}: must be a date and time, or hours since 00:00 of 2027-01-04; "
            "write it in local time as 2027-01-08T03:10",
        )
        for time in (
            "2027-02-30T10:00",
            "2027-01-08",
            "soon",
            "nan",
            "20270105",
        )
    ),
    (
        HEAD + "Ash,QHG,08/01/2027 03:10,2027-01-12T10:00,,\n",
        "families.csv line 2: start = 08/01/2027 03:10: the day may come first, or the month; name the table as "
        "{file: families.csv, dates: dd/mm/yyyy}",
    ),
    (
        HEAD + "Ash,QHG,2027-01-08T03:10Z,2027-01-12T10:00,,\n",
        "families.csv line 2: start = 2027-01-08T03:10Z: says a time zone; take it out, or name the table as "
        "{file: families.csv, timezone: UTC}",
    ),
    (HEAD + "Ash,QHG,,2027-01-12T10:00,,\n", "families.csv line 2: start: missing; write one in every row"),
    (HEAD + ",QHG,1,2,,\n", "families.csv line 2: family: missing; write one in every row"),
    (
        HEAD + "Ash,QHX,1,2,,\n",
        "families.csv line 2: area = QHX: no area of that code or name in the table of areas; did you mean QXU or QOX?",
    ),
    (
        HEAD + "Ash,QHG,1,200,,\nBirch,QHG,1,200,,\nAsh,QUE,5,90,,\n",
        "families.csv line 4: family: stands in line 2 already; give every family one row and its own name",
    ),
    (
        HEAD + "Ash,QHG,1,200,hom,\n",
        "families.csv line 2: prefers = hom: must be one of home, hospice, hospital; did you mean home?",
    ),
    (
        HEAD + "Ash,QHG,1,200,,6\n",
        "families.csv line 2: quintile = 6: must be a whole number from 1 to 5; correct line 2",
    ),
    (
        "family,area,start,death,distance_km\nAsh,QHG,1,200,-2\n",
        "families.csv line 2: distance_km = -2: must be a number from 0 to 1000; correct line 2",
    ),
    (
        "family,area,start,death,east_km,north_km\nAsh,QHG,1,200,2,\n",
        "families.csv line 2: east_km = 2: north_km is missing beside it; give both or none",
    ),
    (
        "family,area,start,death,east_km,north_km,distance_km\nAsh,QHG,1,200,2,3,4\n",
        "families.csv line 2: distance_km = 4: east_km and north_km say it already; give one or the other",
    ),
    (
        "family,area,start,death,rural\nAsh,QHG,1,200,maybe\n",
        "families.csv line 2: rural = maybe: must be 1 or 0 (or yes or no); correct line 2",
    ),
    (
        "family,area,start,death,deteriorates\nAsh,QHG,1,200,201\n",
        "families.csv line 2: deteriorates = 201: outside the episode, from start to death; correct line 2",
    ),
    (
        "family,area,start,death,deteriorates,dying\nAsh,QHG,1,200,50,40\n",
        "families.csv line 2: dying = 40: must lie between deteriorates and death; correct line 2",
    ),
    (
        HEAD + "Ash,QHG,2026-01-05T09:00,2026-01-12T03:10,,\n",
        "mine.yaml: demand.families_csv = ./families.csv: no family of this run's areas is in its episode in the "
        "measured weeks, 2027-01-04 to 2027-01-24; move calendar.start_date (a Monday), or set warmup_weeks and weeks",
    ),
]
BAD_CALLS = [
    ("", "calls.csv: empty; the first line names the columns: family, time"),
    (CALL_HEAD, "calls.csv: no rows; add one below the names of the columns"),
    (
        CALL_HEAD + "Ashe,100,,,,\n",
        "calls.csv line 2: family: no such family in the table of families; correct the name in one of the two",
    ),
    *(
        (
            CALL_HEAD + f"Birch,{time},,,,\n",
            f"calls.csv line 2: time = {time}: outside the episode of its family; "
            "correct the time, or the family's start or death",
        )
        for time in ("29", "201", "2027-02-01T10:00")
    ),
    (CALL_HEAD + "Birch,,symptom,,,\n", "calls.csv line 2: time: missing; write one in every row"),
    (
        CALL_HEAD + "Birch,100,sympton,,,\n",
        "calls.csv line 2: reason = sympton: must be one of symptom, medication, reassurance, equipment, psychosocial, "
        "other, death; did you mean symptom?",
    ),
    (
        CALL_HEAD + "Birch,100,,urgnt,,\n",
        "calls.csv line 2: urgency = urgnt: must be one of emergency, urgent, routine; did you mean urgent?",
    ),
    (
        CALL_HEAD + "Birch,100,,,,-5\n",
        "calls.csv line 2: talk_minutes = -5: must be a number from 0 to 1440; correct line 2",
    ),
    (
        CALL_HEAD + "Birch,100,death,,,\n",
        "calls.csv line 2: time = 100: the call about a death stands at the hour of the death; leave its time empty",
    ),
    (
        CALL_HEAD + "Birch,200.5,symptom,,,\n",
        "calls.csv line 2: reason = symptom: a call at the hour of the death is about the death; "
        "write death, or an earlier time",
    ),
    (
        CALL_HEAD + "Birch,,death,,,\nBirch,200.5,,,,\n",
        "calls.csv line 3: family: its death has a call in line 2 already; take one of them out",
    ),
    (
        CALL_HEAD + "Birch,100,,,,\nBirch,101,,,,\nBirch,100,,,,\n",
        "calls.csv line 4: family: the same call stands in line 2 already; take one out, or tell them apart",
    ),
    (
        CALL_HEAD + "Ash,2027-01-05T10:30,,,yes,\nAsh,2027-01-05 10:30,,,1,\n",
        "calls.csv line 3: family: the same call stands in line 2 already; take one out, or tell them apart",
    ),
    (
        CALL_HEAD + "Birch,1_00,,,,\n",
        "calls.csv line 2: time = 1_00: must be a date and time, or hours since 00:00 of 2027-01-04; "
        "write it in local time as 2027-01-08T03:10",
    ),
    (
        CALL_HEAD + "Cedar,100,,,,\n",
        "calls.csv line 2: family: prefers hospice in the table of families: calls are of families who want to "
        "be at home; change one of the two",
    ),
    (
        "family,time,needs_visit,needs_two\nBirch,100,0,1\n",
        "calls.csv line 2: needs_two = 1: needs_visit says that nobody need come; change one of the two",
    ),
    (
        "family,time,phase\nBirch,100,dying\n",
        "calls.csv line 1: phase: no such column; take it out; known: family, time, reason, urgency, need_level, "
        "needs_visit, needs_two, needs_prescription, professional, talk_minutes, after_call_minutes, visit_minutes",
    ),
]


def complaint_of(folder: Path, families: str = FAMILIES, calls: str = CALLS, **changes: Any) -> str:
    """How the reader of the log refuses these tables, or changes of ``demand``, in the three weeks of ``OWN``."""
    written(folder, families, calls)
    part = {"kind": "log", "families_csv": "./families.csv", "calls_csv": "./calls.csv", **changes}
    reasons = ("symptom", "medication", "reassurance", "equipment", "psychosocial", "other", "death")
    mine = by_hand(folder, demand=part, reasons={name: {} for name in reasons})
    everywhere = list(england().areas)
    here = choose_areas(["QHG", "QUE"], everywhere)
    run = Run.of_weeks(0, 3, 0)
    return refused(mine, lambda: read_log(mine, Files(), everywhere, here, Calendar(MONDAY), run))


@pytest.mark.parametrize(("families", "complaint"), BAD_FAMILIES, ids=[line for _, line in BAD_FAMILIES])
def test_bad_families(families: str, complaint: str, tmp_path: Path) -> None:
    assert complaint_of(tmp_path, families=families) == complaint


@pytest.mark.parametrize(("calls", "complaint"), BAD_CALLS, ids=[line for _, line in BAD_CALLS])
def test_bad_calls(calls: str, complaint: str, tmp_path: Path) -> None:
    assert complaint_of(tmp_path, calls=calls) == complaint


@pytest.mark.parametrize(
    ("demand", "complaint"),
    [
        (
            "{kind: log}",
            "mine.yaml: demand.kind = log: needs a table of families; write families_csv: ./families.csv beside it",
        ),
        (
            "{families_csv: ./families.csv}",
            "mine.yaml: demand.families_csv = ./families.csv: not read with demand.kind = families; "
            "write kind: log beside it",
        ),
        (
            "{kind: log, families_csv: ./gone.csv}",
            "mine.yaml: demand.families_csv = ./gone.csv: no such table beside the file that names it, "
            "nor in configs/demand; put it there",
        ),
    ],
)
def test_bad_keys(demand: str, complaint: str, tmp_path: Path) -> None:
    usual = {"kind": "families", "families_csv": None, "calls_csv": None}
    assert complaint_of(tmp_path, **{**usual, **yaml.safe_load(demand)}) == complaint


def test_a_kind_that_is_none_is_refused_with_the_file_that_says_it(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as error:
        config.plan(written(tmp_path, own=OWN.replace("kind: log,", "kind: logg,")))
    said = "mine.yaml: demand.kind = logg: must be one of families, calls, caseload, log; did you mean log?"
    assert str(error.value) == said
