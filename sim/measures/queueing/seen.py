"""The ledger as a queueing theorist looks at it: calls with their waits, and people with their work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.domain.scenario import Scenario
from sim.keyed import Floats
from sim.ledger import TASKS, Ledger

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Levels = Iterable[tuple[str, float, float]]  # level, numerator, denominator

ALL = ""
CLOCK_HOURS = 24
RING = TASKS.index("ring")


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """Calls that were made and joined no other, in order of the ledger, of the whole run; times in hours.

    row: of the demand table. taken: the hour at which the wait ended, answered or not. wait: until then. inside: calls
    of the measured window, start to end. person, kind, begins, ends: tasks, unpaid ringing left out.
    """

    ledger: Ledger
    scenario: Scenario
    start: float
    end: float
    row: Ints
    time: Floats
    attempt: Ints
    urgency: Ints
    area: Ints
    answered_by: Ints
    taken: Floats
    left: Floats
    inside: Bools
    person: Ints
    kind: Ints
    begins: Floats
    ends: Floats

    @property
    def wait(self) -> Floats:
        """Hours from the call until somebody spoke with the family, or it gave up."""
        return self.taken - self.time

    @property
    def hours(self) -> float:
        """Measured hours."""
        return self.end - self.start


def see(ledger: Ledger, scenario: Scenario) -> Seen:
    """The columns of a ledger, read once."""
    calls, tasks, demand = ledger.calls, ledger.tasks, ledger.setting.demand
    own = calls.column("made") & (calls.column("joined") < 0)
    row, time, left = (calls.column(name)[own] for name in ("call", "time", "ended"))
    answered = calls.column("answered")[own]
    start, end = scenario.run.window
    works = tasks.column("kind") != RING
    return Seen(
        ledger=ledger,
        scenario=scenario,
        start=start,
        end=end,
        row=row,
        time=time,
        attempt=calls.column("attempt")[own],
        urgency=calls.column("urgency")[own],
        area=demand.families.area[demand.calls.family[row]],
        answered_by=calls.column("answered_by")[own],
        taken=np.where(np.isnan(answered), left, answered),
        left=left,
        inside=(time >= start) & (time < end),
        **{
            name: tasks.column(column)[works]
            for name, column in (("person", "person"), ("kind", "kind"), ("begins", "start"), ("ends", "end"))
        },
    )


def clipped(begins: Floats, ends: Floats, start: float, end: float) -> Floats:
    """Hours of each stretch inside a window."""
    return np.asarray(np.maximum(np.minimum(ends, end) - np.maximum(begins, start), 0.0), dtype=float)


def by_clock_hour(begins: Floats, ends: Floats, start: float, end: float) -> Floats:
    """Hours of all stretches inside a window that fall in each of the 24 hours of the clock."""
    begins, ends = np.clip(begins, start, end), np.clip(ends, start, end)
    return np.array([(_upto(ends, hour) - _upto(begins, hour)).sum() for hour in range(CLOCK_HOURS)])


def time_at_each_number(begins: Floats, ends: Floats, start: float, end: float) -> Floats:
    """Hours of a window during which 0, 1, 2 ... stretches are open at once."""
    begins, ends = np.clip(begins, start, end), np.clip(ends, start, end)
    edges = np.concatenate([[start], begins, ends, [end]])
    step = np.concatenate([[0], np.ones(len(begins), dtype=np.int64), -np.ones(len(ends), dtype=np.int64), [0]])
    order = np.lexsort((step, edges))
    # at one instant ends come first, so that a number is never counted that nobody could see
    open_now = np.cumsum(step[order])[:-1]
    return np.asarray(np.bincount(np.maximum(open_now, 0), np.diff(edges[order])), dtype=float)


def _upto(time: Floats, hour: int) -> Floats:
    """Hours of one hour of the clock from time 0 up to each time."""
    day, clock = np.divmod(time, CLOCK_HOURS)
    return np.asarray(day + np.clip(clock - hour, 0.0, 1.0), dtype=float)
