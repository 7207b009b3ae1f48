"""A decision at a price, as tables: which scenario is best, what it would be worth to know more, pounds for a gain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import binomtest

from sim.config.register import DIRICHLET, TARGET, register
from sim.experiment import information, net_benefit
from sim.experiment.closing import SIDES
from sim.experiment.decisive import Columns
from sim.experiment.drawn_study import DrawnStudy
from sim.experiment.information import Worth
from sim.experiment.net_benefit import CHILD, COST, NIGHT
from sim.experiment.smooth import Curve, TooMany, of_one, of_several

Numbers = NDArray[np.float64]

STEPS, TIMES = 20, 2.0  # of the prices asked about: as many steps, up to so many times
ABOVE, NOT_ABOVE, TOO_MANY = "above_noise", "not_above_noise", "too_many_unknowns"
EVERYTHING, UNKNOWN, WHOLE, GROUP = "everything", "unknown", "whole", "group"
PRICES = ["value_per_child_kept_at_home", "value_per_night_closed"]
ACCEPTABILITY = [*PRICES, "scenario", "probability_best", "low", "high", "net_benefit", "best_on_average", "evpi"]
ACCEPTABILITY += ["evpi_low", "evpi_high"]
INFORMATION = ["of", "place", "name", "unknowns", *PRICES, "value", "low", "high", "noise", "says", "grade"]
INFORMATION += ["who_could_find_out"]
COST_PER_GAIN = ["baseline", "scenario", "gain", "gained", "cost_difference", "gbp_per_gain", "gbp_low", "gbp_high"]
COST_PER_GAIN += ["draws_low", "draws_high", "says", "bought", "won", "given_up", "lost", "draws"]


class Prices(NamedTuple):
    """Pounds that a commissioner would pay for a child kept at home, and for a night closed."""

    child: float
    night: float

    def times(self, many: float) -> Prices:
        """Both so many times."""
        return Prices(self.child * many, self.night * many)

    @property
    def by_gain(self) -> dict[str, float]:
        """The same by what is gained."""
        return {CHILD: self.child, NIGHT: self.night}


class Decision:
    """A study at draws, with what its scenarios gain and cost beyond the first."""

    def __init__(self, study: DrawnStudy) -> None:
        self.study = study
        yearly = net_benefit.yearly(study.figures)
        self.more = {name: net_benefit.beyond_first(values) for name, values in yearly.items()}
        self._columns = Columns(study.parts)

    def gains(self, prices: Prices) -> tuple[Numbers, Numbers]:
        """Net benefit beyond the first scenario, (scenarios - 1, D): means of each draw, and with chance taken out."""
        found = net_benefit.worth(self.more, prices.by_gain)
        return found.mean(axis=2), net_benefit.without_chance(found, self._columns)


def acceptability(decision: Decision, prices: Prices) -> pd.DataFrame:
    """How probable it is that each scenario is best, from no price to twice what is asked about."""
    rows = [
        row for step in range(STEPS + 1) for row in _at_price(decision, prices.times(TIMES * step / STEPS))
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=ACCEPTABILITY)


def worth_knowing(decision: Decision, prices: Prices, groups: Sequence[str] = ()) -> pd.DataFrame:
    """What it would be worth to know everything, each unknown, and groups of them, a year.

    groups: beginnings of keys; none: one for all that the same people could find out.
    """
    raw, without = decision.gains(prices)
    parts = decision.study.parts
    alone = {key: of_one(part) for key, part in parts.items() if not _of_a_whole(key)}
    together, refused = _curves(parts, {**_wholes(parts), **(_beginning(parts, groups) or _by_who(parts))})
    rows: list[tuple[object, ...]] = []
    value, low, high = information.perfect(without)
    rows.append((EVERYTHING, 1, "", len(parts), *prices, value, low, high, np.nan, "", "", ""))
    found = information.partial(raw, alone)
    for place, (key, one) in enumerate(sorted(found.items(), key=lambda pair: -pair[1].value), start=1):
        number = register()[key]
        rows.append((UNKNOWN, place, key, 1, *prices, *_told(one, value, high), number.grade, number.who))
    grouped = information.partial(raw, {name: curve for name, (_, curve) in together.items()}, alike=False)
    for place, (name, one) in enumerate(sorted(grouped.items(), key=lambda pair: -pair[1].value), start=1):
        keys = together[name][0]
        rows.append((_kind(name), place, name, len(keys), *prices, *_told(one, value, high), "", _who(keys)))
    for name, keys in refused.items():
        nothing = (np.nan,) * 4
        rows.append((_kind(name), np.nan, name, len(keys), *prices, *nothing, TOO_MANY, "", _who(keys)))
    return pd.DataFrame(rows, columns=INFORMATION)


def cost_per_gain(decision: Decision) -> pd.DataFrame:
    """Pounds for a child kept at home and for a night closed, of every scenario against the first."""
    names = decision.study.scenarios
    without = {name: net_benefit.without_chance(values, decision._columns) for name, values in decision.more.items()}
    rows = []
    for place, scenario in enumerate(names[1:]):
        for gain in (CHILD, NIGHT):
            cost, gained = (decision.more[name][place].mean(axis=1) for name in (COST, gain))
            found = net_benefit.ratio(cost, gained, without[COST][place], without[gain][place])
            rows.append(
                (names[0], scenario, gain, float(gained.mean()), float(cost.mean()), *found[:6],
                 *(found.sides[word] for word in SIDES.values()), decision.study.draws)
            )  # fmt: skip
    return pd.DataFrame(rows, columns=COST_PER_GAIN)


def _at_price(decision: Decision, prices: Prices) -> Iterator[tuple[object, ...]]:
    _, gains = decision.gains(prices)
    shares, draws = information.probability_best(gains), gains.shape[1]
    means = [0.0, *gains.mean(axis=1)]
    evpi = information.perfect(gains)
    for place, scenario in enumerate(decision.study.scenarios):
        ends = binomtest(round(shares[place] * draws), draws).proportion_ci(method="exact")
        best = "yes" if place == int(np.argmax(means)) else "no"
        yield (*prices, scenario, float(shares[place]), ends.low, ends.high, float(means[place]), best, *evpi)


def _told(one: Worth, most: float, high: float) -> tuple[object, ...]:
    """No part of what is not known is worth more than all of it."""
    return (*one.at_most(most, high), ABOVE if one.above_noise else NOT_ABOVE)


def _curves(
    parts: Mapping[str, Numbers], groups: Mapping[str, Sequence[str]]
) -> tuple[dict[str, tuple[Sequence[str], Curve]], dict[str, Sequence[str]]]:
    """A curve for every group, with its keys; and the groups that are too large for the draws."""
    found: dict[str, tuple[Sequence[str], Curve]] = {}
    refused: dict[str, Sequence[str]] = {}
    for name, keys in groups.items():
        try:
            found[name] = (keys, of_several([parts[key] for key in keys]))
        except TooMany:
            refused[name] = keys
    return found, refused


def _of_a_whole(key: str) -> bool:
    return register()[key].law == DIRICHLET


def _wholes(parts: Mapping[str, Numbers]) -> dict[str, list[str]]:
    """The unknowns that are parts of a whole, by its name: they are one unknown."""
    found: dict[str, list[str]] = {}
    for key in filter(_of_a_whole, parts):
        found.setdefault(register()[key].group, []).append(key)
    return found


def _by_who(parts: Mapping[str, Numbers]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key in parts:
        found.setdefault(register()[key].who, []).append(key)
    return found


def _beginning(parts: Mapping[str, Numbers], groups: Sequence[str]) -> dict[str, list[str]]:
    """The unknowns of each group, by how their keys begin."""
    return {group: members(parts, group) for group in groups}


def members(keys: Mapping[str, Numbers], group: str) -> list[str]:
    """The keys that belong to a group: that of its name, and all below it; ``+`` joins several names."""
    names = group.split("+")
    return [key for key in keys if any(key == name or key.startswith(f"{name}.") for name in names)]


def _kind(name: str) -> str:
    return WHOLE if any(one.group == name and one.law == DIRICHLET for one in register().values()) else GROUP


def _who(keys: Sequence[str]) -> str:
    return "; ".join(dict.fromkeys(register()[key].who for key in keys if key in register() or key == TARGET))
