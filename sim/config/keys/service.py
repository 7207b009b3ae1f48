"""Keys of the service: how long people wait, how calls are handed on, and how far it is."""

from __future__ import annotations

from sim.config.key import Key, Part
from sim.config.rules import FLAG, SHARE, TABLE_OR_NONE, Each, each_of, law, number, word
from sim.domain.general_services import GeneralServices
from sim.domain.pace import Pace, Travel
from sim.domain.policies import END_OF_DUTY, NURSE_WHILE_WAITING, SECOND_PERSON, WHILE_VISITING
from sim.domain.scenario import URGENCIES, Answering

ANSWERING = Part(
    Answering,
    Key("answer_patience", each_of(URGENCIES, law("minutes")), "until a caller gives up", "answer_patience"),
    Key("visit_patience", each_of(URGENCIES, law("minutes")), "until it is too late to set out", "visit_patience"),
    Key("answer_standard_minutes", each_of(URGENCIES, number()), "answered soon enough", "answer_standard"),
    Key("door_standard_minutes", each_of(URGENCIES, number()), "at the door soon enough", "door_standard"),
    Key("verification_standard_minutes", number(), "at the door soon enough after a death", "verification_standard"),
    Key("overflow_minutes", number(0, 1440), "until a call goes on to the next step of the ladder"),
    Key("call_back", law("minutes"), "until somebody on call rings back", "call_back"),
    Key("advice_patience", law("minutes"), "how long a nurse waits for an adviser", "advice_patience"),
    Key("advice", Each("a role", law("minutes"), ("law",)), "length of advice by role", "advice_minutes"),
    Key("nurse_while_waiting", word(*NURSE_WHILE_WAITING), "whether she is free meanwhile", "nurse_while_waiting"),
    Key("second_person", word(*SECOND_PERSON), "when a visit takes two and one is free", "second_person"),
    Key("while_visiting", word(*WHILE_VISITING), "whether somebody at a home takes another call", "while_visiting"),
    Key("end_of_duty", word(*END_OF_DUTY), "what becomes of a call in hand at the end of a duty", "end_of_duty"),
    Key("helpline_call_back_minutes", number(), "as call_back, by roles that only answer"),
    Key(
        "ring_back_while_visiting_minutes", number(), "until somebody at a home rings back, by while_visiting",
        "ring_back_after",
    ),
)  # fmt: skip

PACE = Part(
    Pace,
    Key("fixed_minutes", number(0, 1440), "of a journey, however far", "fixed"),
    Key("per_km_minutes", number(0, 60), "for each km of the straight line", "per_km"),
)

OWN_PACES = Part(
    None,
    Key("busy", PACE, "on busy roads; what is left out is as elsewhere"),
    Key("quiet", PACE, "on quiet roads; what is left out is as elsewhere"),
)

TRAVEL = Part(
    Travel,
    Key("busy", PACE, "on working days from 07:00 to 19:00", "busy"),
    Key("quiet", PACE, "at all other hours", "quiet"),
    Key("london_busy", PACE, "the same, to families whose area has region London", "london_busy"),
    Key("london_quiet", PACE, "the same there, at all other hours", "london_quiet"),
    Key("by_area", Each("an area", OWN_PACES), "your own minutes to families of an area, in place of these"),
    Key("drive_times_file", TABLE_OR_NONE, "table of times between localities, in place of the rule"),
    Key("mileage_ratio", number(1, 5), "km on the clock of a car, times the straight line", "mileage"),
    Key(
        "rural_distance_multiple",
        number(1, 5),
        "distance of rural homes from their locality's centre, times urban",
        "rural_distance",
    ),
    Key("noise_cv", number(0, 3), "spread of a journey about its mean", "noise_cv"),
    Key("mobilise_from_home_minutes", number(0, 1440), "until somebody on call leaves", "mobilise_from_home"),
    Key("mobilise_at_work_minutes", number(0, 1440), "until somebody at work leaves", "mobilise_at_work"),
    Key("reach_minutes", number(0, 1440), "the longest journey that is made", "reach"),
)

GENERAL_SERVICES = Part(
    GeneralServices,
    Key("on", FLAG, "they may help where the ladder of a call left it unmet", "on"),
    Key(
        "p_above_level_2_or_advice", SHARE, "they give what takes more than level 2, or advice",
        "p_above_level_2_or_advice",
    ),
    Key("p_visit", SHARE, "else a visit", "p_visit"),
    Key("p_prescription", SHARE, "else a prescription", "p_prescription"),
    Key("p_verification", SHARE, "else the verification of a death", "p_verification"),
    Key("p_talk_level_1", SHARE, "else a talk at level 1", "p_talk_level_1"),
    Key("p_talk_level_2", SHARE, "else a talk at level 2", "p_talk_level_2"),
    Key("delay_emergency_hours", number(0.01, 168), "mean until they help in an emergency", "delay_emergency"),
    Key("delay_urgent_hours", number(0.01, 168), "the same of an urgent call", "delay_urgent"),
    Key("delay_routine_hours", number(0.01, 168), "the same of a routine call", "delay_routine"),
    Key("delay_verification_hours", number(0.01, 168), "the same of a verification", "delay_verification"),
    Key("delay_cv", number(0.01, 10), "spread of these delays, lognormal", "delay_cv"),
)  # fmt: skip
