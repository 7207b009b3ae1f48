"""``oncall-sim learn``: what a planner's own families and calls add to the national numbers, as parts of their own."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pandas as pd

from sim import results, screen
from sim.commands.plans import plan_of, shows_configuration
from sim.config import Plan
from sim.config.log import read_rows_of_log
from sim.config.sheets import Table
from sim.domain.log import Log
from sim.domain.scenario import PHASES
from sim.errors import BadInput
from sim.experiment.own_log import NIGHT, RATE, TALK, UNITS, VISIT, Learnt, OwnLog, own_log
from sim.request import Request

FOLDER = "own_log"
PART = "own_log"  # name of the parts, and of the table
COLUMNS = ["figure", "unit", "national", "national_low", "national_high", "yours", "yours_low", "yours_high"]
COLUMNS += ["combined", "combined_low", "combined_high", "weight", "rows", "counts_as", "factor"]
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WORDS = {
    RATE: "calls a day at home", NIGHT: "calls at night", VISIT: "calls that take a visit", TALK: "minutes of a talk",
}  # fmt: skip


def learn(request: Request) -> None:
    """Write a folder with the parts, the table and the chart; print what each figure was, is and weighs."""
    plan = plan_of(request.scenario, request.overrides, request)
    if shows_configuration([plan], request):
        return
    log = _of_the_run(plan, _read(plan, request))
    found = own_log(plan.scenario, log, plan.settings.seed)
    learnt = found.learnt()
    folder = Path(plan.settings.out or FOLDER).expanduser()
    results.fresh(folder, _files(request, plan, found, learnt) | _pictures(learnt))
    print("\n".join(screen.columns([*_lines(learnt)])))
    print(f"oncall-sim run scenario=with_own_log --config-dir {folder}")


def table(learnt: Sequence[Learnt]) -> pd.DataFrame:
    """own_log.csv: a row for each figure."""
    rows = [
        (one.name, UNITS[one.name], *one.national, *one.yours, *one.combined, one.weight, one.rows, one.counts_as,
         one.factor)
        for one in learnt
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS)


def _read(plan: Plan, request: Request) -> Log:
    """The log, in hours since the run begins. Raises BadInput."""
    if plan.origin is None or plan.scenario.demand.log is not None or plan.scenario.demand.calls_alone is not None:
        raise BadInput(f"{request.scenario}: its families are not drawn; name a scenario with demand.kind=families")
    tables = [_table(name, request.text(name)) for name in ("families", "calls")]
    reasons = [reason.name for reason in plan.scenario.demand.reasons]
    everywhere, start = plan.origin.ground.everywhere, plan.scenario.calendar.start_date
    return read_rows_of_log(tables[0], tables[1], everywhere, [*reasons, "death"], start)


def _table(name: str, said: str) -> Table:
    path = Path(said).expanduser()
    if not path.is_file():
        raise BadInput(f"{name} = {said}: no such table; its columns are those of docs/own_demand.md")
    return Table(path, name if path.suffix.lower() == ".xlsx" else "")


def _of_the_run(plan: Plan, log: Log) -> Log:
    """Families of the run's areas, and their calls; how many others there are is said."""
    codes = {area.code for area in plan.scenario.areas}
    families = tuple(family for family in log.families if family.area in codes)
    names = {family.name for family in families}
    if others := len(log.families) - len(families):
        screen.say(f"{others} of {len(log.families)} families live outside the areas of this run and are left out")
    return Log(families, tuple(call for call in log.calls or () if call.family in names))


def _files(request: Request, plan: Plan, found: OwnLog, learnt: Sequence[Learnt]) -> dict[str, bytes]:
    by = {one.name: one for one in learnt}
    based_on = request.scenario.replace("./", f"{Path.cwd()}/", 1) if "/" in request.scenario else request.scenario
    texts = {
        f"demand/{PART}.yaml": _demand(plan, by),
        f"reasons/{PART}.yaml": _reasons(plan, by),
        "scenarios/with_own_log.yaml": _scenario(based_on),
    }
    files = {name: text.encode() for name, text in texts.items()}
    files[f"demand/{PART}_week.csv"] = results.csv(_week(found.profile(by[NIGHT].factor)))
    return files | {f"{PART}.csv": results.csv(table(learnt))}


