"""Which unknowns make a figure, or a difference, what it is: Sobol's indices on a metamodel of a study's draws."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.config.register import register, tied
from sim.experiment.drawn_study import DrawnStudy
from sim.experiment.even import largest_correlation
from sim.experiment.gaussian import LEAST, OF_CEILING, Driven, Metamodel, Quality
from sim.measures.catalogue import EVERYTHING

Numbers = NDArray[np.float64]

FIGURE, DIFFERENCE = "figure", "difference"
BELIEVED, REFUSED = "believed", "refused"
COLUMNS = ["of", "baseline", "scenario", "measure", "place", "key", "tied", "first", "first_low", "first_high", "total"]
COLUMNS += ["total_low", "total_high", "q2", "ceiling", "says", "draws", "grade", "who_could_find_out"]
NO_SPREAD = 1e-9  # of a figure: less is rounding
DIGITS = 4  # of an index: more would be of the machine


class Explained(NamedTuple):
    """A figure or difference. keys: in its metamodel. quality: None where a draw has no figure, or all have the same.
    driven: None where the metamodel is not believed. correlation: the largest between two of its unknowns over the
    draws, by chance."""

    of: str
    scenario: str
    keys: tuple[str, ...]
    quality: Quality | None
    driven: Driven | None
    correlation: float

    def refusal(self) -> str:
        """Why there are no indices, in words."""
        if self.quality is None:
            return "it is the same at every draw, or unknown at one, so there is nothing to learn"
        said = f"{self.quality.line()}: less than {OF_CEILING:g} of that, or than {LEAST:g}; a metamodel so poor says"
        return f"{said} nothing of what drives it; make more draws, or a study with more calls in it"


def explained(study: DrawnStudy, measure: str) -> Iterator[Explained]:
    """The figure of every scenario, and its difference from the first."""
    values = study.figures[measure]
    for place, scenario in enumerate(study.scenarios):
        yield _explained(study, FIGURE, scenario, values[place])
        if place:
            yield _explained(study, DIFFERENCE, scenario, values[place] - values[0])


def table(study: DrawnStudy, measure: str, found: list[Explained]) -> pd.DataFrame:
    """A row for each unknown of each metamodel, the largest total first; one for a metamodel that is refused."""
    return pd.DataFrame([row for one in found for row in _rows(study, measure, one)], columns=COLUMNS)


def _explained(study: DrawnStudy, of: str, scenario: str, values: Numbers) -> Explained:
    if np.isnan(values).any() or values.mean(axis=1).std() <= NO_SPREAD * np.abs(values).max():
        return Explained(of, scenario, (), None, None, np.nan)
    keys, model = [*study.parts], Metamodel(np.column_stack([*study.parts.values()]), values)
    quality, correlation = model.quality, largest_correlation(model.parts[:, model.columns])
    driven = model.indices() if quality.enough else None
    return Explained(of, scenario, tuple(keys[at] for at in model.columns), quality, driven, correlation)


def _rows(study: DrawnStudy, measure: str, one: Explained) -> Iterator[tuple[object, ...]]:
    head = (one.of, study.scenarios[0] if one.of == DIFFERENCE else "", one.scenario, measure)
    quality = one.quality or Quality(np.nan, np.nan)
    known = (round(quality.q2, DIGITS), round(quality.ceiling, DIGITS))
    if one.driven is None:
        yield (*head, np.nan, "", np.nan, *[np.nan] * 6, *known, REFUSED, study.draws, "", "")
        return
    order = np.argsort(-one.driven.total[:, 0], kind="stable")
    for place, at in enumerate(order, start=1):
        number = register()[one.keys[at]]
        numbers = np.round(np.concatenate([one.driven.first[at], one.driven.total[at]]), DIGITS)
        yield (
            *head, place, number.key, tied(number.key), *map(float, numbers), *known, BELIEVED, study.draws,
            number.grade, number.who,
        )  # fmt: skip


def about(measure: str) -> str:
    """The measure in words."""
    return EVERYTHING[measure].title
