"""``oncall-sim pool fewest``: the fewest seats of each pool that hold a target, by size of the pool."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from sim import screen
from sim.cells import each_row
from sim.commands.destination import place_for, put
from sim.commands.plans import command_of, plan_with, shows_configuration
from sim.commands.pool.pooling import Pooling, pooling_of, settled
from sim.commands.pool.variants import OFF, plans, pooled_plans
from sim.commands.shown import show_rows
from sim.errors import BadInput
from sim.experiment import fewest as search
from sim.experiment.clusters import arithmetic
from sim.experiment.execute import workers_stay
from sim.experiment.one_figure import OneFigure, with_a_better_side
from sim.experiment.pooled import pool_study
from sim.experiment.provenance import Stopwatch, manifest
from sim.measures.catalogue import EVERYTHING
from sim.own_keys import near
from sim.request import Request

if TYPE_CHECKING:
    from sim.config import Plan

COLUMNS = ["grouping", "goodwill", "measure", "unit", "target", "seats", "pools", "people", "people_needed"]
COLUMNS += ["cost_gbp_per_year", "mean", "ci_low", "ci_high", "verdict", "fewest"]
COLUMNS += ["again", "again_low", "again_high", "again_verdict"]
NOTE = (
    "seats: of each pool. needed: people for the safe frequency, and GBP a year for being available, by seat\n"
    "arithmetic before any run. The figure is simulated; * the fewest seats whose whole 95 % interval holds the\n"
    "target. Each number of seats was a look at the same families, and the luckiest look is taken: the number that\n"
    "was found is simulated again on families it was not chosen by, with the next seed."
)


def fewest(request: Request) -> None:
    """For each grouping, with goodwill and without: seats are added until the target is surely held."""
    name, target, most = _measure(request), request.number("target"), request.whole("most")
    pooling = pooling_of(request, seats="1")

    def made(seats: int) -> list[Plan]:
        return plans(replace(pooling, seats=str(seats)), lambda changes: plan_with(request, *changes))

    as_it_is = plan_with(request)
    pooling = settled(pooling, request, as_it_is, pooled_plans(pooling.roles, as_it_is.scenario))
    watch, first = Stopwatch(), made(1)
    study = pool_study(first, request.base, pooling.roles, "pool-fewest", request.own)
    if shows_configuration(study.plans, request):
        return
    if study.replications < 2:
        raise BadInput("replications = 1: an interval needs 2 or more; write replications=20")
    if (folder := place_for(study, request)) is None:
        return
    show_rows(study.plans)
    rows = list[dict[str, Any]]()
    work = OneFigure(study.roles, name, study.seed, study.replications, study.workers)
    known = {1: first}
    for place, plan in enumerate(first):
        words = f"{plan.scenario.name}: seats to hold {name} {target:g}"
        with screen.progress(words) as progress, workers_stay():
            rows += _looked(_variant(known, made, place), work, pooling, target, most, progress)
    tables = {"fewest.csv": pd.DataFrame(rows, columns=COLUMNS)}
    folder = put(study, folder, request, tables, {}, manifest(study, command_of(request), watch))
    print(text(tables["fewest.csv"]))
    print(folder)


def _measure(request: Request) -> str:
    """The measure whose target is to be held. Raises BadInput."""
    name, known = request.text("measure"), with_a_better_side()
    if name not in known:
        raise BadInput(f"measure = {name}: must be one of {', '.join(known)}{near(name, known)}")
    return name


def _variant(known: dict[int, list[Plan]], made: Callable[[int], list[Plan]], place: int) -> Callable[[int], Plan]:
    """The plan of one grouping with a number of seats; all groupings of a number are made at once and kept."""

    def at(seats: int) -> Plan:
        if seats not in known:
            known[seats] = made(seats)
        return known[seats][place]

    return at


def _looked(
    variant: Callable[[int], Plan], work: OneFigure, pooling: Pooling, target: float, most: int, progress: Any
) -> list[dict[str, Any]]:  # fmt: skip
    """A row for every number of seats that was looked at."""
    measure, first = EVERYTHING[work.measure], variant(1).scenario

    def held_with(seats: int, on: OneFigure = work) -> search.Held:
        figure = on.of(variant(seats).scenario, progress)
        return search.judged(seats, measure, target, figure)

    tried = search.fewest(held_with, most)
    holding = [held.seats for held in tried if held.verdict == search.HOLDS][:1]
    again = {seats: held_with(seats, replace(work, seed=work.seed + 1)) for seats in holding}
    rows = []
    for held in tried:
        lines = [
            line for line in arithmetic(variant(held.seats).scenario, work.seed)
            if line.role in pooling.roles and line.on_call
        ]  # fmt: skip
        rows.append(
            {
                "grouping": first.name.removesuffix(OFF), "goodwill": "on" if first.goodwill.on else "off",
                "measure": measure.name, "unit": measure.unit, "target": target, "seats": held.seats,
                "pools": len({line.team for line in lines}), "people": sum(line.people for line in lines),
                "people_needed": sum(line.needed or 0 for line in lines),
                "cost_gbp_per_year": sum(line.cost for line in lines), "mean": held.mean, "ci_low": held.low,
                "ci_high": held.high, "verdict": held.verdict, "fewest": held.seats in holding,
                **_again(again.get(held.seats)),
            }
        )  # fmt: skip
    return rows


def _again(held: search.Held | None) -> dict[str, Any]:
    """The figure of the number that was found, on families it was not chosen by; nothing of any other number."""
    if held is None:
        return {}
    return {
        "again": held.mean, "again_low": held.low, "again_high": held.high, "again_verdict": held.verdict,
    }  # fmt: skip


def text(table: pd.DataFrame) -> str:
    """What was looked at, and the fewest seats that hold, by grouping."""
    first = table.iloc[0]
    rows = [["", "goodwill", "seats", "rotas", "people", "needed", "GBP a year", str(first["measure"]), "target"]]
    for row in each_row(table):
        seats = f"{row.seats}{'*' if row.fewest else ''}"
        figure = screen.figure(row.mean, row.ci_low, row.ci_high, row.unit)
        numbers = (str(row.pools), str(row.people), str(row.people_needed), f"{row.cost_gbp_per_year:,.0f}")
        rows.append([str(row.grouping), str(row.goodwill), seats, *numbers, figure, str(row.verdict).replace("_", " ")])
    lines = [*screen.columns(rows), ""]
    for (grouping, goodwill), part in table.groupby(["grouping", "goodwill"], sort=False):
        lines.append(f"{grouping}, goodwill {goodwill}: {_said(part)}.")
    return "\n".join([*lines, NOTE])


def _said(part: pd.DataFrame) -> str:
    """Of one grouping: the fewest seats that hold, whether they do so again, and what is not known of fewer."""
    open_ = [str(seats) for seats in part.loc[part["verdict"] == search.NOT_DECIDED, "seats"]]
    undecided = f"; {', '.join(open_)} not decided" if open_ else ""
    looks = f" ({len(part)} numbers looked at)" if len(part) > 1 else ""
    found = part[part["fewest"]]
    if found.empty:
        return f"up to {part['seats'].max()} seats do not surely hold it{looks}{undecided}"
    (one,) = each_row(found)
    figure = screen.figure(one.again, one.again_low, one.again_high, one.unit)
    held = "hold it, and again" if one.again_verdict == search.HOLDS else "held it, but not surely again"
    return f"{one.seats} seats a pool {held} on other families: {figure}{looks}{undecided}"
