"""``oncall-sim export events``: a tiny log line by line, and what every log must be for others to read it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

import pytest

from sim import cli
from sim.commands.export import of_the_clock, written
from sim.experiment.event_log import ACTIVITIES, COLUMNS, event_log
from tests.story import play
from tests.tiny import NURSES_STEP, UNIVERSAL_STEP, call, death_call, family, tiny, travel

TINY = """\
case,activity,resource,role,start,end,attempt,paid,outcome,cause
AAA.0.0,call,,,2027-01-04T10:00:00,2027-01-04T10:00:00,1,,met,
AAA.0.0,phone,AAA.community_nurse.1,community_nurse,2027-01-04T10:00:00,2027-01-04T10:15:00,1,yes,met,
AAA.0.1,joined,,,2027-01-04T10:06:00,2027-01-04T10:06:00,1,,met,
AAA.0.0,journey,AAA.community_nurse.1,community_nurse,2027-01-04T10:15:00,2027-01-04T10:35:00,1,yes,met,
AAA.0.0,visit,AAA.community_nurse.1,community_nurse,2027-01-04T10:35:00,2027-01-04T11:35:00,1,yes,met,
AAA.1.2,call,,,2027-01-04T11:00:00,2027-01-04T11:10:00,1,,unmet,all_busy
AAA.1.2,left,,,2027-01-04T11:10:00,2027-01-04T11:10:00,1,,unmet,all_busy
AAA.0.0,left,,,2027-01-04T11:35:00,2027-01-04T11:35:00,1,,met,
AAA.0.0,way_back,AAA.community_nurse.1,community_nurse,2027-01-04T11:35:00,2027-01-04T11:55:00,1,yes,met,
AAA.1.death,call,,,2027-01-04T13:00:00,2027-01-04T13:00:00,1,,met,
AAA.1.death,phone,AAA.community_nurse.1,community_nurse,2027-01-04T13:00:00,2027-01-04T13:15:00,1,yes,met,
AAA.1.death,left,,,2027-01-04T13:15:00,2027-01-04T13:15:00,1,,met,
"""


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def test_the_log_of_a_tiny_morning():
    """Catches a wrong case, person or instant, and a task that is told of the wrong call."""
    calls = [call(10.0, visit=True), call(10.1), call(11.0, family=1), death_call(family=1, visit=False)]
    scenario = tiny(ladder=(NURSES_STEP, UNIVERSAL_STEP), travel=travel())
    ledger = play(scenario, calls, [family(km_north=20.0), family(death=13.0)])
    log = event_log(ledger, scenario)
    chosen = TINY.partition("\n")[0].split(",")
    assert written({name: log[name] for name in chosen}, "csv").decode() == TINY


def test_beginnings_in_the_hours_of_the_changing_clock_are_told():
    starts = [dt.datetime(2027, 3, 28, 1, 30), dt.datetime(2027, 3, 28, 2, 0), dt.datetime(2027, 7, 1, 1, 30)]
    assert of_the_clock({"start": starts}) == [
        "1 time in the hour that never comes, 28 March 2027: the clock of a run has no jumps; mind it in another time "
        "zone"
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("export") / "log"
    words = ["current_patchwork", "areas=[QHG,QUE,QOP]", "weeks=26", "warmup_weeks=4", "replication=2"]
    assert cli.main(["export", "events", *words, f"out={place}"]) == 0
    return place


def test_every_line_is_valid(folder):
    """Catches an end before its start, a resource without a role, dates that are none, and words nobody explains."""
    found = rows((folder / "events.csv").read_bytes())
    assert len(found) > 100
    assert list(found[0]) == list(COLUMNS)
    starts = [dt.datetime.fromisoformat(row["start"]) for row in found]
    assert starts == sorted(starts)
    for row, start in zip(found, starts, strict=True):
        assert start <= dt.datetime.fromisoformat(row["end"])
        assert row["activity"] in ACTIVITIES
        assert bool(row["resource"]) == bool(row["role"]) == bool(row["paid"])
        assert row["case"].startswith(row["family"] + ".")
        assert row["family"].startswith(row["area"] + ".")


def test_every_call_is_one_case_with_one_beginning_for_each_attempt(folder):
    """Catches two calls under one name: process mining would see one case that begins twice."""
    found = rows((folder / "events.csv").read_bytes())
    begun = [(row["case"], row["attempt"]) for row in found if row["activity"] in ("call", "joined", "not_made")]
    assert len(begun) == len(set(begun))
    assert {row["case"] for row in found} == {case for case, _ in begun}


def test_the_same_command_gives_the_same_log_and_a_dictionary(folder, tmp_path):
    said = json.loads((folder / "manifest.json").read_text())["command"].split()
    assert cli.main([*said[1:], f"out={tmp_path / 'again'}"]) == 0
    assert (tmp_path / "again" / "events.csv").read_bytes() == (folder / "events.csv").read_bytes()
    told = {row["name"] for row in rows((folder / "dictionary.csv").read_bytes())}
    assert told == {*COLUMNS, *ACTIVITIES}


def test_parquet_keeps_dates_as_dates(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra parquet is not installed")
    words = ["icb_rota", "areas=[QHG]", "weeks=4", "warmup_weeks=0", "format=parquet", f"out={tmp_path / 'log'}"]
    assert cli.main(["export", "events", *words]) == 0
    table = parquet.read_table(tmp_path / "log" / "events.parquet")
    assert table.column_names == list(COLUMNS)
    assert str(table.schema.field("start").type).startswith("timestamp")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ([], "export: write `oncall-sim export events scenario=NAME [replication=1] [format=csv]`"),
        (["slides"], "export slides: write `oncall-sim export events scenario=NAME [replication=1] [format=csv]`"),
        (["events", "icb_rota", "format=xes"], "format = xes: must be csv or parquet; write format=csv"),
        (
            ["events", "icb_rota", "replication=none"],
            "replication = none: a whole number from 1, such as replication=1",
        ),
    ],
    ids=["nothing", "something else", "format", "replication"],
)
def test_bad_input_is_one_line(words, complaint, capsys):
    assert cli.main(["export", *words]) == cli.BAD_INPUT
    assert capsys.readouterr().err == f"oncall-sim: {complaint}\n"
