"""Minutes to the door of the calls that are visited in two scenarios: the same calls, so that neither decides which.

Each replication of a scenario files the minutes of every call that was visited under the call's own key, which is the
same in all scenarios. Minutes of all calls visited in one scenario are of other calls than in another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from sim.domain.scenario import Scenario
from sim.experiment import estimate
from sim.keyed import Floats
from sim.ledger import Ledger

Call = str  # code of the area, number of the family in it, number of the call in the family
Minutes = Mapping[Call, float]

MINUTES = 60.0
SUMS = ("both", "baseline_minutes", "scenario_minutes", "baseline_alone", "scenario_alone")
COLUMNS = ["baseline", "scenario", "calls_in_both", "calls_in_baseline_alone", "calls_in_scenario_alone"]
COLUMNS += ["baseline_mean", "scenario_mean", "difference", "alone_low", "alone_high", "replications"]


def text(ledger: Ledger, scenario: Scenario) -> bytes:
    """The calls of one replication that were visited: a line each with the key of the call and its minutes."""
    calls, demand, (start, end) = ledger.calls, ledger.setting.demand, scenario.run.window
    row, time = calls.column("call"), demand.calls.time[calls.column("call")]
    first = calls.column("made") & (calls.column("attempt") == 1) & (calls.column("joined") < 0)
    inside = (time >= start) & (time < end) & ~demand.families.background[demand.calls.family[row]]
    here = np.flatnonzero(first & inside & np.isfinite(calls.column("at_door")))
    family, codes = demand.calls.family[row[here]], [area.code for area in scenario.areas]
    of_family = zip(demand.families.area[family].tolist(), demand.families.number[family].tolist(), strict=True)
    numbers, minutes = demand.calls.number[row[here]].tolist(), (calls.column("at_door") - time)[here] * MINUTES
    keys = (f"{codes[area]} {number} {call}" for (area, number), call in zip(of_family, numbers, strict=True))
    return "\n".join(f"{key}\t{value!r}" for key, value in zip(keys, minutes.tolist(), strict=True)).encode()


def read(content: bytes) -> dict[Call, float]:
    """The minutes that a text says."""
    lines = (line.split("\t") for line in content.decode().splitlines())
    return {call: float(minutes) for call, minutes in lines}


def paired(of_replications: Iterable[Sequence[Minutes]]) -> Floats:
    """By scenario after the first, SUMS and replication: calls visited in both, their minutes, calls of one alone."""
    each = [[_sums(base, other) for other in others] for base, *others in of_replications]
    return np.moveaxis(np.array(each), 0, -1) if each and each[0] else np.zeros((0, len(SUMS), 0))


def _sums(base: Minutes, other: Minutes) -> tuple[float, ...]:
    both = [(minutes, other[call]) for call, minutes in base.items() if call in other]
    before, after = (sum(side) for side in zip(*both, strict=True)) if both else (0.0, 0.0)
    return len(both), before, after, len(base) - len(both), len(other) - len(both)


def rows(sums: Floats, scenarios: Sequence[str]) -> Iterator[tuple[object, ...]]:
    """COLUMNS of every scenario: counts are means of a replication, the interval is of the difference by itself."""
    for scenario, (both, before, after, base_alone, alone) in zip(scenarios[1:], sums, strict=False):
        found = estimate.signed_ratio((after - before)[None, :], both[None, :])
        counts = (float(one.mean()) for one in (both, base_alone, alone))
        means = (float(estimate.divide(side.sum()[None], both.sum()[None])[0]) for side in (before, after))
        interval = (float(side[0]) for side in (found.mean, found.low, found.high))
        yield (scenarios[0], scenario, *counts, *means, *interval, len(both))
