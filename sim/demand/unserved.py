"""A scenario without its services: all that families, their homes and their calls depend on.

Demand is drawn from this alone, so that scenarios which agree in it have the same demand by construction, and it need
be drawn only once: to read anything of a service here is an error, not a difference that nobody sees.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import cast

from sim.domain.area import Area
from sim.domain.calendar import Calendar
from sim.domain.demand import Demand
from sim.domain.law import Law
from sim.domain.overlays import Bereavement, Embedded, HomeSafety, RapidTransfer
from sim.domain.scenario import Run, Scenario


@dataclass(frozen=True, slots=True)
class Waits:
    """What families and the telephone bring along (``Answering``)."""

    answer_patience: tuple[Law, Law, Law]
    visit_patience: tuple[Law, Law, Law]
    call_back: Law


@dataclass(frozen=True, slots=True)
class Stays:
    """How long a child stays in hospital (``Follows``)."""

    stay: Law


@dataclass(frozen=True, slots=True)
class Roads:
    """How much further out rural homes lie (``Travel``)."""

    rural_distance: float


@dataclass(frozen=True, slots=True)
class Marked:
    """The overlays that mark or bring families (``Overlays``)."""

    rapid_transfer: RapidTransfer
    embedded: Embedded
    bereavement: Bereavement
    home_safety: HomeSafety


@dataclass(frozen=True, slots=True)
class Unserved:
    """The parts of a ``Scenario``, by its own names. name: only for what is refused; it tells no two apart."""

    name: str = field(compare=False)
    run: Run
    calendar: Calendar
    areas: tuple[Area, ...]
    demand: Demand
    answering: Waits
    follows: Stays
    travel: Roads
    overlays: Marked


def unserved(scenario: Scenario) -> Scenario:
    """The scenario as demand sees it, of a few parts: whatever asks it for another one fails."""
    answering, overlays = scenario.answering, scenario.overlays
    parts = Unserved(
        scenario.name,
        scenario.run,
        scenario.calendar,
        tuple(_without_people(area) for area in scenario.areas),
        scenario.demand,
        Waits(answering.answer_patience, answering.visit_patience, answering.call_back),
        Stays(scenario.follows.stay),
        Roads(scenario.travel.rural_distance),
        Marked(overlays.rapid_transfer, overlays.embedded, overlays.bereavement, overlays.home_safety),
    )
    return cast(Scenario, parts)


def _without_people(area: Area) -> Area:
    """An area without what its table says of its services."""
    return replace(area, posts=(), hold_1_in_6=0, hospice_km=None, establishment=False, service=())
