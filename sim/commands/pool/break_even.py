"""``oncall-sim pool break-even``: how much worse sharing may become for a pool before its gain is gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from sim import __version__, screen
from sim.asked import Asked, did_you_mean, listed
from sim.commands.carry_out import tell_tables
from sim.commands.placed import folder_of, is_there, put
from sim.commands.planned import chosen_scenario, command_of, plan_of
from sim.commands.pool.asked import Pooling, one_role, read, taken
from sim.commands.pool.variants import OFF, plans
from sim.config.written import decimal
from sim.errors import BadInput
from sim.experiment.break_even import LEVERS, BreakEven, Lever, Paired, said
from sim.experiment.one_figure import with_a_better_side
from sim.experiment.pooled import PoolStudy, pool_study
from sim.experiment.provenance import Stopwatch, manifest
from sim.experiment.study import AREA_COLUMNS, areas
from sim.experiment.study import about as told
from sim.measures.catalogue import EVERYTHING, Measure

if TYPE_CHECKING:
    from sim.config import Plan

OWN_KEYS = ("role", "grouping", "of", "measure", "to", "seats", "people", "pool_in_hours")
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


def answer(asked: Asked) -> None:
    """The break-even with goodwill and without, from paired runs; a folder with every size tried and a page."""
    own, words = taken(asked.words[2:], OWN_KEYS)
    question = read_question(own)
    chosen, overrides = chosen_scenario(words, "scenario")
    made = plans(question.pooling, lambda changes: plan_of(chosen, [*overrides, *changes], asked))
    watch = Stopwatch()
    base = chosen.split("/")[-1].removesuffix(".yaml")
    study = pool_study(made, base, question.pooling.roles, "pool-break-even", own)
    if asked.only_configuration:
        print("---\n".join(plan.resolved for plan in study.plans), end="")
        return
    if study.replications < 2:
        raise BadInput("replications = 1: an interval needs 2 or more; write replications=20")
    folder, found = folder_of(study, asked), {}
    if is_there(study, folder, asked):
        print(folder)
        return
    tell_tables(study.plans)
    for goodwill, alone, pool in _sides(made):
        screen.say(f"goodwill {goodwill}: {pool.scenario.name} against areas alone, {study.replications} replications")
        with screen.progress(f"{question.lever.words}, goodwill {goodwill}") as progress:
            found[goodwill] = _paired(study, question, alone, pool).find(question.to, progress)
    tables = {"break_even.csv": _answers(found, question), "tried.csv": _tried(found)}
    files = {f"scenarios/{plan.scenario.name}.yaml": plan.resolved for plan in made} | _page(study, question, tables)
    command = [f"scenario={chosen}", *(f"{key}={value}" for key, value in own.items()), *overrides]
    about = manifest(study, command_of("pool break-even", command, asked), watch)
    folder = put(study, folder, asked, tables, files, about)
    print(text(tables["break_even.csv"], tables["tried.csv"], question))
    print(folder)


def read_question(own: dict[str, str]) -> Question:
    """What is asked for. Raises BadInput."""
    of, grouping = own.get("of", ""), own.get("grouping", "")
    if of not in LEVERS:
        raise BadInput(f"of = {of}: must be {', '.join(LEVERS)}{did_you_mean(of, tuple(LEVERS))}")
    name = own.get("measure", LEVERS[of].measure)
    if name not in (known := with_a_better_side()):
        raise BadInput(f"measure = {name}: must be one of {', '.join(known)}{did_you_mean(name, known)}")
    if not grouping or grouping == "none":
        raise BadInput(f"grouping = {grouping}: which areas share? write grouping=regions, or a table of your own")
    lever = LEVERS[of]
    to = decimal(own["to"]) if "to" in own else lever.top
    if not 0 < to <= lever.most:
        raise BadInput(f"to = {own['to']}: how far to look, above 0 and at most {lever.most:g} ({lever.unit})")
    shared = {key: value for key, value in own.items() if key in ("seats", "people", "pool_in_hours")}
    asked = read({"role": one_role(own), **shared}, listed)
    return Question(replace(asked, groupings=("none", grouping)), of, to, EVERYTHING[name])


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
    for row in tried.itertuples(index=False):
        low, high = row.ci_low * factor, row.ci_high * factor
        rows.append([str(row.goodwill), f"{row.at:.3g}", f"{row.gain * factor:.3g}", f"{low:.3g} to {high:.3g}"])
    title = f"{question.lever.words}; gain in the measure: {question.measure.title.lower()}"
    lines = [title, *screen.columns(rows), ""]
    lines += [f"Goodwill {row.goodwill}: {row.said}." for row in answers.itertuples(index=False)]
    return "\n".join(lines)
