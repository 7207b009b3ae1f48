"""``oncall-sim scenarios``: the questions that are ready to be asked."""

from __future__ import annotations

from sim.asked import Asked
from sim.config import scenarios as registered
from sim.errors import BadInput


def answer(asked: Asked) -> None:
    """Print the name and the question of every scenario."""
    if len(asked.words) > 1:
        raise BadInput(f"scenarios: it takes nothing after it, found {asked.words[1]!r}")
    known = registered(asked.config_dir)
    width = max((len(name) for name, _ in known), default=0)
    for name, question in known:
        print(f"{name:<{width}}  {question}")
