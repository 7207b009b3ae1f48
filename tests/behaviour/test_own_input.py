"""A planner's own families, calls and areas through the whole model, and one line when something is wrong with them."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from sim import cli, config
from sim.demand.calls import DEATH_CALL
from sim.measures import measure
from sim.model import simulate

FAMILIES = """\
family,area,start,death,rural,distance_km,deteriorates
Ash,QHG,2027-01-05T09:00,2027-01-12T03:15,0,4.5,2027-01-09T12:00
Birch,QHG,2027-01-04T00:00,2027-01-18T12:00,1,9,
Cedar,QUE,2027-01-06T08:00,2027-01-20T14:30,,,
"""
CALLS = """\
family,time,reason,urgency,need_level,needs_visit,needs_two
Ash,2027-01-10T02:15,symptom,urgent,2,1,0
Ash,,death,urgent,2,1,0
Birch,2027-01-08T20:00,reassurance,routine,1,0,0
Birch,2027-01-16T23:30,symptom,emergency,2,1,0
Cedar,2027-01-12T11:00,medication,urgent,2,0,0
"""
OWN = """\
question: What would our own three families have met?
based_on: icb_rota
demand: {kind: log, families_csv: ./families.csv, calls_csv: ./calls.csv}
place: {home_anyway: 1} # assumed: all of them were at home
warmup_weeks: 0 # assumed: the log begins with the run
weeks: 3 # assumed: the log is short
areas: [QHG, QUE]
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A planner's folder with a scenario and both tables."""
    monkeypatch.chdir(tmp_path)
    for name, text in (("families.csv", FAMILIES), ("calls.csv", CALLS), ("mine.yaml", OWN)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("replication", [0, 1, 2])
def test_the_calls_of_the_ledger_are_those_of_the_log(desk: Path, replication: int) -> None:
    """Catches calls added (at the death, in the background) or lost on the way."""
    scenario = config.plan("./mine.yaml").scenario
    ledger = simulate(scenario, 1, replication)
    demand = ledger.setting.demand
    assert ledger.setting.offered.all()
    assert demand.calls.time.tolist() == [116.0, 146.25, 195.25, 203.0, 311.5]
    assert demand.calls.urgency.tolist() == [2, 1, 1, 1, 0]
    assert demand.calls.needs_visit.tolist() == [False, True, True, False, True]
    assert (demand.calls.number == DEATH_CALL).tolist() == [False, False, True, False, False]
    assert sorted(ledger.calls.column("call").tolist()) == [0, 1, 2, 3, 4]
    assert [demand.families.death[row] for row in demand.calls.family] == [348, 195.25, 195.25, 398.5, 348]
    reasons = set(ledger.calls.column("outcome")[~ledger.calls.column("made")].tolist())
    assert reasons <= {"in_hospital_after_failure", "in_hospital", "help_present"}


def test_measures_count_the_families_and_calls_of_the_log(desk: Path) -> None:
    scenario = config.plan("./mine.yaml").scenario
    rows = {(row.measure, row.group, row.level): row for row in measure(simulate(scenario, 1, 0), scenario)}
    wanting = rows["families_wanting_home_per_year", "england", "England"]
    assert wanting.numerator == pytest.approx(3 * 52 / 3)
    assert rows["unmet_share", "england", "England"].denominator == 5
    assert rows["unmet_share", "area", "QUE"].denominator == 1


def test_what_became_of_every_row_is_told_on_screen_and_in_the_manifest(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Catches rows that vanish without a word, and a count that is not that of the results."""
    later = "Elm,QHG,2027-01-04T00:00,2027-03-01T00:00,,,\nFar,QOP,2027-01-05T00:00,2027-01-12T00:00,,,\n"
    calls = "Elm,2027-02-28T10:00,,,,,\nFar,2027-01-06T10:00,,,,,\n,,,,,,\n"
    (desk / "families.csv").write_text(FAMILIES + later, encoding="utf-8")
    (desk / "calls.csv").write_text(CALLS + calls, encoding="utf-8")
    words = ["run", "scenario=./mine.yaml", "replications=2", "workers=1", "warmup_weeks=1", "weeks=1", "out=study"]
    words.append("draw=false")
    assert cli.main(words) == 0
    remedy = "warmup_weeks=0 weeks=8, or calendar.start_date=2026-12-28 weeks=8"
    lines = [
        "icbs_2024.csv: 2 of 42 rows took part; not: 40 outside the areas of this run",
        "posts.csv: 2 of 42 rows took part; not: 40 outside the areas of this run",
        "families.csv: 4 of 5 rows took part; not: 1 outside the areas of this run",
        "calls.csv: 3 of 8 rows took part; not: 1 outside the areas of this run, 2 in the warm-up, "
        f"1 after the measured weeks, 1 empty; to count those of other weeks: {remedy}",
    ]
    assert [line for line in capsys.readouterr().err.splitlines() if "took part" in line] == lines
    manifest = json.loads((desk / "study" / "manifest.json").read_text(encoding="utf-8"))
    assert [table["line"] for table in manifest["tables"]] == lines
    assert manifest["about"]["tables"] == manifest["tables"]
    summary = pd.read_csv(desk / "study" / "replications.csv")
    unmet = summary[(summary["measure"] == "unmet_demand_share") & (summary["group"] == "england")]
    assert set(unmet["denominator"]) == {3}


def test_a_family_may_be_refused_home_and_then_its_calls_are_not_made(desk: Path) -> None:
    scenario = config.plan(
        "./mine.yaml",
        ["place.home_anyway=0", "place.goodwill_makes_home=0", "teams.community_nurses.patterns.night=null"],
    ).scenario
    ledger = simulate(scenario, 1, 0)
    assert not ledger.setting.offered.any()
    assert set(ledger.calls.column("outcome").tolist()) == {"choice_not_offered"}


def test_a_run_of_a_log_is_a_study_like_any_other(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["run", "scenario=./mine.yaml", "replications=2", "workers=1", "out=study"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "study"
    assert (desk / "study" / "report.html").exists()
    written = "".join(
        p.read_text(encoding="utf-8") for p in (desk / "study").rglob("*.*") if p.suffix in (".csv", ".yaml")
    )
    assert "demand_calls_csv: " in written
    assert "Birch" not in written


def test_the_adult_example_runs_and_means_its_own_people(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["run", "scenario=adult_example", "replications=2", "workers=1", "draw=false", "out=adults"]) == 0
    capsys.readouterr()
    summary = (desk / "adults" / "summary.csv").read_text(encoding="utf-8")
    assert "adult_nurse" in summary
    assert "community_nurse" not in summary
    assumed = (desk / "adults" / "assumptions.csv").read_text(encoding="utf-8")
    assert "demand.conditions.adult.share" in assumed
    assert "neonate" not in assumed


BAD = [
    (
        ("families.csv", "2027-01-12T03:15", "2027-01-02T03:15"),
        "families.csv line 2: death = 2027-01-02T03:15: not after the start of the episode, 2027-01-05T09:00; "
        "correct one of the two",
    ),
    (
        ("families.csv", "Cedar,QUE", "Cedar,QUEE"),
        "families.csv line 4: area = QUEE: no area of that code or name in the table of areas; did you mean QUE?",
    ),
    (
        ("calls.csv", "Cedar,", "Ceder,"),
        "calls.csv line 6: family: no such family in the table of families; correct the name in one of the two",
    ),
    (
        ("calls.csv", "2027-01-16T23:30", "2027-01-19T23:30"),
        "calls.csv line 5: time = 2027-01-19T23:30: outside the episode of its family; "
        "correct the time, or the family's start or death",
    ),
    (
        ("calls.csv", "need_level", "level"),
        "calls.csv line 1: level: no such column; did you mean need_level?",
    ),
    (
        ("mine.yaml", "./calls.csv", "./call.csv"),
        "mine.yaml: demand.calls_csv = ./call.csv: no such table beside the file that names it, nor in configs/demand; "
        "put it there",
    ),
    (
        ("mine.yaml", "areas: [QHG, QUE]", "area_table: {file: families.csv}"),
        "families.csv line 1: code: column missing; columns needed: code, name, region, cluster, children, "
        "deaths_per_year, deprivation_q1_share, deprivation_q2_share, deprivation_q3_share, deprivation_q4_share, "
        "deprivation_q5_share, rural_share, longitude_degrees, latitude_degrees, mean_km",
    ),
]


@pytest.mark.parametrize(("change", "complaint"), BAD, ids=[line for _, line in BAD])
def test_one_line_and_nothing_written(
    change: tuple[str, str, str], complaint: str, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, old, new = change
    text = (desk / file).read_text(encoding="utf-8")
    assert old in text
    (desk / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    before = sorted(desk.rglob("*"))
    assert cli.main(["run", "scenario=./mine.yaml", "replications=2", "workers=1"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.splitlines()[-1].endswith(complaint)
    assert len(printed.err.splitlines()) == 1
    assert sorted(desk.rglob("*")) == before
