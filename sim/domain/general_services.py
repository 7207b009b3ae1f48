"""General services: GP out of hours, the clinical desk of 111, open access to a ward. They are no people of the model.

They may give what the ladder of a call leaves unmet; by chance, and after a while.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from sim.domain.law import Law


@dataclass(frozen=True, slots=True)
class GeneralServices:
    """How likely general services give a missing part of a call's help, and after how long. Means in hours.

    p_above_level_2_or_advice: of whatever takes more than level 2, advice included. p_talk_level_1, p_talk_level_2: of
    a call that nobody took and that needs no more. delay_cv: spread of all four delays.
    """

    on: bool = False
    p_above_level_2_or_advice: float = 0.0
    p_visit: float = 0.0
    p_prescription: float = 0.0
    p_verification: float = 0.0
    p_talk_level_1: float = 0.0
    p_talk_level_2: float = 0.0
    delay_emergency: float = 1.0
    delay_urgent: float = 2.0
    delay_routine: float = 6.0
    delay_verification: float = 4.0
    delay_cv: float = 0.5

    def probability(self, missing: AbstractSet[str]) -> float:
        """That they give what is missing, in whole: the hardest part decides. missing: words of ``HARDEST_FIRST``."""
        chances = (
            self.p_above_level_2_or_advice,
            self.p_visit,
            self.p_prescription,
            self.p_verification,
            self.p_talk_level_1,
            self.p_talk_level_2,
        )
        return next(p for part, p in zip(HARDEST_FIRST, chances, strict=True) if part in missing)

    def delay(self, urgency: int, *, verifies: bool) -> Law:
        """Until they help. urgency: row of URGENCIES; a verification of a death has a delay of its own."""
        by_urgency = (self.delay_emergency, self.delay_urgent, self.delay_routine)
        return Law("lognormal", self.delay_verification if verifies else by_urgency[urgency], cv=self.delay_cv)


NO_GENERAL_SERVICES = GeneralServices()
HARDEST_FIRST = ("above_level_2_or_advice", "visit", "prescription", "verification", "talk_level_1", "talk_level_2")


@lru_cache(maxsize=1024)
def hardest_parts(
    missing: frozenset[str], need_level: int, had_level: int, *, is_death: bool, needs_visit: bool,
    needs_prescription: bool,
) -> frozenset[str]:  # fmt: skip
    """What general services would have to give, in their own words (``HARDEST_FIRST``).

    missing: parts of the help that nobody gave (words of PARTS). had_level: of whoever took the call, 0 if nobody did;
    a call that nobody took lacks all that it needs. A missing visit at a death is a verification.

    >>> sorted(hardest_parts(frozenset({"answer"}), 1, 0, is_death=False, needs_visit=True, needs_prescription=False))
    ['talk_level_1', 'visit']
    """
    unanswered = "answer" in missing
    visit = "visit" in missing or (unanswered and needs_visit)
    above = (unanswered or visit) and need_level > max(had_level, 2)
    parts = {
        "above_level_2_or_advice": above or "advice" in missing,
        "visit": visit and not is_death,
        "prescription": "prescription" in missing or (unanswered and needs_prescription),
        "verification": visit and is_death,
        "talk_level_1": unanswered and need_level == 1,
        "talk_level_2": unanswered and need_level > 1,
    }
    return frozenset(part for part, wanting in parts.items() if wanting)
