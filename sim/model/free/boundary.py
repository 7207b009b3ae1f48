"""Boundaries: whoever acts for a family outside their home area may be unable to, or may lack the family's record.

Somebody is unable for want of an honorary contract, indemnity or the right to prescribe there; they find out at once,
and the call looks on. It is one decision of one person about one call: as the telephone is refused less often, whoever
cannot telephone cannot visit either. Source: ``docs/model.md``, Overlays; all rates are in ``configs/boundary``.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod

from sim.domain.overlays import Support
from sim.domain.scenario import Scenario
from sim.keyed import number_of
from sim.ledger import BEYOND, BeyondRow, Ledger
from sim.model.calls import Call
from sim.model.free.people import Person

UNABLE = number_of("unable_beyond_home_area")
NO_RECORD = number_of("no_record_beyond_home_area")
NO_VISIT, NO_PHONE, WITHOUT_RECORD = range(len(BEYOND))


class Boundaries:
    """Who may act where, and what it takes them. decide: the uniform of one person about one call."""

    def __init__(self, scenario: Scenario, ledger: Ledger, decide: Callable[[int, Call, Person], float]) -> None:
        self.boundary, self.measured_from = scenario.overlays.boundary, scenario.run.warmup_hours
        self.ledger, self.decide, self.on = ledger, decide, scenario.overlays.boundary.on
        self._noted: set[tuple[int, int, int, int]] = set()

    def able(self, person: Person, call: Call, visiting: bool) -> bool:
        """Whether somebody can visit a family, or else answer or advise it by telephone."""
        if not (self.on and person.area_row != call.area):
            return True
        boundary = self.boundary
        p = boundary.p_refuse_visit if visiting else boundary.p_refuse_phone
        p *= self._left(call, lambda support: support.refuse_factor)
        return p == 0.0 or self.decide(UNABLE, call, person) >= p

    def agrees(self, person: Person, call: Call, visiting: bool) -> bool:
        """As ``able``, of somebody who would be given the call; a refusal of somebody free is written down once."""
        if self.able(person, call, visiting):
            return True
        if not person.busy:
            self._note(person, call, NO_VISIT if visiting else NO_PHONE, 0.0)
        return False

    def who_is_able(self, people: list[Person], call: Call, visiting: bool) -> list[Person]:
        """Of some people those who are able."""
        return [person for person in people if self.able(person, call, visiting)] if self.on else people

    def who_agrees(self, people: list[Person], call: Call, visiting: bool) -> list[Person]:
        """Of some people those who agree."""
        return [person for person in people if self.agrees(person, call, visiting)] if self.on else people

    def finding_out(self, person: Person, call: Call) -> float:
        """Hours that somebody without the record would need; none for whoever has needed them for this call already."""
        boundary = self.boundary
        if not self._beyond(person, call) or self._subject(person, call, WITHOUT_RECORD) in self._noted:
            return 0.0
        p = boundary.p_record_missing * self._left(call, lambda support: support.record_factor)
        return boundary.without_record if p > 0.0 and self.decide(NO_RECORD, call, person) < p else 0.0

    def finds_out(self, person: Person, call: Call) -> float:
        """As ``finding_out``, and they do."""
        if not self.on:
            return 0.0
        hours = self.finding_out(person, call)
        if hours:
            self._note(person, call, WITHOUT_RECORD, hours)
        return hours

    def _left(self, call: Call, factor: Callable[[Support], float]) -> float:
        """What a coordinator and a shared record leave of a chance when a family calls."""
        time = call.time - self.measured_from
        return prod(1.0 - (1.0 - factor(support)) * support.works(time) for support in self.boundary.supports)

    def _beyond(self, person: Person, call: Call) -> bool:
        return self.on and person.area_row != call.area

    def _subject(self, person: Person, call: Call, kind: int) -> tuple[int, int, int, int]:
        return call.row, call.attempt, person.row, kind

    def _note(self, person: Person, call: Call, kind: int, hours: float) -> None:
        subject = self._subject(person, call, kind)
        if subject not in self._noted:
            self._noted.add(subject)
            self.ledger.beyond.cells.append(BeyondRow(*subject, time=call.time, hours=hours))
