"""The page: one self-contained HTML file that opens from disk with the network off."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from sim.report.drawing import Exhibit, Grid
from sim.report.page.ambitions import AMBITIONS, grid
from sim.report.page.controls import as_json, controls
from sim.report.page.templates import filled
from sim.report.tables import Tables
from sim.report.words import amount, figure, findings, name, one_period, spread, without_twins
from sim.report.words.answer import answer
from sim.report.words.captions import driven_by, period, study_title
from sim.report.words.headlines import cards
from sim.report.words.selection import in_panels, is_many

HEADLINE_ROLES = ("consultant", "community_nurse")
KINDS = {  # kind of number: caption of its table, heading of its text
    "assumed": ("Assumptions", "Why this value"),
    "planner": ("The planner's own numbers", "Remark"),
    "source": ("Numbers with a source", "Source"),
}


def page(tables: Tables, shown: list[Exhibit], inline: dict[str, str]) -> str:
    """The HTML of the report; inline: SVG of the exhibits that have a chart, by name."""
    asked = without_twins(tables.names)
    context: dict[str, Any] = {
        "study": {**tables.study, "title": study_title(tables)},
        "scenarios": tables.scenarios,
        "questions": [{**one, "called": name(one["name"])} for one in tables.scenarios if one["name"] in asked],
        "fingerprints": _fingerprints(tables),
        "place": findings.place_words(tables),
        "period": period(tables),
        "many": is_many(tables),
        "answer": answer(tables),
        "cards": cards(tables),
        "headlines": headlines(tables),
        "people": people(tables),
        "driven_by": driven_by(tables),
        "exhibits": shown,
        "parts": [(part, list(of_part)) for part, of_part in groupby(shown, key=lambda exhibit: exhibit.part)],
        "inline": inline,
        "ambitions": [(one, grid(tables, one, in_panels(tables), to_fill=False)) for one in AMBITIONS],
        "year": one_period(tables.study["weeks"]),
        "closer": as_json(controls(tables)),
        "numbers": [_numbers(tables, kind) for kind in KINDS if (tables.assumptions["kind"] == kind).any()],
    }
    return filled("page.html.j2", "page.js", inline.values(), **context)


def headlines(tables: Tables) -> Grid:
    """One row a scenario: unmet demand with both intervals, goodwill, hours of the median and worst-off person."""
    roles = [role for role in HEADLINE_ROLES if role in tables.levels("role")]
    head = (
        "Scenario",
        "Unmet demand, all hours",
        f"Unmet demand, {one_period(tables.study['weeks'])} (90% prediction interval)",
        "Unmet demand at night",
        "Met by goodwill",
        *(f"Funded hours on call a week, {name(role).lower()}" for role in roles),
    )
    rows = []
    for scenario in tables.names:
        unmet = tables.estimate(scenario, findings.UNMET)
        rows.append(
            (
                name(scenario),
                figure(unmet),
                spread(unmet.pi_low, unmet.pi_high) if unmet.known else "–",
                *(figure(tables.estimate(scenario, m)) for m in (f"{findings.UNMET}_night", "met_by_goodwill_share")),
                *(_hours(tables, scenario, role) for role in roles),
            )
        )
    return Grid("Unmet demand, goodwill and hours on call: mean, in brackets the 95% interval", head, rows)


def _hours(tables: Tables, scenario: str, role: str) -> str:
    median, worst = (
        tables.estimate(scenario, f"hours_on_call_per_week_{q}", "role", role) for q in ("median", "worst")
    )
    if not worst.known or worst.mean == 0:
        return "nobody on call"
    middle = figure(median, "hours") if median.mean > 0 else "0"
    return f"median {middle}\nworst {figure(worst, 'hours')}"


def people(tables: Tables) -> Grid:
    """People in post beside people the rotas are written for; of posts, how many stand empty."""
    posts = {
        s: {role: (existing, needed) for role, existing, needed in tables.study["people"].get(s, [])}
        for s in tables.names
    }
    vacant = tables.study.get("vacant", {})
    roles = list(dict.fromkeys(role for of_scenario in posts.values() for role in of_scenario))
    rows = [
        (name(scenario), *(_posts(of_scenario.get(role), vacant.get(scenario, {}).get(role, 0.0)) for role in roles))
        for scenario, of_scenario in posts.items()
    ]
    return Grid(
        "People each scenario needs, and people who exist", ("Scenario", *map(name, roles)), rows if roles else []
    )


def _posts(counted: tuple[int, int] | None, vacant: float) -> str:
    if counted is None:
        return "–"
    existing, needed = counted
    said = f"{needed:,} needed, {existing:,} exist" + (f": {needed - existing:,} missing" if needed > existing else "")
    return f"{said}; {amount(vacant, decimals=1)} of these posts stand empty" if vacant else said


def _numbers(tables: Tables, kind: str) -> Grid:
    """Every number of a kind with its reason or source; one row for all scenarios that share it."""
    of_kind = tables.assumptions[tables.assumptions["kind"] == kind].fillna("").astype(str)
    rows: list[tuple[str, ...]] = []
    for stated, users in of_kind.groupby(["key", "value", "unit", "text"], sort=False)["scenario"]:
        who = "all" if set(users) == set(tables.names) else ", ".join(map(name, dict.fromkeys(users)))
        rows.append((*stated, who))
    caption, reason = KINDS[kind]
    return Grid(f"{caption} ({of_kind['key'].nunique():,})", ("Number", "Value", "Unit", reason, "Scenarios"), rows)


def _fingerprints(tables: Tables) -> list[tuple[str, str]]:
    """Of the configuration: one for the study, or one a scenario."""
    fingerprint = tables.study["fingerprint"]
    if isinstance(fingerprint, dict):
        return [(name(scenario), value) for scenario, value in fingerprint.items()]
    return [("", fingerprint)]
