"""Every measure by name: what it means, its unit, which way is better and how it is estimated.

A share or a mean over calls is a ratio of two sums over the measured window (``ratio``); a mean over people is a number per
replication (``mean``); a percentile or a worst person is a number per replication estimated by bootstrap (``percentile``).
"""

from __future__ import annotations

from sim.domain.words import CAUSES, NOT_MADE, OUTCOMES, UNMET_OUTCOMES
from sim.measures.described import Measure
from sim.measures.described_contacts import CONTACTS
from sim.measures.described_costs import COSTS
from sim.measures.described_fragility import FRAGILITY

__all__ = ["BANDS", "BAND_WORDS", "CATALOGUE", "STATISTICS", "Measure"]

BANDS = ("", "_out_of_hours", "_night")  # all hours, out of hours, 22:00-07:00
BAND_WORDS = {"": "in all hours", "_out_of_hours": "out of hours", "_night": "at night (22:00-07:00)"}
STATISTICS = ("mean", "p10", "p25", "median", "p75", "p90", "worst")  # over the people of a role, in one replication


def _shares() -> list[Measure]:
    measures = []
    wanting = "potential calls of families who want to be at home"
    for band in BANDS:
        when = BAND_WORDS[band]
        parts = "unmet + overtaken by death + partly met + not made because home was not offered"
        unmet = Measure(
            f"unmet_demand_share{band}",
            f"Unmet demand {when}",
            "share",
            "lower",
            "ratio",
            f"({parts}) / {wanting}, {when}",
            "unmet_share",
        )
        measures.append(unmet)
        for reason in NOT_MADE:
            name, title = f"not_made_{reason}_share{band}", f"Not made, {reason.replace('_', ' ')}, {when}"
            better = "lower" if reason == "choice_not_offered" else ""
            measures.append(
                Measure(
                    name,
                    title,
                    "share",
                    better,
                    "ratio",
                    f"calls not made ({reason}) / {wanting}, {when}",
                    "unmet_share",
                )
            )
        for outcome in OUTCOMES:
            words = outcome.replace("_", " ")
            better = "higher" if outcome == "met" else "lower" if outcome in UNMET_OUTCOMES else ""
            measures.append(
                Measure(
                    f"{outcome}_share{band}",
                    f"{words.capitalize()} {when}",
                    "share",
                    better,
                    "ratio",
                    f"{words} / {wanting}, {when}",
                    "unmet_share",
                )
            )
            made = f"{outcome}_share_of_calls_made{band}"
            measures.append(
                Measure(
                    made,
                    f"{words.capitalize()}, of calls made, {when}",
                    "share",
                    better,
                    "ratio",
                    f"{words} / calls made, {when}",
                    "unmet_share",
                )
            )
        for cause in CAUSES:
            words = cause.replace("_", " ")
            name = f"unmet_because_{cause}_share{band}"
            formula = f"(unmet, overtaken or partly met, cause {words}) / {wanting}, {when}"
            measures.append(
                Measure(name, f"Unmet because {words}, {when}", "share", "lower", "ratio", formula, "unmet_share")
            )
            name = f"cause_{cause}_share{band}"
            formula = f"calls with cause {words} / calls with a cause (all but met), {when}"
            measures.append(Measure(name, f"Cause {words}, {when}", "share", "", "ratio", formula, "unmet_share"))
        per = f"per family who wants to be at home, {when}"
        measures.append(
            Measure(
                f"calls_per_family{band}",
                f"Calls made {per}",
                "calls/family",
                "",
                "ratio",
                f"calls made {when} / families who want to be at home",
            )
        )
        measures.append(
            Measure(
                f"calls_per_year{band}",
                f"Calls made a year {when}",
                "calls/year",
                "",
                "mean",
                f"calls made {when}, per 52 weeks",
            )
        )
    return measures


