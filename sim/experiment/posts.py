"""Posts: how many exist, how many the rotas are written for, and how many would have to be created."""

from __future__ import annotations

import math

from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.limits import ALMOST
from sim.domain.scenario import Scenario
from sim.rota.standing import posts_beyond
from sim.rota.there import mean_on_the_list


def people(scenario: Scenario) -> list[tuple[str, int, int, int]]:
    """(role, posts that exist, posts the rotas are written for, posts to create), for every role with either.

    To create: by area, where the rotas are written for more than exist there, as in the whole cost.
    """
    existing: dict[str, int] = {}
    for area in scenario.areas:
        for role, posts in area.posts:
            existing[role] = existing.get(role, 0) + posts
    first, last = (math.ceil(hour / HOURS_PER_DAY) for hour in scenario.run.window)
    needed: dict[str, float] = dict.fromkeys((team.role for team in scenario.teams), 0.0)
    for person in dict.fromkeys(person for team in scenario.teams for person in team.people):
        needed[person.role] = needed.get(person.role, 0) + mean_on_the_list([person], first, last)
    create: dict[str, float] = {}
    for (role, _), number in posts_beyond(scenario).items():
        create[role] = create.get(role, 0) + number
    roles = [role.name for role in scenario.roles if role.name in existing or role.name in needed]
    return [(role, existing.get(role, 0), _whole(needed.get(role, 0)), _whole(create.get(role, 0))) for role in roles]


def _whole(posts: float) -> int:
    """Posts that hold somebody for part of the year are posts."""
    return math.ceil(posts - ALMOST)


def vacant(scenario: Scenario) -> dict[str, float]:
    """By role, the share of its posts that stand empty, where rotas are held by posts and not by people."""
    posts = {person.role for team in scenario.teams for person in team.people if person.post}
    return {role.name: role.p_vacant for role in scenario.roles if role.name in posts and role.p_vacant > 0}
