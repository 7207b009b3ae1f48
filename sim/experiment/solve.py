"""What goodwill must make possible, so that as many children die outside hospital as do today.

Nothing identifies a, who goes home anyway: for each a there is another g, what goodwill adds, that gives the target, or
none. The same families meet every pair, and a family that is offered home at one g is offered it at every higher one:
the share rises with g, nearly straight, so a line through a few places finds where it reaches the target.
How sure g is has three layers, each wider: chance, the range of what is published of the target, and that of a.
Source of the target: NCMD thematic report on life-limiting conditions, July 2025: 77 % die in hospital.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.domain.scenario import Scenario
from sim.errors import BadInput
from sim.experiment import estimate
from sim.experiment.execute import Progress, run_units
from sim.experiment.replicate import unit
from sim.experiment.search import crossings
from sim.experiment.units import Unit, units
from sim.keyed import Floats
from sim.measures.rows import Row

MEASURE = "died_outside_hospital_share"
TOLD = (  # of every pair on the ridge, beside what it was solved for
    *("unmet_demand_share", "home_offered_share", "died_at_home_share", "met_by_goodwill_share"),
    *("minutes_to_door", "admissions_per_family"),
)
PLACES = (0.0, 0.5, 1.0)  # of g, at which every a is tried
ANYWAY = (0.0, 0.2, 0.35, 0.5, 0.6)  # a: the shipped one and the range of the register
TARGETS = (0.21, 0.22, 0.23, 0.24, 0.25, 0.26)  # range of the register for deaths outside hospital
IDENTIFIED = 0.5  # of all that g may be: a wider range of it, over what is unknown, leaves it open


@dataclass(frozen=True)
class Tried:
    """One g: the share who died outside hospital with its 95 % interval, and of other measures both sums."""

    goodwill: float
    share: float
    low: float
    high: float
    sums: tuple[tuple[str, float, float], ...] = ()


@dataclass(frozen=True)
class Line:
    """One a and what was tried of g, from 0 to 1."""

    anyway: float
    tried: tuple[Tried, ...]

    @property
    def reach(self) -> tuple[float, float]:
        """The lowest and the highest share that any g gives."""
        shares = [one.share for one in self.tried]
        return min(shares), max(shares)


@dataclass(frozen=True)
class Solved:
    """The g that gives the target for an a, its 95 % interval, and every other figure there."""

    anyway: float
    target: float
    goodwill: float
    low: float
    high: float
    figures: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class _Figures:
    """The work: one replication of a scenario, only what the ridge tells, of all areas."""

    scenarios: tuple[Scenario, ...]
    seed: int

    def __call__(self, one: Unit) -> list[Row]:
        rows = unit(self.scenarios[one.scenario], self.seed, one.replication)
        return [row for row in rows if row.measure in (MEASURE, *TOLD) and row.group == "england"]


def lines(
    scenario: Scenario, anyway: Sequence[float], seed: int, replications: int, workers: int,
    progress: Progress | None = None,
) -> list[Line]:  # fmt: skip
    """Every place of g tried for each a. Raises BadInput where no child died in the measured weeks."""
    pairs = [(a, g) for a in anyway for g in PLACES]
    tried = tuple(
        replace(scenario, place=replace(scenario.place, home_anyway=a, goodwill_makes_home=g)) for a, g in pairs
    )
    found: list[list[Row]] = [[] for _ in pairs]
    for one, rows in run_units(units(len(pairs), replications), _Figures(tried, seed), workers, progress):
        found[one.scenario] += rows
    points = [_tried(g, rows) for (_, g), rows in zip(pairs, found, strict=True)]
    size = len(PLACES)
    return [Line(a, tuple(points[place * size : (place + 1) * size])) for place, a in enumerate(anyway)]


def solve(line: Line, target: float) -> Solved | None:
    """The g at which a share ``target`` of children die outside hospital, after admissions without return.

    None where no g gives it. The interval is that of the share at the nearest place tried, divided by the slope.
    """
    there = crossings([(one.goodwill, one.share) for one in line.tried], target)
    if not there:
        return None
    nearest = min(line.tried, key=lambda one: abs(one.goodwill - there[0]))
    low, high = _interval(there[0], nearest, line.tried[-1].share - line.tried[0].share)
    return Solved(line.anyway, target, there[0], low, high, tuple(_figures(line, there[0])))


def published(target: float) -> tuple[float, ...]:
    """The ends of the published range that a target lies in; a target of one's own has none but itself."""
    inside = TARGETS[0] <= target <= TARGETS[-1]
    return (TARGETS[0], target, TARGETS[-1]) if inside else (target,)


def spread(of: Sequence[Line], targets: Sequence[float]) -> tuple[float, float]:
    """The lowest and the highest g that gives any of the targets for any a, chance included.

    Where no g gives a target, g is at the end that comes nearest to it; where the share does not rise with g, anywhere.
    """
    ends = [_ends(line, target) for line in of for target in targets]
    return min(low for low, _ in ends), max(high for _, high in ends)


def identified(low: float, high: float) -> bool:
    """Whether a range of g, over all that is unknown, says anything about it."""
    return high - low <= IDENTIFIED


def _ends(line: Line, target: float) -> tuple[float, float]:
    found = solve(line, target)
    if found is not None:
        return found.low, found.high
    if line.tried[-1].share <= line.tried[0].share:
        return 0.0, 1.0
    end = float(target > line.reach[1])
    return end, end


def _figures(line: Line, goodwill: float) -> Iterator[tuple[str, float]]:
    """Every other measure at a g: both sums grow with the families at home, so each is read on a line of its own."""
    places = [one.goodwill for one in line.tried]
    for of in zip(*(one.sums for one in line.tried), strict=True):
        top, bottom = (float(np.interp(goodwill, places, [one[side] for one in of])) for side in (1, 2))
        yield of[0][0], top / bottom if bottom else np.nan


def no_solution(line: Line, target: float) -> BadInput:
    """That no g gives the target, and which targets have one."""
    low, high = line.reach
    return BadInput(
        f"target = {target:g}: no place.goodwill_makes_home between 0 and 1 gives it where place.home_anyway is "
        f"{line.anyway:g}; targets from {low:.4f} to {high:.4f} have one"
    )


def _tried(goodwill: float, rows: Sequence[Row]) -> Tried:
    died = _sums(rows, MEASURE)
    if not died[1].any():
        raise BadInput("solve: no child died in the measured weeks; ask for more weeks, areas or replications")
    share = estimate.ratio(died[:1], died[1:], 1.0)
    found = {measure: _sums(rows, measure).sum(axis=1) for measure in TOLD}
    sums = tuple((measure, float(top), float(bottom)) for measure, (top, bottom) in found.items())
    return Tried(goodwill, float(share.mean[0]), float(share.low[0]), float(share.high[0]), sums)


def _sums(rows: Sequence[Row], measure: str) -> Floats:
    """Numerators and denominators of the replications that have the measure."""
    of = [row for row in rows if row.measure == measure]
    return np.array([[row.numerator for row in of], [row.denominator for row in of]])


def _interval(goodwill: float, nearest: Tried, slope: float) -> tuple[float, float]:
    """The interval of the share, as g along the slope; a probability is nowhere outside 0 to 1."""
    if slope <= 0 or np.isnan(nearest.low):
        return 0.0, 1.0
    down, up = (nearest.high - nearest.share) / slope, (nearest.share - nearest.low) / slope
    return max(goodwill - down, 0.0), min(goodwill + up, 1.0)
