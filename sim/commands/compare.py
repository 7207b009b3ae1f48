"""``oncall-sim compare``: several scenarios on the same families."""

from __future__ import annotations

from sim.asked import Asked, listed
from sim.commands.planned import chosen_scenario, command_of, do, plans_of
from sim.config import of_library
from sim.errors import BadInput
from sim.experiment import study as studies

LIBRARY = "library="


def answer(asked: Asked) -> None:
    """Several scenarios on the same families; the first is the baseline."""
    said, names, overrides = _chosen(asked)
    if len(names) < 2:
        raise BadInput(f"{said}: a comparison needs two or more: 'scenarios=[a,b]', the baseline first, or library=all")
    study = studies.design("compare", plans_of(names, overrides, asked))
    do([(study, command_of("compare", [said, *overrides], asked))], asked)


def _chosen(asked: Asked) -> tuple[str, list[str], list[str]]:
    """The word that chooses, the scenarios it chooses, and the other words. Raises BadInput."""
    words = asked.words[1:]
    of_the_library = [word for word in words if word.startswith(LIBRARY)]
    if not of_the_library:
        chosen, overrides = chosen_scenario(words, "scenarios")
        return f"scenarios={chosen}", listed(f"scenarios={chosen}"), overrides
    rest = [word for word in words if word not in of_the_library]
    if len(of_the_library) > 1 or any("=" not in word or word.startswith("scenarios=") for word in rest):
        raise BadInput(f"{of_the_library[0]}: it names the scenarios once and alone; library=all, or 'library=[a,b]'")
    return of_the_library[0], of_library(listed(of_the_library[0]), asked.config_dir), rest
