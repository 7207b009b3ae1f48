"""The whole price, a year and a child, with the posts that do not exist yet: never availability alone."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.drawing import Grid
from sim.report.front.brief import ends
from sim.report.front.partition import Place
from sim.report.tables import ENGLAND, Tables
from sim.report.words import gap, name, number, pounds

TOTAL, A_CHILD = "total_cost", "total_cost_per_family"
POSTS, WHOLE_TIME, OF_POSTS = "extra_posts", "extra_posts_wte", "extra_posts_cost"
NOTE = (
    "Availability, sessions, posts to create, work on call, general services, days in hospital (also of children not "
    "offered home); no unpaid hours; prices as published."
)


def heading(tables: Tables, scenarios: Sequence[str], place: Place = ENGLAND) -> str:
    """The finding in at most twelve words: these scenarios in order, as far as there is room."""
    known = [s for s in scenarios if tables.estimate(s, TOTAL, *place).known]
    if not known:
        return "Whole cost: no figure in this study"
    said: list[str] = []
    for scenario in known:
        more = f"{pounds(tables.estimate(scenario, TOTAL, *place).mean)} {name(scenario)}"
        if len(f"Whole cost a year: {', '.join([*said, more])}".split()) <= 12:
            said.append(more)
    return f"Whole cost a year: {', '.join(said)}"


def money(tables: Tables, shown: Sequence[str], place: Place = ENGLAND) -> Grid:
    """A row a scenario: whole cost, a child, more than the baseline, and the posts that do not exist."""
    rows = [_row(tables, scenario, place) for scenario in shown if tables.estimate(scenario, TOTAL, *place).known]
    more = f"More than {name(tables.baseline)}"
    head = ("Scenario", "Whole cost a year", "A child", more, "Of it, posts that do not exist")
    return Grid("Pounds, differences with 95% chance intervals, and posts to create", head, rows)


def _row(tables: Tables, scenario: str, place: Place) -> tuple[str, ...]:
    whole, child = (tables.estimate(scenario, measure, *place) for measure in (TOTAL, A_CHILD))
    more = tables.difference(scenario, TOTAL, *place)
    against = (
        f"{gap(more.difference, 'GBP')} ({ends(more.ci_low, more.ci_high, 'GBP', difference=True)})"
        if more.known
        else "–"
    )
    return (
        name(scenario),
        *(pounds(one.mean) for one in (whole, child)),
        against,
        posts(tables, scenario, place),
    )


def posts(tables: Tables, scenario: str, place: Place = ENGLAND) -> str:
    """``£16.7m for 151 posts (130 WTE): 43 community nurses, 108 consultants``; of one area without the roles."""
    many, whole_time, cost = (tables.estimate(scenario, measure, *place) for measure in (POSTS, WHOLE_TIME, OF_POSTS))
    roles = [(one.create, name(one.role).lower()) for one in tables.posts(scenario) if one.create]
    created = many.mean if many.known else float(sum(create for create, _ in roles)) if place == ENGLAND else many.mean
    if created != created:
        return "–"
    if not created:
        return "none"
    price = f"{pounds(cost.mean)} for " if cost.known else ""
    wte = f" ({number(whole_time.mean, 0 if whole_time.mean >= 9.95 else 1)} WTE)" if whole_time.known else ""
    who = [f"{create:,} {role}{'s' if create != 1 else ''}" for create, role in roles] if place == ENGLAND else []
    return f"{price}{number(created, 0)} posts{wte}" + (f": {', '.join(who)}" if who else "")
