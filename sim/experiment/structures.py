"""A comparison under other structures: its scenarios by rules that could be others, on the same families and chance.

One alternative at a time, all unknown numbers as shipped: what differs from the shipped structure is the rule, and g,
which is solved for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sim.config.structure import FIGURES, Alternative, alternatives, at_alternative
from sim.experiment import tables
from sim.experiment.beside import Beside, run_beside
from sim.experiment.closing import side
from sim.experiment.conduct import conduct
from sim.experiment.execute import Progress
from sim.experiment.observations import Observations
from sim.experiment.precision import ENGLAND
from sim.experiment.study import Study
from sim.experiment.uncertain import told
from sim.experiment.units import Shelf
from sim.measures.catalogue import EVERYTHING
from sim.measures.verdicts import HANGS

if TYPE_CHECKING:
    from sim.config import Plan

SHIPPED = "as_shipped"
AS_SHIPPED = Alternative(SHIPPED, "", "", "", "", None, "", "")
SAME, OPEN, TURNED = "same", "open", "turned"
FIGURE, DIFFERENCE = "figure", "difference"
STRUCTURE = ["alternative", "question", "means", "of", "baseline", "scenario", "measure", "unit", "group", "level"]
STRUCTURE += ["mean", "chance_low", "chance_high", "replications", "goodwill_makes_home", "sign"]
PLACE = ["baseline", "scenario", "measure", "group", "level"]


def asked(study: Study) -> tuple[Alternative, ...]:
    """The alternatives that a study is repeated under, in the order of the register."""
    return tuple(alternatives()[name] for name in study.structures)


def beside(study: Study) -> Study | None:
    """All scenarios under all alternatives that a run differs by; None where there is none."""
    plans = [under(plan, one) for one in asked(study) if one.key for plan in study.plans]
    return Beside(study.verb, tuple(plans)) if plans else None


def under(plan: Plan, one: Alternative) -> Plan:
    """A plan under an alternative, called after it; as it is under one by which no run differs."""
    if not one.key:
        return plan
    assert plan.origin is not None
    numbers = {key: value for key, value, *_ in plan.assumptions}
    made = plan.changed(at_alternative(one, plan.origin.composed.config, numbers))
    return run_beside(made, _named(plan.scenario.name, one))


def simulated(of: Study | None, shelf: Shelf, progress: Progress | None = None) -> Observations | None:
    """What the alternatives gave, filed beside the units of the study."""
    return None if of is None else conduct(of, shelf, progress).seen


def table(study: Study, seen: Observations, others: Observations | None) -> pd.DataFrame:
    """Every headline of every scenario as shipped and under every alternative, and the differences of every two.

    seen: what the study gave. others: what its alternatives gave.
    """
    frames = [_rows(study, seen, others, one) for one in (AS_SHIPPED, *asked(study))]
    return _signed(pd.concat(frames, ignore_index=True))[STRUCTURE]


def _rows(study: Study, seen: Observations, others: Observations | None, one: Alternative) -> pd.DataFrame:
    """The headlines under one alternative."""
    names, found = [plan.scenario.name for plan in study.plans], others if one.key else seen
    assert found is not None
    labels = [_named(name, one) for name in names] if one.key else names
    figures = pd.concat(_figures(_headlines(found, labels, names, told(), one), one), ignore_index=True)
    goodwill = {plan.scenario.name: under(plan, one).scenario.place.goodwill_makes_home for plan in study.plans}
    said = {"alternative": one.name, "question": one.question, "means": one.means}
    return figures.assign(**said, goodwill_makes_home=figures["scenario"].map(goodwill))


def judged(comparison: pd.DataFrame, structure: pd.DataFrame) -> pd.DataFrame:
    """A table with verdicts of differences: what is decided the other way under another structure hangs on it."""
    rows = structure[structure["sign"] == TURNED][PLACE]
    turned = set(rows.itertuples(index=False, name=None))
    places = comparison[PLACE].itertuples(index=False, name=None)
    verdicts = [
        HANGS.get(verdict, verdict) if place in turned else verdict
        for place, verdict in zip(places, comparison["verdict"], strict=True)
    ]
    return comparison.assign(verdict=verdicts)


def with_structure(found: Mapping[str, pd.DataFrame], structure: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The tables of a study with that of its structures, and verdicts that say where they hang on one."""
    again = {name: judged(found[name], structure) for name in ("comparison", "pairs", "uncertainty") if name in found}
    return {**found, **again, "structure": structure}


def _named(scenario: str, one: Alternative) -> str:
    return f"{scenario}_{one.name}"


def _headlines(
    seen: Observations, labels: list[str], names: list[str], wanted: tuple[str, ...], one: Alternative
) -> Observations:  # fmt: skip
    """Some scenarios alone, by other names, with the headlines of all areas as an alternative counts them.

    A headline that it counts as another has its figures; one of which it has no other is left out.
    """
    twins = [(measure, FIGURES[one.figures](measure)) for measure in wanted]
    there = [
        (measure, seen.keys.index(key))
        for measure, twin in twins
        if (twin != measure or not one.figures) and (key := (twin, *ENGLAND)) in seen.keys
    ]
    places, rows = [seen.scenarios.index(label) for label in labels], [row for _, row in there]
    numbers = (array[np.ix_(places, rows)] for array in (seen.numerators, seen.denominators, seen.events))
    return Observations(tuple(names), tuple((measure, *ENGLAND) for measure, _ in there), *numbers)


def _figures(seen: Observations, one: Alternative) -> Iterator[pd.DataFrame]:
    """The figure of every scenario and the difference of every two, each with its interval of chance.

    A difference that the house does not compare is none here: one over what a scenario itself decides.
    """
    figures = tables.summary(seen, EVERYTHING)
    yield figures.assign(of=FIGURE, baseline="", chance_low=figures["ci_low"], chance_high=figures["ci_high"])
    for base in range(len(seen.scenarios) - 1):
        cut = slice(base, None)
        numbers = (array[cut] for array in (seen.numerators, seen.denominators, seen.events))
        rest = Observations(seen.scenarios[cut], seen.keys, *numbers)
        rows = tables.comparison(rest, {}, EVERYTHING)
        counted = [FIGURES[one.figures](measure) for measure in rows["measure"]]
        rows = rows[[not EVERYTHING[measure].not_comparable for measure in counted]]
        ends = {"mean": rows["difference"], "chance_low": rows["alone_low"], "chance_high": rows["alone_high"]}
        yield rows.assign(of=DIFFERENCE, replications=seen.numerators.shape[2], **ends)


def _signed(rows: pd.DataFrame) -> pd.DataFrame:
    """Whether each difference keeps the sign that it has as shipped; nothing where it has none that is decided."""
    sides = [*map(side, rows["chance_low"], rows["chance_high"])]
    places = [*rows[PLACE].itertuples(index=False, name=None)]
    shipped = rows["alternative"] == SHIPPED
    before = {place: one for place, one, first in zip(places, sides, shipped, strict=True) if first}
    signs = [
        _word(before.get(place, 0), now) if of == DIFFERENCE and not first else ""
        for place, now, of, first in zip(places, sides, rows["of"], shipped, strict=True)
    ]
    return rows.assign(sign=signs)


def _word(before: int, now: int) -> str:
    if before == 0:
        return ""
    return OPEN if now == 0 else SAME if now == before else TURNED
