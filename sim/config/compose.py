"""Hydra puts the parts, the scenario and the command line together; nothing else in the package knows Hydra."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.config.check import check_known
from sim.config.layers import Layer, not_yaml, read_layer
from sim.config.schema import SCHEMA
from sim.config.shelf import configs_dir, find_scenario, groups, own_folder, scenarios_dir
from sim.config.words import BadKey, did_you_mean, one_line
from sim.errors import BadInput

COMMAND_LINE = "command line"
ABOUT = ("expected", "see", "code", "library")  # said of one scenario, not of those based on it
SWITCH = {True: "on", False: "off"}  # YAML reads a bare on or off as true or false


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
            if any(touches(key, given) or touches(given, key) for given in self.given):
                return None
            for layer in (*self.scenarios, *self.parts):
                if key in layer.known:
                    return layer
            key = key.rpartition(".")[0]
        return self.scenarios[0]

    def file(self, key: str) -> str:
        """The name of that layer, for a message."""
        layer = self.layer(key)
        return COMMAND_LINE if layer is None else layer.label

    def folder(self, key: str) -> Path:
        """The folder that a file named under this key is looked for in."""
        layer = self.layer(key)
        return Path.cwd() if layer is None else layer.folder

    def set_by_planner(self, key: str) -> bool:
        """Whether the command line or the scenario set the key, not a part."""
        return self.layer(key) not in self.parts


def touches(key: str, given: str) -> bool:
    """Whether setting ``given`` sets ``key``: the same key, or one above it."""
    return key == given or key.startswith((f"{given}.", f"{given}["))


def compose(scenario: str, overrides: list[str], config_dir: str | None = None) -> Composed:
    """The configuration of a scenario with the command line's changes. Raises BadInput."""
    from hydra import compose as hydra_compose
    from hydra import initialize_config_dir
    from omegaconf import OmegaConf, open_dict

    own = own_folder(config_dir)
    accepted, given, chose = _accept(overrides, config_dir)
    path = find_scenario(scenario, config_dir=config_dir)
    layers: list[Layer] = []
    name = _register(path, config_dir, layers, ())
    search = ["hydra.searchpath=['file://{}']".format(str(own).replace("'", "\\'"))] if own else []
    try:
        with initialize_config_dir(version_base="1.3", config_dir=str(configs_dir())):
            composed = hydra_compose("config", [f"scenario={name}", *search, *accepted], return_hydra_config=True)
            chosen = {str(k): str(v) for k, v in composed.hydra.runtime.choices.items() if "/" not in str(k)}
            OmegaConf.set_readonly(composed, False)
            with open_dict(composed):
                del composed["hydra"]
            config = _plain(OmegaConf.to_container(composed, resolve=True))
    except Exception as error:  # Hydra and OmegaConf raise some twenty kinds; all mean that the input does not compose
        raise BadInput(_reason(error, layers, overrides)) from None
    _name(config, path, layers, given)
    return Composed(config, given, chose, tuple(layers), _parts(chosen, own))


def _accept(overrides: list[str], config_dir: str | None) -> tuple[list[str], frozenset[str], frozenset[str]]:
    """The command line as Hydra shall see it, the keys it sets and the groups in which it chooses."""
    from hydra.core.override_parser.overrides_parser import OverridesParser

    parser, options = OverridesParser.create(), groups(config_dir)
    accepted, given, chosen = [], set(), set()
    for text in overrides:
        try:
            override = parser.parse_override(text)
        except Exception:  # the parser's own exceptions come from three libraries
            raise BadInput(
                one_line(f"{COMMAND_LINE}: {text}: not understood; write key=value, for example weeks=26")
            ) from None
        key, value = override.key_or_group, text.partition("=")[2]
        if override.is_delete():
            raise BadInput(
                one_line(
                    f"{COMMAND_LINE}: {text}: nothing can be deleted; write {key}=null to leave out a team or a pattern"
                )
            )
        if override.is_sweep_override():
            raise BadInput(
                one_line(f"{COMMAND_LINE}: {text}: more than one value; add -m to run each, or write a list as [a,b]")
            )
        if key in options:
            _check_choice(key, value, options[key])
            accepted.append(f"{key}={value}")
            chosen.add(key)
        elif key == "scenario":
            raise BadInput(
                one_line(
                    f"{COMMAND_LINE}: {text}: the scenario is given already; compare takes several, as scenarios=[a,b]"
                )
            )
        else:
            try:
                check_known(key, SCHEMA, value)
            except BadKey as bad:
                raise BadInput(bad.line(COMMAND_LINE)) from None
            accepted.append(f"++{key}={value}")
            given.add(key)
    return accepted, frozenset(given), frozenset(chosen)


def _check_choice(group: str, value: str, options: list[str], file: str = COMMAND_LINE) -> None:
    if value not in options:
        rule = f"no part of that name in configs/{group}"
        remedy = did_you_mean(value, options) + f" (one value is set by its key: {group}.<key>=...)"
        raise BadInput(BadKey(group, value, rule, remedy).line(file))


