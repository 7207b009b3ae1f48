"""A key declared once: its name with its unit, the rule for its value, what it means, and the field that it reaches.

Strict checking, conversion, the JSON schema for editors and ``docs/settings.md`` follow from it (``sim.config.keys``).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sim.config.clock import window
from sim.config.laws import law
from sim.config.rules import Each
from sim.config.units import converted, internal


@dataclass(frozen=True)
class Key:
    """One key of a part.

    field: of the object of the domain that the part becomes (else of ``of``), where the value arrives in hours and
    shares; empty: a function of its own reads it. of: the type of another object that the value belongs to.
    """

    name: str
    rule: Any
    meaning: str
    field: str = ""
    of: type | None = None


class Part(dict[str, Any]):
    """Keys that stand together: the rule of each by its name. made: the type of the object that they become."""

    def __init__(self, made: type | None, *keys: Key) -> None:
        super().__init__((key.name, key.rule) for key in keys)
        self.made, self.declared = made, keys

    def fields(self, at: str, written: dict[str, Any], made: type | None) -> dict[str, Any]:
        """What is written in this part, and in those within it, for an object: by field, in internal units.

        at: the dotted key of the part. Raises BadKey.
        """
        found: dict[str, Any] = {}
        for key in self.declared:
            if isinstance(key.rule, Part) and not key.field:
                found |= key.rule.fields(f"{at}.{key.name}", written[key.name], made)
            elif key.field and (key.of or self.made) is made and key.name in written:
                unit = converted(key.name, key.field)
                found[key.field] = _value(f"{at}.{key.name}", key.rule, written[key.name], unit)
        return found


def _value(key: str, rule: Any, written: Any, unit: str) -> Any:
    """A value in internal units. Tables of fixed names become tuples in their order, those of names of the planner's
    own pairs of name and value, blocks with a ``law`` laws, parts objects of their type."""
    if isinstance(rule, Part) and rule.made:
        return rule.made(**rule.fields(key, written, rule.made))
    if isinstance(rule, dict) and "law" in rule:
        return law(key, written)
    if isinstance(rule, dict):
        return tuple(_value(f"{key}.{name}", below, written[name], unit) for name, below in rule.items())
    if isinstance(rule, Each):
        return tuple((name, _value(f"{key}.{name}", rule.entry, one, unit)) for name, one in written.items())
    match rule.kind:
        case "names" | "words":
            return frozenset(written)
        case "window":
            return window(key, written)
        case "date":
            return dt.date.fromisoformat(written)
    return internal(written, unit)
