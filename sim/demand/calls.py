"""Potential calls: every call a family would make if it were at home throughout, with all its marks from birth.

Drawn at a ceiling above the shipped rates and thinned, so that a lower rate keeps a subset of the same calls.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim import keyed
from sim.demand.episodes import DYING, Phases
from sim.demand.families import Bools, Families, Ints
from sim.demand.laws import category, poisson, quantile
from sim.domain.calendar import HOURS_PER_DAY, HOURS_PER_WEEK
from sim.domain.law import Law
from sim.domain.scenario import Scenario
from sim.keyed import Floats, Words

DEATH_CALL = 1 << 20  # number of the call at the death; a family makes far fewer others
BEFORE_WEEKS = 13  # an episode may begin so long before time 0
EASED_BY_PREPARATION = ("symptom", "medication")


@dataclass(frozen=True, slots=True, eq=False)
class PotentialCalls:
    """One row a potential call, in order of time. Durations in hours; urgency is a row of URGENCIES, 0 the most urgent.

    family: row of the families given. number: with the family the call's own key. reason: row of the reasons, the
    death last. advice, emergency, admission, no_return: uniforms used when the time comes. high, low: its key.
    """

    family: Ints
    number: Ints
    time: Floats
    professional: Bools
    reason: Ints
    urgency: Ints
    need_level: Ints
    needs_visit: Bools
    needs_two: Bools
    needs_prescription: Bools
    talk: Floats
    after_call: Floats
    visit: Floats
    answer_patience: Floats
    visit_patience: Floats
    call_back: Floats
    advice: Floats
    emergency: Floats
    admission: Floats
    no_return: Floats
    stay: Floats
    high: Words
    low: Words

    def __len__(self) -> int:
        return len(self.family)


def draw_calls(scenario: Scenario, key: tuple[int, int], families: Families, phases: Phases) -> PotentialCalls:
    """The potential calls of these families between time 0 and the end of demand."""
    family, number, time = _times(scenario, key, families, phases)
    deaths = np.arange(len(families))
    family = np.concatenate([family, deaths])
    number = np.concatenate([number, np.full(len(families), DEATH_CALL)])
    time = np.concatenate([time, families.death])
    inside = np.flatnonzero((time >= 0) & (time < scenario.run.horizon))
    order = inside[
        np.lexsort(
            (number[inside], families.number[family[inside]], families.area_number[family[inside]], time[inside])
        )
    ]
    return _marks(scenario, key, families, family[order], number[order], time[order])


def cumulative_profile(scenario: Scenario) -> tuple[float, Floats, Floats]:
    """First hour, and the hour-of-week profile summed up to each hour: for most phases, and flattened for the dying."""
    demand, calendar = scenario.demand, scenario.calendar
    first = -BEFORE_WEEKS * int(HOURS_PER_WEEK)
    last = int(np.ceil(scenario.run.horizon + demand.episode_cap_hours)) + 1
    profile = np.asarray(demand.profile)
    night = np.array([calendar.is_night(hour) for hour in range(int(HOURS_PER_WEEK))])
    flat = np.where(night, profile * demand.dying_night_weight, profile)
    flat *= profile.sum() / flat.sum()
    of_week = np.arange(first, last) % int(HOURS_PER_WEEK)
    for day in calendar.bank_holidays:  # read as a Sunday
        for hour in range(day * 24, min(day * 24 + 24, last)):
            of_week[hour - first] = calendar.hour_of_week(hour)
    return float(first), *(np.concatenate([[0.0], np.cumsum(weights[of_week])]) for weights in (profile, flat))


def _times(scenario: Scenario, key: tuple[int, int], families: Families, phases: Phases) -> tuple[Ints, Ints, Floats]:
    """Families, numbers and times of the calls that survive thinning."""
    demand = scenario.demand
    first, usual, dying = cumulative_profile(scenario)
    hours = first + np.arange(len(usual))
    ceiling = np.array(demand.reference_calls_per_day) * (demand.ceiling_multiple / HOURS_PER_DAY)
    is_dying = phases.phase == DYING

    def mass(at: Floats) -> Floats:
        return np.where(is_dying, np.interp(at, hours, dying), np.interp(at, hours, usual))

    begun = mass(phases.start)
    rate = ceiling[phases.phase] * families.frailty[phases.family]
    weight = (mass(phases.end) - begun) * rate
    last = np.flatnonzero(np.diff(phases.family, append=-1))
    total = np.add.reduceat(weight, np.concatenate([[0], last[:-1] + 1])) if len(last) else np.zeros(0)
    count = poisson(keyed.uniform(key, "calls", families.area_number, families.number), total).astype(np.int64)
    family = np.repeat(np.arange(len(families)), count)
    number = np.arange(len(family)) - np.repeat(np.cumsum(count) - count, count)
    position, thin = keyed.two_uniforms(key, "call", families.area_number[family], families.number[family], number)
    stretch, within = _place(phases.family, weight, family, position * total[family])
    through = begun[stretch] + within / rate[stretch]
    time = np.where(is_dying[stretch], np.interp(through, dying, hours), np.interp(through, usual, hours))
    share = np.array(demand.calls_per_day)[phases.phase[stretch]] / HOURS_PER_DAY / ceiling[phases.phase[stretch]]
    kept = thin < share
    return family[kept], number[kept], np.minimum(time, np.nextafter(families.death[family], -np.inf))[kept]


def _place(owner: Ints, weight: Floats, family: Ints, target: Floats) -> tuple[Ints, Floats]:
    """The stretch of its family's episode that a call's share of the family's weight falls into, and how far into it.

    Each family's weights are summed along its own row: no other family can change a time by a rounding.
    """
    first = np.searchsorted(owner, np.arange(owner[-1] + 2 if len(owner) else 1))
    widest = int(np.diff(first).max(initial=1))
    column = np.arange(len(owner)) - first[owner]
    table = np.zeros((len(first) - 1, widest))
    table[owner, column] = weight
    upto = np.cumsum(table, axis=1)
    index = np.minimum((target[:, None] >= upto[family]).sum(axis=1), np.diff(first)[family] - 1)
    before = upto[family, index] - table[family, index]
    return first[family] + index, np.clip(target - before, 0.0, table[family, index])


def _marks(
    scenario: Scenario, key: tuple[int, int], families: Families, family: Ints, number: Ints, time: Floats
) -> PotentialCalls:
    demand, answering = scenario.demand, scenario.answering
    area_number, family_number = families.area_number[family], families.number[family]

    def draw(purpose: str) -> tuple[Floats, Floats]:
        return keyed.two_uniforms(key, purpose, area_number, family_number, number)

    reasons = (*demand.reasons, demand.death_reason)
    weights = np.array([reason.weight for reason in demand.reasons])
    by_reason, by_urgency = draw("reason")
    reason = np.where(number == DEATH_CALL, len(demand.reasons), category(by_reason, weights / weights.sum()))
    urgency = category(by_urgency, np.array([r.p_urgency for r in reasons])[reason])
    by_level, eased = draw("need_level")
    level = 1 + category(by_level, np.array([r.p_need_level for r in reasons])[reason])
    can_ease = np.array([r.name in EASED_BY_PREPARATION for r in reasons])[reason] & families.prepared[family]
    level -= can_ease & (eased < demand.prepared_need_level_one_lower) & (level > 1)
    visit, second = draw("visit")
    needs_visit = visit < np.array([r.p_visit for r in reasons])[reason]
    needs_two = needs_visit & (
        (second < np.array([r.p_second_person for r in reasons])[reason]) | ~families.safe_for_one[family]
    )
    new_prescription, professional = draw("prescription")
    prescription = (new_prescription < np.array([r.p_new_prescription for r in reasons])[reason]) & ~families.prepared[
        family
    ]
    talk, after_call = draw("talk")
    on_site, call_back = draw("on_site")
    answer, leave = draw("patience")
    advice, emergency = draw("advice")
    admission, no_return = draw("admission")
    stay, _ = draw("stay")
    high, low = keyed.words(key, "call_key", area_number, family_number, number)

    def by(rows: Ints, laws: tuple[Law, ...], u: Floats) -> Floats:
        out = np.empty(len(u))
        for row, law in enumerate(laws):
            here = rows == row
            out[here] = quantile(law, u[here])
        return out

    return PotentialCalls(
        family=family,
        number=number,
        time=time,
        professional=(professional < demand.professional_share) & (number != DEATH_CALL),
        reason=reason,
        urgency=urgency,
        need_level=level,
        needs_visit=needs_visit,
        needs_two=needs_two,
        needs_prescription=prescription,
        talk=by(reason, tuple(r.talk for r in reasons), talk),
        after_call=by(reason, tuple(r.after_call for r in reasons), after_call),
        visit=by(reason, tuple(r.visit for r in reasons), on_site),
        answer_patience=by(urgency, answering.answer_patience, answer),
        visit_patience=by(urgency, answering.visit_patience, leave),
        call_back=quantile(answering.call_back, call_back),
        advice=advice,
        emergency=emergency,
        admission=admission,
        no_return=no_return,
        stay=quantile(scenario.follows.stay, stay),
        high=high,
        low=low,
    )
