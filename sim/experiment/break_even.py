"""Break-even: how much further, slower or less welcome a shared team may be before the gain of sharing is gone.

The areas alone and the pool meet the same families, replication by replication. The pool is simulated again at each
size of the lever that is tried; the gain there is the paired difference from the areas alone, positive when the pool is
better. The break-even is the median of where the gain is gone, a gain being ever smaller as the lever grows; its
interval holds every size at which the 95 % interval of the gain contains nothing: between the tries it is read off
straight lines.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.domain.scenario import Scenario
from sim.experiment.execute import Progress
from sim.experiment.figures import difference
from sim.experiment.one_figure import OneFigure
from sim.experiment.search import crossings, median_crossing
from sim.measures.catalogue import Measure

EVALUATIONS = 8  # sizes of the lever that are simulated at most
CLOSE, FAR = 0.01, 0.2  # of the range: sizes nearer than this to one that was tried are known; brackets to be halved

FOUND, NO_GAIN, NOT_DECIDED, OUTSIDE = "found", "no_gain", "not_decided", "outside_range"
SAID = {
    FOUND: "the gain is gone at {at} ({low}{high})",
    NO_GAIN: "there is no gain to lose: the pool is no better to begin with",
    NOT_DECIDED: "not decided: {why}",
    OUTSIDE: "no break-even inside the range: at {top} the pool is still better",
}


@dataclass(frozen=True)
class Tried:
    """A size of the lever, and the gain of the pool there with its 95 % interval (NaN: none)."""

    at: float
    gain: float
    low: float
    high: float


@dataclass(frozen=True)
class BreakEven:
    """verdict: one of the words above. at: where the gain is gone; NaN unless found. low, high: its 95 % interval; inf
    where it reaches beyond the range. tried: in order of size."""

    verdict: str
    at: float
    low: float
    high: float
    top: float
    tried: tuple[Tried, ...]


def search(gain: Callable[[float], Tried], top: float) -> BreakEven:
    """The size between 0 and ``top`` at which the gain is gone. gain: simulated at a size, ever smaller as it grows."""
    tried = [gain(0.0)]
    if not tried[0].low > 0:
        return _known(NO_GAIN if tried[0].high <= 0 else NOT_DECIDED, tried, top)
    tried.append(gain(top))
    if tried[1].low > 0:
        return _known(OUTSIDE, tried, top)
    while len(tried) < EVALUATIONS and (size := _next(tried, top)) is not None:
        tried.append(gain(size))
    return _known(FOUND if _gone(tried) is not None else NOT_DECIDED, tried, top)


def _next(tried: Sequence[Tried], top: float) -> float | None:
    """The size to try next: where the gain, then either end of its interval, seems to be gone; None: all are known.

    Between sizes that are far apart a curve is no line: there the middle half is tried, whatever the line says.
    """
    known = sorted(one.at for one in tried)
    for figure in ("gain", "low", "high"):
        for size in crossings([(one.at, getattr(one, figure)) for one in tried])[:1]:
            left, right = max(at for at in known if at <= size), min(at for at in known if at >= size)
            if right - left > FAR * top:
                size = min(max(size, left + (right - left) / 4), right - (right - left) / 4)
            if all(abs(size - at) > CLOSE * top for at in known):
                return size
    return None


def _known(verdict: str, tried: Sequence[Tried], top: float) -> BreakEven:
    """What the tries say: the first and last size at which an end of the interval of the gain reaches nothing."""
    gone = _gone(tried) if verdict == FOUND else None
    first, last = crossings([(one.at, one.low) for one in tried]), crossings([(one.at, one.high) for one in tried])
    undecided = verdict == FOUND or (verdict == NOT_DECIDED and tried[0].low > 0)
    low = first[0] if undecided and first else np.nan
    high = (last[-1] if last else np.inf) if undecided else np.nan
    at = np.nan if gone is None else gone
    return BreakEven(verdict, at, low, high, top, tuple(sorted(tried, key=lambda one: one.at)))


def _gone(tried: Sequence[Tried]) -> float | None:
    """The median of where the gain is gone; None where it is not inside the range."""
    return median_crossing([(one.at, one.gain) for one in tried])


def said(found: BreakEven, unit: str) -> str:
    """The answer as a sentence without a subject."""
    low = f"95 % interval {found.low:.3g} to " if not np.isnan(found.low) else ""
    high = f"beyond {found.top:g}" if np.isinf(found.high) else f"{found.high:.3g}"
    why = "whether the pool is better at all needs more replications"
    if found.tried[0].low > 0:
        why = f"from {_size(found.low, unit)} on the gain is not certain, up to {found.top:g} it is not certainly gone"
    at, top = _size(found.at, unit), _size(found.top, unit)
    return SAID[found.verdict].format(at=at, low=low, high=high, top=top, why=why)


def _size(size: float, unit: str) -> str:
    return f"{size:.3g} {unit}" if unit == "minutes" else f"a {unit} of {size:.3g}"


@dataclass(frozen=True)
class Paired:
    """The areas alone and their pool on the same families: how the gain is simulated at a size of the lever.

    lever: the pool's scenario at a size. measure: of all areas, with a better side.
    """

    alone: Scenario
    pool: Scenario
    lever: Callable[[Scenario, float], Scenario]
    measure: Measure
    seed: int
    replications: int
    workers: int
    roles: tuple[str, ...]

    def find(self, top: float, progress: Progress | None = None) -> BreakEven:
        """The break-even between 0 and ``top``."""
        work = OneFigure(self.roles, self.measure.name, self.seed, self.replications, self.workers)
        alone = work.of(self.alone, progress)

        def gain(size: float) -> Tried:
            pool = work.of(self.lever(self.pool, size), progress)
            sign = -1.0 if self.measure.better == "lower" else 1.0
            found = difference([self.measure], alone, pool)
            ends = sorted((sign * float(found.low[0]), sign * float(found.high[0])))
            return Tried(size, sign * float(found.mean[0]), *ends)

        return search(gain, top)


def further(scenario: Scenario, minutes: float) -> Scenario:
    """Every way of whoever is on call for a pool takes so many minutes longer, there and back."""
    teams = tuple(
        replace(team, pool=replace(team.pool, further=minutes / 60)) if team.pool and len(team.areas) > 1 else team
        for team in scenario.teams
    )
    return replace(scenario, teams=teams)


def without_record(scenario: Scenario, minutes: float) -> Scenario:
    """Whoever acts outside their home area needs so many minutes more: without the record, always or as is planned."""
    boundary = scenario.overlays.boundary
    missing = boundary.p_record_missing if boundary.on else 1.0
    changed = replace(boundary, on=True, p_record_missing=missing, without_record=minutes / 60)
    return replace(scenario, overlays=replace(scenario.overlays, boundary=changed))


def refusing(scenario: Scenario, p: float) -> Scenario:
    """Whoever would act outside their home area cannot, with such a probability for each call."""
    boundary = replace(scenario.overlays.boundary, on=True, p_refuse_visit=p, p_refuse_phone=p)
    return replace(scenario, overlays=replace(scenario.overlays, boundary=boundary))


@dataclass(frozen=True)
class Lever:
    """What is made worse for the pool: its words, its unit, how far it is looked for unless asked, and the change.

    measure: whose gain is looked at unless asked. Unmet demand counts nobody who came late; met in time does.
    """

    words: str
    unit: str
    top: float
    most: float
    measure: str
    apply: Callable[[Scenario, float], Scenario]


UNABLE = "Probability of being unable to act beyond the home area"
LEVERS = {
    "travel": Lever("Minutes that each way of the pool takes longer", "minutes", 60.0, 600.0, "met_share", further),
    "boundary_minutes": Lever(
        "Minutes lost for want of a record beyond the home area", "minutes", 60.0, 600.0, "met_share", without_record
    ),
    "refusal": Lever(UNABLE, "probability", 1.0, 1.0, "unmet_demand_share", refusing),
}
