"""The command line in Hydra's grammar of ``key=value``, its values by the same rules as those of a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sim.config.check import check_known
from sim.config.schema import SCHEMA
from sim.config.shelf import groups
from sim.config.words import BadKey, did_you_mean, one_line, shown
from sim.config.written import below, meant
from sim.errors import BadInput

if TYPE_CHECKING:
    from hydra.core.override_parser.types import Override

COMMAND_LINE = "command line"


@dataclass
class Changes:
    """What a command line changes. values: by dotted key, in order; chosen: the word of each group of parts."""

    values: list[tuple[str, Any]] = field(default_factory=list)
    chosen: dict[str, str] = field(default_factory=dict)


def changes(overrides: list[str], config_dir: str | None = None) -> Changes:
    """The command line taken apart. Raises BadInput."""
    found, options = Changes(), groups(config_dir)
    for text in overrides:
        override = parse(text)
        key = override.key_or_group
        _refuse(text, override)
        if key in options:
            value = override.value()
            word = str(value) if isinstance(value, str) else text.partition("=")[2]
            check_choice(key, word, options[key])
            found.chosen[key] = word
        else:
            found.values.append((key, _value(key, override)))
    return found


def parse(text: str, remedy: str = "write key=value, for example weeks=26") -> Override:
    """One ``key=value``: its unquoted values are texts, ``Plain``, which mean what their key wants. Raises BadInput."""
    from sim.config.grammar import override

    try:
        found = override(text)
    except Exception:  # the parser's own exceptions come from three libraries
        found = None
    if found is None or found.package is not None:
        raise BadInput(one_line(f"{COMMAND_LINE}: {shown(text)}: not understood; {remedy}"))
    return found


def check_choice(group: str, value: str, options: list[str], file: str = COMMAND_LINE) -> None:
    """Raises BadInput for a part that is not there."""
    if value not in options:
        rule = f"no part of that name in configs/{group}"
        remedy = did_you_mean(value, options) + f" (one value is set by its key: {group}.<key>=...)"
        raise BadInput(BadKey(group, value, rule, remedy).line(file))


def _refuse(text: str, override: Override) -> None:
    key = override.key_or_group
    if override.is_delete():
        said = f"nothing can be deleted; write {key}=null to leave out a team or a pattern"
    elif override.is_sweep_override():
        said = "more than one value; add -m to run each, or write a list as [a,b]"
    elif key == "scenario":
        said = "the scenario is given already; compare takes several, as scenarios=[a,b]"
    else:
        return
    raise BadInput(one_line(f"{COMMAND_LINE}: {text}: {said}"))


def _value(key: str, override: Override) -> Any:
    written = override.value()
    try:
        check_known(key, SCHEMA, written)
        schema: Any = SCHEMA
        for part in key.split("."):
            schema = below(schema, part)
        return meant(written, schema, key)
    except BadKey as bad:
        raise BadInput(bad.line(COMMAND_LINE)) from None
