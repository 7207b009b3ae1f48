"""Made-up tables of a study with plausible numbers, in the columns that ``docs/results.md`` describes."""

from __future__ import annotations

import math
import zlib
from dataclasses import replace

import pandas as pd

from sim.domain.words import FATES
from sim.measures.catalogue import EVERYTHING
from sim.report import Tables
from sim.report.drawing import TILES

QUESTIONS = {
    "current_patchwork": "What do today's uneven services and goodwill mean for families at night?",
    "goodwill_withdrawn": "What if nobody helped unrostered and unpaid any more?",
    "icb_rota": "What if every ICB funded a rota of its own?",
    "regional_rota": "What if specialist nurses and consultants were on call by region?",
}
UNMET = {"current_patchwork": 0.276, "goodwill_withdrawn": 0.581, "icb_rota": 0.081, "regional_rota": 0.079}
CAUSES = {
    "not_asked": 0.01,
    "too_slow": 0.05,
    "all_busy": 0.03,
    "resting": 0.0,
    "second_person": 0.03,
    "out_of_reach": 0.02,
    "not_able": 0.05,
    "rota_gap": 0.13,
    "not_commissioned": 0.48,
}  # shares of unmet demand; what is left is home not offered, or in hospital after a failure
GOODWILL = {"current_patchwork": 0.212, "goodwill_withdrawn": 0.0, "icb_rota": 0.061, "regional_rota": 0.058}
ON_CALL = {"community_nurse": 11.0, "specialist_nurse": 0.0, "consultant": 0.0}
PEOPLE = {"community_nurse": 240.0, "specialist_nurse": 18.0, "consultant": 18.0}
QUANTILES = {"mean": 1.0, "p10": 0.4, "p25": 0.7, "median": 1.0, "p75": 1.3, "p90": 1.8, "worst": 2.9}
REGIONS = (
    "North East and Yorkshire",
    "North West",
    "Midlands",
    "East of England",
    "London",
    "South East",
    "South West",
)


FATE_SHARES = {
    "current_patchwork": (0.25, 0.15, 0.07, 0.08, 0.16, 0.16, 0.09, 0.04),
    "goodwill_withdrawn": (0.48, 0.18, 0.03, 0.12, 0.09, 0.04, 0.02, 0.04),
    "icb_rota": (0.0, 0.02, 0.2, 0.01, 0.06, 0.05, 0.22, 0.44),
    "regional_rota": (0.0, 0.01, 0.21, 0.01, 0.06, 0.04, 0.23, 0.44),
}
FAMILIES = 500.0
LEVELS = {  # group -> level -> what its shares are, times those of all areas
    "deprivation": {"quintile 1 (most deprived)": 1.3, "quintile 2": 1.1, "quintile 3": 1.0, "quintile 4": 0.95}
    | {"quintile 5": 0.8},
    "rural": {"10-30 % rural": 1.01, "over 30 % rural": 1.02, "under 10 % rural": 0.99},
    "area_type": {"full": 0.4, "weekdays_alone": 1.5},
}


def made_up(
    names: tuple[str, ...] = tuple(QUESTIONS),
    codes: tuple[str, ...] = tuple(TILES),
    empty: bool = False,
    stock: bool = False,
) -> Tables:
    """Tables for these scenarios (the first is the baseline) and areas. empty: no child is at home and nobody calls;
    stock: goodwill is followed week by week."""
    rows = [row for name in names for row in _of_scenario(name, codes, empty)]
    rows += [row for name in names for row in _goodwill(name)] if stock else []
    columns = [
        "scenario",
        "measure",
        "unit",
        "group",
        "level",
        "mean",
        "ci_low",
        "ci_high",
        "pi_low",
        "pi_high",
        "replications",
        "events",
    ]
    summary = pd.DataFrame(rows, columns=columns)
    selected = [name for name, one in EVERYTHING.items() if one.denominator_kind == "selected"]
    summary["n"] = summary["measure"].isin(selected).map({True: 350.0, False: math.nan})
    return Tables(
        summary=summary,
        comparison=_comparison(summary, names),
        areas=pd.DataFrame([_area(code) for code in codes]),
        scenarios=[{"name": name, "question": QUESTIONS.get(name, "What if it were otherwise?")} for name in names],
        assumptions=_assumptions(names),
        study={
            "title": "Four ways to cover the nights",
            "seed": 1,
            "replications": 20,
            "weeks": 52,
            "warmup_weeks": 17,
            "version": "0.1.0",
            "fingerprint": {name: f"{zlib.crc32(name.encode()):08x}" * 8 for name in names},
            "people": {name: _people(name) for name in names},
        },
    )


