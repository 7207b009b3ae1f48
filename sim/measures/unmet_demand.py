"""Unmet demand: what became of every potential call of families who want to be at home, and why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.scenario import Scenario
from sim.domain.words import CAUSES, NOT_MADE, OUTCOMES, UNMET_DEMAND, UNMET_NOT_MADE, UNMET_OUTCOMES
from sim.hours import nightly, out_of_hours
from sim.keyed import Floats
from sim.ledger import Ledger
from sim.measures.catalogue import BANDS
from sim.measures.rows import DEPRIVATION, Groups, Row

UNMET_PARTS = {  # what unmet demand is, wherever it is printed: words and measure of each part
    "home not offered": "not_made_choice_not_offered_share",
    "nobody answered": "nobody_answered_share",
    "help incomplete": "help_incomplete_share",
    "in hospital after a failure": "not_made_in_hospital_after_failure_share",
}
BECAME = (*NOT_MADE, *OUTCOMES)
_ROW_OF = {word: row for row, word in enumerate(BECAME)}
_UNMET, _FAILED = (np.array([word in words for word in BECAME]) for words in (UNMET_DEMAND, UNMET_OUTCOMES))  # by row
_CAUSE_ROW = {word: row for row, word in enumerate(CAUSES)} | {"": len(CAUSES)}


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """The potential calls whose hour lies in the window, one row each in order of the ledger.

    became: row of BECAME. cause: row of CAUSES, their number if none. row: of the demand table. bands: masks by BANDS.
    answered: somebody took the call. caused: the stay that keeps it from being made would not have followed full help.
    """

    ledger_rows: NDArray[np.int64]
    row: NDArray[np.int64]
    time: Floats
    area: NDArray[np.int64]
    quintile: NDArray[np.int64]
    rural: NDArray[np.bool_]
    became: NDArray[np.int64]
    cause: NDArray[np.int64]
    answered: NDArray[np.bool_]
    caused: NDArray[np.bool_]
    bands: tuple[NDArray[np.bool_], ...]
    areas: int

    def by_area(self, mask: NDArray[np.bool_], weights: Floats | None = None) -> Floats:
        """How many (or the sum of weights) of the masked calls each area has."""
        return np.bincount(self.area[mask], None if weights is None else weights[mask], minlength=self.areas).astype(
            float
        )

    def by_kind_and_area(self, mask: NDArray[np.bool_], kind: NDArray[np.int64], kinds: int) -> Floats:
        """How many of the masked calls are of each kind, by kind and area."""
        size = kinds * self.areas
        found = np.bincount(kind[mask] * self.areas + self.area[mask], minlength=size)[:size]
        return found.astype(float).reshape(kinds, self.areas)


def count(ledger: Ledger, scenario: Scenario, *, of_background: bool = False) -> Counted:
    """The calls to be counted, by their own hour in the measured window: those of families, or the background ones."""
    demand = ledger.setting.demand
    row = ledger.calls.column("call")
    time = demand.calls.time[row]
    start, end = scenario.run.window
    background = demand.families.background[demand.calls.family[row]]
    first = ledger.calls.column("attempt") == 1
    inside = np.flatnonzero((time >= start) & (time < end) & (background == of_background) & first)
    time, row = time[inside], row[inside]
    last = int(scenario.run.horizon // HOURS_PER_DAY)
    dark = out_of_hours(scenario.calendar, 0, last).contain(time)
    night = nightly(scenario.calendar.night, 0, last).contain(time)
    outcome, cause = ledger.calls.column("outcome")[inside], ledger.calls.column("cause")[inside]
    return Counted(
        ledger_rows=inside,
        row=row,
        time=time,
        area=demand.families.area[demand.calls.family[row]],
        quintile=demand.families.quintile[demand.calls.family[row]],
        rural=demand.families.rural[demand.calls.family[row]],
        became=np.array([_ROW_OF[word] for word in outcome], dtype=np.int64),
        cause=np.array([_CAUSE_ROW[word] for word in cause], dtype=np.int64),
        answered=np.isfinite(ledger.calls.column("answered")[inside]),
        caused=ledger.calls.column("caused")[inside] & ~ledger.calls.column("made")[inside],
        bands=(np.ones(len(row), dtype=bool), dark, night),
        areas=len(scenario.areas),
    )


def unmet_demand(counted: Counted, groups: Groups, families: Floats, weeks: float) -> list[Row]:
    """Outcomes and causes over both denominators, in all hours, out of hours and at night.

    families: by area, those who want to be at home and whose episode began in the window.
    """
    rows: list[Row] = []
    for band, mask in zip(BANDS, counted.bands, strict=True):
        everywhere = band == ""
        became = dict(zip(BECAME, counted.by_kind_and_area(mask, counted.became, len(BECAME)), strict=True))
        potential = counted.by_area(mask)
        made = sum((became[word] for word in OUTCOMES), np.zeros(counted.areas))
        unmet = counted.by_area(mask & _UNMET[counted.became])
        failed = counted.by_area(mask & _FAILED[counted.became])
        rows += groups.ratio(f"unmet_demand_share{band}", unmet, potential)
        rows += groups.ratio(f"unmet_demand_share_of_calls_made{band}", failed, made)
        rows += _parts(counted, groups, band, mask, potential)
        rows += _by_deprivation(counted, band, mask)
        for reason in NOT_MADE:
            rows += groups.ratio(f"not_made_{reason}_share{band}", became[reason], potential, everywhere=everywhere)
        for outcome in OUTCOMES:
            rows += groups.ratio(f"{outcome}_share{band}", became[outcome], potential, everywhere=everywhere)
            rows += groups.ratio(f"{outcome}_share_of_calls_made{band}", became[outcome], made, everywhere=False)
        rows += _causes(counted, groups, band, mask, potential)
        rows += groups.ratio(f"calls_per_family{band}", made, families, everywhere=everywhere)
        rows += groups.number(f"calls_per_year{band}", made * 52 / weeks, everywhere=everywhere)
    lost = _UNMET[counted.became].astype(float)
    rows += groups.of_homes("unmet_demand_share", lost, np.ones_like(lost), counted.rural)
    return rows + groups.number(
        "potential_calls_per_year", counted.by_area(counted.bands[0]) * 52 / weeks, everywhere=True
    )


def _nobody_answered(counted: Counted) -> NDArray[np.bool_]:
    overtaken = (counted.became == _ROW_OF["overtaken_by_death"]) & ~counted.answered
    return np.asarray((counted.became == _ROW_OF["unmet"]) | overtaken)


def _parts(counted: Counted, groups: Groups, band: str, mask: NDArray[np.bool_], potential: Floats) -> list[Row]:
    """What unmet demand is beside those not made: nobody answered, or help was incomplete; and admissions caused."""
    failed, nobody = mask & _FAILED[counted.became], mask & _nobody_answered(counted)
    columns = {
        "nobody_answered": nobody,
        "help_incomplete": failed & ~nobody,
        "not_made_in_hospital_caused": mask & counted.caused,
    }
    rows: list[Row] = []
    for name, part in columns.items():
        rows += groups.ratio(f"{name}_share{band}", counted.by_area(part), potential)
    return rows


def _by_deprivation(counted: Counted, band: str, mask: NDArray[np.bool_]) -> list[Row]:
    """Unmet demand and its parts by deprivation of the family's home."""
    failed, nobody = _UNMET[counted.became], _nobody_answered(counted)
    columns = {
        "unmet_demand": failed,
        "nobody_answered": nobody,
        "help_incomplete": _FAILED[counted.became] & ~nobody,
        **{f"not_made_{reason}": counted.became == _ROW_OF[reason] for reason in UNMET_NOT_MADE},
    }

    def by_quintile(of: NDArray[np.bool_]) -> list[float]:
        return [float(count) for count in np.bincount(counted.quintile[of], minlength=len(DEPRIVATION) + 1)[1:]]

    potential = by_quintile(mask)
    return [
        Row(f"{name}_share{band}", "deprivation", level, top, of, top)
        for name, part in columns.items()
        for level, top, of in zip(DEPRIVATION, by_quintile(part & mask), potential, strict=True)
    ]


