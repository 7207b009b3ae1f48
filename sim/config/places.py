"""Places without geography, named in the scenario itself: everybody in them is at one spot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sim.config.area_names import by_code
from sim.config.words import BadKey, shown
from sim.domain.area import CENTRAL_LONGITUDE, Area
from sim.domain.calendar import HOURS_PER_WEEK, HOURS_PER_YEAR

KEY = "area_table.places"
EVEN = (0.2, 0.2, 0.2, 0.2, 0.2)  # of five deprivation quintiles


def places(names: list[str]) -> list[Area]:
    """An area for each name, in order of the names: nobody lives far from anybody. Raises BadKey."""
    for name in names:
        if not re.fullmatch(r"\w{1,20}", name) or names.count(name) > 1:
            raise BadKey(KEY, names, f"{name} must be one word of letters and digits, once", "write places: [A, B]")
    if not names:
        raise BadKey(KEY, names, "no place", "write places: [A], or null for the table of areas")
    return [_nowhere(name) for name in sorted(names)]


def _nowhere(name: str) -> Area:
    return Area(name, name, name, name, 0.0, 0.0, EVEN, 0.0, CENTRAL_LONGITUDE, 0.0, 0.0, on_a_map=False)


def by_area(key: str, asked: Any, codes: list[str], everywhere: Sequence[Area]) -> tuple[float, ...]:
    """A rate for each area of the run: one number for all of them, or a table by area. Raises BadKey."""
    if not isinstance(asked, dict):
        return (_rate(key, asked),) * len(codes)
    rates = by_code(key, {word: _rate(f"{key}.{word}", rate) for word, rate in asked.items()}, everywhere)
    for code in codes:
        if code not in rates:
            raise BadKey(f"{key}.{code}", None, "missing", "give every area its rate, 0 for none")
    return tuple(rates[code] for code in codes)


def with_referrals(areas: list[Area], per_week: tuple[float, ...]) -> list[Area]:
    """The same areas with families who begin, and so end, at a rate: deaths a year are referrals a year."""
    a_year = HOURS_PER_YEAR / HOURS_PER_WEEK
    return [replace(area, deaths_per_year=rate * a_year) for area, rate in zip(areas, per_week, strict=True)]


def _rate(key: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 10_000:
        rule = "must be a number from 0 to 10,000, or one for each area"
        raise BadKey(key, shown(value), rule, f"write {key}: 2.0, or {key}: {{A: 1.2, B: 0.6}}")
    return float(value)
