"""The exhibit on fragility: out-of-hours hours that hang on nobody or on one person, and the loss of one post."""

from __future__ import annotations

from sim.report.drawing import Exhibit, Grid
from sim.report.exhibits.bars import Bars, Panel, cells, exhibit_of, rows_of
from sim.report.exhibits.one_year import short_name
from sim.report.tables import ENGLAND, Tables
from sim.report.words import NO_FIGURE, figure, name
from sim.report.words.captions import NO_CALLS
from sim.report.words.findings import title, verdicts

HOURS = "fragility_hours_{}_{}_{}_share"
NOBODY = HOURS.format("nobody", "visit", "achieved")
LOST, HANGING = "fragility_child_nights_lost_with_one_post", "fragility_child_hours_on_one_post"
HOW = {"as held: after leave, sickness and vacancies": "achieved", "on paper: nobody absent": "on_paper"}
PANELS = {
    "Nobody funded who may visit": ("nobody", "visit"),
    "Nobody or one person who may visit": ("one_at_most", "visit"),
    "No consultant": ("nobody", "consultant"),
    "No consultant or one": ("one_at_most", "consultant"),
}
RESTS = "Rests on episodes, rotas and absences alone: no call is simulated."


def fragility(tables: Tables) -> Exhibit:
    """Hours with nobody or one person, on paper and as held; by kind of service, and one post lost, in the table."""
    panels = [Panel(words, {how: HOURS.format(*of, word) for how, word in HOW.items()}) for words, of in PANELS.items()]
    levels = [ENGLAND, *(("area_type", level) for level in sorted(tables.levels("area_type")))]
    rows = [
        (f"{panel.words}, {how.split(':')[0]}", _where(level), *cells(tables, measure, "share", *level))
        for panel in panels
        for how, measure in panel.measures.items()
        for level in levels
    ]
    return exhibit_of(
        tables,
        Bars(
            "fragility",
            "Hours on nobody or one person",
            title(tables, "Hours nobody covers", NOBODY),
            "Out-of-hours hours of an area with nobody, or with one person at most, on a funded duty",
            rows_of(tables, panels),
            "Lines: 95% intervals. An hour counts once for each area. Somebody busy or resting counts as there. One "
            "post lost (in the table): of each role the post on which most hours of children hang, left vacant, its "
            "turns offered down the list like those of any vacant post. Which post that is may differ between "
            "replications; the area named is where, on average, most hours hang on one post of the role.",
            Grid(
                "Hours with nobody or one person: share with 95% interval; one post lost, a year",
                ("What", "Where", *map(name, tables.names)),
                [*rows, *_one_post(tables)],
                heads=2,
            ),
            "No out-of-hours hour was measured, so there is nothing to draw.",
            RESTS,
            NO_CALLS,
            said=verdicts(tables, "Hours with nobody to visit", NOBODY),
        ),
    )


def _where(level: tuple[str, str]) -> str:
    return "all areas" if level == ENGLAND else level[1].replace("_", " ")


def _one_post(tables: Tables) -> list[tuple[str, ...]]:
    told = {LOST: "Child-nights uncovered when the worst post is lost", HANGING: "Child-hours that hang on that post"}
    rows = []
    for measure, words in told.items():
        for role in tables.levels("role"):
            found = [tables.estimate(scenario, measure, "role", role) for scenario in tables.names]
            if any(one.known for one in found):
                rows.append((words, name(role), *(figure(one, "") for one in found)))
    for role in tables.levels("role"):
        named = [_most(tables, scenario, role) for scenario in tables.names]
        if any(named):
            rows.append(("Where most child-hours hang on one post", name(role), *(one or NO_FIGURE for one in named)))
    return rows


def _most(tables: Tables, scenario: str, role: str) -> str:
    """The area where most hours hang on one post of a role, and how many; empty where nothing does."""
    codes = dict(zip(tables.areas["code"], map(short_name, tables.areas.to_dict("records")), strict=True))
    hours = {code: tables.estimate(scenario, HANGING, "area_role", f"{code} {role}") for code in codes}
    known = {code: one for code, one in hours.items() if one.known and one.mean > 0}
    if not known:
        return ""
    most = max(known, key=lambda code: known[code].mean)
    return f"{codes[most]}: {figure(known[most], '')}"