def _of_scenario(name: str, codes: tuple[str, ...], empty: bool) -> list[tuple]:
    unmet, goodwill = UNMET.get(name, 0.3), GOODWILL.get(name, 0.1)
    shares = {f"unmet_because_{cause}_share": unmet * part for cause, part in CAUSES.items()}
    hidden = unmet * (1 - sum(CAUSES.values()))
    offered, hospital = hidden * 0.75, hidden * 0.25
    shares |= {
        "unmet_demand_share": unmet,
        "unmet_demand_share_night": unmet * 1.2,
        "not_made_choice_not_offered_share": offered,
        "not_made_in_hospital_after_failure_share": hospital,
        "not_made_in_hospital_caused_share": hospital * 0.8,
        "nobody_answered_share": (unmet - hidden) * 0.75,
        "help_incomplete_share": (unmet - hidden) * 0.25,
    }
    shares |= {
        "unmet_share": (unmet - hidden) * 0.7,
        "partly_met_share": (unmet - hidden) * 0.25,
        "overtaken_by_death_share": (unmet - hidden) * 0.05,
    }
    shares |= {
        "met_by_goodwill_share": goodwill,
        "late_share": 0.04,
        "not_made_in_hospital_share": 0.03,
        "not_made_help_present_share": 0.02,
    }
    shares["met_share"] = 1 - unmet - goodwill - 0.09
    rows = [
        _row(name, measure, "share", "england", "England", math.nan if empty else mean, 0.06)
        for measure, mean in shares.items()
    ]
    rows.append(
        _row(name, "minutes_to_door", "minutes", "england", "England", math.nan if empty else 62.0 - 9 * unmet, 0.03)
    )
    for code in codes:
        wobble = 0.8 + 0.4 * (zlib.crc32(code.encode()) % 100) / 100
        rows.append(
            _row(name, "unmet_demand_share", "share", "area", code, math.nan if empty else unmet * wobble, 0.15)
        )
    for group in ("region", "cluster"):
        for level in dict.fromkeys(_area(code)[group] for code in codes):
            rows.append(_row(name, "unmet_demand_share", "share", group, level, math.nan if empty else unmet, 0.1))
    rows += _hours(name, unmet, empty)
    return rows + _exposure(name, empty) + _waits(name, empty) + _levels(name, empty) + _burdens(name, empty)


def _hours(name: str, unmet: float, empty: bool) -> list[tuple]:
    """A little more at night; nobody calls at 04 on a Saturday."""
    rows = []
    for day in ("Saturday", "Sunday or bank holiday", "working day"):
        for hour in range(24):
            level, nobody = f"{day} {hour:02d}", empty or (day, hour) == ("Saturday", 4)
            share = math.nan if nobody else unmet * (1.2 if hour < 7 else 1.0)
            rows.append(_row(name, "unmet_demand_share", "share", "hour", level, share, 0.3))
            calls = 0.0 if nobody else 40.0 + hour
            rows.append(_row(name, "potential_calls_per_year", "calls/year", "hour", level, calls, 0.1))
    return rows


def _exposure(name: str, empty: bool) -> list[tuple]:
    uncovered = 0.24 if "rota" in name else 0.86
    shares = {"home_offered_share": 0.9}
    for word, factor in (("achieved", 1.05), ("on_paper", 1.0)):
        for of in ("nights", "hours"):
            shares[f"child_{of}_without_visit_{word}_share"] = uncovered * factor
            shares[f"child_{of}_without_consultant_{word}_share"] = 0.0 if "rota" in name else 0.9 * factor
            of = {"nights": "children", "hours": "hours"}[of]
            shares[f"qs160_6a_nurse_{word}_{of}_share"] = 1 - uncovered * factor
            shares[f"qs160_6b_consultant_{word}_{of}_share"] = 1.0 if "rota" in name else 0.0004
    return [_row(name, m, "share", "england", "England", math.nan if empty else x, 0.04) for m, x in shares.items()]


