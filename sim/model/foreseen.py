"""Foreseen: what decides one thing about many calls, drawn for all at once of whoever is likely to be asked.

A draw is keyed, so that it is the same whether it is drawn with others or by itself.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim import keyed
from sim.model.calls import Call
from sim.model.free.people import Person
from sim.place import Setting


class Foreseen:
    """The uniforms by which those of a family's own area who may visit decide one thing about each call.

    Foreseen are first attempts that take a visit and are made; everybody and everything else is drawn when it comes.
    """

    def __init__(self, setting: Setting, key: tuple[int, int], people: Sequence[Person], purpose: str) -> None:
        calls, area = setting.demand.calls, setting.demand.families.area
        of_area: list[list[Person]] = [[] for _ in setting.area_types]
        for person in people:
            if "visit" in person.may:
                of_area[person.area_row].append(person)
        most = max(map(len, of_area), default=0)
        keys = np.array(
            [[person.key for person in some] + [0] * (most - len(some)) for some in of_area], dtype=np.int64
        )
        rows = np.flatnonzero(calls.needs_visit & setting.offered[calls.family])
        subject = calls.high[rows, None], calls.low[rows, None], keys[area[calls.family[rows]]]
        self.key, self.purpose = key, keyed.number_of(purpose)
        self._drawn: dict[int, list[float]] = dict(
            zip(rows.tolist(), keyed.uniform(key, purpose, *subject).tolist(), strict=True)
        )
        self._place = {person.row: place for some in of_area for place, person in enumerate(some)}

    def of(self, call: Call, person: Person) -> float:
        """The uniform by which one person decides it about one call, whoever else is asked."""
        if call.attempt == 1 and person.area_row == call.area and call.row in self._drawn and person.row in self._place:
            return self._drawn[call.row][self._place[person.row]]
        return keyed.one(self.key, self.purpose, *call.key, person.key)
