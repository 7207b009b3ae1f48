"""The chart of ``oncall-sim rota out=DIR``."""

from __future__ import annotations

from sim.commands.rota.lay import Laid, first_area
from sim.domain.calendar import HOURS_PER_DAY
from sim.rota.grid import grid
from sim.rota.printed import MOST


def pictures(rota: Laid) -> dict[str, bytes]:
    """rota.svg and rota.png: the days shown, of the chosen teams (of one area when nothing was chosen)."""
    from sim.report.exhibits.rota import picture

    teams = first_area(rota) if rota.everywhere else rota.teams
    scenario = rota.scenario
    grids = [grid(scenario, rota.staff, rota.duties, team, rota.first_day, rota.weeks * 7) for team in teams]
    days = [scenario.calendar.date((rota.first_day + day) * HOURS_PER_DAY) for day in range(rota.weeks * 7)]
    holidays = [day in scenario.calendar.bank_holidays for day in range(rota.first_day, rota.first_day + len(days))]
    rows = []
    for team, made in zip(teams, grids, strict=True):
        plan = scenario.teams[team].name
        rows += [(plan, code, False, "".join(row)) for code, row in zip(made.people, made.letters, strict=True)]
        rows += [(plan, f"gap: {name}", True, "".join(_count(n) for n in seats)) for name, seats in made.gaps.items()]
    return picture(scenario.name, rota.seed, days, holidays, rows)


def _count(seats: int) -> str:
    return str(min(int(seats), MOST))
