"""``docs/settings.md``: every key with its unit, its values and its meaning, from where they are declared.

Renewed by ``python -m sim.config.settings_page > docs/settings.md``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.config.gone import GONE
from sim.config.key import Key, Part
from sim.config.keys import PARTS
from sim.config.rules import Each, Rule
from sim.config.schema import OF_THE_RUN
from sim.config.units import unit_of

HEAD = """\
# Settings

Every key of a scenario file and of the command line (`goodwill.asks_people=3`), as it is declared in
`sim/config/keys`; this page is written from there. What is shipped for each, with its source or the reason for
assuming it and a plausible range, stands in `configs/GROUP` and in `oncall-sim run scenario=NAME --cfg job`;
[own_scenario.md](own_scenario.md) says how a file is read.

The unit of a number is in its key. `NAME` stands for a name of your own or of the part; `null` takes such an entry out.
A duration is a block of `law:` (`exponential`, `fixed`, `lognormal` with `cv:`, `gamma` or `weibull` with `shape:`,
`infinite`, `none`) and its mean, as `{law: exponential, mean_minutes: 10}`.
A table is the name of its file, or `{file: ./mine.xlsx, sheet: calls, dates: dd/mm/yyyy, timezone: UTC}`, of which only
the file is needed ([own_areas.md](own_areas.md)).

## In an editor

`oncall-sim schema out=scenario.schema.json` writes the same as JSON schema. VS Code with the YAML extension
(yaml-language-server) then completes keys, says what each means, and marks slips while you write. Either the first
line of a scenario names the schema, by its path from the file:

```yaml
# yaml-language-server: $schema=./scenario.schema.json
based_on: icb_rota
question: What if every area had a seventh consultant?
```

or `.vscode/settings.json` does, for all of a folder:

```json
{"yaml.schemas": {"./scenario.schema.json": "scenarios/*.yaml"}}
```

What depends on other keys, such as shares that must add to 1, is said by the run alone, before anything is simulated.
"""
TABLE = "| key | unit | value | meaning |\n|---|---|---|---|\n"
KINDS = {
    "words": "some of",
    "flag": "yes or no",
    "text": "words",
    "table": "a table",
    "date": "a date",
    "window": "hours of the clock",
    "names": "a list of names",
}


def page() -> str:
    """The whole page."""
    study = [key for key in PARTS.declared if not _is_part(key)]
    of_the_run = [key for key in study if key.name in OF_THE_RUN]
    sections = [("The study", [key for key in study if key not in of_the_run])]
    sections.append(("Where and how a study is run (command line only)", of_the_run))
    told = [
        f"\n## {title}\n\n{TABLE}{''.join(row for key in keys for row in _rows(key, key.name))}"
        for title, keys in sections
    ]
    for key in PARTS.declared:
        if _is_part(key):
            told.append(f"\n## {key.name}\n\n{key.meaning}\n\n{TABLE}{''.join(_rows(key, key.name))}")
    gone = "".join(f"| `{key}` | {why} | {remedy} |\n" for key, (why, remedy) in GONE.items())
    told.append(f"\n## Keys that are gone\n\n| key | why | instead |\n|---|---|---|\n{gone}")
    return HEAD + "".join(told)


def _is_part(key: Key) -> bool:
    return isinstance(key.rule.entry if isinstance(key.rule, Each) else key.rule, Part)


def _rows(key: Key, dotted: str) -> Iterator[str]:
    """A line for a key, or for each of those within it."""
    rule, within = key.rule, dotted
    if isinstance(rule, Each):
        rule, within = rule.entry, f"{dotted}.NAME"
    if isinstance(rule, Part):
        for below in rule.declared:
            yield from _rows(below, f"{within}.{below.name}")
    else:
        yield _row(Key(key.name, rule, key.meaning), within)


def _row(key: Key, dotted: str) -> str:
    names = "" if not isinstance(key.rule, dict) or "law" in key.rule else f".{{{', '.join(key.rule)}}}"
    rule = next(iter(key.rule.values())) if names else key.rule
    number = isinstance(rule, Rule) and rule.kind in ("number", "whole")
    return f"| `{dotted}{names}` | {unit_of(dotted) if number else ''} | {_allowed(rule)} | {key.meaning} |\n"


def _allowed(rule: Any) -> str:
    """What a value may be, in words."""
    if isinstance(rule, Each):
        return f"by name: {_allowed(rule.entry)}"
    if isinstance(rule, dict):
        return f"a duration (`{next(name for name in rule if name.startswith('mean_'))}`)"
    or_null = " or `null`" if rule.empty else ""
    if rule.kind in ("number", "whole"):
        return f"{'whole, ' * (rule.kind == 'whole')}{rule.low:,.10g} to {rule.high:,.10g}{or_null}"
    words = " ".join(f"`{word}`" for word in rule.words)
    return f"{' '.join(filter(None, (KINDS.get(rule.kind, ''), words)))}{or_null}"


if __name__ == "__main__":
    print(page(), end="")
