"""Keys of a study and of where it takes place: the run, the calendar, the areas, the people in post."""

from __future__ import annotations

from sim.config.key import Key, Part
from sim.config.rules import (
    FLAG,
    NAMES,
    SHARE,
    TABLE,
    TABLE_OR_NONE,
    TEXT,
    TEXTS,
    WINDOW,
    Each,
    Rule,
    free,
    number,
    whole,
    word,
)
from sim.domain.calendar import Calendar
from sim.domain.policies import DEAL

MOST_HOURS = 1_000_000.0  # of a run
AREAS = free({"anyOf": [{"type": "string"}, TEXTS]}, "codes")
OVERFLOW = {"anyOf": [{"type": "number", "minimum": 0, "maximum": 1440}, {"const": "never"}]}
A_STEP = {"team": {"type": "string"}, "overflow_minutes": OVERFLOW}
STEPS = free(
    {
        "type": "array",
        "items": {
            "anyOf": [{"type": "string"}, {"type": "object", "properties": A_STEP, "additionalProperties": False}]
        },
    }
)

STUDY = (
    Key("name", TEXT, "what the scenario is called in results; else as its file"),
    Key("question", TEXT, "the question that it asks"),
    Key("see", TEXT, "what one should see in its results, and why"),
    Key("code", TEXT, "the archetype of service that it is"),
    Key("library", TEXT, "the set of the library that it belongs to"),
    Key("areas", AREAS, "all, or codes, names, boards, clusters or regions of the areas that are simulated"),
    Key("warmup_weeks", whole(0, 520), "weeks simulated before any is measured"),
    Key("weeks", whole(1, 520), "weeks measured"),
    Key("beyond_weeks", whole(0, 52), "weeks of demand after them, so that people are busy to the end"),
    Key("hours", number(1, MOST_HOURS, empty=True), "hours measured, in place of weeks"),
    Key("warmup_hours", number(0, MOST_HOURS, empty=True), "hours before them, in place of warmup_weeks"),
    Key("beyond_hours", number(0, MOST_HOURS, empty=True), "hours after them, in place of beyond_weeks"),
    Key("expected", free({"type": "object"}), "what is known of the scenario, for `oncall-sim verify`"),
    Key("replications", whole(1, 100_000), "years simulated for each scenario"),
    Key("seed", whole(0, 2**32 - 1), "another seed meets other families"),
    Key("workers", whole(1, 1024, empty=True), "processes; null: one for each processor"),
    Key("out", Rule("text", empty=True), "folder of the study; null: results/STUDY"),
    Key("precision", Rule("number", 0.001, 1, empty=True), "half-width of intervals over the mean to run until"),
    Key("max_replications", whole(2, 100_000), "the most that precision may take"),
    Key("max_minutes", Rule("number", 0.01, empty=True), "the longest that precision may take"),
    Key("executor", word("pool", "dask"), "processes here, or a dask cluster"),
    Key("scheduler", Rule("text", empty=True), "address of a dask scheduler; null: one of its own"),
    Key("shard", free({"type": ["string", "null"]}), "which part of how many is run, as 2/10"),
    Key("keep", word("none", "areas", "units", "ledger", "parquet"), "what is kept beside the results"),
    Key("draw", FLAG, "page, workbook and charts too, or tables only"),
    Key("names", FLAG, "names of people on rotas, in nights and in exports; off: their codes, for what is shared"),
    Key("ladder", STEPS, "steps that a family's call climbs: teams, goodwill, universal"),
    Key("professional_entry", STEPS, "teams that professionals ring first"),
    Key("files", Each("a file", TEXT), "sums of the tables read, filled in when a configuration is written out"),
)

CALENDAR = Part(
    Calendar,
    Key("start_date", Rule("date"), "the Monday on which the run begins"),
    Key("bank_holidays", word("England", "none"), "which days have the calls of a Sunday"),
    Key("in_hours", WINDOW, "hours of a working day; all others are out of hours", "in_hours"),
    Key("night", WINDOW, "night, of demand and of exposure", "night"),
    Key("sleep", WINDOW, "hours in which a call makes a disturbed night", "sleep"),
    Key("always_out_of_hours", FLAG, "every hour counts as out of hours", "always_out_of_hours"),
)

AREA_TABLE = Part(
    None,
    Key("file", TABLE, "table of the areas: children, deaths, deprivation, geography"),
    Key("localities_file", TABLE_OR_NONE, "table of the parts of areas: children, centre, mean distance"),
    Key("places", Rule("names", empty=True), "names of places without geography, in place of the table"),
    Key("super_regions", Each("a group of regions", NAMES), "regions by super region"),
)

WORKFORCE = Part(
    None,
    Key("file", TABLE, "table of people in post by area and role"),
    Key("people_file", TABLE_OR_NONE, "table of people by name, for teams with people: named; null: none"),
)

KINDS = free({"anyOf": [{"type": "string"}, TEXTS]}, "codes")
SUPPLY = Part(
    None,
    Key("area_types", Each("a kind of area", SHARE), "shares of kinds of area, dealt anew in every replication"),
    Key(
        "by_area",
        Each("an area", KINDS),
        "the kind, or kinds, of areas whose service you know: nothing is dealt to them",
    ),
    Key("deal", word(*DEAL), "whether rural areas are dealt the fuller services as often as others"),
)
