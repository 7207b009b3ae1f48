"""Medicines in the home of a family that is not prepared: one answer for each family, whoever asks."""

from __future__ import annotations

from sim import keyed
from sim.keyed import number_of

IN_THE_HOME = number_of("medicines_in_home")


def in_the_home(key: tuple[int, int], family: tuple[int, int], p: float) -> bool:
    """Whether a family has medicines. key: (seed, replication); family: its own key; p: probability."""
    return keyed.one(key, IN_THE_HOME, *family) < p
