"""Durations by law in hours, and shares that must add to 1."""

from __future__ import annotations

import math
from typing import Any

from sim.config.words import BadKey
from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.law import Law

MINUTE = 1 / 60
HOURS_IN = {"minutes": MINUTE, "hours": 1.0, "days": HOURS_PER_DAY}
SHAPED = {"lognormal": "cv", "gamma": "shape", "weibull": "shape"}


def law(key: str, part: dict[str, Any]) -> Law:
    """A law in hours from its block: the mean in the unit of its key. Raises BadKey if a number it needs is missing."""
    kind = part["law"]
    if kind in ("infinite", "none"):
        return Law(kind)
    means = [name for name in part if name.startswith("mean_")]
    needed = [*(means[:1] or ["mean_minutes"]), *([SHAPED[kind]] if kind in SHAPED else [])]
    for name in needed:
        if part.get(name) is None:
            raise BadKey(
                f"{key}.{name}", None, f"missing for the law {kind}", f"write {name}: and a number below law: {kind}"
            )
    unit = means[0].removeprefix("mean_")
    return Law(
        kind,
        part[means[0]] * HOURS_IN[unit],
        part.get("cv", 0.0) if kind == "lognormal" else 0.0,
        part.get("shape", 1.0),
    )


def adds_to_one(key: str, shares: dict[str, float]) -> None:
    """Raises BadKey unless the shares add to 1."""
    total = sum(shares.values())
    if abs(total - 1) > 1e-6:
        raise BadKey(
            key, None, f"{', '.join(shares)} add to {total:.6g}: must add to 1", "change one by what is missing"
        )


def mean_beyond(law: Law, limit: float) -> float:
    """The mean of what a duration is longer than a limit (0 where it is not), in the unit of both.

    Of a law with a mean above 0. Source: partial expectations of the exponential, lognormal, gamma and Weibull laws.
    """
    from scipy import special

    match law.kind:
        case "exponential":
            return law.mean * math.exp(-limit / law.mean)
        case "lognormal":
            sd, log = math.sqrt(math.log1p(law.cv**2)), math.log(limit / law.mean)
            upper, lower = float(special.ndtr(sd / 2 - log / sd)), float(special.ndtr(-sd / 2 - log / sd))
        case "gamma":
            scaled = law.shape * limit / law.mean
            upper, lower = (float(special.gammaincc(shape, scaled)) for shape in (law.shape + 1, law.shape))
        case "weibull":
            scaled = (limit / law.mean * math.gamma(1 + 1 / law.shape)) ** law.shape
            upper, lower = float(special.gammaincc(1 + 1 / law.shape, scaled)), math.exp(-scaled)
        case _:
            return max(law.mean - limit, 0.0)
    return float(law.mean * upper - limit * lower)
