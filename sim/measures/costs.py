"""Pounds: what a service costs before anybody calls, posts to create, what calls add, and what others pay.

Their sum is the whole cost; every one of them alone may fall because another grows. Standing costs and posts follow
exactly from duties and prices; the rest from the ledger. A year is 52 weeks. Unpaid hours have a shadow price that is
in none of these.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from sim.domain.scenario import Scenario
from sim.keyed import Floats
from sim.ledger import Ledger
from sim.measures.activity import Amounts, activity, goodwill_worth, universal
from sim.measures.rows import Groups, Row
from sim.rota.duties import Duties
from sim.rota.standing import (
    added_by_overlays,
    by_children,
    posts_beyond,
    seats_at_work,
    seats_filled,
    standing,
    yearly_pay,
)

PARTS = ("standing_cost", "extra_posts_cost", "activity_cost", "universal_cost")  # of the whole cost
PER_FAMILY = ("total_cost", *PARTS, "goodwill_shadow_cost")
TOLD = ("area_type", "area")  # groups of areas beside England


def standing_costs(scenario: Scenario, paper: Duties, groups: Groups) -> tuple[list[Row], dict[str, Floats]]:
    """Rows of everything that is paid before a call, and by area in GBP a year its two sums: first of PARTS."""
    laid = _costed_last(scenario)
    costed = laid.get(paper)
    if costed is None:  # and not asked for again, as in ``on_paper``
        costed = standing(scenario, paper), _seats(scenario, paper), _posts(scenario, paper)
        laid.clear()
        laid[paper] = costed
    (parts, seats, posts), more = costed, added_by_overlays(scenario)
    roles = [team.role for team in scenario.teams]
    rows, whole = [], sum((part.sum(axis=0) for part in parts.values()), np.zeros(groups.size))
    for name, part in parts.items():
        rows += groups.number(f"standing_cost_{name}", part.sum(axis=0))
    for name, amount in more.items():
        whole = whole + amount
        rows += groups.number(f"standing_cost_{name}", amount)
    for role in dict.fromkeys(roles):
        mine = np.array([other == role for other in roles], dtype=bool)
        of_role = {name: float(part[mine].sum()) for name, part in parts.items()}
        rows += [_row(f"standing_cost_{name}", "role", role, amount) for name, amount in of_role.items()]
        rows.append(_row("standing_cost", "role", role, sum(of_role.values())))
    rows += groups.number("standing_cost", whole, of=TOLD)
    rows += seats
    for name, amount in (
        ("extra_posts", posts.heads),
        ("extra_posts_wte", posts.wte),
        ("extra_posts_cost", posts.cost),
    ):
        rows += groups.number(name, amount, of=TOLD)
    rows += [_row("extra_posts_cost", "role", role, amount) for role, amount in posts.by_role.items()]
    return rows, {"standing_cost": whole, "extra_posts_cost": posts.cost}


class Posts(NamedTuple):
    """Posts to create, by area: heads, whole-time equivalents and GBP a year; the last by role as well."""

    heads: Floats
    wte: Floats
    cost: Floats
    by_role: dict[str, float]


@lru_cache(maxsize=4)  # scenarios side by side
def _costed_last(scenario: Scenario) -> dict[Duties, tuple[dict[str, Floats], list[Row], Posts]]:
    """What was worked out for a scenario last, by the duties that it is of: the next replication may have the same."""
    return {}


def costs(
    ledger: Ledger, scenario: Scenario, groups: Groups, wanting: Floats, before: Mapping[str, Floats]
) -> list[Row]:
    """Rows of what calls cost, of the whole cost, and of all of it per family that wants to be at home.

    wanting: by area, families whose episode began in the window. before: by area, what ``standing_costs`` gave.
    """
    found = {
        "activity_cost": activity(ledger, scenario),
        "universal_cost": universal(ledger, scenario),
        "goodwill_shadow_cost": goodwill_worth(ledger, scenario),
    }
    a_year = 52 / scenario.weeks_of_demand
    by_area, rows = dict(before), []
    for name, parts in found.items():
        each = {part: _by_area(groups, amounts) * a_year for part, amounts in parts.items()}
        by_area[name] = sum(each.values(), np.zeros(groups.size))
        rows += groups.number(name, by_area[name], of=TOLD)
        for part, amount in each.items():
            rows += groups.number(f"{name}_{part}", amount)
        rows += _by_role(scenario, name, parts, a_year)
    by_area["total_cost"] = sum((by_area[name] for name in PARTS), np.zeros(groups.size))
    rows += groups.number("total_cost", by_area["total_cost"], of=TOLD)
    for name in PER_FAMILY:
        rows += groups.ratio(f"{name}_per_family", by_area[name] / a_year, wanting, wanting, of=TOLD)
    return rows


def by_use(scenario: Scenario, cost: Floats, hours: Floats) -> Floats:
    """Costs of teams shared by the hours worked for each area in place of children, both by team and area.

    A team that nobody called is shared by children.
    """
    worked = hours.sum(axis=1, keepdims=True)
    key = np.divide(hours, worked, out=by_children(scenario), where=worked > 0)
    return np.asarray(cost.sum(axis=1, keepdims=True) * key, dtype=float)


def _seats(scenario: Scenario, paper: Duties) -> list[Row]:
    """People it takes to fill the seats at work, leave, sickness and study allowed for."""
    held, hours = seats_at_work(scenario, paper)
    by_team = np.bincount(paper.team[held], hours / scenario.run.weeks, minlength=len(scenario.teams))
    of = {team.role: 0.0 for team in scenario.teams}
    for team, a_week in zip(scenario.teams, by_team, strict=True):
        of[team.role] += scenario.availability.wte(float(a_week))
    rows = [_row("seats_at_work_wte", "role", role, wte) for role, wte in of.items()]
    return [*rows, _row("seats_at_work_wte", "england", "England", sum(of.values()))]


def _posts(scenario: Scenario, paper: Duties) -> Posts:
    """Posts beyond those that exist, at a year's pay: what creating them for a rota comes to.

    What fills a numbered seat at work is paid there by the hour and not again as a post.
    """
    heads, wte, cost = (np.zeros(len(scenario.areas)) for _ in range(3))
    by_role: dict[str, float] = {}
    seats = seats_filled(scenario, paper)
    for (role, area), number in posts_beyond(scenario).items():
        whole_time = number * scenario.role(role).wte
        pay = max(whole_time - seats.get((role, area), 0.0), 0.0) * yearly_pay(scenario, role)
        heads[area] += number
        wte[area] += whole_time
        cost[area] += pay
        by_role[role] = by_role.get(role, 0.0) + pay
    return Posts(heads, wte, cost, by_role)


def _by_area(groups: Groups, amounts: Amounts) -> Floats:
    return np.bincount(amounts.area, amounts.gbp, minlength=groups.size).astype(float)


def _by_role(scenario: Scenario, name: str, parts: Mapping[str, Amounts], a_year: float) -> list[Row]:
    sums = np.zeros(len(scenario.roles))
    for amounts in parts.values():
        ours = amounts.role >= 0
        sums += np.bincount(amounts.role[ours], amounts.gbp[ours], minlength=len(sums)) * a_year
    return [
        _row(name, "role", role.name, float(amount))
        for role, amount in zip(scenario.roles, sums, strict=True)
        if name != "universal_cost"
    ]


def _row(measure: str, group: str, level: str, amount: float) -> Row:
    return Row(measure, group, level, amount, 1.0, amount)