def _waits(name: str, empty: bool) -> list[tuple]:
    values = {
        "minutes_to_answer": ("minutes", 7.0),
        "answered_in_standard_share": ("share", 0.9),
        "door_in_standard_share": ("share", 0.95 if "rota" in name else 0.8),
        "emergency_visits_per_family": ("visits/family", 0.8),
        "admissions_per_family": ("admissions/family", 0.5 if "rota" in name else 0.3),
    }
    return [
        _row(name, measure, unit, "england", "England", math.nan if empty else value, 0.02)
        for measure, (unit, value) in values.items()
    ]


def _levels(name: str, empty: bool) -> list[tuple]:
    whole = {
        "unmet_demand_share": UNMET.get(name, 0.3),
        "child_nights_without_visit_achieved_share": 0.25 if "rota" in name else 0.6,
    }
    return [
        _row(name, measure, "share", group, level, math.nan if empty else mean * factor, 0.06)
        for measure, mean in whole.items()
        for group, levels in LEVELS.items()
        for level, factor in levels.items()
    ]


def _goodwill(name: str) -> list[tuple]:
    """24 weeks, the warm-up among them; the sizes mean nothing."""
    rows = []
    for role in ON_CALL:
        for measure, unit, first in (("goodwill_index", "index 0-1", 0.8), ("burnt_out_share", "share", 0.1)):
            rows.append(_row(name, measure, unit, "role", role, first, 0.05))
            rows += [
                _row(name, measure, unit, "role_week", f"{role} week {week:03d}", first * 0.98**week, 0.05)
                for week in range(1, 25)
            ]
    return rows


def _burdens(name: str, empty: bool) -> list[tuple]:
    rows = []
    for role, usual in ON_CALL.items():
        on_call = (
            usual
            if "rota" not in name
            else {"community_nurse": 18.0, "specialist_nurse": 17.0, "consultant": 28.0}[role]
        )
        standby = 0.0 if empty or role != "community_nurse" or name == "goodwill_withdrawn" else 3.0
        sizes = {
            "hours_on_call_per_week": on_call,
            "disturbed_nights_per_month": 0.0 if empty else 0.04 * on_call,
            "standby_hours_per_week": standby,
        }
        sizes["goodwill_hours_per_week"] = standby / 10
        rows += _audit(name, role, on_call)
        for measure, size in sizes.items():
            for statistic, factor in QUANTILES.items():
                rows.append(
                    _row(name, f"{measure}_{statistic}", "hours/person-week", "role", role, size * factor, 0.08)
                )
    beyond = 0.3 if "rota" in name else 0.02
    return [*rows, _row(name, "people_beyond_safe_limits_share", "share", "england", "England", beyond, 0.1)]


def _audit(name: str, role: str, on_call: float) -> list[tuple]:
    rows = [_row(name, "people_on_rota", "people", "role", role, PEOPLE[role], 0.02)]
    if on_call:
        for statistic, nights in (("median", 100 / on_call), ("p90", 70 / on_call), ("worst", 55 / on_call)):
            rows.append(_row(name, f"on_call_1_in_n_at_work_{statistic}", "nights", "role", role, nights, 0.02))
    for statistic, factor in (("mean", 1.0), ("p90", 1.6), ("worst", 2.5)):
        rows.append(
            _row(name, f"nights_in_a_row_on_call_{statistic}", "nights", "role", role, on_call / 7 * factor, 0.1)
        )
        breaches = 0.01 * on_call * factor
        rows.append(_row(name, f"rest_breaches_per_month_{statistic}", "breaches", "role", role, breaches, 0.1))
    rows.append(_row(name, "rest_missed_planned_share", "share", "role", role, 0.0, 0.0))
    rows.append(_row(name, "rest_missed_achieved_share", "share", "role", role, 0.0003 * on_call, 0.1))
    rows.append(_row(name, "people_beyond_safe_limits_share", "share", "role", role, min(on_call / 30, 1.0), 0.02))
    return rows


def _row(name: str, measure: str, unit: str, group: str, level: str, mean: float, half: float) -> tuple:
    width = mean * half
    return (
        name,
        measure,
        unit,
        group,
        level,
        mean,
        mean - width,
        mean + width,
        mean - 3 * width,
        mean + 3 * width,
        20,
        0 if not mean > 0 else 400,
    )


