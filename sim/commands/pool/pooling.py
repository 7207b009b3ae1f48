"""What is to be pooled: roles, groupings, and the rules for seats and people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sim.config.area_names import are_shipped
from sim.config.plan import written
from sim.config.tables import is_shipped
from sim.request import Request

if TYPE_CHECKING:
    from sim.config import Plan

OF_ONE_POOL = ("none", "regions")  # where one pool is looked at by its name
AS_WRITTEN = "as_written"  # the grouping that the scenario itself writes
TOGETHER = "national"  # the grouping of all areas


@dataclass(frozen=True)
class Pooling:
    """roles: to be pooled. groupings: words or CSV files, the first is the baseline. pool: a group's name, or codes
    of its areas, to be looked at partner by partner; empty: the whole curve. to_hold: instead of the people that the
    scenario says, the fewest who are on call no more often than 1 day in so many; 0: those it says."""

    roles: tuple[str, ...]
    groupings: tuple[str, ...]
    seats: str
    people: str
    in_hours: bool = False
    pool: tuple[str, ...] = ()
    to_hold: int = 0


def pooling_of(request: Request, groupings: tuple[str, ...] | None = None, seats: str = "") -> Pooling:
    """What a command of pooling is asked for. groupings, seats: in place of its keys, where it has none of that name.

    Raises BadInput for a role or a grouping that stands there twice.
    """
    own = request.own
    if groupings is None:
        of_one = "pool" in own and "groupings" not in own
        groupings = OF_ONE_POOL if of_one else request.several("groupings")
    pool = own.get("pool", "")
    codes = re.fullmatch(r"\[(.*)\]", pool)
    return Pooling(
        roles=request.several("role"),
        groupings=groupings,
        seats=seats or request.text("seats"),
        people=request.text("people"),
        in_hours=request.text("pool_in_hours") == "true",
        to_hold=int(own["to_hold"].removeprefix("1_in_")) if "to_hold" in own else 0,
        pool=tuple(code.strip() for code in codes[1].split(",")) if codes else (pool,) if pool else (),
    )


def settled(pooling: Pooling, request: Request, first: Plan, plans: Sequence[str]) -> Pooling:
    """The same with what was not asked for: a planner's own groups beside the usual ones, and of areas of one's own
    nothing but these, or all areas together; seats as the scenario writes them, of one's own areas kept.

    first: the scenario as it is. plans: of its teams, those that are pooled.
    """
    codes = (area.code for area in first.scenario.areas)
    own = not is_shipped(written(first, "area_table.file")) or not are_shipped(codes)
    if "groupings" not in request.own:
        grouped = any(_has_groups(written(first, f"teams.{plan}.grouping")) for plan in plans)
        words = [word for word in pooling.groupings if word == "none" or not own or "pool" in request.own]
        more = [AS_WRITTEN] if grouped else [TOGETHER] if own and "pool" not in request.own else []
        pooling = replace(pooling, groupings=tuple(dict.fromkeys([*words[:1], *more, *words[1:]])))
    if "seats" not in request.own:
        said = next(filter(None, (written(first, f"teams.{plan}.pool.seats") for plan in plans)), None)
        pooling = replace(pooling, seats=str(said or ("kept" if own else pooling.seats)))
    return pooling


def _has_groups(grouping: Any) -> bool:
    """Whether a grouping is a planner's own: a table of groups, or a file of one."""
    return isinstance(grouping, dict) or "." in str(grouping or "")
