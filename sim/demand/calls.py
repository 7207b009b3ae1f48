"""Potential calls: every call a family would make if it were at home throughout, with all its marks from birth.

Drawn at a ceiling above the shipped rates and thinned, so that a lower rate keeps a subset of the same calls.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim import keyed
from sim.demand.episodes import DYING, Phases
from sim.demand.families import Bools, Families, Ints
from sim.demand.laws import category, quantile
from sim.demand.scatter import Scattered, scatter, sum_weeks
from sim.domain.calendar import HOURS_PER_DAY, HOURS_PER_WEEK
from sim.domain.law import Law
from sim.domain.scenario import PHASES, URGENCIES, Scenario
from sim.hours import nightly
from sim.keyed import Floats, Words

ROUTINE = URGENCIES.index("routine")
ATTEMPT = 1 << 22  # added to a call's number for each later attempt
DEATH_CALL = 1 << 20  # number of the call at the death; a family makes far fewer others
ABOUT_SYMPTOMS = ("symptom", "medication")  # eased by preparation; the reasons that lead to hospital


@dataclass(frozen=True, slots=True, eq=False)
class PotentialCalls:
    """One row a potential call, in order of time. Durations in hours; urgency is a row of URGENCIES, 0 the most urgent.

    family: row of the families given. number: with the family the call's own key. reason: row of the reasons, the
    death last. may_harm: urgent or more, about symptoms or medication, so that hospital may follow. advice, emergency,
    no_return: uniforms used when the time comes, ``emergency`` for visit and admission alike. high, low: its key.
    """

    family: Ints
    number: Ints
    time: Floats
    professional: Bools
    reason: Ints
    urgency: Ints
    may_harm: Bools
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
    no_return: Floats
    stay: Floats
    high: Words
    low: Words

    def __len__(self) -> int:
        return len(self.family)

    def take(self, rows: Ints) -> PotentialCalls:
        """The same table with only some rows."""
        return PotentialCalls(*(getattr(self, name)[rows] for name in self.__slots__))


def draw_calls(
    scenario: Scenario, key: tuple[int, int], families: Families, phases: Phases, others: Families
) -> PotentialCalls:
    """The potential calls between time 0 and the end of demand: of these families, and one of each of the others.

    families: who want to be at home. others: background families; the rows of both are numbered through.
    """
    scattered = _made_at_home(scenario, key, families, phases)
    size, one_each = len(families), np.arange(len(others))
    deaths = np.repeat(np.arange(size), scenario.demand.death_calls)
    everybody = families.followed_by(others)
    family = np.concatenate([scattered.family, deaths, size + one_each])
    number = np.concatenate([scattered.number, np.full(len(deaths), DEATH_CALL), np.zeros_like(one_each)])
    time = np.concatenate([scattered.time, families.death[deaths], others.start])
    order = in_order(scenario, everybody, family, number, time)
    return mark_calls(scenario, key, everybody, family[order], number[order], time[order])


def in_order(scenario: Scenario, families: Families, family: Ints, number: Ints, time: Floats) -> Ints:
    """Rows of the calls between time 0 and the end of demand, by time, then by the family's and call's keys."""
    inside = np.flatnonzero((time >= 0) & (time < scenario.run.horizon))
    of = family[inside]
    return inside[np.lexsort((number[inside], families.number[of], families.area_number[of], time[inside]))]


def later_marks(
    scenario: Scenario, key: tuple[int, int], families: Families, calls: PotentialCalls, attempt: int
) -> PotentialCalls:
    """The marks of a later attempt of every call: who calls, why and what it takes stay, all luck is drawn anew."""
    number = calls.number + (attempt - 1) * ATTEMPT
    own = families.area_number[calls.family], families.number[calls.family], number
    return replace(calls, **_luck(scenario, key, own, calls.reason, calls.urgency))


def _made_at_home(scenario: Scenario, key: tuple[int, int], families: Families, phases: Phases) -> Scattered:
    """The calls a family at home throughout would make: drawn at the ceiling of each phase, thinned to its rate."""
    demand = scenario.demand
    usual, dying = profiles(scenario)
    weeks = sum_weeks(scenario, tuple(dying if phase == DYING else usual for phase in range(len(PHASES))))
    ceiling = np.array(demand.reference_calls_per_day) * demand.ceiling_multiple
    drawn = scatter(key, "call", families, phases, ceiling / HOURS_PER_DAY, weeks, families.frailty)
    share = np.divide(demand.calls_per_day, ceiling, out=np.zeros(len(ceiling)), where=ceiling > 0)
    return drawn.take(np.flatnonzero(drawn.thin < share[drawn.phase]))


def profiles(scenario: Scenario) -> tuple[Floats, Floats]:
    """Hour-of-week weights of mean 1 for most phases, and for the dying: the night weighs more, the week as much."""
    demand, calendar = scenario.demand, scenario.calendar
    usual = np.asarray(demand.profile)
    night = np.array([calendar.is_night(hour) for hour in range(int(HOURS_PER_WEEK))])
    dying = np.where(night, usual * demand.dying_night_weight, usual)
    return usual, dying * (usual.sum() / dying.sum())


def night_factor(scenario: Scenario, families: Families, family: Ints, number: Ints, time: Floats) -> Floats:
    """How many times as often as its reason says each call takes a visit: more often at night, but for a death.

    Background calls, of children who are not at the end of life, take one as often at any hour.
    """
    night = nightly(scenario.calendar.night, 0, int(scenario.run.horizon // HOURS_PER_DAY) + 1).contain(time)
    night &= (number % ATTEMPT != DEATH_CALL) & ~families.background[family]
    return np.where(night, scenario.demand.night_visit_factor, 1.0)


def as_logged(logged: Floats | None, drawn: NDArray[Any]) -> NDArray[Any]:
    """What a planner's log says (numbers, nan where it is silent), else what was drawn."""
    return drawn if logged is None else np.where(np.isnan(logged), drawn, logged).astype(drawn.dtype)


