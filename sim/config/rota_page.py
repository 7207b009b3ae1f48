"""The tables of ``docs/rota.md``: every key of a rota with its values, from where they are declared.

Renewed by ``python -m sim.config.rota_page``, which prints what stands between the two marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.config.key import Part
from sim.config.keys.people import PATTERN, POOL, TEAM
from sim.config.keys.study import STUDY
from sim.config.rules import Each, Rule

BEGIN, END = "<!-- keys -->\n", "<!-- /keys -->\n"
HEAD = "| key | values | unless written | means |\n|---|---|---|---|\n"
UNLESS = {  # what holds where a key of a team or pattern is not written
    "grouping": "`none`: each area its own", "pool": "none", "contract": "none of them", "days": "`all`",
    "bank_holidays": "as the days say",
    "at": "`work`", "seats": "`all`", "rotation": "`rota.rotation` on call, `shift` at work, `everyone` for all",
    "visiting": "what the role may", "funded": "`true`", "serves": "`team` on call, `telephone` at work",
    "prospective_cover": "`true`", "in_areas": "every kind", "stepped_up": "standing all year", "only": "everybody",
    "from": "always", "until": "always", "pool.seats": "`kept`", "pool.people": "`everyone`",
    "pool.in_hours": "`false`", "pool.added_journey_minutes": "0",
}  # fmt: skip
TEAMS = "a list of teams, each `NAME` or `{team: NAME, overflow_minutes: 10}` (`never`: a call waits here)"
STEPS = {"ladder": f"{TEAMS}; `goodwill` may stand anywhere, `universal` ends it", "professional_entry": TEAMS}
WHAT = {"string": "text", "integer": "a whole number", "number": "a number", "array": "a list", "object": "a table"}


def tables() -> str:
    """Keys of a pattern, of a team and its pool, and of who is rung in which order."""
    ladder = "".join(
        f"| `{key.name}` | {STEPS[key.name]} | as shipped | {key.meaning} |\n" for key in STUDY if key.name in STEPS
    )
    parts = {
        "A pattern (`teams.NAME.patterns.NAME`)": "".join(_rows(PATTERN, "")),
        "A team (`teams.NAME`)": "".join(_rows(TEAM, "")) + "".join(_rows(POOL, "pool.")),
        "Who is rung in which order": ladder,
    }
    return "\n".join(f"### {title}\n\n{HEAD}{rows}" for title, rows in parts.items())


def _rows(part: Part, above: str) -> Iterator[str]:
    for key in part.declared:
        if not isinstance(key.rule, Part):
            name = f"{above}{key.name}"
            yield f"| `{name}` | {_values(key.rule)} | {UNLESS.get(name, 'needed')} | {key.meaning} |\n"


def _values(rule: Any) -> str:
    if isinstance(rule, Each):
        return "a table by name"
    if rule.shape is not None:
        return ", ".join(dict.fromkeys(_shapes(rule.shape)))
    if rule.kind in ("number", "whole"):
        return f"{rule.low:g} to {rule.high:g}"
    return _words(rule)


def _words(rule: Rule) -> str:
    if rule.words:
        return ", ".join(f"`{word}`" for word in rule.words)
    return {"flag": "`true`, `false`", "names": "a list", "text": "text"}.get(rule.kind, rule.kind)


def _shapes(shape: dict[str, Any]) -> Iterator[str]:
    """What a value may be, of its shape as JSON schema says it."""
    for one in shape.get("anyOf", ()):
        yield from _shapes(one)
    for word in shape.get("enum", ()) if "anyOf" not in shape else ():
        yield f"`{str(word).lower() if isinstance(word, bool) else word}`"
    if "const" in shape:
        yield f"`{shape['const']}`"
    kinds = shape.get("type", ())
    for kind in [kinds] if isinstance(kinds, str) else kinds:
        yield WHAT[kind]


if __name__ == "__main__":
    print(tables(), end="")
