"""The commands of ``oncall-sim``, told once: what each does, what it is given and the keys that no scenario has.

Help (``sim.help``), completion (``sim.completion``) and the reading of a command line (``sim.request``) follow from
this table. A new command is a row here, a module of ``sim.commands`` and a test. Nothing heavy is imported: ``--help``
stays fast.
"""

from __future__ import annotations

import math
from typing import NamedTuple

# what a command is given, as its usage shows it
SCENARIO = "scenario=NAME"
TODAY = "[scenario=NAME]"  # the patchwork of today when none is named
SCENARIOS = "'scenarios=[a,b]'"
FOLDER = "results/STUDY"
NAMES = "[NAME ...]"
CASES = "[CASES ...]"
NEW = "NAME"
NOTHING = ""
TABLE = "[TARGETS.csv]"  # a table that names its scenarios itself
OF_A_SCENARIO = (SCENARIO, TODAY, SCENARIOS)
CONFIGURED = (*OF_A_SCENARIO, TABLE)  # any key of the configuration may follow


class Key(NamedTuple):
    """A key of the command line that belongs to some commands and to no scenario.

    kind: ``whole``, ``number``, ``word`` (one of ``words``), ``text``, ``scenario`` or ``list`` (one text, or several
    as ``[a,b]``). default: what holds when it is not written; empty: nothing does, or ``needed``. example: a value one
    may write. low, high: bounds of a whole number, which may be reached, and of a number, which may not. pattern: the
    form of a text. rule: what a wrong value is told, where its kind says too little.
    """

    name: str
    kind: str
    meaning: str
    default: str = ""
    example: str = ""
    words: tuple[str, ...] = ()
    low: float = -math.inf
    high: float = math.inf
    pattern: str = r"[^\[{].*"
    rule: str = ""
    needed: bool = False

    @property
    def shown(self) -> str:
        """The key with a value that one may write."""
        return f"{self.name}={self.example or self.default or ''.join(self.words[:1])}"


class Verb(NamedTuple):
    """A command. takes: what it is given (``SCENARIO`` ...). module: of ``sim.commands``; its function has the name of
    the module. alone: keys that no other command need have. writes: a folder of results, or files into one."""

    name: str
    takes: str
    does: str
    module: str
    alone: tuple[Key, ...] = ()
    writes: bool = True

    @property
    def keys(self) -> tuple[Key, ...]:
        """All its own keys."""
        return (*self.alone, OVERWRITE) if self.writes else self.alone

    def key(self, name: str) -> Key:
        """One of its own keys."""
        return next(key for key in self.keys if key.name == name)

    @property
    def usage(self) -> str:
        """How it is written."""
        words = [key.shown if key.needed else f"[{key.shown}]" for key in self.alone]
        return " ".join(filter(None, ["oncall-sim", self.name, self.takes, *words]))


class Flag(NamedTuple):
    """A word with dashes. names: as it may be written, the long one last. value: what follows it, empty: nothing.
    hidden: for programs, not in help."""

    names: tuple[str, ...]
    value: str
    meaning: str
    hidden: bool = False

    @property
    def name(self) -> str:
        """The long name without its dashes."""
        return self.names[-1].lstrip("-")


def yes_or_no(name: str, meaning: str, example: str = "true") -> Key:
    """A key that is true or false, and false when it is not written."""
    return Key(name, "word", meaning, default="false", example=example, words=("true", "false"))


OVERWRITE = yes_or_no("overwrite", "replace the files of a study that is at out=DIR; nothing else there is touched")
PAIR = Key(
    "pair", "word", "each scenario beside itself without unpaid help, the same children at home",
    words=("goodwill_off",),
)  # fmt: skip
AREA = Key("area", "text", "one area, by code or name", example="QHG")
REPLICATION = Key("replication", "whole", "which of the independent repetitions", default="1", low=1)
ONE_ROLE = Key(
    "role", "text", "whose rotas are shared", example="consultant", pattern=r"\w+", needed=True,
    rule="one role, such as role=consultant",
)  # fmt: skip
ROLES = Key(
    "role", "list", "whose rotas are shared", example="consultant", needed=True,
    rule="write role=consultant, or 'role=[consultant,specialist_nurse]'",
)  # fmt: skip
GROUPINGS = Key(
    "groupings", "list", "which areas share, words, your own tables or as_written; the first is the baseline",
    default="[none,pairs,threes,regions,super_regions,national]", example="[none,pairs,regions]",
)  # fmt: skip
SEATS = Key(
    "seats",
    "text",
    "of a pool: largest or kept (of what its areas bring), or a number; kept of areas of your own",
    default="largest",
)
PEOPLE = Key("people", "text", "of each rota: those in post, or as teams.X.people", default="everyone", pattern=".+")
IN_HOURS = yes_or_no("pool_in_hours", "shifts at work visit in every area too")
TO_HOLD = Key(
    "to_hold", "text", "instead of those in post, the fewest people for this frequency on call", example="1_in_6",
    pattern=r"1_in_[1-9]\d?", rule="how often on call at most, such as to_hold=1_in_6",
)  # fmt: skip
OFF = "off"
UNCERTAINTY = Key(
    "uncertainty", "text", "headlines, verdicts and what decides them at so many draws of all that nobody knows",
    default=OFF, example="64", pattern=r"off|[1-9]\d{1,4}",
    rule="off, or how many draws of what nobody knows, from 10, such as uncertainty=64",
)  # fmt: skip
STRUCTURE = Key(
    "structure",
    "list",
    "headlines and verdicts where rules of the model are others, one at a time: all, or some",
    example="all",
)
LAWS = Key(
    "laws", "text", "posterior.csv of a calibration, to draw by instead of the register alone", example="posterior.csv",
)  # fmt: skip
MEASURE = Key("measure", "text", "what is looked at; of any measure with a better side", example="unmet_demand_share")

