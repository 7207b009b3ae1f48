"""Today's patchwork against what is known of today: national figures, each with the figure it is held against.

Where the evidence is of teams that were on call round the clock, a rota funded in every area is held against it, with
the same families: a patchwork has gaps that those teams had not. Bounds were declared before anything was simulated.
Of what goodwill masks nothing is published: those figures are told beside the checks, and judged by nobody. Sources are
those of ``configs/register``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.demand.families import Bools
from sim.domain.scenario import Scenario
from sim.experiment.checked import Check, Finding, estimated, exact
from sim.experiment.demand_checks import draw
from sim.experiment.demand_evidence import CALLS, DIED
from sim.experiment.demand_readings import weekly_dispersion
from sim.experiment.execute import Progress, run_units
from sim.experiment.replicate import ledger_of
from sim.experiment.team_calls import check_each
from sim.experiment.units import Unit, units
from sim.keyed import Floats
from sim.ledger import Ledger
from sim.measures import measure
from sim.measures.rows import Row
from sim.rota.paper import paper_cover
from sim.rota.supply import deal_area_types

ENGLAND = ("england", "England")
DIED_AT_HOME = ("died_at_home_share", "area_type")
FULL_TYPE = "full"  # kind of area with a funded nurse at every hour
GAVE = "gave_unpaid_hours_share"
EVER = "emergency_visit_share_of_families"
TOGETHER = "Together for Short Lives, Built to Last? 2025"

FULL = Check(
    "areas with a funded nurse to visit at every hour, on paper",
    *("share", 0.19, 0.07, 0.33, f"{TOGETHER}: 19 % commission 24/7 care"),
    "7 % fully met it in 2022, a third of areas met it in 2024: definitions differ",
)
WITHOUT = Check(
    "areas with no consultant in post",
    *("share", 0.60, 0.50, 0.70, "archetype S00: 18 consultants over 17 teams, 60 % of areas have none"),
    "10 points: 18 people cannot be in fewer than 24 areas",
)
CALLS_A_WEEK = Check(
    "calls made a week out of hours, mean area",
    *("calls", 1.0, 0.5, 2.0, "model description section 0: about 1 a week today"),
    "half to double, for a figure derived from calibrated rates",
)
POTENTIAL = Check(
    "the same if all who want to be at home were",
    *("calls", 2.0, 1.0, 4.0, "model description section 0: about 2 (evidence review Part I: 2.0, home and hospice)"),
    "half to double, as above",
)
ROUND_THE_CLOCK = Check(
    "died at home of those who want to, a rota funded in every area",
    *("share", 0.80, 0.65, 0.95, "Vickers 2007: 84 of 105 died where they preferred; Rennie Grove 2015: all"),
    "range of the register: cancer with outreach teams, so an upper mark; not fitted",
)
NOT_ROUND_THE_CLOCK = Check(
    "died at home of those who want to, all other areas",
    *("share", 0.45, 0.30, 0.60, "derived from home deaths (0.16-0.20), cover (0.07-0.19) and preference (0.28-0.38)"),
    "range of the register (share_home_without_formal_cover); it contains goodwill; not fitted",
)
UNPAID = Check(
    "community nurses who gave unpaid hours in a year",
    *("share", 0.65, 0.40, 0.74, "NHS Staff Survey and RCN 2021: two thirds of registered nurses work some"),
    "range of the register (unpaid_hours_rn_share); all nurses, not those of children at the end of life",
)
EMERGENCIES = Check(
    "families with an emergency visit, a rota funded in every area",
    *("share", 0.116, 0.07, 1.0, "Hauch 2021 Front Pediatr 9:734181: 20 of 172 families of a 24/7 team called 999"),
    "a floor and no target, the low end of its range; visits of every kind count here, there calls to 999 alone",
)
BEHIND = (  # an emergency visit, for each family at home under a rota funded in every area
    ("calls", "calls made"),
    ("grave_calls", "of them urgent or emergency, about symptoms or medication"),
    ("visits", "emergency visits"),
    ("not_admitted", "of them without an admission"),
    ("ever_not_admitted", "families with at least one such"),
)
MASKED = (  # of the scenario, and of the same families without goodwill
    ("unmet_demand_share", "unmet demand"),
    ("met_by_goodwill_share", "met by goodwill"),
    ("met_by_general_services_share", "met by general services"),
    ("goodwill_used_share", "calls with any unpaid part"),
)


@dataclass(frozen=True, slots=True)
class Unpublished:
    """A figure nobody has published: its mean and 95 % interval, with goodwill and (after) without it."""

    name: str
    with_goodwill: Finding
    without: Finding


@dataclass(frozen=True, slots=True)
class Behind:
    """A figure of a rota funded in every area that explains another: calls or visits for each family at home."""

    name: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class Baseline:
    """The work: the rows of one replication that the checks read."""

    scenarios: tuple[Scenario, ...]
    seed: int

    def __call__(self, unit: Unit) -> list[Row]:
        """England's rows, who gave unpaid hours, and what lies behind emergency visits."""
        scenario = self.scenarios[unit.scenario]
        ledger = ledger_of(scenario, self.seed, unit.replication)
        everywhere = measure(ledger, scenario)
        rows = [row for row in everywhere if row[1:3] == ENGLAND or row[:2] == DIED_AT_HOME]
        gave, nurses = unpaid(ledger, scenario)
        return [*rows, Row(GAVE, *ENGLAND, gave, nurses, gave), *behind_emergencies(ledger, scenario)]


