"""Exposure as tidy numbers: uncovered child-hours and child-nights, QS160 statement 6, coincidence."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.domain.calendar import HOURS_PER_WEEK
from sim.domain.scenario import Scenario
from sim.exposure import A_MOMENT, Exposed, Gaps, coincidence
from sim.keyed import Floats
from sim.measures.rows import Groups, Row
from sim.place import Setting


def exposure(scenario: Scenario, setting: Setting, groups: Groups, held: Exposed, paper: Exposed) -> list[Row]:
    """Uncovered hours and nights of every child who wants to be at home. held: with the duties as they are held; paper:
    with nobody absent.

    Source of the standard: NICE QS160 (2017), statement 6: 24-hour access to (a) children's nursing care and
    (b) advice from a consultant.
    """
    rows: list[Row] = []
    for word, (visit, advice) in (("achieved", held), ("on_paper", paper)):
        rows += _uncovered(f"without_visit_{word}", visit, setting, groups)
        rows += _uncovered(f"without_consultant_{word}", advice, setting, groups)
        rows += _standard(f"qs160_6a_nurse_{word}", visit, setting, groups)
        rows += _standard(f"qs160_6b_consultant_{word}", advice, setting, groups)
        if word == "achieved":
            a_year = 52 / scenario.weeks_of_demand
            families = setting.demand.families
            name = "child_nights_without_visit_achieved_share"
            rows += groups.of_homes(name, visit.uncovered_nights, visit.nights, families.rural)
            rows += groups.number("child_nights_per_year", _sum(visit.nights, families.area, groups) * a_year)
    return rows + _coincidence(scenario, setting)


def _sum(values: Floats, area: NDArray[np.int64], groups: Groups) -> Floats:
    return np.asarray(np.bincount(area, values, minlength=groups.size), dtype=float)


def _uncovered(name: str, gaps: Gaps, setting: Setting, groups: Groups) -> list[Row]:
    families = setting.demand.families
    rows = groups.of_families(f"child_nights_{name}_share", gaps.uncovered_nights, gaps.nights, families)
    return rows + groups.of_families(f"child_hours_{name}_share", gaps.uncovered, gaps.hours, families)


def _standard(name: str, gaps: Gaps, setting: Setting, groups: Groups) -> list[Row]:
    """Children offered home whose every hour was covered, and the share of their hours that was."""
    at_home = setting.offered & (gaps.hours > 0)
    whole = at_home & (gaps.uncovered <= A_MOMENT)
    families = setting.demand.families
    rows = groups.of_families(f"{name}_children_share", whole.astype(float), at_home.astype(float), families)
    hours = np.where(at_home, gaps.hours, 0.0)
    covered = np.where(at_home, gaps.hours - gaps.uncovered, 0.0)
    return rows + groups.of_families(f"{name}_hours_share", covered, hours, families)


def _coincidence(scenario: Scenario, setting: Setting) -> list[Row]:
    """Hours a week in which a team has two or more families in their last 72 hours, by plan."""
    start, end = scenario.run.window
    rows = []
    for plan in dict.fromkeys(team.plan for team in scenario.teams):
        teams = [team for team in scenario.teams if team.plan == plan]
        of_area = [next((n for n, team in enumerate(teams) if area.code in team.areas), -1) for area in scenario.areas]
        hours = coincidence(setting, start, end, np.array(of_area, dtype=np.int64))
        weeks = (end - start) / HOURS_PER_WEEK
        rows.append(
            Row("coincidence_hours_per_week", "team", plan, float(hours.sum()), len(teams) * weeks, float(hours.sum()))
        )
    return rows
