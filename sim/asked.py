"""A command line taken apart: words, flags, and lists among the words.

Nothing heavy is imported here: worker processes and ``--help`` stay fast.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sim.errors import BadInput

FLAGS = (
    "-m",
    "--multirun",
    "--in-step",
    "-c",
    "--cfg",
    "--config-dir",
    "--completion",
    "--complete",
    "--version",
    "-h",
    "--help",
)
TAKES_A_WORD = {
    "-c": "cfg",
    "--cfg": "cfg",
    "--config-dir": "config_dir",
    "--completion": "completion",
    "--complete": "complete",
}
VERBS = (
    "scenarios",
    "run",
    "compare",
    "cover",
    "attribute",
    "solve",
    "check",
    "rota",
    "pool",
    "verify",
    "report",
    "explore",
    "slides",
    "night",
    "export",
)


@dataclass
class Asked:
    """A command line taken apart: words in order, and flags with their values."""

    words: list[str] = field(default_factory=list)
    flags: dict[str, str] = field(default_factory=dict)
    multirun: bool = False
    in_step: bool = False

    @property
    def config_dir(self) -> str | None:
        """The planner's own folder of parts and scenarios, if one was named."""
        return self.flags.get("config_dir")

    @property
    def only_configuration(self) -> bool:
        """Whether the whole configuration is to be printed, and nothing done."""
        return "cfg" in self.flags


def take_apart(words: Sequence[str]) -> Asked:
    """Sort a command line into words and flags. Raises BadInput for a flag that does not exist or lacks its value."""
    asked, rest = Asked(), list(words)
    while rest:
        word = rest.pop(0)
        flag, equals, value = word.partition("=") if word.startswith("--") else (word, "", "")
        if flag in ("-m", "--multirun"):
            asked.multirun = True
        elif flag == "--in-step":
            asked.multirun = asked.in_step = True
        elif flag in TAKES_A_WORD:
            if not equals and not rest:
                raise BadInput(f"{flag}: it needs a value after it; see oncall-sim --help")
            asked.flags[TAKES_A_WORD[flag]] = value if equals else rest.pop(0)
        elif word.startswith("-"):
            raise BadInput(f"{word}: there is no such flag{did_you_mean(word, FLAGS)}; see oncall-sim --help")
        else:
            asked.words.append(word)
    return asked


def jobs(overrides: Sequence[str], in_step: bool = False) -> list[list[str]]:
    """Every combination of the comma lists, ranges and choices among overrides, as Hydra's own sweeper makes them.

    in_step: lists go together instead, which must then be equally long. Raises BadInput.
    """
    from hydra._internal.core_plugins.basic_sweeper import BasicSweeper
    from hydra.core.override_parser.overrides_parser import OverridesParser
    from hydra.errors import HydraException

    try:
        parsed = OverridesParser.create().parse_overrides(list(overrides))
        if not in_step:
            (batch,) = BasicSweeper.split_arguments(parsed, None)
            return batch
        lists = {str(one.input_line): _each(one) for one in parsed if one.is_sweep_override()}
    except HydraException as error:
        raise BadInput(f"{_first_line(error)}; write key=value, lists as key=[a,b]") from error
    lengths = {len(values) for values in lists.values()}
    if len(lengths) != 1:
        said = ", ".join(f"{word} has {len(values)}" for word, values in lists.items()) or "there are none"
        raise BadInput(f"--in-step: the lists must be equally long to go together; {said}")
    return [[lists[word][k] if word in lists else word for word in overrides] for k in range(lengths.pop())]


def _each(override: Any) -> list[str]:
    """The single overrides that a list stands for."""
    key = override.get_key_element()
    return [f"{key}={value}" for value in override.sweep_string_iterator()]


def listed(override: str) -> list[str]:
    """The items of ``key=[a,b]`` or ``key=a,b``, as text."""
    from hydra.core.override_parser.overrides_parser import OverridesParser
    from hydra.errors import HydraException

    try:
        parsed = OverridesParser.create().parse_override(override)
        value = list(parsed.sweep_iterator()) if parsed.is_sweep_override() else parsed.value()
    except HydraException as error:
        raise BadInput(f"{_first_line(error)}; write scenarios=[a,b], in quotes for the shell") from error
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [""])[0]


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """The nearest known word as the end of a line of error; empty when none is near."""
    from difflib import get_close_matches

    close = get_close_matches(word, known, n=1)
    return f"; did you mean {close[0]}?" if close else ""
