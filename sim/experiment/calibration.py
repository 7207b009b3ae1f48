"""Calibration: which values of what nobody knows are left by published figures, and which the figures say nothing of.

History matching in waves: the model is run at draws, each figure is told by a metamodel of the unknowns that move it,
and a point is ruled out where a figure lies more than three standard deviations off its target: of the published
figure, of what a true model may still miss it by, of the metamodel, and of chance. The next wave is drawn from what is
left. Then rejection sampling on the metamodels of the last wave; unknowns that move no target stay as they are drawn.

Source: Craig, Goldstein, Seheult and Smith 1997 (history matching); Andrianakis et al. 2015, PLoS Comput Biol
11:e1003968 (of a stochastic model, in waves); Pukelsheim 1994, Am Stat 48:88 (three standard deviations); Kennedy and
O'Hagan 2001, J R Stat Soc B 63:425 (discrepancy).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.config.register import GOODWILL
from sim.config.targets import BESIDE, Target
from sim.errors import BadInput
from sim.experiment.decisive import Columns, fit
from sim.experiment.draws import Draws, draw, places
from sim.experiment.metamodel import Metamodel, metamodel

Numbers = NDArray[np.float64]
Parts = Mapping[str, Numbers]
Simulate = Callable[[Draws, int], tuple[Numbers, Numbers]]
"""Numerators and denominators of T targets at N draws, twice: (T, N, 2). The number is of the first draw."""

RULED_OUT = 3.0  # standard deviations off a target
BLOCK, BLOCKS = 1 << 16, 16  # points of the prior looked at on the metamodels at a time, and at most
KEPT_DRAWS, FEWEST_DRAWS = 1024, 256  # of the posterior
SOLVED_FOR = "died_outside_hospital_share"  # the target from which g follows where nothing is calibrated
APART = 1_000_003  # between the seeds of two waves


class Wave(NamedTuple):
    """A wave of runs. models: of each target, from its runs and those before that were not ruled out. chance: variance
    of one replication of each. left: share of the prior that neither it nor a wave before rules out. alone: share that
    each target leaves by itself in this wave. runs: draws its models rest on."""

    draws: Draws
    numerators: Numbers
    denominators: Numbers
    models: tuple[Metamodel, ...]
    chance: Numbers
    left: float
    alone: tuple[float, ...]
    runs: int


class Calibrated(NamedTuple):
    """posterior: by kept unknown, where in its law each draw lies. prior: draws by the laws. found: numerators and
    denominators at the first draws of the posterior, simulated."""

    waves: tuple[Wave, ...]
    posterior: Parts
    prior: Draws
    found: tuple[Numbers, Numbers]

    @property
    def kept(self) -> tuple[str, ...]:
        """Unknowns that move a target."""
        return tuple(self.posterior)


class Calibration:
    """targets: with keys, the unknowns that can move a run. simulate: the model, or whatever stands in its place.
    many: draws of a wave."""

    def __init__(
        self, targets: Sequence[Target], keys: Collection[str], simulate: Simulate, seed: int, many: int
    ) -> None:  # fmt: skip
        self.targets, self._keys, self._simulate, self._seed, self._many = targets, keys, simulate, seed, many
        self.frees = GOODWILL in keys and any(target.measure == SOLVED_FOR for target in targets)
        self._waves: list[Wave] = []
        self._kept: tuple[str, ...] = (GOODWILL,) if self.frees else ()

    def run(self, waves: int, again: int) -> Calibrated:
        """All waves, then draws of what is left; the model is run once more at the first of them.

        again: how many. Raises BadInput where nothing is left.
        """
        for number in range(waves):
            self._waves.append(self._wave(number))
        posterior = self._posterior(waves)
        at = draw(again, self._seed_of(waves + 1), {key: parts[:again] for key, parts in posterior.items()})
        found = self._simulate(at, waves * self._many)
        return Calibrated(tuple(self._waves), posterior, self.prior(KEPT_DRAWS), found)

    def prior(self, many: int, given: Parts | None = None, wave: int = 0) -> Draws:
        """Draws by the laws; g by itself where it is what the targets are asked for."""
        seed = self._seed_of(wave)
        free = {GOODWILL: places(GOODWILL, many, seed)} if self.frees else {}
        return draw(many, seed, free | dict(given or {}))

    def _wave(self, number: int) -> Wave:
        given = self._design(number) if number else {}
        draws = self.prior(self._many, given, number)
        tops, bottoms = self._simulate(draws, number * self._many)
        rough = Wave(draws, tops, bottoms, (), np.zeros(0), 0.0, (), 0)
        return self._fitted([*self._waves, rough])

    def _fitted(self, waves: Sequence[Wave]) -> Wave:
        """The last of some waves with its metamodels, and what it leaves of the prior."""
        every = {key: np.concatenate([wave.draws.parts[key] for wave in waves]) for key in self._moved(waves[0])}
        figures = np.concatenate([self._figures(wave) for wave in waves], axis=1)
        inside = self._plausible(every)
        chance = ((figures[:, :, 0] - figures[:, :, 1]) ** 2).mean(axis=1) / 2
        parts = {key: one[inside] for key, one in every.items()}
        columns = Columns(parts)
        models = [self._model(place, figures[place, inside], columns, chance[place]) for place in range(len(figures))]
        self._kept = tuple(dict.fromkeys([*self._kept, *(key for model in models for key in model.keys)]))
        wave = waves[-1]._replace(models=tuple(models), chance=chance, runs=int(inside.sum()))
        left, alone = self._left(wave, len(waves))
        return wave._replace(left=left, alone=alone)

    def _model(self, place: int, figures: Numbers, columns: Columns, chance: float) -> Metamodel:
        """The metamodel of one target: the unknowns that moved it in a wave before, and those that do now."""
        before = self._waves[-1].models[place].keys if self._waves else ()
        keys = dict.fromkeys([*before, *(driver.key for driver in fit(figures, columns).drivers)])
        parts = dict(zip(columns.keys, columns.parts, strict=True))
        return metamodel(figures.mean(axis=1), chance / figures.shape[1], tuple(keys), parts)

    def _figures(self, wave: Wave) -> Numbers:
        """Each target's figure in every run. Raises BadInput where a run has none."""
        with np.errstate(divide="ignore", invalid="ignore"):
            figures = wave.numerators / wave.denominators
        for target, one in zip(self.targets, figures, strict=True):
            if np.isnan(one).any():
                raise BadInput(target.not_there)
        return np.asarray(figures)

    def _moved(self, wave: Wave) -> tuple[str, ...]:
        return tuple(key for key in wave.draws.parts if key in self._keys)

    def _seed_of(self, wave: int) -> int:
        return self._seed + APART * wave

    def _points(self, purpose: int) -> Iterator[dict[str, Numbers]]:
        """Points of the prior of the kept unknowns, a block at a time."""
        for block in range(BLOCKS):
            seed = self._seed_of(1000 * (purpose + 1) + block)
            yield {key: places(key, BLOCK, seed) for key in self._kept} or {"": np.zeros(BLOCK)}

    def implausibility(self, wave: Wave, parts: Parts) -> Numbers:
        """How many standard deviations each target is off at each point, (T, N)."""
        off = [np.abs(mean - target.value) / np.sqrt(spread) for target, mean, spread in self._told(wave, parts)]
        return np.array(off)

    def _told(self, wave: Wave, parts: Parts) -> Iterator[tuple[Target, Numbers, Numbers]]:
        """What the metamodels say of each target at each point: the figure, and the variance of its distance."""
        for target, model, chance in zip(self.targets, wave.models, wave.chance, strict=True):
            mean, variance = model.at(parts)
            beside = chance if target.chance == BESIDE else 0.0
            yield target, mean, variance + target.error**2 + target.discrepancy**2 + beside

    def _plausible(self, parts: Parts, waves: Sequence[Wave] | None = None) -> NDArray[np.bool_]:
        inside = np.ones(len(next(iter(parts.values()))), dtype=np.bool_)
        for wave in self._waves if waves is None else waves:
            inside &= self.implausibility(wave, parts).max(axis=0) <= RULED_OUT
        return inside

    def _left(self, wave: Wave, number: int) -> tuple[float, tuple[float, ...]]:
        """Share of the prior that is left by all waves and by each target alone. Raises BadInput where none is."""
        points = next(self._points(number))
        alone = tuple(map(float, (self.implausibility(wave, points) <= RULED_OUT).mean(axis=1)))
        left = float(self._plausible(points, [*self._waves, wave]).mean())
        if not left and not self._enough(1, number, [*self._waves, wave]):
            raise BadInput(f"no point is plausible: {self._why(alone)}")
        return left, alone

    def _why(self, alone: Sequence[float]) -> str:
        least = min(range(len(alone)), key=lambda place: alone[place])
        target = self.targets[least]
        asked = f"nothing that nobody knows brings the model within {RULED_OUT:g} standard deviations of"
        if alone[least] == 0:
            return f"{asked} {target.name} ({target.value:g}); widen its range or discrepancy, or leave it out"
        said = ", ".join(f"{one.name} {100 * share:.1f} %" for one, share in zip(self.targets, alone, strict=True))
        return f"{asked} all targets at once (each alone leaves {said}); widen a range or discrepancy, or leave one out"

    def _enough(self, many: int, purpose: int, waves: Sequence[Wave]) -> dict[str, Numbers]:
        """The first plausible points of the prior, as many as asked; nothing where there are fewer."""
        found: list[dict[str, Numbers]] = []
        there = 0
        for points in self._points(purpose):
            inside = self._plausible(points, waves)
            found.append({key: one[inside] for key, one in points.items()})
            there += int(inside.sum())
            if there >= many:
                return {key: np.concatenate([one[key] for one in found])[:many] for key in points}
        return {}

    def _design(self, number: int) -> dict[str, Numbers]:
        """Where the kept unknowns lie in the draws of a wave. Raises BadInput where too little is left."""
        found = self._enough(self._many, number, self._waves)
        if not found:
            raise BadInput(f"hardly a point is plausible: fewer than {self._many} of {BLOCK * BLOCKS:,}; widen a range")
        return {key: one for key, one in found.items() if key}

    def _posterior(self, waves: int) -> Parts:
        """Draws of the kept unknowns by rejection. Raises BadInput where too few are accepted."""
        last = self._waves[-1]
        accepted: dict[str, Numbers] = {}
        blocks: list[tuple[dict[str, Numbers], Numbers]] = []
        for number, points in enumerate(self._points(waves), start=1):
            told = self._told(last, points)
            terms = [(mean - target.value) ** 2 / spread + np.log(spread) for target, mean, spread in told]
            blocks.append((points, np.where(self._plausible(points), -0.5 * np.sum(terms, axis=0), -np.inf)))
            accepted = self._accepted(blocks)
            if number >= 2 and len(next(iter(accepted.values()))) >= KEPT_DRAWS:
                break
        there = len(next(iter(accepted.values())))
        if there < FEWEST_DRAWS:
            raise BadInput(f"too little is left: {there} of {len(blocks) * BLOCK:,} points accepted; widen a range")
        return {key: parts[:KEPT_DRAWS] for key, parts in accepted.items() if key}

    def _accepted(self, blocks: Sequence[tuple[dict[str, Numbers], Numbers]]) -> dict[str, Numbers]:
        logs = np.concatenate([log for _, log in blocks])
        uniform = np.random.default_rng([self._seed, 17]).random(len(logs))
        taken = np.log(uniform) < logs - logs.max()
        return {key: np.concatenate([points[key] for points, _ in blocks])[taken] for key in blocks[0][0]}
