"""A study repeated at draws of everything that nobody knows: which units that takes, and what they gave.

Every draw is simulated twice, with families that no other draw meets: what differs between the two is chance, and what
differs beyond it between draws is what the assumptions do. All scenarios meet the same draws, families and chance.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.experiment.beside import TWICE, Beside, run_beside
from sim.experiment.conduct import conduct_units
from sim.experiment.draws import Draws, drawn
from sim.experiment.execute import Progress
from sim.experiment.observations import Key
from sim.experiment.posterior import PRIOR, Posterior
from sim.experiment.precision import ENGLAND
from sim.experiment.study import Study
from sim.experiment.units import Shelf, Unit
from sim.measures.catalogue import EVERYTHING
from sim.measures.headlines import LISTS, headlines
from sim.measures.rows import Row

PLACES = ("page", "cards", "differences", "screen", "many")  # of the headlines that are told with assumptions
COUNTED = ("child_nights_per_year", "home_offered_share", "died_outside_hospital_share", "died_at_home_share")

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Figures:
    """Numerators and denominators of K figures in S scenarios, D draws and two replications, each (S, K, D, 2)."""

    keys: tuple[Key, ...]
    numerators: Numbers
    denominators: Numbers


class Repeated(NamedTuple):
    """A study at draws. of: the study of all scenarios at all draws; units: that are made of it."""

    draws: Draws
    of: Study
    units: tuple[Unit, ...]

    @property
    def title(self) -> str:
        """What is made, in a line."""
        return f"{self.draws.many} draws of what nobody knows, twice each: {len(self.units)} runs"

    @property
    def identity(self) -> dict[str, str]:
        """What the numbers of the draws come from, beside the study itself."""
        said = "\n".join(plan.fingerprint for plan in self.of.plans)
        return {f"{self.draws.many} draws": hashlib.sha256(said.encode()).hexdigest()}


def repeated(study: Study, laws: Posterior = PRIOR) -> Repeated:
    """The study at each of the draws that it asks for. laws: what a calibration left, to draw by."""
    many = study.draws
    draws = laws.drawn(many, study.seed)
    plans = tuple(run_beside(drawn(plan, draws, one)) for one in range(many) for plan in study.plans)
    units = [
        Unit(one * TWICE + again, one * len(study.plans) + scenario)
        for one in range(many)
        for again in range(TWICE)
        for scenario in range(len(study.plans))
    ]
    return Repeated(draws, Beside(study.verb, plans), tuple(units))


def figures(study: Study, found: Repeated, shelf: Shelf, progress: Progress | None = None) -> Figures:
    """Simulate what is not there yet, filed beside the units of the study, and read what is kept of all draws."""
    wanted = {measure: place for place, measure in enumerate(kept())}
    shape = (len(study.plans), len(wanted), found.draws.many, TWICE)
    tops, bottoms = np.full(shape, np.nan), np.full(shape, np.nan)
    for unit, rows in conduct_units(found.of, shelf, found.units, progress):
        one, scenario = divmod(unit.scenario, len(study.plans))
        for row in _headlines(rows, wanted):
            place = (scenario, wanted[row.measure], one, unit.replication % TWICE)
            tops[place], bottoms[place] = row.numerator, row.denominator
    there = [place for place in range(len(wanted)) if not np.isnan(bottoms[:, place]).all()]
    keys = tuple((measure, *ENGLAND) for measure in wanted)
    return Figures(tuple(keys[place] for place in there), tops[:, there], bottoms[:, there])


def told() -> tuple[str, ...]:
    """The measures of all areas that are told with what the assumptions do to them."""
    return _headlines_of(PLACES)


def kept() -> tuple[str, ...]:
    """The measures of all areas that are kept of every draw: every headline, and what counts are made from."""
    return tuple(dict.fromkeys((*told(), *_headlines_of(tuple(LISTS)), *COUNTED)))


def _headlines_of(places: tuple[str, ...]) -> tuple[str, ...]:
    named = (one.measure for place in places for one in headlines(place) if one.group == ENGLAND[0])
    return tuple(dict.fromkeys(measure for measure in named if measure in EVERYTHING))


def _headlines(rows: list[Row], wanted: dict[str, int]) -> Iterator[Row]:
    return (row for row in rows if row.measure in wanted and (row.group, row.level) == ENGLAND)
