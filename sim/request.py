"""A command line read by the table of commands: what is asked for, or one line that says what to write instead.

Nothing heavy is imported here: worker processes and ``--help`` stay fast.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sim.errors import BadInput
from sim.own_keys import checked, items, near, number, refuse_twice, refuse_unknown, rule_of
from sim.verbs import (
    CASES,
    FIRST_WORDS,
    FLAGS,
    FOLDER,
    NAMES,
    NEW,
    NOTHING,
    SCENARIOS,
    TABLE,
    TODAY,
    VERBS,
    Verb,
    called,
)

ASIDE = ("overwrite", "pair")  # own keys that say nothing of what a single scenario gives


@dataclass(frozen=True)
class Request:
    """What is asked for. names: the scenario (or ``[a,b]``), the folder or the cases, as written; empty where a
    command needs none. own: its own keys that were written, as written. overrides: words for the configuration."""

    verb: Verb
    names: tuple[str, ...] = ()
    own: Mapping[str, str] = field(default_factory=dict)
    overrides: tuple[str, ...] = ()
    overwrite: bool = False
    pair: bool = False
    multirun: bool = False
    in_step: bool = False
    only_configuration: bool = False
    config_dir: str | None = None

    @property
    def scenario(self) -> str:
        """The scenario, by name or path; of a comparison all of them, as ``[a,b]``."""
        return self.names[0]

    @property
    def base(self) -> str:
        """Name of the scenario without its folder."""
        return self.scenario.split("/")[-1].removesuffix(".yaml")

    @property
    def folder(self) -> Path:
        """The folder of the study asked for."""
        return Path(self.names[0])

    @property
    def words(self) -> tuple[str, ...]:
        """What is behind the command, of one that takes a scenario: the scenario, own keys, then all others."""
        choice = "scenarios" if self.verb.takes == SCENARIOS else "scenario"
        chosen = tuple(name if self.verb.takes == TABLE else f"{choice}={name}" for name in self.names[:1])
        own = (f"{key}={value}" for key, value in self.own.items())
        return (*chosen, *own, *(("pair=goodwill_off",) if self.pair else ()), *self.overrides)

    def text(self, name: str) -> str:
        """The value of an own key, or what holds when it is not written."""
        return self.own.get(name) or self.verb.key(name).default

    def whole(self, name: str) -> int:
        """The same as a whole number."""
        return int(self.text(name))

    def number(self, name: str) -> float:
        """The same as a number."""
        return number(self.text(name))

    def several(self, name: str) -> tuple[str, ...]:
        """The same as one or more texts. Raises BadInput for one twice."""
        found = items(f"{name}={self.text(name)}")
        if twice := next((value for value in found if found.count(value) > 1), None):
            raise BadInput(f"{name} = {twice}: stands there twice; take one out")
        return found


@dataclass(frozen=True)
class Line:
    """A command line taken apart. words: in order, without flags. flags: value by long name."""

    words: tuple[str, ...]
    flags: Mapping[str, str]


def take_apart(words: Sequence[str]) -> Line:
    """Sort a command line into words and flags. Raises BadInput for a flag that does not exist or lacks its value."""
    known = {name: flag for flag in FLAGS for name in flag.names}
    kept: list[str] = []
    flags: dict[str, str] = {}
    rest = list(words)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.partition("=") if word.startswith("--") else (word, "", "")
        if not word.startswith("-"):
            kept.append(word)
            continue
        if name not in known:
            raise BadInput(f"{word}: there is no such flag{near(word, tuple(known))}; see oncall-sim --help")
        flag = known[name]
        if not flag.value and equals:
            raise BadInput(f"{word}: {name} takes no value; write it alone")
        if not flag.value:
            flags[flag.name] = ""
        elif not equals and not rest:
            raise BadInput(f"{name}: it needs a value after it; see oncall-sim --help")
        elif flag.name in flags:
            raise BadInput(f"{name}: stands there twice; write it once")
        else:
            flags[flag.name] = value if equals else rest.pop(0)
    return Line(tuple(kept), flags)


def read_request(line: Line) -> Request:
    """What a command line asks for. Raises BadInput."""
    verb = verb_of(line.words)
    refuse_twice(line.words)
    words = line.words[len(verb.name.split()) :]
    own, others = {}, []
    for word in words:
        name, equals, value = word.lstrip("+").partition("=")
        key = next((key for key in verb.keys if key.name == name and equals), None)
        if key is None:
            others.append(word)
        else:
            own[name] = checked(key, value)
    refuse_unknown(verb, others)
    if missing := next((key for key in verb.keys if key.needed and key.name not in own), None):
        raise BadInput(f"{missing.name}: none was given; {rule_of(missing)}")
    names, overrides = _chosen(verb, own, others)
    flags = line.flags
    if flags.get("cfg", "job") != "job":
        raise BadInput(f"--cfg {flags['cfg']}: only --cfg job exists; it prints the whole configuration")
    multirun = "multirun" in flags or "in-step" in flags
    if multirun and verb.name != "run":
        raise BadInput(f"-m: only `run` takes it and --in-step, not `{verb.name}`; run each comparison by itself")
    return Request(
        verb, names, {name: value for name, value in own.items() if name not in ASIDE}, overrides,
        overwrite=own.get("overwrite") == "true", pair="pair" in own, multirun=multirun, in_step="in-step" in flags,
        only_configuration="cfg" in flags, config_dir=flags.get("config-dir"),
    )  # fmt: skip


def verb_of(words: Sequence[str]) -> Verb:
    """The command that the first words name. Raises BadInput."""
    first = words[0] if words else ""
    if verb := VERBS.get(" ".join(words[:2])) or VERBS.get(first):
        return verb
    if first not in FIRST_WORDS:
        raise BadInput(f"{first or 'no command'}: the commands are {', '.join(FIRST_WORDS)}{near(first, FIRST_WORDS)}")
    raise BadInput(f"{' '.join(word for word in words[:2] if '=' not in word)}: {usages(first)}")


def usages(first: str) -> str:
    """How the commands that begin with a word are written, for whoever wrote something else."""
    return f"write {' or '.join(f'`{verb.usage}`' for verb in called(first))}"


def _chosen(verb: Verb, own: Mapping[str, str], words: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the command is given, and the other words. Raises BadInput when that is too little or too much."""
    bare = tuple(word for word in words if "=" not in word and not word.startswith("~"))
    if verb.takes in (NAMES, CASES):
        return bare, ()
    if verb.takes == NOTHING and bare:
        raise BadInput(f"{' '.join([verb.name, *bare])}: {usages(verb.name)}")
    if verb.takes == NOTHING:
        return (), ()
    if verb.takes in (FOLDER, NEW):
        if len(bare) != 1:
            folder = FOLDER if verb.takes == FOLDER else "mine"
            rule = f"name one folder, such as {folder}" if len(called(verb.name)) == 1 else usages(verb.name)
            raise BadInput(f"{' '.join([verb.name, *bare])}: {rule}")
        return bare, ()
    if verb.takes == TABLE:
        rest = tuple(word for word in words if word not in bare)
        if len(bare) > 1 or any(word.startswith(("scenario=", "scenarios=")) for word in rest):
            raise BadInput(f"{verb.name}: one table, which names its scenarios itself; {usages(verb.name)}")
        return bare, rest
    key, other = ("scenarios", "scenario") if verb.takes == SCENARIOS else ("scenario", "scenarios")
    rest = tuple(word for word in words if word not in bare and not word.startswith(f"{key}="))
    found = (*(word.removeprefix(f"{key}=") for word in words if word.startswith(f"{key}=")), *bare)
    if not found and "library" in own:
        return (), rest
    if "library" in own:
        said = f"library={own['library']}: it names the scenarios once and alone; library=all, or 'library=[a,b]'"
        raise BadInput(said)
    if not found and verb.takes == TODAY:
        from sim.config.library import BASELINE

        return (BASELINE,), rest
    if len(found) != 1 or not found[0]:
        second = [other.name.split()[-1] for other in called(verb.name) if other != verb]
        meant = next(filter(None, (near(word, second) for word in bare)), "")
        said = f"found {' and '.join(found)}{meant}" if found else "none was given"
        example = "scenario=NAME or a path to your own file" if key == "scenario" else "'scenarios=[a,b]'"
        raise BadInput(f"{key}: write it once, as {example}; {said}; `oncall-sim scenarios` lists the names")
    for word in rest:
        if word.startswith(f"{other}="):
            raise BadInput(f"{word}: `run` takes scenario=NAME, `compare` takes 'scenarios=[a,b]'")
    return found, rest
