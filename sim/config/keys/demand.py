"""Keys of demand: families, why and when they call, where children die, what follows a call."""

from __future__ import annotations

from typing import Any

from sim.config.key import Key, Part
from sim.config.rules import (
    A_TABLE,
    BY_AREA,
    NUMBER_FROM_0,
    SHARE,
    TABLE_OR_NONE,
    Each,
    Rule,
    each_of,
    free,
    law,
    number,
    whole,
    word,
)
from sim.domain.demand import Demand, Reason
from sim.domain.policies import AFTER_ANY, DEPEND_ON, OFFER_SHAPE
from sim.domain.scenario import PHASES, Follows, Place, Repeat

LENGTHS = ("talk", "after_call", "visit")  # of a call: minutes of its mean, or a law


def _weights(size: int) -> dict[str, Any]:
    return {"type": "array", "items": NUMBER_FROM_0, "minItems": size, "maxItems": size}


COSINE = {"amplitude": {"type": "number", "minimum": 0, "maximum": 1}, "peak_hour": NUMBER_FROM_0}
WEEK = {
    "cosine": {"type": "object", "properties": COSINE, "required": [*COSINE], "additionalProperties": False},
    "days": _weights(7),
    "hours": _weights(24),
}
PROFILE = free(
    {"anyOf": [{"type": "string"}, A_TABLE, {"type": "object", "properties": WEEK, "additionalProperties": False}]}
)

REASON = Part(
    Reason,
    Key("weight_share", SHARE, "share of the calls before death; none for the reason death", "weight"),
    Key("p_emergency", SHARE, "the call is an emergency"),
    Key("p_urgent", SHARE, "it is urgent; routine is the rest"),
    Key("p_visit", SHARE, "it needs a visit", "p_visit"),
    Key("p_second_person", SHARE, "its visit takes two", "p_second_person"),
    Key("p_new_prescription", SHARE, "it needs a new prescription", "p_new_prescription"),
    Key("talk_minutes", number(0, 1440), "mean on the telephone, lognormal by demand.talk_cv"),
    Key("after_call_minutes", number(0, 1440), "mean after the call, lognormal by demand.after_call_cv"),
    Key("visit_minutes", number(0, 1440), "mean in the home, lognormal by demand.visit_cv"),
    Key("talk", law("minutes"), "time on the telephone by another law"),
    Key("after_call", law("minutes"), "time after the call by another law"),
    Key("visit", law("minutes"), "time in the home by another law"),
    *(Key(f"p_need_level_{level}", SHARE, f"it needs somebody of level {level}") for level in range(1, 5)),
)

DEMAND = Part(
    Demand,
    Key("kind", word("families", "calls", "caseload", "log"), "where calls come from"),
    Key("calls_per_hour", free(BY_AREA), "of kind calls: the mean rate, one for all areas or by code"),
    Key("referrals_per_week", free(BY_AREA), "of kind caseload: families a week, one for all areas or by code"),
    Key("stay", law("days"), "of kind caseload: how long a family stays"),
    Key("calls_per_family_day", number(0, 100), "of kind caseload: calls of a family a day"),
    Key("families_csv", TABLE_OR_NONE, "of kind log: your own table of families"),
    Key("calls_csv", TABLE_OR_NONE, "of kind log: your own table of calls"),
    Key("deaths_multiple", number(0, 100), "deaths, times those of the table of areas", "deaths_multiple"),
    Key("growth_per_year", number(-0.5, 0.5), "growth of deaths", "growth_per_year"),
    Key(
        "winter_multiple", number(1, 4), "deaths from December to March, times those of other months", "winter_multiple"
    ),
    Key("growth_reference_date", Rule("date"), "the day from which growth counts", "growth_reference"),
    Key("area_effect_sd_log", number(0, 2), "spread of an area's own rate of deaths", "area_effect_sd_log"),
    Key("profile", PROFILE, "when in the week calls come: flat, a table, a cosine, or days and hours"),
    Key(
        "conditions",
        Each(
            "a group of conditions",
            Part(
                None,
                Key("share", SHARE, "share of the deaths"),
                Key("p_wants_out_of_hospital", SHARE, "share of its families who want to be out of hospital"),
            ),
            ("share", "p_wants_out_of_hospital"),
        ),
        "groups of conditions",
    ),
    Key(
        "deaths_per_100000_by_deprivation",
        each_of(("q1", "q2", "q3", "q4", "q5"), number(0.01, 1000)),
        "deaths by fifth of deprivation, the most deprived first; only their ratios are used",
        "deprivation_rates",
    ),
    Key("frailty_shape", number(0.05, 1000), "gamma shape of how much families call", "frailty_shape"),
    Key("episode_log_days_mean", number(-5, 10), "length of an episode: mean of its logarithm"),
    Key("episode_log_days_sd", number(0, 5), "and standard deviation of it"),
    Key("episode_cap_days", number(1, 365), "an episode is followed for its last days", "episode_cap_hours"),
    Key("phases", each_of(PHASES, law("days")), "length of each phase", "phase_hours"),
    Key(
        "calls_per_child_day", each_of(PHASES, number(0, 100)), "calls of all callers for a child at home",
        "calls_per_day",
    ),
    Key(
        "reference_calls_per_child_day", each_of(PHASES, number(0, 100)),
        "rates of which rate_ceiling_multiple are drawn, then thinned", "reference_calls_per_day",
    ),
    Key("rate_ceiling_multiple", number(1, 10), "the most that a rate may be of its reference", "ceiling_multiple"),
    Key("death_calls_per_death", whole(0, 1), "calls that a death at home brings", "death_calls"),
    Key("professional_share", SHARE, "share of calls by professionals", "professional_share"),
    Key(
        "night_visit_multiple", number(0, 20), "p_visit of calls at night, times the reason's; each at most 1",
        "night_visit_factor",
    ),
    Key("dying_night_weight_multiple", number(0, 20), "calls at night while dying, times others", "dying_night_weight"),
    Key(
        "background_calls_per_child_year", number(0, 100), "calls of children who are not in an episode",
        "background_calls_per_child_year",
    ),
    Key(
        "background_children_per_death", number(0, 100), "how many such children there are",
        "background_children_per_death",
    ),
    Key("talk_cv", number(0.01, 10), "spread of time on the telephone"),
    Key("after_call_cv", number(0.01, 10), "spread of time after a call"),
    Key("visit_cv", number(0.01, 10), "spread of time in the home"),
    Key("p_prepared", SHARE, "a family is prepared before its episode", "p_prepared"),
    Key("p_advance_care_plan", SHARE, "there is an advance care plan", "p_advance_care_plan"),
    Key("p_home_safe_for_one", SHARE, "a home is safe for one visitor; else visits take two", "p_home_safe_for_one"),
    Key(
        "prepared_need_level_one_lower_share", SHARE, "needs of prepared families that are one level lower",
        "prepared_need_level_one_lower",
    ),
    Key(
        "p_medicines_in_home_unprepared", SHARE, "medicines are in the home of a family who is not prepared",
        "p_medicines_in_home",
    ),
    Key(
        "p_visitor_carries_medicines", SHARE, "a visitor at night brings the medicines",
        "p_visitor_carries_medicines",
    ),
)  # fmt: skip

