"""Every key a planner can write: its type, and the lowest and highest value that makes sense.

The unit is in the key. These bounds refuse what cannot be; the ranges ``[low, high]`` in the comments say what is
plausible.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.domain import policies
from sim.domain.law import LAW_KINDS
from sim.domain.scenario import PHASES, URGENCIES
from sim.domain.staff import AT, MAY, SERVES, STEPS_UP

LONG = 100_000.0  # hours, minutes or days nobody means
MOST_HOURS = 1_000_000.0  # of a run
# where and how a study is run: no keys of a scenario, which says what is simulated
OF_THE_RUN = ("out", "keep", "draw", "workers", "executor", "scheduler", "shard")


@dataclass(frozen=True)
class Rule:
    """One value: kind is number, whole, word, words, flag, text, date, window, names, free or codes.

    What is free, or codes of areas (texts, alone or in lists and tables), is checked where it is read.

    ``empty``: null is allowed.
    """

    kind: str
    low: float = 0.0
    high: float = LONG
    words: tuple[str, ...] = ()
    empty: bool = False


@dataclass(frozen=True)
class Each:
    """A table with names of the planner's own: what one entry is called, what it holds and what it needs."""

    one: str
    entry: Any
    needs: tuple[str, ...] = ()


def number(low: float = 0.0, high: float = LONG, empty: bool = False) -> Rule:
    """A quantity."""
    return Rule("number", low, high, empty=empty)


def whole(low: float, high: float = LONG, empty: bool = False) -> Rule:
    """A count."""
    return Rule("whole", low, high, empty=empty)


def word(*words: str) -> Rule:
    """One of a few words."""
    return Rule("word", words=words)


def each_of(names: tuple[str, ...], rule: Any) -> dict[str, Any]:
    """The same rule under several names."""
    return dict.fromkeys(names, rule)


SHARE = number(0, 1)  # also a probability
FLAG, TEXT, WINDOW, NAMES, FREE = Rule("flag"), Rule("text"), Rule("window"), Rule("names"), Rule("free")
CODES = Rule("codes")
CHECKED_WHERE_READ = ("free", "codes")
SPEED = number(1, 200)


def law(unit: str) -> dict[str, Any]:
    """A duration by its law, mean and one shape number."""
    return {"law": word(*LAW_KINDS), f"mean_{unit}": number(), "cv": number(0.01, 10), "shape": number(0.05, 100)}


LENGTHS = ("talk", "after_call", "visit")  # of a call: minutes of its mean, or a law
REASON = {
    "weight_share": SHARE,
    **each_of(("p_emergency", "p_urgent", "p_visit", "p_second_person", "p_new_prescription"), SHARE),
    **each_of(tuple(f"{name}_minutes" for name in LENGTHS), number(0, 1440)),
    **each_of(LENGTHS, law("minutes")),
    **each_of(("p_need_level_1", "p_need_level_2", "p_need_level_3", "p_need_level_4"), SHARE),
}
ROLE = {
    "may": Rule("words", words=MAY),
    "level": whole(1, 4),
    "cost_gbp_per_hour": number(0, 1000),
    "wte": number(0.1, 1),
    "leave_weeks_per_year": number(0, 26),
    "sick_share": number(0, 0.5),
    "p_post_vacant": SHARE,
    "named_people_per_family": whole(0, 10),
}
PATTERN = {
    **each_of(("hours", "days", "bank_holidays"), FREE),
    "at": word(*AT),
    "seats": FREE,
    "rotation": word(*policies.ROTATIONS),
    "visiting": FLAG,
    "funded": FLAG,
    "serves": word(*SERVES),
    "prospective_cover": FLAG,
    "in_areas": NAMES,
    "stepped_up": word(*STEPS_UP),
    "only": FREE,
    **each_of(("from", "until"), FREE),
}
TEAM = {
    "role": TEXT,
    "grouping": CODES,
    "people": FREE,
    "pool": {"seats": FREE, "people": FREE, "in_hours": FLAG, "added_journey_minutes": number(0, 1440)},
    "patterns": Each("a pattern", PATTERN, ("hours",)),
}
DYNAMICS = {
    **each_of(("on", "leaving"), FLAG),
    **each_of(("drain_per_unpaid_visit", "drain_per_unpaid_call", "drain_per_24_hours_on_call"), SHARE),
    **each_of(("drain_funded_multiple", "recovery_share_per_day", "burnt_out_below_index"), SHARE),
    "susceptibility_sd_log": number(0, 5),
    "burnout_window_days": whole(1, 365),
    **each_of(("burnt_out_leaves_multiple", "burnt_out_sick_multiple"), number(1, 20)),
}
SUPPORT = {
    "on": FLAG,
    "from_week": number(-520, 520),
    "ramp_weeks": number(0, 520),
    **each_of(("refuse_multiple", "record_missing_multiple"), SHARE),
}
FOLLOWS = {"p_emergency_visit": SHARE, "p_admission": SHARE}

