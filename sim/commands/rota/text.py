"""What ``oncall-sim rota`` prints."""

from __future__ import annotations

import datetime as dt

from sim.commands.rota.breaches import Found, breach_text, found_in
from sim.commands.rota.lay import Laid, first_area, seats_of, shares_of
from sim.domain.calendar import HOURS_PER_DAY
from sim.rota.alarms import alarms
from sim.rota.audit import audit
from sim.rota.grid import LEGEND, grid
from sim.rota.printed import audit_by_role_text, audit_text, compared_text, grid_text, seats_text
from sim.rota.seats import added, hours_of_teams, mean_hours


def text(rota: Laid, broken: Found | None = None) -> str:
    """What is printed: the grid, the seat arithmetic, the audit, the rules broken (None: on paper) and the alarms."""
    scenario = rota.scenario
    lines, hours = seats_of(rota), hours_of_teams(scenario, rota.paper)
    found = audit(scenario, rota.staff, rota.duties)
    names = {scenario.teams[team].name for team in rota.teams}
    hours = [line for line in hours if line.team in names]
    shown = first_area(rota) if rota.everywhere else rota.teams
    parts = [title(rota)]
    for team in shown:
        made = grid(scenario, rota.staff, rota.duties, team, rota.first_day, rota.weeks * 7)
        parts.append(grid_text(scenario, team, made, rota.first_day))
    parts.append(LEGEND)
    if any(pattern.stepped_up for team in rota.teams for pattern in scenario.teams[team].patterns):
        parts.append("Stepped-up rotas are shown, counted and audited as if they stood all the time.")
    if rota.everywhere:
        parts.append("The days of one area only; area=CODE shows another, team=NAME one team.")
    by_hand = shares_of(rota)
    for team in rota.teams:
        if mine := [line for line in by_hand if line.team == scenario.teams[team].name]:
            parts.append(compared_text(scenario, team, mine))
    parts.append(
        seats_text(scenario, added(lines), mean_hours(hours)) if rota.everywhere else seats_text(scenario, lines, hours)
    )
    table = audit_by_role_text if rota.everywhere else audit_text
    parts.append(table(scenario, rota.staff, found, rota.people))
    if not rota.everywhere:
        parts.append(breach_text(rota, found_in(rota, {}) if broken is None else broken))
    sentences = alarms(scenario, rota.staff, found, rota.people, lines)
    parts.append("\n".join(f"warning: {one}" for one in sentences) or "No warnings.")
    return "\n\n".join(parts)


def title(rota: Laid) -> str:
    """What is shown, of when."""
    scenario = rota.scenario
    first = scenario.calendar.date(rota.first_day * HOURS_PER_DAY)
    last = first + dt.timedelta(days=rota.weeks * 7 - 1)
    when = f"{scenario.name}: who is on from {_date(first)} to {_date(last)}"
    if not rota.drawn:
        return f"{when}, with the absences that are written"
    return f"{when}, with the leave, sickness and vacancies of one year (seed {rota.seed})"


def _date(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