def _families() -> list[Measure]:
    return [
        Measure(
            "potential_calls_per_year",
            "Potential calls a year",
            "calls/year",
            "",
            "mean",
            "potential calls of families who want to be at home, per 52 weeks",
        ),
        Measure(
            "families_wanting_home_per_year",
            "Families who want to be at home, a year",
            "families/year",
            "",
            "mean",
            "episodes begun, per 52 weeks",
        ),
        Measure(
            "home_offered_share",
            "Home offered",
            "share",
            "higher",
            "ratio",
            "families offered home / families who want to be at home",
            "unmet_share",
        ),
        Measure(
            "died_outside_hospital_share",
            "Died outside hospital",
            "share",
            "higher",
            "ratio",
            "deaths at home or in a hospice / all deaths of life-limiting conditions",
            "unmet_share",
        ),
        Measure(
            "minutes_to_answer",
            "Minutes to an answer",
            "minutes",
            "lower",
            "ratio",
            "minutes from call to answer / calls answered",
        ),
        Measure(
            "minutes_to_door",
            "Minutes to the door",
            "minutes",
            "lower",
            "ratio",
            "minutes from call to the door / calls visited",
            "minutes_to_door",
        ),
        Measure(
            "travel_minutes_one_way",
            "Travel, one way",
            "minutes",
            "lower",
            "ratio",
            "minutes of journey to a family / home visits",
        ),
        Measure(
            "answered_in_standard_share",
            "Answered within the standard",
            "share",
            "higher",
            "ratio",
            "calls answered within the standard / calls made",
            "unmet_share",
        ),
        Measure(
            "door_in_standard_share",
            "At the door within the standard",
            "share",
            "higher",
            "ratio",
            "visits within the standard / calls that needed a visit",
            "unmet_share",
        ),
        Measure(
            "goodwill_used_share",
            "Goodwill used",
            "share",
            "",
            "ratio",
            "calls with any unpaid part / potential calls of families who want to be at home",
            "unmet_share",
        ),
        Measure(
            "emergency_visits_per_family",
            "Emergency visits",
            "visits/family",
            "",
            "ratio",
            "emergency visits after any attempt of a call / families who want to be at home",
        ),
        Measure(
            "admissions_per_family",
            "Admissions",
            "admissions/family",
            "",
            "ratio",
            "admissions after any attempt of a call / families who want to be at home",
        ),
        Measure(
            "repeat_calls_per_year",
            "Calls that came again, a year",
            "calls/year",
            "",
            "mean",
            "second and later attempts of calls, per 52 weeks; they are in no share",
        ),
        Measure(
            "seen_by_someone_known_share",
            "Seen by someone known",
            "share",
            "higher",
            "ratio",
            "calls answered or visited by someone who knows the family / calls answered",
            "unmet_share",
        ),
    ]


def _exposures() -> list[Measure]:
    measures = []
    worded = (("achieved", "as held after absence and cover"), ("on_paper", "on paper, nobody absent"))
    missing = (
        ("without_visit", "with no funded clinician on duty who could visit within reach"),
        ("without_consultant", "with no funded consultant on duty"),
    )
    for word, how in worded:
        for name, what in missing:
            measures.append(
                Measure(
                    f"child_nights_{name}_{word}_share",
                    f"Child-nights {what}, {how}",
                    "share",
                    "lower",
                    "ratio",
                    f"nights (22:00-07:00) of children who want to be at home {what}, {how} / all their nights",
                    "uncovered_child_night_share",
                )
            )
            measures.append(
                Measure(
                    f"child_hours_{name}_{word}_share",
                    f"Child-hours {what}, {how}",
                    "share",
                    "lower",
                    "ratio",
                    f"hours of children who want to be at home {what}, {how} / all their hours",
                    "uncovered_child_night_share",
                )
            )
        for standard, who in (("6a_nurse", "a visiting children's nurse"), ("6b_consultant", "a consultant")):
            for of, words in (
                ("children", "children at home whose every hour had"),
                ("hours", "hours at home that had"),
            ):
                measures.append(
                    Measure(
                        f"qs160_{standard}_{word}_{of}_share",
                        f"QS160 statement {standard[:2]}, {of}, {how}",
                        "share",
                        "higher",
                        "ratio",
                        f"{words} {who} / all {of} offered home, {how}",
                        "uncovered_child_night_share",
                    )
                )
    nights = "nights with at least an hour in an episode of a child who wants to be at home, per 52 weeks"
    measures.append(Measure("child_nights_per_year", "Child-nights a year", "nights/year", "", "mean", nights))
    together = "hours with two or more families of a team in their last 72 hours / teams / weeks"
    measures.append(
        Measure("coincidence_hours_per_week", "Two families dying at once", "hours/team-week", "", "ratio", together)
    )
    return measures


