"""What scenarios gain and cost at every draw: children kept at home, nights closed, pounds; and what that is worth.

A child is kept at home if its family wants that and has none of the three worst fates: home not offered, in hospital
after a failure, or otherwise to the end. A night is closed if somebody funded could come. Net benefit is what a
commissioner would pay for them, less the whole cost, a year, for all areas of the study.

Source: Stinnett and Mullahy 1998, Med Decis Making 18:S68 (net benefit); Briggs, Sculpher and Claxton 2006, Decision
Modelling for Health Economic Evaluation, chapters 4 and 5 (ratios of means, acceptability curves).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.experiment.closing import NOT_DECIDED, SIDES, side
from sim.experiment.decisive import Columns, fit
from sim.experiment.information import ENDS, KEY, RESAMPLES

Numbers = NDArray[np.float64]

CHILD, NIGHT, COST = "child_kept_at_home", "night_closed", "cost"
NEEDED = (  # measures of all areas
    *("families_wanting_home_per_year", "worst_three_fates_share", "child_nights_per_year"),
    *("child_nights_without_visit_achieved_share", "total_cost"),
)


class Ratio(NamedTuple):
    """Pounds for one of what is gained. value: of the means, NaN where the gain may be nought, with its 95 % interval.
    first, last: the middle 95 % of draws, NaN where the gain has not its sign in as many. says: ``bought`` (gained,
    dearer), ``won`` (gained, cheaper), ``given_up``, ``lost`` or ``not_decided``. sides: share of draws in each."""

    value: float
    low: float
    high: float
    first: float
    last: float
    says: str
    sides: Mapping[str, float]


def yearly(figures: Mapping[str, Numbers]) -> dict[str, Numbers]:
    """Children kept at home, nights closed (from none) and cost a year, each (scenarios, D, replications)."""
    return {
        CHILD: figures["families_wanting_home_per_year"] * (1 - figures["worst_three_fates_share"]),
        NIGHT: -figures["child_nights_per_year"] * figures["child_nights_without_visit_achieved_share"],
        COST: figures["total_cost"],
    }


def beyond_first(values: Numbers) -> Numbers:
    """What every scenario has more than the first, at the same draws and chance: (scenarios - 1, D, replications)."""
    return np.asarray(values[1:] - values[0])


def worth(more: Mapping[str, Numbers], prices: Mapping[str, float]) -> Numbers:
    """Net benefit beyond the first scenario. more: of each of ``yearly``. prices: pounds by what is gained."""
    return np.asarray(sum(price * more[name] for name, price in prices.items()) - more[COST])


def without_chance(values: Numbers, columns: Columns) -> Numbers:
    """(scenarios - 1, D): the mean of each draw, chance taken out."""
    return np.array([fit(one, columns).means for one in values])


def ratio(cost: Numbers, gained: Numbers, cost_means: Numbers, gained_means: Numbers) -> Ratio:
    """Pounds for one of what is gained. cost, gained: (D,), means of the replications of each draw, beyond the first
    scenario. cost_means, gained_means: the same with chance taken out."""
    counts = np.random.default_rng([KEY, len(cost), 2]).multinomial(
        len(cost), np.full(len(cost), 1 / len(cost)), size=RESAMPLES
    )
    tops, bottoms = counts @ cost / len(cost), counts @ gained / len(cost)
    sides = [side(*np.quantile(one, ENDS)) for one in (bottoms, tops)]
    value, low, high = np.nan, np.nan, np.nan
    if sides[0]:
        value, (low, high) = cost.mean() / gained.mean(), np.quantile(tops / bottoms, ENDS)
    signs = np.sign(gained_means)
    ends = (np.nan, np.nan)
    if max((signs > 0).mean(), (signs < 0).mean()) >= ENDS[1]:
        same = signs == np.sign(gained_means.mean())
        ends = tuple(np.quantile(cost_means[same] / gained_means[same], ENDS))
    each = list(zip(signs, np.sign(cost_means), strict=True))
    shares = {word: float(np.mean([one == place for one in each])) for place, word in SIDES.items()}
    says = SIDES.get((sides[0], sides[1]), NOT_DECIDED)
    return Ratio(float(value), float(low), float(high), float(ends[0]), float(ends[1]), says, shares)
