"""The words for what became of a call. One word per idea, here and nowhere else."""

OUTCOMES = ("overtaken_by_death", "unmet", "partly_met", "met_by_general_services", "met_by_goodwill", "late", "met")
NOT_MADE = ("choice_not_offered", "in_hospital", "help_present")
UNMET_OUTCOMES = ("overtaken_by_death", "unmet", "partly_met")
CAUSES = (  # from the nearest miss to the furthest
    "not_asked",
    "too_slow",
    "all_busy",
    "resting",
    "second_person",
    "out_of_reach",
    "not_able",
    "rota_gap",
    "not_commissioned",
)
PARTS = ("answer", "visit", "prescription", "advice")
