"""A rota as a calendar (ICS, RFC 5545): a duty is an event, in local time without a zone."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

import pandas as pd

from sim.cells import records

STAMP = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)  # any fixed moment: the same rota gives the same bytes
NOBODY = "nobody"


def calendar(called: str, duties: pd.DataFrame, *, of_team: bool) -> bytes:
    """The calendar of a team, or of a person. duties: rows as in ``rota.csv``.

    Of a team the summary is ``Anna: night 1``, of a person ``night 1``; the category is the team.
    """
    from icalendar import Calendar, Event

    made: Any = Calendar()
    made.add("VERSION", "2.0")
    made.add("PRODID", "-//oncall-sim//rota//EN")
    made.add("X-WR-CALNAME", called)
    for duty in records(duties):
        event: Any = Event()
        seat = str(duty["seat"])
        event.add("SUMMARY", f"{duty['person'] or NOBODY}: {seat}" if of_team else seat)
        start, end = (dt.datetime.fromisoformat(str(duty[column])) for column in ("start", "end"))
        event.add("DTSTART", start)
        event.add("DTEND", end)
        event.add("DTSTAMP", STAMP)
        event.add("CATEGORIES", [str(duty["team"])])
        event.add("DESCRIPTION", "on call from home" if duty["at"] == "on_call" else "at work")
        about = "|".join(str(duty[column]) for column in ("team", "person", "start", "end", "seat"))
        event.add("UID", f"{hashlib.sha256(about.encode()).hexdigest()[:24]}@oncall-sim")
        made.add_component(event)
    content: bytes = made.to_ical()
    return content
