"""Stepped-up rotas: duties that stand up when a child at home gets worse and stand down after the death.

They are known before the run, like every other duty: nothing that happens in it moves a death.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.demand.episodes import reached
from sim.demand.families import Bools
from sim.demand.table import DemandTable
from sim.domain.intervals import Interval, merged, within
from sim.domain.scenario import Scenario
from sim.rota.duties import Duties

UP_AFTER_HOURS = 24.0  # from the phase to the first duty; assumed: docs/model.md, People and rotas
DOWN_AFTER_HOURS = 4.0  # from the last death to nobody on duty; assumed, as above


def stand_up(scenario: Scenario, demand: DemandTable, offered: Bools, duties: Duties) -> Duties:
    """The duties with those of stepped-up patterns cut to the hours in which they stand.

    offered: by family, whether it was offered home.
    """
    stepped = [[pattern.stepped_up for pattern in team.patterns] for team in scenario.teams]
    if not any(word for words in stepped for word in words):
        return duties
    words = [stepped[team][pattern] for team, pattern in zip(duties.team, duties.pattern, strict=True)]
    word_of = np.array(words, dtype=str)
    kept = [(row, start, end) for row, start, end in zip(*_standing(duties, word_of == ""), strict=True)]
    for team in np.unique(duties.team[word_of != ""]):
        for word in np.unique(word_of[duties.team == team]):
            if word:
                hours = stood_up(scenario, demand, offered, int(team), str(word))
                rows = np.flatnonzero((duties.team == team) & (word_of == word))
                kept += [
                    (row, *piece)
                    for row in rows.tolist()
                    for piece in within(hours, float(duties.start[row]), float(duties.end[row]))
                ]
    table = np.array(sorted(kept), dtype=float).reshape(-1, 3)  # of no rows when nobody is stood by
    row, start, end = table[:, 0].astype(np.int64), table[:, 1], table[:, 2]
    same = duties.take(row)
    return replace(same, start=start, end=end)


def stood_up(scenario: Scenario, demand: DemandTable, offered: Bools, team: int, phase: str) -> list[Interval]:
    """The hours in which a team's stepped-up rota stands: from a day after a child of its areas at home reaches the
    phase (``deteriorating`` or ``dying``) until four hours after the last such death, merged."""
    families = demand.families
    codes = scenario.teams[team].areas
    mine = np.array([area.code in codes for area in scenario.areas], dtype=bool)[families.area]
    start = reached(demand.phases, phase, families.death) + UP_AFTER_HOURS
    end = families.death + DOWN_AFTER_HOURS
    rows = np.flatnonzero(mine & offered & ~families.background & (end > start) & (end > 0))
    return merged([(max(float(start[row]), 0.0), float(end[row])) for row in rows])


def _standing(duties: Duties, rows: Bools) -> tuple[list[int], list[float], list[float]]:
    return np.flatnonzero(rows).tolist(), duties.start[rows].tolist(), duties.end[rows].tolist()
