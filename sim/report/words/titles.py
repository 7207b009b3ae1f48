"""Titles of exhibits: at most a dozen words with the number among them. What they mean stands in the subtitle."""

from __future__ import annotations

MOST = 12  # words


def length(title: str) -> int:
    """Words of a title; what a no-break space holds together is one."""
    return len(title.split(" "))


def fitting(*titles: str) -> str:
    """The first of some titles that is short enough, from the one that says most; the last where none is."""
    return next((title for title in titles if length(title) <= MOST), titles[-1])
