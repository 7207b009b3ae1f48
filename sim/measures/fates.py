"""What became of the families: one fate each, the worst that holds, of those who want to be at home.

A family counts once, when its episode ends in the window; what came before the window belongs to its fate too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.demand.families import Bools, Ints
from sim.domain.scenario import Scenario
from sim.domain.words import FATES, LEANED_ON_OTHERS
from sim.exposure import nights_without_visit_at_home
from sim.keyed import Floats
from sim.ledger import Ledger
from sim.measures.rows import Groups, Row
from sim.rota.duties import Duties

(
    NOT_OFFERED, HOSPITAL_AFTER_FAILURE, HOSPITAL_OTHERWISE, NOBODY_ANSWERED,
    INCOMPLETE_OR_LATE, LEANED_ON, A_NIGHT, WHOLE,
) = range(len(FATES))  # fmt: skip
WORST = (NOT_OFFERED, HOSPITAL_AFTER_FAILURE, HOSPITAL_OTHERWISE)  # that no call counts any more
WEEKS_PER_YEAR = 52
AFTER_A_CALL = {  # what a call that ended so brings upon a family
    "unmet": NOBODY_ANSWERED,
    "overtaken_by_death": NOBODY_ANSWERED,  # unless somebody had answered
    "partly_met": INCOMPLETE_OR_LATE,
    "late": INCOMPLETE_OR_LATE,
    **dict.fromkeys(LEANED_ON_OTHERS, LEANED_ON),
}


@dataclass(frozen=True, slots=True, eq=False)
class Fates:
    """What became of each family that wants to be at home, one column a family of the demand table.

    counted: the episode ends in the window. ever: FATES by families, whether each held. fate: row of FATES, the worst
    that held; on_paper: the same with nights as they would be with nobody absent. caused: the admission after a failure
    would not have followed help in full.
    """

    counted: Bools
    ever: NDArray[np.bool_]
    fate: Ints
    on_paper: Ints
    caused: Bools


def fates(ledger: Ledger, scenario: Scenario, paper: Duties) -> Fates:
    """The fate of every family. paper: the duties with nobody absent.

    Source: ``docs/model.md``, Measures: what became of the families.
    """
    setting, (start, end) = ledger.setting, scenario.run.window
    families, stays = setting.demand.families, ledger.stays
    counted = (families.death >= start) & (families.death < end) & ~families.background
    ever = np.zeros((len(FATES), len(families)), dtype=bool)
    ever[NOT_OFFERED], ever[WHOLE] = ~setting.offered, True
    patient, left = stays.column("family"), stays.column("end")
    failed, caused = (stays.column(which).astype(bool) for which in ("after_failure", "caused"))
    ever[HOSPITAL_AFTER_FAILURE, patient[failed]] = True
    ever[HOSPITAL_OTHERWISE, patient[(left >= families.death[patient]) & ~failed]] = True
    _after_calls(ledger, ever)
    nights = ever.copy()
    away, at_home = (patient, stays.column("start"), left), counted & setting.offered
    ever[A_NIGHT] = nights_without_visit_at_home(scenario, setting, setting.duties, at_home, away)
    else_whole = at_home & ~ever[:A_NIGHT].any(axis=0)
    nights[A_NIGHT] = nights_without_visit_at_home(scenario, setting, paper, else_whole, away)
    by_caused = np.zeros(len(families), dtype=bool)
    by_caused[patient[caused]] = True
    return Fates(counted, ever, ever.argmax(axis=0), nights.argmax(axis=0), by_caused)


def _after_calls(ledger: Ledger, ever: NDArray[np.bool_]) -> None:
    """Marks what first attempts brought upon the families who made them; a later one that is met cures nothing."""
    calls = ledger.calls
    first = np.flatnonzero(calls.column("made") & (calls.column("attempt") == 1))
    brought = np.array([AFTER_A_CALL.get(word, WHOLE) for word in calls.column("outcome")[first].tolist()], dtype=int)
    overtaken = calls.column("outcome")[first] == "overtaken_by_death"
    brought[overtaken & np.isfinite(calls.column("answered")[first])] = INCOMPLETE_OR_LATE
    ever[brought, ledger.setting.demand.calls.family[calls.column("call")[first]]] = True


def fate_measures(found: Fates, ledger: Ledger, groups: Groups, weeks: float) -> list[Row]:
    """Counts a year and shares of every fate, what ever held, and the worst three together, for every group."""
    families, counted = ledger.setting.demand.families, found.counted.astype(float)

    def shares(name: str, mask: Bools) -> list[Row]:
        return groups.of_families(name, (mask & found.counted).astype(float), counted, families)

    rows = shares("worst_three_fates_share", found.fate <= max(WORST))
    for fate, word in enumerate(FATES):
        here: Floats = ((found.fate == fate) & found.counted).astype(float)
        rows += groups.of_families(f"fate_{word}_share", here, counted, families)
        rows += groups.families_per_year(f"fate_{word}_per_year", here * (WEEKS_PER_YEAR / weeks), families)
    rows += shares("fate_hospital_after_failure_caused_share", (found.fate == HOSPITAL_AFTER_FAILURE) & found.caused)
    rows += shares("fate_a_night_nobody_funded_on_paper_share", found.on_paper == A_NIGHT)
    rows += shares("fate_whole_on_paper_share", found.on_paper == WHOLE)
    for fate, word in enumerate(FATES[:WHOLE]):
        rows += shares(f"ever_{word}_share", found.ever[fate])
    return rows
