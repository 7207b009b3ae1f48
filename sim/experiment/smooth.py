"""What a figure would be on average if an unknown, or several, were known: a smooth curve through draws.

One unknown: a natural cubic spline with a penalty on its bends. Several: line and bend of each and, of a few, every
product of two, shrunk together. How smooth is decided by generalised cross validation. Unknowns are taken by rank, as
normal scores, so that one curve fits what is skewed and what is not.

Source: Wood 2017, Generalized Additive Models, sections 5.3.1 (natural splines), 5.4.2 (the natural basis) and 6.2
(cross validation); Strong, Oakley and Brennan 2014, Med Decis Making 34:311 (such curves for the value of information).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline
from scipy.special import ndtri
from scipy.stats import rankdata

Numbers = NDArray[np.float64]

KNOTS = 8
PRODUCTS = 6  # unknowns of a group up to which products of two are in its curve
DRAWS_EACH = 4  # that every column of a curve needs
STIFF = np.concatenate([np.logspace(-3, 5, 33), [1e12]])  # penalties that are tried, from supple to a straight line


class TooMany(ValueError):
    """More unknowns in a group than the draws can tell apart. needed: draws that would do."""

    def __init__(self, unknowns: int, draws: int) -> None:
        self.needed = (unknowns + 1) * DRAWS_EACH
        super().__init__(f"{unknowns} unknowns need {self.needed} draws or more; there are {draws}")


@dataclass(frozen=True, eq=False)
class Curve:
    """A way to fit a figure of n draws. basis: (n, p), orthonormal, the constant first. penalty: of each column."""

    basis: Numbers
    penalty: Numbers

    def fitted(self, values: Numbers) -> Numbers:
        """The curves through figures of all draws. values: (..., n); comes back in that shape."""
        seen = values @ self.basis
        return np.asarray((seen * self._kept(values, seen)) @ self.basis.T)

    def refitted(self, values: Numbers, counts: Numbers) -> Numbers:
        """The curves through draws that are there several times or not at all, as smooth as through all of them.

        values: (n,). counts: (b, n), how often each draw is there. Comes back as (b, n): the curve at every draw.
        """
        stiff = self._stiffness(values[None, :], values[None, :] @ self.basis)[0]
        n, p = self.basis.shape
        squares = (self.basis[:, :, None] * self.basis[:, None, :]).reshape(n, p * p)
        left = (counts @ squares).reshape(-1, p, p) + np.diag(stiff * self.penalty + 1e-9)
        right = (counts * values) @ self.basis
        return np.asarray(np.linalg.solve(left, right[..., None])[..., 0] @ self.basis.T)

    def _kept(self, values: Numbers, seen: Numbers) -> Numbers:
        """How much of each column a curve keeps."""
        return np.asarray(1 / (1 + self._stiffness(values, seen)[..., None] * self.penalty))

    def _stiffness(self, values: Numbers, seen: Numbers) -> Numbers:
        """The penalty that predicts draws best that were left out."""
        n = values.shape[-1]
        kept = 1 / (1 + STIFF[:, None] * self.penalty)  # (penalties, p)
        rest = np.maximum((values**2).sum(axis=-1) - (seen**2).sum(axis=-1), 0.0)
        error = rest[..., None] + (seen**2) @ ((1 - kept) ** 2).T
        return np.asarray(STIFF[np.argmin(error / (n - kept.sum(axis=1)) ** 2, axis=-1)])


def scores(parts: Numbers) -> Numbers:
    """The ranks of n numbers as quantiles of a standard normal law."""
    return np.asarray(ndtri((rankdata(parts) - 0.5) / len(parts)))


def of_one(parts: Numbers) -> Curve:
    """A curve over one unknown. parts: (n,), by which its draws are ordered."""
    order = np.rint(rankdata(parts, method="ordinal")).astype(np.int64) - 1
    basis, penalty = _spline(len(parts))
    return Curve(basis[order], penalty)


def of_several(parts: Sequence[Numbers]) -> Curve:
    """A curve over some unknowns together. Raises TooMany."""
    if len(parts) == 1:
        return of_one(parts[0])
    each, draws = [scores(one) for one in parts], len(parts[0])
    if (len(parts) + 1) * DRAWS_EACH > draws:
        raise TooMany(len(parts), draws)
    columns = list(each)
    bends = [one**2 - 1 for one in each]
    products = [one * other for one, other in combinations(each, 2)] if len(parts) <= PRODUCTS else []
    for more in (bends, products):
        if (len(columns) + len(more) + 1) * DRAWS_EACH <= draws:
            columns += more
    return _shrunk(np.column_stack(columns))


def _shrunk(columns: Numbers) -> Curve:
    """Ridge regression on columns, all as steep as each other."""
    centred = columns - columns.mean(axis=0)
    left, sizes, _ = np.linalg.svd(centred / centred.std(axis=0), full_matrices=False)
    there = sizes > 1e-8 * sizes[0]
    n = len(columns)
    basis = np.column_stack([np.full(n, 1 / np.sqrt(n)), left[:, there]])
    return Curve(basis, np.concatenate([[0.0], n / sizes[there] ** 2]))


@cache
def _spline(draws: int) -> tuple[Numbers, Numbers]:
    """The basis at the normal scores of n ordered draws, from smooth to rough, and what each column is penalised."""
    at = scores(np.arange(draws, dtype=np.float64))
    knots = np.quantile(at, np.linspace(0, 1, KNOTS))
    spline = CubicSpline(knots, np.eye(KNOTS), bc_type="natural")
    q, r = np.linalg.qr(spline(at))
    back = np.linalg.inv(r)
    sizes, turned = np.linalg.eigh(back.T @ _roughness(spline, knots) @ back)
    order = np.argsort(sizes)
    basis, penalty = q @ turned[:, order], np.maximum(sizes[order], 0.0)
    penalty[:2] = 0.0  # a constant and a straight line have no bend
    straight = np.column_stack([np.ones(draws), at])
    basis[:, :2] = np.linalg.qr(straight)[0]
    return basis, penalty / penalty[2]


def _roughness(spline: CubicSpline, knots: Numbers) -> Numbers:
    """The integral of the product of every two second derivatives, which are straight between knots."""
    bends = spline(knots, 2)
    long = np.diff(knots)[:, None, None]
    first, last = bends[:-1, :, None], bends[1:, :, None]
    other, end = bends[:-1, None, :], bends[1:, None, :]
    return np.asarray((long * (2 * first * other + 2 * last * end + first * end + last * other) / 6).sum(axis=0))
