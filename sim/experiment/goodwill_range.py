"""Goodwill withdrawn, told over what nobody knows: how many families go home with nobody on call (a).

Withdrawing goodwill takes away what it made possible (g), and for each a there is another g that agrees with today. So
a scenario without g is simulated beside the baseline at both ends of the shipped ridge too, on fewer replications.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sim.config.ridge import OnRidge, corners, shipped_ridge
from sim.config.structure import is_shipped
from sim.experiment import estimate
from sim.experiment.beside import Beside
from sim.experiment.compare import ratio_difference
from sim.experiment.conduct import conduct
from sim.experiment.execute import Progress
from sim.experiment.observations import Observations
from sim.experiment.study import COMPARISONS, Study
from sim.experiment.units import Shelf
from sim.measures.headlines import OVER_HOME_ANYWAY as MEASURES

if TYPE_CHECKING:
    from sim.config import Plan

REPLICATIONS = 8  # of the ends; the shipped a has all those of the study
COLUMNS = ["baseline", "scenario", "home_anyway", "goodwill_makes_home", "replications", "measure", "unit"]
COLUMNS += ["baseline_mean", "scenario_mean", "difference", "alone_low", "alone_high"]
ROUNDED = 0.006  # the shipped g is a number with two digits
WORDS = "a, who goes home with nobody on call and no goodwill, is {a:g}, and g {g:g}; no file to run by itself"


@dataclass(frozen=True)
class Corner:
    """One end of the ridge. of: name of the scenario at this end, by its name in the study."""

    anyway: float
    goodwill: float
    of: dict[str, str]


def withdrawn(study: Study) -> tuple[str, ...]:
    """The scenarios that are told as a range: those of which and of the baseline one has no g where the other has.

    None where a, g or a rule that g is solved for is not the shipped one, for then nothing is known of the other ends.
    """
    if study.verb not in COMPARISONS:
        return ()
    if not all(plan.origin is None or is_shipped(plan.origin.composed.config) for plan in study.plans):
        return ()
    base, *others = (plan.scenario for plan in study.plans)
    there = [one for one in others if (one.place.goodwill_makes_home == 0) != (base.place.goodwill_makes_home == 0)]
    known = all(_shipped(one.place.home_anyway, one.place.goodwill_makes_home) for one in (base, *there))
    return tuple(one.name for one in there) if known else ()


def of_one_a(study: Study) -> dict[str, float]:
    """a of every scenario in which goodwill makes no place at home and that is not told over a; by name."""
    told = withdrawn(study)
    base = study.scenarios[0].name
    ranged = {base, *told} if told else set()
    return {
        one.name: one.place.home_anyway
        for one in study.scenarios
        if one.place.goodwill_makes_home == 0 and one.place.home_anyway < 1 and one.name not in ranged
    }


def beside(study: Study) -> tuple[Beside | None, tuple[Corner, ...]]:
    """The study of both ends, and what they are; none where no scenario is told as a range."""
    told = withdrawn(study)
    base = study.plans[0]
    plans, found = [], []
    for end in _ends(base.scenario.place.home_anyway) if told else ():
        here = [_at(plan, end) for plan in study.plans if plan.scenario.name in (base.scenario.name, *told)]
        names = zip((base.scenario.name, *told), (one.scenario.name for one in here), strict=True)
        found.append(Corner(end.anyway, end.goodwill, dict(names)))
        plans += here
    return (Beside(study.verb, tuple(plans)), tuple(found)) if plans else (None, ())


def identity(study: Study) -> dict[str, str]:
    """What the numbers of a study come from, with those of both ends."""
    ends, _ = beside(study)
    return study.identity if ends is None else {**ends.identity, **study.identity}


def at_the_ends(study: Study, shelf: Shelf, progress: Progress | None = None) -> Observations | None:
    """What both ends gave, filed beside the units of the study; None where no scenario is told as a range."""
    ends, _ = beside(study)
    return None if ends is None else conduct(ends, shelf, progress).seen


def rows(study: Study, seen: Observations, ends: Observations | None) -> Iterator[tuple[object, ...]]:
    """A row for each scenario, a and measure, from the least a to the most; none where nothing is told as a range."""
    base, told = study.scenarios[0], withdrawn(study)
    if ends is None:
        return
    goodwill = max(one.place.goodwill_makes_home for one in study.scenarios)
    shipped = Corner(base.place.home_anyway, goodwill, {name: name for name in (base.name, *told)})
    places = [(shipped, seen), *((corner, ends) for corner in beside(study)[1])]
    for name in told:
        for corner, found in sorted(places, key=lambda place: place[0].anyway):
            for measure in MEASURES:
                figures = _figures(found, measure, corner.of[base.name], corner.of[name])
                if figures is not None:
                    many = found.numerators.shape[2]
                    yield (base.name, name, corner.anyway, corner.goodwill, many, measure, "share", *figures)


def _figures(seen: Observations, measure: str, base: str, other: str) -> tuple[float, ...] | None:
    key = (measure, "england", "England")
    if key not in seen.keys:
        return None
    row, sides = seen.keys.index(key), [seen.scenarios.index(name) for name in (base, other)]
    base_sums, other_sums = ((seen.numerators[[s], row], seen.denominators[[s], row]) for s in sides)
    means = [float(estimate.ratio(*pair).mean[0]) for pair in (base_sums, other_sums)]
    found = ratio_difference(base_sums, other_sums, 1.0)
    return (*means, float(found.mean[0]), float(found.low[0]), float(found.high[0]))


def _ends(anyway: float) -> list[OnRidge]:
    """The least and the most a with a solution, but for the shipped one."""
    there = corners(shipped_ridge())
    return [one for one in (there[0], there[-1]) if one.anyway != anyway] if there else []


def _shipped(anyway: float, goodwill: float) -> bool:
    near = [one for one in corners(shipped_ridge()) if abs(one.anyway - anyway) < 1e-9]
    return any(goodwill == 0 or abs(one.goodwill - goodwill) < ROUNDED for one in near)


def _at(plan: Plan, end: OnRidge) -> Plan:
    """A scenario at one end of the ridge; one without g stays without."""
    scenario, settings = plan.scenario, plan.settings
    goodwill = end.goodwill if scenario.place.goodwill_makes_home else 0.0
    place = replace(scenario.place, home_anyway=end.anyway, goodwill_makes_home=goodwill)
    resolved = f"# {scenario.name} where {WORDS.format(a=end.anyway, g=goodwill)}\n{plan.resolved}"
    many = min(REPLICATIONS, settings.replications)
    return replace(
        plan, scenario=replace(scenario, place=place, name=f"{scenario.name}_anyway_{round(100 * end.anyway)}_percent"),
        settings=replace(settings, replications=many, precision=None, keep="none", shard=None), resolved=resolved,
        fingerprint=hashlib.sha256(resolved.encode()).hexdigest(),
    )  # fmt: skip
