"""What training adds: a higher level in the home and on the telephone, but for the needs somebody is unsure about."""

from __future__ import annotations

from typing import NamedTuple

from sim import keyed
from sim.keyed import number_of
from sim.model.calls import Call

UNSURE = number_of("unsure")
HIGHEST = 4


class Lesson(NamedTuple):
    """What somebody was taught: the hours [start, end) in which it holds, levels, and the share they are unsure about.

    key: (seed, replication).
    """

    key: tuple[int, int]
    start: float
    end: float
    levels: int
    unsure: float

    def level(self, own: int, person: int, call: Call) -> int:
        """The level somebody brings to a call. own: of their role; person: number of their code."""
        if call.need_level <= own or not self.start <= call.time < self.end:
            return own
        sure = keyed.one(self.key, UNSURE, *call.key, person) >= self.unsure
        return min(own + self.levels, HIGHEST) if sure else own
