"""The words of a verdict: what may be said of a paired difference, and what may not be compared at all."""

from __future__ import annotations

BETTER, WORSE = "better", "worse"
BETTER_IF, WORSE_IF = "better_if", "worse_if"  # for some values of what is not known
NO_MATERIAL_DIFFERENCE = "no_material_difference"
NOT_DECIDED = "not_decided"
NOT_COMPARABLE = "not_comparable"

VERDICTS = (BETTER, WORSE, BETTER_IF, WORSE_IF, NO_MATERIAL_DIFFERENCE, NOT_DECIDED, NOT_COMPARABLE)
HANGS = {BETTER: BETTER_IF, WORSE: WORSE_IF}  # what is said where a verdict does not hold for all that may be so
CLAIMS = (BETTER, WORSE)  # verdicts that let a sentence say "lower" or "higher"


def printed(verdict: str) -> str:
    """A verdict as people read it."""
    return verdict.replace("_", " ")
