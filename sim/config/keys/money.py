"""Keys of pay and prices."""

from __future__ import annotations

from sim.config.key import Key, Part
from sim.config.rules import SHARE, WINDOW, number, word
from sim.domain.costs import DAYS_NOT_OFFERED, Availability, Costs, Universal

SALARY = number(0, 1_000_000)
FREQUENCIES = {"high": "the highest", "medium": "the medium", "low": "the lowest"}

COSTS = Part(
    Costs,
    Key(
        "goodwill_shadow_price_multiple",
        number(0, 100),
        "unpaid hours, times what they would be paid",
        "goodwill_multiple",
    ),
    Key("consultant_salary_gbp_per_year", SALARY, "basic salary of a consultant", "consultant_salary", Availability),
    *(Key(f"salary_band_{band}_gbp_per_year", SALARY, f"salary of pay band {band}") for band in (5, 6, 7, 8)),
    Key("consultant_on_call_category", word("A", "B"), "A returns at once, B advises or returns later"),
    *(
        Key(
            f"consultant_{how}_frequency_up_to_1_in_n",
            number(1, 365),
            f"on call so often earns {FREQUENCIES[how]} supplement",
        )
        for how in ("high", "medium")
    ),
    *(
        Key(f"consultant_supplement_{of}_{how}_percent", number(0, 100), f"{name} supplement of category {of.upper()}")
        for of in "ab"
        for how, name in FREQUENCIES.items()
    ),
    Key(
        "on_call_availability_gbp_per_weekday_night",
        number(),
        "for being available, others than consultants",
        "session",
        Availability,
    ),
    Key(
        "on_call_weekend_session_multiple",
        number(0, 100),
        "the same for a session of a weekend",
        "weekend_multiple",
        Availability,
    ),
    Key("mileage_gbp_per_mile", number(0, 100), "of a journey", "mile"),
    Key("basic_pay_share", SHARE, "basic pay, of the price of an hour at work", "basic_pay_share"),
    Key("employer_on_cost_share", SHARE, "employers' share on pay that prices do not hold", "on_cost"),
    Key("post_overheads_share", number(0, 10), "overheads of a post to create, of its pay with on-costs", "overheads"),
    Key("ambulance_share", SHARE, "emergency visits by ambulance", "ambulance_share", Universal),
    Key("unsocial_clock", WINDOW, "hours of a working day that are paid as night"),
    Key("consultant_premium_clock", WINDOW, "the same of consultants"),
    Key("unsocial_night_saturday_percent", number(0, 300), "beyond basic pay, at night and on Saturdays"),
    Key("unsocial_sunday_bank_holiday_percent", number(0, 300), "and on Sundays and bank holidays"),
    Key("consultant_session_plain_hours", number(1, 12), "hours of a session in plain time"),
    Key("consultant_session_premium_hours", number(1, 12), "hours of a session in premium time"),
    Key("universal_contact_gbp_per_call", number(), "one call to 111 or 999", "contact", Universal),
    Key("gp_consultation_gbp_per_call", number(), "a call that general services meet", "consultation", Universal),
    Key("gp_out_of_hours_multiple", number(0, 10), "the same out of hours", "consultation_out_of_hours", Universal),
    Key("emergency_department_gbp_per_visit", number(), "one emergency visit", "emergency_visit", Universal),
    Key("ambulance_gbp_per_journey", number(), "the ambulance to it", "ambulance", Universal),
    Key("hospital_gbp_per_day", number(), "a day of a child in hospital", "hospital_day", Universal),
    Key("hospice_gbp_per_day", number(), "a day of a child in a hospice", "hospice_day", Universal),
    Key(
        "days_not_offered",
        word(*DAYS_NOT_OFFERED),
        "priced of a child not offered the place its family wants: from this phase to the death",
        "days_not_offered",
        Universal,
    ),
)