def _comparison(summary: pd.DataFrame, names: tuple[str, ...]) -> pd.DataFrame:
    """Differences of the means; verdicts by a zone of one point or one hour."""
    columns = [
        "baseline",
        "scenario",
        "measure",
        "unit",
        "group",
        "level",
        "difference",
        "ci_low",
        "ci_high",
        "verdict",
        "p_holm",
        "family",
        "alone_low",
        "alone_high",
        "variance_ratio",
    ]
    means = summary.set_index(["scenario", "measure", "unit", "group", "level"])["mean"]
    rows = []
    for (scenario, measure, unit, group, level), mean in means.items():
        if scenario == names[0] or (names[0], measure, unit, group, level) not in means.index:
            continue
        difference = mean - means[names[0], measure, unit, group, level]
        half, zone = 0.15 * abs(difference) + 0.004 * (1 if unit == "share" else 100), 0.01 if unit == "share" else 1.0
        rows.append(
            (
                names[0],
                scenario,
                measure,
                unit,
                group,
                level,
                difference,
                difference - half,
                difference + half,
                _verdict(difference, half, zone, measure),
                0.01,
                4,
                difference - half / 2,
                difference + half / 2,
                2.0,
            )
        )
    return pd.DataFrame(rows, columns=columns)


def _verdict(difference: float, half: float, zone: float, measure: str) -> str:
    if measure in ("met_by_goodwill_share", "emergency_visits_per_family", "admissions_per_family"):
        return "no_material_difference" if abs(difference) + half < zone else ""  # neither side is better in itself
    if difference - half > zone or difference + half < -zone:
        return "better" if (difference > 0) == (measure == "met_share") else "worse"
    return "no_material_difference" if abs(difference) + half < zone else "not_decided"


def with_fates(*names: str, codes: tuple[str, ...] = tuple(TILES)) -> Tables:
    """Made-up tables with what became of the families in these scenarios."""
    tables = made_up(names, codes)
    rows = []
    for name in names:
        shares = dict(zip(FATES, FATE_SHARES[name], strict=True))
        rows.append(
            _row(name, "worst_three_fates_share", "share", "england", "England", sum(FATE_SHARES[name][:3]), 0.05)
        )
        for fate, share in shares.items():
            rows.append(_row(name, f"fate_{fate}_share", "share", "england", "England", share, 0.05))
            many = share * FAMILIES
            rows.append(_row(name, f"fate_{fate}_per_year", "families/year", "england", "England", many, 0.05))
    columns = tables.summary.columns.drop("n")
    summary = pd.concat([tables.summary, pd.DataFrame(rows, columns=columns)], ignore_index=True)
    return replace(tables, summary=summary)


def _area(code: str) -> dict:
    size = zlib.crc32(code.encode()) % 300_000 + 100_000
    label = TILES[code].label if code in TILES else code
    return {
        "code": code,
        "name": f"NHS {label}",
        "region": REGIONS[size % 7],
        "cluster": f"Cluster {size % 3 + 1}",
        "children": size,
        "deaths_per_year": size / 7_000,
    }


def _assumptions(names: tuple[str, ...]) -> pd.DataFrame:
    rows = []
    for name in names:
        rows.append(
            (
                name,
                "goodwill.asks",
                0 if name == "goodwill_withdrawn" else 2,
                "people",
                "assumed",
                "the strongest assumption of all; swept",
            )
        )
        if name == "regional_rota":
            rows.append((name, "teams.consultants.people", 6, "people", "planner", ""))
        rows.append((name, "travel.busy.fixed_minutes", 13.2, "minutes", "source", "a public source"))
        rows += [
            (name, "safe_limit.on_call_frequency_at_work_1_in_n", 4, "1 in n", "assumed", "swept"),
            (name, "safe_limit.rest_breaches_per_person_month", 1, "per person and month", "assumed", "swept"),
            (name, "safe_limit.worked_hours_per_week", 48, "hours/week", "source", "a public source"),
        ]
        rows += [
            (
                name,
                f"calls.rate_{i}_per_day",
                0.1 * i,
                "calls per day",
                "assumed" if i % 3 else "source",
                "a reason <of some length>",
            )
            for i in range(87)
        ]
    return pd.DataFrame(rows, columns=["scenario", "key", "value", "unit", "kind", "text"])


def _people(name: str) -> list[tuple[str, int, int, int]]:
    if "rota" not in name:
        return [("community_nurse", 272, 272, 0), ("specialist_nurse", 18, 18, 0), ("consultant", 18, 18, 0)]
    return [("community_nurse", 272, 315, 43), ("specialist_nurse", 18, 42, 24), ("consultant", 18, 126, 108)]
