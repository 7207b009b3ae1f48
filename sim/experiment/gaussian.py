"""A figure as a smooth function of the unknowns, learnt from draws: a Gaussian process, and how far it can be trusted.

How well it predicts draws that it has not seen (Q2) has a ceiling: chance between the replications of a draw, which
nothing predicts. Where it stays far below, or explains less than half, it says nothing of what drives the figure.

Source: Rasmussen and Williams 2006, Gaussian Processes for Machine Learning, section 5.4; Marrel and others 2009,
Reliab Eng Syst Saf 94:742 (Sobol's indices from a Gaussian process); Wolter 2007, Introduction to Variance Estimation,
chapter 4 (the jackknife of groups).
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from sim.experiment.decisive import as_drawn
from sim.experiment.indices import POINTS, Indices, indices
from sim.experiment.smooth import of_one

Numbers = NDArray[np.float64]

FOLDS = 10
MOST, DRAWS_EACH = 22, 8  # unknowns in a metamodel, and draws that each of them needs
OF_CEILING, LEAST = 0.8, 0.5  # of Q2: what it must reach
SEED = 17_112_028
WIDE = (0.5, 2.0)  # lengths from which those of the unknowns are sought, as parts of their laws
NEEDS = "sensitivity: it needs an extra; pip install 'oncall-sim[sensitivity]'"


class Quality(NamedTuple):
    """How well draws are predicted that were left out. ceiling: what chance leaves to predict."""

    q2: float
    ceiling: float

    @property
    def enough(self) -> bool:
        """Whether the metamodel may be believed."""
        return self.q2 >= max(OF_CEILING * self.ceiling, LEAST)

    def line(self) -> str:
        """In words."""
        return f"Q2 {self.q2:.2f} of at most {self.ceiling:.2f}"


class Driven(NamedTuple):
    """Sobol's indices with 95 % intervals (the jackknife over folds), each (numbers, 3): value, low, high."""

    first: Numbers
    total: Numbers
    correlation: float


class Model(NamedTuple):
    """What was learnt on some draws. columns: places of the unknowns that it takes."""

    columns: list[int]
    process: Any


