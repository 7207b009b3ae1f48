"""Keys of people: roles, teams with their patterns, and how rotas are kept."""

from __future__ import annotations

from sim.config.key import Key, Part
from sim.config.rules import (
    A_TABLE,
    COUNT_FROM_1,
    FLAG,
    NAMES,
    SHARE,
    TABLE_OR_NONE,
    TEXT,
    TEXTS,
    WEEK_OR_DATE,
    Each,
    Rule,
    free,
    number,
    whole,
    word,
)
from sim.config.words import GROUPINGS, PEOPLE
from sim.domain import policies
from sim.domain.costs import Availability
from sim.domain.limits import SafeLimits
from sim.domain.scenario import RotaRules
from sim.domain.staff import AT, CONTRACTS, MAY, SERVES, STEPS_UP, Role

PEOPLE_OF_A_TEAM = free(
    {
        "anyOf": [
            {"enum": [*PEOPLE, "named"]},
            {"type": "integer", "minimum": 0},
            TEXTS,
            {
                "type": "object",
                "properties": {
                    "per_area": {"type": "integer", "minimum": 0},
                    "to_hold_1_in": {"type": "number", "minimum": 1, "maximum": 365},
                    "shared_with": {"type": "string"},
                },
                "additionalProperties": {"anyOf": [{"type": "integer", "minimum": 0}, TEXTS]},
            },
        ]
    }
)
OWN_GROUPS = {"type": "object", "additionalProperties": {"anyOf": [{"type": ["string", "number"]}, {"type": "array"}]}}
GROUPING = free(
    {"anyOf": [{"enum": [*GROUPINGS]}, {"type": "string", "pattern": r"\.(csv|xlsx)$"}, A_TABLE, OWN_GROUPS]}, "codes"
)

ROLE = Part(
    Role,
    Key("may", Rule("words", words=MAY), "what its people may do", "may"),
    Key("level", whole(1, 4), "what needs they meet; 4 is a consultant", "level"),
    Key("cost_gbp_per_hour", number(0, 1000), "price of an hour at work", "cost_per_hour"),
    Key("wte", number(0.1, 1), "whole-time equivalent of a person", "wte"),
    Key("leave_weeks_per_year", number(0, 26), "leave", "leave_weeks"),
    Key("sick_share", number(0, 0.5), "share of weeks off sick", "sick_share"),
    Key("p_post_vacant", SHARE, "a post of the shipped table is vacant all run", "p_vacant"),
    Key("named_people_per_family", whole(0, 10), "people who know a family", "named_per_family"),
)
ROLES = Each("a role", ROLE, tuple(ROLE))

PATTERN = Part(
    None,
    Key(
        "hours",
        free({"anyOf": [{"type": "string"}, TEXTS]}),
        "hours of the clock, out_of_hours, or a list of these with their days in front",
    ),
    Key("days", free({"anyOf": [{"type": "string"}, TEXTS]}), "days on which it is worked"),
    Key("bank_holidays", free({"enum": ["on", "off", True, False]}), "off: on no bank holiday"),
    Key("at", word(*AT), "at work, or on call from home"),
    Key("seats", free({"anyOf": [{"const": "all"}, COUNT_FROM_1]}), "all, or how many duties are filled at a time"),
    Key("rotation", word(*policies.ROTATIONS), "how turns are cut"),
    Key("visiting", FLAG, "may leave for a home visit"),
    Key("funded", FLAG, "commissioned and paid"),
    Key(
        "serves",
        word(*SERVES),
        "every area of the team; by telephone every area, with visits the person's own; or the person's own",
    ),
    Key("prospective_cover", FLAG, "leave is covered by the others"),
    Key("in_areas", NAMES, "kinds of area in which it is worked, or areas"),
    Key("stepped_up", word(*STEPS_UP), "it stands up only for a child at home in this phase"),
    Key(
        "only",
        free({"type": "array", "items": {"type": ["integer", "string"], "minimum": 1}}),
        "who works it: places in the team's list, from 1, or names",
    ),
    Key("from", free(WEEK_OR_DATE), "week of measuring, or date, from which it is worked"),
    Key("until", free(WEEK_OR_DATE), "week of measuring, or date, until which it is worked"),
)
POOL = Part(
    None,
    Key(
        "seats",
        free({"anyOf": [{"enum": [*policies.POOL_SEATS]}, COUNT_FROM_1]}),
        "what becomes of the seats of areas that share: kept, largest, or a number",
    ),
    Key(
        "people",
        free({"anyOf": [{"const": "everyone"}, COUNT_FROM_1]}),
        "everyone, or how many from the first of the list",
    ),
    Key("in_hours", FLAG, "shifts at work visit in every area too"),
    Key("added_journey_minutes", number(0, 1440), "each way, beyond what the map says"),
)
TEAM = Part(
    None,
    Key("role", TEXT, "the role of its people"),
    Key("grouping", GROUPING, "which areas share it: a word, a table of your own, or a CSV file"),
    Key(
        "people",
        PEOPLE_OF_A_TEAM,
        "existing, a number, names, `named` (in the table), {per_area: n}, {AREA: names or n}, {to_hold_1_in: n} or "
        "{shared_with: team}",
    ),
    Key("pool", POOL, "what becomes of seats and people when areas share"),
    Key("contract", word(*CONTRACTS), "whose rules of working time hold as well; unless written, those of everybody"),
    Key("patterns", Each("a pattern", PATTERN, ("hours",)), "the lines of its rota"),
)
TEAMS = Each("a team", TEAM, ("role", "people", "patterns"))

IN_TURNS = tuple(word for word in policies.ROTATIONS if word != "everyone")
ROTA = Part(
    RotaRules,
    Key("duties_file", TABLE_OR_NONE, "a rota of named people, CSV or ICS, for its dates; null: none"),
    Key("mapping_file", TABLE_OR_NONE, "what its columns and words are called; null: as ours"),
    Key("changes_file", TABLE_OR_NONE, "single changes to the rota: swaps and the like; null: none"),
    Key("rotation", word(*IN_TURNS), "how turns on call are cut unless a pattern says it"),
    Key(
        "hand_over_working_day_clock_hour", number(0, 24), "when on call changes hands on working days",
        "hand_over_working_day",
    ),
    Key("hand_over_other_day_clock_hour", number(0, 24), "when it does on other days", "hand_over_other_day"),
    Key("p_short_notice_cover", SHARE, "sickness is covered at short notice", "p_short_notice_cover"),
    Key("rest", word(*policies.REST), "what follows a rest before work that was broken"),
    Key("sick_spell_days", number(0, 90), "mean spell of sickness; 0: whole weeks", "sick_spell_days"),
    Key("leave_together_max_share", SHARE, "the most of a team on leave in one week", "leave_together_max"),
    Key("sick_winter_amplitude", SHARE, "how far sickness rises in winter", "sick_winter_amplitude"),
    Key(
        "max_consecutive_on_call_nights", whole(1, 365),
        "more nights in a row are warned of, and beyond the safe limit", "nights_in_a_row", SafeLimits,
    ),
    Key("headroom_share", number(0, 0.9), "hours lost to leave, sickness and study", "headroom", Availability),
    Key("full_time_hours_per_week", number(1, 168), "a full-time week", "full_time_week", Availability),
    Key(
        "stepped_up_payment_gbp_per_night", number(0, 10_000), "paid for a night that stood up",
        "stepped_up_night", Availability,
    ),
)  # fmt: skip
