"""What a planner's own log adds to the national numbers: posteriors, shrunk to the national ones by what each weighs.

Rates are gamma-Poisson, shares beta-binomial, lengths lognormal with a known spread. How wide the national figure is
before anything is seen follows from the laws of the register. Calls come from few families, some of whom ring far more
than others: they count as fewer that come one by one, by how much their number would vary.

Source: McCullagh and Nelder 1989, Generalized Linear Models, section 6.2 (dispersion).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

from sim.demand.calls import profiles
from sim.demand.episodes import DYING, lay_phases
from sim.demand.families import HOME
from sim.demand.log import log_families, logged_phases
from sim.domain.calendar import HOURS_PER_DAY, HOURS_PER_WEEK
from sim.domain.demand import Reason
from sim.domain.log import Log, LoggedCall, LoggedFamily
from sim.domain.scenario import PHASES, Scenario
from sim.errors import BadInput
from sim.experiment.draws import Draws, draw
from sim.experiment.shrunk import Ends, length, rate, share

Numbers = NDArray[np.float64]

FEWEST_CALLS, FEWEST_FAMILIES = 20, 3
PHASE_DRAWS = 40  # times that phases which a log does not tell are drawn
PRIOR_DRAWS = 512
NIGHT_LOW, NIGHT_HIGH = 0.08, 0.30  # of the calls out of hours. Source: ooh_share_night_22_07 of the register, B
NIGHT_SD_LOG = math.log(NIGHT_HIGH / NIGHT_LOW) / (2 * 1.959964)  # that range read as 95 %
RATE, NIGHT, VISIT, TALK = NAMES = ("calls_per_day_at_home", "night_share", "visit_share", "talk_minutes")
UNITS = {RATE: "calls/day", NIGHT: "share", VISIT: "share", TALK: "minutes"}
NOTHING = (math.nan, math.nan, math.nan)


class Learnt(NamedTuple):
    """A figure of the log's families: national, of the log alone, and both together. weight: of the log in the third.
    rows: of the log that tell of it; counts_as: rows that come one by one and say as much. factor: by which the
    national number is multiplied."""

    name: str
    national: Ends
    yours: Ends
    combined: Ends
    weight: float
    rows: int
    counts_as: float
    factor: float


@dataclass(frozen=True)
class OwnLog:
    """A log read beside the national numbers of a scenario. days: at home in each phase, by family (F, 4)."""

    scenario: Scenario
    calls: tuple[LoggedCall, ...]
    days: Numbers
    draws: Draws

    def learnt(self) -> tuple[Learnt, ...]:
        """What the log says of each figure it can tell of."""
        return (self._rate(), self._night(), self._visit(), self._talk())

    @property
    def expected(self) -> Numbers:
        """Calls that the national rates expect of each family, before the one at the death."""
        return np.asarray(self.days @ np.array(self.scenario.demand.calls_per_day))

    def night_share(self, times: float = 1.0) -> float:
        """Share of the expected calls that come at night. times: that a night hour weighs as much as in the national
        profile."""
        usual, dying = (one.reshape(int(HOURS_PER_WEEK), -1).mean(axis=1) for one in profiles(self.scenario))
        night = self._night_hours()
        shares = []
        for weights in (usual, dying):
            there = times * float(weights[night].sum())
            shares.append(there / (there + float(weights[~night].sum())))
        calls = self.days.sum(axis=0) * np.array(self.scenario.demand.calls_per_day)
        at_end = float(calls[DYING] / calls.sum())
        return at_end * shares[1] + (1 - at_end) * shares[0]

    def profile(self, factor: float) -> Numbers:
        """Weights of the hours of a week, of mean 1, with which so many times as large a share of calls is at night."""
        goal = min(factor * self.night_share(), 0.99)
        times = optimize.brentq(lambda log: self.night_share(math.exp(log)) - goal, -12, 12)
        usual = np.asarray(profiles(self.scenario)[0]).reshape(int(HOURS_PER_WEEK), -1).mean(axis=1)
        weights = np.where(self._night_hours(), usual * math.exp(times), usual)
        return np.asarray(weights / weights.mean())

    def _night_hours(self) -> NDArray[np.bool_]:
        return np.array([self.scenario.calendar.is_night(hour) for hour in range(int(HOURS_PER_WEEK))])

    def _rate(self) -> Learnt:
        expected, shape = self.expected, self.scenario.demand.frailty_shape
        dispersion = 1 + float((expected**2).sum() / expected.sum() / shape)
        rates = np.array([self.draws.values[f"demand.calls_per_child_day.{phase}"] for phase in PHASES])
        before, alone, after, weight = rate(
            len(self.calls), float(expected.sum()), dispersion, _cv(self.days.sum(axis=0) @ rates)
        )
        a_day = float(expected.sum() / self.days.sum())
        many = len(self.calls)
        return _learnt(RATE, a_day, before, alone, after, weight, many, many / dispersion)

    def _night(self) -> Learnt:
        hits = sum(self.scenario.calendar.is_night(call.time) for call in self.calls)
        mean = self.night_share()
        found = share(hits, len(self.calls), mean, mean * NIGHT_SD_LOG)
        return _of_share(NIGHT, found, len(self.calls), mean)

    def _visit(self) -> Learnt:
        told = [call for call in self.calls if call.needs_visit is not None]
        mean = float(np.mean([self._p_visit(call) for call in told or self.calls]))
        p, weights = self._drawn("p_visit"), self._drawn("weight_share")
        by_day = (p * weights).sum(axis=0) / weights.sum(axis=0)
        night = self.night_share()
        cv = _cv(by_day * (1 - night + night * self.draws.values["demand.night_visit_multiple"]))
        found = share(sum(bool(call.needs_visit) for call in told), len(told), mean, mean * cv)
        return _of_share(VISIT, found, len(told), mean)

    def _talk(self) -> Learnt:
        told = [call for call in self.calls if call.talk is not None]
        laws = [self._talk_of(call) for call in told]
        off = np.array([math.log(call.talk or math.nan) - log for call, (log, *_) in zip(told, laws, strict=True)])
        talk, weights = self._drawn("talk_minutes"), self._drawn("weight_share")
        sd = float(np.log((talk * weights).sum(axis=0) / weights.sum(axis=0)).std())
        minutes = 60 * float(np.mean([self._talk_of(call)[2] for call in told or self.calls]))
        if not told:
            before = length(np.zeros(1), np.ones(1), sd)[0]
            return _learnt(TALK, minutes, before, NOTHING, before, 0.0, 0, 0.0)._replace(factor=1.0)
        found = length(off, np.array([sd_log for _, sd_log, _ in laws]), sd)
        return _learnt(TALK, minutes, *found, len(told), len(told))

    def _reasons(self, call: LoggedCall) -> list[Reason]:
        """The reason of a call, or all it may have."""
        known = [one for one in self.scenario.demand.reasons if one.name == call.reason]
        return known or list(self.scenario.demand.reasons)

    def _p_visit(self, call: LoggedCall) -> float:
        times = self.scenario.demand.night_visit_factor if self.scenario.calendar.is_night(call.time) else 1.0
        of = self._reasons(call)
        weights = [one.weight for one in of]
        return float(np.average([min(times * one.p_visit, 1.0) for one in of], weights=weights))

    def _talk_of(self, call: LoggedCall) -> tuple[float, float, float]:
        """Mean and standard deviation of the log of a call's hours, and the mean of its hours."""
        of = self._reasons(call)
        weights = [one.weight for one in of]
        spread = [math.log1p(one.talk.cv**2) for one in of]
        logs = [math.log(one.talk.mean) - within / 2 for one, within in zip(of, spread, strict=True)]
        middle = float(np.average(logs, weights=weights))
        between = float(np.average([(log - middle) ** 2 for log in logs], weights=weights))
        sd = math.sqrt(between + float(np.average(spread, weights=weights)))
        return middle, sd, float(np.average([one.talk.mean for one in of], weights=weights))

    def _drawn(self, name: str) -> Numbers:
        """A number of every reason for a call, in all draws of the register; as shipped, where it is no unknown."""
        keys = [f"reasons.{one.name}.{name}" for one in self.scenario.demand.reasons]
        known = [key for key in keys if key in self.draws.values]
        if len(known) < len(keys):  # reasons of one's own: the register tells how wide, by those that it has
            return np.array([self.draws.values[key] for key in known] or [np.ones(self.draws.many)])
        return np.array([self.draws.values[key] for key in keys])


