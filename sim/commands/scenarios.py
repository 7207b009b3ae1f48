"""``oncall-sim scenarios``: the questions that are ready to be asked, and what one should see in each."""

from __future__ import annotations

from sim import screen
from sim.config import described
from sim.errors import BadInput
from sim.request import Request


def scenarios(request: Request) -> None:
    """Print the name and the question of every scenario; of those named after it, also what one should see and why."""
    known = {one.name: one for one in described(request.config_dir)}
    for name in request.names:
        if name not in known:
            raise BadInput(f"scenarios: no scenario is called {name!r}; without a name it lists all")
    if not request.names:
        print("\n".join(screen.columns([[one.name, one.question] for one in known.values()])))
    for name in request.names:
        one = known[name]
        of = " ".join(word for word in (one.library, one.code) if word)
        said = (("question", one.question), ("see", one.see), ("library", of))
        print(f"{name}\n" + "\n".join(f"  {word}: {text}" for word, text in said if text))
