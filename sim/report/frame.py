"""What stands around every chart: place, period, and what the figures rest on."""

from __future__ import annotations

from sim.report.findings import place_words
from sim.report.tables import ENGLAND, Tables
from sim.report.words import capitals, name, spread

NOTHING = "No potential call fell in the measured weeks, so there is nothing to draw."


LONGEST = 120  # characters of a title that names every scenario


def study_title(tables: Tables) -> str:
    """What was studied; of many scenarios the baseline and how many others."""
    title = capitals(tables.study["title"])
    others = len(tables.names) - 1
    return title if len(title) <= LONGEST or not others else f"{name(tables.baseline)} compared with {others} others"


def period(tables: Tables) -> str:
    """Measured weeks and replications."""
    weeks, replications = tables.study["weeks"], tables.study["replications"]
    return f"{weeks} measured weeks, {replications} replication{'s' if replications != 1 else ''}"


def subtitle(tables: Tables, what: str) -> str:
    """Measure, place and period."""
    return f"{what}; {place_words(tables)}; {period(tables)}"


def driven_by(tables: Tables) -> str:
    """The banner of every chart: how many numbers drive it, and how many of them nobody has measured."""
    count = tables.counted_numbers()
    own = f" and {count['planner']:,} the planner's own" if count["planner"] else ""
    return f"Driven by {count['all']:,} numbers, of which {count['assumed']:,} are assumptions{own}."


def caption(tables: Tables, lines: str, rests: str = "Rests on simulated calls.") -> str:
    """lines: what the marks mean. rests: whether on simulated calls, or on rotas and absences alone."""
    study = tables.study
    return f"{lines} {driven_by(tables)} {rests} Seed {study['seed']}, version {study['version']}."


def prediction(tables: Tables, scenario: str, measure: str, group: str = ENGLAND[0], level: str = ENGLAND[1]) -> str:
    """The 90 % prediction interval of a share."""
    estimate = tables.estimate(scenario, measure, group, level)
    return spread(estimate.pi_low, estimate.pi_high) if estimate.known else "–"
