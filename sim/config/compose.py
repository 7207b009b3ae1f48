"""Hydra puts the parts, the scenario and the command line together; only ``parts`` and ``grammar`` know it, too."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.config.check import check_known
from sim.config.command_line import COMMAND_LINE, Changes, changes, check_choice
from sim.config.layers import OF_THE_FILE, Layer, read_layer
from sim.config.parts import MAIN, Parts, laid_out, layers_of, main_layer, read_parts, usual
from sim.config.schema import OF_THE_RUN, SCHEMA
from sim.config.shelf import find_scenario, groups, scenarios_dir
from sim.config.values import set_values
from sim.config.words import BadKey, did_you_mean, one_line, shown
from sim.errors import BadInput

if TYPE_CHECKING:
    from hydra.core.config_store import ConfigStore

ABOUT = ("expected", "see", "code", "library")  # said of one scenario, not of those based on it


@dataclass(frozen=True)
class Composed:
    """The composed configuration, and who set what: the command line, the scenario and its bases, then the parts.

    given, chosen: keys and groups of parts that the command line sets.
    """

    config: dict[str, Any]
    given: frozenset[str]
    chosen: frozenset[str]
    scenarios: tuple[Layer, ...]
    parts: tuple[Layer, ...]

    def layer(self, key: str) -> Layer | None:
        """The layer that set a key, or else the table it would stand in; None for the command line."""
        while key:
            if key in self._set_in_part or not self.given.isdisjoint(upwards(key)):
                return None
            for layer in (*self.scenarios, *self.parts):
                if key in layer.known:
                    return layer
            key = key.rpartition(".")[0]
        return self.scenarios[0]

    @cached_property
    def _set_in_part(self) -> frozenset[str]:
        """Keys of which the command line sets the whole or something below."""
        return frozenset(key for given in self.given for key in upwards(given))

    def file(self, key: str) -> str:
        """The name of that layer, for a message; where nobody chose the part, what the planner did write."""
        layer = self.layer(key)
        if layer is not None and layer in self.parts and layer.label in usual():
            layer = None if self.given and self.scenarios[0].folder == scenarios_dir() else self.scenarios[0]
        return COMMAND_LINE if layer is None else layer.label

    def folder(self, key: str) -> Path:
        """The folder that a file named under this key is looked for in."""
        layer = self.layer(key)
        return Path.cwd() if layer is None else layer.folder

    def set_by_planner(self, key: str) -> bool:
        """Whether the command line or the scenario set the key, not a part."""
        return self.layer(key) not in self.parts


def upwards(key: str) -> Iterator[str]:
    """A key and every one above it: ``teams.nurse.people[0]``, ``teams.nurse.people``, ``teams.nurse``, ``teams``."""
    yield key
    yield from (key[:place] for place in range(len(key) - 1, 0, -1) if key[place] in ".[")


@dataclass
class Bases:
    """A scenario and those it is based on: their layers, the last one first, and their keys by Hydra's name of them."""

    layers: list[Layer] = field(default_factory=list)
    contents: dict[str, dict[str, Any]] = field(default_factory=dict)


def compose(scenario: str, overrides: list[str], config_dir: str | None = None) -> Composed:
    """The configuration of a scenario with the command line's changes. Raises BadInput."""
    asked, parts = changes(overrides, config_dir), read_parts(config_dir)
    path = find_scenario(scenario, config_dir=config_dir)
    read = Bases()
    with laid_out(parts) as store:
        name = _register(store, path, config_dir, read, ())
        try:
            config, chosen = _together(name, asked, read, parts)
        except Exception as error:  # Hydra and OmegaConf raise some twenty kinds; all mean: it does not compose
            raise BadInput(_reason(error, read.layers, overrides)) from None
    given = frozenset(key for key, _ in asked.values)
    _name(config, path, read.layers, given)
    return Composed(config, given, frozenset(asked.chosen), tuple(read.layers), layers_of(parts, chosen))


def _together(scenario: str, asked: Changes, read: Bases, parts: Parts) -> tuple[dict[str, Any], dict[str, str]]:
    """The configuration, and the word chosen in each group."""
    order, chosen = _order(scenario, tuple(asked.chosen.items()), (*read.layers, *parts.values(), main_layer()))
    contents = {f"{group}/{word}": layer.content for (group, word), layer in parts.items()}
    contents |= {MAIN: main_layer().content, **read.contents}
    config: dict[str, Any] = {}
    for name, package in order:
        keys = {key: value for key, value in contents[name].items() if key != "defaults"}
        _merge(config, {package: keys} if package else keys)
    return set_values(config, asked.values), dict(chosen)


def _merge(into: dict[str, Any], layer: dict[str, Any]) -> None:
    """Lay one table over another: tables within go together, anything else replaces what was there."""
    for key, value in layer.items():
        if isinstance(value, dict):
            below = into[key] if isinstance(into.get(key), dict) else {}
            into[key] = below
            _merge(below, value)
        else:
            into[key] = list(value) if isinstance(value, list) else value


def with_values(composed: Composed, values: dict[str, Any]) -> Composed:
    """The same, with single values set over all else, as a command line sets them."""
    config = set_values(composed.config, [*values.items()])
    return replace(composed, config=config, given=composed.given | set(values))


