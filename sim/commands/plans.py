"""The first step of every command that takes a scenario: from words to plans."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sim.config import Plan, plan
from sim.config.schema import OF_THE_RUN
from sim.errors import BadInput
from sim.request import Request

TWIN = "_goodwill_off"  # behind the name of the same families without unpaid help
OF_PEOPLE, LIST = re.compile(r"\+{0,2}teams\.\w+\.people"), re.compile(r"\[([^\[\]]+)\]")
MACHINE_KEYS = tuple(key for key in OF_THE_RUN if key != "keep")  # where and how fast, never what: not in a study


def plan_with(request: Request, *changes: str) -> Plan:
    """The plan of the scenario asked for, with changes behind those of the command line. Raises BadInput."""
    return plan_of(request.scenario, [*request.overrides, *changes], request)


def plan_of(name: str, overrides: Sequence[str], request: Request) -> Plan:
    """The plan of one scenario. Raises BadInput."""
    if "," in name:
        raise BadInput(f"scenario={name}: several scenarios need `-m` (a study each) or `compare 'scenarios=[{name}]'`")
    return plan(name, list(overrides), request.config_dir)


def plans_of(names: Sequence[str], overrides: Sequence[str], request: Request, pair: bool) -> list[Plan]:
    """The plans of scenarios. pair: each is followed by the same families without unpaid help.

    The twin keeps g (``place.goodwill_makes_home``), so that the same children are at home: the difference is what
    goodwill masks. A scenario in which nobody gives it has none.
    """
    made = []
    for name in names:
        made.append(plan_of(name, overrides, request))
        if pair and made[-1].scenario.goodwill.on:
            twin = f"name={made[-1].scenario.name}{TWIN}"
            made.append(plan_of(name, [*overrides, "goodwill.on=false", twin], request))
    return made


def command_of(request: Request, words: Sequence[str] | None = None) -> list[str]:
    """The command that makes this study again, without what only says where and how fast. words: in place of those
    that were written behind the command."""
    folder = [] if request.config_dir is None else ["--config-dir", request.config_dir]
    said = request.words if words is None else words
    kept = (_without_names(word) for word in said if word.split("=")[0] not in MACHINE_KEYS)
    return ["oncall-sim", *request.verb.name.split(), *kept, *folder]


def _without_names(word: str) -> str:
    """A change to a team's people with how many they are in place of their names, which is the same study."""
    key, equals, value = word.partition("=")
    if not OF_PEOPLE.fullmatch(key):
        return word
    return f"{key}{equals}{LIST.sub(lambda found: str(found[1].count(',') + 1), value)}"


def shows_configuration(plans: Sequence[Plan], request: Request) -> bool:
    """Whether the whole configuration is all that is asked for; it is then printed."""
    if request.only_configuration:
        print("---\n".join(plan.resolved for plan in plans), end="")
    return request.only_configuration
