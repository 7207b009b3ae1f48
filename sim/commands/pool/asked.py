"""What the command is asked for: roles, groupings, and the rules for seats and people."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sim.errors import BadInput

OWN_KEYS = ("role", "groupings", "seats", "people", "pool_in_hours", "pool", "to_hold")
CURVE = ("none", "pairs", "threes", "regions", "super_regions", "national")


@dataclass(frozen=True)
class Pooling:
    """roles: to be pooled. groupings: words or CSV files, the first is the baseline. pool: a group's name, or codes
    of its areas, to be looked at partner by partner; empty: the whole curve. to_hold: instead of the people that the
    scenario says, the fewest who are on call no more often than 1 day in so many; 0: those it says."""

    roles: tuple[str, ...]
    groupings: tuple[str, ...] = CURVE
    seats: str = "largest"
    people: str = "everyone"
    in_hours: bool = False
    pool: tuple[str, ...] = ()
    to_hold: int = 0


def own_keys(words: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """The keys only this command has, and the words for the configuration."""
    return taken(words, OWN_KEYS)


def taken(words: Sequence[str], keys: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """The values of some keys among words, and the other words. Raises BadInput for a key that stands there twice."""
    found = [word for word in words if word.partition("=")[0] in keys]
    said = [word.partition("=")[0] for word in found]
    if twice := next((key for key in said if said.count(key) > 1), None):
        raise BadInput(f"{twice}: stands there twice; write it once")
    others = [word for word in words if word not in found]
    return {word.partition("=")[0]: word.partition("=")[2] for word in found}, others


def one_role(own: dict[str, str]) -> str:
    """The one role asked for. Raises BadInput."""
    if not re.fullmatch(r"\w+", own.get("role", "")):
        raise BadInput(f"role = {own.get('role', '')}: one role, such as role=consultant")
    return own["role"]


def read(own: dict[str, str], listed: Callable[[str], list[str]]) -> Pooling:
    """The values asked for. listed: the items of ``key=[a,b]``. Raises BadInput."""
    if not own.get("role"):
        raise BadInput("role: none was given; write role=consultant, or 'role=[consultant,specialist_nurse]'")
    several = {key: tuple(listed(f"{key}={own[key]}")) for key in ("role", "groupings") if key in own}
    if empty := next((key for key, values in several.items() if not values), None):
        raise BadInput(f"{empty} = []: names nothing; write at least one, or take it out")
    groupings = several.get("groupings", ("none", "regions") if "pool" in own else CURVE)
    for kind, values in (("role", several["role"]), ("groupings", groupings)):
        if twice := next((value for value in values if values.count(value) > 1), None):
            raise BadInput(f"{kind} = {twice}: stands there twice; take one out")
    if own.get("pool_in_hours", "false") not in ("true", "false"):
        raise BadInput(f"pool_in_hours = {own['pool_in_hours']}: must be true or false")
    pool = own.get("pool", "")
    often = re.fullmatch(r"1_in_([1-9]\d?)", own.get("to_hold", "1_in_1"))
    if often is None:
        raise BadInput(f"to_hold = {own['to_hold']}: how often on call at most, such as to_hold=1_in_6")
    codes = re.fullmatch(r"\[(.*)\]", pool)
    return Pooling(
        roles=several["role"],
        groupings=groupings,
        seats=own.get("seats", "largest"),
        people=own.get("people", "everyone"),
        in_hours=own.get("pool_in_hours") == "true",
        to_hold=int(often[1]) if "to_hold" in own else 0,
        pool=tuple(code.strip() for code in codes[1].split(",")) if codes else (pool,) if pool else (),
    )
