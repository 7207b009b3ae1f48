"""Dates and times of a planner's table as hours of the run, whose clock is the local one without its jumps.

Twice a year the clock of England jumps: an hour comes twice in October and one never comes in March. The run knows
neither; times that fall there stay as they are written, and are counted (``jumps``).
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from zoneinfo import ZoneInfo

ISO, DAY_FIRST = "yyyy-mm-dd", "dd/mm/yyyy"
DATES = (ISO, DAY_FIRST)  # ways to write a date
LONDON, UTC = "Europe/London", "UTC"
TIMEZONES = (LONDON, UTC)  # clocks of a log
SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})[ T]+(\d{1,2}:\d\d(?::\d\d)?)")
TWICE, NEVER = "the hour that comes twice", "the hour that never comes"


def is_slashed(text: str) -> bool:
    """Whether a text is a date and time with slashes, of which either the day or the month comes first."""
    return SLASHED.fullmatch(text) is not None


def as_written(text: str, dates: str) -> dt.datetime | None:
    """A date and time as it stands in a table, by whatever clock the table has; None if the text is none.

    dates: how the table writes dates, beside ISO 8601, which is always read.
    """
    try:
        found = dt.datetime.fromisoformat(_iso(text, dates))
    except ValueError:
        return None
    return found if ":" in text else None  # a date alone does not say when in the day


def date_as_written(text: str, dates: str) -> dt.date | None:
    """A date without a time of day; None if the text is none."""
    found = as_written(f"{text} 00:00" if ":" not in text else text, dates)
    return found.date() if found is not None and found.time() == dt.time() else None


def moment(text: str, dates: str, timezone: str) -> dt.datetime | None:
    """A date and time by the local clock; None if the text is none, or says another time zone than its table.

    timezone: whose clock the table goes by.
    """
    found = as_written(text, dates)
    if found is None or (found.tzinfo is not None and (timezone != UTC or found.utcoffset())):
        return None
    return _local(found.replace(tzinfo=dt.UTC)) if timezone == UTC else found


def _iso(text: str, dates: str) -> str:
    slashed = SLASHED.fullmatch(text) if dates == DAY_FIRST else None
    if not slashed:
        return text
    day, month, year, clock = slashed.groups()
    return (
        f"{year}-{month:0>2}-{day:0>2}T{clock:0>5}" if len(clock) < 6 else f"{year}-{month:0>2}-{day:0>2}T{clock:0>8}"
    )


def _local(when: dt.datetime) -> dt.datetime:
    return when.astimezone(_london()).replace(tzinfo=None)


@lru_cache(maxsize=1)
def _london() -> ZoneInfo:
    return ZoneInfo(LONDON)


def jumps(moments: Iterable[dt.datetime]) -> tuple[str, ...]:
    """What is to be said of times in the two hours at which clocks are changed: how many, of which date."""
    counted = Counter((word, when.date()) for when in moments for word in [_jump(when)] if word)
    return tuple(
        f"{number:,} time{'s' if number > 1 else ''} in {word}, {date.day} {date:%B %Y}"
        for (word, date), number in sorted(counted.items(), key=lambda item: item[0][1])
    )


def _jump(when: dt.datetime) -> str:
    """TWICE or NEVER for a local time at which clocks are changed, else empty."""
    first, second = (when.replace(tzinfo=_london(), fold=fold).utcoffset() for fold in (0, 1))
    assert first is not None
    assert second is not None
    return "" if first == second else TWICE if first > second else NEVER
