"""What a person can put right."""

from __future__ import annotations


class BadInput(Exception):
    """One line for the person who wrote the input: file, key, value, rule and remedy; the command exits with 2."""
