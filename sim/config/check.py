"""The composed configuration against the schema: unknown keys, types and bounds."""

from __future__ import annotations

import datetime as dt
import difflib
import math
import re
from collections.abc import Callable, Iterator
from typing import Any

from sim.config.clock import window
from sim.config.gone import GONE
from sim.config.rules import CHECKED_WHERE_READ, Each, Rule
from sim.config.sheets import table_named
from sim.config.shelf import groups
from sim.config.words import BadKey, did_you_mean


def check(node: Any, schema: Any, key: str = "") -> None:
    """Raises BadKey for the first key or value that the schema does not allow."""
    _still_there(key, node)
    if isinstance(schema, Rule):
        _value(key, node, schema)
        return
    if not isinstance(node, dict):
        chosen = node in groups().get(key, ()) and f"write defaults: [override /{key}: {node}]"
        raise BadKey(key, node, "must be a table of keys", chosen or f"write {key}: {{{_first(schema)}: ...}}")
    for name, child in node.items():
        below = f"{key}.{name}" if key else name
        if isinstance(schema, Each):
            if child is None:
                continue  # left out on purpose
            check(child, schema.entry, below)
            _needs(child, schema, below, [n for n in node if n != name])
        elif name not in schema:
            _still_there(below, child)
            raise _unknown(below, child, below.count("."), schema)
        else:
            check(child, schema[name], below)


def check_known(key: str, schema: Any, value: Any = None) -> None:
    """Raises BadKey if no such dotted key can be written."""
    parts = key.split(".")
    _still_there(key, value)
    for place, part in enumerate(parts):
        if isinstance(schema, Each):
            schema = schema.entry
        elif isinstance(schema, dict) and part in schema:
            schema = schema[part]
        elif isinstance(schema, Rule) and schema.kind in CHECKED_WHERE_READ:
            return
        else:
            raise _unknown(key, value, place, schema if isinstance(schema, dict) else {})


def without_nothing(node: Any, schema: Any) -> Any:
    """The configuration without the entries of a planner's own tables (teams, reasons ...) that were set to null."""
    if isinstance(schema, Each):
        return {name: without_nothing(child, schema.entry) for name, child in node.items() if child is not None}
    if isinstance(schema, dict):
        return {name: without_nothing(child, schema[name]) for name, child in node.items()}
    return node


def all_keys(schema: Any, key: str = "") -> Iterator[str]:
    """Every dotted key with a fixed name."""
    for name, child in schema.items() if isinstance(schema, dict) else ():
        below = f"{key}.{name}" if key else name
        yield below
        yield from all_keys(child, below)


def _still_there(key: str, value: Any) -> None:
    """Raises BadKey for a key that there was, and is no more, and for those below it."""
    for gone, (why, remedy) in GONE.items():
        if key == gone or key.startswith(f"{gone}."):
            value = None if isinstance(value, dict) else value
            raise BadKey(key, value, f"there is no such key any more: {why}", remedy)


def _unknown(key: str, value: Any, place: int, siblings: dict[str, Any]) -> BadKey:
    """A complaint about the part of a key at a place, with the nearest key that there is."""
    from sim.config.schema import SCHEMA

    parts = key.split(".")
    part, above, below = parts[place], parts[:place], parts[place + 1 :]
    everywhere = list(all_keys(SCHEMA))
    beside = _near(part, list(siblings))
    whole = [".".join((*above, near, *below)) for near in beside]
    partly = [".".join((*above, near)) for near in beside]
    same = [k for k in everywhere if k.rpartition(".")[2] == part]
    elsewhere = [k for k in everywhere if _near(part, [k.rpartition(".")[2]], exact=True)]
    close = same or [k for k in whole if _is_known(k, SCHEMA)] or partly or elsewhere or _near(key, everywhere)
    listed = ", ".join([*siblings][:12]) + (" ..." if len(siblings) > 12 else "")
    otherwise = (
        f"known in {'.'.join(above) or 'a scenario'}: {listed}"
        if siblings
        else f"{'.'.join(above)} takes no keys below it"
    )
    remedy = f"did you mean {' or '.join(close[:2])}?" if close else otherwise
    return BadKey(key, None if isinstance(value, dict) else value, "no such key", remedy)


