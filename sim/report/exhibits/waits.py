"""The exhibit on waiting: minutes to an answer and to the door, against the standard."""

from __future__ import annotations

from sim.cells import each_row
from sim.report.drawing import Exhibit, Grid
from sim.report.exhibits.bars import Bars, Panel, cells, exhibit_of, rows_of
from sim.report.tables import Tables
from sim.report.words import gap, gap_spread, listed, name, number
from sim.report.words.captions import NOTHING
from sim.report.words.findings import title, verdicts

PANELS = {  # measure: what the panel is called, unit
    "minutes_to_answer": ("Minutes to an answer, mean of calls answered", "minutes"),
    "answered_in_standard_share": ("Answered in time, of all potential calls", "share"),
    "minutes_to_door": ("Minutes to the door, mean of calls visited", "minutes"),
    "door_in_standard_share": ("At the door in time, of potential calls that need a visit", "share"),
}
FOLLOWED = {
    "answered_in_standard_share_of_calls_made": ("Answered within the standard, of calls made", "share"),
    "door_in_standard_share_of_calls_made": ("At the door in time, of calls made that needed a visit", "share"),
    "travel_minutes_one_way": ("Travel, one way", "minutes"),
    "seen_by_someone_known_share": ("Seen by someone known, of calls answered", "share"),
    "emergency_visits_per_family": ("Emergency visits per family who wants to be at home", ""),
    "admissions_per_family": ("Admissions per family who wants to be at home", ""),
    "repeat_calls_per_year": ("Calls that came again, a year", ""),
    "lone_visits_per_year": ("Lone visits (took two people, and had one), a year", ""),
    "lone_visits_per_100_families": ("Lone visits per 100 families who want to be at home", ""),
    "background_calls_per_year": ("Calls of children not at the end of life, a year", ""),
    "background_unmet_share": ("Unmet or partly met, of calls of children not at the end of life", "share"),
}
URGENCIES = ("emergency", "urgent", "routine")
HOUR = 60
IN_TIME = "Visits at the door in time"


def waits(tables: Tables) -> Exhibit:
    """Waiting and its standard side by side; what followed the calls stands in the table."""
    here = {measure: words for measure, words in PANELS.items() if measure in tables.measures}
    more = {measure: words for measure, words in FOLLOWED.items() if measure in tables.measures}
    return exhibit_of(
        tables,
        Bars(
            "waits",
            "Waiting",
            _title(tables),
            "Waiting of families who want to be at home, against the standard",
            rows_of(tables, [Panel(words, {"": measure}, unit) for measure, (words, unit) in here.items()]),
            f"Lines: 95% intervals. {_standards(tables)}Shares are of all potential calls. Minutes are of the calls "
            "that were answered or visited: a scenario decides which, so they describe and compare nothing.",
            Grid(
                "Waiting, and what followed the calls (of emergency visits and admissions neither side is better)",
                ("Measure", *map(name, tables.names)),
                [
                    *((words, *cells(tables, measure, unit)) for measure, (words, unit) in (here | more).items()),
                    *_same_calls(tables),
                ],
            ),
            NOTHING,
            said=_verdicts(tables),
        ),
    )


def _title(tables: Tables) -> str:
    if "door_in_standard_share" in tables.measures:
        return title(tables, IN_TIME, "door_in_standard_share")
    return title(tables, "Time to the door", "minutes_to_door", unit="minutes")


def _verdicts(tables: Tables) -> str:
    return verdicts(tables, IN_TIME, "door_in_standard_share") if "door_in_standard_share" in tables.measures else ""


def _same_calls(tables: Tables) -> list[tuple[str, ...]]:
    """What the calls visited both in the baseline and in a scenario waited longer there; nothing of one scenario."""
    if tables.same_calls is None or tables.same_calls.empty:
        return []
    said = {
        str(
            row.scenario
        ): f"{gap(row.difference, 'minutes')} ({gap_spread(row.alone_low, row.alone_high, 'minutes')}); "
        f"n = {number(row.calls_in_both, 0)}"
        for row in each_row(tables.same_calls)
    }
    words = f"Minutes to the door of the same calls, minus {name(tables.baseline)}: visited in both"
    return [(words, *(said.get(scenario, "–") for scenario in tables.names))]


def _standards(tables: Tables) -> str:
    """The standards as they were set, by urgency; nothing where the study does not list them."""
    said_of = []
    for of, words in (("answer", "an answer"), ("door", "the door")):
        limits = {u: tables.number(f"answering.{of}_standard_minutes.{u}") for u in URGENCIES}
        if all(limit is not None for limit in limits.values()):
            each = listed([f"{_time(limit)} ({urgency})" for urgency, limit in limits.items() if limit is not None])
            said_of.append(f"to {words} {each}")
    if not said_of:
        return ""
    return f"The standard: {'; '.join(said_of)}. "


def _time(minutes: float) -> str:
    return f"{number(minutes, 0)} min" if minutes < 2 * HOUR else f"{number(minutes / HOUR, 0)} h"
