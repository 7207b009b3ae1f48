"""A rota in plain text: the grid of days, the seat arithmetic and the audit, as columns that line up."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence

from sim.domain.scenario import Scenario
from sim.rota.audit import Audit
from sim.rota.compared import Share, dates
from sim.rota.grid import Grid
from sim.rota.rest import Ints
from sim.rota.seats import Hours, Seats
from sim.rota.staff import Staff

DAY_LETTERS = "MTWTFSSH"  # H: a bank holiday
GAP_ROW = "  gap: "
MOST = 9  # the largest number of seats told in one letter
ONE_IN = ("1 in all days", "its days", "at work")
DATED = "  patterns with dates: people and 1 in are those while they stand, hours and GBP those of the 52 weeks"


def grid_text(scenario: Scenario, team: int, made: Grid, first_day: int) -> str:
    """People down, days across, a blank between weeks."""
    calendar, days = scenario.calendar, made.letters.shape[1]
    weeks = range(0, days, 7)
    names = [f"  {code}" for code in made.people] + [GAP_ROW + name for name in made.gaps]
    width = max(map(len, names), default=0) + 2

    def line(name: str, letters: Sequence[str]) -> str:
        return f"{name:<{width}}" + " ".join("".join(letters[week : week + 7]) for week in weeks)

    def date(day: int) -> str:
        return f"{_day_and_month(calendar.start_date + dt.timedelta(days=day)):<7}"

    kinds = [DAY_LETTERS[calendar.day_kind(first_day + day)] for day in range(days)]
    lines = [
        scenario.teams[team].name,
        " " * width + " ".join(date(first_day + week) for week in weeks).rstrip(),
        line("", kinds),
        *(line(name, list(row)) for name, row in zip(names, made.letters, strict=False)),
    ]
    gaps = ([_gap(int(seats)) for seats in row] for row in made.gaps.values())
    lines += [line(name, row) for name, row in zip(names[len(made.people) :], gaps, strict=True)]
    return "\n".join(lines)


def _day_and_month(date: dt.date) -> str:
    return f"{date.day} {date:%b}"


def _gap(seats: int) -> str:
    return "." if seats == 0 else "!" if seats == 1 else str(min(seats, MOST))


def seats_text(scenario: Scenario, lines: Sequence[Seats], hours: Sequence[Hours]) -> str:
    """The seat arithmetic, and the hours with anybody on duty."""
    head = ("", "", "seats", "people", "exist", "needed", *ONE_IN, "hours", "gaps", "expected", "GBP")
    rows = [
        (
            line.team, line.pattern, "all" if line.seats is None else str(line.seats), f"{round(line.people, 1):g}",
            str(line.exist), "" if line.needed is None else str(line.needed), one_in(line.one_in),
            one_in(line.one_in_of_its_days), one_in(line.one_in_at_work), f"{line.hours:,.0f}",
            f"{line.gap_on_paper:,.0f}", f"{line.gap_expected:,.0f}", f"{line.cost:,.0f}" if line.cost else "",
        )
        for line in lines
    ]  # fmt: skip
    covered = [
        (line.team, "", f"{line.on_paper:,.0f}", f"{line.expected:,.0f}", f"{line.all - line.expected:,.0f}")
        for line in hours
    ]
    limit = scenario.limits.on_call_1_in_n
    return "\n".join(
        [
            "Seat arithmetic, 52 weeks (GBP: for being available, before any call)",
            *columns([head, *rows], left=2),
            f"  needed: on call, people to be on call no more often than 1 in {limit:g} at work, leave covered; "
            "at work, people to fill them",
            "  1 in: days on call by one pattern: of all days, of those on which it has hours, of those not on leave",
            *([DATED] if any(pattern.is_dated for team in scenario.teams for pattern in team.patterns) else []),
            "  hours: of seats; gaps: nobody to fill them, even with nobody away; expected: with leave, sickness and "
            "vacancies",
            *_vacant_posts(scenario, lines),
            "",
            f"Hours with anybody on duty, of {hours[0].all if hours else 0:,.0f}",
            *columns([("", "", "on paper", "expected", "without"), *covered], left=2),
        ]
    )


def _vacant_posts(scenario: Scenario, lines: Sequence[Seats]) -> list[str]:
    """Which of the people are posts that may be vacant; everybody else is in post."""
    shown = {line.role for line in lines}
    posts = {person.role for team in scenario.teams for person in team.people if person.post}
    return [
        f"  of the posts of a {role.name} {100 * role.p_vacant:.3g} % are vacant; people that a scenario names are not"
        for role in scenario.roles
        if role.name in shown & posts and role.p_vacant > 0
    ]


def compared_text(scenario: Scenario, team: int, lines: Sequence[Share]) -> str:
    """One team's rota as written by hand beside its pattern, a line a person."""
    begins, ends = (scenario.calendar.date(hour) for hour in dates(scenario, team))
    head = ("", "work h, planned", "written", "call h, planned", "written", "nights, planned", "written")
    rows = [
        (
            line.person or "nobody", f"{line.work[0]:.1f}", f"{line.work[1]:.1f}", f"{line.on_call[0]:.1f}",
            f"{line.on_call[1]:.1f}", str(line.nights[0]), str(line.nights[1]),
        )
        for line in lines
    ]  # fmt: skip
    title = (
        f"{scenario.teams[team].name} as written and as its pattern, {_whole(begins)} to {_whole(ends)}, nobody away"
    )
    return "\n".join([title, *columns([head, *rows], left=1)])


