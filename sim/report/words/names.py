"""Names as people read them: of scenarios, roles, groupings, causes and verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sim.measures.verdicts import VERDICTS, printed

CAPITALS = {
    "icb": "ICB",
    "icbs": "ICBs",
    "nhs": "NHS",
    "qs160": "QS160",
    "rcn": "RCN",
    "england": "England",
    "london": "London",
    "200k": "£200k",
}
CAUSE_WORDS = {
    "not_asked": "free staff not asked",
    "too_slow": "too slow",
    "all_busy": "all busy",
    "resting": "resting",
    "second_person": "second person missing",
    "out_of_reach": "out of reach",
    "not_able": "not able (skill, prescribing, medicines)",
    "rota_gap": "gap in the rota",
    "not_commissioned": "nobody commissioned",
    "choice_not_offered": "home not offered",
    "in_hospital_after_failure": "in hospital after a failure",
}
VERDICT_WORDS = {verdict: printed(verdict) for verdict in VERDICTS} | {
    "lower": "lower",
    "higher": "higher",
    "no_figure": "without a figure",
}
TWIN = "_goodwill_off"  # behind the name of the same families without unpaid help


@cache
def name(code: str) -> str:
    """A scenario, role or cause as people read it: ``icb_rota`` -> ``ICB rota``; twins end on "without goodwill"."""
    stem = code.removesuffix(TWIN)
    text = capitals(stem.replace("_", " ")) + (" without goodwill" if stem and stem != code else "")
    return text[:1].upper() + text[1:]


def without_twins(scenarios: Sequence[str]) -> list[str]:
    """Scenarios but for the twins without goodwill of others among them."""
    return [one for one in scenarios if one.removesuffix(TWIN) == one or one.removesuffix(TWIN) not in scenarios]


def capitals(text: str) -> str:
    """Names in the middle of a text with the capitals they have."""
    return " ".join(CAPITALS.get(word.lower(), word) for word in text.split())


def listed(items: Sequence[str]) -> str:
    """``A, B and C``."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def grouping_name(grouping: str) -> str:
    """A grouping as people read it: with none, every area is alone."""
    return "Alone" if grouping == "none" else name(grouping)
