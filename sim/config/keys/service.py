"""Keys of the service: how long people wait, how calls are handed on, and how far it is."""

from __future__ import annotations

from sim.config.key import Key, Part
from sim.config.rules import SPEED, Each, each_of, law, number, word
from sim.domain.policies import END_OF_DUTY, NURSE_WHILE_WAITING, SECOND_PERSON, WHILE_VISITING
from sim.domain.scenario import URGENCIES, Answering, Travel

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

TRAVEL = Part(
    Travel,
    Key("circuity_ratio", number(1, 5), "roads, times the straight line", "circuity"),
    Key("speed_urban_km_per_hour", SPEED, "where nobody lives in the country", "speed_urban"),
    Key("speed_rural_km_per_hour", SPEED, "where everybody does", "speed_rural"),
    Key("night_speed_multiple", number(0.1, 5), "speed at night, times that of the day", "night_speed_factor"),
    Key("noise_cv", number(0, 3), "spread of a journey about its mean", "noise_cv"),
    Key("mobilise_from_home_minutes", number(0, 1440), "until somebody on call leaves", "mobilise_from_home"),
    Key("mobilise_at_work_minutes", number(0, 1440), "until somebody at work leaves", "mobilise_at_work"),
    Key("reach_minutes", number(0, 1440), "the longest journey that is made", "reach"),
)
