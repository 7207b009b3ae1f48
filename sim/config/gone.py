"""Keys that there are no more: why, and what to write instead."""

from __future__ import annotations

NOTHING = "take the line out"
GONE = {
    "rota.publication_weeks": ("no run ever read it", NOTHING),
    "travel.fixed_minutes": (
        "no run ever read it",
        "write the minutes before setting out, as travel.mobilise_from_home_minutes",
    ),
    "costs.out_of_hours_hours_per_year": ("hours out of hours are counted from the calendar", NOTHING),
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
