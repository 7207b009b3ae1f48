"""Sessions on call: the days, from hand-over to hand-over, that a duty on call takes."""

from __future__ import annotations

import math

import numpy as np

from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.scenario import Scenario
from sim.keyed import Floats
from sim.rota.rest import A_MOMENT, Ints, expand


def sessions(scenario: Scenario, start: Floats, end: Floats) -> tuple[Ints, Ints]:
    """For each stretch of hours its row as often as it has days, and those days; the night is the day's it begins on.

    A day runs from its hand-over (17:00 on working days, 09:00 on others by default) to the next day's.
    """
    last = math.ceil(float(end.max(initial=0.0)) / HOURS_PER_DAY) + 1
    rules, calendar = scenario.rota, scenario.calendar
    hand_over = [
        day * HOURS_PER_DAY
        + (rules.hand_over_working_day if calendar.is_working_day(day) else rules.hand_over_other_day)
        for day in range(-1, last)
    ]
    first = np.searchsorted(hand_over, start + A_MOMENT) - 2
    final = np.searchsorted(hand_over, end - A_MOMENT) - 2
    return expand(first, final - first + 1)
