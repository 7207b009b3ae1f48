"""What ``oncall-sim --help`` prints, and ``--help`` behind a command: the table of commands as text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from sim.verbs import COMMON, CONFIGURED, FLAGS, OVERWRITE, PAIR, VERBS, Key, Verb, called

TITLE = "oncall-sim: what rotas, goodwill and pooling mean for families at night and for the people on call"
WIDTH, INDENT = 120, 34
PAGE_NOTE = (
    "What `oncall-sim --help` prints, and behind a command (`oncall-sim pool --help`) what it does and its own keys.\n"
    "The page is made from the table of commands: `python -m sim.help > docs/commands.md`."
)
KINDS = {"whole": "a whole number", "number": "a number", "list": "one, or several as [a,b]", "scenario": "a scenario"}
SHOWN = [flag for flag in FLAGS if not flag.hidden]


def help_text(words: Sequence[str] = ()) -> str:
    """Help of the command that words begin with, else of all."""
    bare = [word for word in words if not word.startswith("-") and word != "help"]
    one = VERBS.get(" ".join(bare[:2])) or (VERBS.get(bare[0]) if bare else None)
    beside = [verb for verb in called(bare[0]) if verb != one] if bare else []
    if one is not None:
        return _of_one(one, beside)
    return "\n".join(_of_one(verb, []) for verb in beside) or _of_all()


def page() -> str:
    """All of help as ``docs/commands.md``, which ``python -m sim.help`` prints."""
    parts = ["# Commands", PAGE_NOTE, f"```text\n{_of_all()}```"]
    for verb in VERBS.values():
        parts += [f"## {verb.name}", f"```text\n{_of_one(verb, [])}```"]
    return "\n\n".join(parts) + "\n"


def _of_all() -> str:
    said = map(_named, VERBS.values())
    keys = [*COMMON, *((key.shown, key.meaning) for key in (OVERWRITE, PAIR))]
    flags = [(", ".join((*flag.names[:-1], f"{flag.names[-1]} {flag.value}".strip())), flag.meaning) for flag in SHOWN]
    return "\n".join(
        [
            TITLE, "", "Commands, each behind `oncall-sim`:", *_columns(said), "",
            "oncall-sim COMMAND --help tells the keys that only that command has.", "",
            "Keys (any key of the configuration may follow a scenario, such as goodwill.asks_people=3; see --cfg job):",
            *_columns(keys), "", "Flags:", *_columns(flags), "",
        ]
    )  # fmt: skip


def _of_one(verb: Verb, beside: Iterable[Verb]) -> str:
    lines = [*textwrap.wrap(verb.usage, WIDTH, subsequent_indent="    ", break_on_hyphens=False), f"  {verb.does}"]
    if verb.keys:
        lines += ["", f"Keys of `{verb.name}`:", *_columns((key.shown, _meaning(key)) for key in verb.keys)]
    if verb.takes in CONFIGURED:
        lines += ["", "Any key of the configuration may follow; oncall-sim --help lists the most used, and the flags."]
    if others := list(map(_named, beside)):
        lines += ["", "Commands beside it:", *_columns(others)]
    return "\n".join([*lines, ""])


def _named(verb: Verb) -> tuple[str, str]:
    return f"{verb.name} {verb.takes}".strip(), verb.does


def _meaning(key: Key) -> str:
    kind = " or ".join(key.words) if key.kind == "word" else KINDS.get(key.kind, "")
    default = "must be given" if key.needed else f"default {key.default}" if key.default else ""
    return "; ".join(filter(None, (key.meaning, kind, default)))


def _columns(rows: Iterable[tuple[str, str]]) -> list[str]:
    """A line for each word and what it says, which begins below a word that is too long to stand beside it."""
    lines = []
    for word, says in rows:
        beside = f"  {word.ljust(INDENT - 3)} " if len(word) < INDENT - 2 else " " * INDENT
        lines += [f"  {word}"] if beside.isspace() else []
        lines += textwrap.wrap(
            says, WIDTH, initial_indent=beside, subsequent_indent=" " * INDENT, break_on_hyphens=False
        )
    return lines


if __name__ == "__main__":
    print(page(), end="")