def behind_emergencies(ledger: Ledger, scenario: Scenario) -> list[Row]:
    """A row for each figure of BEHIND, over the families at home whose child dies in the measured weeks."""
    (start, end), setting, calls = scenario.run.window, ledger.setting, ledger.calls
    families, potential = setting.demand.families, setting.demand.calls
    here = setting.offered & ~families.background & (families.death >= start) & (families.death < end)
    row = calls.column("call")
    own = calls.column("made") & (calls.column("joined") < 0) & (calls.column("attempt") == 1)
    visit = calls.column("emergency_visit")
    not_admitted = visit & ~calls.column("admitted")

    def of_each(mask: Bools) -> Floats:
        return np.bincount(potential.family[row[mask]], minlength=len(families))[here].astype(float)

    without = of_each(not_admitted)
    counts = (of_each(own), of_each(own & potential.may_harm[row]), of_each(visit), without, without > 0)
    size = float(here.sum())
    return [
        Row(name, *ENGLAND, float(count.sum()), size, float(count.sum()))
        for (name, _), count in zip(BEHIND, counts, strict=True)
    ]


def unpaid(ledger: Ledger, scenario: Scenario) -> tuple[float, float]:
    """Nurses in post of the role that is asked who gave any unpaid hour, by standby or work, and all of them."""
    (start, end), setting = scenario.run.window, ledger.setting
    role = [one.name for one in scenario.roles].index(scenario.goodwill.answer_role)
    in_post = (setting.staff.role == role) & ~setting.staff.vacant
    gave = np.zeros(len(in_post), dtype=bool)
    tasks = ledger.tasks
    begun = tasks.column("start")
    gave[tasks.column("person")[(tasks.column("duty") < 0) & (begun >= start) & (begun < end)]] = True
    kept = setting.standby
    gave[kept.person[(kept.end > start) & (kept.start < end)]] = True
    return float((gave & in_post).sum()), float(in_post.sum())