def _pictures(learnt: Sequence[Learnt]) -> dict[str, bytes]:
    from sim.report.exhibits.own_log import picture

    return picture(table(learnt).assign(name=[WORDS[one.name] for one in learnt]))


def _scenario(based_on: str) -> str:
    return (
        f"based_on: {based_on}\n"
        f"question: What does {Path(based_on).stem} give with the calls of our own log?\n"
        f"defaults: [override /demand: {PART}, override /reasons: {PART}]\n"
    )


def _demand(plan: Plan, by: dict[str, Learnt]) -> str:
    demand, factor = plan.scenario.demand, by[RATE].factor
    lines = [f"# Calls as in our own log, shrunk to the national ones: see {PART}.csv", "defaults: [families, _self_]"]
    lines += [f"profile: {PART}_week.csv  # {_source(by[NIGHT])}", "calls_per_child_day:"]
    rates = list(zip(PHASES, demand.calls_per_day, demand.reference_calls_per_day, strict=True))
    lines += [f"  {phase}: {now * factor:.6g}  # {_source(by[RATE], now)}" for phase, now, _ in rates]
    most = max((now * factor / reference for _, now, reference in rates if reference > 0), default=0.0)
    if most > demand.ceiling_multiple:
        raised = math.ceil(10 * most) / 10
        lines.append(f"rate_ceiling_multiple: {raised:g}  # assumed: as high as these rates need [1, 4]")
    return "\n".join([*lines, ""])


def _reasons(plan: Plan, by: dict[str, Learnt]) -> str:
    lines = [f"# Visits and talks as in our own log, shrunk to the national ones: see {PART}.csv"]
    lines.append("defaults: [default, _self_]")
    for one in plan.scenario.demand.reasons:
        p, minutes = one.p_visit, 60 * one.talk.mean
        lines.append(f"{one.name}:")
        lines.append(f"  p_visit: {min(p * by[VISIT].factor, 1.0):.6g}  # {_source(by[VISIT], p, 1.0)}")
        lines.append(f"  talk_minutes: {minutes * by[TALK].factor:.6g}  # {_source(by[TALK], minutes)}")
    return "\n".join([*lines, ""])


def _source(one: Learnt, number: float = math.nan, most: float = math.inf) -> str:
    """What stands behind a number of a part. number: national, for the range."""
    if not one.rows:
        return "source: as shipped; the log does not tell of it"
    said = f"source: own log of {one.rows} calls, weight {one.weight:.2f}"
    if math.isnan(number):
        return said
    low, high = (min(number * one.factor * end / one.combined[0], most) for end in one.combined[1:])
    return f"{said} beside {number:.3g} as shipped [{low:.3g}, {high:.3g}]"


def _week(weights: Iterable[float]) -> pd.DataFrame:
    rows = [(hour // 24, DAYS[hour // 24], hour % 24, float(weight)) for hour, weight in enumerate(weights)]
    return pd.DataFrame(rows, columns=["dow", "day", "hour", "rate_multiplier"])


def _lines(learnt: Sequence[Learnt]) -> Iterator[list[str]]:
    yield ["figure", "national", "yours", "combined", "weight of yours", "rows", "count as"]
    for one in learnt:
        figures = [_figure(ends, UNITS[one.name]) for ends in (one.national, one.yours, one.combined)]
        yield [WORDS[one.name], *figures, f"{100 * one.weight:.0f} %", str(one.rows), f"{one.counts_as:.0f}"]


def _figure(ends: tuple[float, float, float], unit: str) -> str:
    if math.isnan(ends[0]):
        return "not told"
    times, sign = (100, " %") if unit == "share" else (1, "")
    mean, low, high = (f"{times * one:.3g}" for one in ends)
    return f"{mean}{sign} ({low} to {high})"
