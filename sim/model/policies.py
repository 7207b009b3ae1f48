"""Policies: plain functions named by a word in the scenario. They see values and marks, never the clock or a generator.

Source: ``docs/model.md``, Logic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

Interval = tuple[float, float]


def longest_rest(worked: Iterable[Interval], start: float, end: float) -> float:
    """The longest stretch without work between two hours, in hours; being on call is rest, answering is not."""
    longest, free_since = 0.0, start
    for begins, ends in sorted(worked):
        if ends > start and begins < end:
            longest = max(longest, begins - free_since)
            free_since = max(free_since, ends)
    return max(longest, end - free_since, 0.0)


# rest: hours by which a duty at work starts late when so many hours of rest were missed
def ignored(missed: float) -> float:
    """The duty starts in time, tired."""
    return 0.0


def bank(missed: float) -> float:
    """The duty starts in time; the hours are owed."""
    return 0.0


def delay(missed: float) -> float:
    """The duty starts late by the hours missed."""
    return missed


REST: dict[str, Callable[[float], float]] = {"ignored": ignored, "bank": bank, "delay": delay}


# second_person: whether the first sets out for a visit that takes two, given that a second is free or not
def one_goes(second_is_free: bool) -> bool:
    """The first goes, alone if need be."""
    return True


def both_or_nobody(second_is_free: bool) -> bool:
    """Nobody sets out alone."""
    return second_is_free


SECOND_PERSON: dict[str, Callable[[bool], bool]] = {
    "one_goes": one_goes,
    "wait": both_or_nobody,
    "phone_only": both_or_nobody,
}
WAITS_FOR_TWO = {"one_goes": False, "wait": True, "phone_only": False}


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


# end_of_duty: whether telephone work in hand at the end of a duty goes to somebody of the next
def finish(somebody_is_free: bool) -> bool:
    """Whoever has it finishes it."""
    return False


def hand_over(somebody_is_free: bool) -> bool:
    """It goes to somebody of the next duty who is free; if nobody is, it is finished."""
    return somebody_is_free


END_OF_DUTY: dict[str, Callable[[bool], bool]] = {"finish": finish, "hand_over": hand_over}


# nurse_while_waiting: whether a nurse on the telephone stays with the call until its advice is given
NURSE_IS_HELD = {"released": False, "held": True}


# end of a call: whether the family calls again
def calls_again(unmet: bool, after_any: bool, attempt: int, attempts_max: int, u: float, p: float) -> bool:
    """A family that was not helped (or, after_any, any) calls again with probability p, up to a number of attempts."""
    return attempt < attempts_max and (unmet or after_any) and u < p
