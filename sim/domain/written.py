"""A rota that somebody has written: duties of named people for their dates, and single changes to a rota."""

from __future__ import annotations

from dataclasses import dataclass

from sim.domain.intervals import Interval
from sim.domain.staff import Clinician

CHANGES = ("swap", "give", "cancel")


@dataclass(frozen=True, slots=True)
class WrittenDuty:
    """One duty [start, end), hours of the run, of a seat of a pattern. person: None: the seat is written down as empty.

    pattern: its place among those of the team. seat: from 0.
    """

    pattern: int
    seat: int
    start: float
    end: float
    person: Clinician | None


@dataclass(frozen=True, slots=True)
class Change:
    """One change to a rota, of a day on which a duty begins.

    kind: a word of ``CHANGES``: two people swap their duties of two days, one gives hers to another, or hers is
    cancelled and its seat left empty. other: who swaps or is given it. other_day: of the duty she gives in return.
    pattern: its place among those of the team; None: whichever the person holds. said: file and line, for complaints.
    """

    kind: str
    person: Clinician
    day: int
    other: Clinician | None = None
    other_day: int | None = None
    pattern: int | None = None
    said: str = ""


def period(duties: tuple[WrittenDuty, ...], pattern: int) -> Interval | None:
    """The hours for which a written rota stands in place of a pattern: from its first hour to its last, of any pattern.

    None: it holds no duty of that pattern, which goes on as planned.
    """
    if not any(duty.pattern == pattern for duty in duties):
        return None
    return min(duty.start for duty in duties), max(duty.end for duty in duties)
