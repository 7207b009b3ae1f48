"""What a study asks of its workers: every replication of every scenario, one unit each, and how a unit is filed."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from typing import NamedTuple, Protocol

from sim.measures.rows import Row

ROWS = "unit"  # the file of a unit that holds its rows; it is written last, so where it is, all is
FATES = "fates"  # the file that holds what became of its families
DOORS = "doors"  # the file that holds the minutes to the door of its calls
YEARS = "years"  # the file that holds the nights of its people, of the replication shown
FAST = 1  # zlib's level: a fifth of the size in a millisecond


class Unit(NamedTuple):
    """One piece of work: a replication (from 0) of the study's scenario at that place (from 0)."""

    replication: int
    scenario: int


class Shelf(Protocol):
    """Where finished units are filed, so that a study that is stopped goes on from there; it can be pickled."""

    def put(self, name: str, files: Mapping[str, bytes]) -> None:
        """File a unit's files by kind, each whole or not at all, its rows last."""

    def get(self, name: str, kind: str) -> bytes | None:
        """One file of a unit, None when it is not there."""


class Damaged(RuntimeError):
    """A file of a unit that is not there, or does not hold what was written, which is as good as missing."""


def units(n_scenarios: int, replications: int, first: int = 0) -> list[Unit]:
    """Every unit of a study, replication by replication, so that a study cut short still holds whole pairs."""
    return [
        Unit(replication, scenario) for replication in range(first, replications) for scenario in range(n_scenarios)
    ]


def file_name(scenario: str, replication: int) -> str:
    """Name of a unit's files: the scenario's name and the replication, from 1 as in the tables."""
    return f"{scenario}.{replication + 1:06d}"


def text(rows: list[Row]) -> bytes:
    """The rows of a unit as text: a line each, every digit of every number."""
    lines = [
        f"{measure}\t{group}\t{level}\t{float(top)}\t{float(bottom)}\t{float(events)}"
        for measure, group, level, top, bottom, events in rows
    ]
    return "\n".join(lines).encode()


def rows_of(content: bytes) -> list[Row]:
    """The rows that a text says."""
    return [_row(line) for line in content.decode().splitlines()]


def sum_of(content: bytes, name: str = "") -> str:
    """SHA-256 (hex) of what a file of a unit holds. name: of the file, to which the sum then binds the content."""
    return hashlib.sha256(name.encode() + b"\0" + content if name else content).hexdigest()


def digest(rows: list[Row]) -> str:
    """SHA-256 (hex) of a unit's rows as text."""
    return sum_of(text(rows))


def seal(content: bytes, name: str = "") -> bytes:
    """A file of a unit: its SHA-256, then the content compressed. name: as of its sum."""
    return sum_of(content, name).encode() + b"\n" + zlib.compress(content, FAST)


def opened(file: bytes, name: str = "") -> bytes:
    """The content of a file of a unit. Raises Damaged when it is not what was written under that name."""
    head, _, body = file.partition(b"\n")
    try:
        content = zlib.decompress(body)
    except zlib.error as error:
        raise Damaged(str(error)) from None
    if sum_of(content, name).encode() != head:
        raise Damaged("its sum does not agree")
    return content


def content_of(shelf: Shelf, name: str, kind: str) -> bytes:
    """What a file of a unit holds. Raises Damaged."""
    file, called = shelf.get(name, kind), f"{name}.{kind}"
    try:
        if file is not None:
            return opened(file, called)
    except Damaged:
        pass
    raise Damaged(f"{called}: gone or damaged while the study ran; run the same command again, which makes it again")


def _row(line: str) -> Row:
    measure, group, level, numerator, denominator, events = line.split("\t")
    return Row(measure, group, level, float(numerator), float(denominator), float(events))
