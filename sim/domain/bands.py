"""Bands of areas that results are told by: how rural they are, and how far children live from the centre."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bands:
    """Borders, each of three bands. rural: share of children in rural places. km: mean distance from the centre."""

    rural: tuple[float, float] = (0.10, 0.30)
    km: tuple[float, float] = (10.0, 20.0)


DEFAULT_BANDS = Bands()


def band(value: float, borders: tuple[float, float], unit: str) -> str:
    """The band of a value, as ``under 10 km``, ``10-20 km`` or ``over 20 km``; a border belongs to the band above."""
    low, high = (f"{border:g}" for border in borders)
    if value < borders[0]:
        return f"under {low} {unit}"
    return f"{low}-{high} {unit}" if value < borders[1] else f"over {high} {unit}"
