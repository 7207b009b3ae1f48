"""Completion in a shell: scripts for bash, zsh and fish that ask this program what could come next."""

from __future__ import annotations

from collections.abc import Mapping

from sim.asked import FLAGS, VERBS
from sim.config import groups, keys, scenarios
from sim.errors import BadInput

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

RUN_KEYS = ("workers", "out", "overwrite")
OWN_KEYS = {  # keys that only one command has
    "rota": ("area", "team", "weeks"),
    "night": ("area", "date", "replication", "against"),
    "export": ("replication", "format"),
}
NO_SCENARIO = ("scenarios", "report", "explore", "slides")  # a folder, which the shell completes, or nothing

SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}


def answer(flags: Mapping[str, str]) -> str:
    """The script of a shell, or the words that could complete a line. Raises BadInput for a shell it does not know."""
    if "complete" in flags:
        return "\n".join(candidates(flags["complete"]))
    if flags["completion"] not in SCRIPTS:
        raise BadInput(f"--completion {flags['completion']}: the shells are {', '.join(SCRIPTS)}")
    return SCRIPTS[flags["completion"]]


def candidates(line: str) -> list[str]:
    """The words that could stand in place of the last, unfinished word of a line (which may be empty)."""
    *before, last = line.split(" ")
    words = [word for word in before[1:] if word]
    verb = next((word for word in words if word in VERBS), None)
    if verb is None:
        known = [*VERBS, *(flag for flag in FLAGS if flag.startswith("--") and flag != "--complete")]
    elif verb in NO_SCENARIO:
        known = []
    elif verb == "export" and "events" not in words:
        known = ["events"]
    else:
        known = _after(verb, words, last)
    return [word for word in known if word.startswith(last)]


def _after(verb: str, words: list[str], last: str) -> list[str]:
    names = [name for name, _ in scenarios()]
    if verb == "compare":
        taken, bracket, _ = last.rpartition("," if "," in last else "[")
        chosen = [f"{taken}{bracket}{name}" for name in names] if bracket else ["scenarios=[", "library="]
    else:
        chosen = [f"scenario={name}" for name in names]
    if last.startswith("scenario") and ("=" in last or verb == "run"):
        return chosen
    if verb == "night" and last.startswith("against="):
        return [f"against={name}" for name in names]
    started = any(word.startswith("scenario") and "=" in word for word in words)
    known = (*OWN_KEYS.get(verb, ()), *keys(), *RUN_KEYS)
    return [*([] if started else chosen), *(f"{key}=" for key in known), *_parts()]


def _parts() -> list[str]:
    return [f"{group}={option}" for group, options in groups().items() for option in options]
