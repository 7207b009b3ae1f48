"""Whether the service of an area is what the planner wrote down, or dealt: said beside every figure of a named area."""

from __future__ import annotations

from sim.report.tables import Tables
from sim.report.words.names import listed

PINNED, DEALT = "pinned", "dealt"
LIKE = "a board like yours, not yours, until its services are pinned"


def services(tables: Tables) -> str:
    """For a title: whether services are dealt, pinned, or some of each."""
    pinned, everywhere = pinned_areas(tables), len(tables.areas)
    if not pinned:
        return "services dealt"
    if len(pinned) == everywhere:
        return "services as written down"
    return f"services of {len(pinned)} as written down, others dealt"


def of_named_areas(tables: Tables) -> str:
    """A sentence or two: what the figures of a named area are of."""
    pinned = pinned_areas(tables)
    if pinned and len(pinned) == len(tables.areas):
        return "The service of every area is as the planner wrote it down: its figures are of that service."
    dealt = "dealt anew in each replication: their figures are of an area like them, not of what that area commissions."
    if not pinned:
        return f"Which areas commission what is not public, so services are {dealt}"
    words = ", ".join(code if how == PINNED else f"{code} ({how})" for code, how in pinned.items())
    return f"The service is as written down in {words}; those of all other areas are {dealt}"


def pinned_areas(tables: Tables) -> dict[str, str]:
    """By code, how the service of areas that are not dealt one in every scenario is known."""
    if "service" not in tables.areas:
        return {}
    known = dict(zip(tables.areas["code"], tables.areas["service"], strict=True))
    return {str(code): str(how) for code, how in known.items() if how != DEALT}


def like(tables: Tables, code: str) -> str:
    """Behind the name of an area whose service is dealt, in a title or on a map; empty where it is as written down."""
    return "" if code in pinned_areas(tables) else f": {LIKE}"


def on_map(tables: Tables) -> str:
    """Beside a map whose tiles are of dealt services; empty where every service is as written down."""
    pinned = pinned_areas(tables)
    if len(pinned) == len(tables.areas):
        return ""
    return f"Each tile{f' but for {listed(sorted(pinned))}' if pinned else ''}: {LIKE}."
