"""The headline measures and where each is told, read from ``headlines.csv``: a row for each, a column for each place.

A number is the position in the list of that place, and nothing there means that the place does not tell it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sim.measures.catalogue import EVERYTHING, Measure, Row, table

LISTS = {  # place: what lists the headlines there
    "screen": "the figures printed when a study ends",
    "page": "the table under the answer",
    "cards": "the figures the page and the slides begin with",
    "differences": "the chart of paired differences",
    "many": "that chart where there are many scenarios",
    "chooser": "what can be chosen on the page, and its map",
    "explorer": "the figures beside the levers",
    "areas": "the workbook's sheet of areas",
    "precision": "what a precision is asked of, one family of comparisons, and what clusters and distances are told of",
    "equity": "gaps between areas and groups",
    "attribution": "what each cause taken away is worth",
    "pool_screen": "the curve of pooling, as printed",
    "pool_page": "the curve of pooling, as drawn",
}
JUDGED = ("differences", "many", "precision", "equity", "attribution")  # only what may be compared stands there
POOLED = "pooled"  # the column that says for whom a study of pooling keeps a headline: all areas together, or each too
WRITTEN = {"share": "share", "GBP": "pounds", "hours/": "hours"}
KEPT = {"": (), "england": ("england",), "areas": ("england", "area")}


@dataclass(frozen=True, slots=True)
class Headline:
    """One headline: the measure, whether it is told of all areas (``england``) or of each ``role``, and its words.

    title: may hold ``{role}``. short: in a narrow column. block: what it is about, on the explorer.
    pooled: groups for which a study of pooling keeps it.
    """

    measure: str
    group: str
    title: str
    short: str
    block: str
    pooled: tuple[str, ...]

    @property
    def described(self) -> Measure:
        """Its row in the table of measures."""
        return EVERYTHING[self.measure]

    @property
    def unit(self) -> str:
        """How its numbers are written: ``share``, ``pounds``, ``hours``, or the measure's own unit."""
        unit = self.described.unit
        return next((word for start, word in WRITTEN.items() if unit.startswith(start)), unit)


def by_place(rows: Iterable[Row]) -> dict[str, tuple[Headline, ...]]:
    """The headlines of each place in their order.

    Raises ValueError for a measure or word that nobody knows, and where differences are judged for a measure that is
    not comparable.
    """
    told = [(_headline(row), row) for row in rows]
    places = {
        place: tuple(one for one, _ in sorted(_at(told, place), key=lambda pair: int(pair[1][place])))
        for place in LISTS
    }
    return places | {POOLED: tuple(one for one, _ in told if one.pooled)}


def _at(told: list[tuple[Headline, Row]], place: str) -> list[tuple[Headline, Row]]:
    return [(one, row) for one, row in told if row[place]]


def _headline(row: Row) -> Headline:
    known: Mapping[str, Iterable[str]] = {"measure": EVERYTHING, "group": ("england", "role"), POOLED: KEPT}
    for column, words in known.items():
        if row[column] not in words:
            raise ValueError(f"headlines.csv: {row['measure']}: {column} = {row[column]}: not known")
    reason, judged = EVERYTHING[row["measure"]].not_comparable, [place for place in JUDGED if row[place]]
    if reason and judged:
        raise ValueError(f"headlines.csv: {row['measure']}: {judged[0]} = {row[judged[0]]}: not comparable ({reason})")
    words = {column: row[column] for column in ("measure", "group", "title", "short", "block")}
    return Headline(**words, pooled=KEPT[row[POOLED]])


PLACES = by_place(table("headlines.csv"))
OVER_HOME_ANYWAY = (
    tuple(  # shares that hang on who goes home with nobody on call, where goodwill makes no place at home
        dict.fromkeys(
            (
                *("unmet_demand_share", "home_offered_share", "died_outside_hospital_share", "died_at_home_share"),
                *(one.measure for place in ("screen", "page") for one in PLACES[place] if one.unit == "share"),
            )
        )
    )
)


def headlines(place: str) -> tuple[Headline, ...]:
    """The headlines of a place (a key of LISTS, or ``pooled``), in the order in which it tells them."""
    return PLACES[place]


def names(place: str) -> tuple[str, ...]:
    """The measures that are headlines of a place."""
    return tuple(one.measure for one in PLACES[place])


def shorts(place: str) -> dict[str, str]:
    """The short words of the headlines of a place, by measure."""
    return {one.measure: one.short for one in PLACES[place]}
