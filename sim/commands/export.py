"""``oncall-sim export events``: one replication as an event log that process-mining tools read."""

from __future__ import annotations

import datetime as dt

from sim import screen
from sim.asked import Asked, did_you_mean
from sim.commands.carry_out import tell_tables
from sim.commands.placed import folder_of, is_there, put
from sim.commands.planned import chosen_scenario, command_of, own_keys, plan_of, positive
from sim.errors import BadInput
from sim.experiment import study as studies
from sim.experiment.event_log import ACTIVITIES, COLUMNS, event_log
from sim.experiment.kept_ledger import Columns, as_csv, as_parquet
from sim.experiment.provenance import Stopwatch, manifest
from sim.experiment.replicate import ledger_of
from sim.measures.dictionary import COLUMNS as OF_DICTIONARY

OWN_KEYS = ("replication", "format")
FORMATS = ("csv", "parquet")


def answer(asked: Asked) -> None:
    """The event log of one replication of a scenario, with its dictionary; the last line printed is its folder."""
    what, *words = asked.words[1:] or [""]
    if what != "events":
        raise BadInput(f"export {what}".rstrip() + ": write `export events scenario=NAME`")
    own, words = own_keys(words, OWN_KEYS)
    chosen, overrides = chosen_scenario(words, "scenario")
    watch, study = Stopwatch(), studies.design("events", [plan_of(chosen, overrides, asked)], own)
    if asked.only_configuration:
        print(study.plans[0].resolved, end="")
        return
    form, replication = _form(own.get("format", "csv")), positive("replication", own.get("replication", "1"))
    folder = folder_of(study, asked)
    if is_there(study, folder, asked):
        print(folder)
        return
    scenario = study.scenarios[0]
    tell_tables(study.plans)
    log = event_log(ledger_of(scenario, study.seed, replication - 1), scenario)
    said = ["events", f"scenario={chosen}", *(f"{key}={value}" for key, value in own.items()), *overrides]
    files = {f"events.{form}": written(log, form), "dictionary.csv": as_csv(dictionary(form))}
    folder = put(study, folder, asked, {}, files, manifest(study, command_of("export", said, asked), watch))
    screen.say(f"{len(log['case']):,} events of {len(set(log['case'])):,} calls of replication {replication}")
    print(folder)


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
    rows = [(f"events.{form}", name, "", meaning, "", "", "") for name, meaning in COLUMNS.items()]
    rows += [("activity", name, "", meaning, "", "", "") for name, meaning in ACTIVITIES.items()]
    return {name: list(column) for name, column in zip(OF_DICTIONARY, zip(*rows, strict=True), strict=True)}


def _form(said: str) -> str:
    if said not in FORMATS:
        raise BadInput(f"format = {said}: csv or parquet{did_you_mean(said, FORMATS)}")
    return said
