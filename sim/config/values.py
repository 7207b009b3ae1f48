"""Values by dotted key set in a configuration: those of a command line, and Python's of ``Plan.changed``."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterator, Mapping
from typing import Any

from sim.config.check import check_known
from sim.config.schema import SCHEMA
from sim.config.shelf import groups
from sim.config.words import BadKey, did_you_mean
from sim.config.written import Plain, below, meant

EVERY = "*"
PLACES = re.compile(r"\[\d+|[^.\[\]]+")  # names, and places in a list, that a dotted key is made of


def set_values(config: dict[str, Any], values: list[tuple[str, Any]]) -> dict[str, Any]:
    """The configuration with single values set; only the tables that they touch are copied."""
    for key, value in values:
        config = _with(config, PLACES.findall(key), value)
    return config


def _with(node: Any, places: list[str], value: Any) -> Any:
    """A table or a list with a value set below it. What is no table becomes one; a table is laid over another."""
    if not places:
        if not (isinstance(node, dict) and isinstance(value, dict)):
            return value
        for name, child in value.items():
            node = {**node, name: _with(node.get(name), [], child)}
        return node
    first, rest = places[0], places[1:]
    if first.startswith("[") and isinstance(node, list):
        items = list(node)
        items[int(first[1:])] = _with(items[int(first[1:])], rest, value)
        return items
    table = node if isinstance(node, dict) else {}
    return {**table, first: _with(table.get(first), rest, value)}


def said(key: str, text: str) -> Any:
    """What a text means as the value of a key, as without quotation marks in a file. Raises BadKey."""
    check_known(key, SCHEMA, text)
    schema: Any = SCHEMA
    for name in key.split("."):
        schema = below(schema, name)
    return meant(Plain(text), schema, key)


def value_at(config: dict[str, Any], key: str) -> Any:
    """What stands at a dotted key of fixed names. Raises KeyError."""
    node: Any = config
    for name in key.split("."):
        node = node[name]
    return node


def values_of(config: dict[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes with plain values, every ``*`` written out. Raises BadKey for a key that cannot be written."""
    found: dict[str, Any] = {}
    for key, value in changes.items():
        if isinstance(value, str) and key in groups(None):
            remedy = f"compose with it: load_scenario(..., {{{key!r}: {value!r}}})"
            raise BadKey(key, value, "a part of the shelf is chosen when a scenario is composed", remedy)
        plain = _plain(key, value)
        for one in [*_written_out(config, key.split("."))] if EVERY in key.split(".") else [key]:
            check_known(one, SCHEMA, plain)
            found[one] = plain
    return found


def _written_out(config: dict[str, Any], places: list[str]) -> list[str]:
    """Every key of the configuration that a pattern stands for. Raises BadKey if there is none."""
    found = [".".join(key) for key in _keys(config, places)]
    if not found:
        key, at = ".".join(places), places.index(EVERY)
        raise BadKey(key, None, "stands for no key of this scenario", did_you_mean(places[at - 1], config))
    return found


def _keys(node: Any, places: list[str]) -> Iterator[tuple[str, ...]]:
    if not places:
        yield ()
        return
    for name in node if isinstance(node, dict) else ():
        if places[0] in (EVERY, name):
            yield from ((name, *below) for below in _keys(node[name], places[1:]))


def _plain(key: str, value: Any) -> Any:
    """A value as YAML has it. Raises BadKey for one that has no place in a configuration."""
    if hasattr(value, "item") and not isinstance(value, dict):  # a scalar of numpy
        value = value.item()
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, dt.date):
        return str(value)
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if isinstance(value, Mapping):
        return {str(name): _plain(f"{key}.{name}", inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(key, inner) for inner in value]
    rule = f"a {type(value).__name__} has no place in a configuration"
    raise BadKey(key, str(value), rule, "write a number, text, list, table, True, False or None")
