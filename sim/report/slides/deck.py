"""At most eight slides from a comparison: question, answer in families, what became of them, the same families in
another scenario, money and posts, the people on call, who gains and loses, how sure. To be read from three metres."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from sim.report.drawing import Exhibit
from sim.report.drawing.saving import slide_pixels
from sim.report.exhibits import fates
from sim.report.exhibits.burden import burden, roles
from sim.report.exhibits.unmet_demand import unmet_by_cause
from sim.report.front import fairness, money, partition, sure
from sim.report.front.pair import most_asked
from sim.report.front.sheet import told
from sim.report.slides.shapes import EDGE, HIGH, INK, WIDE, WORDS, slide, table, text
from sim.report.tables import Tables
from sim.report.words import name, number
from sim.report.words.answer import answer
from sim.report.words.captions import driven_by, period, study_title
from sim.report.words.findings import place_words
from sim.report.words.selection import in_order

if TYPE_CHECKING:
    from pptx.presentation import Presentation

FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of every part: the same tables give the same bytes
MOVES, ROWS = 5, 6  # rows of the tables of flows and of groups
DECIDING = 3  # lines on what decides
HOURS = "hours_on_call_per_week_{}"
ROOM = 620  # letters that a slide holds in large print


def slides(tables: Tables) -> bytes:
    """The presentation as a .pptx file. Raises ImportError where python-pptx is not installed."""
    import pptx
    from pptx.util import Inches

    tables = in_order(tables)
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDE), Inches(HIGH)
    shown = told(tables)
    _question(deck, tables, shown)
    _answer(deck, tables, shown)
    _chart(deck, fates.fates(tables) if fates.WORST in tables.measures else unmet_by_cause(tables))
    if fates.has_flows(tables):
        _flows(deck, tables)
    if money.TOTAL in tables.measures:
        _money(deck, tables, shown)
    if roles(tables):
        _people(deck, tables, shown)
    if len(tables.names) > 1:
        _who(deck, tables, shown)
    _sure(deck, tables, shown)
    target = io.BytesIO()
    deck.core_properties.title = study_title(tables)[:255]
    deck.core_properties.author = f"oncall-sim {tables.study['version']}"
    deck.save(target)
    return _dated(target.getvalue())


def _question(deck: Presentation, tables: Tables, shown: list[str]) -> None:
    page = slide(deck, study_title(tables))
    asked = {scenario["name"]: scenario["question"] for scenario in tables.scenarios}
    lines = [(name(one) + (" (baseline)" if one == tables.baseline else ""), asked[one]) for one in shown]
    rest = len(tables.names) - len(shown)
    more = f"; {rest} more scenarios are in the report" if rest else ""
    table(page, ("Scenario", "Question"), lines, 1.6, (3.6, WIDE - 2 * EDGE - 3.6))
    text(page, [f"{place_words(tables)}; {period(tables)}{more}. A model, not counts of what happened."], HIGH - 0.95)


def _answer(deck: Presentation, tables: Tables, shown: list[str]) -> None:
    """Of the families who want to be at home: how many are met, and what each scenario changes, in sentences."""
    sentences = partition.sentences(tables, shown) or answer(tables)[:3]
    page = slide(deck, partition.heading(tables))
    text(page, sentences, 1.6, 20 if sum(map(len, sentences)) < ROOM else WORDS, INK)


def _chart(deck: Presentation, exhibit: Exhibit) -> None:
    """The finding as title, and the chart as a picture with alternative text, as large as the slide."""
    from pptx.util import Emu, Inches

    page = slide(deck, exhibit.title)
    picture = slide_pixels(exhibit)
    if picture is None:
        text(page, [exhibit.note], 3.0, 20, INK)
        return
    top, room = 1.5, HIGH - 1.5 - 0.25
    shape = page.shapes.add_picture(io.BytesIO(picture), Inches(EDGE), Inches(top), height=Inches(room))
    most = Inches(WIDE - 2 * EDGE)
    if shape.width > most:
        shape.width, shape.height = most, Emu(int(shape.height * most / shape.width))
    shape.left = Emu(int((Inches(WIDE) - shape.width) / 2))
    element: Any = shape._element  # of no type that the library says
    element.nvPicPr.cNvPr.set("descr", exhibit.alt)


def _flows(deck: Presentation, tables: Tables) -> None:
    """The largest moves from fate to fate in the scenario in which most families fare better."""
    exhibit = fates.flows(tables, of_best=True)
    page = slide(deck, exhibit.title)
    moves = fates.largest_moves(tables, MOVES)
    base = name(tables.baseline)
    table(page, (f"In {base}", "In the other", "Families a year"), moves, 1.6, (5.0, 5.0, 2.1))
    text(page, ["The same families in both, by the worst that happens to each. Means over replications."], HIGH - 0.95)


def _money(deck: Presentation, tables: Tables, shown: list[str]) -> None:
    asked = most_asked(tables, shown)
    page = slide(deck, money.heading(tables, list(dict.fromkeys([tables.baseline, *(asked or ())]))))
    grid = money.money(tables, shown)
    end = table(page, grid.head, grid.rows, 1.5, (2.2, 1.6, 1.3, 2.8, 4.2))
    text(page, [money.NOTE], max(end + 0.1, HIGH - 1.0))


def _people(deck: Presentation, tables: Tables, shown: list[str]) -> None:
    """Funded hours on call a week, of the median and of the worst-off person of each role."""
    page = slide(deck, burden(tables).title)
    who = tables.having(HOURS.format("worst")) or roles(tables)
    rows = [(name(s), *(_hours(tables, s, role) for role in who)) for s in shown]
    wide = (WIDE - 2 * EDGE - 3.0) / len(who)
    table(page, ("Hours on call a week", *map(name, who)), rows, 1.6, (3.0, *(wide for _ in who)))
    text(page, ["Funded hours of the median and of the worst-off person of a role."], HIGH - 0.95)


def _hours(tables: Tables, scenario: str, role: str) -> str:
    middle, worst = (tables.estimate(scenario, HOURS.format(which), "role", role) for which in ("median", "worst"))
    return f"{number(middle.mean, 0)}, worst {number(worst.mean, 0)}" if worst.known and worst.mean else "nobody"


def _who(deck: Presentation, tables: Tables, shown: list[str]) -> None:
    page = slide(deck, fairness.heading(tables, shown))
    grid = fairness.fairness(tables, shown)
    wide = (WIDE - 2 * EDGE - 3.0) / (len(grid.head) - 1)
    table(page, grid.head, grid.rows[:ROWS], 1.6, (3.0, *(wide for _ in grid.head[1:])))
    left = len(grid.rows) - ROWS
    more = [f"{left} more groups are in the report."] if left > 0 else []
    text(page, [*filter(None, [fairness.levelling_down(tables)]), *more], HIGH - 1.15)


def _sure(deck: Presentation, tables: Tables, shown: list[str]) -> None:
    """Chance beside assumptions, the assumptions that decide, and how many there are."""
    page = slide(deck, sure.heading(tables, shown))
    grid = sure.sure(tables, shown)
    end = table(page, grid.head, grid.rows, 1.4, (2.5, 2.5, 2.4, 2.6, 2.1))
    lines = sure.lines(tables, shown, most_asked(tables, shown) or (tables.baseline,))
    text(page, [driven_by(tables), *lines[:DECIDING]], max(end + 0.1, HIGH - 2.2))


def _dated(content: bytes) -> bytes:
    """The same file with the same date on every part, whenever it was written."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as found, zipfile.ZipFile(target, "w") as made:
        for path in found.namelist():
            made.writestr(zipfile.ZipInfo(path, FIRST_DAY), found.read(path), zipfile.ZIP_DEFLATED)
    return target.getvalue()
