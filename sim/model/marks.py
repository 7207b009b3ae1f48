"""The marks of calls from birth, of their first attempt and of later ones, and what each call's own key decides."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim import keyed
from sim.demand.calls import DEATH_CALL, PotentialCalls
from sim.demand.laws import quantile
from sim.domain.law import Law
from sim.keyed import Floats

AGAIN = "calls_again"  # purpose of the uniform that decides whether a family not helped calls again
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
        self._advice: dict[Law, list[float]] = {}

    def of(self, row: int) -> tuple[Any, ...]:
        """The call's key, whether it is of a death, and the other marks."""
        place = row - self.first
        if not 0 <= place < self.block:
            place = row % self.block
            self.first = row - place
            self.rows = self._read(slice(self.first, self.first + self.block))
        return self.rows[place]

    def uniform(self, row: int, purpose: str, number: int = 0) -> float:
        """What decides one thing about a call. number: that goes into its key."""
        return self._drawn(purpose, number).item(row)

    def below(self, p: float, purpose: str, number: int = 0) -> NDArray[np.int64]:
        """Rows, among all potential calls, of those whose uniform for a purpose is below a probability."""
        return np.flatnonzero(self._drawn(purpose, number) < p)

    def hours(self, row: int, purpose: str, law: Law, number: int = 0) -> float:
        """Hours by a law, from the uniform for a purpose."""
        place = purpose, law, number
        if place not in self._hours:
            self._hours[place] = quantile(law, self._drawn(purpose, number))
        return self._hours[place].item(row)

    def advice(self, row: int, law: Law) -> float:
        """Hours of advice by a law, from the call's own uniform for them."""
        if law not in self._advice:
            self._advice[law] = quantile(law, self.calls.advice).tolist()
        return self._advice[law][row]

    def _drawn(self, purpose: str, number: int) -> Floats:
        place = purpose, number
        if place not in self._uniforms:
            self._uniforms[place] = keyed.uniform(self.key, purpose, self.calls.high, self.calls.low, number)
        return self._uniforms[place]

    def _read(self, rows: slice) -> list[tuple[Any, ...]]:
        keys = zip(self.calls.high[rows].tolist(), self.calls.low[rows].tolist(), strict=True)
        death = (self.calls.number[rows] == DEATH_CALL).tolist()
        return list(zip(keys, death, *(column[rows].tolist() for column in self.columns), strict=True))


class LaterMarks(Marks):
    """The marks of a later attempt of the calls that can come so often. rows: theirs among all potential calls."""

    def __init__(self, key: tuple[int, int], calls: PotentialCalls, rows: NDArray[np.int64]) -> None:
        super().__init__(key, calls)
        self.among = rows
        self.place = dict(zip(rows.tolist(), range(len(rows)), strict=True))

    def of(self, row: int) -> tuple[Any, ...]:
        """As of ``Marks``, whose rows these are."""
        return super().of(self.place[row])

    def uniform(self, row: int, purpose: str, number: int = 0) -> float:
        """Likewise."""
        return super().uniform(self.place[row], purpose, number)

    def below(self, p: float, purpose: str, number: int = 0) -> NDArray[np.int64]:
        """Likewise."""
        return self.among[super().below(p, purpose, number)]

    def hours(self, row: int, purpose: str, law: Law, number: int = 0) -> float:
        """Likewise."""
        return super().hours(self.place[row], purpose, law, number)

    def advice(self, row: int, law: Law) -> float:
        """Likewise."""
        return super().advice(self.place[row], law)