def own_log(scenario: Scenario, log: Log, seed: int) -> OwnLog:
    """A log beside a scenario whose families are drawn. Raises BadInput where the log says too little."""
    calls = tuple(call for call in log.calls or () if not call.is_death)
    at_home = [family for family in log.families if family.prefers == "home"]
    if len(calls) < FEWEST_CALLS or len(at_home) < FEWEST_FAMILIES:
        least = f"at least {FEWEST_CALLS} calls before a death and {FEWEST_FAMILIES} families are needed"
        raise BadInput(f"the log has {len(calls)} calls of {len(at_home)} families who want to be at home: {least}")
    if any(call.talk == 0 for call in calls):
        raise BadInput("calls: talk_minutes = 0: no length of a talk; leave the cell empty where it was not noted")
    return OwnLog(scenario, calls, _days(scenario, log, seed), draw(PRIOR_DRAWS, seed))


def _days(scenario: Scenario, log: Log, seed: int) -> Numbers:
    """Days at home in each phase of every family who wants to be there, the mean of many draws of what is not told."""
    first = min(family.start for family in log.families)
    back = math.floor(first / HOURS_PER_WEEK) * HOURS_PER_WEEK
    moved = Log(tuple(_earlier(family, back) for family in log.families), ())
    last = max(family.death for family in moved.families)
    found = replace(scenario, run=replace(scenario.run, warmup_hours=0.0, hours=last + HOURS_PER_WEEK))
    days = np.zeros((sum(family.prefers == "home" for family in log.families), len(PHASES)))
    for one in range(PHASE_DRAWS):
        families = log_families(found, (seed, one), moved)
        families = families.take(np.flatnonzero(families.prefers == HOME))
        phases = lay_phases(found, (seed, one), families, logged_phases(found, moved))
        np.add.at(days, (phases.family, phases.phase), (phases.end - phases.start) / HOURS_PER_DAY / PHASE_DRAWS)
    return days


def _earlier(family: LoggedFamily, hours: float) -> LoggedFamily:
    worse, dying = (None if one is None else one - hours for one in (family.deteriorates, family.dying))
    return replace(family, start=family.start - hours, death=family.death - hours, deteriorates=worse, dying=dying)


def _of_share(name: str, found: tuple[Ends, Ends, Ends, float], rows: int, mean: float) -> Learnt:
    before, alone, after, weight = found
    if not rows:
        return Learnt(name, before, NOTHING, before, 0.0, 0, 0.0, 1.0)
    return Learnt(name, before, alone, after, weight, rows, rows, after[0] / mean)


def _learnt(
    name: str, times: float, before: Ends, alone: Ends, after: Ends, weight: float, rows: int, counts_as: float
) -> Learnt:  # fmt: skip
    """Multiples of a national figure as figures."""
    scaled = [(one[0] * times, one[1] * times, one[2] * times) for one in (before, alone, after)]
    return Learnt(name, scaled[0], scaled[1], scaled[2], weight, rows, counts_as, after[0])


def _cv(values: Numbers) -> float:
    return float(values.std() / values.mean())