VERBS = {
    verb.name: verb
    for verb in (
        Verb(
            "scenarios", NAMES, "name and question of each scenario; of those named, what one should see", "scenarios",
            writes=False,
        ),
        Verb(
            "new", NEW, "a folder with a scenario of your own and its tables to fill in, as workbook and CSV", "new",
            (
                Key("based_on", "scenario", "the service it begins with", default="icb_rota", example="regional_rota"),
                Key("areas", "list", "which areas, by code or name", default="[QHG,QUE]", example="[QJK,QT6]"),
            ),
            writes=False,
        ),
        Verb("run", SCENARIO, "one scenario, or your own as ./mine.yaml; the last line is its folder", "run", (PAIR,)),
        Verb(
            "compare", SCENARIOS, "several scenarios on the same families; the first is the baseline, unless told",
            "compare", (
                Key("library", "list", "every scenario that is shipped, or a set or list of them", example="all"),
                Key("against", "text", "the scenario that all others are compared with", example="icb_rota"),
                PAIR, UNCERTAINTY, STRUCTURE, LAWS,
            ),
        ),
        Verb(
            "cover", SCENARIO, "hours and nights without anybody funded to come; simulates no call", "cover",
        ),
        Verb(
            "rota", SCENARIO, "who is on when, seat arithmetic, audit on paper; simulates no call", "rota",
            (
                AREA,
                Key("team", "text", "one team", example="consultants:QHG"),
                Key(
                    "from", "text", "the first day shown; the first measured one, unless told", example="2027-06-01",
                    pattern=r"\d{4}-\d\d-\d\d", rule="a date as year-month-day, such as from=2027-06-01",
                ),
                yes_or_no("achieved", "audit rules as worked in one simulated year too"),
                Key(
                    "away", "word", "who is away: as drawn for one year, or only as written, for a rota to go by",
                    default="drawn", example="written", words=("drawn", "written"),
                ),
                Key(
                    "weeks", "whole", "shown, from the first measured one or that day", default="8", low=1,
                    rule="must be a whole number from 1, at most the weeks measured; write weeks=8",
                ),
            ),
        ),
        Verb(
            "night", SCENARIO, "a night in plain English: the worst, unless told", "night",
            (
                AREA,
                Key(
                    "date", "text", "the evening on which the night begins", example="2027-05-31",
                    pattern=r"\d{4}-\d\d-\d\d", rule="a date as year-month-day, such as date=2027-01-11",
                ),
                Key(
                    "which", "word", "of the nights asked for the worst, an ordinary one, a quiet one, or all three",
                    default="worst", words=("worst", "ordinary", "quiet", "three"),
                ),
                Key("family", "whole", "nights in which one family calls, by its number in a story", example="12"),
                Key("nurse", "text", "nights of one clinician, by code", example="QHG.community_nurse.2"),
                REPLICATION,
                Key("against", "scenario", "the same families under a second scenario beside it", example="NAME"),
            ),
        ),
        Verb(
            "pool", SCENARIO, "the same people in rotas of their own, in pairs ... and as one", "pool",
            (
                ROLES, GROUPINGS, SEATS, PEOPLE, IN_HOURS,
                Key(
                    "pool", "text", "partner by partner instead: a group's name, or codes of areas",
                    example="[QF7,QHM]", pattern=".+",
                ),
                TO_HOLD,
            ),
        ),
        Verb(
            "pool break-even", SCENARIO, "how much further, slower or less welcome until the gain of sharing is gone",
            "pool.break_even",
            (
                ONE_ROLE,
                Key(
                    "grouping", "text", "which areas share", example="regions", pattern=r"(?!none$).+", needed=True,
                    rule="which areas share? write grouping=regions, or a table of your own",
                ),
                Key(
                    "of", "word", "what is made worse for the pool", words=("travel", "boundary_minutes", "refusal"),
                    needed=True,
                ),
                MEASURE,
                Key("to", "number", "how far to look, in the unit of what is made worse", example="60", low=0,
                    rule="how far to look, a number above 0, such as to=60"),
                SEATS, PEOPLE, IN_HOURS,
            ),
        ),
        Verb(
            "pool fewest", SCENARIO, "the fewest seats of each pool that hold a target", "pool.fewest",
            (
                ONE_ROLE,
                Key("target", "number", "of the measure, in its unit", example="0.05", needed=True,
                    rule="a number in the unit of the measure, such as target=0.05"),
                GROUPINGS, MEASURE._replace(default="unmet_demand_share"),
                Key("most", "whole", "seats of a pool to look at", default="8", low=1, high=100,
                    rule="the most seats of a pool to look at, a whole number from 1 to 100"),
                PEOPLE, IN_HOURS, TO_HOLD,
            ),
        ),
        Verb(
            "pool clusters", SCENARIO, "which neighbours should share; by seat arithmetic, simulates no call",
            "pool.clusters",
            (
                ONE_ROLE,
                Key("groups", "whole", "how many groups; as many as those it stands against", example="26", low=1,
                    rule="a whole number from 1 to the areas of the run, such as groups=26"),
                Key("against", "text", "the grouping it stands against", default="clusters_2026", pattern=".+"),
                Key("max_km", "number", "between the two centres of a group furthest apart", example="120", low=0,
                    rule="kilometres between the two centres furthest apart, such as max_km=120"),
            ),
        ),
        Verb(
            "solve", TODAY, "what goodwill must make possible for a share of children to die outside hospital",
            "solve",
            (
                Key("target", "number", "that share", default="0.23", low=0, high=1,
                    rule="a share between 0 and 1, such as target=0.23"),
            ),
            writes=False,
        ),
        Verb(
            "solve ridge", TODAY, "the same for all of its range of who goes home anyway, and every headline there",
            "ridge",
        ),
        Verb(
            "tornado", SCENARIOS, "all that nobody knows at both ends, one by one: what it does to a difference",
            "tornado", (MEASURE._replace(default="unmet_demand_share"),),
        ),
        Verb(
            "morris", SCENARIOS, "which unknowns matter to a difference, also only together (the extra sensitivity)",
            "morris",
            (
                MEASURE._replace(default="unmet_demand_share"),
                Key("trajectories", "whole", "places from which every unknown is moved", default="10", low=4, high=999),
            ),
        ),
        Verb(
            "uncertainty", SCENARIOS, "one scenario or more at joint draws of all that nobody knows, for what follows",
            "uncertainty",
            (
                Key("draws", "whole", "joint draws, each of them run twice", default="256", low=10, high=100_000,
                    rule="how many draws of what nobody knows, a whole number from 10, such as draws=256"),
                LAWS, STRUCTURE,
            ),
        ),
        Verb(
            "decide", FOLDER, "which scenario is best at a price, and what it would be worth to know more; from draws",
            "decide",
            (
                Key("value_per_child_kept_at_home", "number", "pounds a commissioner would pay for one", low=0,
                    example="50000", rule="pounds, a number above 0, such as value_per_child_kept_at_home=50000"),
                Key("value_per_night_closed", "number", "pounds for a night with somebody to come", low=0,
                    example="500", rule="pounds, a number above 0, such as value_per_night_closed=500"),
                Key("groups", "list", "unknowns to know together, by how their keys begin; + joins; by whom to ask, "
                    "unless told", example="[goodwill,place+supply]"),
            ),
        ),
        Verb(
            "sensitivity", FOLDER, "shares of a figure's variance by unknown, from draws (the extra sensitivity)",
            "sensitivity", (MEASURE._replace(default="unmet_demand_share"),),
        ),
        Verb(
            "sweep", TODAY, "points of a table, or a Latin-hypercube sample, as one study of tables", "points",
            (
                Key("design", "text", "table of points: point or scenario, key, value", example="points.csv"),
                Key("sample", "word", "instead of a table", words=("lhs",)),
                Key("n", "whole", "points of the sample", default="64", example="200", low=2, high=10_000),
                Key("vary", "list", "unknowns that the sample varies; all that can move the scenario, unless told",
                    example="[goodwill.p_max,place.home_anyway]"),
            ),
        ),
        Verb(
            "calibrate", TABLE, "what published figures leave of all that nobody knows, and what they say nothing of",
            "calibrate",
            (
                Key("n", "whole", "draws of a wave, each of them run twice", default="128", low=32, high=4096),
                Key("waves", "whole", "of runs, each where the one before left the model plausible", default="2", low=1,
                    high=9),
                Key("again", "whole", "draws of what is left at which the model is run once more", default="32", low=8,
                    high=1024),
            ),
        ),
        Verb(
            "learn", TODAY, "what your own families and calls add to the national numbers, as parts for a scenario",
            "learn",
            (
                Key("families", "text", "your table of families, or a workbook with a sheet families",
                    example="families.csv", needed=True, pattern=".+"),
                Key("calls", "text", "your table of their calls, or a workbook with a sheet calls",
                    example="calls.csv", needed=True, pattern=".+"),
            ),
            writes=False,
        ),
        Verb("attribute", SCENARIO, "what each cause of unmet demand is worth: one taken away at a time", "attribute"),
        Verb(
            "check warmup", TODAY, "do the slow states settle within warmup_weeks? out=DIR: Welch's plot",
            "check.warmup",
        ),
        Verb(
            "check baseline", TODAY, "today's national figures against the evidence; exit code 1 if something differs",
            "check.baseline",
        ),
        Verb(
            "check demand", TODAY, "children, episodes and calls against what is published; 1 if something differs",
            "check.demand",
            (Key("runs", "whole", "replications simulated for what only a run can tell", default="0", example="20",
                 low=0),),
        ),
        Verb(
            "check", FOLDER, "is it what was written, and does it come out the same again?", "check.study",
            (Key("runs", "whole", "replications of each scenario that are simulated again", default="1", example="20",
                 low=0),),
            writes=False,
        ),
        Verb(
            "export events", SCENARIO, "who did what for which call, as a log that process-mining tools read",
            "export",
            (REPLICATION, Key("format", "word", "of the file", default="csv", words=("csv", "parquet"))),
        ),
        Verb(
            "report", FOLDER, "its page, workbook and charts again, from its tables alone", "report",
            (yes_or_no("png", "charts as PNG too, for documents that take no SVG"),),
        ),
        Verb("explore", FOLDER, "a page with a slider for each lever of a sweep: explorer.html", "explore"),
        Verb("slides", FOLDER, "eight slides from a comparison: slides.pptx (needs the extra office)", "slides"),
        Verb(
            "schema", NOTHING, "what may stand in a scenario file, as JSON schema for editors", "schema",
            (Key("out", "text", "the file to write, which is printed unless told", example="scenario.schema.json"),),
            writes=False,
        ),
        Verb(
            "verify", CASES, "the engine against known answers; exit code 1 if something differs", "verify",
            (
                Key("plan", "word", "how long each case is run", default="fast", words=("fast", "full")),
                Key("seed", "whole", "another set of draws", example="2", low=0),
                Key("workers", "whole", "processes; every core, unless told", example="2", low=1),
            ),
            writes=False,
        ),
    )
}  # fmt: skip

