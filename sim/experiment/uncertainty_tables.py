"""What assumptions do to the headlines of a comparison, as tables: the draws, both intervals, and what decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from sim.config import Plan
from sim.config.register import DIRICHLET, GOODWILL, TARGET, register
from sim.experiment.decisive import BENDS, ENDS, FALLS, Columns, Fit, as_drawn, fit
from sim.experiment.draws import Draws, moved_by, quantile
from sim.experiment.execute import Progress
from sim.experiment.precision import ENGLAND
from sim.experiment.study import Study
from sim.experiment.uncertain import Figures, Repeated, figures, told
from sim.experiment.units import Shelf
from sim.measures.catalogue import EVERYTHING
from sim.measures.verdicts import HANGS

Numbers = NDArray[np.float64]

ENOUGH = 0.95  # of the draws on one side: a verdict holds whatever the unknown numbers are
SHOWN = 3  # numbers that decide, told of each figure
FIGURE, DIFFERENCE = "figure", "difference"
PLACE = ["scenario", "measure", "group", "level"]
DRAWS = ["draw", "key", "value", "part"]
DRAW_FIGURES = ["draw", "replication", "scenario", "measure", "group", "level", "numerator", "denominator"]
UNCERTAINTY = ["of", "baseline", "scenario", "measure", "unit", "group", "level", "mean", "chance_low", "chance_high"]
UNCERTAINTY += ["draws", "draws_mean", "assumptions_low", "assumptions_high", "chance_share", "verdict", "same_sign"]
UNCERTAINTY += ["same_sign_low", "same_sign_high", "if_key", "if_side", "if_value"]
DECIDES = ["of", "baseline", "scenario", "measure", "unit", "place", "key", "tied", "default", "low", "high"]
DECIDES += ["at_low", "at_high", "shape", "share", "grade", "kind", "text", "who_could_find_out"]


class Told(NamedTuple):
    """A figure, or a paired difference from the baseline, over the draws."""

    of: str
    scenario: str
    measure: str
    fit: Fit


def with_assumptions(
    study: Study, shelf: Shelf, at_draws: Repeated, found: Mapping[str, pd.DataFrame], progress: Progress | None = None
) -> dict[str, pd.DataFrame]:
    """The tables of a study with those of its draws, which are simulated where they are not there yet."""
    seen = figures(study, at_draws, shelf, progress)
    return {**found, **tables(study, at_draws.draws, seen, found["summary"], found["comparison"])}


def tables(
    study: Study, draws: Draws, seen: Figures, summary: pd.DataFrame, comparison: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Draws, what each gave, both intervals of every headline, and what decides it; and the comparison with
    verdicts that hold whatever the unknown numbers are, or say that they do not."""
    fitted = list(_told(study, draws, seen))
    both = pd.DataFrame(_intervals(study, draws, fitted, summary, comparison), columns=UNCERTAINTY)
    return {
        "comparison": judged(comparison, both),
        "draws": pd.DataFrame(_draws(draws), columns=DRAWS),
        "draw_figures": pd.DataFrame(_figures(study, seen), columns=DRAW_FIGURES),
        "uncertainty": both,
        "decides": pd.DataFrame(_decides(study, draws, fitted), columns=DECIDES),
    }


def judged(comparison: pd.DataFrame, both: pd.DataFrame) -> pd.DataFrame:
    """The comparison with the verdicts that hold in enough of the draws; the others depend on what nobody knows."""
    said = both[both["of"] == DIFFERENCE].set_index(PLACE)["verdict"].to_dict()
    places = comparison[PLACE].itertuples(index=False, name=None)
    verdicts = [said.get(place, verdict) for place, verdict in zip(places, comparison["verdict"], strict=True)]
    return comparison.assign(verdict=verdicts)


def _told(study: Study, draws: Draws, seen: Figures) -> Iterator[Told]:
    values = np.divide(seen.numerators, seen.denominators, out=np.full(seen.numerators.shape, np.nan),
                       where=seen.denominators > 0)  # fmt: skip
    moved, wanted = [_with_g(moved_by(plan), draws) for plan in study.plans], told()
    for s, plan in enumerate(study.plans):
        for of, base, keys in ((FIGURE, 0.0, moved[s]), (DIFFERENCE, values[0], moved[s] | moved[0])):
            if of == DIFFERENCE and s == 0:
                continue
            columns = Columns({key: part for key, part in draws.parts.items() if key in keys})
            for (measure, *_), one in zip(seen.keys, values[s] - base, strict=True):
                if measure in wanted and not np.isnan(one).any():
                    yield Told(of, plan.scenario.name, measure, fit(one, columns))


