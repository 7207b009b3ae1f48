"""Policies: plain functions named by a word of the scenario. They see values and marks, never a clock or a process.

The keys of each table are the words that the configuration allows; whoever runs or measures asks the table, and nobody
compares with a word. So a new word is one line here, and a line where the words are documented.
Source: ``docs/model.md``, Logic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

Interval = tuple[float, float]


def longest_rest(worked: Iterable[Interval], start: float, end: float) -> float:
    """The longest stretch without work between two hours, in hours; being on call is rest, answering is not."""
    longest, free_since = 0.0, start
    for begins, ends in sorted(worked):
        if ends > start and begins < end:
            longest = max(longest, begins - free_since)
            free_since = max(free_since, ends)
    return max(longest, end - free_since, 0.0)


# rest: hours by which a duty at work starts late when so many hours of rest were missed; of one duty, or of a column
def ignored(missed: Any) -> Any:
    """The duty starts in time, tired."""
    return 0.0 * missed


def bank(missed: Any) -> Any:
    """The duty starts in time; the hours are owed."""
    return 0.0 * missed


def delay(missed: Any) -> Any:
    """The duty starts late by the hours missed."""
    return missed


REST: dict[str, Callable[[Any], Any]] = {"ignored": ignored, "bank": bank, "delay": delay}


def starts_late(rest: str, daily_rest: float) -> bool:
    """Whether a rest rule ever makes a duty late; one that does not when all the rest was missed never does."""
    return bool(REST[rest](daily_rest) > 0.0)


class TwoNeeded(NamedTuple):
    """What happens to a visit that takes two people when only one is free.

    goes_alone: the first sets out, alone if need be. waits: nobody does, until two are free or the family gives up.
    With neither, the family is helped by telephone.
    """

    goes_alone: bool
    waits: bool


SECOND_PERSON = {
    "one_goes": TwoNeeded(goes_alone=True, waits=False),
    "wait": TwoNeeded(goes_alone=False, waits=True),
    "phone_only": TwoNeeded(goes_alone=False, waits=False),
}


# while_visiting: hours after which somebody at a family's home takes a call that waits, by telephone; inf: never
def ring_back(after: float) -> float:
    """After a while."""
    return after


def answer(after: float) -> float:
    """At once."""
    return 0.0


def unreachable(after: float) -> float:
    """Not at all."""
    return float("inf")


WHILE_VISITING: dict[str, Callable[[float], float]] = {
    "ring_back": ring_back,
    "answer": answer,
    "unreachable": unreachable,
}

# end_of_duty: whether telephone work in hand at the end of a duty goes to somebody of the next who is free
END_OF_DUTY = {"finish": False, "hand_over": True}

# nurse_while_waiting: whether a nurse on the telephone stays with the call until its advice is given
NURSE_WHILE_WAITING = {"released": False, "held": True}

# repeat after: whether a family may call again after a call that was answered
AFTER_ANY = {"unmet": False, "any": True}


def calls_again(unmet: bool, after_any: bool, attempt: int, attempts_max: int, u: float, p: float) -> bool:
    """A family that was not helped (or, after_any, any) calls again with probability p, up to a number of attempts."""
    return attempt < attempts_max and (unmet or after_any) and u < p


# seats of a pool, unless their number is written: whether those of all areas are kept; else the best-covered one's are
POOL_SEATS = {"kept": True, "largest": False}


# offer_shape: what the share of hours that the rota on paper covers counts as where home is offered; 0 and 1 stay
def linear(cover: Any) -> Any:
    """Every hour counts alike."""
    return cover


def threshold(cover: Any) -> Any:
    """Nothing up to half of the hours, which is what a telephone alone comes to, and all beyond."""
    return 1.0 * (cover > 0.5)


def concave(cover: Any) -> Any:
    """The first hours count most: half of the hours for seven tenths."""
    return cover**0.5


OFFER_SHAPE: dict[str, Callable[[Any], Any]] = {"linear": linear, "threshold": threshold, "concave": concave}


# deal: where an area stands when kinds of service are dealt, from its own chance and how rural it is; both 0 to 1
def by_chance(chance: float, rural: float) -> float:
    """Anywhere, whoever lives there."""
    return chance


def rural_last(chance: float, rural: float) -> float:
    """The more rural the later: half chance, half its place among the areas."""
    return (chance + rural) / 2


DEAL: dict[str, Callable[[float, float], float]] = {"by_chance": by_chance, "rural_last": rural_last}

Chances = tuple[float, float]  # of an emergency visit, and of an admission


# depend_on: which chances follow a call that was met by somebody known, met by others, met in part, not met at all
def helper(known: Chances, others: Chances, partly: Chances, none: Chances) -> tuple[Chances, ...]:
    """All four as they are written."""
    return known, others, partly, none


def help_given(known: Chances, others: Chances, partly: Chances, none: Chances) -> tuple[Chances, ...]:
    """Who helped makes no difference: whoever met the call counts as somebody known."""
    return known, known, partly, none


def help_in_full(known: Chances, others: Chances, partly: Chances, none: Chances) -> tuple[Chances, ...]:
    """Help in part spares nothing: it counts as none."""
    return known, others, none, none


DEPEND_ON: dict[str, Callable[[Chances, Chances, Chances, Chances], tuple[Chances, ...]]] = {
    "helper": helper,
    "help_given": help_given,
    "help_in_full": help_in_full,
}


class Rotation(NamedTuple):
    """Who holds which hours of a rota in turn.

    changes_hands: what lies before the hour of hand-over belongs to the day before. every_span: each span of each day
    is a session, and a turn, of its own. turn: which turn a day falls into, by its week and weekday (Monday 0).
    """

    changes_hands: bool = True
    every_span: bool = False
    turn: Callable[[int, int], object] = lambda week, weekday: (week, weekday)


FRIDAY = 4
ROTATIONS = {
    "everyone": Rotation(changes_hands=False),
    "night": Rotation(),
    "weekend_split": Rotation(turn=lambda week, weekday: (week, min(weekday, FRIDAY))),
    "week": Rotation(turn=lambda week, weekday: week),
    "shift": Rotation(changes_hands=False, every_span=True),
}