REASONS = Each("a reason", REASON, tuple(name for name in REASON if name.startswith("p_")))

PLACE = Part(
    Place,
    Key("home_anyway", SHARE, "a: families go home with nobody on call and no goodwill", "home_anyway"),
    Key(
        "goodwill_makes_home",
        SHARE,
        "g: of the others, home is offered on the strength of goodwill, where it is given",
        "goodwill_makes_home",
    ),
    Key(
        "offer_shape",
        word(*OFFER_SHAPE),
        "what the hours that a rota covers count for where home is offered",
        "offer_shape",
    ),
    Key("home_share_of_preference", SHARE, "home, of families who want to be out of hospital", "home_share", Demand),
    Key("p_hospice_offer", SHARE, "a hospice is offered to a family who wants one", "p_hospice_offer"),
    Key("phone_only_weight_share", SHARE, "what cover by telephone alone counts of visiting", "phone_only_weight"),
)

PLANNED = Part(
    None,
    *(Key(f"visits_per_week_{phase}", number(0, 100), f"planned visits to a child {phase}") for phase in PHASES),
    Key("visit_minutes", number(0, 1440), "mean in the home, lognormal"),
    Key("visit_cv", number(0.01, 10), "spread of it"),
    Key("eol_share", SHARE, "share of hours at work that is for these families", "eol_share", Demand),
)

REPEAT = Part(
    Repeat,
    Key("after", word(*AFTER_ANY), "calls that may come again"),
    Key("p_repeat_after_unmet", SHARE, "a call comes again", "p"),
    Key("delay_mean_hours", number(), "mean until it does, exponential"),
    Key("attempts_max", whole(1, 100), "the most times that one need is rung about", "attempts_max"),
)

FOLLOWS = Part(
    None,
    Key("p_emergency_visit", SHARE, "an emergency visit follows the call"),
    Key("p_admission", SHARE, "an admission does, by an emergency visit"),
)
CONSEQUENCES = Part(
    Follows,
    Key("met_by_someone_known", FOLLOWS, "of a call met by somebody known", "known"),
    Key("met_by_others", FOLLOWS, "of a call met by others", "others"),
    Key("partly_met", FOLLOWS, "of a call partly met", "partly"),
    Key("none", FOLLOWS, "of a call that nobody met", "none"),
    Key("depend_on", word(*DEPEND_ON), "which of these four follow a call"),
    Key(
        "urgency_multiple",
        number(0, 10),
        "both probabilities, of emergency and urgent calls about symptoms or medication; no other call has any",
        "urgency_multiple",
    ),
    Key("advance_care_plan_multiple", number(0, 10), "admissions where a care plan exists", "advance_care_plan_factor"),
    Key("stay", law("days"), "length of an admission", "stay"),
    Key("p_no_return_home", SHARE, "a child does not come home after it", "p_no_return_home"),
)
