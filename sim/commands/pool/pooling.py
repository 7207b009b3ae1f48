"""What is to be pooled: roles, groupings, and the rules for seats and people."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sim.request import Request

OF_ONE_POOL = ("none", "regions")  # where one pool is looked at by its name


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
