"""Rules for one value: its kind, and the lowest and highest value that makes sense.

These bounds refuse what cannot be; the ranges ``[low, high]`` in the comments of the parts say what is plausible.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sim.config.sheets import ABOUT
from sim.domain.law import LAW_KINDS

LONG = 100_000.0  # hours, minutes or days nobody means


@dataclass(frozen=True)
class Rule:
    """One value: kind is number, whole, word, words, flag, text, date, window, names, table, free or
    codes.

    What is free, or codes of areas (texts, alone or in lists and tables), is checked where it is read.

    ``empty``: null is allowed. shape: what is free, as JSON schema says it, for editors.
    """

    kind: str
    low: float = 0.0
    high: float = LONG
    words: tuple[str, ...] = ()
    empty: bool = False
    shape: Any = None


@dataclass(frozen=True)
class Each:
    """A table with names of the planner's own: what one entry is called, what it holds and what it needs."""

    one: str
    entry: Any
    needs: tuple[str, ...] = ()


def number(low: float = 0.0, high: float = LONG, empty: bool = False) -> Rule:
    """A quantity."""
    return Rule("number", low, high, empty=empty)


def whole(low: float, high: float = LONG, empty: bool = False) -> Rule:
    """A count."""
    return Rule("whole", low, high, empty=empty)


def word(*words: str) -> Rule:
    """One of a few words."""
    return Rule("word", words=words)


def free(shape: Any, kind: str = "free") -> Rule:
    """Something with a form of its own, which is checked where it is read. shape: in JSON schema."""
    return Rule(kind, shape=shape)


def each_of(names: tuple[str, ...], rule: Any) -> dict[str, Any]:
    """The same rule under several names."""
    return dict.fromkeys(names, rule)


SHARE = number(0, 1)  # also a probability
FLAG, TEXT, WINDOW, NAMES, FREE = Rule("flag"), Rule("text"), Rule("window"), Rule("names"), Rule("free")
NUMBER_FROM_0, TEXTS = {"type": "number", "minimum": 0}, {"type": "array", "items": {"type": "string"}}  # shapes
COUNT_FROM_1, WEEK_OR_DATE = {"type": "integer", "minimum": 1}, {"type": ["number", "string"]}
BY_AREA = {"anyOf": [NUMBER_FROM_0, {"type": "object", "additionalProperties": NUMBER_FROM_0}]}
CODES = Rule("codes")
ABOUT_A_TABLE = {name: {"enum": [*words]} if words else {"type": "string"} for name, words in ABOUT.items()}
A_TABLE = {"type": "object", "properties": ABOUT_A_TABLE, "required": ["file"], "additionalProperties": False}
TABLE = Rule("table", shape={"anyOf": [{"type": "string"}, A_TABLE]})
TABLE_OR_NONE = replace(TABLE, empty=True)
CHECKED_WHERE_READ = ("free", "codes")


def law(unit: str) -> dict[str, Any]:
    """A duration by its law, mean and one shape number."""
    return {"law": word(*LAW_KINDS), f"mean_{unit}": number(), "cv": number(0.01, 10), "shape": number(0.05, 100)}
