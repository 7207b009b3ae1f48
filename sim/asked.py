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
WITHOUT_A_STUDY = ("scenarios", "solve", "verify")  # they print, and write nothing


@dataclass
class Asked:
    """A command line taken apart: words in order, and flags with their values."""

    words: list[str] = field(default_factory=list)
    flags: dict[str, str] = field(default_factory=dict)
    multirun: bool = False
    in_step: bool = False
    overwrite: bool = False

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
            if TAKES_A_WORD[flag] in asked.flags:
                raise BadInput(f"{flag}: stands there twice; write it once")
            asked.flags[TAKES_A_WORD[flag]] = value if equals else rest.pop(0)
        elif word.startswith("-"):
            raise BadInput(f"{word}: there is no such flag{did_you_mean(word, FLAGS)}; see oncall-sim --help")
        elif word.startswith("overwrite="):
            asked.overwrite = _yes(word, [word, *rest])
        else:
            asked.words.append(word)
    return asked


def _yes(word: str, words: Sequence[str]) -> bool:
    """The value of ``overwrite=``, which belongs to the command line alone. Raises BadInput."""
    value = word.removeprefix("overwrite=")
    if value not in ("true", "false") or sum(other.startswith("overwrite=") for other in words) > 1:
        raise BadInput(f"{word}: write it once, as overwrite=true, to replace the files of a study that is there")
    return value == "true"


def refuse_twice(words: Sequence[str]) -> None:
    """Raises BadInput for a key that stands there twice, or once more within a table that another word writes."""
    said: dict[str, str] = {}
    for word in words:
        key, equals, value = word.lstrip("+").partition("=")
        if not equals:
            continue
        for other, before in said.items():
            if key == other:
                raise BadInput(f"{key}: stands there twice, as {key}={before} and {key}={value}; write it once")
            for table, inner, written in ((key, other, value), (other, key, before)):
                if inner.startswith(f"{table}.") and written.startswith(("{", "null")):
                    raise BadInput(f"{inner}: stands within {table}={written}; write what is meant in one of the two")
        said[key] = value


def jobs(overrides: Sequence[str], in_step: bool = False) -> list[list[str]]:
    """Every combination of the comma lists, ranges and choices among overrides, as Hydra's own sweeper makes them.

    in_step: lists go together instead, which must then be equally long. Raises BadInput.
    """
    from hydra._internal.core_plugins.basic_sweeper import BasicSweeper

    from sim.config.command_line import parse

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


def _each(override: Any) -> list[str]:
    """The single overrides that a list stands for."""
    key = override.get_key_element()
    return [f"{key}={value}" for value in override.sweep_string_iterator()]


def listed(override: str) -> list[str]:
    """The items of ``key=[a,b]`` or ``key=a,b``, as text."""
    from sim.config.command_line import parse

    parsed = parse(override, "write scenarios=[a,b], in quotes for the shell")
    value = list(parsed.sweep_iterator()) if parsed.is_sweep_override() else parsed.value()
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """The nearest known word as the end of a line of error; empty when none is near."""
    from difflib import get_close_matches

    close = get_close_matches(word, known, n=1)
    return f"; did you mean {close[0]}?" if close else ""
