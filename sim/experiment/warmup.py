"""Is the warm-up long enough? MSER-5 on weekly series averaged over replications.

Source: White 1997, Simulation 69:323; White, Cobb and Spratt 2000, Proc. Winter Simulation Conference (batches of 5).
Of all beginnings up to half the series, the one is cut off that leaves the mean of the rest with the smallest standard
error; when that is the longest of them, the series tells nothing but that it is too short or too noisy.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.domain.scenario import Scenario
from sim.experiment.estimate import Numbers, divide
from sim.experiment.execute import Progress, run_units
from sim.experiment.units import Unit, units
from sim.measures.rows import Row
from sim.measures.weeks import SERIES, weekly, whole_weeks
from sim.model import simulate

BATCH = 5
FEWEST = 4  # batches below which there is nothing to compare
SMOOTH = 5  # weeks either side of Welch's moving average


@dataclass(frozen=True)
class Settling:
    """One series: its weekly means, the moving average, and the weeks MSER-5 cuts off (None: it never settled)."""

    name: str
    means: Numbers
    smooth: Numbers
    cut: int | None


@dataclass(frozen=True, slots=True)
class _Weekly:
    """The work: the weekly series of one replication."""

    scenario: Scenario
    seed: int

    def __call__(self, unit: Unit) -> list[Row]:
        return weekly(simulate(self.scenario, self.seed, unit.replication), self.scenario)


def settling(
    scenario: Scenario, seed: int, replications: int, workers: int, progress: Progress | None = None
) -> list[Settling]:
    """Every weekly series of a scenario, averaged over replications, with what MSER-5 would cut off."""
    weeks = whole_weeks(scenario)
    sums = {name: np.zeros((2, weeks)) for name in SERIES}
    for _, rows in run_units(units(1, replications), _Weekly(scenario, seed), workers, progress):
        for row in rows:
            sums[row.measure][:, int(row.level) - 1] += row.numerator, row.denominator
    found = []
    for name, (top, bottom) in sums.items():
        means = divide(top, bottom)
        found.append(Settling(name, means, welch(means), mser(means)))
    return found


def mser(series: Numbers, batch: int = BATCH) -> int | None:
    """Values to cut off at the beginning, a multiple of the batch; None when the series does not settle.

    A series shorter than four batches cannot be judged and does not settle; a constant one needs no cut.
    """
    known = np.where(np.isnan(series), np.nanmean(series) if not np.isnan(series).all() else 0.0, series)
    count = len(known) // batch
    if count < FEWEST:
        return None
    means = known[: count * batch].reshape(count, batch).mean(axis=1)
    left = [means[cut:] for cut in range(count // 2 + 1)]
    error = [float(((rest - rest.mean()) ** 2).sum()) / len(rest) ** 2 for rest in left]
    cut = int(np.argmin(error))
    return cut * batch if cut < count // 2 or error[0] == 0 else None


def welch(series: Numbers, half: int = SMOOTH) -> Numbers:
    """Welch's moving average: over 2 half + 1 values, over fewer near the ends.

    Source: Welch 1983, in: Lavenberg (ed), The Computer Performance Modeling Handbook.
    """
    wide = [min(half, place, len(series) - 1 - place) for place in range(len(series))]
    return np.array([np.nanmean(series[k - w : k + w + 1]) if len(series) else np.nan for k, w in enumerate(wide)])


def warning(found: list[Settling], warmup_weeks: float) -> str:
    """One line when a series needs a longer warm-up than is configured, or cannot tell; else empty."""
    late = [(one.name.replace("_", " "), one.cut) for one in found if one.cut is not None and one.cut > warmup_weeks]
    unsure = [one.name.replace("_", " ") for one in found if one.cut is None]
    if late:
        said = ", ".join(f"{name} needs {cut} weeks" for name, cut in late)
        longest = max(cut for _, cut in late)
        return f"Warning: warmup_weeks = {warmup_weeks:g} is too short: {said}; write warmup_weeks={longest}"
    if unsure:
        said = ", ".join(unsure)
        return (
            f"Warning: nobody can tell whether warmup_weeks = {warmup_weeks:g} is long enough: {said} does not settle "
            "within half the run; more weeks= or replications= may tell"
        )
    return ""
