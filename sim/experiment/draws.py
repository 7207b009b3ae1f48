"""What the unknown numbers could be instead: joint draws of all of them by the laws of the register.

Latin-hypercube draws: of every unknown each of n equal parts of its law is drawn once, and which goes with which is
chance. The draws of one unknown are keyed by its name: another row of the register changes no other draw. What is
drawn does not depend on a scenario, so all scenarios are compared on the same draws.

Source: McKay, Beckman and Conover 1979, Technometrics 21:239 (Latin hypercube); Vose 2008, Risk Analysis, section 10.3
(PERT); Iman and Conover 1982, Commun Stat B 11:311 (correlated ranks), here by a Gaussian copula.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats
from scipy.stats import qmc

from sim.config.register import (
    ANYWAY,
    DIRICHLET,
    GOODWILL,
    TARGET,
    Number,
    open_in,
    parts_of,
    register,
    repaired,
    unknowns,
)
from sim.config.ridge import shipped_ridge, solved
from sim.config.structure import not_solved
from sim.errors import BadInput
from sim.experiment.even import largest_correlation

if TYPE_CHECKING:
    from sim.config import Plan

Numbers = NDArray[np.float64]

WIDTH = {"95 %": 2 * float(stats.norm.ppf(0.975)), "quartiles": 2 * float(stats.norm.ppf(0.75))}  # in SDs
PERT_WEIGHT = 4.0  # of what is most likely, beside the two ends
LEAST_CONCENTRATED = 1.0  # a Dirichlet law of parts whose ranges say nothing


class Draws(NamedTuple):
    """n joint draws. parts: by key of an unknown that is not tied to another, where in its law each draw lies (0 to 1).
    values: by key of every unknown. goodwill: g of each draw; unsolved: whether there was none, and the nearest was
    taken."""

    parts: Mapping[str, Numbers]
    values: Mapping[str, Numbers]
    goodwill: Numbers
    unsolved: NDArray[np.bool_]

    @property
    def many(self) -> int:
        """How many."""
        return len(self.goodwill)

    @property
    def largest_correlation(self) -> float:
        """Between the draws of any two unknowns, by chance: with few draws one may stand for another."""
        return largest_correlation(np.column_stack([*self.parts.values()]))

    def line(self) -> str:
        """What to know of the draws, in a line."""
        said = f"{len(self.parts)} unknowns; two of them correlated by up to {self.largest_correlation:.2f} by chance; "
        if GOODWILL in self.parts:
            return f"{said.removesuffix('; ')} or by what was calibrated"
        return f"{said}{int(self.unsolved.sum())} of {self.many} draws have no g that solves them: the nearest is taken"


def draw(many: int, seed: int, given: Mapping[str, Numbers] | None = None) -> Draws:
    """Joint draws of everything that nobody knows.

    given: of some unknowns, where in its law each draw lies. With g among them g is what is given, by a uniform law,
    and follows from nothing: there is no target that it is solved for.
    """
    given = given or {}
    parts = {one.key: places(one.key, many, seed) for one in unknowns() if one.leads == one.key} | dict(given)
    values: dict[str, Numbers] = {}
    for one in unknowns():
        if one.law != DIRICHLET:
            values[one.key] = quantile(one, _tied(one, parts, many, seed))
    for group in dict.fromkeys(one.group for one in unknowns() if one.law == DIRICHLET):
        values |= _whole(group, parts)
    if GOODWILL in given:
        goodwill = np.asarray(given[GOODWILL], dtype=np.float64)
        without = [{key: one for key, one in of.items() if key != TARGET} for of in (parts, values)]
        return Draws(without[0], without[1] | {GOODWILL: goodwill}, goodwill, np.zeros(many, dtype=np.bool_))
    ridge = shipped_ridge()
    found = [solved(ridge, a, target) for a, target in zip(values[ANYWAY], values[TARGET], strict=True)]
    return Draws(parts, values, np.array([g for g, _ in found]), np.array([not there for _, there in found]))


def drawn(plan: Plan, draws: Draws, number: int) -> Plan:
    """A plan at one of the draws (from 0), called after it; numbers that it sets itself stay as they are."""
    made = plan.changed(at_draw(plan, draws, number))
    return replace(made, scenario=replace(made.scenario, name=f"{plan.scenario.name}_draw_{number + 1:04d}"))


def at_draw(
    plan: Plan, draws: Draws, number: int, leaders: Collection[str] | None = None
) -> dict[str, float]:  # fmt: skip
    """What changes in a plan at one of the draws. leaders: only these unknowns and those tied to them; None: all.

    Where a is an unknown of the plan and goodwill makes places at home, g follows from a and the target. Raises
    BadInput where it would by the ridge of other rules than the plan's.
    """
    refuse_not_solved(plan)
    numbers = {key: value for key, value, *_ in plan.assumptions}
    wanted = [one for one in open_in(numbers) if leaders is None or one.leads in leaders]
    changes = {one.key: _as(one, draws.values[one.key][number]) for one in wanted}
    if follows(numbers) and leaders is None:
        changes[GOODWILL] = float(draws.goodwill[number])
    elif follows(numbers) and {ANYWAY, TARGET} & set(leaders or ()):
        a, target = (
            draws.values[key][number] if key in (leaders or ()) else register()[key].default for key in (ANYWAY, TARGET)
        )
        changes[GOODWILL] = solved(shipped_ridge(), float(a), float(target))[0]
    assert plan.origin is not None
    return repaired(changes, plan.origin.composed.config)


def refuse_not_solved(plan: Plan) -> None:
    """Raises BadInput for a plan with the shipped g and another rule than those that g and its ridge are solved for."""
    assert plan.origin is not None
    if said := not_solved(plan.origin.composed.config, {key: value for key, value, *_ in plan.assumptions}):
        raise BadInput(f"{plan.scenario.name}: {said}")


def follows(numbers: Mapping[str, float]) -> bool:
    """Whether g of a run follows from a and the target: a and g are the shipped ones. numbers: that it reads."""
    return all(numbers.get(key) == register()[key].default for key in (ANYWAY, GOODWILL))


def moved_by(plan: Plan) -> frozenset[str]:
    """Keys of the unknowns, by the first of those tied together, that can move the figures of a plan."""
    return moved_among({key: value for key, value, *_ in plan.assumptions})


def moved_among(numbers: Mapping[str, float]) -> frozenset[str]:
    """The same by the numbers that a plan reads."""
    return frozenset(one.leads for one in open_in(numbers)) | ({TARGET} if follows(numbers) else set())


def quantile(number: Number, parts: Numbers) -> Numbers:
    """The values of an unknown that is no part of a whole, by where in its law they lie (0 to 1)."""
    low, high, middle = number.low, number.high, number.default
    match number.law:
        case "uniform":
            return np.asarray(low + (high - low) * parts)
        case "triangular":
            return np.asarray(stats.triang.ppf(parts, (middle - low) / (high - low), low, high - low))
        case "pert":
            return _pert(parts, low, middle, high)
        case "whole":
            return np.rint(np.clip(_pert(parts, low - 0.5, middle, high + 0.5), low, high))
        case "beta":
            shape = _concentration(middle, _sd(number))
            return np.asarray(stats.beta.ppf(parts, middle * shape, (1 - middle) * shape))
        case "lognormal":
            spread = math.log(high / low) / WIDTH[number.read_as]
            return np.asarray(middle * np.exp(spread * stats.norm.ppf(parts)))
        case "gamma":
            shape = (middle / _sd(number)) ** 2
            return np.asarray(stats.gamma.ppf(parts, shape, scale=middle / shape))
    raise ValueError(f"laws.csv: {number.key}: law = {number.law}: not known")


def _pert(parts: Numbers, low: float, mode: float, high: float) -> Numbers:
    first = 1 + PERT_WEIGHT * (mode - low) / (high - low)
    return np.asarray(stats.beta.ppf(parts, first, 2 + PERT_WEIGHT - first, low, high - low))


def _whole(group: str, parts: Mapping[str, Numbers]) -> dict[str, Numbers]:
    """The parts of a whole: gamma quantiles over their sum, which is the Dirichlet law."""
    numbers = [register()[key] for key in parts_of(group)]
    total = sum(one.default for one in numbers)
    shares = [one.default / total for one in numbers]
    said = [_concentration(share, _sd(one) / total) for share, one in zip(shares, numbers, strict=True)]
    shape = max(float(np.median(said)), LEAST_CONCENTRATED)
    sizes = [stats.gamma.ppf(parts[one.key], share * shape) for share, one in zip(shares, numbers, strict=True)]
    return {one.key: total * size / np.sum(sizes, axis=0) for one, size in zip(numbers, sizes, strict=True)}


def _sd(number: Number) -> float:
    return (number.high - number.low) / WIDTH[number.read_as]


def _concentration(mean: float, sd: float) -> float:
    """The sum of the two shapes of a beta law."""
    return mean * (1 - mean) / sd**2 - 1


def _tied(number: Number, parts: Mapping[str, Numbers], many: int, seed: int) -> Numbers:
    """Where in its law an unknown lies, given the one that it is tied to."""
    leader = parts[number.leads]
    if number.leads == number.key or number.correlation == 1:
        return leader
    if number.correlation == -1:
        return 1 - leader
    together = 2 * math.sin(math.pi * number.correlation / 6)  # of the normal scores, for that correlation of ranks
    own = stats.norm.ppf(places(number.key, many, seed))
    return np.asarray(stats.norm.cdf(together * stats.norm.ppf(leader) + math.sqrt(1 - together**2) * own))


def places(key: str, many: int, seed: int) -> Numbers:
    """Where in its law an unknown lies in n draws: once in each of n equal parts, in an order of key and seed."""
    sown = int.from_bytes(hashlib.sha256(f"{seed} {key}".encode()).digest()[:8], "big")
    return np.asarray(qmc.LatinHypercube(d=1, rng=np.random.default_rng(sown)).random(many)[:, 0])


def _as(number: Number, value: float) -> float:
    """A value as the configuration wants it."""
    return int(value) if number.law == "whole" else float(value)