def _intervals(
    study: Study, draws: Draws, fitted: list[Told], summary: pd.DataFrame, comparison: pd.DataFrame
) -> Iterator[tuple[object, ...]]:
    known = {FIGURE: _rows(summary, "mean", "ci"), DIFFERENCE: _rows(comparison, "difference", "alone")}
    here = _england(comparison)
    verdicts = dict(zip(zip(here["scenario"], here["measure"], strict=True), map(str, here["verdict"]), strict=True))
    base = study.scenarios[0].name
    for one in fitted:
        if (place := (one.scenario, one.measure)) not in known[one.of]:
            continue
        mean, low, high = known[one.of][place]
        quantiles = np.quantile(one.fit.means, ENDS)
        run = one.fit.chance / study.replications
        by_chance = run / (run + one.fit.assumed) if run + one.fit.assumed > 0 else np.nan
        yield (
            one.of, "" if one.of == FIGURE else base, *place, EVERYTHING[one.measure].unit, *ENGLAND, mean, low, high,
            draws.many, float(one.fit.means.mean()), *map(float, quantiles), by_chance,
            *_verdict(one, mean, verdicts.get(place, ""), draws),
        )  # fmt: skip


def _verdict(one: Told, mean: float, verdict: str, draws: Draws) -> tuple[object, ...]:
    """A difference's verdict over the draws, in how many it has its sign, and on which side of which number."""
    if one.of == FIGURE:
        return ("", np.nan, np.nan, np.nan, "", "", np.nan)
    if mean == 0:  # no sign
        return (verdict, np.nan, np.nan, np.nan, "", "", np.nan)
    same = int((np.sign(one.fit.means) == np.sign(mean)).sum())
    ends = stats.binomtest(same, draws.many).proportion_ci(method="exact")
    share = (same / draws.many, float(ends.low), float(ends.high))
    if verdict not in HANGS or same >= ENOUGH * draws.many:
        return (verdict, *share, "", "", np.nan)
    return (HANGS[verdict], *share, *_side(one.fit, mean, draws))


def _side(found: Fit, mean: float, draws: Draws) -> tuple[str, str, float]:
    """The number that decides most, the side of it on which a difference has its sign, and the border."""
    if not found.drivers:
        return ("", "", np.nan)
    first = found.drivers[0]
    if first.shape == BENDS:
        return (first.key, "", np.nan)
    up = (first.shape != FALLS) == (mean > 0)
    border = float(np.quantile(draws.values[first.key], first.zero)) if not np.isnan(first.zero) else np.nan
    return (first.key, "above" if up else "below", border)


def _decides(study: Study, draws: Draws, fitted: list[Told]) -> Iterator[tuple[object, ...]]:
    behind = {key: (kind, text) for plan in study.plans for key, _, _, kind, text in plan.assumptions}
    base = study.scenarios[0].name
    for one in fitted:
        for place, driver in enumerate(one.fit.drivers[:SHOWN], start=1):
            number = register()[driver.key]
            low, high = _ends(driver.key, draws)
            kind, text = behind.get(driver.key, ("source", "what the model is solved for"))
            yield (
                one.of, "" if one.of == FIGURE else base, one.scenario, one.measure, EVERYTHING[one.measure].unit,
                place, driver.key, _tied(driver.key, study.plans), number.default, float(low), float(high), driver.low,
                driver.high, driver.shape, driver.share, number.grade, kind, text, number.who,
            )  # fmt: skip


def _ends(key: str, draws: Draws) -> Numbers:
    """The two ends of an unknown that the figure is told at."""
    if key == GOODWILL or register()[key].law == DIRICHLET:
        return np.asarray(np.quantile(draws.values[key], ENDS))
    return quantile(register()[key], as_drawn(draws.parts[key], ENDS))


def _with_g(moved: frozenset[str], draws: Draws) -> frozenset[str]:
    """Unknowns that move a plan: g in place of the target that it is solved for, where it is drawn by itself."""
    return moved | {GOODWILL} if TARGET in moved and GOODWILL in draws.parts else moved


def _tied(key: str, plans: tuple[Plan, ...]) -> int:
    """How many numbers that a run reads are one unknown with this one."""
    read = {row[0] for plan in plans for row in plan.assumptions}
    return sum(one.leads == key for one in register().values() if one.key in read)


def _draws(draws: Draws) -> Iterator[tuple[object, ...]]:
    nowhere = np.full(draws.many, np.nan)
    for number in range(draws.many):
        for key, values in draws.values.items():
            yield number + 1, key, float(values[number]), float(draws.parts.get(key, nowhere)[number])
        if GOODWILL not in draws.values:
            yield number + 1, GOODWILL, float(draws.goodwill[number]), np.nan


def _figures(study: Study, seen: Figures) -> Iterator[tuple[object, ...]]:
    for s, k, d, r in np.ndindex(seen.numerators.shape):
        if not np.isnan(seen.denominators[s, k, d, r]):
            numbers = (float(seen.numerators[s, k, d, r]), float(seen.denominators[s, k, d, r]))
            yield d + 1, r + 1, study.scenarios[s].name, *seen.keys[k], *numbers


def _england(table: pd.DataFrame) -> pd.DataFrame:
    return table[(table["group"] == ENGLAND[0]) & (table["level"] == ENGLAND[1])]


def _rows(table: pd.DataFrame, mean: str, ends: str) -> Mapping[tuple[str, str], tuple[float, float, float]]:
    """Mean and interval by scenario and measure, of all areas."""
    here = _england(table)
    columns = (here["scenario"], here["measure"], here[mean], here[f"{ends}_low"], here[f"{ends}_high"])
    return {(s, m): (float(x), float(low), float(high)) for s, m, x, low, high in zip(*columns, strict=True)}
