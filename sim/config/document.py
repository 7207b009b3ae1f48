"""One YAML file as texts in tables and lists, and the other way round: the only place that reads or writes YAML.

A file says what stands in it, once: keys that stand twice, anchors and aliases, tags, a second document and whatever is
larger or deeper than any plan are refused with the line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from sim.config.words import one_line, shown
from sim.config.written import Plain, core
from sim.errors import BadInput

LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
MOST_BYTES = 1_000_000  # the whole configuration of a study has about 30,000
DEEPEST = 30  # tables within tables
LINE_ENDS = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # where YAML counts a line


@dataclass
class Document:
    """What stands in a file: tables and lists of texts, ``Plain`` where they stand without quotation marks.

    lines: of its text. quoted: by line, from 0, the columns of what stands in quotation marks or in a block.
    """

    label: str
    lines: list[str]
    quoted: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    root: Any = None

    def comment(self, line: int) -> str:
        """What stands behind ``#`` in a line, from 1; empty if nothing does."""
        text, start = self.lines[line - 1], -1
        while (start := text.find("#", start + 1)) >= 0:
            inside = any(first <= start < last for first, last in self.quoted.get(line - 1, ()))
            if not inside and (start == 0 or text[start - 1] in " \t"):
                return text[start:]
        return ""


def read_document(path: Path, label: str) -> Document:
    """The YAML file at a path, called ``label`` in what is said of it. Raises BadInput."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        rule = f"{size:,} bytes, more than the {MOST_BYTES:,} that are read"
        raise BadInput(f"{label}: {rule}; a table with many rows goes into a CSV file")
    try:
        return parse(path.read_bytes().decode("utf-8-sig"), label)
    except UnicodeDecodeError:
        raise BadInput(f"{label}: not text in UTF-8; save it as UTF-8") from None


def parse(text: str, label: str) -> Document:
    """The same of a text."""
    found = Document(label, LINE_ENDS.split(text))
    try:
        events = yaml.parse(text, Loader=LOADER)
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                _first(found, event)
                found.root = _node(found, events, next(events), 0)
    except yaml.YAMLError as error:
        raise BadInput(_not_yaml(label, error)) from None
    return found


def write(config: dict[str, Any]) -> str:
    """A table as YAML that is read back as the same values."""
    return "".join(_written(name, json.dumps(value)) for name, value in config.items())


@lru_cache(maxsize=512)
def _written(name: str, value: str) -> str:
    """One entry of a table, its value given as JSON: most parts of a study's scenarios are alike."""
    entry = {name: json.loads(value)}
    return yaml.dump(entry, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=120)


class _Writer(yaml.SafeDumper):
    """Writes texts that would be read as something else in quotation marks, and nothing by reference."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(writer: yaml.SafeDumper, text: str) -> yaml.Node:
    style = '"' if LINE_ENDS.search(text.replace("\n", "")) else None if core(text) == text else "'"
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Writer.add_representer(str, _text)


def _first(found: Document, event: yaml.DocumentStartEvent) -> None:
    if found.root is not None:
        raise _refused(found, event, "a second document", "give every scenario a file of its own")
    if event.version not in (None, (1, 2)):
        said = f"%YAML {'.'.join(map(str, event.version))}: files are read as YAML 1.2"
        raise _refused(found, event, said, "take the line out")


def _node(found: Document, events: Iterator[yaml.Event], event: yaml.Event, depth: int) -> Any:
    if isinstance(event, yaml.NodeEvent) and (isinstance(event, yaml.AliasEvent) or event.anchor is not None):
        sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
        said = f"{sign}{event.anchor}: anchors and aliases are not read"
        raise _refused(found, event, said, "write out what is meant")
    if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag is not None:
        raise _refused(found, event, f"{event.tag}: tags are not read", "put a text in quotation marks")
    if depth > DEEPEST:
        raise _refused(found, event, f"more than {DEEPEST} tables or lists within each other", "write it flatter")
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        while not isinstance(inner := next(events), yaml.SequenceEndEvent):
            items.append(_node(found, events, inner, depth + 1))
        return items
    if isinstance(event, yaml.MappingStartEvent):
        return _table(found, events, depth)
    assert isinstance(event, yaml.ScalarEvent)  # nothing else is left
    return _scalar(found, event)


def _table(found: Document, events: Iterator[yaml.Event], depth: int) -> dict[str, Any]:
    table: dict[str, Any] = {}
    lines: dict[str, int] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        name = _node(found, events, event, depth + 1)
        if not isinstance(name, str) or not name:
            raise _refused(found, event, "a key must be a word", "write key: value")
        if name in table:
            raise _refused(found, event, f"{shown(name)}: stands in line {lines[name]} already", "write it once")
        lines[name] = _line(event)
        table[str(name)] = _node(found, events, next(events), depth + 1)
    return table


def _scalar(found: Document, event: yaml.ScalarEvent) -> str:
    if not event.style:
        text = Plain(event.value)
        text.line = _line(event)
        return text
    start, end = event.start_mark, event.end_mark
    assert start is not None  # the reader marks everything
    assert end is not None
    for number in range(start.line, end.line + 1):
        first = start.column if number == start.line else 0
        last = end.column if number == end.line else MOST_BYTES
        found.quoted.setdefault(number, []).append((first, last))
    return str(event.value)


def _refused(found: Document, event: yaml.Event, rule: str, remedy: str) -> BadInput:
    return BadInput(one_line(f"{found.label} line {_line(event)}: {rule}; {remedy}"))


def _line(event: yaml.Event) -> int:
    """The line in which something begins, from 1."""
    assert event.start_mark is not None  # the reader marks everything
    return int(event.start_mark.line) + 1


def _not_yaml(label: str, error: yaml.YAMLError) -> str:
    """One line about a file that cannot be read."""
    mark = getattr(error, "problem_mark", None)
    where = f" line {mark.line + 1}:" if mark else ""
    problem = getattr(error, "problem", None) or str(error)
    return one_line(f"{label}:{where} not YAML ({problem}); look for a missing colon, quote or bracket near that line")
