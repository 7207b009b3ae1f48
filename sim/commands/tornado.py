"""``oncall-sim tornado``: every number that nobody knows at both its ends, and what that does to a decision."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sim import results, screen, uncertainty
from sim.cells import each_row
from sim.commands.compare import scenarios_of
from sim.commands.destination import place_for, put
from sim.commands.pipeline import begin, configurations
from sim.commands.plans import command_of, plans_of, shows_configuration
from sim.config.register import LAWS_READ, register, sum_of_laws, tied
from sim.errors import BadInput
from sim.experiment import study as studies
from sim.experiment.provenance import Stopwatch, manifest
from sim.experiment.study import Study
from sim.experiment.tornado import Bar, Tornado
from sim.measures.catalogue import EVERYTHING
from sim.own_keys import near
from sim.request import Request

COLUMNS = ["place", "key", "tied", "measure", "unit", "baseline", "scenario", "default", "low", "high", "base"]
COLUMNS += ["at_low", "at_low_ci_low", "at_low_ci_high", "at_high", "at_high_ci_low", "at_high_ci_high", "swing"]
COLUMNS += ["replications", "grade", "who_could_find_out"]
NAMED = "; write one of the column `measure` of a study's summary.csv, such as unmet_demand_share"
SHOWN = 12  # bars on the screen and in the chart


def tornado(request: Request) -> None:
    """The tornado of a difference between two scenarios, or of one scenario's figure: a table and a chart."""
    watch, study, measure = Stopwatch(), *_asked(request)
    if shows_configuration(study.plans, request) or (folder := place_for(study, request)) is None:
        return
    found = Tornado(study, measure)
    with results.working(folder) as shelf:
        begin(study, shelf, {LAWS_READ: sum_of_laws()})
        with screen.progress(f"{len(found.keys)} unknowns at both ends") as progress:
            base, bars = found.base(shelf, progress), found.bars(shelf, progress)
        rows = table(study, measure, base, bars)
        files = configurations(study.plans) | (_pictures(study, rows) if study.settings.draw else {})
        about = manifest(study, command_of(request), watch)
        folder = put(study, folder, request, {"tornado.csv": rows}, files, about)
        shelf.discard()
    print(text(rows))
    print(folder)


def _asked(request: Request) -> tuple[Study, str]:
    study, measure = decision_of(request)
    if study.replications < 2:
        raise BadInput("replications = 1: an interval needs 2 or more; write replications=8")
    return study, measure


def decision_of(request: Request, own: Mapping[str, str] | None = None) -> tuple[Study, str]:
    """The study of one or two scenarios, and the measure. own: what else tells it from others. Raises BadInput."""
    names, measure, verb = scenarios_of(request), request.text("measure"), request.verb.name
    if len(names) > 2:
        raise BadInput(f"{request.words[0]}: `{verb}` is of one difference: 'scenarios=[a,b]', the baseline first")
    if measure not in EVERYTHING:
        raise BadInput(f"measure = {measure}: no such measure{near(measure, [*EVERYTHING]) or NAMED}")
    plans = plans_of(names, request.overrides, request, pair=False)
    return studies.design(verb, plans, {"measure": measure, LAWS_READ: sum_of_laws(), **(own or {})}), measure


def table(study: Study, measure: str, base: float, bars: list[Bar]) -> pd.DataFrame:
    """A row for each unknown, the largest swing first."""
    scenarios = [plan.scenario.name for plan in study.plans]
    first, second = (scenarios[0], scenarios[1]) if len(scenarios) > 1 else ("", scenarios[0])
    rows = [
        (place, bar.key, tied(bar.key), measure, EVERYTHING[measure].unit,
         first, second, number.default, number.low, number.high, base,
         *(base + one for one in (*bar.low, *bar.high)), bar.swing, bar.replications, number.grade, number.who)
        for place, (bar, number) in enumerate(((bar, register()[bar.key]) for bar in bars), start=1)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS)


def text(rows: pd.DataFrame) -> str:
    """The largest, as columns."""
    cells = [["number", "low", "high", "figure at low", "figure at high", "could find out"]]
    for row in each_row(rows.head(SHOWN)):
        low = (row.at_low, row.at_low_ci_low, row.at_low_ci_high)
        high = (row.at_high, row.at_high_ci_low, row.at_high_ci_high)
        tied = f" (+{row.tied - 1} tied)" if row.tied > 1 else ""
        of = uncertainty.DIFFERENCE if row.baseline else uncertainty.FIGURE
        ends = [_with_interval(end, row.unit, of) for end in (low, high)]
        cells.append([f"{row.key}{tied}", f"{row.low:g}", f"{row.high:g}", *ends, row.who_could_find_out])
    one = rows.iloc[0]
    of = f"{one['scenario']} minus {one['baseline']}" if one["baseline"] else one["scenario"]
    base = uncertainty.written(one["base"], one["unit"])
    head = f"{EVERYTHING[one['measure']].title}, {of}: {base} with all numbers as shipped"
    return "\n".join([head, *screen.columns(cells)])


def _with_interval(end: tuple[float, float, float], unit: str, of: str) -> str:
    return f"{uncertainty.written(end[0], unit)} ({uncertainty.ranged(end[1], end[2], unit, of)})"


def _pictures(study: Study, rows: pd.DataFrame) -> dict[str, bytes]:
    from sim.report.exhibits.tornado import picture

    return picture(rows.head(SHOWN), EVERYTHING[rows["measure"].iloc[0]].title, study.replications)
