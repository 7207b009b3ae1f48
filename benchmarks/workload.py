"""The reference workload, told once for every engine but ours, which has it from ``oncall_bench.yaml``. In hours.

A call of an area comes at a rate by hour and day of the week, waits at most two hours for one of its nurses, holds her
for the telephone, for advice with a consultant (all areas of a pool share them) and for a visit with both journeys.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import mean
from typing import NamedTuple

YEAR, DAY, WEEK, POOL = 8760.0, 24.0, 168.0, 42
NURSES, CONSULTANTS = (1, 3), (1, 2)  # at any hour, and Monday to Friday from 9 to 17
OPENS, CLOSES = 9.0, 17.0
PATIENCE, P_ADVICE, P_VISIT = 2.0, 0.2, 0.3
TALK, ADVICE, JOURNEY, VISIT = 0.5, 0.25, 2 / 3, 1.0  # means; advice and the visit are of fixed length
SIGMA_TALK, SIGMA_JOURNEY = 0.6, 0.5  # of the logarithm
HOURS = (
    0.8, 0.7, 0.6, 0.6, 0.6, 0.7, 0.9, 1.0, 1.1, 1.1, 1.1, 1.0,
    0.9, 0.9, 0.9, 1.0, 1.1, 1.2, 1.5, 1.6, 1.6, 1.4, 1.2, 1.0,
)  # fmt: skip
DAYS = (1.0, 1.0, 1.0, 1.0, 1.0, 1.2, 1.2)
CALLS_A_YEAR = 1120
LEVEL = CALLS_A_YEAR / YEAR / (mean(HOURS) * mean(DAYS))  # calls an hour where both profiles are 1
PEAK = LEVEL * max(HOURS) * max(DAYS)


class Seen(NamedTuple):
    """What became of a call: hours until a nurse had it (PATIENCE: given up), whether a consultant advised, and hours
    for which it held a nurse."""

    wait: float
    advised: bool
    held: float


def rate(hour: float) -> float:
    """Calls an hour of one area."""
    return LEVEL * HOURS[int(hour % DAY)] * DAYS[int(hour // DAY % 7)]


def pools(areas: int) -> range:
    """The pools that share consultants, by number."""
    return range(-(-areas // POOL))


def shifts() -> Iterator[tuple[float, float]]:
    """Every office day of the year and of the day after it: the hours at which it opens and closes."""
    for day in range(int(YEAR // DAY) + 2):
        if day % 7 < 5:
            yield DAY * day + OPENS, DAY * day + CLOSES


def duty_hours(areas: int) -> float:
    """Hours of nurses on duty in the year."""
    by_day = sum(min(closes, YEAR) - opens for opens, closes in shifts() if opens < YEAR)
    always, office = NURSES
    return areas * (always * YEAR + (office - always) * by_day)
