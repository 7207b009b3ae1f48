"""Every measure by name, read from ``measures.csv``: what it means, which side is better, how it is estimated.

A share or a mean over calls is a ratio of two sums over the measured window (``ratio``); a mean over people is a number per
replication (``mean``), and one that may fall under nought is ``signed``; a percentile or a worst person is a number per
replication too (``percentile``).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from sim.measures.axes import APART, AXES, BANDS, STATISTICS, Value

__all__ = ["BANDS", "CATALOGUE", "DENOMINATORS", "EVERYTHING", "POOLING", "STATISTICS", "Measure", "expanded", "table"]
__all__ += ["BURDEN", "why_not_comparable"]

ESTIMATORS = ("ratio", "mean", "signed", "percentile")
BETTER = ("lower", "higher", "")
SELECTED = "selected"  # kind of denominator
ON_PAPER = "on_paper"  # in the name of what is told of rotas with nobody absent
OF_CALLS = "fate_"  # how the names of what calls decide begin, whatever nights they are told with
ARITHMETIC = (  # how other names begin of what no replication can change
    *("standing_cost", "seats_at_work", "extra_posts", "people_needed", "pools", "pool_", "cost_by_children"),
)
OF_POOLING = "Pooling"  # the section of what only studies of pooling measure


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: better is ``lower``, ``higher`` or empty; zone names the indifference zone in the scenario's
    configuration. relative: the zone is a share of the baseline's figure.

    denominator: what the figure is of. denominator_kind: ``fixed`` if no scenario can change it, ``selected`` if what a
    scenario does decides who is in it. family: of comparisons, beside the group; section: where the docs list it.
    part_of: the composite of which it is one part, or empty.
    """

    name: str
    title: str
    unit: str
    better: str
    estimator: str
    formula: str
    zone: str = ""
    relative: bool = False
    denominator: str = ""
    denominator_kind: str = ""
    family: str = ""
    section: str = ""
    part_of: str = ""

    @property
    def not_comparable(self) -> str:
        """Why two scenarios are never compared by it, in a few words; empty where they may be.

        A scenario must not be able to move what a figure is of, nor to let a part fall by letting another grow: days in
        hospital of children who were not offered home are in no standing cost.
        """
        if self.denominator_kind == SELECTED:
            return f"over {self.denominator}: a scenario decides which"
        return f"part of {self.part_of}: it falls when another part grows" if self.part_of else ""

    @property
    def on_paper(self) -> bool:
        """Whether it follows from rotas, people and prices as they are written, before any chance."""
        of_rotas = ON_PAPER in self.name and not self.name.startswith(OF_CALLS)
        return of_rotas or self.name.startswith(ARITHMETIC)


Row = dict[str, str]


def table(name: str) -> list[Row]:
    """The rows of a table beside this module, by column."""
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as content:
        return list(csv.DictReader(content))


def expanded(rows: Iterable[Row]) -> Iterator[Measure]:
    """The measures that rows of ``measures.csv`` stand for: a row once for each value of its axes.

    Raises ValueError for a word that the tables do not know.
    """
    for (axis, _), block in groupby(rows, key=_turn):
        rows = list(block)
        if not axis:
            yield from map(_measure, rows)
        for value in _values(rows[0], axis):
            yield from expanded([_narrowed(row, axis, value) for row in rows])


def _turn(row: Row) -> tuple[str, str]:
    """The first axis of a row, and its name where it is told apart from its neighbours."""
    axis = next(iter(row["for_each"].split()), "")
    return axis, row["name"] if axis.partition("=")[0] in APART else ""


def _values(row: Row, axis: str) -> list[Value]:
    """The values of an axis, or those of them that are listed behind it: ``statistic=mean|worst``."""
    name, some, listed = axis.partition("=")
    if axis and name not in AXES:
        raise _bad(row, "for_each", axis, AXES)
    known = {value.name: value for value in AXES.get(name, ())}
    chosen = listed.split("|") if some else list(known)
    if unknown := [value for value in chosen if value not in known]:
        raise _bad(row, "for_each", f"{name}={unknown[0]}", known)
    return [known[value] for value in chosen]


def _narrowed(row: Row, axis: str, value: Value) -> Row:
    place = f"{{{axis.partition('=')[0]}}}"
    told = {column: text.replace(place, value.told(column)) for column, text in row.items()}
    return told | {"for_each": row["for_each"].partition(axis)[2]}


def _measure(row: Row) -> Measure:
    for column, words in (("denominator", DENOMINATORS), ("estimator", ESTIMATORS), ("better", BETTER)):
        if row[column] not in words:
            raise _bad(row, column, row[column], words)
    denominator = row["denominator"]
    return Measure(
        name=row["name"],
        title=row["title"][:1].upper() + row["title"][1:],
        unit=row["unit"],
        better=row["better"],
        estimator=row["estimator"],
        formula=row["formula"].replace("{denominator}", denominator),
        zone=row["zone"].removesuffix(" %"),
        relative=row["zone"].endswith(" %"),
        denominator=denominator,
        denominator_kind=DENOMINATORS[denominator],
        family=row["family"],
        section=row["section"],
        part_of=row["part_of"],
    )


def _bad(row: Row, column: str, value: str, words: Iterable[str]) -> ValueError:
    return ValueError(f"measures.csv: {row['name']}: {column} = {value}: must be one of {', '.join(words)}")


DENOMINATORS = {row["denominator"]: row["kind"] for row in table("denominators.csv")}
EVERYTHING: dict[str, Measure] = {measure.name: measure for measure in expanded(table("measures.csv"))}
POOLING = {name: measure for name, measure in EVERYTHING.items() if measure.section == OF_POOLING}
CATALOGUE = {name: measure for name, measure in EVERYTHING.items() if name not in POOLING}


BURDEN = frozenset(name for name, one in CATALOGUE.items() if one.section in ("Burden of clinicians", "Safe work"))


def why_not_comparable(name: str) -> str:
    """The reason of a measure by its name; empty of one that may be compared, or that nobody knows."""
    return EVERYTHING[name].not_comparable if name in EVERYTHING else ""
