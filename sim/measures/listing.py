"""The list of all measures and headlines as the documentation has it: a row of the table is a row there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from sim.measures.axes import AXES, Value
from sim.measures.catalogue import DENOMINATORS, Row, table
from sim.measures.headlines import LISTS

MEASURES = ("measure", "what it is", "unit", "better", "denominator", "part of")
VALUES = ("in a name", "values")
HEADLINES = ("measure", "called", "told by")


def listed() -> str:
    """Markdown: the measures by section, what stands for each axis in their names, the headlines with their places."""
    parts = [
        f"### {section}\n\n{_markdown(MEASURES, map(_of_measure, rows))}"
        for section, rows in groupby(table("measures.csv"), key=lambda row: row["section"])
    ]
    axes = ((f"`<{axis}>`", "; ".join(map(_of_value, values))) for axis, values in AXES.items())
    parts.append(f"### What stands in a name\n\n{_markdown(VALUES, axes)}")
    parts.append(f"### Headlines\n\n{_markdown(HEADLINES, map(_of_headline, table('headlines.csv')))}")
    return "\n\n".join(parts)


def _markdown(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [f"| {' | '.join(cells)} |" for cells in (head, *rows)]
    return "\n".join([lines[0], "|---" * len(head) + "|", *lines[1:]])


def _of_measure(row: Row) -> tuple[str, ...]:
    denominator = row["denominator"]
    kind = DENOMINATORS.get(denominator, _told(denominator))
    formula = row["formula"].replace("{denominator}", denominator)
    name = row["name"].replace("{", "<").replace("}", ">")
    return f"`{name}`", *map(_told, (formula, row["unit"], row["better"])), kind, _composite(row["part_of"])


def _composite(part_of: str) -> str:
    """The composite of a row, and which of an axis are parts of it where not all are."""
    if not part_of.startswith("{"):
        return part_of
    values = AXES[part_of.strip("{}")]
    parts = [value for value in values if value.told("part_of")]
    return f"{parts[0].told('part_of')}: {', '.join(f'`{value.name}`' for value in parts)}"


def _told(text: str) -> str:
    """Words of the table with the axes in them as the list writes them."""
    return re.sub(r"\{(\w+)\}", r"`<\1>`", text)


def _of_value(value: Value) -> str:
    words, name = value.told("formula").strip("; "), f"`{value.name}`" if value.name else "nothing"
    return name if words.replace(" ", "_") in (value.name, "") else f"{name} ({words})"


def _of_headline(row: Row) -> tuple[str, ...]:
    places = [place.replace("_", " ") for place in LISTS if row[place]]
    return f"`{row['measure']}`", _told(row["title"]), ", ".join(places)