class Metamodel:
    """Of one figure. Learnt on all draws and, for its quality, on all but each fold: which unknowns it takes is learnt
    there anew, or it would be praised for what it was chosen by."""

    def __init__(self, parts: Numbers, values: Numbers) -> None:
        """parts: (draws, unknowns), where in its law each lies. values: (draws, replications)."""
        self.parts, self._values = parts, values.mean(axis=1)
        self._middle, self._spread = float(self._values.mean()), float(self._values.std() or 1.0)
        chance = float(values.var(axis=1, ddof=1).mean()) / values.shape[1]
        total = float(self._values.var(ddof=1))
        self._ceiling = max(1 - chance / total, 0.0) if total > 0 else 0.0
        self._left_out = _folds(len(parts))
        with _one_thread():
            self._whole = self._learn(np.ones(len(parts), dtype=bool), WIDE)
            again = WIDE[-1:] if len(self.columns) < parts.shape[1] else ()
            self._without = [self._learn(self._left_out != fold, again) for fold in range(FOLDS)]

    @property
    def columns(self) -> list[int]:
        """Places of the unknowns that it takes."""
        return self._whole.columns

    @property
    def quality(self) -> Quality:
        """By cross validation."""
        guessed = np.zeros(len(self.parts))
        for fold, model in enumerate(self._without):
            here = self._left_out == fold
            guessed[here] = self._at(model, self.parts[here])
        error = float(((self._values - guessed) ** 2).sum())
        return Quality(1 - error / float(((self._values - self._middle) ** 2).sum() or 1.0), self._ceiling)

    def indices(self, many: int = POINTS) -> Driven:
        """First-order and total indices of every unknown that it takes, in their order."""
        with _one_thread():
            whole, *without = (self._indices(model, many) for model in (self._whole, *self._without))
        each = [np.array([getattr(one, kind) for one in without]) for kind in ("first", "total")]
        return Driven(_with_interval(whole.first, each[0]), _with_interval(whole.total, each[1]), whole.correlation)

    def _indices(self, model: Model, many: int) -> Indices:
        """Of the unknowns of the whole metamodel; one that a model does not take has none."""

        def at(points: Numbers) -> Numbers:
            everywhere = np.zeros((len(points), self.parts.shape[1]))
            for place, column in enumerate(self.columns):
                everywhere[:, column] = as_drawn(self.parts[:, column], points[:, place])
            return self._at(model, everywhere)

        return indices(at, len(self.columns), SEED, many)

    def _at(self, model: Model, parts: Numbers) -> Numbers:
        return np.asarray(self._middle + self._spread * model.process.predict(parts[:, model.columns]))

    def _learn(self, used: NDArray[np.bool_], wide: Sequence[float]) -> Model:
        """A Gaussian process on some of the draws. wide: lengths to begin with; none: those of the whole, and its
        unknowns."""
        from sklearn.exceptions import ConvergenceWarning
        from sklearn.gaussian_process import GaussianProcessRegressor
        from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel

        columns = screened(list(self.parts[used].T), self._values[used]) if wide else self.columns

        def learnt(start: Any, optimizer: str | None) -> Any:
            model = GaussianProcessRegressor(start, alpha=1e-8, optimizer=optimizer)
            return model.fit(self.parts[used][:, columns], (self._values[used] - self._middle) / self._spread)

        if not wide:
            return Model(columns, learnt(self._whole.process.kernel_, None))
        starts = (
            ConstantKernel(1.0, (1e-2, 1e3)) * RBF(np.full(len(columns), one), (0.05, 1e2))
            + WhiteKernel(0.1, (1e-6, 1e1))
            for one in wide
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # an unknown without effect has no length to find
            return Model(columns, max((learnt(one, "fmin_l_bfgs_b") for one in starts), key=_likelihood))


def screened(parts: Sequence[Numbers], values: Numbers) -> list[int]:
    """Places of the unknowns that a metamodel takes: one after the other that whose curve explains most of what is
    left; all where there are few. parts: of each unknown. values: (draws,)."""
    most = min(MOST, len(values) // DRAWS_EACH)
    if len(parts) <= most:
        return list(range(len(parts)))
    curves, left = [of_one(one) for one in parts], values - values.mean()
    chosen: list[int] = []
    while len(chosen) < most:
        fitted = [curve.fitted(left) for curve in curves]
        explained = [-1.0 if at in chosen else float(one.var()) for at, one in enumerate(fitted)]
        chosen.append(int(np.argmax(explained)))
        left = left - fitted[chosen[-1]]
    return sorted(chosen)


def refuse_without_library() -> str:
    """What is missing for a metamodel, in words; empty: nothing."""
    try:
        import sklearn  # noqa: F401
    except ImportError:
        return NEEDS
    return ""


def _likelihood(model: Any) -> float:
    return float(model.log_marginal_likelihood_value_)


def _folds(draws: int) -> NDArray[np.int64]:
    """The fold of each draw, by chance."""
    return np.random.default_rng([SEED, draws]).permutation(np.arange(draws) % FOLDS)


def _with_interval(values: Numbers, without: Numbers) -> Numbers:
    """(numbers, 3): the value and its interval, from what it is without each fold."""
    folds = len(without)
    error = np.sqrt((folds - 1) / folds * ((without - without.mean(axis=0)) ** 2).sum(axis=0))
    half = float(stdtrit(folds - 1, 0.975)) * error
    return np.column_stack([np.clip(one, 0.0, 1.0) for one in (values, values - half, values + half)])


def _one_thread() -> Any:
    """Sums in one order: the same bytes on any number of cores."""
    from threadpoolctl import threadpool_limits

    return threadpool_limits(limits=1)
