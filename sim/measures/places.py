"""Days of care away from home that others pay for: in hospital after a call, where home was not offered, in a hospice.

A day is counted once and never after the death: hours by the clock inside the window. A child whose family wanted home
or a hospice and was offered neither is in hospital from the phase that ``costs.days_not_offered`` names to its death;
one who is in a hospice is there for the same days. Source: ``docs/model.md``, Costs.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.demand.episodes import Phases, lay_phases, reached
from sim.demand.families import HOSPICE, Families, Ints
from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.scenario import PHASES, Scenario
from sim.keyed import Floats
from sim.ledger import Ledger


class Days(NamedTuple):
    """Days of the window in one place of care, a line for each stay: how many, and the row of the family's area."""

    days: Floats
    area: Ints


def days_of_care(ledger: Ledger, scenario: Scenario) -> dict[str, Days]:
    """The days of each kind: ``admitted``, ``not_offered_home``, ``not_offered_hospice`` and ``hospice``."""
    setting, window = ledger.setting, scenario.run.window
    families, stays = setting.demand.families, ledger.stays
    worse = _worse(scenario, families, setting.demand.phases)
    away = ~setting.offered & ~families.background
    patient = stays.column("family")
    # an admitted child who was not offered home is counted as such from the phase on, and as admitted before it
    ends = np.minimum(stays.column("end"), np.where(away, worse, families.death)[patient])
    hospice = setting.demand.children.prefers == HOSPICE
    children, offered = setting.demand.children.take(hospice), setting.in_hospice[hospice]
    there = _worse(scenario, children, lay_phases(scenario, ledger.key, children))
    return {
        "admitted": _inside(window, stays.column("start"), ends, families.area[patient]),
        "not_offered_home": _inside(window, worse[away], families.death[away], families.area[away]),
        "not_offered_hospice": _inside(window, there[~offered], children.death[~offered], children.area[~offered]),
        "hospice": _inside(window, there[offered], children.death[offered], children.area[offered]),
    }


def _worse(scenario: Scenario, families: Families, phases: Phases) -> Floats:
    """By child, the hour from which its days are priced where it is not at home."""
    phase = scenario.costs.universal.days_not_offered
    return reached(phases, phase, families.death) if phase in PHASES else families.start


def _inside(window: tuple[float, float], start: Floats, end: Floats, area: Ints) -> Days:
    hours = np.clip(end, *window) - np.clip(start, *window)
    return Days(np.maximum(hours, 0.0) / HOURS_PER_DAY, area)
