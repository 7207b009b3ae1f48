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

from sim.config.document import Document, read_document
from sim.config.rules import CODES
from sim.config.schema import SCHEMA
from sim.config.words import BadKey
from sim.config.written import is_number, leaves, meant
from sim.errors import BadInput

REMARK = re.compile(r"#\s*(source|assumed|setting):\s*(.*)$")
OF_THE_FILE = ("based_on", "defaults")  # what a file builds on: words, and no keys of a plan


class Remark(NamedTuple):
    """What stands behind a number: ``source``, ``assumed`` or ``setting``, and the words."""

    kind: str
    text: str


@dataclass(frozen=True, eq=False)
class Layer:
    """label: the file as the planner knows it; content: its tables and values, which nobody may change.

    values: scalars, as they stand there, and lists by dotted key; remarks: behind its numbers.
    known: every dotted key it sets, tables included.
    """

    label: str
    folder: Path
    content: Any
    values: dict[str, Any]
    remarks: dict[str, Remark]
    numbers: frozenset[str]
    known: frozenset[str]


def read_layer(path: Path, prefix: str = "", label: str = "") -> Layer:
    """The layer in a file; prefix: the group of a part. Raises BadInput for what cannot be read."""
    about = path.stat()
    return _read(path, prefix, label or f"{path.parent.name}/{path.name}", (about.st_mtime_ns, about.st_size))


@cache
def _read(path: Path, prefix: str, label: str, _changed: tuple[int, int]) -> Layer:
    document = read_document(path, label)
    try:
        content = _content(document.root, prefix)
    except BadKey as bad:
        raise BadInput(bad.line(label)) from None
    texts, numbers = dict(leaves(document.root, prefix)), [k for k, v in leaves(content, prefix) if is_number(v)]
    by_line = _remarks(document, {texts[key].line for key in numbers})
    remarks = {key: by_line[texts[key].line] for key in numbers if texts[key].line in by_line}
    known = {key[:place] for key in texts for place in _ends(key)}
    return Layer(label, path.parent, content, texts, remarks, frozenset(numbers), frozenset(known))


def _content(root: Any, prefix: str) -> Any:
    """The values of a file. A file of a scenario or a part is a table."""
    if not isinstance(root, dict):
        return meant(root, None, prefix)
    about = {name: meant(root[name], CODES, name) for name in OF_THE_FILE if name in root}
    keys = {name: node for name, node in root.items() if name not in about}
    return {**about, **meant(keys, SCHEMA.get(prefix) if prefix else SCHEMA, prefix)}


def _remarks(document: Document, lines: set[int]) -> dict[int, Remark]:
    found = {line: REMARK.search(document.comment(line)) for line in lines}
    return {line: Remark(said[1], said[2]) for line, said in found.items() if said}


def _ends(key: str) -> list[int]:
    return [place for place, letter in enumerate(key) if letter in ".["] + [len(key)]
