"""Keys that there are no more: why, and what to write instead."""

from __future__ import annotations

NOTHING = "take the line out"
SETTLEMENT = "distance sets the speed, settlement hardly does"
PACES = "the same of travel.quiet, london_busy and london_quiet"
GONE = {
    "rota.publication_weeks": ("no run ever read it", NOTHING),
    "travel.fixed_minutes": ("it depends on the hour", f"write travel.busy.fixed_minutes and {PACES}"),
    "travel.circuity_ratio": (
        "minutes follow from the straight line",
        f"write travel.busy.per_km_minutes and {PACES}; for mileage alone travel.mileage_ratio",
    ),
    "travel.speed_urban_km_per_hour": (SETTLEMENT, f"write travel.busy.per_km_minutes and {PACES}"),
    "travel.speed_rural_km_per_hour": (SETTLEMENT, f"write travel.busy.per_km_minutes and {PACES}"),
    "travel.night_speed_multiple": ("nights have minutes of their own", "write travel.quiet.per_km_minutes"),
    "costs.out_of_hours_hours_per_year": ("hours out of hours are counted from the calendar", NOTHING),
    **{
        f"costs.{key}": ("days in hospital have a price, not admissions", "write costs.hospital_gbp_per_day")
        for key in ("short_stay_gbp_per_admission", "long_stay_gbp_per_admission", "long_stay_from_days")
    },
    "place.p0": (
        "families also go home with nobody on call and no goodwill",
        "write place.home_anyway (a) and place.goodwill_makes_home (g); everybody at home is place.home_anyway=1",
    ),
    "place.p0_without_goodwill": (
        "place.home_anyway says who goes home without goodwill",
        "take the line out: after goodwill.until place.goodwill_makes_home counts as 0",
    ),
    "roles.network_coordinator": (
        "a coordinator answers and visits nobody, and no run ever read it",
        "write boundary.coordinator.wte and boundary.coordinator.band; a role of your own takes another name",
    ),
}
