"""The sheet of native charts, each beside the few figures it shows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from sim.measures.unmet_demand import UNMET_PARTS
from sim.report.tables import ENGLAND, Estimate, Tables
from sim.report.words import name
from sim.report.words.fates import COLOURS as FATE_COLOURS
from sim.report.words.fates import WORDS
from sim.report.words.findings import UNMET
from sim.report.workbook.book import COLOURS, Book, give_room, on_paper

FIRST, OTHERS = 34, 14  # characters of the columns
HIGH = 20  # rows that a chart takes
SCALE, ON_A_PAGE = 40, 62  # per cent of print, and rows that a page holds
OUTCOMES = {  # at most five: what became of the potential calls
    "Met by funded staff": ("met_share", "late_share"),
    "Met by goodwill": ("met_by_goodwill_share",),
    "Met by general services": ("met_by_general_services_share",),
    "Unmet demand": (UNMET,),
    "In hospital after met help, or help there": ("not_made_in_hospital_share", "not_made_help_present_share"),
}
COSTS = {
    "Availability and sessions": "standing_cost",
    "Posts to create": "extra_posts_cost",
    "Activity": "activity_cost",
    "General and hospital services": "universal_cost",
}
HOURS = "hours_on_call_per_week_worst"


def charts(book: Book, tables: Tables) -> None:
    """What became of families and of their calls, unmet demand, hours of the worst-off person, and costs if known."""
    sheet = book.book.add_worksheet("Charts")
    sheet.write_string(0, 0, "The figures to look at first", book.title)
    sheet.set_column(0, 0, FIRST)
    sheet.set_column(1, len(WORDS), OTHERS)
    drawing = Drawing(book, sheet)
    if "fate_whole_share" in tables.measures:
        drawing.bars(
            "What became of the families, the worst first", "share", tables.names,
            {words: [_sum(tables, s, (f"fate_{fate}_share",)) for s in tables.names] for fate, words in WORDS.items()},
            stacked=True, colours=tuple(FATE_COLOURS.values()),
        )  # fmt: skip
    unmet = [tables.estimate(scenario, UNMET) for scenario in tables.names]
    drawing.with_intervals("Unmet demand, share of potential calls", tables.names, unmet)
    drawing.bars(
        "Unmet demand in its four parts", "share", tables.names,
        {
            words[:1].upper() + words[1:]: [_sum(tables, s, (measure,)) for s in tables.names]
            for words, measure in UNMET_PARTS.items()
        },
        stacked=True,
    )  # fmt: skip
    drawing.bars(
        "What became of potential calls", "share", tables.names,
        {what: [_sum(tables, s, measures) for s in tables.names] for what, measures in OUTCOMES.items()}, stacked=True,
    )  # fmt: skip
    drawing.bars(
        "Hours on call a week, the worst-off person", "hours/person-week", tables.names,
        {
            name(role): [tables.estimate(s, HOURS, "role", role).mean for s in tables.names]
            for role in tables.having(HOURS)
        },
    )  # fmt: skip
    if tables.measures & set(COSTS.values()):
        drawing.bars(
            "Whole cost by its parts, GBP a year", "GBP/year", tables.names,
            {what: [_sum(tables, s, (measure,)) for s in tables.names] for what, measure in COSTS.items()},
            stacked=True,
        )  # fmt: skip
    on_paper(sheet)
    sheet.set_print_scale(SCALE)  # as wide as a page, too, and with breaks where they are wanted
    sheet.set_h_pagebreaks(drawing.breaks)


class Drawing:
    """Charts one below the other, each with its figures to the left."""

    def __init__(self, book: Book, sheet: Any) -> None:
        self.book, self.sheet, self.row = book, sheet, 2
        self.breaks: list[int] = []  # rows before which a page ends, so that no chart is cut
        self._top = 0  # of the page

    def with_intervals(self, title: str, names: Sequence[str], estimates: Sequence[Estimate]) -> None:
        """Bars with their 95 % intervals."""
        up = [_known(one.ci_high - one.mean) for one in estimates]
        down = [_known(one.mean - one.ci_low) for one in estimates]
        columns = {"Mean": [one.mean for one in estimates], "up to 95 % high": up, "down to 95 % low": down}
        self._figures(title, "share", names, columns)
        ends = {"plus_values": self._range(2, len(names)), "minus_values": self._range(3, len(names))}
        self._chart(title, "share", {"Mean": 1}, len(names), {"type": "custom", **ends})

    def bars(
        self, title: str, unit: str, names: Sequence[str], series: dict[str, list[float]], stacked: bool = False,
        colours: Sequence[str] = COLOURS,
    ) -> None:  # fmt: skip
        """Bars of several series, beside each other or stacked."""
        self._figures(title, unit, names, series)
        self._chart(
            title, unit, {what: k for k, what in enumerate(series, start=1)}, len(names), None, stacked, colours
        )

    def _begin(self, rows: int) -> None:
        """A new page, where the next chart would not stand whole on this one."""
        if self.row + max(HIGH, rows + 3) - self._top > ON_A_PAGE and self.row > 2:
            self.breaks.append(self.row)
            self._top = self.row

    def _figures(self, title: str, unit: str, names: Sequence[str], columns: dict[str, list[float]]) -> None:
        self._begin(len(names))
        give_room(self.sheet, self.row, (title, *columns), (FIRST, *(OTHERS for _ in columns)))
        for place, head in enumerate((title, *columns)):
            self.sheet.write_string(self.row, place, head, self.book.head)
        for number, scenario in enumerate(names, start=1):
            self.book.put(self.sheet, self.row + number, 0, name(scenario))
            for place, values in enumerate(columns.values(), start=1):
                self.book.put(self.sheet, self.row + number, place, values[number - 1], unit)

    def _range(self, place: int, rows: int) -> str:
        letter = "ABCDEFGHIJ"[place]
        return f"=Charts!${letter}${self.row + 2}:${letter}${self.row + 1 + rows}"

    def _chart(
        self, title: str, unit: str, series: dict[str, int], rows: int, errors: dict[str, Any] | None = None,
        stacked: bool = False, colours: Sequence[str] = COLOURS,
    ) -> None:  # fmt: skip
        kind = {"type": "bar", "subtype": "stacked"} if stacked else {"type": "bar"}
        chart: Any = self.book.book.add_chart(kind)
        for place in series.values():
            chart.add_series({
                "name": ["Charts", self.row, place], "categories": self._range(0, rows),
                "values": self._range(place, rows), "fill": {"color": colours[(place - 1) % len(colours)]},
                **({"x_error_bars": errors} if errors else {}),
            })  # fmt: skip
        chart.set_title({"name": title, "name_font": {"size": 12}})
        chart.set_y_axis({"reverse": True})
        shown = "0%" if unit == "share" else "#,##0"
        chart.set_x_axis({"num_format": shown, "min": 0, **({"max": 1} if stacked and unit == "share" else {})})
        chart.set_legend({"position": "bottom"} if len(series) > 1 else {"none": True})
        chart.set_size({"width": 720, "height": 360})
        said = f"Bar chart: {title}, by scenario. Its figures stand to the left of it."
        self.sheet.insert_chart(self.row, max(6, len(series) + 2), chart, {"description": said})
        self.row += max(HIGH, rows + 3)


def _sum(tables: Tables, scenario: str, measures: Sequence[str]) -> float:
    return sum(tables.estimate(scenario, measure, *ENGLAND).mean for measure in measures)


def _known(value: float) -> float:
    return 0.0 if math.isnan(value) else value
