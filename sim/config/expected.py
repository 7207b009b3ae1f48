"""The block ``expected`` of a scenario file: what is known of it, for ``oncall-sim verify``. A run does not read it."""

from __future__ import annotations

from typing import Any

from sim.config.words import BadKey, did_you_mean
from sim.domain.expected import METHODS, Expected, Known

FAST = "fast"
KEYS = ("value", "values", "rel_se", "method", "published", "within")
A_TENTH = 0.1


def known(written: Any, hours: float, replications: int) -> Known | None:
    """What a scenario's own block says, None if it has none. hours, replications: of the scenario. Raises BadKey."""
    if written is None:
        return None
    if not isinstance(written, dict):
        raise BadKey("expected", written, "must be a table of measures", "write p_wait: {value: 0.5, rel_se: 0.003}")
    fast = _fast(written.get(FAST, {}))
    values = [one for name, block in written.items() if name != FAST for one in _measure(str(name), block)]
    return Known(tuple(values), float(fast.get("hours", hours * A_TENTH)), int(fast.get("replications", replications)))


def _fast(written: Any) -> dict[str, float]:
    key = f"expected.{FAST}"
    if not isinstance(written, dict) or not set(written) <= {"hours", "replications"}:
        raise BadKey(key, None, "takes hours and replications", f"write {FAST}: {{hours: 500, replications: 30}}")
    for name, value in written.items():
        if not _is_number(value) or value <= 0 or (name == "replications" and (value < 2 or value != int(value))):
            rule = "must be a whole number from 2" if name == "replications" else "must be a number above 0"
            raise BadKey(f"{key}.{name}", value, rule, "leave it out for the usual")
    return written


def _measure(name: str, block: Any) -> list[Expected]:
    """One measure of the block; a list of values is one for each level 0, 1 ..., unless they are cells of one test."""
    key = f"expected.{name}"
    if not isinstance(block, dict):
        raise BadKey(key, block, "must be a table", f"write {name}: {{value: 0.5, rel_se: 0.003}}")
    for word in block:
        if word not in KEYS:
            raise BadKey(f"{key}.{word}", None, "no such key", did_you_mean(str(word), KEYS))
    method = block.get("method", "t")
    if method not in METHODS:
        raise BadKey(
            f"{key}.method", method, f"must be one of {', '.join(METHODS)}", did_you_mean(str(method), METHODS)
        )
    measure, _, level = name.partition("/")
    values = _values(key, block)
    errors = _errors(key, block, len(values))
    published = _published(key, block, measure, level)
    if "value" in block or method == "chi_square":
        return [Expected(measure, level, values, method, errors[0]), *published]
    return [
        Expected(measure, f"{level} {place}".strip(), (value,), method, error)
        for place, (value, error) in enumerate(zip(values, errors, strict=True))
    ]


def _published(key: str, block: dict[str, Any], measure: str, level: str) -> list[Expected]:
    """A figure of somebody else's, and how close to it is close enough."""
    if "published" not in block and "within" not in block:
        return []
    for word in ("published", "within"):
        if not _is_number(block.get(word)) or block[word] <= 0:
            rule = "must be a number above 0"
            raise BadKey(f"{key}.{word}", block.get(word), rule, "write published: 0.19, within: 0.02")
    return [Expected(measure, level, (float(block["published"]),), "within", within=float(block["within"]))]


def _values(key: str, block: dict[str, Any]) -> tuple[float, ...]:
    if ("value" in block) == ("values" in block):
        raise BadKey(key, None, "needs value or values", "write value: 0.5, or values: [0.5, 0.6]")
    if "value" in block:
        written = [block["value"]]
    elif isinstance(block["values"], dict):
        written = _of_the_week(f"{key}.values", block["values"])
    else:
        written = block["values"]
    if not isinstance(written, list) or not written or not all(_is_number(value) for value in written):
        raise BadKey(f"{key}.value", block.get("value"), "must be a number", "write value: 0.5")
    return tuple(float(value) for value in written)


def _of_the_week(key: str, written: dict[str, Any]) -> list[float]:
    """168 means that are a total times the weight of the day times the weight of the hour."""
    try:
        total, days, hours = float(written["total"]), list(written["days"]), list(written["hours"])
        cells = [float(day) * float(hour) for day in days for hour in hours]
    except (KeyError, TypeError, ValueError):
        raise BadKey(key, None, "needs total, days and hours", "write {total: 60, days: [7], hours: [24]}") from None
    return [total * cell / sum(cells) for cell in cells]


def _errors(key: str, block: dict[str, Any], size: int) -> list[float | None]:
    written = block.get("rel_se")
    listed = written if isinstance(written, list) else [written] * size
    if len(listed) != size:
        raise BadKey(f"{key}.rel_se", None, f"{len(listed)} for {size} values", "give one for each value")
    for error in listed:
        if error is not None and (not _is_number(error) or not 0 < error < 1):
            rule = "must be a share above 0 of the value"
            raise BadKey(f"{key}.rel_se", error, rule, "leave it out: the first run says what it is")
    return listed


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
