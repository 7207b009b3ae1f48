"""What a scenario says of goodwill: who is asked for unpaid help, and how giving it drains people."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Goodwill:
    """Unpaid, unrostered help: standby and extra help.

    Weights are for a weekday evening, weekday early morning, day at the weekend and night; times in hours.
    answer_role, advice_role: who is asked to answer or visit, and who to advise by telephone.
    not_in: area types where nobody gives it. until: hour of the run from which nobody gives it any more.
    standby_after_death: hours for which standby goes on when the child has died.
    """

    on: bool
    p_max: float
    willingness_alpha: float
    willingness_beta: float
    weight_evening: float
    weight_early: float
    weight_weekend_day: float
    weight_night: float
    asks: int
    ring: float
    weekly_cap: float
    standby: bool
    standby_turn_nights: int
    standby_p_answers: float
    standby_max_nights_per_28: int
    answer_role: str
    advice_role: str
    not_in: frozenset[str] = frozenset()
    until: float = math.inf
    standby_after_death: float = 0.0


@dataclass(frozen=True, slots=True)
class Dynamics:
    """Goodwill as a stock (off: everybody's G is constant).

    drain_per_24_hours: of G, by a day and night on call or on standby; drain_per_call, drain_per_visit: by unpaid work,
    rostered work ``funded_multiple`` of it. recovery_per_day: share of what is missing. susceptibility_sd: of its log.
    Burnt out: the mean of G over ``burnout_days`` lies below ``burnt_out_below``. With the overlay ``leavers`` who is
    burnt out leaves, and is sick, so many times as often as others.
    """

    on: bool = False
    drain_per_24_hours: float = 0.0
    drain_per_call: float = 0.0
    drain_per_visit: float = 0.0
    funded_multiple: float = 0.0
    recovery_per_day: float = 0.0
    susceptibility_sd: float = 0.0
    burnt_out_below: float = 0.0
    burnout_days: int = 28
    burnt_out_leaves_multiple: float = 1.0
    burnt_out_sick_multiple: float = 1.0


NO_DYNAMICS = Dynamics()
