"""A scenario by its name or file, with changes as Python values."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from sim.config import Plan, plan
from sim.errors import BadInput

QUOTE_OR_END = re.compile(r"(\\*)('|\Z)")


def load_scenario(
    name_or_path: str | os.PathLike[str],
    overrides: Mapping[str, Any] | Sequence[str] = (),
    *,
    config_dir: str | os.PathLike[str] | None = None,
) -> Plan:
    """What a service is like, and how it is to be run: composed, checked and ready.

    name_or_path: a scenario that ``oncall-sim scenarios`` lists, or the path of a file of your own. overrides: any key
    of the configuration with its value, such as ``{"weeks": 26, "goodwill.asks_people": 3, "rest": "none"}``, or the
    words of a command line, such as ``["weeks=26"]``; units stand in the keys. How much is run is said here too
    (``replications``, ``seed``, ``precision``, ``workers``). config_dir: a folder of your own parts and scenarios.

    Gives back a plan: ``scenario`` (frozen, in hours, kilometres and shares), ``settings`` (how it is run),
    ``resolved`` (the whole configuration as YAML, itself a scenario file) and ``assumptions`` (what stands behind each
    number). Raises BadInput: one line with file, key, value, rule and remedy.
    """
    folder = None if config_dir is None else os.fspath(config_dir)
    if not isinstance(name_or_path, str | os.PathLike):
        raise BadInput(f"scenario = {name_or_path!r}: a name or a path, such as load_scenario('icb_rota')")
    return plan(os.fspath(name_or_path), _words(overrides), folder)


def _words(overrides: Mapping[str, Any] | Sequence[str]) -> list[str]:
    """The overrides as words of a command line. Raises BadInput."""
    if isinstance(overrides, Mapping):
        return [f"{key}={_spelt(value, key)}" for key, value in overrides.items()]
    if isinstance(overrides, str) or not all(isinstance(word, str) for word in overrides):
        raise BadInput(f"overrides = {overrides!r}: keys with values, as {{'weeks': 26}}, or words, as ['weeks=26']")
    return list(overrides)


def _spelt(value: Any, key: str) -> str:
    """A Python value in the grammar of the command line. Raises BadInput for one that has no place there."""
    plain = value.item() if isinstance(value, np.generic) else value
    if plain is None:
        return "null"
    if isinstance(plain, bool):
        return str(plain).lower()
    if isinstance(plain, int | float | dt.date):
        return str(plain)
    if isinstance(plain, str | os.PathLike):
        return _quoted(os.fspath(plain))
    if isinstance(plain, Mapping):
        return f"{{{','.join(f'{name}: {_spelt(inner, key)}' for name, inner in plain.items())}}}"
    if isinstance(plain, list | tuple):
        return f"[{','.join(_spelt(inner, key) for inner in plain)}]"
    rule = f"a {type(value).__name__} has no place in a configuration"
    raise BadInput(f"{key} = {value!s:.60}: {rule}; write a number, text, list, table, True, False or None")


def _quoted(text: str) -> str:
    """Text in quotes; backslashes are doubled where they stand before a quote."""
    return "'" + QUOTE_OR_END.sub(lambda found: found[1] * 2 + ("\\'" if found[2] else ""), text) + "'"
