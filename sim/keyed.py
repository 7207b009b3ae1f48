"""Keyed chance: the same question about the same subject always has the same answer.

Every draw is a published counter-based hash of (seed, replication) and (purpose, subject): nothing is consumed by
asking, and nobody's luck depends on who else is in the run. ``one`` answers for one subject, ``uniform`` for whole
columns of them; the two agree bit for bit.
Source: Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3" (SC11), Philox4x32-10.
"""

from __future__ import annotations

import zlib
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Words = NDArray[np.uint64]

MULTIPLIER_0, MULTIPLIER_1 = 0xD2511F53, 0xCD9E8D57
WEYL_0, WEYL_1 = 0x9E3779B9, 0xBB67AE85
ROUNDS = 10
WORD = 0xFFFFFFFF
_MASK, _SHIFT = np.uint64(WORD), np.uint64(32)
_M0, _M1 = np.uint64(MULTIPLIER_0), np.uint64(MULTIPLIER_1)
BLOCK = 4096  # rows hashed at a time, so that the working columns stay in the processor's cache


def number_of(word: str) -> int:
    """A stable 32-bit number for a purpose, an area code or a person's code (never Python's salted hash)."""
    return zlib.crc32(word.encode())


def philox_one(key: tuple[int, int], counter: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """Philox4x32-10: four 32-bit words from a key of two and a counter of four."""
    c0, c1, c2, c3 = counter
    for k0, k1 in keys_of_rounds(key):
        p0 = MULTIPLIER_0 * c0
        p1 = MULTIPLIER_1 * c2
        c0 = (p1 >> 32) ^ c1 ^ k0
        c1 = p1 & WORD
        c2 = (p0 >> 32) ^ c3 ^ k1
        c3 = p0 & WORD
    return c0, c1, c2, c3


@lru_cache(maxsize=16)
def keys_of_rounds(key: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    """The two words that each round adds: those of the key, then moved on."""
    return tuple(((key[0] + round_ * WEYL_0) & WORD, (key[1] + round_ * WEYL_1) & WORD) for round_ in range(ROUNDS))


def one(key: tuple[int, int], purpose: int, a: int = 0, b: int = 0, c: int = 0) -> float:
    """One number strictly between 0 and 1 for a purpose and a subject of up to three 32-bit numbers."""
    high, low, _, _ = philox_one(key, (purpose, a, b, c))
    return ((high << 20 | low >> 12) + 0.5) * 2.0**-52


def philox(key: tuple[int, int], counter: tuple[ArrayLike, ArrayLike, ArrayLike, ArrayLike]) -> tuple[Words, ...]:
    """Philox4x32-10 on columns: four columns of 32-bit words (held in 64) from a key and a counter of four columns."""
    c0, c1, c2, c3 = (np.asarray(word, dtype=np.uint64) for word in counter)
    k0, k1 = key
    for _ in range(ROUNDS):
        p0, p1 = c0 * _M0, c2 * _M1
        c0, c1, c2, c3 = (
            (p1 >> _SHIFT) ^ c1 ^ np.uint64(k0),
            p1 & _MASK,
            (p0 >> _SHIFT) ^ c3 ^ np.uint64(k1),
            p0 & _MASK,
        )
        k0, k1 = (k0 + WEYL_0) & WORD, (k1 + WEYL_1) & WORD
    return c0, c1, c2, c3


def uniform(key: tuple[int, int], purpose: str, *subject: ArrayLike) -> Floats:
    """Numbers strictly between 0 and 1, one for each row of the subject columns (up to three, broadcast together).

    Raises ValueError for more than three subject columns.
    """
    return _halves(key, purpose, *subject)[0]


def two_uniforms(key: tuple[int, int], purpose: str, *subject: ArrayLike) -> tuple[Floats, Floats]:
    """Two independent columns of uniforms for one purpose: half the work of asking twice."""
    return _halves(key, purpose, *subject)


def words(key: tuple[int, int], purpose: str, *subject: ArrayLike) -> tuple[Words, Words]:
    """Two columns of 32-bit numbers: a subject's own key for decisions made later."""
    columns = _columns(subject)
    first, second, _, _ = philox(key, (np.uint64(number_of(purpose)), *columns))
    return first, second


def _columns(subject: tuple[ArrayLike, ...]) -> tuple[Words, Words, Words]:
    if len(subject) > 3:
        raise ValueError(f"a subject has at most three numbers, not {len(subject)}")
    padded = [np.asarray(column, dtype=np.uint64) for column in (*subject, 0, 0, 0)[:3]]
    first, second, third = np.broadcast_arrays(*padded)
    return first, second, third


def _halves(key: tuple[int, int], purpose: str, *subject: ArrayLike) -> tuple[Floats, Floats]:
    columns = _columns(subject)
    shape = columns[0].shape
    flat = [column.reshape(-1) for column in columns]
    one, two = np.empty(flat[0].size), np.empty(flat[0].size)
    number = np.uint64(number_of(purpose))
    for start in range(0, one.size, BLOCK):
        rows = slice(start, start + BLOCK)
        first, second, third = (column[rows] for column in flat)
        w0, w1, w2, w3 = philox(key, (number, first, second, third))
        one[rows], two[rows] = _open(w0, w1), _open(w2, w3)
    return one.reshape(shape), two.reshape(shape)


def _open(high: Words, low: Words) -> Floats:
    # 52 bits and a half, which a float holds exactly: never 0 and never 1, so that inversion never meets an infinity
    return ((high << np.uint64(20) | low >> np.uint64(12)) + 0.5) * 2.0**-52
