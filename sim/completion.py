"""Completion in a shell: scripts for bash, zsh and fish that ask this program what could come next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.config import groups, keys, scenarios
from sim.config.schema import OF_THE_RUN
from sim.errors import BadInput
from sim.verbs import CONFIGURED, FIRST_WORDS, FLAGS, OF_A_SCENARIO, SCENARIOS, VERBS, Key, Verb, called

BASH = """\
_oncall_sim() {
    local line="${COMP_LINE:0:$COMP_POINT}" word before IFS=$'\\n'
    word="${line##* }"
    before="${word%"${word##*=}"}"
    COMPREPLY=($(oncall-sim --complete "$line" 2>/dev/null))
    COMPREPLY=("${COMPREPLY[@]#"$before"}")
}
complete -o nospace -o default -F _oncall_sim oncall-sim"""

ZSH = """\
#compdef oncall-sim
_oncall_sim() {
    local -a found
    found=("${(@f)$(oncall-sim --complete "$LBUFFER" 2>/dev/null)}")
    compadd -S '' -a found
    _files
}
compdef _oncall_sim oncall-sim"""

FISH = "complete -c oncall-sim -a '(oncall-sim --complete (commandline -cp | string collect) 2>/dev/null)'"

SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}


def offered(flags: Mapping[str, str]) -> str:
    """The words that could complete a line, or the script of a shell, as the flags ask. Raises BadInput."""
    return "\n".join(candidates(flags["complete"])) if "complete" in flags else script(flags["completion"])


def script(shell: str) -> str:
    """The script of a shell. Raises BadInput for a shell it does not know."""
    if shell not in SCRIPTS:
        raise BadInput(f"--completion {shell}: the shells are {', '.join(SCRIPTS)}")
    return SCRIPTS[shell]


def candidates(line: str) -> list[str]:
    """The words that could stand in place of the last, unfinished word of a line (which may be empty)."""
    *before, last = line.split(" ")
    words = [word for word in before[1:] if word]
    first = next((word for word in words if word in FIRST_WORDS), "")
    after = words[words.index(first) + 1 :] if first else []
    if not first:
        known = [*FIRST_WORDS, *(flag.names[-1] for flag in FLAGS if not flag.hidden)]
    else:
        verb = VERBS.get(" ".join([first, *after[:1]])) or VERBS.get(first)
        known = [*(_second(first) if not after else ()), *(_behind(verb, after, last) if verb else ())]
    return [word for word in known if word.startswith(last)]


def _second(first: str) -> list[str]:
    """The second words of commands that begin with the same first one."""
    return [verb.name.split()[1] for verb in called(first) if " " in verb.name]


def _behind(verb: Verb, words: list[str], last: str) -> Iterator[str]:
    """What may follow a command: its scenario, its own keys and their values, keys and parts of the configuration."""
    given = {word.partition("=")[0] for word in words}
    started = bool(given & {"scenario", "scenarios", "library"})
    if verb.takes in OF_A_SCENARIO and not started:
        yield from _chosen(verb, last)
    for key in verb.keys:
        if key.name not in given and not (started and key.name == "library"):
            yield f"{key.name}="
            yield from (f"{key.name}={value}" for value in _values(key) if "=" in last)
    if verb.takes in CONFIGURED:
        yield from (f"{key}=" for key in (*keys(), *OF_THE_RUN) if key not in given)
        yield from (f"{group}={option}" for group, options in groups().items() for option in options)


def _chosen(verb: Verb, last: str) -> list[str]:
    names = [name for name, _ in scenarios()]
    if verb.takes != SCENARIOS:
        return [f"scenario={name}" for name in names]
    taken, bracket, _ = last.rpartition("," if "," in last else "[")
    return [f"{taken}{bracket}{name}" for name in names] if bracket else ["scenarios=["]


def _values(key: Key) -> tuple[str, ...]:
    return tuple(name for name, _ in scenarios()) if key.kind == "scenario" else key.words