def _register(path: Path, config_dir: str | None, layers: list[Layer], above: tuple[Path, ...]) -> str:
    """Put a scenario and those it is based on where Hydra finds them; appends their layers, the last one first."""
    from hydra.core.config_store import ConfigStore

    label = f"scenarios/{path.name}" if path.parent == scenarios_dir() else path.name
    if path in above:
        raise BadInput(
            one_line(f"{label}: based_on: scenarios are based on each other in a circle; take one of them out")
        )
    layers.append(read_layer(path, label=label))
    content = _load(path, label)
    if above:
        for key in ABOUT:
            content.pop(key, None)
    bases, choices = _defaults(content, label, groups(config_dir))
    found = [find_scenario(str(base), path.parent, config_dir, f"{label}: based_on") for base in bases]
    names = [_register(base, config_dir, layers, (*above, path)) for base in found]
    content["defaults"] = [*names, "_self_", *choices]
    name = "s" + hashlib.sha256(str(path).encode()).hexdigest()[:12]
    ConfigStore.instance().store(group="scenario", name=name, node=content, package="_global_")
    return name


def _load(path: Path, label: str) -> dict[str, Any]:
    import yaml
    from omegaconf import OmegaConf

    try:
        content = OmegaConf.to_container(OmegaConf.load(path), resolve=False)
    except yaml.YAMLError as error:
        raise BadInput(not_yaml(label, error)) from None
    if not isinstance(content, dict):
        raise BadInput(f"{label}: not a scenario; write lines such as question: What if ...?")
    content = _plain(content)
    return {
        key: {"on": value} if isinstance(value, bool) and _has_switch(SCHEMA.get(key)) else value
        for key, value in content.items()
    }


def _has_switch(part: Any) -> bool:
    """Whether a group can be switched by one word, such as ``goodwill: off``."""
    return isinstance(part, dict) and "on" in part


def _defaults(content: dict[str, Any], label: str, options: dict[str, list[str]]) -> tuple[list[Any], list[Any]]:
    """Scenarios this one is based on, and its choices of parts."""
    entries = content.pop("defaults", None) or []
    base = content.pop("based_on", None)
    if not isinstance(entries, list):
        raise BadInput(f"{label}: defaults = {entries}: must be a list; write defaults: [override /goodwill: constant]")
    bases = [*([base] if base is not None else []), *(e for e in entries if isinstance(e, str) and e != "_self_")]
    choices = []
    for entry in entries:
        for key, value in entry.items() if isinstance(entry, dict) else ():
            group = str(key).removeprefix("override").strip().removeprefix("/")
            chosen = SWITCH[value] if isinstance(value, bool) else str(value)
            if group not in options:
                raise BadInput(
                    BadKey("defaults", group, "no such group of parts", did_you_mean(group, options)).line(label)
                )
            _check_choice(group, chosen, options[group], label)
            choices.append({f"override /{group}": chosen})
    return bases, choices


def _plain(node: Any) -> Any:
    """The same content with on and off as words where YAML made them true and false in a key."""
    if isinstance(node, dict):
        return {SWITCH[k] if isinstance(k, bool) else str(k): _plain(v) for k, v in node.items()}
    return [_plain(v) for v in node] if isinstance(node, list) else node


def _name(config: dict[str, Any], path: Path, layers: list[Layer], given: frozenset[str]) -> None:
    """A scenario is called as its own file says, else as the file; a question is not inherited."""
    top = layers[0]
    config.setdefault("question", "")
    if "name" not in given:
        config["name"] = str(
            top.values.get("name") or "".join(c if c.isalnum() or c in "_-" else "_" for c in path.stem)
        )
    if not {"question"} & (given | top.known) and len(layers) > 1:
        config["question"] = (
            f"As {layers[1].label.split('/')[-1].removesuffix('.yaml')}, with the changes of {top.label}."
        )


def _parts(chosen: dict[str, str], own: Path | None) -> tuple[Layer, ...]:
    """The layers of the chosen parts, and those they build on."""
    layers = []
    for group, word in chosen.items():
        if group == "scenario":
            continue
        for folder in (configs_dir(), own):
            files = sorted((folder / group).glob("*.yaml"), key=lambda f: f.stem != word) if folder else []
            layers += [
                read_layer(f, group, f"configs/{group}/{f.name}" if folder == configs_dir() else f"{group}/{f.name}")
                for f in files
            ]
    layers.sort(key=lambda layer: not layer.label.endswith(tuple(f"{g}/{w}.yaml" for g, w in chosen.items())))
    return (*layers, read_layer(configs_dir() / "config.yaml", label="configs/config.yaml"))


def _reason(error: Exception, layers: list[Layer], overrides: list[str]) -> str:
    file = layers[0].label if layers else COMMAND_LINE
    first = one_line(str(error).split("\n")[0] or type(error).__name__)
    given = f" with {' '.join(overrides)}" if overrides else ""
    return f"{file}: does not compose{given}: {first}; check the defaults list and the types of the keys"
