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
    "roles.network_coordinator": (
        "a coordinator answers and visits nobody, and no run ever read it",
        "write boundary.coordinator.wte and boundary.coordinator.band; a role of your own takes another name",
    ),
}
