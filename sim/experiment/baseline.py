"""Today's patchwork against what is known of today: national figures, each with the figure it is held against.

Bounds were declared before anything was simulated. Of what goodwill masks nothing is published: those figures are told
beside the checks, and judged by nobody. Sources are those of ``configs/register``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.domain.scenario import Scenario
from sim.experiment.checked import Check, Finding, estimated, exact
from sim.experiment.demand_checks import draw
from sim.experiment.demand_evidence import CALLS, DIED, EACH_CALLS
from sim.experiment.demand_readings import weekly_dispersion
from sim.experiment.execute import Progress, run_units
from sim.experiment.replicate import ledger_of
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
EVER_UNDER_FULL_COVER = f"{EVER}_under_full_cover"
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
    "died at home of those who want to, areas with care round the clock",
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
    "families with an emergency visit, areas with a nurse to visit at every hour",
    *("share", 0.116, 0.07, 1.0, "Hauch 2021 Front Pediatr 9:734181: 20 of 172 families of a 24/7 team called 999"),
    "a floor and no target, the low end of its range; visits of every kind count here, there calls to 999 alone",
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
class Baseline:
    """The work: the rows of one replication that the checks read."""

    scenarios: tuple[Scenario, ...]
    seed: int

    def __call__(self, unit: Unit) -> list[Row]:
        """England's rows, and who gave unpaid hours."""
        scenario = self.scenarios[unit.scenario]
        ledger = ledger_of(scenario, self.seed, unit.replication)
        everywhere = measure(ledger, scenario)
        rows = [row for row in everywhere if row[1:3] == ENGLAND or row[:2] == DIED_AT_HOME]
        gave, nurses = unpaid(ledger, scenario)
        return [*rows, Row(GAVE, *ENGLAND, gave, nurses, gave), under_full_cover(everywhere, ledger, scenario)]


def under_full_cover(rows: Sequence[Row], ledger: Ledger, scenario: Scenario) -> Row:
    """Families of areas with a funded nurse to visit at every hour, and those of them with an emergency visit."""
    full = {area.code for area, cover in zip(scenario.areas, ledger.setting.cover, strict=True) if is_full(cover)}
    here = [row for row in rows if (row.measure, row.group) == (EVER, "area") and row.level in full]
    ever = sum(row.numerator for row in here)
    return Row(EVER_UNDER_FULL_COVER, *ENGLAND, ever, sum(row.denominator for row in here), ever)


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
    pair: tuple[Scenario, Scenario], patch: Scenario, seed: int, replications: int, workers: int,
    progress: Progress | None = None,
) -> tuple[list[Finding], list[Unpublished]]:  # fmt: skip
    """Every check, and what goodwill masks. pair: a scenario and the same without goodwill. patch: of the EACH team."""
    scenario = pair[0]
    found = list(run_units(units(2, replications), Baseline(pair, seed), workers, progress))
    with_goodwill, without = ([rows for unit, rows in found if unit.scenario == place] for place in (0, 1))
    drawn = list(draw(scenario, seed, replications))
    dispersion = next(check for check, reading in CALLS if reading is weekly_dispersion)
    each = list(draw(patch, seed, replications))
    findings = [
        exact(FULL, *full_areas(scenario, (seed, 0))),
        exact(WITHOUT, *without_consultant(scenario)),
        _found(DIED, with_goodwill, "died_outside_hospital_share"),
        at_home(ROUND_THE_CLOCK, with_goodwill, full=True),
        at_home(NOT_ROUND_THE_CLOCK, with_goodwill, full=False),
        _a_week(CALLS_A_WEEK, scenario, with_goodwill, "calls_per_year_out_of_hours"),
        _potential(scenario, with_goodwill),
        _drawn(dispersion, [weekly_dispersion(one) for one in drawn]),
        *(_drawn(check, [reading(one) for one in each]) for check, reading in EACH_CALLS),
        _found(UNPAID, with_goodwill, GAVE),
        _found(EMERGENCIES, with_goodwill, EVER_UNDER_FULL_COVER),
    ]
    unpublished = [
        Unpublished(words, *(_found(_plain(words), rows, name) for rows in (with_goodwill, without)))
        for name, words in MASKED
    ]
    return findings, unpublished


def full_areas(scenario: Scenario, key: tuple[int, int]) -> tuple[float, float]:
    """Areas whose rota on paper has a funded nurse to visit at every hour, and all areas."""
    cover = paper_cover(scenario, deal_area_types(scenario, key))
    return float(sum(map(is_full, cover))), float(len(cover))


def is_full(cover: float) -> bool:
    """Whether a share c of the paper rota is all of the out-of-hours hours."""
    return cover > 1 - 1e-9


def without_consultant(scenario: Scenario) -> tuple[float, float]:
    """Areas with no consultant in post, and all areas."""
    none = sum(dict(area.posts).get("consultant", 0) == 0 for area in scenario.areas)
    return float(none), float(len(scenario.areas))


def _rows(found: Sequence[Sequence[Row]], name: str) -> tuple[Floats, Floats]:
    rows = [row for rows in found for row in rows if row.measure == name and row[1:3] == ENGLAND]
    return np.array([row.numerator for row in rows]), np.array([row.denominator for row in rows])


def _found(check: Check, found: Sequence[Sequence[Row]], name: str) -> Finding:
    return estimated(check, *_rows(found, name))


def at_home(check: Check, found: Sequence[Sequence[Row]], full: bool) -> Finding:
    """Deaths at home of those who want to, by replication, in areas with care round the clock or in all others."""
    of = [[row for row in rows if row[:2] == DIED_AT_HOME and (row.level == FULL_TYPE) == full] for rows in found]
    sums = [(sum(row.numerator for row in rows), sum(row.denominator for row in rows)) for rows in of]
    return estimated(check, *np.array(sums, dtype=float).T)


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
