"""A year of one person as a calendar: a line a month, a letter a night."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

WHO = {"median": "the person in the middle", "worst": "the worst-off person"}
LETTERS = (
    ("c", "on call"),
    ("s", "on unpaid standby"),
    ("e", "on call or on standby by day or evening only"),
    ("g", "off duty, and rung or working between 23:00 and 07:00"),
    ("w", "at work"),
    ("a", "away: leave or sickness"),
    (".", "free"),
)


class Month(NamedTuple):
    """A line of a calendar. runs: letters that look alike, each with its class."""

    label: str
    runs: list[tuple[str, str]]


class Calendar(NamedTuple):
    """A year of one person. said: what it comes to in one sentence."""

    whose: str
    said: str
    months: list[Month]


def calendar(whose: str, row: dict[str, Any]) -> Calendar:
    """A person's nights by month. row: of years.csv."""
    first, letters, dying = dt.date.fromisoformat(row["first_night"]), row["year"], row["dying"]
    months: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for place, letter in enumerate(letters):
        day = first + dt.timedelta(days=place)
        line = months.setdefault((day.year, day.month), [(" " * (day.day - 1), "")] if day.day > 1 else [])
        kind = " ".join(filter(None, (_look(letter), "d" if dying[place] == "d" else "")))
        if line and line[-1][1] == kind:
            line[-1] = (line[-1][0] + letter, kind)
        else:
            line.append((letter, kind))
    told = [Month(f"{dt.date(year, month, 1):%b}", runs) for (year, month), runs in months.items()]
    return Calendar(WHO[whose], said(row), told)


def _look(letter: str) -> str:
    """How a night is drawn, in black and white too: woken, by the telephone, or neither."""
    if letter.isupper() or letter == "g":
        return "woken"
    return "on" if letter in ("c", "s") else ""


def said(row: dict[str, Any]) -> str:
    """``58 nights on call and 1 on standby, 10 weekends; woken in 3 nights; 2 next days lost; 1 lone visit.``"""
    parts = [
        f"{counted(row['nights_on_call'], 'night')} on call, {row['nights_on_standby']:.0f} on unpaid standby",
        counted(row["weekends"], "weekend"),
        f"woken in {counted(row['disturbed_nights'], 'night')}",
        f"{row['nights_in_a_row_while_dying']:.0f} in a row while a child is dying",
        f"{counted(row['next_days_lost'], 'next day')} lost",
        counted(row["lone_visits"], "lone visit"),
    ]
    return f"{'; '.join(parts)}."


def counted(value: float, what: str) -> str:
    """``1 night``, ``2 nights``."""
    return f"{value:.0f} {what}{'' if value == 1 else 's'}"
