"""Eight slides from a comparison: question, headline figures, what became of the families, the same families in another
scenario, unmet demand, burden, who gains and loses, assumptions."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from sim.report.drawing import Exhibit
from sim.report.drawing.saving import pixels
from sim.report.drawing.style import styled
from sim.report.exhibits import fates
from sim.report.exhibits.areas import by_area
from sim.report.exhibits.burden import burden, roles
from sim.report.exhibits.gains import gains
from sim.report.exhibits.unmet_demand import unmet_by_cause
from sim.report.slides.shapes import EDGE, GREY, HIGH, INK, WIDE, slide, table, text
from sim.report.tables import Tables
from sim.report.words import name
from sim.report.words.answer import answer
from sim.report.words.captions import driven_by, period, study_title
from sim.report.words.findings import place_words
from sim.report.words.headlines import cards
from sim.report.words.home_anyway import explained
from sim.report.words.selection import in_order, in_panels

if TYPE_CHECKING:
    from pptx.presentation import Presentation

ROOM = 8  # scenarios on a slide
KINDS = ("assumed", "source", "planner")
GROUPS = 9  # rows of the table of assumptions
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of every part: the same tables give the same bytes
LIMITS = (
    "They compare arrangements under stated assumptions; they are no forecast and describe no named service.",
    "Intervals hold chance alone, not the doubt about assumptions, which is often larger.",
)


def slides(tables: Tables) -> bytes:
    """The presentation as a .pptx file. Raises ImportError where python-pptx is not installed."""
    import pptx
    from pptx.util import Inches

    tables = in_order(tables)
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDE), Inches(HIGH)
    _question(deck, tables)
    _headlines(deck, tables)
    for exhibit, picture in _charts(tables):
        _chart(deck, exhibit, picture)
        if exhibit.name == fates.NAME and fates.has_flows(tables):
            _flows(deck, fates.flows(tables, of_best=True))
    _assumptions(deck, tables)
    target = io.BytesIO()
    deck.core_properties.title = study_title(tables)[:255]
    deck.core_properties.author = f"oncall-sim {tables.study['version']}"
    deck.save(target)
    return _dated(target.getvalue())


def _charts(tables: Tables) -> list[tuple[Exhibit, bytes | None]]:
    with styled():
        shown = [fates.fates(tables)] if fates.WORST in tables.measures else []
        shown.append(unmet_by_cause(tables))
        if roles(tables):
            shown.append(burden(tables))
        shown.append(gains(tables) if len(tables.names) > 1 else by_area(tables))
    return [(exhibit, pixels(exhibit.figure) if exhibit.figure else None) for exhibit in shown]


def _question(deck: Presentation, tables: Tables) -> None:
    page = slide(deck, study_title(tables))
    asked = {scenario["name"]: scenario["question"] for scenario in tables.scenarios}
    shown = tables.names if len(tables.names) <= ROOM else in_panels(tables, ROOM)
    lines = [(name(one) + (" (baseline)" if one == tables.baseline else ""), asked[one]) for one in shown]
    rest = len(tables.names) - len(shown)
    more = f"; {rest} more scenarios are in the report" if rest else ""
    table(page, ("Scenario", "Question"), lines, 1.7, (3.4, WIDE - 2 * EDGE - 3.4))
    text(page, f"{place_words(tables)}; {period(tables)}{more}. {driven_by(tables)}", HIGH - 0.9, 14, GREY)


def _headlines(deck: Presentation, tables: Tables) -> None:
    page = slide(deck, answer(tables)[0].split(" (")[0].removesuffix("."))
    head, rows = cards(tables)
    kept = {name(one) for one in (tables.names if len(tables.names) <= ROOM else in_panels(tables, ROOM))}
    lines = [(called, *("\n".join(filter(None, card[:2])) for card in of)) for called, of in rows if called in kept]
    wide = (WIDE - 2 * EDGE - 2.6) / len(head)
    table(page, ("Scenario", *head), lines, 1.5, (2.6, *(wide for _ in head)))
    text(
        page,
        f"Headline figures, with 95% intervals. Results of a model, not counts of what happened. {explained(tables)}",
        HIGH - 0.7,
        12,
        GREY,
    )


def _chart(deck: Presentation, exhibit: Exhibit, picture: bytes | None) -> None:
    """The finding as title, the chart as a picture with alternative text, and the caption under it."""
    from pptx.util import Emu, Inches

    page = slide(deck, exhibit.title)
    text(page, exhibit.subtitle, 1.4, 14, GREY)
    text(page, exhibit.caption, HIGH - 1.15, 10, GREY)
    if picture is None:
        text(page, exhibit.note, 3.0, 20, INK)
        return
    top, room = 2.05, HIGH - 1.2 - 2.05
    shape = page.shapes.add_picture(io.BytesIO(picture), Inches(EDGE), Inches(top), height=Inches(room))
    most = Inches(WIDE - 2 * EDGE)
    if shape.width > most:
        shape.width, shape.height = most, Emu(int(shape.height * most / shape.width))
    shape.left = Emu(int((Inches(WIDE) - shape.width) / 2))
    element: Any = shape._element  # of no type that the library says
    element.nvPicPr.cNvPr.set("descr", exhibit.alt)


def _flows(deck: Presentation, exhibit: Exhibit) -> None:
    """From fate to fate, as a native table: the scenario is in the title."""
    page = slide(deck, exhibit.title)
    text(page, exhibit.subtitle, 1.4, 14, GREY)
    rows = [row[1:] for row in exhibit.grid.rows]
    wide = (WIDE - 2 * EDGE - 2.6) / (len(rows[0]) - 1)
    table(page, exhibit.grid.head[1:], rows, 2.0, (2.6, *(wide for _ in rows[0][1:])))
    text(page, exhibit.caption, HIGH - 0.8, 10, GREY)


def _assumptions(deck: Presentation, tables: Tables) -> None:
    count, what = tables.counted_numbers(), "unknown numbers" if tables.tells_unknowns else "numbers"
    page = slide(deck, f"{count['assumed']:,} of {count['all']:,} {what} behind these figures are assumptions")
    once = tables.assumptions.drop_duplicates("key")
    groups = once["key"].str.partition(".")[0]
    by_group = once.groupby([groups, "kind"]).size().unstack(fill_value=0)
    for kind in KINDS:
        by_group[kind] = by_group.get(kind, 0)
    ordered = by_group.sort_values(["assumed", "source"], ascending=False, kind="stable")
    lines = [
        (name(str(group)), *(f"{row[kind]:,}" for kind in KINDS)) for group, row in ordered.head(GROUPS).iterrows()
    ]
    if len(ordered) > GROUPS:
        rest = ordered.iloc[GROUPS:].sum()
        lines.append((f"{len(ordered) - GROUPS} more groups", *(f"{rest[k]:,}" for k in KINDS)))
    head = ("Group of numbers", "Assumed", "With a source", "The planner's own")
    table(page, head, lines, 1.5, (4.0, 2.2, 2.2, 2.6))
    text(page, " ".join((*LIMITS, "Every number stands in assumptions.csv.")), HIGH - 1.1, 14, GREY)


def _dated(content: bytes) -> bytes:
    """The same file with the same date on every part, whenever it was written."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as found, zipfile.ZipFile(target, "w") as made:
        for path in found.namelist():
            made.writestr(zipfile.ZipInfo(path, FIRST_DAY), found.read(path), zipfile.ZIP_DEFLATED)
    return target.getvalue()
