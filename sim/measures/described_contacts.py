"""The measures of whom a family meets, and who is there at the death."""

from __future__ import annotations

from sim.measures.described import Measure

CONTACTS = [
    Measure(
        "people_met_per_family",
        "Different people a family meets",
        "people per family",
        "",
        "ratio",
        "different people a family has on the telephone or in the home for calls / families with anybody",
    ),
    Measure(
        "deaths_with_professional_share",
        "A professional there at the death",
        "share",
        "higher",
        "ratio",
        "deaths at home with a professional there, or at the door within 2 h, paid or not / deaths at home",
        "unmet_share",
    ),
]
