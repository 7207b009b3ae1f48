"""Names of people and families, hours of the clock, and lengths of time, as people say them."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

from sim.domain.scenario import Scenario
from sim.ledger import Ledger

BOARD = " Integrated Care Board"


def place(scenario: Scenario, area: int) -> str:
    """An area without the words that all of them carry."""
    return scenario.areas[area].name.removeprefix("NHS ").removesuffix(BOARD)


def person(scenario: Scenario, ledger: Ledger, row: int, area: int | None = None) -> str:
    """Their name, or ``community nurse 3 of Norfolk``; in a story of the area they live in without the place."""
    who = ledger.setting.staff.people[row]
    lives = int(ledger.setting.staff.area[row])
    called = who.name or f"{who.role.replace('_', ' ')} {who.number}"
    return called if lives == area else f"{called} of {place(scenario, lives)}"


def letter(number: int) -> str:
    """A, B ... Z, AA, AB: a family's name for one night."""
    first, last = divmod(number, 26)
    return (letter(first - 1) if first else "") + chr(ord("A") + last)


def minute(time: float) -> int:
    """An hour to the nearest minute, as every hour is told: what is counted from these adds up with what is told."""
    return round(time * 60)


def clock(time: float) -> str:
    """The hour of the clock to the nearest minute."""
    minutes = minute(time) % (24 * 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def length(hours: float) -> str:
    """``2 hours 5 minutes``."""
    whole, minutes = divmod(minute(hours), 60)
    parts = [counted(whole, "hour")] if whole else []
    return " ".join([*parts, *([counted(minutes, "minute")] if minutes or not whole else [])])


def times(number: int) -> str:
    """``once``, ``twice``, ``3 times``."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def counted(number: int, what: str) -> str:
    """``1 call``, ``2 calls``."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def date(scenario: Scenario, time: float) -> str:
    """``Thursday 4 February 2027``."""
    day: dt.date = scenario.calendar.date(time)
    return f"{day:%A} {day.day} {day:%B %Y}"


def listed(items: Sequence[str]) -> str:
    """``a, b and c``."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def a(word: str) -> str:
    """``a nurse``, ``an adult nurse``."""
    return f"an {word}" if word[:1] in "aeio" else f"a {word}"


def sentence(text: str) -> str:
    """With a capital and a full stop."""
    return f"{text[:1].upper()}{text[1:]}."


def known(time: float) -> bool:
    """Whether something happened at all."""
    return not math.isnan(time)
