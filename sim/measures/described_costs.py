"""The measures of costs: what each pound is for. Prices, their years and sources stand in ``configs/costs``."""

from __future__ import annotations

from sim.measures.described import Measure

A_YEAR, PER_FAMILY = "GBP/year", "GBP per family"
ZONE = "standing_cost"
PARTS = {  # of a sum: what it is, and its formula
    "standing_cost": {
        "supplements": (
            "Consultants' availability supplements",
            "consultants of a rota x salary x share by its frequency and category",
        ),
        "sessions": (
            "Availability on call, by the session",
            "sessions held on paper x price, more on weekends and bank holidays",
        ),
        "seats_at_work": (
            "Seats at work",
            "hours of numbered seats at work x cost of a working hour, which holds leave, sickness and study",
        ),
        "unsocial_hours": (
            "Unsocial hours",
            "hours at work on nights, Saturdays, Sundays and bank holidays x basic pay x enhancement",
        ),
        "stepped_up_nights": ("Stepped-up nights", "persons and nights of stepped-up rotas on call x payment a night"),
        "on_costs": ("Employers' on-costs", "share x (supplements + sessions + unsocial hours + stepped-up nights)"),
        "coordinator": ("Network coordinators", "networks of areas x WTE x salary with on-costs"),
        "training": ("Training", "people trained x days away a year x cost of a day"),
        "embedded_team": ("Embedded team", "areas x (consultant sessions and nurse WTE) x salary with on-costs"),
    },
    "activity_cost": {
        "work_on_call": (
            "Work done on call",
            "hours of telephone, travel and visits on funded duties on call x cost of a working hour",
        ),
        "mileage": ("Mileage", "miles of funded journeys and ways back x price"),
    },
    "universal_cost": {
        "contacts": ("Calls to 111 and 999", "calls that nobody took, every attempt, x price of a contact"),
        "emergency_visits": ("Emergency visits", "emergency visits x (price + share by ambulance x price)"),
        "admissions": ("Admissions", "admissions x price of a short or a long stay"),
    },
    "goodwill_shadow_cost": {
        "worked": (
            "Unpaid hours worked, at a shadow price",
            "unpaid hours of telephone, travel and visits x cost of a working hour x multiple",
        ),
        "standby": ("Unpaid standby, at a shadow price", "unpaid sessions on standby x price of a session x multiple"),
    },
}
SUMS = {
    "standing_cost": (
        "Standing cost",
        "lower",
        ZONE,
        "all that is paid before anybody calls, by the rotas with nobody absent",
    ),
    "activity_cost": ("Activity cost", "", "", "work done on call + mileage"),
    "universal_cost": (
        "Cost of universal services",
        "lower",
        ZONE,
        "calls to 111 and 999 + emergency visits + admissions",
    ),
    "cash_cost": (
        "Standing, activity and universal services",
        "lower",
        ZONE,
        "standing + activity + universal services; no goodwill",
    ),
    "goodwill_shadow_cost": (
        "Unpaid hours at a shadow price",
        "",
        "",
        "unpaid hours worked and standby at a shadow price; never in a sum of cash",
    ),
}
FAMILIES = "families who want to be at home"


def _costs() -> list[Measure]:
    found = []
    for name, (title, better, zone, formula) in SUMS.items():
        found.append(Measure(name, title, A_YEAR, better, "mean", formula, zone, bool(zone)))
        per = Measure(
            f"{name}_per_family",
            f"{title} per family",
            PER_FAMILY,
            better,
            "ratio",
            f"{formula}; over the measured weeks / {FAMILIES} whose episode began in them",
            zone,
            bool(zone),
        )
        found.append(per)
        for part, (words, how) in PARTS.get(name, {}).items():
            found.append(Measure(f"{name}_{part}", words, A_YEAR, "", "mean", how))
    return found


COSTS = [
    *_costs(),
    Measure(
        "seats_at_work_wte",
        "People to fill the seats at work",
        "WTE",
        "",
        "mean",
        "hours a week of numbered seats at work / full-time week / (1 - headroom)",
    ),
    Measure(
        "extra_posts_wte",
        "Posts beyond those who exist",
        "WTE",
        "",
        "mean",
        "posts the rotas are written for - posts in post, by area and role, where more, x WTE of the role",
    ),
    Measure(
        "extra_posts_cost",
        "Pay of posts beyond those who exist",
        A_YEAR,
        "",
        "mean",
        "posts beyond those who exist x a year's pay with on-costs; in no sum, for they would do day work too",
    ),
]