def _background() -> list[Measure]:
    apart = "of children not at the end of life, who are in no other share"
    return [
        Measure("background_calls_per_year", "Background calls a year", "calls/year", "", "mean", f"calls {apart}"),
        Measure(
            "background_calls_per_year_out_of_hours",
            "Background calls a year out of hours",
            "calls/year",
            "",
            "mean",
            f"calls {apart}, out of hours",
        ),
        Measure(
            "background_unmet_share",
            "Background calls unmet",
            "share",
            "lower",
            "ratio",
            f"calls unmet or partly met {apart} / calls {apart}",
            "unmet_share",
        ),
    ]


def _boundaries() -> list[Measure]:
    return [
        Measure(
            "boundary_refusals_per_family",
            "Could not act beyond their home area",
            "refusals/family",
            "lower",
            "ratio",
            "people free and on duty, for each call, who could not act for a family of another area / families who want to"
            " be at home; only with the overlay boundary",
        ),
        Measure(
            "minutes_without_record_per_family",
            "Minutes lost without a record",
            "minutes/family",
            "lower",
            "ratio",
            "minutes of people of other areas finding out what the record says / families who want to be at home; only"
            " with the overlay boundary",
        ),
    ]


def _planned() -> list[Measure]:
    return [
        Measure(
            "planned_visits_per_family",
            "Planned visits",
            "visits/family",
            "",
            "ratio",
            "planned visits to families offered home and not in hospital, those after a death with the overlay bereavement"
            " / families who want to be at home",
        ),
        Measure(
            "planned_work_share",
            "Planned visits, of the time for them",
            "share",
            "lower",
            "ratio",
            "hours of these visits / planned.eol_share of the hours at work of the area's community team; above 1 they"
            " cannot all be made",
        ),
    ]


def _goodwill() -> list[Measure]:
    return [
        Measure(
            "goodwill_index",
            "Goodwill left",
            "index 0-1",
            "higher",
            "ratio",
            "sum of G over people and days / people and days; only where goodwill is a stock",
        ),
        Measure(
            "burnt_out_share",
            "Burnt out",
            "share of person-days",
            "lower",
            "ratio",
            "person-days on which the mean of G over the last 28 days is below the threshold / person-days",
            "unmet_share",
        ),
    ]


