"""What stands under more than one chart is told once: notes to all charts, and which numbers drive which of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from sim.report.drawing import Exhibit

END = re.compile(r"(?<=[.!?]) (?=[A-Z0-9])")  # of a sentence
DRIVEN = "Driven by"  # begins what a caption says of the numbers behind it


class Note(NamedTuple):
    """A sentence, and the charts it is about: name and short name of each; none: all of them."""

    number: int
    words: str
    charts: tuple[tuple[str, str], ...]


class Under(NamedTuple):
    """What the page says at a chart: its subtitle and its own sentences; numbers of its notes and of its register."""

    subtitle: str
    own: str
    notes: tuple[int, ...]
    register: int


class Told(NamedTuple):
    """notes: sentences of several charts. register: the numbers behind them and what they rest on. under: by chart."""

    notes: list[Note]
    register: list[Note]
    under: dict[str, Under]


def told_once(shown: Sequence[Exhibit], where: str) -> Told:
    """Captions and subtitles without what is told elsewhere. where: how every subtitle ends, as the page says above."""
    said = {exhibit.name: _split(exhibit.caption) for exhibit in shown}
    counted = _by_words(shown, {one: own for one, (own, _) in said.items()})
    shared = {words: charts for words, charts in counted.items() if len(charts) > 1}
    notes = _numbered(shared, len(shown))
    register = _numbered(_by_words(shown, {one: [behind] for one, (_, behind) in said.items()}), len(shown))
    number, row = ({note.words: note.number for note in of} for of in (notes, register))
    under = {
        exhibit.name: Under(
            exhibit.subtitle.removesuffix(where),
            " ".join(words for words in own if words not in shared),
            tuple(number[words] for words in own if words in shared),
            row.get(behind, 0),
        )
        for exhibit in shown
        for own, behind in [said[exhibit.name]]
    }
    return Told(notes, register, under)


def _split(caption: str) -> tuple[list[str], str]:
    """Sentences about the marks, and the words on the numbers behind it and on what it rests."""
    own, driven, rest = caption.partition(DRIVEN)
    behind = [words for words in END.split(driven + rest) if words and not words.startswith("Seed ")]
    return [words for words in END.split(own.strip()) if words], " ".join(behind)


def _by_words(shown: Sequence[Exhibit], said: dict[str, list[str]]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for exhibit in shown:
        for words in dict.fromkeys(said[exhibit.name]):
            if words:
                found.setdefault(words, []).append((exhibit.name, exhibit.short))
    return found


def _numbered(found: dict[str, list[tuple[str, str]]], of: int) -> list[Note]:
    return [
        Note(number, words, () if len(charts) == of else tuple(charts))
        for number, (words, charts) in enumerate(found.items(), start=1)
    ]
