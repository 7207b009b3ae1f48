"""Keys of goodwill: unpaid help, and goodwill as a stock that work drains."""

from __future__ import annotations

from sim.config.key import Key, Part
from sim.config.rules import FLAG, NAMES, SHARE, TEXT, WEEK_OR_DATE, free, number, whole
from sim.domain.goodwill import Dynamics, Goodwill

DYNAMICS = Part(
    Dynamics,
    Key("on", FLAG, "goodwill is a stock; else it is constant", "on"),
    Key("leaving", FLAG, "people leave as in leavers, the burnt out more often"),
    Key("drain_per_unpaid_visit", SHARE, "taken by an unpaid visit", "drain_per_visit"),
    Key("drain_per_unpaid_call", SHARE, "taken by an unpaid call", "drain_per_call"),
    Key("drain_per_24_hours_on_call", SHARE, "taken by a day and night on call or standby", "drain_per_24_hours"),
    Key("drain_funded_multiple", SHARE, "what paid work takes, times unpaid", "funded_multiple"),
    Key("recovery_share_per_day", SHARE, "of what is missing, given back a day", "recovery_per_day"),
    Key("burnt_out_below_index", SHARE, "burnt out below this mean", "burnt_out_below"),
    Key("susceptibility_sd_log", number(0, 5), "spread between people of what drains them", "susceptibility_sd"),
    Key("burnout_window_days", whole(1, 365), "days that the mean is over", "burnout_days"),
    Key(
        "burnt_out_leaves_multiple", number(1, 20), "how much oftener the burnt out leave",
        "burnt_out_leaves_multiple",
    ),
    Key("burnt_out_sick_multiple", number(1, 20), "how much oftener they are sick", "burnt_out_sick_multiple"),
)  # fmt: skip

GOODWILL = Part(
    Goodwill,
    Key("on", FLAG, "anybody gives unpaid help", "on"),
    Key("not_in", NAMES, "kinds of area where nobody does"),
    Key("p_max", SHARE, "the most likely that anybody asked says yes", "p_max"),
    Key("willingness_alpha_shape", number(0.05, 1000), "willingness over people, beta", "willingness_alpha"),
    Key("willingness_beta_shape", number(0.05, 1000), "its second shape", "willingness_beta"),
    Key("weight_evening_multiple", SHARE, "on weekday evenings", "weight_evening"),
    Key("weight_weekday_early_multiple", SHARE, "early on weekday mornings", "weight_early"),
    Key("weight_weekend_day_multiple", SHARE, "by day at weekends", "weight_weekend_day"),
    Key("weight_night_multiple", SHARE, "at night", "weight_night"),
    Key("asks_people", whole(0, 100), "people rung one after another", "asks"),
    Key("ring_minutes", number(0, 240), "until the next is rung", "ring"),
    Key("weekly_cap_hours", number(0, 168), "unpaid hours of a person a week", "weekly_cap"),
    Key("standby", FLAG, "somebody stands by unpaid while a child is dying", "standby"),
    Key("standby_turn_nights", whole(1, 28), "nights of one turn", "standby_turn_nights"),
    Key("standby_after_death_hours", number(0, 24), "for which it goes on after the death", "standby_after_death"),
    Key("standby_p_answers", SHARE, "who stands by answers", "standby_p_answers"),
    Key("standby_max_nights_per_28", whole(0, 28), "the most nights of a person", "standby_max_nights_per_28"),
    Key("answer_role", TEXT, "who is asked to answer and visit", "answer_role"),
    Key("advice_role", TEXT, "who is asked to advise", "advice_role"),
    Key("until", free(WEEK_OR_DATE), "week of measuring, or date, from which nobody gives it any more"),
    Key("dynamics", DYNAMICS, "goodwill as a stock"),
)