BURDENS = {
    "hours_on_call_per_week": (
        "Hours on call a week",
        "hours/person-week",
        "funded on-call hours of filled duties / weeks, per person",
        "hours_on_call",
    ),
    "nights_on_call_share": (
        "Nights on call",
        "share of nights",
        "nights with any funded on-call hour between 22:00 and 07:00 / nights, per person",
        "",
    ),
    "call_outs_per_month": (
        "Call-outs a month",
        "call-outs/person-month",
        "journeys begun from home while on call, on standby or off duty / months",
        "",
    ),
    "disturbed_nights_per_month": (
        "Disturbed nights a month",
        "nights/person-month",
        "nights with at least one call between 23:00 and 07:00, rostered or not / months",
        "disturbed_nights",
    ),
    "hours_worked_out_of_hours_per_week": (
        "Hours worked out of hours a week",
        "hours/person-week",
        "hours of telephone, travel and visits out of hours / weeks",
        "",
    ),
    "goodwill_hours_per_week": (
        "Goodwill hours worked a week",
        "hours/person-week",
        "unpaid hours of telephone, travel and visits / weeks",
        "",
    ),
    "standby_hours_per_week": (
        "Standby hours a week",
        "hours/person-week",
        "unpaid hours beside the telephone while a child is dying / weeks",
        "",
    ),
    "overrun_hours_per_week": (
        "Overrun hours a week",
        "hours/person-week",
        "hours worked on beyond the end of the duty that began them / weeks",
        "",
    ),
    "planned_hours_displaced_per_week": (
        "Planned hours displaced a week",
        "hours/person-week",
        "hours of unplanned work inside one's own duties at work, and of such duties lost to rest / weeks",
        "",
    ),
    "families_met_per_year": (
        "Families met a year",
        "families/person-year",
        "different families at the end of life that somebody worked for / years of 52 weeks",
        "",
    ),
    "calls_left_partly_met_per_year": (
        "Calls left partly met a year",
        "calls/person-year",
        "calls somebody answered that were only partly met / years of 52 weeks",
        "",
    ),
}
NO_BETTER_SIDE = ("families_met_per_year",)
STATISTIC_WORDS = {
    "mean": "mean", "p10": "10th percentile", "p25": "25th percentile", "median": "median", "p75": "75th percentile", "p90": "90th percentile", "worst": "worst person",
}  # fmt: skip


def _burdens() -> list[Measure]:
    measures = []
    for name, (title, unit, formula, zone) in BURDENS.items():
        for statistic in STATISTICS:
            kind = "mean" if statistic == "mean" else "percentile"
            words = STATISTIC_WORDS[statistic]
            measures.append(
                Measure(
                    f"{name}_{statistic}",
                    f"{title}, {words}",
                    unit,
                    "" if name in NO_BETTER_SIDE else "lower",
                    kind,
                    f"{formula}; {words} over people",
                    zone,
                )
            )
    for statistic, words in (("median", "median"), ("p90", "90th percentile"), ("worst", "worst person")):
        formula = f"all nights / nights on call, {words} over those with any; the smaller, the more often"
        measures.append(
            Measure(
                f"on_call_1_in_n_{statistic}",
                f"On call 1 night in n of all, {words}",
                "nights",
                "higher",
                "percentile",
                formula,
            )
        )
    measures.append(
        Measure(
            "people_on_rota",
            "People on a rota or asked",
            "people",
            "",
            "mean",
            "people who held a duty or gave goodwill in the window",
        )
    )
    measures.append(
        Measure(
            "people_needed", "People the rota is written for", "people", "", "mean", "posts in the scenario's teams"
        )
    )
    measures.append(
        Measure(
            "leave_beyond_limit_share",
            "Weeks with more on leave than may be",
            "share",
            "",
            "ratio",
            "weeks of teams in which more are on leave than rota.leave_together_max_share allows / weeks of teams",
        )
    )
    measures.append(
        Measure(
            "stepped_up_nights_per_year",
            "Nights stood up a year",
            "nights/year",
            "",
            "mean",
            "nights with a filled stepped-up duty, person by person, per 52 weeks",
        )
    )
    measures.append(
        Measure(
            "seat_hours_gap_share",
            "Rota gaps",
            "share",
            "lower",
            "ratio",
            "hours of funded duties nobody holds / hours of funded duties",
            "unmet_share",
        )
    )
    return measures


