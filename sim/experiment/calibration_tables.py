"""What a calibration says, as tables: what the targets do not identify comes first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.config.register import GOODWILL, register, tied
from sim.config.targets import Target
from sim.experiment import posterior
from sim.experiment.calibration import KEPT_DRAWS, Calibrated, Calibration
from sim.experiment.decisive import ENDS

Numbers = NDArray[np.float64]

IDENTIFIED = "identified.csv"
NOT_IDENTIFIED, PARTLY, KNOWN = WORDS = ("not identified", "narrowed", "identified")
NARROWED, WELL = 0.9, 0.5  # spread of the posterior over that of the prior: below, it is narrowed, and identified
TOGETHER = 0.3  # correlation in the posterior from which two unknowns are told together
OF_UNKNOWNS = ["place", "key", "tied", "verdict", "spread", "default", "prior_low", "prior_mean", "prior_high"]
OF_UNKNOWNS += ["posterior_low", "posterior_mean", "posterior_high", "goes_with", "correlation", "grade"]
OF_UNKNOWNS += ["who_could_find_out"]
OF_TARGETS = ["target", "measure", "group", "level", "value", "low", "high", "read_as", "error", "discrepancy"]
OF_TARGETS += ["chance", "prior_low", "prior_mean", "prior_high", "posterior_low", "posterior_mean", "posterior_high"]
OF_TARGETS += ["off", "moved_by", "q2", "q2_ceiling", "grade", "source"]
OF_RUNS = ["wave", "draw", "replication", "target", "numerator", "denominator"]
OF_WAVES = ["wave", "draws", "runs", "target", "left_alone", "left"]


class Spread(NamedTuple):
    """An unknown before and after: 2.5, 50 and 97.5 per cent means of its law and of the posterior, in its unit."""

    key: str
    prior: Numbers
    posterior: Numbers

    @property
    def ratio(self) -> float:
        """Spread of the posterior over that of the prior."""
        return float(self.posterior.std() / self.prior.std())


def tables(targets: Sequence[Target], calibration: Calibration, found: Calibrated) -> dict[str, pd.DataFrame]:
    """All tables of a calibration by file name."""
    many = len(next(iter(found.posterior.values()), ()))
    draws = calibration.prior(many or KEPT_DRAWS, found.posterior)
    spreads = [Spread(key, found.prior.values[key], draws.values[key]) for key in found.kept]
    return {
        IDENTIFIED: pd.DataFrame(_unknowns(spreads, found), columns=OF_UNKNOWNS),
        "targets.csv": pd.DataFrame(_targets(targets, calibration, found), columns=OF_TARGETS),
        "waves.csv": pd.DataFrame(_waves(targets, found), columns=OF_WAVES),
        "runs.csv": pd.DataFrame(_runs(targets, found), columns=OF_RUNS),
        "posterior.csv": pd.DataFrame(posterior.rows_of(found.kept, draws), columns=list(posterior.COLUMNS)),
    }


def verdict(spread: float) -> str:
    """What the targets say of an unknown, by the spread that they leave it."""
    return NOT_IDENTIFIED if spread >= NARROWED else PARTLY if spread >= WELL else KNOWN


def _unknowns(spreads: Sequence[Spread], found: Calibrated) -> Iterator[tuple[object, ...]]:
    together = np.corrcoef(np.array([found.posterior[one.key] for one in spreads])) if len(spreads) > 1 else np.eye(1)
    order = sorted(range(len(spreads)), key=lambda place: -spreads[place].ratio)
    for place, at in enumerate(order, start=1):
        one, number = spreads[at], register()[spreads[at].key]
        others = np.abs(together[at] - np.eye(len(spreads))[at]) if len(spreads) > 1 else np.zeros(1)
        best = int(np.argmax(others))
        partner = (spreads[best].key, float(together[at, best])) if others[best] >= TOGETHER else ("", np.nan)
        yield (
            place, one.key, tied(one.key), verdict(one.ratio), one.ratio, number.default, *_middle(one.prior),
            *_middle(one.posterior), *partner, number.grade,
            number.who or ("follows from a and a target where nothing is calibrated" if one.key == GOODWILL else ""),
        )  # fmt: skip


def _targets(targets: Sequence[Target], calibration: Calibration, found: Calibrated) -> Iterator[tuple[object, ...]]:
    first, last = found.waves[0], found.waves[-1]
    for place, target in enumerate(targets):
        model, chance = last.models[place], float(last.chance[place])
        before = _by_draw(first.numerators[place], first.denominators[place])
        after = _by_draw(*(one[place] for one in found.found))
        off = (after.mean() - target.value) / np.sqrt(target.error**2 + target.discrepancy**2)
        yield (
            target.name, target.measure, target.group, " + ".join(target.levels), target.value, target.low, target.high,
            target.read_as, target.error, target.discrepancy, float(np.sqrt(chance)), *_middle(before), *_middle(after),
            float(off), " ".join(model.keys), model.q2, model.ceiling, target.grade, target.source,
        )  # fmt: skip


def _waves(targets: Sequence[Target], found: Calibrated) -> Iterator[tuple[object, ...]]:
    for number, wave in enumerate(found.waves, start=1):
        for target, alone in zip(targets, wave.alone, strict=True):
            yield number, wave.draws.many, wave.runs, target.name, alone, wave.left


def _runs(targets: Sequence[Target], found: Calibrated) -> Iterator[tuple[object, ...]]:
    """What every run gave; those at draws of the posterior as one wave more."""
    every = [*((wave.numerators, wave.denominators) for wave in found.waves), found.found]
    first = 0
    for number, (tops, bottoms) in enumerate(every, start=1):
        for draw, replication, target in np.ndindex(tops.shape[1], tops.shape[2], tops.shape[0]):
            sums = (float(one[target, draw, replication]) for one in (tops, bottoms))
            yield number, first + draw + 1, replication + 1, targets[target].name, *sums
        first += tops.shape[1]


def _by_draw(tops: Numbers, bottoms: Numbers) -> Numbers:
    return np.asarray(tops.sum(axis=1) / bottoms.sum(axis=1))


def _middle(values: Numbers) -> tuple[float, float, float]:
    """Low end of the middle 95 %, mean, high end."""
    low, high = np.quantile(values, ENDS)
    return float(low), float(values.mean()), float(high)
