"""``oncall-sim pool break-even``: how much worse sharing may become for a pool before its gain is gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from sim import __version__, screen
from sim.cells import each_row
from sim.commands.destination import place_for, put
from sim.commands.pipeline import configurations
from sim.commands.plans import command_of, plan_with, shows_configuration
from sim.commands.pool.pooling import Pooling, pooling_of
from sim.commands.pool.variants import OFF, plans
from sim.commands.shown import show_rows
from sim.errors import BadInput
from sim.experiment.break_even import LEVERS, BreakEven, Lever, Paired, said
from sim.experiment.execute import workers_stay
from sim.experiment.one_figure import with_a_better_side
from sim.experiment.pooled import PoolStudy, pool_study
from sim.experiment.provenance import Stopwatch, manifest
from sim.experiment.study import AREA_COLUMNS, areas
from sim.experiment.study import about as told
from sim.measures.catalogue import EVERYTHING, Measure
from sim.own_keys import near
from sim.request import Request

if TYPE_CHECKING:
    from sim.config import Plan

ANSWER = ["goodwill", "of", "measure", "unit", "gain_unit", "verdict", "at", "ci_low", "ci_high", "range_to", "said"]
TRIED = ["goodwill", "at", "gain", "ci_low", "ci_high"]


@dataclass(frozen=True)
class Question:
    """pooling: how the areas share. of: name of the lever, looked for up to ``to``. measure: whose gain it is."""

    pooling: Pooling
    of: str
    to: float
    measure: Measure

    @property
    def lever(self) -> Lever:
        """What is made worse."""
        return LEVERS[self.of]


def break_even(request: Request) -> None:
    """The break-even with goodwill and without, from paired runs; a folder with every size tried and a page."""
    question = read_question(request)
    made = plans(question.pooling, lambda changes: plan_with(request, *changes))
    watch = Stopwatch()
    study = pool_study(made, request.base, question.pooling.roles, "pool-break-even", request.own)
    if shows_configuration(study.plans, request):
        return
    if study.replications < 2:
        raise BadInput("replications = 1: an interval needs 2 or more; write replications=20")
    if (folder := place_for(study, request)) is None:
        return
    show_rows(study.plans)
    found = {}
    for goodwill, alone, pool in _sides(made):
        screen.say(f"goodwill {goodwill}: {pool.scenario.name} against areas alone, {study.replications} replications")
        with screen.progress(f"{question.lever.words}, goodwill {goodwill}") as progress, workers_stay():
            found[goodwill] = _paired(study, question, alone, pool).find(question.to, progress)
    tables = {"break_even.csv": _answers(found, question), "tried.csv": _tried(found)}
    files = configurations(made) | _page(study, question, tables)
    folder = put(study, folder, request, tables, files, manifest(study, command_of(request), watch))
    print(text(tables["break_even.csv"], tables["tried.csv"], question))
    print(folder)


def read_question(request: Request) -> Question:
    """What is asked for. Raises BadInput."""
    of = request.text("of")
    lever = LEVERS[of]
    name = request.text("measure") or lever.measure
    if name not in (known := with_a_better_side()):
        raise BadInput(f"measure = {name}: must be one of {', '.join(known)}{near(name, known)}")
    to = request.number("to") if "to" in request.own else lever.top
    if to > lever.most:
        raise BadInput(f"to = {request.own['to']}: how far to look, above 0 and at most {lever.most:g} ({lever.unit})")
    pooling = pooling_of(request, ("none", request.text("grouping")))
    return Question(pooling, of, to, EVERYTHING[name])


def _sides(made: Sequence[Plan]) -> list[tuple[str, Plan, Plan]]:
    """(goodwill, areas alone, pool) with goodwill and without."""
    off = [plan for plan in made if plan.scenario.name.endswith(OFF)]
    on = [plan for plan in made if plan not in off]
    first = "on" if on[0].scenario.goodwill.on else "off"
    return [(word, side[0], side[1]) for word, side in ((first, on), ("off", off)) if side]


def _paired(study: PoolStudy, question: Question, alone: Plan, pool: Plan) -> Paired:
    return Paired(
        alone.scenario, pool.scenario, question.lever.apply, question.measure, study.seed, study.replications,
        study.workers, study.roles,
    )  # fmt: skip


def _answers(found: dict[str, BreakEven], question: Question) -> pd.DataFrame:
    unit, measure = question.lever.unit, question.measure
    rows = [
        (goodwill, question.of, measure.name, unit, measure.unit, one.verdict, one.at, one.low, one.high, one.top,
         said(one, unit))
        for goodwill, one in found.items()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=ANSWER)


def _tried(found: dict[str, BreakEven]) -> pd.DataFrame:
    rows = [(g, one.at, one.gain, one.low, one.high) for g, answered in found.items() for one in answered.tried]
    return pd.DataFrame(rows, columns=TRIED)


def _page(study: PoolStudy, question: Question, tables: dict[str, pd.DataFrame]) -> dict[str, bytes]:
    from sim.report import Tables
    from sim.report.pooling.break_even import build

    assumed = [(plan.scenario.name, *row) for plan in study.plans for row in plan.assumptions]
    columns = ["scenario", "key", "value", "unit", "kind", "text"]
    about = told(study, __version__)
    given = Tables(
        pd.DataFrame(), pd.DataFrame(), pd.DataFrame(areas(study), columns=AREA_COLUMNS), about.pop("scenarios"),
        pd.DataFrame(assumed, columns=columns), about,
    )  # fmt: skip
    grouping = study.plans[-1].scenario.name.removesuffix(OFF)
    return build(given, tables["break_even.csv"], tables["tried.csv"], question.measure, grouping, question.lever.words)


def text(answers: pd.DataFrame, tried: pd.DataFrame, question: Question) -> str:
    """What was tried and the answer, with goodwill and without."""
    factor, unit = (100, "points") if question.measure.unit.startswith("share") else (1, question.measure.unit)
    rows = [["goodwill", question.lever.unit, f"gain, {unit}", "95 % interval"]]
    for row in each_row(tried):
        low, high = row.ci_low * factor, row.ci_high * factor
        rows.append([str(row.goodwill), f"{row.at:.3g}", f"{row.gain * factor:.3g}", f"{low:.3g} to {high:.3g}"])
    title = f"{question.lever.words}; gain in the measure: {question.measure.title.lower()}"
    lines = [title, *screen.columns(rows), ""]
    lines += [f"Goodwill {row.goodwill}: {row.said}." for row in answers.itertuples(index=False)]
    return "\n".join(lines)