FLAGS = (
    Flag(
        ("-m", "--multirun"), "",
        "run every combination of the comma lists of `run`, such as goodwill.asks_people=1,2,3, as one study with the "
        "first as baseline; other seeds are studies of their own",
    ),
    Flag(("--in-step",), "", "the same, but the lists of `run` go together: first with first, second with second"),
    Flag(("-c", "--cfg"), "job", "print the whole configuration of the scenario and stop"),
    Flag(("--config-dir",), "DIR", "a folder of your own groups and scenarios, looked at first"),
    Flag(("--completion",), "SHELL", "print a completion script for bash, zsh or fish"),
    Flag(("--complete",), "LINE", "the words that could come next, for those scripts", hidden=True),
    Flag(("--version",), "", "print the version"),
    Flag(("-h", "--help"), "", "print this, or behind a command what it does and its own keys"),
)  # fmt: skip

COMMON = (  # keys of the configuration that say how a study is run, as help shows them
    ("replications=N", "independent repetitions of the measured weeks"),
    ("seed=N", "another set of families"),
    ("weeks=N", "measured weeks, after warmup_weeks=N"),
    ("areas=[QHG,...]", "by code, name or region"),
    ("workers=N", "processes (default: every core)"),
    ("out=DIR", "folder of results"),
    ("precision=0.05", "until each headline is that well known, at most max_replications=N or max_minutes=N"),
    ("draw=false", "tables only; `report results/STUDY` draws the page, workbook and charts later"),
    ("keep=ledger", "every event of every replication beside the results (also areas, units, parquet)"),
    ("executor=dask", "on a dask cluster, its own or scheduler=tcp://host:8786; shard=2/10: a part, for job arrays"),
)


def called(name: str) -> tuple[Verb, ...]:
    """The commands that begin with a word, that of the word alone first."""
    found = [verb for verb in VERBS.values() if verb.name.split()[0] == name]
    return tuple(sorted(found, key=lambda verb: " " in verb.name))


FIRST_WORDS = tuple(dict.fromkeys(name.split()[0] for name in VERBS))
