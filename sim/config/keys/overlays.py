"""Keys of the overlays: parts of the model that are off unless a planner switches them on.

A number is one line here, one in ``configs/GROUP/on.yaml`` and a field of ``sim.domain.overlays``; a new overlay has a
line in ``OVERLAYS`` and in ``configs/config.yaml`` (``docs/architecture.md`` shows it).
"""

from __future__ import annotations

from sim.config.key import Key, Part
from sim.config.keys.people import GROUPING
from sim.config.rules import FLAG, NAMES, SHARE, TEXT, Each, law, number, whole
from sim.domain.overlays import (
    Access,
    Bereavement,
    Boundary,
    Embedded,
    HomeSafety,
    HospiceOffer,
    Leavers,
    PeerSupport,
    RapidTransfer,
    Support,
    Training,
)

ON = Key("on", FLAG, "the overlay is in force")

SUPPORT_KEYS = (
    Key("on", FLAG, "it exists"),
    Key("from_week", number(-520, 520), "week of measuring in which it begins", "begins"),
    Key("ramp_weeks", number(0, 520), "until it works in full", "ramp"),
    Key("refuse_multiple", SHARE, "refusals once it does", "refuse_factor"),
    Key("record_missing_multiple", SHARE, "missing records once it does", "record_factor"),
)
SHARED_RECORD = Part(Support, *SUPPORT_KEYS)
COORDINATOR = Part(
    Support,
    *SUPPORT_KEYS,
    Key("networks", GROUPING, "which areas are one network: a word, a table of your own, or a CSV file"),
    Key("wte", number(0, 100), "coordinators of each network of areas"),
    Key("band", whole(2, 9), "their pay band"),
)
BOUNDARY = Part(
    Boundary,
    Key("p_refuse_visit", SHARE, "somebody cannot visit outside their home area", "p_refuse_visit"),
    Key("p_refuse_phone", SHARE, "or answer and advise by telephone", "p_refuse_phone"),
    Key("p_record_missing", SHARE, "they lack the record", "p_record_missing"),
    Key("on", FLAG, "the overlay is in force", "on"),
    Key("minutes_without_record", number(0, 1440), "finding out what it says", "without_record"),
    Key("coordinator", COORDINATOR, "a paid network coordinator"),
    Key("shared_record", SHARED_RECORD, "one record that every area of a network reads"),
)

LEAVERS = Part(
    Leavers,
    ON,
    Key("leavers_per_year", Each("a role", number(0, 10)), "share of a role who leave"),
    Key("replacement", Each("a role", law("days"), ("law",)), "until a post is refilled"),
)

TRAINING = Part(
    Training,
    ON,
    Key("role", TEXT, "whose people are trained", "role"),
    Key("people_per_area", whole(0, 1000), "how many of each area", "people"),
    Key("levels_raised", whole(0, 3), "by how many levels", "levels"),
    Key("days_away_per_year", whole(0, 100), "days away of each", "days_away"),
    Key("cost_gbp_per_day", number(), "price of a person's day away", "cost_per_day"),
    Key("unsure_share", SHARE, "needs above the old level for which they ask all the same", "unsure"),
)

EMBEDDED = Part(
    Embedded,
    ON,
    Key("conditions", NAMES, "only these groups of conditions; [] for all", "conditions"),
    Key("p_prepared_raised_to", SHARE, "at least this share of families is prepared", "p_prepared"),
    Key("known_phase_longer_days", number(0, 365), "they are known so much earlier", "longer"),
    Key("consultant_sessions_per_area", number(0, 100), "sessions of four hours a week", "consultant_sessions"),
    Key("nurse_wte_per_area", number(0, 100), "nurses added", "nurse_wte"),
)

HOSPICE_OFFER = Part(
    HospiceOffer,
    ON,
    Key("far_multiple", SHARE, "the offer to families who live far off", "far"),
    Key("far_beyond_minutes", number(0, 1440), "a drive longer than this is far", "drive"),
    Key("p_by_area", Each("an area", SHARE), "the offer by code of area, in place of place.p_hospice_offer"),
)

RAPID_TRANSFER = Part(
    RapidTransfer,
    ON,
    Key(
        "p_wants_home", Each("a group of conditions", SHARE), "families who want to go home from intensive care",
        "wants_home",
    ),
    Key("days_at_home", number(0, 90), "mean time at home"),
    Key("days_at_home_either_way", number(0, 90), "and how far from it, uniform"),
    Key("paper_cover_hours", number(0, 8784), "hours ahead that need a visiting duty on paper", "paper"),
)  # fmt: skip

BEREAVEMENT = Part(
    Bereavement,
    ON,
    Key("visits_per_family", number(0, 100), "visits after the death", "visits"),
    Key("within_weeks", number(0.1, 52), "within so long", "within"),
)

HOME_SAFETY = Part(
    HomeSafety,
    ON,
    Key("p_living_alone_with_child", SHARE, "a parent is alone with the child", "p_alone"),
    Key("p_two_needed_when_alone", SHARE, "visits to them take two", "p_two_when_alone"),
    Key("offered_when_alone_multiple", SHARE, "the offer of home to them", "offered_when_alone"),
    Key("offered_when_unsafe_multiple", SHARE, "the offer where a home is unsafe for one", "offered_when_unsafe"),
)

ACCESS = Part(
    Access,
    ON,
    Key("home_most_deprived_multiple", SHARE, "the offer of home in the most deprived fifth", "home_deprived"),
    Key("home_rural_multiple", SHARE, "the offer of home in the country", "home_rural"),
    Key("hospice_most_deprived_multiple", SHARE, "the offer of a hospice in that fifth", "hospice_deprived"),
    Key("rings_team_most_deprived_multiple", SHARE, "families there ring their own team", "rings_deprived"),
    Key("rings_team_rural_multiple", SHARE, "families in the country do", "rings_rural"),
)

PEER_SUPPORT = Part(PeerSupport, ON, Key("drain_multiple", number(0, 10), "all that drains goodwill", "drain"))

REST = Part(None, Key("on", FLAG, "duties at work start later by the rest missed: rota.rest = delay"))

OVERLAYS = (
    Key("boundary", BOUNDARY, "Overlay: clinicians who act outside their home area."),
    Key("leavers", LEAVERS, "Overlay: people leave, and their posts are refilled."),
    Key("training", TRAINING, "Overlay: named people reach a higher level."),
    Key("embedded", EMBEDDED, "Overlay: a team embedded in the hospital."),
    Key("hospice_offer", HOSPICE_OFFER, "Overlay: who is offered a hospice."),
    Key("rapid_transfer", RAPID_TRANSFER, "Overlay: home from intensive care to die."),
    Key("bereavement", BEREAVEMENT, "Overlay: visits after the death."),
    Key("home_safety", HOME_SAFETY, "Overlay: a parent alone, and homes unsafe for one."),
    Key("access", ACCESS, "Overlay: deprivation and the country."),
    Key("peer_support", PEER_SUPPORT, "Overlay: support among colleagues."),
    Key("rest", REST, "Overlay: rest is given back."),
)
