"""What stands around every chart: place, period, and what the figures rest on."""

from __future__ import annotations

from sim.report.tables import ENGLAND, Tables
from sim.report.words.findings import place_words
from sim.report.words.home_anyway import drawn_at
from sim.report.words.names import capitals, name, without_twins
from sim.report.words.numbers import spread

NOTHING = "No potential call fell in the measured weeks, so there is nothing to draw."


LONGEST = 120  # characters of a title that names every scenario


def study_title(tables: Tables) -> str:
    """What was studied; of many scenarios the baseline and how many others."""
    title = capitals(tables.study["title"])
    others = len(without_twins(tables.names)) - 1
    return title if len(title) <= LONGEST or not others else f"{name(tables.baseline)} compared with {others} others"


def period(tables: Tables) -> str:
    """Measured weeks and replications."""
    weeks, replications = tables.study["weeks"], tables.study["replications"]
    measured = "1 measured week" if weeks == 1 else f"{weeks} measured weeks"
    said = f"{measured}, {replications} replication{'s' if replications != 1 else ''}"
    season = tables.study.get("season", 1)
    return said if season == 1 else f"{said}; figures a year divided by {season:.3g}, the season's deaths"


def subtitle(tables: Tables, what: str, said: str = "") -> str:
    """Measure, place and period. said: sentences before it, on what the title has no room for."""
    return f"{said} {what}{where(tables)}".lstrip()


def where(tables: Tables) -> str:
    """How a subtitle ends that stands by itself."""
    return f"; {place_words(tables)}; {period(tables)}"


# What does not stand behind a chart, by how the keys begin. What may matter is counted: goodwill behind exposure too,
# for home is offered on its strength, and people whose stock of it is gone may leave.
PRICES = ("costs.",)
CALLS = (
    *("answering.", "consequences.", "reasons.", "repeat.", "safe_limit.", "standards."),
    *("demand.calls_per_", "demand.reference_calls_", "demand.rate_ceiling_", "demand.death_calls_"),
    *("demand.professional_", "demand.dying_night_", "demand.background_", "demand.talk_", "demand.after_call_"),
    *("demand.visit_",),
)
ON_CALLS = "Rests on simulated calls."
NO_MONEY, NO_CALLS = PRICES, (*PRICES, *CALLS)


def driven_by(tables: Tables, without: tuple[str, ...] = ()) -> str:
    """The banner of every chart: how many numbers drive it, and how many of them nobody has measured."""
    count = tables.counted_numbers(without)
    own = f" and {count['planner']:,} the planner's own" if count["planner"] else ""
    what = "unknown number" if tables.tells_unknowns else "number"
    numbers = f"1 {what}" if count["all"] == 1 else f"{count['all']:,} {what}s"
    assumed = "1 is an assumption" if count["assumed"] == 1 else f"{count['assumed']:,} are assumptions"
    return f"Driven by {numbers}, of which {assumed}{own}."


def caption(
    tables: Tables, lines: str, rests: str = ON_CALLS, without: tuple[str, ...] = NO_MONEY,
    drawn: list[str] | None = None,
) -> str:  # fmt: skip
    """lines: what the marks mean. rests: whether on simulated calls, or on rotas and absences alone. without: how the
    keys begin of the numbers that do not stand behind the chart. drawn: its scenarios, where they may not be all."""
    study = tables.study
    one_a = drawn_at(tables, tables.names if drawn is None else drawn) if rests == ON_CALLS else ""
    return f"{lines}{one_a} {driven_by(tables, without)} {rests} Seed {study['seed']}, version {study['version']}."


def prediction(tables: Tables, scenario: str, measure: str, group: str = ENGLAND[0], level: str = ENGLAND[1]) -> str:
    """The 90 % prediction interval of a share."""
    estimate = tables.estimate(scenario, measure, group, level)
    return spread(estimate.pi_low, estimate.pi_high) if estimate.known else "–"
