"""Timesheets: one line in the ledger for everything that somebody did, and what it takes out of them."""

from __future__ import annotations

from collections.abc import Collection, Generator
from typing import Any

import simpy

from sim.domain.goodwill import Dynamics
from sim.domain.intervals import Interval
from sim.ledger import TASKS, Ledger
from sim.model.clock import Clock
from sim.model.free.people import Notes, Person

TASK = {name: row for row, name in enumerate(TASKS)}


class Timesheets:
    """Everybody's time. Hours worked count towards rest and the next call, unpaid ones towards the weekly cap."""

    def __init__(self, ledger: Ledger, dynamics: Dynamics) -> None:
        self.dynamics, self.stock = dynamics, ledger.setting.stock
        self._write = ledger.tasks.cells.append

    def book(
        self, person: Person, call: int, kind: str, start: float, end: float, duty: int, from_home: bool = False,
        km: float = 0.0,
    ) -> None:  # fmt: skip
        """One line of somebody's time; unpaid hours also count towards the weekly cap. km: of the straight line."""
        if end > start:
            self._write((person.row, call, TASK[kind], start, end, duty, from_home, km))  # a ``TaskRow``
            if self.stock is not None and kind == "phone":
                self._drain(person, self.dynamics.drain_per_call, start, duty)
            if kind != "ring":
                person.worked.append((end, end - start))
                if duty < 0:
                    person.unpaid.append((end, end - start))

    def book_visit(self, person: Person, call: int, stretches: list[Interval], duty: int) -> None:
        """The hours in one home, between calls taken there by telephone: one visit, which drains goodwill once."""
        for start, end in stretches:
            self.book(person, call, "visit", start, end, duty)
        if stretches:
            self._drain(person, self.dynamics.drain_per_visit, stretches[0][0], duty)

    def write_up(
        self, person: Person, clock: Clock, later: Collection[int] = ()
    ) -> Generator[simpy.Event, Any, None]:  # fmt: skip
        """The notes and calls to others that somebody has put off, one after another. later: rows of calls of which
        they are put off still."""
        while notes := next((one for one in person.owed if one.call not in later), None):
            person.owed.remove(notes)
            yield from self.write(person, notes, clock)

    def write(self, person: Person, notes: Notes, clock: Clock) -> Generator[simpy.Event, Any, None]:
        """What follows one talk."""
        start = clock.now
        yield clock.timeout(notes.hours)
        self.book(person, notes.call, "notes", start, clock.now, notes.duty)

    def goodwill_of(self, person: Person, now: float) -> float:
        """G of somebody now: constant, or what their stock has left."""
        return person.willingness if self.stock is None else self.stock.at(person.row, now)

    def _drain(self, person: Person, amount: float, start: float, duty: int) -> None:
        """Work drains goodwill; rostered and paid work drains a part of that."""
        if self.stock is not None:
            self.stock.drain(person.row, start, amount if duty < 0 else amount * self.dynamics.funded_multiple)
