"""A calendar (ICS) as the rows of a rota: one row an event."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sim.config.rows import Row, Rows
from sim.errors import BadInput

OWNER = "owner"  # whose calendar it may be, where the summary is no name
NOBODY = "nobody"  # an event that says that a seat is empty
HERE = ZoneInfo("Europe/London")


def read_calendar(path: Path) -> Rows:
    """Its events as rows: ``Anna: night 1``, or the name alone, is the summary; the first category is the team.

    ``nobody: night 1`` is an empty seat. In a calendar with a name (``X-WR-CALNAME``) an event that is nobody's name is
    a duty of whoever has that one. Times with a zone become local ones. Raises BadInput for what is no calendar, for
    events that repeat or last whole days.
    """
    try:
        from icalendar import Calendar
    except ImportError:
        raise BadInput(f'{path.name}: calendars need the extra calendar; pip install "oncall-sim[calendar]"') from None
    try:
        calendar = Calendar.from_ical(path.read_bytes())
        events = calendar.walk("VEVENT")
    except (ValueError, IndexError):  # whose words may quote a name
        raise BadInput(f"{path.name}: not a calendar (ICS); export it again") from None
    owner = str(calendar.get("X-WR-CALNAME", ""))
    rows = Rows(_row(path.name, place, event, owner) for place, event in enumerate(events, 1))
    if not rows:
        raise BadInput(f"{path.name}: no events; export those of the weeks of the run")
    return rows


def _row(file: str, place: int, event: object, owner: str) -> Row:
    get = event.get  # type: ignore[attr-defined]
    summary, where = str(get("SUMMARY", "")), f"{file} event {place}"
    if get("RRULE") is not None:
        raise BadInput(f"{where}: it repeats; export single events")
    start, end = (_local(where, _time(where, get(name))) for name in ("DTSTART", "DTEND"))
    name, colon, seat = summary.partition(":")
    categories = get("CATEGORIES")
    team = str(categories.cats[0]) if getattr(categories, "cats", None) else ""
    cells = {
        "person": "" if name.strip() == NOBODY else name.strip(), "seat": seat.strip(), "team": team, "start": start,
        "end": end, OWNER: "" if colon else owner,
    }  # fmt: skip
    return Row(file, place, cells, "start", private=("person", OWNER), counts="event")


def _time(where: str, written: Any) -> Any:
    """What a start or an end says. Raises BadInput, which quotes nothing, for none, two, and what is no time."""
    if written is None or isinstance(written, list):
        raise BadInput(f"{where}: no DTSTART or no DTEND, or two of them; give every event one of both")
    try:
        return written.dt
    except (ValueError, AttributeError):  # what a broken property raises only now
        raise BadInput(f"{where}: a time that is none; write DTSTART and DTEND as 20270608T170000") from None


def _local(where: str, when: object) -> str:
    if not isinstance(when, dt.datetime):
        raise BadInput(f"{where}: a whole day; a duty has hours: give it a start and an end")
    local = when.astimezone(HERE).replace(tzinfo=None) if when.tzinfo else when
    return local.isoformat(" ")
