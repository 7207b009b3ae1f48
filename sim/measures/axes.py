"""What one row of ``measures.csv`` is told for: bands of the day, outcomes, causes, statistics and the like.

A row names its axes in ``for_each`` and holds ``{axis}`` where the words of a value belong.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sim.domain.words import CAUSES, FATES, NOT_MADE, OUTCOMES, UNMET_NOT_MADE, UNMET_OUTCOMES


class Value(NamedTuple):
    """One value of an axis: its part of a measure's name, and its words. own: other words, by column of the table."""

    name: str
    words: str = ""
    own: Mapping[str, str] = {}

    def told(self, column: str) -> str:
        """What stands for it in a column; without words of its own, the name with spaces."""
        return self.name if column == "name" else self.own.get(column, self.words or self.name.replace("_", " "))


def _better(outcome: str) -> str:
    return "higher" if outcome == "met" else "lower" if outcome in UNMET_OUTCOMES else ""


_BETTER = {"not_offered_home": "lower", "whole": "higher"}  # a family may leave any other fate for better or worse
OF_UNMET, OF_FATES = "unmet demand", "what became of the families"  # composites: a part falls when another grows


def _over_people(name: str, words: str) -> Value:
    """A percentile or mean is of those on a rota or asked; the worst-off of them is the worst-off of all in post."""
    estimator = "mean" if name == "mean" else "percentile"
    people = "people in post" if name == "worst" else "people on a rota or asked"
    return Value(name, words, {"estimator": estimator, "denominator": people})


REASON_WORDS = {
    "choice_not_offered": "home not offered",
    "in_hospital_after_failure": "in hospital after a failure",
    "in_hospital": "in hospital after help that was met",
}
ANY_LIMIT = (
    "on call too often, for too many nights of a month or in a row, disturbed in too many, short of daily rest too "
    "often or working too long"
)
FATE_WORDS = {
    "not_offered_home": "not offered home",
    "hospital_after_failure": "in hospital after a call that failed",
    "hospital_otherwise": "died in hospital otherwise",
    "nobody_answered": "a call that nobody answered",
    "incomplete_or_late": "help incomplete or late",
    "leaned_on_others": "help of goodwill or general services",
    "a_night_nobody_funded": "a night with nobody funded to come",
    "whole": "whole: funded staff in time, every night covered",
}
AXES: dict[str, tuple[Value, ...]] = {
    "band": (
        Value("", "in all hours"),
        Value("_out_of_hours", "out of hours"),
        Value("_night", "at night (22:00-07:00)"),
    ),
    "home": (Value("of_urban_homes", "urban homes"), Value("of_rural_homes", "rural homes")),
    "outcome": tuple(
        Value(outcome, own={"better": _better(outcome), "part_of": OF_UNMET if outcome in UNMET_OUTCOMES else ""})
        for outcome in OUTCOMES
    ),
    "reason": tuple(
        Value(
            reason,
            REASON_WORDS.get(reason, ""),
            {"formula": reason}
            | ({"better": "lower", "part_of": OF_UNMET} if reason in UNMET_NOT_MADE else {"better": "", "part_of": ""}),
        )
        for reason in NOT_MADE
    ),
    "fate": tuple(
        Value(fate, FATE_WORDS[fate], {"better": _BETTER.get(fate, ""), "part_of": "" if fate == "whole" else OF_FATES})
        for fate in FATES  # families who are whole are one end: they grow only when all others together fall
    ),
    "ever": tuple(Value(fate, FATE_WORDS[fate]) for fate in FATES[:-1]),
    "cause": tuple(Value(cause) for cause in CAUSES),
    "held": (Value("achieved", "as held after absence and cover"), Value("on_paper", "on paper, nobody absent")),
    "missing": (
        Value("without_visit", "with no funded clinician on duty who could visit within reach"),
        Value("without_consultant", "with no funded consultant on duty"),
    ),
    "standard": (
        Value("6a_nurse", "6a", {"formula": "a visiting children's nurse"}),
        Value("6b_consultant", "6b", {"formula": "a consultant"}),
    ),
    "who": (
        Value("visit", "funded who may visit"),
        Value("consultant", "funded of a consultant's level"),
    ),
    "few": (Value("nobody"), Value("one_at_most", "nobody or one person")),
    "statistic": (  # over the people of a role, in one replication
        _over_people("mean", "mean"),
        _over_people("p10", "10th percentile"),
        _over_people("p25", "25th percentile"),
        _over_people("median", "median"),
        _over_people("p75", "75th percentile"),
        _over_people("p90", "90th percentile"),
        _over_people("worst", "worst person"),
    ),
    "limit": (
        Value("safe_limits", own={"formula": ANY_LIMIT}),
        Value(
            "frequency_limit",
            own={"formula": "on call, or on standby unpaid, more often than 1 night in 4 of the nights not on leave"},
        ),
        Value("rest_limit", own={"formula": "short of daily rest more than once a month"}),
        Value("hours_limit", own={"formula": "working over 48 hours a week in the busiest 17 weeks"}),
        Value("nights_limit", own={"formula": "on call, or on standby unpaid, for more than 14 nights of any 28 days"}),
        Value("in_a_row_limit", own={"formula": "on call, or on standby unpaid, for more than 7 nights in a row"}),
        Value("disturbed_limit", own={"formula": "disturbed in more than 4 nights of any 30 days"}),
    ),
    "week": (Value("planned", "by the rota as held"), Value("achieved", "as worked")),
    "rest": (
        Value("planned", "by the rota as held"),
        Value("achieved", "after call-outs"),
        Value("broken_by_call_outs", "kept by the rota and broken by call-outs"),
    ),
    "per": (
        Value("", own={"unit": "GBP/year", "estimator": "mean", "denominator": "the calendar"}),
        Value(
            "_per_family",
            own={
                "unit": "GBP per family",
                "estimator": "ratio",
                "formula": "; over the measured weeks / families who want to be at home whose episode began in them",
                "denominator": "families who want to be at home",
            },
        ),
    ),
}
APART = ("statistic", "per")  # along all other axes neighbouring rows are told together, value by value
BANDS = tuple(value.name for value in AXES["band"])
HOMES = tuple(value.name for value in AXES["home"])
STATISTICS = tuple(value.name for value in AXES["statistic"])
