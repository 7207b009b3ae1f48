"""What the commands do: a module for each word, which is imported only when the word is said."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.asked import Asked


def answer(verb: str, asked: Asked) -> int:
    """Do what was asked; gives back the exit code. verb: one of ``sim.asked.VERBS``."""
    code: int | None = import_module(f"sim.commands.{verb}").answer(asked)
    return code or 0
