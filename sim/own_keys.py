"""The keys of a command line, held against the table of commands: kind of each value, twice given, unknown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sim.errors import BadInput
from sim.verbs import CONFIGURED, OVERWRITE, SCENARIOS, Key, Verb

CHOICES = ("scenario", "scenarios")  # of what a command is given


def checked(key: Key, said: str) -> str:
    """The value of an own key. Raises BadInput when it is not of its kind."""
    if not _fits(key, said):
        raise BadInput(f"{key.name} = {said}: {rule_of(key, said)}")
    return said


def rule_of(key: Key, said: str = "") -> str:
    """What a value of an own key must be, and what to write. said: the value that is wrong, empty: none was given."""
    if key.kind == "list" and said:
        return f"names nothing; write at least one{'' if key.needed else ', or take it out'}"
    if key.rule:
        return key.rule
    if key.kind == "word":
        words = " or ".join(filter(None, (", ".join(key.words[:-1]), key.words[-1])))
        return f"must be {words}{near(said, key.words) or f'; write {key.shown}'}"
    if key.kind == "whole":
        return f"a whole number{f' from {key.low:g}' if key.low else ''}, such as {key.shown}"
    return f"{'a number' if key.kind == 'number' else 'one text'}, such as {key.shown}"


def refuse_twice(words: Sequence[str]) -> None:
    """Raises BadInput for a key that stands there twice, or once more within a table that another word writes."""
    said: dict[str, str] = {}
    for word in words:
        key, equals, value = word.lstrip("+").partition("=")
        if not equals:
            continue
        for other, before in said.items():
            if key == other:
                rule = f"stands there twice, as {key}={before} and {key}={value}; write it once"
                raise BadInput(f"command line: {key}: {rule}")
            for table, inner, written in ((key, other, value), (other, key, before)):
                if inner.startswith(f"{table}.") and written.startswith(("{", "null")):
                    rule = f"stands within {table}={written}; write what is meant in one of the two"
                    raise BadInput(f"command line: {inner}: {rule}")
        said[key] = value


def refuse_unknown(verb: Verb, words: Sequence[str]) -> None:
    """Raises BadInput for a key that neither the command nor the configuration has.

    What is nearer to a key of the configuration is left to the reader of the configuration, which knows them all.
    """
    from sim.config.schema import SCHEMA

    own = [key.name for key in verb.keys]
    for word in words:
        name, equals, value = word.lstrip("+~").partition("=")
        if not equals:
            continue
        if name == OVERWRITE.name:
            raise BadInput(f"{word}: `{verb.name}` prints and writes nothing; take it out")
        if verb.takes not in CONFIGURED:
            takes = f"`{verb.name}` takes {', '.join(f'{key}=' for key in own) or 'no key'}"
            raise _no_such_key(name, value, own, takes)
        of_the_command = [*own, "scenarios" if verb.takes == SCENARIOS else "scenario"]
        read_elsewhere = "." in name or name in SCHEMA or name in CHOICES
        if not read_elsewhere and _nearest(name, [*of_the_command, *SCHEMA]) in of_the_command:
            raise _no_such_key(name, value, of_the_command)


def _no_such_key(name: str, value: str, known: Sequence[str], otherwise: str = "") -> BadInput:
    from sim.config.words import BadKey, did_you_mean

    return BadInput(BadKey(name, value, "no such key", did_you_mean(name, known, otherwise)).line("command line"))


def items(override: str) -> tuple[str, ...]:
    """The items of ``key=[a,b]`` or ``key=a,b``, as text. Raises BadInput."""
    from sim.config.lists import listed

    return tuple(listed(override))


def number(said: str) -> float:
    """The number that a value is, by the rules of the configuration; nan if it is none."""
    from sim.config.written import decimal

    return decimal(said)


def near(word: str, known: Sequence[str]) -> str:
    """The nearest known word as the end of a line of error; empty when none is near."""
    close = _nearest(word, known)
    return f"; did you mean {close}?" if close else ""


def _nearest(word: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, known, n=1)), "")


def _fits(key: Key, said: str) -> bool:
    if key.kind == "whole":
        return said.isdecimal() and key.low <= int(said) <= key.high
    if key.kind == "number":
        return key.low < number(said) < key.high
    if key.kind == "word":
        return said in key.words
    if key.kind == "list":
        return bool(said) and bool(items(f"{key.name}={said}"))
    return re.fullmatch(key.pattern, said) is not None
