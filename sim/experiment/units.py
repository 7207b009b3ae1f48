"""What a study asks of its workers: every replication of every scenario, one unit each, and how a unit is filed."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from typing import NamedTuple, Protocol

from sim.measures.rows import Row

ROWS = "unit"  # the file of a unit that holds its rows; it is written last, so where it is, all is
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


class Damaged(ValueError):
    """A file that does not hold what was written: it is as good as missing."""


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
    lines = ["\t".join((*row[:3], *(repr(float(number)) for number in row[3:]))) for row in rows]
    return "\n".join(lines).encode()


def digest(rows: list[Row]) -> str:
    """SHA-256 (hex) of a unit's rows as text."""
    return hashlib.sha256(text(rows)).hexdigest()


def pack(rows: list[Row]) -> bytes:
    """The rows of a unit as its file holds them: the digest, then the text compressed."""
    return digest(rows).encode() + b"\n" + zlib.compress(text(rows), FAST)


def sound(content: bytes) -> bool:
    """Whether a unit's file is whole."""
    try:
        _opened(content)
    except Damaged:
        return False
    return True


def unpack(content: bytes) -> tuple[str, list[Row]]:
    """Digest and rows of a unit's file. Raises Damaged when it is not whole."""
    head, lines = _opened(content)
    return head, [_row(line) for line in lines.splitlines()]


def _opened(content: bytes) -> tuple[str, str]:
    head, _, body = content.partition(b"\n")
    try:
        plain = zlib.decompress(body)
    except zlib.error as error:
        raise Damaged(str(error)) from None
    if hashlib.sha256(plain).hexdigest().encode() != head:
        raise Damaged("its sum does not agree")
    return head.decode(), plain.decode()


def _row(line: str) -> Row:
    measure, group, level, *numbers = line.split("\t")
    numerator, denominator, events = map(float, numbers)
    return Row(measure, group, level, numerator, denominator, events)
