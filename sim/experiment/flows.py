"""What becomes of the same families in another scenario: from fate to fate, paired family by family.

Each replication of a scenario files the fate of every family under its code; a family has the same code in all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from sim.domain.scenario import Scenario
from sim.domain.words import FATES
from sim.experiment import estimate
from sim.ledger import Ledger
from sim.measures.fates import WEEKS_PER_YEAR, Fates

Code = tuple[str, str]  # of the area, and the family's number in it
OfFamilies = Mapping[Code, str]  # word of FATES
Counts = NDArray[np.float64]

NOT_HERE = "not_among_them"  # a family that one of the two scenarios has not, or whose episode ends elsewhere there
ENDS = (*FATES, NOT_HERE)
COLUMNS = ["baseline", "scenario", "from", "to", "families_per_year", "ci_low", "ci_high", "share", "replications"]


def text(found: Fates, ledger: Ledger, scenario: Scenario) -> bytes:
    """The fates of one replication: a line a family with the code of its area, its number there and its fate."""
    families, codes = ledger.setting.demand.families, [area.code for area in scenario.areas]
    rows = np.flatnonzero(found.counted)
    columns = (families.area[rows].tolist(), families.number[rows].tolist(), found.fate[rows].tolist())
    return "\n".join(
        f"{codes[area]}\t{number}\t{FATES[fate]}" for area, number, fate in zip(*columns, strict=True)
    ).encode()  # fmt: skip


def read(content: bytes) -> dict[Code, str]:
    """The fates that a text says."""
    lines = (line.split("\t") for line in content.decode().splitlines())
    return {(area, number): fate for area, number, fate in lines}


def moved(base: OfFamilies, other: OfFamilies) -> Counts:
    """How many families went from each of ENDS in one scenario (rows) to each in another (columns)."""
    place = {word: row for row, word in enumerate(ENDS)}
    counts = np.zeros((len(ENDS), len(ENDS)))
    for code in base.keys() | other.keys():
        counts[place[base.get(code, NOT_HERE)], place[other.get(code, NOT_HERE)]] += 1
    return counts


def paired(of_replications: Iterable[Sequence[OfFamilies]]) -> Counts:
    """By scenario after the first, ENDS, ENDS and replication: the families who went from one to the other."""
    each = [[moved(base, other) for other in others] for base, *others in of_replications]
    if not each or not each[0]:
        return np.zeros((0, len(ENDS), len(ENDS), 0))
    return np.moveaxis(np.array(each), 0, -1)


def rows(counts: Counts, scenarios: Sequence[str], weeks: float) -> Iterator[tuple[object, ...]]:
    """COLUMNS of every pair of fates, the worst first; of families that one scenario has not, where there are any.

    Where no family went, at most as many as so many families leave open.
    weeks: measured.
    """
    for scenario, of_scenario in zip(scenarios[1:], counts, strict=False):  # without calls there are none
        everybody, a_year = of_scenario.sum(), WEEKS_PER_YEAR / weeks
        found = estimate.level(of_scenario.reshape(len(ENDS) ** 2, -1) * a_year)
        for row, (start, end) in enumerate(product(range(len(ENDS)), repeat=2)):
            here = of_scenario[start, end]
            if NOT_HERE in (ENDS[start], ENDS[end]) and not here.any():
                continue
            most = estimate.bound(everybody[None])[0] * everybody / len(here) * a_year
            numbers = (found.mean[row], found.low[row], found.high[row] if here.any() else most)
            share = here.sum() / everybody if everybody else np.nan
            yield (scenarios[0], scenario, ENDS[start], ENDS[end], *numbers, share, int(found.replications[row]))
