"""What pooling is judged by beyond the usual measures: load per seat, calls without advice, what each area pays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.scenario import Scenario
from sim.exposure import exposed, on_paper
from sim.hours import out_of_hours
from sim.keyed import Floats
from sim.ledger import TASKS, Ledger
from sim.measures.boundary import boundary
from sim.measures.burden import burden
from sim.measures.costs import by_use
from sim.measures.exposure import exposure
from sim.measures.families import begun, family_measures
from sim.measures.fates import fate_measures, fates
from sim.measures.rows import Groups, Row
from sim.measures.unmet_demand import count, unmet_demand
from sim.rota.duties import Duties
from sim.rota.seats import Seats, seats
from sim.rota.standing import by_children

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


def measure_pooling(ledger: Ledger, scenario: Scenario, roles: Sequence[str]) -> list[Row]:
    """Everything of one replication that says something about pooling: a part of all measures, and those above."""
    groups = Groups(scenario, ledger.setting.area_types)
    counted, (wanting, offered) = count(ledger, scenario), begun(ledger, scenario)
    paper = on_paper(scenario, ledger.setting, ledger.key)
    held, on = (exposed(scenario, ledger.setting, duties) for duties in (ledger.setting.duties, paper))
    rows = exposure(scenario, ledger.setting, groups, held, on)
    rows += fate_measures(fates(ledger, scenario, paper), ledger, groups, scenario.weeks_of_demand)
    rows += unmet_demand(counted, groups, wanting, scenario.weeks_of_demand)
    rows += family_measures(ledger, scenario, counted, groups, wanting, offered)
    rows += boundary(ledger, scenario, groups, wanting) + burden(ledger, scenario)
    return rows + pooling(ledger, scenario, roles, paper)


def pooling(ledger: Ledger, scenario: Scenario, roles: Sequence[str], paper: Duties | None = None) -> list[Row]:
    """The measures above, for the roles that are pooled. paper: the duties with nobody absent, None: laid here."""
    groups = Groups(scenario, ledger.setting.area_types)
    paper = on_paper(scenario, ledger.setting, ledger.key) if paper is None else paper
    lines = seats(scenario, paper, lambda team, pattern: team.role in roles and pattern.on_call)
    shared = _on_call(scenario, ledger.setting.duties, roles)
    rows = _advice(ledger, scenario, groups)
    for role in roles:
        rows += _arithmetic(role, [line for line in lines if line.role == role])
        rows += _load(ledger, scenario, role, _on_call(scenario, ledger.setting.duties, (role,)))
    return rows + _shares_of_cost(ledger, scenario, groups, lines, shared)


def _on_call(scenario: Scenario, duties: Duties, roles: Sequence[str]) -> Bools:
    """By duty: funded, on call and held by somebody of the roles."""
    of = np.array([team.role in roles for team in scenario.teams], dtype=bool)
    return np.asarray(of[duties.team] & duties.funded & duties.on_call & (duties.person >= 0), dtype=bool)


def _arithmetic(role: str, lines: list[Seats]) -> list[Row]:
    hours = sum(line.hours for line in lines)
    days = sum(line.people / line.one_in for line in lines)  # people on call on an average day
    people = float(sum(line.people for line in lines))
    plain = {
        "pools": float(len({line.team for line in lines})),
        "pool_people": people,
        "pool_seats": float(sum(line.seats or 0 for line in lines)),
        "pool_people_needed": float(sum(line.needed or 0 for line in lines)),
        "pool_standing_cost_gbp_per_year": sum(line.cost for line in lines),
        **({"pool_one_in_n_on_paper": people / days} if days else {}),
    }
    rows = [Row(name, "role", role, value, 1.0, value) for name, value in plain.items()]
    gaps = sum(line.gap_expected for line in lines)
    return [*rows, Row("pool_gap_expected_share", "role", role, gaps, hours, gaps)]


def _load(ledger: Ledger, scenario: Scenario, role: str, held: Bools) -> list[Row]:
    start, end = scenario.run.window
    duties = ledger.setting.duties
    hours = np.maximum(np.minimum(duties.end[held], end) - np.maximum(duties.start[held], start), 0.0)
    worked, _, _ = _work(ledger, scenario, held)
    return [
        Row("load_per_seat_share", "role", role, float(worked.sum()), float(hours.sum()), float((worked > 0).sum()))
    ]


def _work(ledger: Ledger, scenario: Scenario, held: Bools) -> tuple[Floats, Ints, Ints]:
    """Hours in the window of every task done on one of these duties, the area of the family it was for, and the team."""
    tasks, (start, end) = ledger.tasks, scenario.run.window
    duty = tasks.column("duty")
    mine = np.flatnonzero((duty >= 0) & (tasks.column("kind") != TASKS.index("ring")))
    mine = mine[held[duty[mine]]]
    hours = np.minimum(tasks.column("end")[mine], end) - np.maximum(tasks.column("start")[mine], start)
    demand = ledger.setting.demand
    area = demand.families.area[demand.calls.family[tasks.column("call")[mine]]]
    return np.maximum(hours, 0.0), area, ledger.setting.duties.team[duty[mine]]


def _advice(ledger: Ledger, scenario: Scenario, groups: Groups) -> list[Row]:
    """Calls that took more than the level of the nurse who had them, and those of them that nobody advised."""
    calls, demand, (start, end) = ledger.calls, ledger.setting.demand, scenario.run.window
    level = np.array([role.level for role in scenario.roles])[ledger.setting.staff.role]
    row, time = calls.column("call"), calls.column("time")
    by, visited = calls.column("answered_by"), calls.column("visited_by")
    family = demand.calls.family[row]
    own = (by >= 0) & (calls.column("joined") < 0) & (calls.column("attempt") == 1)
    own &= (time >= start) & (time < end) & ~demand.families.background[family]
    who = np.where(visited >= 0, visited, by)
    lacks = own & (demand.calls.need_level[row] > level[who]) if len(level) else own & False
    without = lacks & np.isnan(calls.column("advised"))
    area = demand.families.area[family]
    dark = out_of_hours(scenario.calendar, 0, int(scenario.run.horizon // HOURS_PER_DAY)).contain(time)
    rows: list[Row] = []
    for band, inside in (("", own), ("_out_of_hours", dark)):
        masks = (without & inside, lacks & inside, own & inside)
        counts = [np.bincount(area[mask], minlength=groups.size).astype(float) for mask in masks]
        rows += groups.ratio(f"advice_missing_share{band}", counts[0], counts[1])
        rows += groups.ratio(f"calls_without_advice_share{band}", counts[0], counts[2])
    return rows


def _shares_of_cost(
    ledger: Ledger, scenario: Scenario, groups: Groups, lines: list[Seats], shared: Bools
) -> list[Row]:  # fmt: skip
    """What each area pays of the standing cost of its teams, by children and by use."""
    of = {team.name: row for row, team in enumerate(scenario.teams)}
    paid = np.zeros(len(scenario.teams))
    for line in lines:
        paid[of[line.team]] += line.cost
    cost = paid[:, None] * by_children(scenario)
    hours, area, team = _work(ledger, scenario, shared)
    worked = np.bincount(team * groups.size + area, hours, minlength=cost.size).astype(float).reshape(cost.shape)
    return [
        *groups.number("cost_by_children_gbp_per_year", cost.sum(axis=0), everywhere=True),
        *groups.number("cost_by_use_gbp_per_year", by_use(scenario, cost, worked).sum(axis=0), everywhere=True),
    ]