def _whole(day: dt.date) -> str:
    return f"{day.day} {day:%b %Y}"


def audit_text(scenario: Scenario, staff: Staff, found: Audit, people: Ints) -> str:
    """The audit of some of the staff, a line a person."""
    counted = ("in a row", "weekends", "busiest", "rest", "weekly rest")
    head = ("", "work h/wk", "call h/wk", "1 in all nights", "at work", *counted)
    rows = [
        (
            staff.people[row].called, f"{found.at_work[row]:.1f}", f"{found.on_call.hours[row]:.1f}",
            one_in(found.on_call.one_in_n[row]), one_in(found.on_call.one_in_n_at_work[row]),
            f"{found.on_call.in_a_row[row]:.0f}", f"{found.on_call.weekends[row]:.0f}",
            f"{found.weeks.worked[row]:.1f}", f"{found.rest.breaches[row]:.0f}",
            f"{found.weeks.rests_missed[row]:.0f}",
        )
        for row in people
    ]  # fmt: skip
    return "\n".join([_audit_title(scenario), *columns([head, *rows], left=1), *_audit_notes(scenario)])


def audit_by_role_text(scenario: Scenario, staff: Staff, found: Audit, people: Ints) -> str:
    """The audit of some of the staff, a line a role: the median of those with nights on call, and the worst."""
    head = (
        "",
        "people",
        "with nights",
        "1 in all nights, median",
        "most often",
        "at work",
        "in a row",
        "busiest",
        "rest",
        "weekly rest",
    )
    rows = []
    for number, role in enumerate(scenario.roles):
        here = people[(staff.role[people] == number) & ~staff.vacant[people]]
        often = sorted(n for n in found.on_call.one_in_n[here] if n < math.inf) or [math.inf]
        if not len(here):
            continue
        rows.append(
            (
                role.name, str(len(here)), str(int((found.on_call.nights[here] > 0).sum())),
                one_in(often[len(often) // 2]), one_in(often[0]), one_in(min(found.on_call.one_in_n_at_work[here])),
                f"{found.on_call.in_a_row[here].max():.0f}", f"{found.weeks.worked[here].max():.1f}",
                f"{found.rest.breaches[here].max():.0f}", f"{found.weeks.rests_missed[here].max():.0f}",
            )
        )  # fmt: skip
    return "\n".join([_audit_title(scenario), *columns([head, *rows], left=1), *_audit_notes(scenario)])


def _audit_title(scenario: Scenario) -> str:
    return f"Audit of the rota as planned, {scenario.run.weeks} weeks, before any call"


def _audit_notes(scenario: Scenario) -> list[str]:
    limits = scenario.limits
    return [
        "  1 in: nights on call, of all nights and, at work, of those not on leave; in a row: most nights",
        f"  busiest: hours at work a week over {limits.reference_weeks} weeks, at most "
        f"{limits.worked_hours_per_week:g}; rest: times without {limits.daily_rest:g} h before work; weekly rest: "
        f"times without {limits.weekly_rest:g} h",
    ]


def one_in(n: float) -> str:
    """A frequency as the n of 1 in n, or a dash for never."""
    return "-" if math.isinf(n) else f"{n:.1f}"


def columns(rows: Sequence[Sequence[str]], left: int) -> Iterator[str]:
    """Cells in columns two blanks apart: the first few to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            cell.ljust(width) if place < left else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  " + "  ".join(cells).rstrip()
