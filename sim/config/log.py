"""A planner's own log of families and calls: two tables, checked row by row (``docs/own_demand.md``)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sim.config.area_names import areas_called
from sim.config.area_names import remedy as remedy_of_name
from sim.config.compose import Composed
from sim.config.log_calls import CALL_COLUMNS, CALL_OPTIONAL, CALL_TIMES, read_calls
from sim.config.log_counts import When, is_dated, left_out, of_call, of_family, remedy
from sim.config.plain import NOT_READ as NOT_READ_WITH
from sim.config.rows import Row, Rows, read_rows
from sim.config.sheets import Table
from sim.config.tables import ELSEWHERE, Files, find_table
from sim.config.times import jumps
from sim.config.words import BadKey
from sim.domain.area import Area
from sim.domain.calendar import HOURS_PER_DAY, Calendar
from sim.domain.log import Log, LoggedFamily
from sim.domain.scenario import Run

PREFERENCES = ("home", "hospice", "hospital")
LONGEST_DAYS = 3 * 365  # an episode beyond is a slip of the keyboard
FARTHEST_KM = 1000
FAMILY_FLAGS = ("rural", "prepared", "advance_care_plan", "safe_for_one")
NAMES = ("family",)  # which no complaint repeats
FAMILY_COLUMNS = ("family", "area", "start", "death")
FAMILY_OPTIONAL = ("prefers", "quintile", "east_km", "north_km", "distance_km", "deteriorates", "dying", *FAMILY_FLAGS)
FAMILY_TIMES = ("start", "death", "deteriorates", "dying")
FAMILIES_KEY, CALLS_KEY = "demand.families_csv", "demand.calls_csv"
NOT_READ = (  # keys whose numbers a log replaces
    "demand.deaths_multiple",
    "demand.growth_per_year",
    "demand.winter_",
    "demand.area_effect_sd_log",
    "demand.conditions",
    "demand.episode_",
    "demand.background_",
    "place.home_share_of_preference",
)
NOT_READ_WITH_CALLS = (
    "demand.calls_per_child_day",
    "demand.reference_calls_per_child_day",
    "demand.rate_ceiling_multiple",
    "demand.frailty_shape",
    "demand.death_calls_per_death",
    "demand.dying_night_weight_multiple",
)


def not_read(config: dict[str, Any]) -> tuple[str, ...]:
    """Beginnings of the keys that a run does not read because a log, a caseload or calls alone stand in their place."""
    if config["demand"]["kind"] != "log":
        return NOT_READ_WITH.get(config["demand"]["kind"], ())
    return NOT_READ + (NOT_READ_WITH_CALLS if config["demand"]["calls_csv"] else ())


def read_log(
    composed: Composed, files: Files, everywhere: list[Area], areas: list[Area], calendar: Calendar, run: Run
) -> Log | None:
    """The log that the demand names, None if families are drawn. Raises BadKey or BadInput.

    everywhere: all areas of the table, which families may live in. areas: those of this run.
    """
    part = composed.config["demand"]
    if part["kind"] != "log":
        for key, file in ((FAMILIES_KEY, part["families_csv"]), (CALLS_KEY, part["calls_csv"])):
            if file is not None:
                raise BadKey(key, file, f"not read with demand.kind = {part['kind']}", "write kind: log beside it")
        return None
    if part["families_csv"] is None:
        raise BadKey("demand.kind", "log", "needs a table of families", "write families_csv: ./families.csv beside it")
    rows = read_rows(find_table(composed, FAMILIES_KEY, files), FAMILY_COLUMNS, FAMILY_OPTIONAL, NAMES)
    families = _families(rows, everywhere, calendar.start_date)
    codes = {area.code for area in areas}
    _some_are_there(part["families_csv"], families, codes, calendar, run)
    tables: list[tuple[str, Rows, tuple[str, ...], list[When]]] = [
        (FAMILIES_KEY, rows, FAMILY_TIMES, [of_family(family) for family in families.values()])
    ]
    calls, dated = None, is_dated(rows, FAMILY_TIMES)
    if part["calls_csv"] is not None:
        reasons = [name for name, reason in composed.config["reasons"].items() if reason is not None]
        rows = read_rows(find_table(composed, CALLS_KEY, files), CALL_COLUMNS, CALL_OPTIONAL, NAMES)
        calls = read_calls(rows, families, reasons, calendar.start_date)
        tables.append((CALLS_KEY, rows, CALL_TIMES, [of_call(call, families[call.family]) for call in calls]))
        dated = dated and is_dated(rows, CALL_TIMES)
    how = remedy([one for *_, found in tables for one in found], codes, run, calendar, composed.config, dated)
    for key, rows, times, found in tables:
        left = left_out(found, codes, run)
        said = how if any(number for reason, number in left if reason != ELSEWHERE) else ""
        files.count(key, rows, left, said, _jumps(rows, times))
    return Log(tuple(families[name] for name in sorted(families)), calls)


def read_rows_of_log(
    families: Table, calls: Table, everywhere: list[Area], reasons: list[str], start_date: dt.date
) -> Log:
    """A log by itself, for no run: families of any area and their calls, in hours since a date. Raises BadInput."""
    found = _families(read_rows(families, FAMILY_COLUMNS, FAMILY_OPTIONAL, NAMES), everywhere, start_date)
    made = read_calls(read_rows(calls, CALL_COLUMNS, CALL_OPTIONAL, NAMES), found, reasons, start_date)
    return Log(tuple(found[name] for name in sorted(found)), made)


def _jumps(rows: Rows, columns: tuple[str, ...]) -> list[str]:
    """What is to be said of times in the hours at which the clock of England is changed."""
    moments = (row.moment(column) for row in rows for column in columns)
    return [f"{said}, kept as the local clock has them" for said in jumps(filter(None, moments))]


def _families(rows: list[Row], areas: list[Area], start_date: dt.date) -> dict[str, LoggedFamily]:
    found: dict[str, LoggedFamily] = {}
    lines: dict[str, int] = {}
    for row in rows:
        family = _family(row, areas, start_date)
        if (line := lines.setdefault(family.name, row.line)) != row.line:
            raise row.bad("family", f"stands in line {line} already", "give every family one row and its own name")
        found[family.name] = family
    return found


def _family(row: Row, areas: list[Area], start_date: dt.date) -> LoggedFamily:
    name, area = row.needed("family"), _area(row, areas)
    start, death = row.needed_time("start", start_date), row.needed_time("death", start_date)
    if death <= start:
        raise row.bad("death", f"not after the start of the episode, {row.cells['start']}", "correct one of the two")
    if death - start > LONGEST_DAYS * HOURS_PER_DAY:
        days = (death - start) / HOURS_PER_DAY
        raise row.bad("death", f"{days:,.0f} days after the start: an episode lasts up to {LONGEST_DAYS:,}")
    worse, dying = row.time("deteriorates", start_date), row.time("dying", start_date)
    if worse is not None and not start <= worse <= death:
        raise row.bad("deteriorates", "outside the episode, from start to death")
    if dying is not None and not (start if worse is None else worse) <= dying <= death:
        begins = "start" if worse is None else "deteriorates"
        raise row.bad("dying", f"must lie between {begins} and death")
    quintile = row.number("quintile", 1, 5, whole=True)
    about: dict[str, Any] = {**{flag: row.flag(flag) for flag in FAMILY_FLAGS}, **_place(row)}
    return LoggedFamily(
        name, area, start, death, row.word("prefers", PREFERENCES) or "home", **about,
        quintile=None if quintile is None else int(quintile), deteriorates=worse, dying=dying,
    )  # fmt: skip


def _area(row: Row, areas: list[Area]) -> str:
    """The code of the one area that a family lives in."""
    word = row.needed("area")
    found = [area.code for area in areas_called(word, areas)]
    if not found:
        raise row.bad("area", "no area of that code or name in the table of areas", remedy_of_name(word, areas))
    if len(found) > 1:
        raise row.bad("area", f"{len(found)} areas are called so: {', '.join(found[:6])}", "write the code of one")
    return found[0]


def _place(row: Row) -> dict[str, float | None]:
    """Where the home lies: east and north of the centre, or how far from it, or not known."""
    east, north = (row.number(column, -FARTHEST_KM, FARTHEST_KM) for column in ("east_km", "north_km"))
    distance = row.number("distance_km", 0, FARTHEST_KM)
    if (east is None) != (north is None):
        given, missing = ("east_km", "north_km") if north is None else ("north_km", "east_km")
        raise row.bad(given, f"{missing} is missing beside it", "give both or none")
    if distance is not None and east is not None:
        raise row.bad("distance_km", "east_km and north_km say it already", "give one or the other")
    return {"east_km": east, "north_km": north, "distance_km": distance}


def _some_are_there(
    file: str, families: dict[str, LoggedFamily], codes: set[str], calendar: Calendar, run: Run
) -> None:
    """Raises BadKey if no family of the run's areas is in its episode in the measured weeks: all would be empty."""
    start, end = run.window
    if not any(f.area in codes and f.death > start and f.start < end for f in families.values()):
        rule = (
            f"no family of this run's areas is in its episode in the measured weeks, "
            f"{calendar.date(start)} to {calendar.date(end - 1)}"
        )
        raise BadKey(FAMILIES_KEY, file, rule, "move calendar.start_date (a Monday), or set warmup_weeks and weeks")
