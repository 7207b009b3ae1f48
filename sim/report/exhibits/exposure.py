"""The exhibits on exposure: when nobody funded could come or advise, and the standard of round-the-clock access."""

from __future__ import annotations

from sim.report.drawing import Exhibit, Grid
from sim.report.exhibits.bars import Bars, Panel, cells, exhibit_of, rows_of
from sim.report.tables import Tables
from sim.report.words import little, name
from sim.report.words.captions import NO_CALLS
from sim.report.words.findings import verdict_finding

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
            verdict_finding(tables, "the share of child-nights with nobody funded to come", NIGHTS),
            "Nights and hours of all children who want to be at home, share uncovered, rotas as held against on paper",
            rows_of(tables, panels),
            "Lines: 95% intervals. Uncovered: a night (22:00-07:00) with any part of it, or the hours, without a "
            "funded clinician on duty who can visit and reach the home, or without a funded consultant on duty. Unpaid "
            "help does not count.",
            _table(tables, short, panels),
            NO_CHILD,
            RESTS,
            NO_CALLS,
        ),
    )


def standard(tables: Tables) -> Exhibit:
    """QS160 statement 6, (a) nursing care and (b) a consultant's advice round the clock, of children at home."""
    panels = _panels(ACCESS)
    short = "QS160 statement 6"
    return exhibit_of(
        tables,
        Bars(
            "standard",
            short,
            _standard_finding(tables),
            "NICE QS160 statement 6: access at every hour to (a) children's nursing care and (b) a consultant's "
            "advice; share of children offered home, and of their hours",
            rows_of(tables, panels),
            "Lines: 95% intervals. Of children who are offered home. Where home is offered to fewer children, those "
            "who are left tend to be the better covered, so scenarios with different offers are not like for like "
            "here: the table says how many are offered home, and the nights above count every child who wants it.",
            _table(tables, short, panels, (OFFERED, *cells(tables, "home_offered_share"))),
            NO_CHILD,
            RESTS,
            NO_CALLS,
        ),
    )


def _panels(asked: dict[str, str]) -> list[Panel]:
    """As held beside on paper; asked: words -> measure with a gap for which of the two."""
    return [Panel(words, {how: measure.format(of) for how, of in HOW.items()}) for words, measure in asked.items()]


def _table(tables: Tables, short: str, panels: list[Panel], *more: tuple[str, ...]) -> Grid:
    rows = [
        (f"{panel.words}, {how}", *cells(tables, measure))
        for panel in panels
        for how, measure in panel.measures.items()
    ]
    return Grid(f"{short}: share with 95% interval", ("Share", *map(name, tables.names)), [*rows, *more])


def _standard_finding(tables: Tables) -> str:
    """What is reached, lowest and highest scenario; no comparison, for the children offered home differ."""
    parts: list[str] = []
    for measure in (STANDARD, STANDARD.replace("6a_nurse", "6b_consultant")):
        means = [tables.estimate(scenario, measure).mean for scenario in tables.names]
        known = sorted(mean for mean in means if mean == mean)
        if not known:
            return "No figure for round-the-clock access, because no child was at home"
        parts.append(" to ".join(dict.fromkeys(little(known[end]) for end in (0, -1))))
    nurse, consultant = parts
    said = f"{nurse} of children at home have a visiting nurse at every hour, {consultant} a consultant"
    return f"{said}, depending on the scenario" if any(" to " in part for part in parts) else said
