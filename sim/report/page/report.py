"""The page: one self-contained HTML file that opens from disk with the network off."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import groupby
from typing import Any

from sim.measures.headlines import Headline
from sim.measures.headlines import headlines as headlines_of
from sim.report.drawing import Exhibit, Grid
from sim.report.drawing.style import ink_on
from sim.report.front.partition import GROUPS
from sim.report.front.sheet import boards, no_boards, sheet
from sim.report.page.ambitions import AMBITIONS, grid
from sim.report.page.controls import as_json, controls
from sim.report.page.notes import told_once
from sim.report.page.templates import filled
from sim.report.tables import Posts, Tables
from sim.report.words import figure, findings, name, one_period, spread, without_twins
from sim.report.words.answer import answer
from sim.report.words.assumed import over_assumptions, unknown
from sim.report.words.captions import driven_by, period, study_title, where
from sim.report.words.glossary import Glossary
from sim.report.words.headlines import cards
from sim.report.words.home_anyway import explained, told
from sim.report.words.selection import in_panels, is_many
from sim.report.words.supply import of_named_areas, on_map

OPEN = ("costs",)  # exhibits whose table is open beside their chart, so that it is printed
SHORT = 12  # rows of a table that is open where there is no chart
HOURS = "hours_on_call_per_week_worst"  # told with the median person beside the worst-off
KINDS = {  # kind of number: caption of its table, heading of its text
    "assumed": ("Assumptions", "Why this value"),
    "planner": ("The planner's own numbers", "Remark"),
    "source": ("Numbers with a source", "Source"),
}


def page(tables: Tables, shown: list[Exhibit], inline: dict[str, str], phone: dict[str, str] | None = None) -> str:
    """The HTML of the report. inline: SVG of the exhibits that have a chart, by name; phone: the same for a phone."""
    asked = without_twins(tables.names)
    context: dict[str, Any] = {
        "front": sheet(tables),
        "boards": boards(tables),
        "no_boards": no_boards(tables),
        "groups": [(group.colour, ink_on(group.colour)) for group in GROUPS],
        "study": {**tables.study, "title": study_title(tables)},
        "scenarios": tables.scenarios,
        "questions": [{**one, "called": name(one["name"])} for one in tables.scenarios if one["name"] in asked],
        "fingerprints": _fingerprints(tables),
        "place": findings.place_words(tables),
        "period": period(tables),
        "many": is_many(tables),
        "answer": answer(tables),
        "cards": cards(tables),
        "headlines": headlines(tables) if is_many(tables) else upright(headlines(tables)),
        "over_a": explained(tables),
        "unknown": unknown(tables),
        "drawn": tables.uncertainty is not None,
        "structured": tables.structure is not None,
        "people": people(tables),
        "driven_by": driven_by(tables),
        "exhibits": shown,
        "parts": [(part, list(of_part)) for part, of_part in groupby(shown, key=lambda exhibit: exhibit.part)],
        "inline": inline,
        "phone": phone or {},
        "told": told_once(shown, where(tables)),
        "glossary": Glossary(),
        "open": OPEN,
        "short": SHORT,
        "ambitions": [(one, grid(tables, one, in_panels(tables), to_fill=False)) for one in AMBITIONS],
        "year": one_period(tables.study["weeks"]),
        "on_map": on_map(tables),
        "named_areas": of_named_areas(tables),
        "closer": as_json(controls(tables)),
        "numbers": [_numbers(tables, kind) for kind in KINDS if (tables.assumptions["kind"] == kind).any()],
    }
    return filled("page.html.j2", "page.js", (*inline.values(), *(phone or {}).values()), **context)


def headlines(tables: Tables) -> Grid:
    """One row a scenario and a column a headline; unmet demand with both intervals, hours of median and worst-off."""
    period = f"Unmet demand, {one_period(tables.study['weeks'])} (90% prediction interval)"
    columns: list[tuple[str, Callable[[str], str]]] = []
    for headline in headlines_of("page"):
        if headline.measure == HOURS:
            columns += [
                (f"Funded hours on call a week, {name(role).lower()}", partial(_hours, tables, role))
                for role in tables.having(HOURS)
            ]
            continue
        columns += [
            (words, partial(_figure, tables, headline, group, level))
            for group, level, words in tables.told_of(headline)
        ]
        if headline.measure == findings.UNMET:
            columns.append((period, partial(_one_period, tables)))
    rows = [(name(scenario), *(told(scenario) for _, told in columns)) for scenario in tables.names]
    head = ("Scenario", *(words for words, _ in columns))
    return Grid("Families, unmet demand, goodwill and hours on call: mean, in brackets the 95% interval", head, rows)


def upright(grid: Grid) -> Grid:
    """The same table with a column for each scenario, so that a page of A4 holds all of its figures."""
    named, *figures = zip(grid.head, *grid.rows, strict=True)
    return Grid(grid.caption, ("Figure", *named[1:]), figures)


def _figure(tables: Tables, headline: Headline, group: str, level: str, scenario: str) -> str:
    """A headline with what chance and, where a study drew it, what assumptions do to it."""
    if headline.unit == "share":
        said = told(tables, scenario, headline.measure, group, level)
    else:
        said = figure(tables.estimate(scenario, headline.measure, group, level), headline.unit)
    return "\n".join(filter(None, (said, over_assumptions(tables, scenario, headline.measure, group, level))))


def _one_period(tables: Tables, scenario: str) -> str:
    unmet = tables.estimate(scenario, findings.UNMET)
    return spread(unmet.pi_low, unmet.pi_high) if unmet.known else "–"


def _hours(tables: Tables, role: str, scenario: str) -> str:
    median, worst = (
        tables.estimate(scenario, f"hours_on_call_per_week_{q}", "role", role) for q in ("median", "worst")
    )
    if not worst.known or worst.mean == 0:
        return "nobody on call"
    middle = figure(median, "hours") if median.mean > 0 else "0"
    return f"median {middle}\nworst {figure(worst, 'hours')}"


def people(tables: Tables) -> Grid:
    """Posts that exist, and of these filled, beside posts the rotas are written for and posts to create."""
    posts = {scenario: {one.role: one for one in tables.posts(scenario)} for scenario in tables.names}
    roles = list(dict.fromkeys(role for of_scenario in posts.values() for role in of_scenario))
    rows = [
        (name(scenario), *(_posts(of_scenario.get(role)) for role in roles)) for scenario, of_scenario in posts.items()
    ]
    return Grid(
        "Posts each scenario needs, and posts that exist", ("Scenario", *map(name, roles)), rows if roles else []
    )


def _posts(counted: Posts | None) -> str:
    if counted is None:
        return "–"
    empty = f", about {counted.filled:,} of them filled" if counted.filled < counted.exist else ""
    create = f"; {counted.create:,} to create" if counted.create else ""
    return f"{counted.needed:,} needed, {counted.exist:,} exist{empty}{create}"


def _numbers(tables: Tables, kind: str) -> Grid:
    """Every number of a kind with its reason or source; one row for all scenarios that share it."""
    of_kind = tables.assumptions[tables.assumptions["kind"] == kind].fillna("").astype(str)
    rows: list[tuple[str, ...]] = []
    for stated, users in of_kind.groupby(["key", "value", "unit", "text"], sort=False)["scenario"]:
        who = "all" if set(users) == set(tables.names) else ", ".join(map(name, dict.fromkeys(users)))
        rows.append((*map(str, stated), who))
    caption, reason = KINDS[kind]
    return Grid(f"{caption} ({of_kind['key'].nunique():,})", ("Number", "Value", "Unit", reason, "Scenarios"), rows)


def _fingerprints(tables: Tables) -> list[tuple[str, str]]:
    """Of the configuration: one for the study, or one a scenario."""
    fingerprint = tables.study["fingerprint"]
    if isinstance(fingerprint, dict):
        return [(name(scenario), value) for scenario, value in fingerprint.items()]
    return [("", fingerprint)]
