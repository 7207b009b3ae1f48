"""The words for what became of a call. One word per idea, here and nowhere else."""

OUTCOMES = ("overtaken_by_death", "unmet", "partly_met", "met_by_general_services", "met_by_goodwill", "late", "met")
NOT_MADE = ("choice_not_offered", "in_hospital_after_failure", "in_hospital", "help_present")
UNMET_OUTCOMES = ("overtaken_by_death", "unmet", "partly_met")  # of calls made: each is a failure
UNMET_NOT_MADE = ("choice_not_offered", "in_hospital_after_failure")
UNMET_DEMAND = (*UNMET_OUTCOMES, *UNMET_NOT_MADE)  # what unmet demand counts
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
LEANED_ON_OTHERS = ("met_by_goodwill", "met_by_general_services")  # outcomes: met, but not by anybody funded to
FATES = (  # what became of a family that wants to be at home, the worst first
    "not_offered_home",
    "hospital_after_failure",
    "hospital_otherwise",
    "nobody_answered",
    "incomplete_or_late",
    "leaned_on_others",
    "a_night_nobody_funded",
    "whole",
)
