"""What a planner writes, in a file or on the command line, read as values: one reader, by YAML 1.2's core rules.

Numbers are decimal: ``026`` is 26, and ``0x10``, ``0o17``, ``1_0`` and ``1:30`` are texts. So are ``yes`` and ``off``,
unless the key is a switch. Where a key wants words or codes, all that stands there is the text it is.
Nothing is filled in from elsewhere: a value means what stands there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from sim.config.rules import Each, Rule
from sim.config.words import BadKey

NOTHING = ("", "~", "null", "Null", "NULL")
TRUTHS = {**dict.fromkeys(("true", "True", "TRUE"), True), **dict.fromkeys(("false", "False", "FALSE"), False)}
SWITCHES = {"yes": True, "on": True, "true": True, "no": False, "off": False, "false": False}
WHOLE = re.compile(r"[-+]?[0-9]{1,40}")
DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
BEYOND = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
TEXTS = (
    "text",
    "names",
    "word",
    "words",
    "date",
    "window",
    "table",
    "codes",
)  # kinds of rule under which no number stands
FILLED_IN = "${"


class Plain(str):
    """Text that stands without quotation marks: its key says whether it is a number, a switch or the text it is.

    line: in its file, from 1.
    """

    line = 0


def meant(node: Any, schema: Any, key: str = "") -> Any:
    """Texts as the values that their keys ask for. Raises BadKey for what is to be filled in from elsewhere."""
    if isinstance(node, dict):
        for name in node:
            _as_it_stands(f"{key}.{name}" if key else name, name)
        return {
            str(name): meant(child, below(schema, name), f"{key}.{name}" if key else name)
            for name, child in node.items()
        }
    if isinstance(node, list):
        return [meant(child, schema, f"{key}[{place}]") for place, child in enumerate(node)]
    if not isinstance(node, str):
        return node
    _as_it_stands(key, node)
    return _plain(node, schema) if isinstance(node, Plain) else node


def below(schema: Any, name: str) -> Any:
    """What the schema says of an entry of a table; None where it says nothing."""
    if isinstance(schema, Each):
        return schema.entry
    return schema.get(name) if isinstance(schema, dict) else schema


def leaves(node: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of a nested table with its dotted key; a list itself, as None, before its items."""
    if isinstance(node, dict):
        for name, child in node.items():
            yield from leaves(child, f"{key}.{name}" if key else str(name))
    elif isinstance(node, list):
        yield key, None
        for place, child in enumerate(node):
            yield from leaves(child, f"{key}[{place}]")
    else:
        yield key, node


def decimal(text: str) -> float:
    """The number that a text is, by the same rules; nan if it is none."""
    value = core(text)
    return float(value) if is_number(value) else math.nan


def is_number(value: Any) -> bool:
    """Whether a value is a number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _as_it_stands(key: str, text: str) -> None:
    if FILLED_IN in text:
        value = None if key.endswith(text) else text
        raise BadKey(key, value, f"{FILLED_IN}...}} is not filled in", "write the value itself")


def _plain(text: str, schema: Any) -> Any:
    if text in NOTHING:
        return None
    if isinstance(schema, dict) and "on" in schema and text.lower() in SWITCHES:
        return {"on": SWITCHES[text.lower()]}
    kind = schema.kind if isinstance(schema, Rule) else ""
    if kind == "flag" and text.lower() in SWITCHES:
        return SWITCHES[text.lower()]
    return str(text) if kind in TEXTS else core(text)


def core(text: str) -> Any:
    """A text without quotation marks by the core rules of YAML 1.2, numbers in decimals only."""
    if text in TRUTHS:
        return TRUTHS[text]
    if WHOLE.fullmatch(text):
        return int(text)
    if DECIMAL.fullmatch(text):
        return float(text)
    if BEYOND.fullmatch(text):
        return float(text.replace(".", ""))
    return None if text in NOTHING else str(text)