def check_baseline(
    pair: tuple[Scenario, Scenario], funded: Scenario, patch: Scenario, seed: int, replications: int, workers: int,
    progress: Progress | None = None,
) -> tuple[list[Finding], list[Unpublished], list[Behind]]:  # fmt: skip
    """Every check, what goodwill masks, and what lies behind emergency visits.

    pair: a scenario and the same without goodwill. funded: its families under a rota funded in every area. patch: the
    same of the areas of the EACH team.
    """
    scenario = pair[0]
    found = list(run_units(units(3, replications), Baseline((*pair, funded), seed), workers, progress))
    with_goodwill, without, covered = ([rows for unit, rows in found if unit.scenario == place] for place in range(3))
    drawn = list(draw(scenario, seed, replications))
    dispersion = next(check for check, reading in CALLS if reading is weekly_dispersion)
    findings = [
        exact(FULL, *full_areas(scenario, (seed, 0))),
        exact(WITHOUT, *without_consultant(scenario)),
        _found(DIED, with_goodwill, "died_outside_hospital_share"),
        _found(ROUND_THE_CLOCK, covered, DIED_AT_HOME[0]),
        not_round_the_clock(with_goodwill),
        _a_week(CALLS_A_WEEK, scenario, with_goodwill, "calls_per_year_out_of_hours"),
        _potential(scenario, with_goodwill),
        _drawn(dispersion, [weekly_dispersion(one) for one in drawn]),
        *check_each(patch, seed, replications, workers),
        _found(UNPAID, with_goodwill, GAVE),
        _found(EMERGENCIES, covered, EVER),
    ]
    unpublished = [
        Unpublished(words, *(_found(_plain(words), rows, name) for rows in (with_goodwill, without)))
        for name, words in MASKED
    ]
    return findings, unpublished, [Behind(words, _found(_per_family(words), covered, name)) for name, words in BEHIND]


def full_areas(scenario: Scenario, key: tuple[int, int]) -> tuple[float, float]:
    """Areas whose rota on paper has a funded nurse to visit at every hour, and all areas."""
    cover = paper_cover(scenario, deal_area_types(scenario, key))
    return float((cover > 1 - 1e-9).sum()), float(len(cover))


def without_consultant(scenario: Scenario) -> tuple[float, float]:
    """Areas with no consultant in post, and all areas."""
    none = sum(dict(area.posts).get("consultant", 0) == 0 for area in scenario.areas)
    return float(none), float(len(scenario.areas))


def _rows(found: Sequence[Sequence[Row]], name: str) -> tuple[Floats, Floats]:
    rows = [row for rows in found for row in rows if row.measure == name and row[1:3] == ENGLAND]
    return np.array([row.numerator for row in rows]), np.array([row.denominator for row in rows])


def _found(check: Check, found: Sequence[Sequence[Row]], name: str) -> Finding:
    return estimated(check, *_rows(found, name))


def not_round_the_clock(found: Sequence[Sequence[Row]]) -> Finding:
    """Deaths at home of those who want to, by replication, in areas without care round the clock."""
    of = [[row for row in rows if row[:2] == DIED_AT_HOME and row.level != FULL_TYPE] for rows in found]
    sums = [(sum(row.numerator for row in rows), sum(row.denominator for row in rows)) for rows in of]
    return estimated(NOT_ROUND_THE_CLOCK, *np.array(sums, dtype=float).T)


def _a_week(check: Check, scenario: Scenario, found: Sequence[Sequence[Row]], name: str) -> Finding:
    top, bottom = _rows(found, name)
    return estimated(check, top / 52, bottom * len(scenario.areas))


def _potential(scenario: Scenario, found: Sequence[Sequence[Row]]) -> Finding:
    _, calls = _rows(found, "unmet_demand_share_out_of_hours")  # its denominator is every such call
    return estimated(POTENTIAL, calls, np.full(len(calls), scenario.run.weeks * len(scenario.areas)))


def _drawn(check: Check, readings: Sequence[tuple[float, float]]) -> Finding:
    return estimated(check, *np.array(readings).T)


def _plain(words: str) -> Check:
    return Check(words, "share", np.nan, -np.inf, np.inf, "", "")


def _per_family(words: str) -> Check:
    return Check(words, "ratio", np.nan, -np.inf, np.inf, "", "")
