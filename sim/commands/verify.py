"""``oncall-sim verify``: the engine against known answers: which cases, how long, and the table."""

from __future__ import annotations

from collections.abc import Sequence

from sim import screen
from sim.asked import Asked
from sim.commands.carry_out import tell_tables
from sim.config import cases, plan
from sim.errors import BadInput
from sim.experiment.execute import usable_cores
from sim.experiment.verify import all_agree, case, text, verify

PLANS = ("fast", "full")
KEYS = ("plan", "seed", "workers")


def answer(asked: Asked) -> int:
    """Run the cases named (all that are shipped, if none is), print the table; 0 if everything agrees, else 1.

    Raises BadInput for a case that is not there, or of which nothing is known.
    """
    words = asked.words[1:]
    said = _own_keys([word for word in words if "=" in word])
    files = cases([word for word in words if "=" not in word])
    overrides = [f"seed={said['seed']}"] if "seed" in said else []
    plans = [plan(str(file), overrides, asked.config_dir) for file in files]
    chosen = [
        case(one.scenario, one.known, one.settings.seed, one.settings.replications, fast=said["plan"] == "fast")
        for one in plans
    ]
    workers = _workers(said.get("workers"))
    tell_tables(plans)
    with screen.progress(f"Cases: {len(chosen)}, {said['plan']} plan, {workers} at a time") as progress:
        compared = verify(chosen, workers, progress)
    print(text(compared))
    return 0 if all_agree(compared) else 1


def _own_keys(words: Sequence[str]) -> dict[str, str]:
    said = dict(word.split("=", 1) for word in words)
    for key in said:
        if key not in KEYS:
            raise BadInput(
                f"{key}: verify takes {', '.join(f'{k}=' for k in KEYS)} and cases; a case is run as written"
            )
    said.setdefault("plan", PLANS[0])
    if said["plan"] not in PLANS:
        raise BadInput(f"plan = {said['plan']}: must be fast or full; write plan=full")
    return said


def _workers(said: str | None) -> int:
    if said is None:
        return usable_cores()
    if not said.isdecimal() or int(said) < 1:
        raise BadInput(f"workers = {said}: a whole number from 1, such as workers=2")
    return int(said)