@lru_cache(maxsize=256)
def _order(
    scenario: str, choices: tuple[tuple[str, str], ...], _layers: tuple[Layer, ...]
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """In which order Hydra lays the parts and the scenario over each other, as (name, group of the part), and the word
    chosen in each group. _layers: everything whose list of defaults it reads; a file that changes is another layer."""
    from hydra import initialize
    from hydra._internal.config_repository import CachingConfigRepository
    from hydra._internal.defaults_list import create_defaults_list
    from hydra.core.global_hydra import GlobalHydra
    from hydra.core.override_parser.overrides_parser import OverridesParser

    said = [f"scenario={scenario}", *(f"{group}='{word}'" for group, word in choices)]
    words = OverridesParser.create().parse_overrides(said)
    with initialize(version_base="1.3", config_path=None, job_name="oncall-sim"):
        loader: Any = GlobalHydra.instance().config_loader()
        shelf = CachingConfigRepository(loader.repository)
        found = create_defaults_list(shelf, MAIN, words, prepend_hydra=False, skip_missing=False)
    chosen = {str(k): str(v) for k, v in found.overrides.known_choices.items() if "/" not in str(k)}
    return tuple((str(one.config_path), one.package or "") for one in found.defaults), tuple(chosen.items())


def _register(
    store: ConfigStore, path: Path, config_dir: str | None, read: Bases, above: tuple[Path, ...]
) -> str:  # fmt: skip
    """Tell Hydra what a scenario and those it is based on build on; reads them, the last one first."""
    label = f"scenarios/{path.name}" if path.parent == scenarios_dir() else path.name
    if path in above:
        raise BadInput(
            one_line(f"{label}: based_on: scenarios are based on each other in a circle; take one of them out")
        )
    read.layers.append(layer := read_layer(path, label=label))
    content = _content(layer)
    if above:
        for key in ABOUT:
            content.pop(key, None)
    bases, choices = _defaults(content, label, groups(config_dir))
    found = [find_scenario(base, path.parent, config_dir, f"{label}: based_on") for base in bases]
    names = [_register(store, base, config_dir, read, (*above, path)) for base in found]
    name = "s" + hashlib.sha256(str(path).encode()).hexdigest()[:12]
    builds_on = {"defaults": [*names, "_self_", *choices]}
    store.store(group="scenario", name=name, node=builds_on, package="_global_")
    read.contents[f"scenario/{name}"] = content
    return name


def _content(layer: Layer) -> dict[str, Any]:
    """The keys of a scenario file. Raises BadInput for one that says how it is run."""
    if not isinstance(layer.content, dict):
        raise BadInput(f"{layer.label}: not a scenario; write lines such as question: What if ...?")
    for key, value in layer.content.items():
        try:
            if "." in key:
                group, _, below = key.partition(".")
                raise BadKey(key, value, "no such key", f"write a table, as {group}: {{{below}: {shown(value)}}}")
            if key not in OF_THE_FILE:
                check_known(key, SCHEMA, value)
            if key in OF_THE_RUN:
                rule = "a scenario says what is simulated, not where or how it is run"
                raise BadKey(key, value, rule, f"say it on the command line, as {key}={shown(value)}")
        except BadKey as bad:
            raise BadInput(bad.line(layer.label)) from None
    return dict(layer.content)


def _defaults(content: dict[str, Any], label: str, options: dict[str, list[str]]) -> tuple[list[str], list[Any]]:
    """Scenarios this one is based on, and its choices of parts."""
    entries = content.pop("defaults", None) or []
    base = content.pop("based_on", None)
    if not isinstance(base, str | None):
        raise BadInput(BadKey("based_on", base, "must be one scenario", "write based_on: icb_rota").line(label))
    if not isinstance(entries, list) or not all(isinstance(entry, str | dict) for entry in entries):
        raise BadInput(
            BadKey("defaults", entries, "must be a list", "write defaults: [override /goodwill: constant]").line(label)
        )
    bases = [*([base] if base is not None else []), *(e for e in entries if isinstance(e, str) and e != "_self_")]
    choices: list[dict[str, Any]] = []
    for entry in entries:
        for key, chosen in entry.items() if isinstance(entry, dict) else ():
            group = key.removeprefix("override").strip().removeprefix("/")
            if group not in options:
                raise BadInput(
                    BadKey("defaults", group, "no such group of parts", did_you_mean(group, options)).line(label)
                )
            check_choice(group, chosen, options[group], label)
            if any(f"override /{group}" in choice for choice in choices):
                raise BadInput(BadKey("defaults", group, "stands there twice", "choose one part").line(label))
            choices.append({f"override /{group}": chosen})
    return bases, choices


def _name(config: dict[str, Any], path: Path, layers: list[Layer], given: frozenset[str]) -> None:
    """A scenario is called as its own file says, else as the file; a question is not inherited."""
    top = layers[0]
    config.setdefault("question", "")
    if "name" not in given:
        config["name"] = str(
            top.content.get("name") or "".join(c if c.isalnum() or c in "_-" else "_" for c in path.stem)
        )
    if not {"question"} & (given | top.known) and len(layers) > 1:
        config["question"] = (
            f"As {layers[1].label.split('/')[-1].removesuffix('.yaml')}, with the changes of {top.label}."
        )


def _reason(error: Exception, layers: list[Layer], overrides: list[str]) -> str:
    file = layers[0].label if layers else COMMAND_LINE
    first = one_line(str(error).split("\n")[0] or type(error).__name__)
    given = f" with {' '.join(overrides)}" if overrides else ""
    return f"{file}: does not compose{given}: {first}; check the defaults list and the types of the keys"
