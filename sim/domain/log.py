"""A planner's own log of families and calls, as written: what is None was left out and is drawn."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LoggedFamily:
    """One family: its name in the log, the code of its area, and its episode in hours.

    prefers: home, hospice or hospital. east_km, north_km: from the centre of the area; else distance_km from it.
    quintile: 1 (most deprived) to 5. deteriorates, dying: the hours at which these phases begin.
    """

    name: str
    area: str
    start: float
    death: float
    prefers: str = "home"
    rural: bool | None = None
    east_km: float | None = None
    north_km: float | None = None
    distance_km: float | None = None
    quintile: int | None = None
    prepared: bool | None = None
    advance_care_plan: bool | None = None
    safe_for_one: bool | None = None
    deteriorates: float | None = None
    dying: float | None = None


@dataclass(frozen=True, slots=True)
class LoggedCall:
    """One call of a family (its name in the log) at an hour; is_death: at the hour of the death.

    reason, urgency: words of the scenario. talk, after_call, visit: hours.
    """

    family: str
    time: float
    is_death: bool = False
    reason: str | None = None
    urgency: str | None = None
    need_level: int | None = None
    needs_visit: bool | None = None
    needs_two: bool | None = None
    needs_prescription: bool | None = None
    professional: bool | None = None
    talk: float | None = None
    after_call: float | None = None
    visit: float | None = None


@dataclass(frozen=True, slots=True)
class Log:
    """Families in order of name, and their calls in order of family and time; calls None: drawn as for any family."""

    families: tuple[LoggedFamily, ...]
    calls: tuple[LoggedCall, ...] | None
