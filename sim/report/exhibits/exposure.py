"""The exhibit on exposure: when nobody funded could come or advise; and rows on round-the-clock access."""

from __future__ import annotations

from sim.report.drawing import Exhibit, Grid
from sim.report.exhibits.bars import Bars, Panel, cells, exhibit_of, rows_of
from sim.report.tables import Tables
from sim.report.words import name
from sim.report.words.captions import NO_CALLS
from sim.report.words.findings import title, verdicts

NIGHTS = "child_nights_without_visit_achieved_share"  # the headline
STANDARD = "qs160_6a_nurse_achieved_children_share"
HOW = {"as held: after leave, sickness and vacancies": "achieved", "on paper: nobody absent": "on_paper"}
MISSING = {
    "Nights with nobody funded to come": "child_nights_without_visit_{}_share",
    "Nights without a consultant on duty": "child_nights_without_consultant_{}_share",
    "Hours with nobody funded to come": "child_hours_without_visit_{}_share",
    "Hours without a consultant on duty": "child_hours_without_consultant_{}_share",
}
ACCESS = {
    "Children with a visiting nurse at every hour (6a)": "qs160_6a_nurse_{}_children_share",
    "Children with a consultant at every hour (6b)": "qs160_6b_consultant_{}_children_share",
    "Hours at home with a visiting nurse (6a)": "qs160_6a_nurse_{}_hours_share",
    "Hours at home with a consultant (6b)": "qs160_6b_consultant_{}_hours_share",
}
OFFERED = "Home offered, of families who want it"
RESTS = "Rests on episodes and rotas alone: no call is simulated, and no rate of calls enters."
NO_CHILD = "No child was at home in the measured weeks, so there is nothing to draw."


def exposure(tables: Tables) -> Exhibit:
    """Nights and hours at home with nobody funded to come, or no consultant: as held beside on paper."""
    panels = _panels(MISSING)
    short = "Nights with nobody to come"
    return exhibit_of(
        tables,
        Bars(
            "exposure",
            short,
            title(tables, "Nights with nobody to come", NIGHTS),
            "Nights and hours of all children who want to be at home, share uncovered, rotas as held against on paper",
            rows_of(tables, panels),
            "Lines: 95% intervals. Uncovered: a night (22:00-07:00) with any part of it, or the hours, without a "
            "funded clinician on duty who can visit and reach the home, or without a funded consultant on duty. Unpaid "
            "help does not count.",
            _table(tables, short, panels),
            NO_CHILD,
            RESTS,
            NO_CALLS,
            said=verdicts(tables, "Child-nights with nobody to come", NIGHTS),
        ),
    )


def access(tables: Tables) -> list[tuple[str, ...]]:
    """Rows on QS160 statement 6, (a) nursing care and (b) a consultant's advice round the clock, of children at home.

    Where home is offered to fewer children, those who are left tend to be the better covered: how many are offered
    home stands below.
    """
    if STANDARD not in tables.measures:
        return []
    rows = [
        (f"{words}, {how.split(':')[0]}", *cells(tables, measure.format(of)))
        for words, measure in ACCESS.items()
        for how, of in HOW.items()
    ]
    return [*rows, (OFFERED, *cells(tables, "home_offered_share"))]


def _panels(asked: dict[str, str]) -> list[Panel]:
    """As held beside on paper; asked: words -> measure with a gap for which of the two."""
    return [Panel(words, {how: measure.format(of) for how, of in HOW.items()}) for words, measure in asked.items()]


def _table(tables: Tables, short: str, panels: list[Panel]) -> Grid:
    rows = [
        (f"{panel.words}, {how}", *cells(tables, measure))
        for panel in panels
        for how, measure in panel.measures.items()
    ]
    return Grid(f"{short}: share with 95% interval", ("Share", *map(name, tables.names)), rows)
