"""Children who die of a life-limiting condition, and what they would want.

Deaths come at random through the year, more of them in winter, area by area; the episode is laid backwards from each
death, so that the caseload is stationary but for the season from the first hour. Nothing here depends on a service.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim import keyed
from sim.demand.embedded import p_prepared
from sim.demand.laws import category, lognormal, quantile
from sim.demand.living_alone import living_alone
from sim.domain import season
from sim.domain.calendar import HOURS_PER_DAY, HOURS_PER_YEAR
from sim.domain.demand import DEATHS_CEILING
from sim.domain.scenario import Scenario
from sim.domain.travel import Spot
from sim.errors import BadInput
from sim.homes import settle
from sim.keyed import Floats, number_of

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

HOSPITAL, HOME, HOSPICE = 0, 1, 2
PREFERENCES = ("hospital", "home", "hospice")


@dataclass(frozen=True, slots=True, eq=False)
class Families:
    """One row a child, ordered by area and death. Times in hours, places in km on the map of ``Area.centre_km``.

    area: row of ``scenario.areas``. number: with the area's code the family's own key. prefers: row of PREFERENCES.
    offer: the uniform that decides whether home is offered. quintile: 1 (most deprived) to 5.
    locality: row of ``sim.homes.localities``. background: no child who dies, but one call of a child who is not at the
    end of life.
    """

    area: Ints
    area_number: Ints
    number: Ints
    start: Floats
    death: Floats
    condition: Ints
    quintile: Ints
    rural: Bools
    locality: Ints
    east: Floats
    north: Floats
    frailty: Floats
    prefers: Ints
    offer: Floats
    prepared: Bools
    advance_care_plan: Bools
    safe_for_one: Bools
    background: Bools

    def __len__(self) -> int:
        return len(self.area)

    @property
    def home(self) -> Spot:
        """Where the families live, as a column of points."""
        return Spot(self.east, self.north, self.locality)

    def followed_by(self, others: Families) -> Families:
        """These rows, then the others'."""
        pairs = ((getattr(self, name), getattr(others, name)) for name in self.__slots__)
        return Families(*(np.concatenate(pair) for pair in pairs))

    def take(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> Families:
        """The same table with only some rows."""
        return Families(*(getattr(self, name)[rows] for name in self.__slots__))


def draw_families(scenario: Scenario, key: tuple[int, int]) -> Families:
    """Every child whose death falls between time 0 and 90 days after the end of demand.

    key: (seed, replication). Adding an area, or making deaths rarer, leaves the other children as they are.
    """
    return draw_attributes(scenario, key, *_deaths(scenario, key))


def draw_attributes(scenario: Scenario, key: tuple[int, int], area: Ints, number: Ints, death: Floats) -> Families:
    """Who the children are that die in these areas (rows) at these hours, and what their families want.

    number: with the area's code the family's own key.
    """
    demand = scenario.demand
    area_number = np.array([number_of(a.code) for a in scenario.areas], dtype=np.int64)[area]

    def draw(purpose: str) -> Floats:
        return keyed.uniform(key, purpose, area_number, number)

    def draw_two(purpose: str) -> tuple[Floats, Floats]:
        return keyed.two_uniforms(key, purpose, area_number, number)

    shares = np.array([condition.share for condition in demand.conditions])
    wants = np.array([condition.p_wants_out_of_hospital for condition in demand.conditions])
    by_condition, by_place = draw_two("condition")
    condition = category(by_condition, shares / shares.sum())
    out, home = draw_two("preference")
    prefers = np.where(out < wants[condition], np.where(home < demand.home_share, HOME, HOSPICE), HOSPITAL)
    rates = np.array([a.deprivation for a in scenario.areas]) * np.array(demand.deprivation_rates)
    quintile = 1 + category(draw("quintile"), (rates / rates.sum(axis=1, keepdims=True))[area])
    homes = settle(scenario, area, draw("home_locality"), by_place, *draw_two("home"))
    length, frailty = draw_two("episode")
    hours = quantile(demand.episode, length)
    prepared, planned = draw_two("prepared")
    safe, offer = draw_two("offer")
    _, takes_two = living_alone(scenario, key, area_number, number)
    return Families(
        area=area,
        area_number=area_number,
        number=number,
        start=death - np.minimum(hours, demand.episode_cap_hours),
        death=death,
        condition=condition,
        quintile=quintile,
        rural=homes.rural,
        locality=homes.locality,
        east=homes.east,
        north=homes.north,
        frailty=_frailty(frailty, demand.frailty_shape),
        prefers=prefers,
        offer=offer,
        prepared=prepared < p_prepared(scenario, condition),
        advance_care_plan=planned < demand.p_advance_care_plan,
        safe_for_one=(safe < demand.p_home_safe_for_one) & ~takes_two,
        background=np.zeros(len(area), dtype=bool),
    )


def _frailty(u: Floats, shape: float) -> Floats:
    return np.asarray(special.gammaincinv(shape, u) / shape) if np.isfinite(shape) else np.ones_like(u)


def _deaths(scenario: Scenario, key: tuple[int, int]) -> tuple[Ints, Ints, Floats]:
    """Rows of areas, candidate numbers and times of the deaths that happen."""
    demand, areas = scenario.demand, scenario.areas
    end = scenario.run.horizon + demand.episode_cap_hours
    refuse_ceiling(scenario, key)
    per_hour = np.array([a.deaths_per_year for a in areas]) * (DEATHS_CEILING / HOURS_PER_YEAR)
    most = per_hour.max(initial=0.0) * end
    columns = int(most + 8 * np.sqrt(most) + 20)
    subject = np.array([number_of(a.code) for a in areas], dtype=np.int64)[:, None]
    # gaps are summed along each area's own row, so that no other area can change a time by a rounding
    gap, thin = keyed.two_uniforms(key, "death", subject, np.arange(columns)[None, :])
    with np.errstate(divide="ignore", invalid="ignore"):
        times = np.cumsum(-np.log1p(-gap) / per_hour[:, None], axis=1)
    effect = area_effects(scenario, key)[:, None]
    hours = np.where(times < end, times, 0.0)
    often = demand.grown(scenario.calendar, hours) * _season(scenario, end)[(hours // HOURS_PER_DAY).astype(np.int64)]
    share = demand.deaths_multiple * effect * often / DEATHS_CEILING
    area, number = np.nonzero((times < end) & (thin < share))
    return area, number, times[area, number]


def _season(scenario: Scenario, end: float) -> Floats:
    """By day of the run, how many times as many children die as on the mean day of a year."""
    return np.array(season.by_day(scenario.calendar, scenario.demand.winter_multiple, int(end // HOURS_PER_DAY) + 1))


def area_effects(scenario: Scenario, key: tuple[int, int]) -> Floats:
    """How much more or fewer children die in each area than its size and deprivation explain (lognormal, mean 1)."""
    u = keyed.uniform(key, "area_effect", np.array([number_of(a.code) for a in scenario.areas], dtype=np.int64))
    sd = scenario.demand.area_effect_sd_log
    return lognormal(u, 1.0, float(np.sqrt(np.expm1(sd * sd))))


def refuse_ceiling(scenario: Scenario, key: tuple[int, int]) -> None:
    """Raises BadInput if more children would die in an area of a replication than are ever drawn."""
    demand, effects = scenario.demand, area_effects(scenario, key)
    times = demand.deaths_multiple * demand.most_at_once(scenario.calendar, scenario.run.horizon) * effects
    if not (times > DEATHS_CEILING).any():
        return
    most, name = int(np.argmax(times)), "deaths_multiple" if demand.deaths_multiple > 1 else "area_effect_sd_log"
    raise BadInput(
        f"{scenario.name}: demand.{name} = {getattr(demand, name):g}: in replication {key[1] + 1} of seed {key[0]} "
        f"{times[most]:.3g} times as many children would die in {scenario.areas[most].code} as its table says, above "
        f"the ceiling of {DEATHS_CEILING:g} times at which deaths are drawn; lower demand.deaths_multiple, "
        "area_effect_sd_log or growth_per_year"
    )