def by_law(rows: Ints, laws: tuple[Law, ...], u: Floats) -> Floats:
    """Durations in hours, each by the law of its row."""
    out = np.empty(len(u))
    for row, law in enumerate(laws):
        here = rows == row
        out[here] = quantile(law, u[here])
    return out


def mark_calls(
    scenario: Scenario, key: tuple[int, int], families: Families, family: Ints, number: Ints, time: Floats,
    logged: Mapping[str, Floats] = MappingProxyType({}),
) -> PotentialCalls:  # fmt: skip
    """The calls with all their marks, each drawn by the call's own key.

    logged: columns of marks that a planner's log gives, by name, nan where it is silent; marks that follow from others
    (the urgency from the reason, the patience from the urgency) follow from those logged.
    """
    demand = scenario.demand
    own = families.area_number[family], families.number[family], number

    def draw(purpose: str) -> tuple[Floats, Floats]:
        return keyed.two_uniforms(key, purpose, *own)

    reasons = (*demand.reasons, demand.death_reason)
    weights = np.array([reason.weight for reason in demand.reasons])
    by_reason, by_urgency = draw("reason")
    reason = np.where(number == DEATH_CALL, len(demand.reasons), category(by_reason, weights / weights.sum()))
    reason = as_logged(logged.get("reason"), reason)
    urgency = as_logged(logged.get("urgency"), category(by_urgency, np.array([r.p_urgency for r in reasons])[reason]))
    by_level, eased = draw("need_level")
    level = 1 + category(by_level, np.array([r.p_need_level for r in reasons])[reason])
    can_ease = np.array([r.name in ABOUT_SYMPTOMS for r in reasons])[reason] & families.prepared[family]
    level -= can_ease & (eased < demand.prepared_need_level_one_lower) & (level > 1)
    visit, second = draw("visit")
    p_visit = np.array([r.p_visit for r in reasons])[reason] * night_factor(scenario, families, family, number, time)
    needs_visit = as_logged(logged.get("needs_visit"), visit < p_visit)  # above 1 is always
    needs_two = needs_visit & (
        (second < np.array([r.p_second_person for r in reasons])[reason]) | ~families.safe_for_one[family]
    )
    new_prescription, professional = draw("prescription")
    prescription = (new_prescription < np.array([r.p_new_prescription for r in reasons])[reason]) & ~families.prepared[
        family
    ]
    return PotentialCalls(
        family=family,
        number=number,
        time=time,
        professional=as_logged(
            logged.get("professional"), (professional < demand.professional_share) & (number != DEATH_CALL)
        ),
        reason=reason,
        urgency=urgency,
        may_harm=(urgency < ROUTINE) & np.array([r.name in ABOUT_SYMPTOMS for r in reasons])[reason],
        need_level=as_logged(logged.get("need_level"), level),
        needs_visit=needs_visit,
        needs_two=as_logged(logged.get("needs_two"), needs_two),
        needs_prescription=as_logged(logged.get("needs_prescription"), prescription),
        **_luck(scenario, key, own, reason, urgency, logged),
    )


def _luck(
    scenario: Scenario, key: tuple[int, int], own: tuple[Ints, Ints, Ints], reason: Ints, urgency: Ints,
    logged: Mapping[str, Floats] = MappingProxyType({}),
) -> dict[str, NDArray[Any]]:  # fmt: skip
    """The marks that each attempt of a call draws anew, by name: how long things take, and the key of later decisions.

    own: numbers of the area, the family and the call.
    """
    answering, reasons = scenario.answering, (*scenario.demand.reasons, scenario.demand.death_reason)

    def draw(purpose: str) -> tuple[Floats, Floats]:
        return keyed.two_uniforms(key, purpose, *own)

    talk, after_call = draw("talk")
    on_site, call_back = draw("on_site")
    answer, leave = draw("patience")
    advice, emergency = draw("advice")
    _, no_return = draw("admission")
    stay, _ = draw("stay")
    high, low = keyed.words(key, "call_key", *own)
    return {
        "talk": as_logged(logged.get("talk"), by_law(reason, tuple(r.talk for r in reasons), talk)),
        "after_call": as_logged(
            logged.get("after_call"), by_law(reason, tuple(r.after_call for r in reasons), after_call)
        ),
        "visit": as_logged(logged.get("visit"), by_law(reason, tuple(r.visit for r in reasons), on_site)),
        "answer_patience": by_law(urgency, answering.answer_patience, answer),
        "visit_patience": by_law(urgency, answering.visit_patience, leave),
        "call_back": quantile(answering.call_back, call_back),
        "advice": advice,
        "emergency": emergency,
        "no_return": no_return,
        "stay": quantile(scenario.follows.stay, stay),
        "high": high,
        "low": low,
    }
