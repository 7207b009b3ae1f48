"""What a configuration stands on: the tables it names, read and checked, and the calendar.

Numbers hardly ever change what was read: a plan with other numbers stands on the same ground.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.config.compose import Composed
from sim.config.groupings import with_tables
from sim.config.keys import values
from sim.config.localities import read_drive_times, with_localities
from sim.config.log import read_log
from sim.config.people import read_people
from sim.config.plain import read_calls_alone
from sim.config.profile import read_profile
from sim.config.rota_in import RotaRows, read_rota
from sim.config.run import BEFORE, BEYOND, MEASURED, run_of
from sim.config.tables import Files, are_own, choose_areas, read_areas
from sim.config.values import set_values, value_at
from sim.config.words import BadKey
from sim.config.written import is_number
from sim.domain.area import Area
from sim.domain.calendar import HOURS_PER_DAY, Calendar
from sim.domain.demand import CallsAlone
from sim.domain.log import Log
from sim.domain.pace import DriveTimes
from sim.domain.scenario import Run
from sim.domain.staff import Clinician

HOLIDAYS_BEYOND_WEEKS = 13  # calls of the last weeks are followed to their end
READ = (  # numbers below these keys are read with the tables
    *(*BEFORE, *MEASURED, *BEYOND, "calendar", "area_table", "demand.profile", "demand.calls_per_hour"),
)


@dataclass(frozen=True, eq=False)
class Ground:
    """The areas of the table and those of the run, the hours of the run, and all that stands in files.

    areas_are_own: of a planner, not of the shipped tables. groupings: by key, areas by group, where they stand in a
    file. times: of drives, a planner's own. people: named, by team. rota: duties and changes that somebody has written.
    files: what was read and became of it.
    """

    everywhere: list[Area]
    areas: list[Area]
    areas_are_own: bool
    groupings: dict[str, Any]
    run: Run
    calendar: Calendar
    profile: tuple[float, ...]
    log: Log | None
    calls_alone: CallsAlone | None
    times: DriveTimes | None
    people: dict[str, tuple[Clinician, ...]]
    rota: RotaRows
    files: Files

    def under(self, config: dict[str, Any]) -> dict[str, Any]:
        """The configuration with the areas of the table, and with the groupings that stand in files."""
        return _with_areas(set_values(config, [*self.groupings.items()]), self.everywhere)

    def bears(self, changes: Mapping[str, Any]) -> bool:
        """Whether values by dotted key change nothing of what was read: only numbers, and none that is read with it."""
        read = (*READ, "teams.") if self.people else READ  # a table of people is read for the teams that ask for it
        return all(is_number(value) and not key.startswith(read) for key, value in changes.items())


def read_ground(composed: Composed, config: dict[str, Any]) -> Ground:
    """Everything that stands in files, for a checked configuration. Raises BadKey or BadInput."""
    files = Files()
    everywhere = with_localities(composed, read_areas(composed, files), files)
    areas = choose_areas(config["areas"], everywhere)
    before, grouped = len(files.of_areas), with_tables(composed, config, files, areas)
    groupings = {key: value_at(grouped, key) for key, _, _ in files.of_areas[before:]}
    files.count_areas(areas, everywhere)
    config = _with_areas(config, everywhere)
    run = run_of(composed, config)
    calendar = _calendar(config, run)
    return Ground(
        everywhere,
        areas,
        are_own(composed),
        groupings,
        run,
        calendar,
        read_profile(composed, files),
        read_log(composed, files, everywhere, areas, calendar, run),
        read_calls_alone(composed, files, config, areas),
        read_drive_times(composed, files, areas, everywhere),
        read_people(composed, config, files, areas, everywhere, calendar, run),
        read_rota(composed, files),
        files,
    )


def _with_areas(config: dict[str, Any], everywhere: list[Area]) -> dict[str, Any]:
    return {**config, "all_codes": [area.code for area in everywhere], "everywhere": everywhere}


def _calendar(config: dict[str, Any], run: Run) -> Calendar:
    part = config["calendar"]
    start = dt.date.fromisoformat(part["start_date"])
    if start.weekday() != 0:
        monday = start - dt.timedelta(days=start.weekday())
        raise BadKey(
            "calendar.start_date", part["start_date"], "must be a Monday", f"the Monday of that week is {monday}"
        )
    said = values(config, Calendar)
    if said["in_hours"][0] >= said["in_hours"][1]:
        raise BadKey("calendar.in_hours", part["in_hours"], "must begin and end on one day", "write them as 09-17")
    days = math.ceil(run.horizon / HOURS_PER_DAY) + HOLIDAYS_BEYOND_WEEKS * 7
    holidays = _bank_holidays(start, days) if part["bank_holidays"] == "England" else frozenset[int]()
    return Calendar(start, holidays, **said)


def _bank_holidays(start: dt.date, days: int) -> frozenset[int]:
    """Bank holidays of England as days since the start, substitute days included."""
    from holidays import country_holidays

    end = start + dt.timedelta(days=days)
    dates = country_holidays("GB", subdiv="ENG", years=range(start.year, end.year + 1))
    return frozenset((date - start).days for date in dates if start <= date < end)
