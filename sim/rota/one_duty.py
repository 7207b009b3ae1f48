"""One duty at a time: being at work beats being on call, a seat beats a shift that everybody works, and of two rotas
that which fewer people work, or else the one written first.

Source: ``docs/model.md``, People and rotas.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.domain.intervals import Interval, merged, minus, within
from sim.keyed import Floats

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Rank = tuple[int, int, int]  # of a rota: how many people work it, numbers of its team and of its pattern


class Piece(NamedTuple):
    """A part of a duty (its row), and whether the person still holds it."""

    row: int
    start: float
    end: float
    held: bool


def in_hands(person: Ints, start: Floats) -> Ints:
    """The rows of duties that somebody holds, by person and then by start."""
    rows = np.flatnonzero(person >= 0)
    return rows[np.lexsort((start[rows], person[rows]))]


def clashing(person: Ints, start: Floats, end: Floats, order: Ints | None = None) -> Ints:
    """The people who hold two duties at some hour. order: ``in_hands``, if it is known."""
    order = in_hands(person, start) if order is None else order
    who = person[order]
    return np.unique(who[1:][(who[1:] == who[:-1]) & (start[order][1:] < end[order][:-1])])


def share_out(start: Floats, end: Floats, on_call: Bools, rank: Sequence[Rank], seat: Bools) -> list[Piece]:
    """The duties of one person, one at a time, in order of the rows given.

    On call gives way to at work without a gap: she is at work. A seat of a later rota is a gap while she holds another.
    rank: of the rota, by row. seat: whether a row is a seat to be filled, and not a shift that everybody works.
    """
    ranks: dict[tuple[bool, bool, Rank], list[int]] = defaultdict(list)
    for row in range(len(start)):
        ranks[bool(on_call[row]), not seat[row], rank[row]].append(row)
    taken: list[Interval] = []
    at_work: list[Interval] = []
    pieces: list[Piece] = []
    for (is_on_call, *_), rows in sorted(ranks.items()):
        for row in rows:
            whole = (float(start[row]), float(end[row]))
            pieces += [Piece(row, *part, True) for part in minus([whole], taken)]
            if seat[row]:
                lost = minus(within(taken, *whole), at_work if is_on_call else [])
                pieces += [Piece(row, *part, False) for part in lost]
        taken = merged(taken + [(piece.start, piece.end) for piece in pieces if piece.held])
        if not is_on_call:
            at_work = taken
    return sorted(pieces)
