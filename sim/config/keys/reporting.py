"""Keys of what results are held against: differences that matter, safe limits, standards, bands of areas."""

from __future__ import annotations

from sim.config.key import Key, Part
from sim.config.rules import SHARE, number, whole
from sim.domain.limits import SafeLimits

INDIFFERENCE = Part(
    None,
    Key("unmet_share_percentage_points", number(0, 100), "of unmet demand", "unmet_share"),
    Key(
        "uncovered_child_night_share_percentage_points", number(0, 100), "of nights without cover",
        "uncovered_child_night_share",
    ),
    Key("hours_on_call_per_person_week", number(), "of hours on call", "hours_on_call"),
    Key("disturbed_nights_per_person_month", number(), "of disturbed nights", "disturbed_nights"),
    Key("minutes_to_door", number(), "of the time to the door", "minutes_to_door"),
    Key("standing_cost_percent", number(0, 100), "of the standing cost", "standing_cost"),
)  # fmt: skip

SAFE_LIMIT = Part(
    SafeLimits,
    Key("on_call_frequency_at_work_1_in_n", number(1, 365), "on call no oftener", "on_call_1_in_n"),
    Key("rest_breaches_per_person_month", number(0, 31), "daily rest missed no oftener", "rest_breaches_per_month"),
    Key("worked_hours_per_week", number(0, 168), "worked no longer, on average", "worked_hours_per_week"),
    Key("on_call_nights_per_28", whole(0, 28), "on call in the worst 28 days no oftener", "nights_in_28_days"),
    Key(
        "disturbed_nights_per_person_month",
        whole(0, 30),
        "disturbed in the worst 30 days no oftener",
        "disturbed_nights_in_a_month",
    ),
    Key("reference_period_weeks", whole(1, 52), "weeks that the average is over", "reference_weeks"),
    Key("daily_rest_hours", number(0, 24), "unbroken, before being at work", "daily_rest"),
    Key("weekly_rest_hours", number(0, 168), "unbroken, once a week or twice a fortnight", "weekly_rest"),
)

HELD = {"qs160": "NICE QS160 statement 6", "response": "response times", "working_time": "working time rules"}
STANDARDS = Part(
    None,
    *(
        Key(f"{of}_{how}_from_share", SHARE, f"{name}: {how} from this share")
        for of, name in HELD.items()
        for how in ("met", "partly")
    ),
)

REPORTING = Part(
    None,
    Key("rural_band_low_share", SHARE, "below it an area counts as urban"),
    Key("rural_band_high_share", SHARE, "from it an area counts as rural"),
    Key("distance_band_low_km", number(0, 1000), "below it children live near the centre"),
    Key("distance_band_high_km", number(0, 1000), "from it they live far off"),
)
