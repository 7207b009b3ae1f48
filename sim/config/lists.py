"""Lists on the command line: the jobs of a sweep, and the items of one key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.config.command_line import parse
from sim.errors import BadInput

if TYPE_CHECKING:
    from hydra.core.override_parser.types import Override


def jobs(overrides: Sequence[str], in_step: bool = False) -> list[list[str]]:
    """Every combination of the comma lists, ranges and choices among overrides, as Hydra's own sweeper makes them.

    in_step: lists go together instead, which must then be equally long. Raises BadInput.
    """
    from hydra._internal.core_plugins.basic_sweeper import BasicSweeper

    parsed = [parse(word, "write key=value, lists as key=[a,b]") for word in overrides]
    if not in_step:
        (batch,) = BasicSweeper.split_arguments(parsed, None)
        return batch
    lists = {str(one.input_line): _each(one) for one in parsed if one.is_sweep_override()}
    lengths = {len(values) for values in lists.values()}
    if len(lengths) != 1:
        said = ", ".join(f"{word} has {len(values)}" for word, values in lists.items()) or "there are none"
        raise BadInput(f"--in-step: the lists must be equally long to go together; {said}")
    return [[lists[word][k] if word in lists else word for word in overrides] for k in range(lengths.pop())]


def listed(override: str) -> list[str]:
    """The items of ``key=[a,b]`` or ``key=a,b``, as text."""
    parsed = parse(override, "write scenarios=[a,b], in quotes for the shell")
    value = list(parsed.sweep_iterator()) if parsed.is_sweep_override() else parsed.value()
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


def _each(override: Override) -> list[str]:
    """The single overrides that a list stands for."""
    key = override.get_key_element()
    return [f"{key}={value}" for value in override.sweep_string_iterator()]
