"""Where the parts and the scenarios lie: beside the package in a checkout, inside it when installed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import sim
from sim.config.layers import read_layer
from sim.config.schema import SCHEMA
from sim.config.words import did_you_mean, one_line
from sim.errors import BadInput

PACKAGE = Path(sim.__file__).resolve().parent


def _root() -> Path:
    shipped = PACKAGE / "_shipped"
    return shipped if shipped.is_dir() else PACKAGE.parent


def configs_dir() -> Path:
    """The folder of parts, one subfolder for each group."""
    return _root() / "configs"


def scenarios_dir() -> Path:
    """The folder of shipped scenarios."""
    return _root() / "scenarios"


def cases_dir() -> Path:
    """The folder of shipped cases with known answers."""
    shipped = PACKAGE / "_shipped" / "cases"
    return shipped if shipped.is_dir() else PACKAGE.parent / "tests" / "known_answers" / "cases"


def cases(asked: Sequence[str]) -> list[Path]:
    """The files of cases: all that are shipped, or those asked for by name, beginning (P12), file or folder.

    Raises BadInput if there is none.
    """
    shipped = {file.stem: file for file in sorted(cases_dir().glob("*.yaml"))}
    found: list[Path] = [] if asked else [*shipped.values()]
    for word in asked:
        path = Path(word).expanduser()
        if path.is_dir():
            here = sorted(path.glob("*.yaml"))
        elif word.endswith((".yaml", ".yml")):
            here = [path] if path.is_file() else []
        else:
            here = [file for name, file in shipped.items() if name == word or name.startswith(f"{word}_")]
        if not here:
            raise BadInput(one_line(f"{word}: no case of that name; {did_you_mean(word, shipped)}"))
        found += [file.resolve() for file in here if file.resolve() not in found]
    return found


def own_folder(config_dir: str | None) -> Path | None:
    """The planner's own folder of parts and scenarios. Raises BadInput if there is none."""
    if config_dir is None:
        return None
    folder = Path(config_dir).expanduser().resolve()
    if not folder.is_dir():
        raise BadInput(
            f"command line: --config-dir = {config_dir}: no such folder; give one with parts or scenarios in it"
        )
    return folder


def part_files(config_dir: str | None = None) -> dict[tuple[str, str], Path]:
    """The file of every part by its group and word; in the planner's own folder a word may stand for another file.

    What is off is the same for every overlay: one file serves all groups that have a part ``on`` and none of their own.
    """
    found: dict[tuple[str, str], Path] = {}
    for folder in (configs_dir(), own_folder(config_dir)):
        for file in sorted(folder.glob("*/*.yaml")) if folder else ():
            if file.parent.name in SCHEMA:
                found[file.parent.name, file.stem] = file
    overlays = [group for group, word in found if word == "on"]
    return {(group, "off"): configs_dir() / "off.yaml" for group in overlays} | found


def groups(config_dir: str | None = None) -> dict[str, list[str]]:
    """The groups of parts and the words that choose among each."""
    found: dict[str, list[str]] = {}
    for group, word in sorted(part_files(config_dir)):
        found.setdefault(group, []).append(word)
    return found


def scenario_files(config_dir: str | None = None) -> dict[str, Path]:
    """Name and file of every scenario that can be called by name; the planner's own folder adds to the shipped ones."""
    own = own_folder(config_dir)
    folders = [scenarios_dir(), *((own / "scenarios", own / "scenario") if own else ())]
    return {file.stem: file for folder in folders for file in sorted(folder.glob("*.yaml"))}


def scenarios(config_dir: str | None = None) -> list[tuple[str, str]]:
    """Name and question of every scenario that can be called by name."""
    questions = []
    for name, file in scenario_files(config_dir).items():
        questions.append((name, one_line(str(read_layer(file).values.get("question", "")))))
    return questions


def find_scenario(
    scenario: str, beside: Path | None = None, config_dir: str | None = None, said: str = "command line: scenario"
) -> Path:
    """The file of a scenario given by name, or by path (from ``beside``, else the current folder).

    Raises BadInput if there is none.
    """
    if scenario.endswith((".yaml", ".yml")) or "/" in scenario or "\\" in scenario:
        path = ((beside or Path.cwd()) / Path(scenario).expanduser()).resolve()
        if not path.is_file():
            remedy = "give the path of a scenario file, or a name that oncall-sim scenarios lists"
            raise BadInput(one_line(f"{said} = {scenario}: no such file; {remedy}"))
        return path
    files = scenario_files(config_dir)
    if scenario not in files:
        if (own := Path(f"{scenario}.yaml")).is_file():
            remedy = f"a file of your own is given by its path: ./{own}"
        else:
            remedy = did_you_mean(scenario, files)
        raise BadInput(one_line(f"{said} = {scenario}: no scenario of that name; {remedy}"))
    return files[scenario]


def keys(config_dir: str | None = None) -> list[str]:
    """Every dotted key of the shipped parts and scenarios, for completion."""
    found: dict[str, None] = {}
    for file in (configs_dir() / "config.yaml", *scenario_files(config_dir).values()):
        found.update(dict.fromkeys(key for key in read_layer(file).values if not key.startswith("defaults")))
    for (group, _), file in part_files(config_dir).items():
        values = read_layer(file, group).values
        found.update(dict.fromkeys(key for key in values if not key.startswith(f"{group}.defaults")))
    return sorted(found)
