"""Marks: what calls have from birth, and what their own keys decide when the time comes, as processes read them."""

from __future__ import annotations

from typing import Any

from sim import keyed
from sim.demand.calls import DEATH_CALL, PotentialCalls
from sim.demand.laws import quantile
from sim.domain.law import Law
from sim.keyed import Floats

MARKS = (  # of ``Call``, after its key and whether it is of a death, in this order
    "professional", "urgency", "need_level", "needs_visit", "needs_two", "needs_prescription", "talk", "after_call",
    "visit", "answer_patience", "visit_patience", "call_back", "may_harm", "emergency", "no_return", "stay",
)  # fmt: skip


class Marks:
    """The marks of one attempt of every potential call, read a block at a time: calls come in the order of their rows.

    key: (seed, replication). What the calls' own keys decide is drawn for all of them the first time anybody asks.
    """

    def __init__(self, key: tuple[int, int], calls: PotentialCalls, block: int = 1) -> None:
        self.key, self.calls, self.block, self.first = key, calls, block, -block
        self.columns = [getattr(calls, name) for name in MARKS]
        self.rows: list[tuple[Any, ...]] = []
        self._uniforms: dict[tuple[str, int], Floats] = {}
        self._hours: dict[tuple[str, Law, int], Floats] = {}

    def of(self, row: int) -> tuple[Any, ...]:
        """The call's key, whether it is of a death, and the other marks."""
        if not self.first <= row < self.first + self.block:
            self.first = row - row % self.block
            self.rows = self._read(slice(self.first, self.first + self.block))
        return self.rows[row - self.first]

    def uniform(self, row: int, purpose: str, number: int = 0) -> float:
        """What decides one thing about a call. number: that goes into its key."""
        return self._drawn(purpose, number).item(row)

    def hours(self, row: int, purpose: str, law: Law, number: int = 0) -> float:
        """Hours by a law, from the uniform for a purpose."""
        place = purpose, law, number
        if place not in self._hours:
            self._hours[place] = quantile(law, self._drawn(purpose, number))
        return self._hours[place].item(row)

    def _drawn(self, purpose: str, number: int) -> Floats:
        place = purpose, number
        if place not in self._uniforms:
            self._uniforms[place] = keyed.uniform(self.key, purpose, self.calls.high, self.calls.low, number)
        return self._uniforms[place]

    def _read(self, rows: slice) -> list[tuple[Any, ...]]:
        keys = zip(self.calls.high[rows].tolist(), self.calls.low[rows].tolist(), strict=True)
        death = (self.calls.number[rows] == DEATH_CALL).tolist()
        return list(zip(keys, death, *(column[rows].tolist() for column in self.columns), strict=True))
