"""What queueing theory asks of a ledger: waits, queues, busy people and counts. Made for ``oncall-sim verify``.

A measure is asked for by name, with the level after a slash where it has any: ``p_wait``, ``p_unmet/A`` (an area),
``mean_wait_hours/emergency``, ``utilisation/nurses`` (a team), ``p_wait/hour 7``. Some names carry a number:
``p_wait_over_0.5_hours``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from sim.domain.scenario import Scenario
from sim.ledger import Ledger
from sim.measures.queueing import busy, counts, waiting
from sim.measures.queueing.seen import Levels, Seen, see
from sim.measures.rows import Row

Plain = Callable[[Seen], Levels]
Numbered = Callable[[Seen, float], Levels]

PLAIN: dict[str, Plain] = {**waiting.PLAIN, **busy.PLAIN, **counts.PLAIN}
NUMBERED: dict[str, Numbered] = {**waiting.NUMBERED, **busy.NUMBERED, **counts.NUMBERED}  # N stands for the number
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def reads(name: str) -> bool:
    """Whether a measure of that name (without its level) can be asked for."""
    return name in PLAIN or _template(name) in NUMBERED


def names() -> list[str]:
    """Every measure; N stands for a number."""
    return sorted([*PLAIN, *NUMBERED])


def queueing(ledger: Ledger, scenario: Scenario, asked: Iterable[str]) -> list[Row]:
    """The measures asked for by name, each with all its levels; level "" is the whole."""
    seen = see(ledger, scenario)
    rows = []
    for name in asked:
        levels = PLAIN[name](seen) if name in PLAIN else NUMBERED[_template(name)](seen, _number(name))
        rows += [Row(name, "level", level, float(top), float(bottom), float(top)) for level, top, bottom in levels]
    return rows


def _template(name: str) -> str:
    return NUMBER.sub("N", name, count=1)


def _number(name: str) -> float:
    found = NUMBER.search(name)
    assert found is not None
    return float(found[0])
