"""The parts as Hydra finds them: read by the one reader of files, and laid where Hydra looks for what is in no file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.config.check import all_keys
from sim.config.layers import Layer, read_layer
from sim.config.schema import SCHEMA
from sim.config.shelf import configs_dir, part_files
from sim.config.words import BadKey
from sim.errors import BadInput

if TYPE_CHECKING:
    from hydra.core.config_store import ConfigStore

MAIN = "config"  # the table of contents, configs/config.yaml
Parts = Mapping[tuple[str, str], Layer]


def read_parts(config_dir: str | None) -> Parts:
    """The layer of every part, by its group and word. Raises BadInput."""
    files = part_files(config_dir)
    found = {(group, word): read_layer(file, group, _label(file)) for (group, word), file in files.items()}
    for group, word in found if config_dir else ():
        _check(group, word, found)
    return found


def main_layer() -> Layer:
    """The layer of the table of contents."""
    return read_layer(configs_dir() / f"{MAIN}.yaml", label=f"configs/{MAIN}.yaml")


@cache
def usual() -> frozenset[str]:
    """The labels of the table of contents, and of the parts that stand in it: those nobody need choose."""
    main = main_layer()
    words = (entry.items() for entry in main.content["defaults"] if isinstance(entry, dict))
    return frozenset([main.label, *(f"configs/{group}/{word}.yaml" for pairs in words for group, word in pairs)])


def layers_of(parts: Parts, chosen: dict[str, str]) -> tuple[Layer, ...]:
    """The layers of the parts: the chosen ones first, then those they build on, then the others of their groups, then
    the table of contents."""
    first = [(group, word) for group, word in parts if chosen.get(group) == word]
    below = [one for group, word in first for one in _beneath(group, word, parts)]
    others = [(group, word) for group, word in parts if group in chosen]
    return (*(parts[one] for one in dict.fromkeys([*first, *below, *others])), main_layer())


def _beneath(group: str, word: str, parts: Parts) -> Iterator[tuple[str, str]]:
    """The parts that one builds on, the nearest first."""
    for entry in parts[group, word].content.get("defaults", []):
        if entry != word and (group, entry) in parts:
            yield group, entry
            yield from _beneath(group, entry, parts)


@contextmanager
def laid_out(parts: Parts) -> Iterator[ConfigStore]:
    """Hydra's store with the parts in it and, for as long as it is open, whatever else is put there."""
    from hydra.core.config_store import ConfigStore

    store = ConfigStore.instance()
    before = store.repo
    store.repo = {**before, **_stored(main_layer(), tuple(parts.items()))}
    try:
        yield store
    finally:
        store.repo = before


@lru_cache(maxsize=8)
def _stored(main: Layer, parts: tuple[tuple[tuple[str, str], Layer], ...]) -> dict[str, Any]:
    """What each part builds on, as Hydra keeps it: which part lies over which is all that it is asked."""
    from hydra.core.config_store import ConfigStore

    store = ConfigStore.instance()
    before, store.repo = store.repo, {}
    try:
        store.store(name=MAIN, node=_builds_on(main))
        for (group, word), layer in parts:
            store.store(group=group, name=word, node=_builds_on(layer))
        return store.repo
    finally:
        store.repo = before


def _builds_on(layer: Layer) -> dict[str, Any]:
    return {"defaults": layer.content["defaults"]} if "defaults" in layer.content else {}


def _label(file: Path) -> str:
    group = file.parent
    return f"configs/{group.name}/{file.name}" if group.parent == configs_dir() else f"{group.name}/{file.name}"


def _check(group: str, word: str, parts: Parts) -> None:
    """Raises BadInput unless a part, with those that it builds on, holds what the shipped ones of its group hold."""
    layer = parts[group, word]
    known = _known(group, word, parts, ())
    for key in sorted(_needed(group) - known):
        remedy = f"build on a shipped part, as defaults: [{_default(group)}, _self_]"
        raise BadInput(BadKey(key, None, "missing in a part of your own", remedy).line(layer.label))


def _known(group: str, word: str, parts: Parts, above: tuple[str, ...]) -> frozenset[str]:
    """The keys of a part and of those it builds on. Raises BadInput."""
    layer = parts[group, word]
    if not isinstance(layer.content, dict):
        raise BadInput(f"{layer.label}: not a part; write lines such as key: value")
    known, entries = layer.known, layer.content.get("defaults", [])
    for entry in entries if isinstance(entries, list) else [entries]:
        if entry == "_self_":
            continue
        if not isinstance(entry, str) or (group, entry) not in parts:
            rule = "a part builds on parts of its own group"
            raise BadInput(BadKey("defaults", entry, rule, "write defaults: [constant, _self_]").line(layer.label))
        if entry in (word, *above):
            rule = "the part builds on itself"
            raise BadInput(BadKey("defaults", entry, rule, "give it a name of its own").line(layer.label))
        known |= _known(group, entry, parts, (word, *above))
    return known


def _default(group: str) -> str:
    """The word that every scenario starts from in a group."""
    return next(str(entry[group]) for entry in main_layer().content["defaults"] if group in entry)


@cache
def _needed(group: str) -> frozenset[str]:
    """The keys with fixed names that every shipped part of a group holds."""
    shipped = {
        (group, file.stem): read_layer(file, group, _label(file))
        for file in sorted((configs_dir() / group).glob("*.yaml"))
    }
    held = [_known(group, word, shipped, ()) for _, word in shipped]
    return frozenset(all_keys(SCHEMA[group], group)).intersection(*held)
