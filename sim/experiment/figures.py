"""The estimate of a figure, and the difference of two, by what the catalogue says of its measure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from sim.experiment import compare, estimate
from sim.experiment.estimate import Estimate, Flags, Numbers
from sim.measures.catalogue import Measure

Rows = NDArray[np.intp]


def estimated(measures: Sequence[Measure], top: Numbers, bottom: Numbers) -> Estimate:
    """The estimate of each row, of shape (N, R), by the estimator of its measure."""
    most = most_of(measures)
    return _by_kind(
        measures,
        lambda rows: estimate.ratio(top[rows], bottom[rows], most[rows]),
        lambda rows: estimate.level(estimate.divide(top[rows], bottom[rows]), most[rows]),
        lambda rows: estimate.mean(estimate.divide(top[rows], bottom[rows])),
    )


def difference(measures: Sequence[Measure], base: compare.Pair, other: compare.Pair) -> Estimate:
    """The paired difference of each row."""
    most = most_of(measures)
    return _by_kind(
        measures,
        lambda rows: compare.ratio_difference(
            (base[0][rows], base[1][rows]), (other[0][rows], other[1][rows]), most[rows]
        ),
        lambda rows: compare.level_difference(
            estimate.divide(base[0][rows], base[1][rows]), estimate.divide(other[0][rows], other[1][rows]), most[rows]
        ),
        lambda rows: estimate.mean(
            estimate.divide(other[0][rows], other[1][rows]) - estimate.divide(base[0][rows], base[1][rows])
        ),
    )


def rows_of(measures: Sequence[Measure]) -> Iterator[tuple[str, Rows]]:
    """The rows of ratios, those of numbers of a replication that are never under 0, and those that may be."""
    ratio, signed = np.array([measure.estimator == "ratio" for measure in measures], dtype=bool), signs_of(measures)
    yield "ratio", np.flatnonzero(ratio)
    yield "level", np.flatnonzero(~ratio & ~signed)
    yield "signed", np.flatnonzero(signed)


def _by_kind(
    measures: Sequence[Measure],
    ratio: Callable[[Rows], Estimate],
    level: Callable[[Rows], Estimate],
    signed: Callable[[Rows], Estimate],
) -> Estimate:
    """The estimates of all rows, each kind of measure by its own estimator."""
    by = {"ratio": ratio, "level": level, "signed": signed}
    parts = [np.full(len(measures), np.nan) for _ in range(3)]
    counts = np.zeros(len(measures), dtype=np.intp)
    for kind, rows in rows_of(measures):
        found = by[kind](rows)
        for part, numbers in zip(parts, (found.mean, found.low, found.high), strict=True):
            part[rows] = numbers
        counts[rows] = found.replications
    mean, low, high = parts
    return Estimate(mean, low, high, counts)


def most_of(measures: Sequence[Measure]) -> Numbers:
    """What each can be at most: 1 of a share or an index."""
    return np.where([measure.unit.startswith(("share", "index 0-1")) for measure in measures], 1.0, np.inf)


def signs_of(measures: Sequence[Measure]) -> Flags:
    """Whether each may be under 0."""
    return np.array([measure.estimator == "signed" for measure in measures], dtype=bool)