SCHEMA: dict[str, Any] = {
    "name": TEXT,
    "question": TEXT,
    **each_of(("see", "code", "library"), TEXT),
    "areas": CODES,
    "warmup_weeks": whole(0, 520),
    "weeks": whole(1, 520),
    "beyond_weeks": whole(0, 52),
    "hours": number(1, MOST_HOURS, empty=True),
    **each_of(("warmup_hours", "beyond_hours"), number(0, MOST_HOURS, empty=True)),
    "expected": FREE,
    "replications": whole(1, 100_000),
    "seed": whole(0, 2**32 - 1),
    "workers": whole(1, 1024, empty=True),
    "out": Rule("text", empty=True),
    "precision": Rule("number", 0.001, 1, empty=True),
    "max_replications": whole(2, 100_000),
    "max_minutes": Rule("number", 0.01, LONG, empty=True),
    "executor": word("pool", "dask"),
    "scheduler": Rule("text", empty=True),
    "shard": FREE,
    "keep": word("none", "units", "ledger", "parquet"),
    "draw": FLAG,
    "ladder": FREE,
    "professional_entry": FREE,
    "files": Each("a file", TEXT),
    "calendar": {
        "start_date": Rule("date"),
        "bank_holidays": word("England", "none"),
        **each_of(("in_hours", "night", "sleep"), WINDOW),
        "always_out_of_hours": FLAG,
    },
    "area_table": {
        "file": TEXT,
        "places": Rule("names", empty=True),
        "super_regions": Each("a group of regions", NAMES),
    },
    "workforce": {"file": TEXT},
    "demand": {
        "kind": word("families", "calls", "caseload", "log"),
        **each_of(("calls_per_hour", "referrals_per_week"), FREE),
        "stay": law("days"),
        "calls_per_family_day": number(0, 100),
        **each_of(("families_csv", "calls_csv"), Rule("text", empty=True)),
        "deaths_multiple": number(0, 100),
        "growth_per_year": number(-0.5, 0.5),
        "growth_reference_date": Rule("date"),
        "area_effect_sd_log": number(0, 2),
        "profile": FREE,
        "conditions": Each(
            "a group of conditions",
            {"share": SHARE, "p_wants_out_of_hospital": SHARE},
            ("share", "p_wants_out_of_hospital"),
        ),
        "deaths_per_100000_by_deprivation": each_of(("q1", "q2", "q3", "q4", "q5"), number(0.01, 1000)),
        "frailty_shape": number(0.05, 1000),
        "episode_log_days_mean": number(-5, 10),
        "episode_log_days_sd": number(0, 5),
        "episode_cap_days": number(1, 365),
        "phases": each_of(PHASES, law("days")),
        "calls_per_child_day": each_of(PHASES, number(0, 100)),
        "reference_calls_per_child_day": each_of(PHASES, number(0, 100)),
        "rate_ceiling_multiple": number(1, 10),
        "death_calls_per_death": whole(0, 1),
        "professional_share": SHARE,
        "dying_night_weight_multiple": number(0, 20),
        "background_calls_per_child_year": number(0, 100),
        "background_children_per_death": number(0, 100),
        **each_of(("talk_cv", "after_call_cv", "visit_cv"), number(0.01, 10)),
        **each_of(("p_prepared", "p_advance_care_plan", "p_home_safe_for_one"), SHARE),
        **each_of(
            ("prepared_need_level_one_lower_share", "p_medicines_in_home_unprepared", "p_visitor_carries_medicines"),
            SHARE,
        ),
    },
    "reasons": Each("a reason", REASON, tuple(k for k in REASON if k.startswith("p_"))),
    "place": each_of(
        ("p0", "p0_without_goodwill", "home_share_of_preference", "p_hospice_offer", "phone_only_weight_share"), SHARE
    ),
    "roles": Each("a role", ROLE, tuple(ROLE)),
    "teams": Each("a team", TEAM, ("role", "people", "patterns")),
    "supply": {"area_types": Each("a kind of area", SHARE)},
    "rota": {
        "rotation": word(*(one for one in policies.ROTATIONS if one != "everyone")),
        "hand_over_working_day_clock_hour": number(0, 24),
        "hand_over_other_day_clock_hour": number(0, 24),
        "p_short_notice_cover": SHARE,
        "rest": word(*policies.REST),
        "sick_spell_days": number(0, 90),
        **each_of(("leave_together_max_share", "sick_winter_amplitude"), SHARE),
        "publication_weeks": number(0, 52),
        "max_consecutive_on_call_nights": whole(1, 365),
        "headroom_share": number(0, 0.9),
        "full_time_hours_per_week": number(1, 168),
        "stepped_up_payment_gbp_per_night": number(0, 10_000),
    },
    "answering": {
        "answer_patience": each_of(URGENCIES, law("minutes")),
        "visit_patience": each_of(URGENCIES, law("minutes")),
        "answer_standard_minutes": each_of(URGENCIES, number()),
        "door_standard_minutes": each_of(URGENCIES, number()),
        "overflow_minutes": number(0, 1440),
        "call_back": law("minutes"),
        "advice_patience": law("minutes"),
        "advice": Each("a role", law("minutes"), ("law",)),
        "nurse_while_waiting": word(*policies.NURSE_WHILE_WAITING),
        "second_person": word(*policies.SECOND_PERSON),
        "while_visiting": word(*policies.WHILE_VISITING),
        "end_of_duty": word(*policies.END_OF_DUTY),
        "helpline_call_back_minutes": number(),
        "ring_back_while_visiting_minutes": number(),
    },
    "travel": {
        "circuity_ratio": number(1, 5),
        **each_of(("speed_urban_km_per_hour", "speed_rural_km_per_hour"), SPEED),
        "night_speed_multiple": number(0.1, 5),
        "noise_cv": number(0, 3),
        **each_of(
            ("mobilise_from_home_minutes", "mobilise_at_work_minutes", "reach_minutes", "fixed_minutes"),
            number(0, 1440),
        ),
    },
    "goodwill": {
        "on": FLAG,
        "not_in": NAMES,
        "p_max": SHARE,
        **each_of(("willingness_alpha_shape", "willingness_beta_shape"), number(0.05, 1000)),
        **each_of(("weight_evening_multiple", "weight_weekday_early_multiple"), SHARE),
        **each_of(("weight_weekend_day_multiple", "weight_night_multiple"), SHARE),
        "asks_people": whole(0, 100),
        "ring_minutes": number(0, 240),
        "weekly_cap_hours": number(0, 168),
        "standby": FLAG,
        "standby_turn_nights": whole(1, 28),
        "standby_p_answers": SHARE,
        "standby_max_nights_per_28": whole(0, 28),
        **each_of(("answer_role", "advice_role"), TEXT),
        "until": FREE,
        "dynamics": DYNAMICS,
    },
    "consequences": {
        **each_of(("met_by_someone_known", "met_by_others", "partly_met", "none"), FOLLOWS),
        "advance_care_plan_multiple": number(0, 10),
        "stay": law("days"),
        "p_no_return_home": SHARE,
    },
    "indifference": {
        **each_of(("unmet_share_percentage_points", "uncovered_child_night_share_percentage_points"), number(0, 100)),
        **each_of(("hours_on_call_per_person_week", "disturbed_nights_per_person_month", "minutes_to_door"), number()),
        "standing_cost_percent": number(0, 100),
    },
    "planned": {
        **each_of(tuple(f"visits_per_week_{p}" for p in PHASES), number(0, 100)),
        "visit_minutes": number(0, 1440),
        "visit_cv": number(0.01, 10),
        "eol_share": SHARE,
    },
    "repeat": {
        "after": word(*policies.AFTER_ANY),
        "p_repeat_after_unmet": SHARE,
        "delay_mean_hours": number(),
        "attempts_max": whole(1, 100),
    },
    "boundary": {
        **each_of(("p_refuse_visit", "p_refuse_phone", "p_record_missing"), SHARE),
        "on": FLAG,
        "minutes_without_record": number(0, 1440),
        "coordinator": {**SUPPORT, "wte": number(0, 100), "band": whole(2, 9)},
        "shared_record": SUPPORT,
    },
    "leavers": {
        "on": FLAG,
        "leavers_per_year": Each("a role", number(0, 10)),
        "replacement": Each("a role", law("days"), ("law",)),
    },
    "training": {
        "on": FLAG,
        "role": TEXT,
        "people_per_area": whole(0, 1000),
        "levels_raised": whole(0, 3),
        "days_away_per_year": whole(0, 100),
        "cost_gbp_per_day": number(),
        "unsure_share": SHARE,
    },
    "embedded": {
        "on": FLAG,
        "conditions": NAMES,
        "p_prepared_raised_to": SHARE,
        "known_phase_longer_days": number(0, 365),
        "consultant_sessions_per_area": number(0, 100),
        "nurse_wte_per_area": number(0, 100),
    },
    "hospice_offer": {
        "on": FLAG,
        "far_multiple": SHARE,
        "far_beyond_minutes": number(0, 1440),
        "p_by_area": Each("an area", SHARE),
    },
    "rapid_transfer": {
        "on": FLAG,
        "p_wants_home": Each("a group of conditions", SHARE),
        **each_of(("days_at_home", "days_at_home_either_way"), number(0, 90)),
        "paper_cover_hours": number(0, 8784),
    },
    "bereavement": {"on": FLAG, "visits_per_family": number(0, 100), "within_weeks": number(0.1, 52)},
    "home_safety": {
        "on": FLAG,
        **each_of(("p_living_alone_with_child", "p_two_needed_when_alone"), SHARE),
        **each_of(("offered_when_alone_multiple", "offered_when_unsafe_multiple"), SHARE),
    },
    "access": {
        "on": FLAG,
        **each_of(("home_most_deprived_multiple", "home_rural_multiple", "hospice_most_deprived_multiple"), SHARE),
        **each_of(("rings_team_most_deprived_multiple", "rings_team_rural_multiple"), SHARE),
    },
    "peer_support": {"on": FLAG, "drain_multiple": number(0, 10)},
    "rest": {"on": FLAG},
    "costs": {
        "goodwill_shadow_price_multiple": number(0, 100),
        "consultant_salary_gbp_per_year": number(0, 1_000_000),
        **each_of(tuple(f"salary_band_{band}_gbp_per_year" for band in (5, 6, 7, 8)), number(0, 1_000_000)),
        "consultant_on_call_category": word("A", "B"),
        **each_of(tuple(f"consultant_{how}_frequency_up_to_1_in_n" for how in ("high", "medium")), number(1, 365)),
        **each_of(
            tuple(f"consultant_supplement_{c}_{how}_percent" for c in "ab" for how in ("high", "medium", "low")),
            number(0, 100),
        ),
        "on_call_availability_gbp_per_weekday_night": number(),
        "on_call_weekend_session_multiple": number(0, 100),
        "out_of_hours_hours_per_year": number(0, 8784),
        "mileage_gbp_per_mile": number(0, 100),
        **each_of(("basic_pay_share", "employer_on_cost_share", "ambulance_share"), SHARE),
        **each_of(("unsocial_clock", "consultant_premium_clock"), WINDOW),
        **each_of(("unsocial_night_saturday_percent", "unsocial_sunday_bank_holiday_percent"), number(0, 300)),
        **each_of(("consultant_session_plain_hours", "consultant_session_premium_hours"), number(1, 12)),
        "universal_contact_gbp_per_call": number(),
        "emergency_department_gbp_per_visit": number(),
        "ambulance_gbp_per_journey": number(),
        **each_of(("short_stay_gbp_per_admission", "long_stay_gbp_per_admission"), number()),
        "long_stay_from_days": number(0, 90),
    },
    "safe_limit": {
        "on_call_frequency_at_work_1_in_n": number(1, 365),
        "rest_breaches_per_person_month": number(0, 31),
        "worked_hours_per_week": number(0, 168),
        "reference_period_weeks": whole(1, 52),
        "daily_rest_hours": number(0, 24),
        "weekly_rest_hours": number(0, 168),
    },
    "standards": each_of(
        tuple(f"{of}_{how}_from_share" for of in ("qs160", "response", "working_time") for how in ("met", "partly")),
        SHARE,
    ),
    "reporting": {
        **each_of(("rural_band_low_share", "rural_band_high_share"), SHARE),
        **each_of(("distance_band_low_km", "distance_band_high_km"), number(0, 1000)),
    },
}