def _near(word: str, known: list[str], exact: bool = False) -> list[str]:
    """Known words that are, or begin with, or nearly are a word."""
    begins = [k for k in known if k == word or (len(word) > 2 and k.startswith(word))]
    return begins if begins or exact else difflib.get_close_matches(word, known, n=2, cutoff=0.7)


def _is_known(key: str, schema: Any) -> bool:
    try:
        check_known(key, schema)
    except BadKey:
        return False
    return True


def _needs(entry: Any, schema: Each, key: str, others: list[str]) -> None:
    missing = [need for need in schema.needs if not isinstance(entry, dict) or entry.get(need) is None]
    if missing:
        name = key.rpartition(".")[2]
        otherwise = f"{schema.one} needs {', '.join(schema.needs)}"
        raise BadKey(
            f"{key}.{missing[0]}",
            None,
            f"missing for {schema.one} called {name}",
            did_you_mean(name, others, otherwise),
        )


def _first(schema: Any) -> str:
    return "name" if isinstance(schema, Each) else next(iter(schema))


def _value(key: str, value: Any, rule: Rule) -> None:
    if value is None and rule.empty:
        return
    if value is None and rule.kind not in CHECKED_WHERE_READ:
        raise BadKey(key, "null", "must have a value", "take the line out to keep the shipped one")
    KINDS[rule.kind](key, value, rule)


def _number(key: str, value: Any, rule: Rule) -> None:
    is_whole = rule.kind == "whole"
    what = "a whole number" if is_whole else "a number"
    bounds = (
        f"{what} from {rule.low:,g} to {rule.high:,.0f}"
        if rule.high >= 1000
        else f"{what} from {rule.low:g} to {rule.high:g}"
    )
    sort = isinstance(value, int) if is_whole else isinstance(value, int | float)
    if isinstance(value, bool) or not sort or not math.isfinite(value):
        raise BadKey(key, value, f"must be {bounds}", f"write a number, as {key}={_example(rule)}")
    if not rule.low <= value <= rule.high:
        raise BadKey(key, value, f"must be {bounds}", f"choose a value from {rule.low:g} to {rule.high:.10g}")


def _example(rule: Rule) -> str:
    return f"{max(rule.low, min(1, rule.high)):g}"


def _word(key: str, value: Any, rule: Rule) -> None:
    if value not in rule.words or isinstance(value, bool):
        raise BadKey(
            key,
            value,
            f"must be one of {', '.join(rule.words)}",
            did_you_mean(str(value), rule.words, f"write {key}={rule.words[0]}"),
        )


def _words(key: str, value: Any, rule: Rule) -> None:
    _names(key, value, rule)
    for item in value:
        _word(key, item, rule)


def _names(key: str, value: Any, rule: Rule) -> None:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadKey(key, value, "must be a list of words", f"write {key}=[...]")


def _flag(key: str, value: Any, rule: Rule) -> None:
    if not isinstance(value, bool):
        raise BadKey(key, value, "must be true or false", f"write {key}=true or {key}=false")


def _text(key: str, value: Any, rule: Rule) -> None:
    if not isinstance(value, str):
        raise BadKey(key, value, "must be words", "put it in quotation marks")
    if key == "question" and not value.strip():
        raise BadKey(key, None, "missing", "write the question the scenario asks, as question: What if ...?")
    if key == "name" and not re.fullmatch(r"(?=.*[^\W_])[\w-]{1,80}", value):
        raise BadKey(key, value, "must be up to 80 letters, digits, _ and -", "it names files")


def _date(key: str, value: Any, rule: Rule) -> None:
    try:
        dt.date.fromisoformat(str(value))
    except ValueError:
        raise BadKey(key, value, "must be a date", "write it as 2027-01-04") from None


def _window(key: str, value: Any, rule: Rule) -> None:
    window(key, value)


def _table(key: str, value: Any, rule: Rule) -> None:
    table_named(key, value)


KINDS: dict[str, Callable[[str, Any, Rule], None]] = {
    "number": _number,
    "whole": _number,
    "word": _word,
    "words": _words,
    "names": _names,
    "flag": _flag,
    "text": _text,
    "date": _date,
    "window": _window,
    "table": _table,
    **dict.fromkeys(CHECKED_WHERE_READ, lambda key, value, rule: None),
}
