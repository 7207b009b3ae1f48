"""What a planner calls an area: its code or name, another code it goes by, or the board, cluster or region it is in."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sim.config.document import read_document
from sim.config.shelf import configs_dir
from sim.config.words import BadKey, did_you_mean
from sim.domain.area import Area

FOLDER = "area_table"
CODES = ("icb_code", "ods_code", "ons_code", "sub_icb_code", "board_code", "board_ods_code")  # columns of other codes
Way = Callable[[Area], tuple[str, ...]]
ITSELF: tuple[Way, ...] = (lambda area: (area.code, area.name), lambda area: area.also)
PART_OF: tuple[Way, ...] = (lambda area: (area.board,), lambda area: (area.cluster,), lambda area: (area.region,))
AROUND = re.compile(r"^nhs\s+|\s+(integrated care board|icb)$")


class Shipped(NamedTuple):
    """A shipped table of areas: the part that chooses it, the codes of its areas, and all words that call one."""

    part: str
    codes: frozenset[str]
    words: frozenset[str]


def areas_called(word: Any, areas: Iterable[Area]) -> list[Area]:
    """The areas that a word stands for, in any case and with or without NHS and Integrated Care Board; none: [].

    The nearest meaning counts: an area comes before a cluster of its name. With NHS or Integrated Care Board a word is
    an area or a board and nothing larger. In a shipped table a word that is an area of another one is no cluster: the
    cluster of 2026 called Essex is whole boards of 2024, which are not NHS Essex.
    """
    known = list(areas)
    plain = _plain(str(word))
    is_board = plain != " ".join(str(word).casefold().split())
    for way in (*ITSELF, PART_OF[0], *(() if is_board or _elsewhere(plain, known) else PART_OF[1:])):
        if found := [area for area in known if plain and plain in map(_plain, way(area))]:
            return found
    return []


def codes_called(key: str, word: Any, areas: Sequence[Area]) -> list[str]:
    """The codes of these areas. Raises BadKey if no area of the table is called so."""
    found = [area.code for area in areas_called(word, areas)]
    if not found:
        value = None if key.endswith(f".{word}") else word
        raise BadKey(key, value, "no area of that code or name", remedy(word, areas))
    return found


def by_code(key: str, written: dict[str, Any], areas: Sequence[Area]) -> dict[str, Any]:
    """A table by what areas are called as a table by their codes. Raises BadKey for an area that stands there twice."""
    found: dict[str, Any] = {}
    said: dict[str, str] = {}
    for word, value in written.items():
        for code in codes_called(f"{key}.{word}", word, areas):
            if code in found:
                rule = f"{code} stands there already, as {said[code]}"
                raise BadKey(f"{key}.{word}", None, rule, "name every area once")
            found[code], said[code] = value, word
    return found


def remedy(word: Any, areas: Iterable[Area]) -> str:
    """For a word that calls no area: the shipped table that knows it, else the nearest words."""
    known = list(areas)
    plain = _plain(str(word))
    if part := _elsewhere(plain, known):
        here = [area.code for area in known if plain in map(_plain, (area.cluster,))]
        codes = f", or areas=[{','.join(here)}] of the cluster of that name" if here else ""
        return f"write {FOLDER}={part}, which has it{codes}"
    ways = [name for way in (*ITSELF, *PART_OF) for area in known for name in way(area) if name]
    return did_you_mean(plain, ways)


def are_shipped(codes: Iterable[str]) -> bool:
    """Whether areas are of a shipped table of England, and not of a planner's own."""
    here = set(codes)
    return any(here <= table.codes for table in _shipped())


def _plain(word: str) -> str:
    return AROUND.sub("", " ".join(word.casefold().split()))


def _elsewhere(plain: str, areas: Iterable[Area]) -> str:
    """The part of another shipped table with an area called so; empty if there is none or the table in use is a
    planner's own."""
    here = {area.code for area in areas}
    if not are_shipped(here):
        return ""
    return next((table.part for table in _shipped() if plain in table.words and not here <= table.codes), "")


@lru_cache(maxsize=1)
def _shipped() -> tuple[Shipped, ...]:
    """The shipped tables of a year, in order of their names."""
    found = []
    for part in sorted((configs_dir() / FOLDER).glob("*_20[0-9][0-9].yaml")):
        file = dict(read_document(part, part.name).root)["file"]
        with (configs_dir() / FOLDER / file).open(encoding="utf-8", newline="") as text:
            rows = list(csv.DictReader(text))
        words = {_plain(row[column]) for row in rows for column in ("code", "name", *CODES) if row.get(column)}
        found.append(Shipped(part.stem, frozenset(row["code"] for row in rows), frozenset(words)))
    return tuple(found)
