"""One YAML file as a layer: which keys it sets, and what stands behind its numbers.

A number carries its unit in the key and ``# source:`` or ``# assumed:`` behind it, with the range ``[low, high]``;
the comment holds for every number on its line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from sim.config.words import one_line
from sim.errors import BadInput

REMARK = re.compile(r"#\s*(source|assumed|setting):\s*(.*)$")
NOT_USED = "not used by this version"
NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")


class Remark(NamedTuple):
    """What stands behind a number: ``source``, ``assumed`` or ``setting``, the words, and whether a run reads it."""

    kind: str
    text: str
    used: bool


@dataclass(frozen=True)
class Layer:
    """label: the file as the planner knows it; values: scalars and lists by dotted key; remarks: behind its numbers.

    known: every dotted key it sets, tables included.
    """

    label: str
    folder: Path
    values: dict[str, Any]
    remarks: dict[str, Remark]
    numbers: frozenset[str]
    known: frozenset[str]


def read_layer(path: Path, prefix: str = "", label: str = "") -> Layer:
    """The layer in a file. Raises BadInput if it is not YAML."""
    return _read(path, prefix, label or f"{path.parent.name}/{path.name}", path.stat().st_mtime_ns)


@cache
def _read(path: Path, prefix: str, label: str, _changed: int) -> Layer:
    text = path.read_text(encoding="utf-8")
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise BadInput(not_yaml(label, error)) from None
    values: dict[str, Any] = {}
    remarks: dict[str, Remark] = {}
    numbers: set[str] = set()
    lines = text.splitlines()
    unused = any(NOT_USED in line for line in lines if line.startswith("#"))

    def walk(node: yaml.Node | None, key: str) -> None:
        if isinstance(node, yaml.MappingNode):
            for name, child in node.value:
                walk(child, f"{key}.{name.value}" if key else name.value)
        elif isinstance(node, yaml.SequenceNode):
            values[key] = None
            for place, child in enumerate(node.value):
                walk(child, f"{key}[{place}]")
        elif isinstance(node, yaml.ScalarNode):
            values[key] = node.value
            if node.tag in NUMBERS:
                numbers.add(key)
                if found := REMARK.search(lines[node.start_mark.line]):
                    used = not unused and NOT_USED not in found[2]
                    remarks[key] = Remark(found[1], found[2].removesuffix(f"; {NOT_USED}"), used)

    walk(root, prefix)
    known = {key[:place] for key in values for place in _ends(key)}
    return Layer(label, path.parent, values, remarks, frozenset(numbers), frozenset(known))


def _ends(key: str) -> list[int]:
    return [place for place, letter in enumerate(key) if letter in ".["] + [len(key)]


def not_yaml(label: str, error: yaml.YAMLError) -> str:
    """One line about a file that cannot be read."""
    mark = getattr(error, "problem_mark", None)
    where = f" line {mark.line + 1}:" if mark else ""
    problem = getattr(error, "problem", None) or str(error)
    return one_line(f"{label}:{where} not YAML ({problem}); look for a missing colon, quote or bracket near that line")
