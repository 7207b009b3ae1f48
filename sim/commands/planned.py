"""From words to plans, and from plans to folders: what every command that takes a scenario shares."""

from __future__ import annotations

from collections.abc import Sequence

from sim.asked import Asked
from sim.commands.carry_out import carry_out
from sim.commands.placed import folder_of, is_there
from sim.config import Plan, plan
from sim.config.schema import OF_THE_RUN
from sim.errors import BadInput
from sim.experiment.study import Study

GOODWILL_OFF = "pair=goodwill_off"
MACHINE_KEYS = tuple(key for key in OF_THE_RUN if key != "keep")  # where and how fast, never what: not in a study


def chosen_scenario(words: Sequence[str], key: str) -> tuple[str, list[str]]:
    """The value of scenario= or scenarios= (or the one word without a key), and the other words."""
    keyed = [word.removeprefix(f"{key}=") for word in words if word.startswith(f"{key}=")]
    bare = [word for word in words if "=" not in word and not word.startswith("~")]
    found = keyed + bare
    if len(found) != 1 or not found[0]:
        said = "none was given" if not found else f"found {' and '.join(found)}"
        example = "scenario=NAME or a path to your own file" if key == "scenario" else "'scenarios=[a,b]'"
        raise BadInput(f"{key}: write it once, as {example}; {said}; `oncall-sim scenarios` lists the names")
    other = "scenarios" if key == "scenario" else "scenario"
    for word in words:
        if word.startswith(f"{other}="):
            raise BadInput(f"{word}: `run` takes scenario=NAME, `compare` takes 'scenarios=[a,b]'")
    return found[0], [word for word in words if word not in bare and not word.startswith(f"{key}=")]


def chosen_or_today(words: Sequence[str]) -> tuple[str, list[str]]:
    """The same, of the patchwork of today when no scenario is named."""
    named = any(word.startswith("scenario=") or "=" not in word for word in words)
    return chosen_scenario(words if named else [*words, "scenario=current_patchwork"], "scenario")


def command_of(verb: str, words: Sequence[str], asked: Asked) -> list[str]:
    """The command that makes this study again, without what only says where and how fast."""
    folder = ["--config-dir", asked.flags["config_dir"]] if "config_dir" in asked.flags else []
    return ["oncall-sim", verb, *(word for word in words if word.split("=")[0] not in MACHINE_KEYS), *folder]


def plans_of(names: Sequence[str], overrides: Sequence[str], asked: Asked) -> list[Plan]:
    """The plans of scenarios; with pair=goodwill_off each is followed by the same families without unpaid help.

    The twin keeps p0, so that the same children are at home: the difference is what goodwill masks. A scenario in which
    nobody gives it has none.
    """
    asked_pairs = [word for word in overrides if word.startswith("pair=")]
    if any(word != GOODWILL_OFF for word in asked_pairs):
        raise BadInput(f"{asked_pairs[0]}: the only pair is {GOODWILL_OFF}")
    rest = [word for word in overrides if word not in asked_pairs]
    made = []
    for name in names:
        made.append(plan_of(name, rest, asked))
        if asked_pairs and made[-1].scenario.goodwill.on:
            twin = f"name={made[-1].scenario.name}_goodwill_off"
            made.append(plan_of(name, [*rest, "goodwill.on=false", twin], asked))
    return made


def plan_of(name: str, overrides: Sequence[str], asked: Asked) -> Plan:
    """The plan of one scenario. Raises BadInput."""
    if "," in name:
        raise BadInput(f"scenario={name}: several scenarios need `-m` (a study each) or `compare 'scenarios=[{name}]'`")
    return plan(name, list(overrides), asked.config_dir)


def do(made: Sequence[tuple[Study, list[str]]], asked: Asked) -> None:
    """Print the configurations, or do every study; the last lines of standard output are the folders."""
    if asked.only_configuration:
        print("---\n".join(plan.resolved for study, _ in made for plan in study.plans), end="")
        return
    folders = [folder_of(study, asked, several=len(made) > 1) for study, _ in made]
    done = [
        folder if is_there(study, folder, asked) else carry_out(study, folder, command, asked)
        for (study, command), folder in zip(made, folders, strict=True)
    ]
    print("\n".join(str(folder) for folder in done if folder is not None))


def whole_number(key: str, words: Sequence[str]) -> int:
    """The number behind ``key=`` among words, 0 when it is not there."""
    said = next((word.removeprefix(f"{key}=") for word in words if word.startswith(f"{key}=")), "0")
    if not said.isdecimal():
        raise BadInput(f"{key} = {said}: a whole number, such as {key}=20")
    return int(said)


def own_keys(words: Sequence[str], keys: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """The values of the keys that only one command has, and the words for the configuration."""
    own = {word.partition("=")[0]: word.partition("=")[2] for word in words if word.partition("=")[0] in keys}
    return own, [word for word in words if word.partition("=")[0] not in keys]


def positive(key: str, said: str) -> int:
    """A whole number from 1. Raises BadInput."""
    if not said.isdecimal() or int(said) < 1:
        raise BadInput(f"{key} = {said}: a whole number from 1, such as {key}=1")
    return int(said)
