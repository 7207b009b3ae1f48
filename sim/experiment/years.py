"""The year of everybody on a rota in the replication shown, as a file of a unit and as ``years.csv``."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from sim.domain.scenario import Scenario
from sim.ledger import Ledger
from sim.measures.years import Year, years

SHOWN = 0  # the replication whose years are told
MOST = 8  # scenarios of a study; of more nobody's year is told
COLUMNS = ["scenario", "replication", "first_night", *Year._fields]


def text(ledger: Ledger, scenario: Scenario, replication: int) -> bytes:
    """The lines of the replication shown; of any other nothing."""
    if replication != SHOWN:
        return b""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(years(ledger, scenario))
    return out.getvalue().encode()


def read(content: bytes) -> list[tuple[object, ...]]:
    """The cells of each line: numbers as numbers."""
    kinds = list(Year.__annotations__.values())
    numbers = {"int": int, "float": float}
    return [
        tuple(numbers.get(kind, str)(cell) for kind, cell in zip(kinds, row, strict=True))
        for row in csv.reader(io.StringIO(content.decode()))
    ]


def rows(of: Mapping[str, Sequence[tuple[object, ...]]], scenarios: Sequence[Scenario]) -> Iterator[tuple[object, ...]]:
    """COLUMNS of each scenario. of: lines by its name."""
    for scenario in scenarios:
        first = scenario.calendar.date(scenario.run.window[0])
        for line in of.get(scenario.name, ()):
            yield (scenario.name, SHOWN + 1, f"{first}", *line)
