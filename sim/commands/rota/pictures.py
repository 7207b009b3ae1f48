"""The chart of ``oncall-sim rota out=DIR``, and the same on one page of A4."""

from __future__ import annotations

import datetime as dt

from sim.commands.rota.lay import Laid, first_area
from sim.domain.calendar import HOURS_PER_DAY
from sim.rota.grid import grid
from sim.rota.printed import MOST


def pictures(rota: Laid) -> dict[str, bytes]:
    """rota.svg and rota.png, rota_a4.pdf and rota_a4.png: the days shown, of the chosen teams (of one area when nothing
    was chosen)."""
    from sim.report.exhibits.rota import picture

    areas = {area.code: area.name for area in rota.scenario.areas}
    return picture(rota.scenario.name, rota.seed if rota.drawn else None, *shown(rota), areas)


Row = tuple[str, str, bool, str]


def shown(rota: Laid) -> tuple[list[dt.date], list[bool], list[Row]]:
    """The days, whether each is a bank holiday, and rows of team, name, whether it counts gaps, and a letter a day."""
    teams = first_area(rota) if rota.everywhere else rota.teams
    scenario = rota.scenario
    grids = [grid(scenario, rota.staff, rota.duties, team, rota.first_day, rota.weeks * 7) for team in teams]
    days = [scenario.calendar.date((rota.first_day + day) * HOURS_PER_DAY) for day in range(rota.weeks * 7)]
    holidays = [day in scenario.calendar.bank_holidays for day in range(rota.first_day, rota.first_day + len(days))]
    rows: list[Row] = []
    for team, made in zip(teams, grids, strict=True):
        plan = scenario.teams[team].name
        rows += [(plan, code, False, "".join(row)) for code, row in zip(made.people, made.letters, strict=True)]
        rows += [(plan, f"gap: {name}", True, "".join(_count(n) for n in seats)) for name, seats in made.gaps.items()]
    return days, holidays, rows


def _count(seats: int) -> str:
    return str(min(int(seats), MOST))
