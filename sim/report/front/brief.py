"""Intervals as a sheet has room for them: what stands behind both ends is said once."""

from __future__ import annotations

import re

from sim.report.words import NO_INTERVAL, amount, gap

AFTER = re.compile(r"[^\d]+$")


def ends(low: float, high: float, unit: str = "share", difference: bool = False) -> str:
    """``19 to 21%``, ``£6.40 to £6.88m``, ``+£16.0 to +£16.5m``; ``£861k to £1.23m`` where the ends differ in size."""
    if low != low or high != high:
        return NO_INTERVAL
    first, last = ((gap(one, unit) if difference else amount(one, unit)) for one in (low, high))
    after, of_first = AFTER.search(last), AFTER.search(first)
    if after and of_first and after[0] == of_first[0]:
        first = first.removesuffix(after[0])
    return first if first == last else f"{first} to {last}"