def background_calls(counted: Counted, groups: Groups, weeks: float) -> list[Row]:
    """Calls of children not at the end of life, apart: how many, and the share not met in full."""
    unmet = counted.by_area(_FAILED[counted.became])
    calls = counted.by_area(counted.bands[0])
    rows = groups.number("background_calls_per_year", calls * 52 / weeks)
    rows += groups.number("background_calls_per_year_out_of_hours", counted.by_area(counted.bands[1]) * 52 / weeks)
    return rows + groups.ratio("background_unmet_share", unmet, calls, everywhere=False)


def _causes(counted: Counted, groups: Groups, band: str, mask: NDArray[np.bool_], potential: Floats) -> list[Row]:
    failed = _FAILED[counted.became]
    caused = counted.by_area(mask & (counted.cause < len(CAUSES)))
    of_failed, of_all = (counted.by_kind_and_area(here, counted.cause, len(CAUSES)) for here in (mask & failed, mask))
    rows: list[Row] = []
    for number, cause in enumerate(CAUSES):
        name = f"unmet_because_{cause}_share{band}"
        rows += groups.ratio(name, of_failed[number], potential, everywhere=band == "")
        rows += groups.ratio(f"cause_{cause}_share{band}", of_all[number], caused, everywhere=False)
    return rows
