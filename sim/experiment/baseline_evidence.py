"""What is known of today's services, and how far off the patchwork, or a funded rota, still agrees with it.

Every bound was declared before anything was simulated, and none is wider than what is published.
Sources are those of ``configs/register``.
"""

from __future__ import annotations

import numpy as np

from sim.experiment.checked import IN_VIEW, INDEPENDENT, OWN_SUM, PUT_IN, Check

TOGETHER = "Together for Short Lives, Built to Last? 2025"
FULL = Check(
    PUT_IN,
    "areas with a funded nurse to visit at every hour, on paper",
    *("share", 0.19, 0.07, 0.33, f"{TOGETHER}: 19 % commission 24/7 care"),
    "7 % fully met it in 2022, a third of areas met it in 2024: definitions differ",
)
WITHOUT = Check(
    PUT_IN,
    "areas with no consultant in post",
    *("share", 0.60, 0.50, 0.70, "archetype S00: 18 consultants over 17 teams, 60 % of areas have none"),
    "10 points: 18 people cannot be in fewer than 24 areas",
)
CALLS_A_WEEK = Check(
    OWN_SUM,
    "calls made a week out of hours, mean area",
    *("calls a week", 1.0, 0.75, 1.25, "model description section 0: about 1 a week today", "rounding to a half"),
)
CALLS_IF_FUNDED = Check(
    OWN_SUM,
    "the same with a rota funded in every area",
    *("calls a week", 1.45, 1.3, 1.6, "model description section 0: 1.3 to 1.6 if all who want to be at home were"),
    "the range it names",
)
ROUND_THE_CLOCK = Check(
    IN_VIEW,
    "died at home of those who want to, a rota funded in every area",
    *("share", 0.80, 0.711, 0.872, "Vickers 2007: 84 of 105 died where they preferred"),
    "exact 95 % interval of 84 of 105; cancer with outreach teams, so an upper mark",
)
NOT_ROUND_THE_CLOCK = Check(
    IN_VIEW,
    "died at home of those who want to, all other areas",
    *("share", 0.45, 0.33, 0.56, "derived from home deaths (0.16-0.20), cover (0.07-0.19) and preference (0.28-0.38)"),
    "the ends of what is derived (share_home_without_formal_cover); it contains goodwill",
)
UNPAID = Check(
    INDEPENDENT,
    "community nurses who gave unpaid hours in a year",
    *("share", 0.66, 0.58, 0.74, "NHS Staff Survey 2018, staff of community trusts"),
    "58 % of all trusts, and as far above; all nurses, not those of children at the end of life",
)
EMERGENCIES = Check(
    INDEPENDENT,
    "families with an emergency visit, a rota funded in every area",
    *("share", 0.116, 0.07, np.inf, "Hauch 2021 Front Pediatr 9:734181: 20 of 172 families of a 24/7 team called 999"),
    "a floor, the low end of its range: visits of every kind count here, there calls to 999 alone",
)
BEHIND = (  # an emergency visit, for each family at home under a rota funded in every area
    ("calls", "calls made"),
    ("grave_calls", "of them urgent or emergency, about symptoms or medication"),
    ("visits", "emergency visits"),
    ("not_admitted", "of them without an admission"),
    ("ever_not_admitted", "families with at least one such"),
)
MASKED = (  # of the scenario, and of the same families without goodwill
    ("unmet_demand_share", "unmet demand"),
    ("met_by_goodwill_share", "met by goodwill"),
    ("met_by_general_services_share", "met by general services"),
    ("goodwill_used_share", "calls with any unpaid part"),
)
