"""``oncall-sim export events``: one replication as an event log that process-mining tools read."""

from __future__ import annotations

import datetime as dt

from sim import screen
from sim.commands.destination import place_for, put
from sim.commands.plans import command_of, plan_with, shows_configuration
from sim.commands.shown import show_rows
from sim.config.times import jumps
from sim.experiment import study as studies
from sim.experiment.event_log import ACTIVITIES, COLUMNS, event_log
from sim.experiment.kept_ledger import Columns, as_csv, as_parquet
from sim.experiment.provenance import Stopwatch, manifest
from sim.experiment.replicate import ledger_of
from sim.measures.dictionary import COLUMNS as OF_DICTIONARY
from sim.request import Request


def export(request: Request) -> None:
    """The event log of one replication of a scenario, with its dictionary; the last line printed is its folder."""
    watch, study = Stopwatch(), studies.design("events", [plan_with(request)], request.own)
    if shows_configuration(study.plans, request) or (folder := place_for(study, request)) is None:
        return
    form, replication, scenario = request.text("format"), request.whole("replication"), study.scenarios[0]
    show_rows(study.plans)
    log = event_log(ledger_of(scenario, study.seed, replication - 1), scenario)
    files = {f"events.{form}": written(log, form), "dictionary.csv": as_csv(dictionary(form))}
    folder = put(study, folder, request, {}, files, manifest(study, command_of(request), watch))
    screen.say(f"{len(log['case']):,} events of {len(set(log['case'])):,} calls of replication {replication}")
    for said in of_the_clock(log):
        screen.say(said)
    print(folder)


def of_the_clock(log: Columns) -> list[str]:
    """What is to be said of beginnings in the hours at which the clock of England is changed, a line for each day."""
    return [f"{said}: the clock of a run has no jumps; mind it in another time zone" for said in jumps(log["start"])]


def written(log: Columns, form: str) -> bytes:
    """The log as a file: dates as ISO 8601 words in CSV, as dates in Parquet."""
    if form == "parquet":
        return as_parquet(log)
    words = {
        name: [value.isoformat() if isinstance(value, dt.datetime) else value for value in column]
        for name, column in log.items()
    }
    return as_csv(words)


def dictionary(form: str) -> Columns:
    """What every column and every activity of the log means, in the columns of a study's ``dictionary.csv``."""
    rest = [""] * (len(OF_DICTIONARY) - 4)  # what only a measure has
    rows = [(f"events.{form}", name, "", meaning, *rest) for name, meaning in COLUMNS.items()]
    rows += [("activity", name, "", meaning, *rest) for name, meaning in ACTIVITIES.items()]
    return {name: list(column) for name, column in zip(OF_DICTIONARY, zip(*rows, strict=True), strict=True)}
