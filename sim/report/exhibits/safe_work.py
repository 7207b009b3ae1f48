"""The exhibits on safe work: people beyond limits, and rest planned against achieved."""

from __future__ import annotations

from sim.report.drawing import Exhibit, Grid
from sim.report.exhibits.bars import Bars, Panel, cells, exhibit_of, rows_of
from sim.report.exhibits.burden import roles
from sim.report.tables import ENGLAND, Tables
from sim.report.words import listed, name, number
from sim.report.words.findings import care_not_given, title, verdicts
from sim.report.words.selection import is_many

BEYOND = "people_beyond_safe_limits_share"
LIMITS = {  # one limit: words, and the number of the configuration that sets it
    "people_beyond_frequency_limit_share": ("on call too often", "safe_limit.on_call_frequency_at_work_1_in_n"),
    "people_beyond_rest_limit_share": ("short of daily rest", "safe_limit.rest_breaches_per_person_month"),
    "people_beyond_hours_limit_share": ("working too long", "safe_limit.worked_hours_per_week"),
    "people_beyond_nights_limit_share": ("too many nights of 28", "safe_limit.on_call_nights_per_28"),
    "people_beyond_in_a_row_limit_share": ("too many nights in a row", "rota.max_consecutive_on_call_nights"),
    "people_beyond_disturbed_limit_share": (
        "too often disturbed in a month",
        "safe_limit.disturbed_nights_per_person_month",
    ),
}
ACHIEVED, PLANNED = "rest_missed_achieved_share", "rest_missed_planned_share"
BOTH = {"achieved: after call-outs": ACHIEVED, "planned: by the rota as held": PLANNED}
NOBODY = "Nobody held a duty or gave goodwill in the measured weeks, so there is nothing to draw."
RESTS = "Nights on call need rotas, episodes and absences alone; rest and hours worked need simulated calls."


def beyond(tables: Tables) -> Exhibit:
    """The share of people beyond any safe limit, everybody and by role; single limits in the table."""
    who = [("Everybody", *ENGLAND), *((name(role), "role", role) for role in roles(tables))]
    drawn = [("Everybody", *ENGLAND), *((name(role), "role", role) for role in _common(tables, BEYOND))]
    rows = [
        (words, said_of, *cells(tables, measure, "share", group, level))
        for words, group, level in who
        for measure, said_of in {BEYOND: "any limit", **{m: w for m, (w, _) in LIMITS.items()}}.items()
    ]
    return exhibit_of(
        tables,
        Bars(
            "safe_limits",
            "Safe limits",
            title(tables, "People beyond safe limits", BEYOND),
            "People on a rota or asked who are beyond any safe limit, share by role",
            rows_of(tables, [Panel(words, {"": BEYOND}, "share", group, level) for words, group, level in drawn]),
            f"Lines: 95% intervals. {_limits(tables)}{_rarer(tables, BEYOND)}{care_not_given(tables)}",
            Grid(
                "People beyond safe limits: share with 95% interval",
                ("Role", "Limit", *map(name, tables.names)),
                rows,
                heads=2,
            ),
            NOBODY,
            RESTS,
            said=verdicts(tables, "People beyond safe limits", BEYOND),
        ),
    )


def _common(tables: Tables, measure: str) -> list[str]:
    """Roles with a panel: all, or with many scenarios those that most of them have."""
    who = roles(tables)
    if not is_many(tables):
        return who
    having = {r: sum(tables.estimate(s, measure, "role", r).known for s in tables.names) for r in who}
    return [role for role in who if 2 * having[role] > len(tables.names)] or who[:1]


def _rarer(tables: Tables, measure: str) -> str:
    rest = [role for role in roles(tables) if role not in _common(tables, measure)]
    return f" In the table only: {listed([name(role).lower() for role in rest])}." if rest else ""


def _limits(tables: Tables) -> str:
    often, rest, hours, nights, row, disturbed = (tables.number(key) for _, key in LIMITS.values())
    parts = [
        f"on call or on standby more often than 1 in {number(often, 0)} of the nights not on leave" if often else "",
        f"the daily rest missed more than {_times(rest)} a month" if rest is not None else "",
        f"more than {number(hours, 0)} h of work a week in the busiest weeks" if hours else "",
        f"more than {number(nights, 0)} nights on call in any 28" if nights is not None else "",
        f"more than {number(row, 0)} in a row" if row else "",
        f"more than {number(disturbed, 0)} disturbed in any 30" if disturbed is not None else "",
    ]
    return f"Beyond limits: {', or '.join(part for part in parts if part)}." if any(parts) else ""


def _times(count: float) -> str:
    return "once" if count == 1 else f"{count:g} times"


def _daily_rest(tables: Tables) -> str:
    hours = tables.number("safe_limit.daily_rest_hours")
    return f"Daily rest: {hours:g} h unbroken. " if hours else ""


def rest(tables: Tables) -> Exhibit:
    """Daily rest missed before a shift: what the rota plans beside what call-outs leave of it."""
    who = roles(tables)
    role = tables.bearing_most(ACHIEVED, who)
    return exhibit_of(
        tables,
        Bars(
            "rest",
            "Rest, planned and achieved",
            title(tables, f"Shifts without daily rest, {name(role).lower()}", ACHIEVED, "role", role),
            "Shifts without the daily rest in the 24 h before, planned against achieved, share by role",
            rows_of(tables, [Panel(name(of), BOTH, "share", "role", of) for of in _common(tables, ACHIEVED)]),
            f"Lines: 95% intervals. {_daily_rest(tables)}On call is rest, answering is not."
            f"{_rarer(tables, ACHIEVED)}{care_not_given(tables)}",
            Grid(
                "Shifts without their daily rest: share with 95% interval",
                ("Role", "Rest missed", *map(name, tables.names)),
                [
                    (name(of), words, *cells(tables, measure, "share", "role", of))
                    for of in who
                    for words, measure in BOTH.items()
                ],
                heads=2,
            ),
            NOBODY,
            "The rota as held rests on rotas and absences alone, what call-outs break on simulated calls.",
            columns=3,
            said=verdicts(tables, "Daily rest missed", ACHIEVED, "role", role),
        ),
    )
