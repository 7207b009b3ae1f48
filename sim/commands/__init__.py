"""What the commands do: a module for each row of ``sim.verbs``, which is imported only when the command is given."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.request import Request

    Command = Callable[[Request], int | None]  # what a command is: it prints, may write, and gives back an exit code


def perform(request: Request) -> int:
    """Do what is asked for; gives back the exit code."""
    name = request.verb.module
    command: Command = getattr(import_module(f"sim.commands.{name}"), name.rpartition(".")[2])
    return command(request) or 0
