"""What is published about children who die and their families' calls, and how far off still agrees with it.

Every bound here was declared before a table was drawn, and none is moved to make a check pass.
Sources are those of ``configs/demand/families.yaml`` and ``configs/area_table/SOURCES.md``; "evidence review" is the
collection behind ``configs/register``, whose trial draws of the same scheme were made with other code.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from sim.domain.scenario import PHASES, Scenario
from sim.experiment import demand_readings as readings
from sim.experiment.checked import Check
from sim.experiment.demand_readings import LYON_TOP, Drawn, Reading

Declared = tuple[Check, Callable[[Drawn], Reading]]
Bounds = tuple[float, float]

NCMD = "NCMD thematic report, July 2025"
STAYS = "155 children, J Pain Symptom Manage 2025, PMID 40754015"
LENGTHS = "evidence review Part I section 2, trial draws"
CONTACTS = "evidence review Part I section 3"
ONE_MORE = f"{CONTACTS}, trial draws, and one call at the death"
LYON = "Djaogol 2025: 31 of 232 children made all 160, in a whole caseload, so an upper end"
WHOLE = "rounding to a whole per cent"


def about(share: float, expected: float) -> Bounds:
    """Bounds a share of the expected figure to either side."""
    return expected * (1 - share), expected * (1 + share)


def points(width: float, expected: float) -> Bounds:
    """Bounds so many percentage points to either side."""
    return expected - width / 100, expected + width / 100


def near(name: str, unit: str, expected: float, source: str) -> Check:
    """A check of equivalence: within 15 %."""
    return Check(name, unit, expected, *about(0.15, expected), source, "15 %")


def share(name: str, expected: float, width: float, source: str, why: str) -> Check:
    """A check of a share, within some percentage points."""
    return Check(name, "share", expected, *points(width, expected), source, f"{width:g} points, {why}")


def of_deaths(scenario: Scenario) -> tuple[Check, Check]:
    """Deaths in all, and of each area, against the areas table as it was read."""
    whole = sum(area.deaths_per_year for area in scenario.areas)
    sd = scenario.demand.area_effect_sd_log
    table = f"areas table: 1,711 a year in England ({NCMD}: 5,134 in 3 years)"
    each = f"deaths by area over the table's, furthest off of {len(scenario.areas)}"
    why = "two SDs of the area effect; interval for all areas at once"
    return (
        Check("deaths a year", "deaths", whole, *about(0.05, whole), table, "5 %, for Poisson error and growth since"),
        Check(each, "ratio", 1.0, float(np.exp(-2 * sd)), float(np.exp(2 * sd)), table, why),
    )


DIED = Check(
    "died outside hospital, simulated",
    *("share", 0.23, 0.21, 0.27),
    *(f"{NCMD}: 77 % in hospital", "range of the register (Gibson-Smith 2020, PMC8311108)"),
)

PLACES: tuple[Declared, ...] = (
    (
        share("want to be out of hospital", 0.38, 2, "assumed by condition; cancer: Vickers 2007", "rounding of four"),
        readings.want_out_of_hospital,
    ),
    (
        Check(
            "offered it on paper, before admissions",
            *("share", 0.23, 0.23, 0.38),
            *(f"{NCMD}: 23 % die outside", "above 23 %, for admissions lower it (see runs=N); at most all who want it"),
        ),
        readings.offered_out_of_hospital,
    ),
)

EPISODES: tuple[Declared, ...] = (
    (near("median days of an episode", "days", 19.2, f"fit to {STAYS}"), readings.median_episode),
    (
        share("episodes of up to 3 days", 0.20, 3.2, STAYS, "one standard error of 155 children"),
        partial(readings.episodes_up_to, days=3),
    ),
    (
        share("episodes of up to 30 days", 0.58, 4.0, STAYS, "one standard error of 155 children"),
        partial(readings.episodes_up_to, days=30),
    ),
    (near("mean days of an episode, capped", "days", 36.2, f"fit to {STAYS}"), readings.mean_episode),
    *(
        (near(f"mean days {phase}", "days", days, LENGTHS), partial(readings.days_in_phase, phase=row))
        for row, (phase, days) in enumerate(zip(PHASES, (23.2, 3.2, 7.3, 2.5), strict=True))
    ),
)

PROFILE: tuple[tuple[Check, Callable[[Scenario], Reading]], ...] = (
    (
        share("profile: out of hours", 0.60, 0.5, "assumed: 19 % Djaogol 2025, 69-76 % Goodrich 2024", WHOLE),
        readings.profile_out_of_hours,
    ),
    (share("profile: night, of these", 0.11, 0.5, "Bradford 2012: 209 of 1,954", WHOLE), readings.profile_night),
    (share("profile: weekend, of these", 0.52, 0.5, "Lewis 2019, 53 %; review 52 %", WHOLE), readings.profile_weekend),
)

CALLS: tuple[Declared, ...] = (
    (near("calls an episode", "calls", 12.3, f"{CONTACTS}: 11.2, and one at the death"), readings.calls_an_episode),
    (share("calls out of hours", 0.62, 3, "profile, and deaths at any hour", "assumed"), readings.calls_out_of_hours),
    (share("calls at night, of these", 0.17, 3, "profile, dying, deaths", "assumed"), readings.calls_at_night),
    (
        Check("calls an episode, 10th percentile", "calls", 1.0, 1.0, 2.0, ONE_MORE, "one call more"),
        partial(readings.calls_an_episode_at, share=0.1),
    ),
    (
        Check("calls an episode, median", "calls", 7.0, 5.5, 8.5, ONE_MORE, "one and a half calls"),
        partial(readings.calls_an_episode_at, share=0.5),
    ),
    (
        near("calls an episode, 90th percentile", "calls", 30.0, ONE_MORE),
        partial(readings.calls_an_episode_at, share=0.9),
    ),
    (
        Check(
            "calls out of hours by the top 13 % of families",
            *("share", 1.0, 0.4, 1.0, LYON, "at least twice the 20 % of families alike but for chance"),
        ),
        partial(readings.calls_of_the_top, share=LYON_TOP),
    ),
    (
        Check(
            "index of dispersion, weekly out of hours, by area",
            *("index", 4.0, 2.5, 6.0, "model description section 0: about 4", "1 would be a flat rate"),
        ),
        readings.weekly_dispersion,
    ),
)
