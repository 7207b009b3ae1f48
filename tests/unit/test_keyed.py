"""Keyed chance: the published hash, the same answer for one and for many, and nothing at the very ends."""

from __future__ import annotations

import numpy as np
import pytest

from sim import keyed
from tests.tiny import england

ONES = 0xFFFFFFFF
# Source: the known-answer file kat_vectors of Random123 1.14, philox4x32 with 10 rounds: counter, key, result
REFERENCE = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((ONES,) * 4, (ONES,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


@pytest.mark.parametrize(("counter", "key", "expected"), REFERENCE)
def test_the_hash_gives_the_published_numbers(counter, key, expected):
    assert keyed.philox_one(key, counter) == expected


@pytest.mark.parametrize(("counter", "key", "expected"), REFERENCE)
def test_the_hash_on_columns_gives_the_published_numbers(counter, key, expected):
    columns = keyed.philox(key, tuple(np.array([word, 7]) for word in counter))
    assert tuple(int(column[0]) for column in columns) == expected


def test_one_subject_gets_what_a_column_of_subjects_gets():
    """Catches a rounding, a masked carry or a purpose read differently in one of the two."""
    key, number = (2**32 - 1, 19), keyed.number_of("visit")
    first, second = np.array([0, 1, ONES, 77]), np.array([5, 0, ONES, 2**31])
    column = keyed.uniform(key, "visit", first, second)
    assert column.tolist() == [keyed.one(key, number, int(a), int(b)) for a, b in zip(first, second, strict=True)]


def test_a_long_column_is_the_same_hash_row_by_row():
    """Catches an error at the seams of the blocks that are hashed at a time."""
    key, rows = (3, 4), np.arange(2 * keyed.BLOCK + 3)
    column = keyed.uniform(key, "long", rows)
    number = keyed.number_of("long")
    for row in (0, keyed.BLOCK - 1, keyed.BLOCK, 2 * keyed.BLOCK, len(rows) - 1):
        assert column[row] == keyed.one(key, number, row)


def test_subjects_are_broadcast_like_any_columns():
    table = keyed.uniform((1, 2), "grid", np.arange(3)[:, None], np.arange(5)[None, :])
    assert table.shape == (3, 5)
    assert table[2, 4] == keyed.one((1, 2), keyed.number_of("grid"), 2, 4)


def test_two_uniforms_are_the_usual_one_and_another():
    first, second = keyed.two_uniforms((1, 2), "pair", np.arange(5000))
    np.testing.assert_array_equal(first, keyed.uniform((1, 2), "pair", np.arange(5000)))
    assert abs(np.corrcoef(first, second)[0, 1]) < 5 / np.sqrt(5000)  # five standard errors: once in two million


def test_uniforms_are_even():
    """Ten bins, each within five standard errors: a false alarm once in 170,000 changes of the hash."""
    counts = np.histogram(keyed.uniform((8, 8), "even", np.arange(100_000)), bins=10, range=(0, 1))[0]
    assert np.abs(counts - 10_000).max() < 5 * np.sqrt(100_000 * 0.1 * 0.9)


@pytest.mark.parametrize("words", [(0, 0), (ONES, ONES), (ONES, ONES - 0x7FF), (2**31, 0), (2**31, ONES)])
def test_a_draw_is_never_0_and_never_1(words, monkeypatch):
    """Catches a half bit that is rounded up to 1, which inversion would turn into an infinite duration."""
    column = keyed._open(np.array([words[0]], dtype=np.uint64), np.array([words[1]], dtype=np.uint64))
    assert 0 < column[0] < 1
    monkeypatch.setattr(keyed, "philox_one", lambda key, counter: (*words, 0, 0))
    assert keyed.one((0, 0), 0) == column[0]


@pytest.mark.parametrize("other", [((2, 0), "a", 5), ((1, 1), "a", 5), ((1, 0), "b", 5), ((1, 0), "a", 6)])
def test_seed_replication_purpose_and_subject_all_matter(other):
    assert keyed.uniform((1, 0), "a", 5) != keyed.uniform(*other)


def test_a_fourth_number_of_a_subject_is_refused():
    """Catches two subjects that silently share their luck."""
    with pytest.raises(ValueError, match="at most three"):
        keyed.uniform((1, 0), "a", 1, 2, 3, 4)
    with pytest.raises(TypeError):
        keyed.one((1, 0), 0, 1, 2, 3, 4)


def test_words_are_the_first_two_of_the_hash():
    high, low = keyed.words((1, 0), "call_key", np.array([9]), 8, 7)
    first, second, _, _ = keyed.philox_one((1, 0), (keyed.number_of("call_key"), 9, 8, 7))
    assert (int(high[0]), int(low[0])) == (first, second)


def test_numbers_of_words_are_pinned():
    """Catches Python's salted hash: CRC-32 of "123456789" is the check value of its standard."""
    assert keyed.number_of("123456789") == 0xCBF43926


def test_no_two_people_or_areas_of_england_share_a_number():
    scenario = england("regional_rota")
    codes = [area.code for area in scenario.areas]
    codes += [person.code for team in scenario.teams for person in team.people]
    assert len({keyed.number_of(code) for code in codes}) == len(codes)