AUDITED = {  # of everybody on a rota or asked, over the people of a role: mean, 90th percentile, worst
    "rest_breaches_per_month": (
        "Rest breaches a month",
        "breaches/person-month",
        "shifts with no 11 h of unbroken rest in the 24 h before (on call is rest, answering is not) / months",
    ),
    "rest_hours_missed_per_month": (
        "Hours of rest missed a month",
        "hours/person-month",
        "11 h less the longest unbroken rest in the 24 h before a shift, summed / months",
    ),
    "weekly_rests_missed_per_month": (
        "Weekly rests missed a month",
        "rests/person-month",
        "unbroken rests of 24 h short of two a fortnight / months",
    ),
    "worked_hours_per_week_busiest": (
        "Hours worked a week, busiest 17 weeks",
        "hours/person-week",
        "hours at work and tasks worked on call, on standby or unpaid, in the busiest 17 weeks, days away left out / 17",
    ),
    "nights_in_a_row_on_call": (
        "Nights in a row on call",
        "nights",
        "longest run of nights with any hour on call, or on standby unpaid, between 22:00 and 07:00",
    ),
    "disturbed_nights_in_a_row": (
        "Disturbed nights in a row",
        "nights",
        "longest run of nights with at least one call between 23:00 and 07:00, rostered or not",
    ),
}
BEYOND = {
    "safe_limits": "on call too often, short of daily rest too often or working too long",
    "frequency_limit": "on call, or on standby unpaid, more often than 1 night in 4 of the nights not on leave",
    "rest_limit": "short of daily rest more than once a month",
    "hours_limit": "working over 48 hours a week in the busiest 17 weeks",
}


def _audits() -> list[Measure]:
    measures = []
    for name, (title, unit, formula) in AUDITED.items():
        for statistic in ("mean", "p90", "worst"):
            words, kind = STATISTIC_WORDS[statistic], "mean" if statistic == "mean" else "percentile"
            told = f"{formula}; {words} over people"
            measures.append(Measure(f"{name}_{statistic}", f"{title}, {words}", unit, "lower", kind, told))
    for statistic in ("median", "p90", "worst"):
        words = STATISTIC_WORDS[statistic]
        told = f"nights not on leave / nights on call or on standby unpaid, {words} over those with any; the smaller, the more often"
        title = f"On call 1 night in n at work, {words}"
        measures.append(Measure(f"on_call_1_in_n_at_work_{statistic}", title, "nights", "higher", "percentile", told))
    for limit, words in BEYOND.items():
        told = f"people {words} (limits: configs/safe_limit) / people on a rota or asked"
        title = f"People beyond the {limit.replace('_', ' ')}"
        measures.append(Measure(f"people_beyond_{limit}_share", title, "share", "lower", "ratio", told))
    for word, words in (("planned", "by the rota as held"), ("achieved", "as worked")):
        told = f"people over 48 hours a week in the busiest 17 weeks, {words} / people on a rota or asked"
        name = f"people_over_weekly_hours_{word}_share"
        measures.append(Measure(name, f"Over 48 hours a week, {words}", "share", "lower", "ratio", told))
        told = f"people who miss any rest of 24 h a week, or two a fortnight, {words} / people on a rota or asked"
        name = f"people_short_of_weekly_rest_{word}_share"
        measures.append(Measure(name, f"Short of weekly rest, {words}", "share", "lower", "ratio", told))
    for word, words in (
        ("planned", "by the rota as held"),
        ("achieved", "after call-outs"),
        ("broken_by_call_outs", "kept by the rota and broken by call-outs"),
    ):
        told = f"shifts without 11 h of unbroken rest in the 24 h before, {words} / shifts begun"
        title = f"Daily rest missed, {words}"
        measures.append(Measure(f"rest_missed_{word}_share", title, "share", "lower", "ratio", told))
    return measures


CATALOGUE: dict[str, Measure] = {
    m.name: m
    for m in [
        *_exposures(),
        *_shares(),
        *_families(),
        *_background(),
        *_boundaries(),
        *_planned(),
        *_goodwill(),
        *_burdens(),
        *_audits(),
        *CONTACTS,
        *COSTS,
        *FRAGILITY,
    ]
}
