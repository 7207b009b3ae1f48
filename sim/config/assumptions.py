"""What stands behind every number that a run reads: a source, an assumption, or the planner."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.config.command_line import COMMAND_LINE
from sim.config.compose import Composed
from sim.config.layers import Remark
from sim.config.units import unit_of
from sim.config.unread import roles_in_use, unread
from sim.config.words import BadKey
from sim.config.written import is_number, leaves
from sim.domain.scenario import Scenario

VACANT = ".p_post_vacant"
ABOUT_THE_RUN = ("replications", "seed", "workers", "out")  # how a study is run, never what it finds

Assumption = tuple[str, Any, str, str, str]


def assumptions(composed: Composed, config: dict[str, Any], scenario: Scenario) -> tuple[Assumption, ...]:
    """(key, value, unit, kind, text) of every number the run reads: kind ``source``, ``assumed`` or ``planner``."""
    found, posts, idle = [], _with_posts(scenario), unread(config, scenario)
    for key, value in numbers(config):
        if key in ABOUT_THE_RUN or key.startswith(idle) or (key.endswith(VACANT) and key.split(".")[1] not in posts):
            continue
        remark = remark_of(composed, key, value)
        if remark and remark.kind != "setting":
            found.append((key, value, unit_of(key), remark.kind, remark.text))
    return tuple(found)


def remark_of(composed: Composed, key: str, value: float) -> Remark | None:
    """What stands behind a number: the shipped remark of a shipped value, else that of the layer that set it."""
    default, shipped = _shipped(composed, key)
    if shipped and (shipped.kind == "setting" or default == value):
        return shipped
    layer = composed.layer(key)
    if layer is None:
        return Remark("planner", f"set on the {COMMAND_LINE}")
    if key in layer.remarks:
        return layer.remarks[key]
    return None if layer in composed.parts else Remark("planner", f"set in {layer.label}")


def refuse_idle_roles(composed: Composed, config: dict[str, Any], scenario: Scenario) -> None:
    """Raises BadKey for a changed number of a shipped role that nobody has: it would change nothing and say nothing."""
    used = roles_in_use(scenario)
    for key, value in numbers(config["roles"], "roles"):
        role = key.split(".")[1]
        default, shipped = _shipped(composed, key)
        if shipped and role not in used and default != value and composed.set_by_planner(key):
            rule = f"nobody here is a {role}, so it would change nothing"
            raise BadKey(key, value, rule, f"write a team with role: {role}, or take it out")


def refuse_idle_vacancy(composed: Composed, config: dict[str, Any], scenario: Scenario) -> None:
    """Raises BadKey for a share of vacant posts of a role of which a scenario has people and no posts."""
    for role in sorted({team.role for team in scenario.teams if team.people} - _with_posts(scenario)):
        key, value = f"roles.{role}{VACANT}", config["roles"][role]["p_post_vacant"]
        if value > 0 and _shipped(composed, key)[0] != value and composed.set_by_planner(key):
            rule = "only posts of the shipped table may be vacant, and nobody here is one: people you name are in post"
            raise BadKey(key, value, rule, "write 0, and as many people as are in post")


def _with_posts(scenario: Scenario) -> set[str]:
    """Roles some of whose people are posts of an establishment."""
    return {person.role for team in scenario.teams for person in team.people if person.post}


def numbers(node: Any, key: str = "") -> Iterator[tuple[str, int | float]]:
    """Every number of a configuration with its dotted key."""
    return ((place, value) for place, value in leaves(node, key) if is_number(value))


def _shipped(composed: Composed, key: str) -> tuple[float, Remark | None]:
    """A part's value of a number and what stands behind it."""
    layer = next((layer for layer in composed.parts if key in layer.remarks), None)
    return (float(layer.values[key]), layer.remarks[key]) if layer else (0.0, None)
