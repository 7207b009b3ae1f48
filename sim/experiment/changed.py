"""What changed between the run that was stopped and the one that would go on from it."""

from __future__ import annotations

from collections.abc import Mapping

from sim.errors import BadInput

SHOWN = 5  # changes named before "and N more"
LONG = 40  # characters of a value that are shown


def changes(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Everything that both have and that differs, in words; a scenario that only one has is no change."""
    found: list[str] = []
    for name in before:
        if name in now and before[name] != now[name]:
            if name.startswith("scenario "):
                found += _of_scenario(name.removeprefix("scenario "), before[name], now[name])
            else:
                found.append(f"{name} was {_short(before[name])}, is {_short(now[name])}")
    return found


def line(found: list[str]) -> str:
    """The changes in one line."""
    more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    return "; ".join(found[:SHOWN]) + more


def as_before(before: Mapping[str, str], now: Mapping[str, str], where: str) -> dict[str, str]:
    """What the units of a study that was stopped are made from, for the one that goes on with them.

    Raises BadInput when they were made from something else. where: the folder of the units.
    """
    if found := changes(before, now):
        raise BadInput(
            f"{where}: a study that was stopped has changed: {line(found)}; change it back to go on, "
            f"or remove that folder to begin again, or name another with out=DIR"
        )
    return {**before, **now}


def _of_scenario(name: str, before: str, now: str) -> list[str]:
    """The keys of a resolved configuration (YAML in blocks) whose values differ, tables as a sum of their content."""
    old, new = keys(before), keys(now)
    return [
        f"{name}: {key} was {_short(old.get(key, 'absent'))}, is {_short(new.get(key, 'absent'))}"
        for key in dict.fromkeys([*old, *new])
        if old.get(key) != new.get(key)
    ]


def keys(text: str) -> dict[str, str]:
    """Dotted key -> value of YAML in block style, as a configuration is written out; lists are joined."""
    found: dict[str, str] = {}
    above: list[tuple[int, str]] = []
    for raw in text.splitlines():
        indent, said = len(raw) - len(raw.lstrip()), raw.strip()
        is_item = said.startswith("- ")
        while above and (above[-1][0] > indent or (above[-1][0] == indent and not is_item)):
            above.pop()
        key, colon, value = said.partition(":")
        dotted = ".".join(word for _, word in above)
        if is_item or not colon or (value and not value.startswith(" ")):
            found[dotted] = f"{found.get(dotted, '')} {said}".strip()
            continue
        above.append((indent, key))
        if value.strip():
            found[f"{dotted}.{key}" if dotted else key] = value.strip()
    return found


def _short(value: str) -> str:
    return value if len(value) <= LONG else f"{value[: LONG - 3]}..."
