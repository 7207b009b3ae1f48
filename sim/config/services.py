"""Which service an area has: written down by the planner, or, in the shipped tables of England, dealt by shares."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

from sim.config.area_names import areas_called, by_code
from sim.config.laws import adds_to_one
from sim.config.words import BadKey, did_you_mean, shown
from sim.domain.area import Area
from sim.domain.scenario import Supply

AS_WRITTEN = "as_written"  # the kind of an area of a planner's own table of which nothing else is said
TOGETHER = "+"  # between the kinds of an area that has several


def with_services(config: dict[str, Any], everywhere: Sequence[Area], own: bool) -> dict[str, Any]:
    """The configuration with ``services``: the kinds, one or several, of every area that is written down, by its code.

    What ``supply.by_area`` says goes before a column ``service``. own: of the areas of a planner's own table none is
    dealt a kind: those of which nothing is said have what the scenario writes for every area. Raises BadKey.
    """
    key = "supply.by_area"
    kinds = [name for name, share in config["supply"]["area_types"].items() if share is not None]
    said = {word: (f"{key}.{word}", kind) for word, kind in config["supply"]["by_area"].items()}
    in_table = {area.code: ("area_table.file", list(area.service)) for area in everywhere if area.service}
    found = in_table | by_code(key, said, everywhere)
    used = _kinds_of_patterns(config)
    services: dict[str, tuple[str, ...]] = {}
    for code, (at, kind) in found.items():
        names = tuple(dict.fromkeys(kind if isinstance(kind, list) else [kind]))
        for name in names:
            if name not in (*kinds, *used):
                remedy = did_you_mean(name, [*kinds, *used])
                rule = "no such kind of area, nor does any shift name it under in_areas"
                raise BadKey(at, shown(kind) if at != "area_table.file" else f"service {name} of {code}", rule, remedy)
        if not names:
            raise BadKey(at, shown(kind), "no kind of area", f"write {kinds[0]}, or take it out")
        services[code] = tuple(sorted(names))
    if own and len(kinds) > 1:
        services = {area.code: services.get(area.code, (AS_WRITTEN,)) for area in everywhere}
    return {**config, "services": services}


def supply_of(config: dict[str, Any], everywhere: Sequence[Area], some: bool) -> Supply:
    """Kinds and their shares, the order of the deal, and the areas to which none is dealt. some: the run takes a part
    of the areas."""
    types = {name: share for name, share in config["supply"]["area_types"].items() if share is not None}
    adds_to_one("supply.area_types", types)
    pinned = sorted((code, TOGETHER.join(kinds)) for code, kinds in config["services"].items())
    codes = tuple(config["all_codes"]) if some else ()
    return Supply(tuple(types.items()), codes, tuple(pinned), config["supply"]["deal"], _how_rural(everywhere))


def _how_rural(everywhere: Sequence[Area]) -> tuple[tuple[str, float], ...]:
    """By code, the place of every area from the least rural (0) to the most (1); areas alike share theirs."""
    shares = sorted(area.rural_share for area in everywhere)
    last = max(len(shares) - 1, 1)
    return tuple(
        (area.code, (bisect_left(shares, area.rural_share) + bisect_right(shares, area.rural_share) - 1) / 2 / last)
        for area in everywhere
    )


def where_named(key: str, words: Sequence[str], config: dict[str, Any]) -> frozenset[str]:
    """Where a shift is worked that names kinds of area, or areas: those kinds, and the codes of the areas. Raises
    BadKey for a word that is neither, and for a shift of no area at all where none is dealt a kind.
    """
    found: set[str] = set()
    for word in words:
        kinds = _having(word, config)
        called = [] if kinds else areas_called(word, config["everywhere"])
        if not kinds and not called:
            known = [*config["supply"]["area_types"], *(area.code for area in config["everywhere"])]
            raise BadKey(key, word, "no such kind of area, nor an area", did_you_mean(word, known))
        found |= kinds or {area.code for area in called}
    _somewhere(key, words, found, config)
    return frozenset(found)


def kinds_named(key: str, words: Sequence[str], config: dict[str, Any]) -> frozenset[str]:
    """Kinds of area that a key names. Raises BadKey for a word that is none."""
    for word in words:
        if not _having(word, config):
            raise BadKey(key, word, "no such kind of area", did_you_mean(word, config["supply"]["area_types"]))
    return frozenset[str]().union(*(_having(word, config) for word in words))


def _having(kind: str, config: dict[str, Any]) -> set[str]:
    """A kind, and what areas are called that have it among several; none: there is no such kind."""
    several = {TOGETHER.join(of) for of in config["services"].values() if kind in of}
    return several | ({kind} if kind in config["supply"]["area_types"] else set())


def _somewhere(key: str, words: Sequence[str], found: set[str], config: dict[str, Any]) -> None:
    """Raises BadKey for a shift of no area, where the kind of every area is written down."""
    services: dict[str, tuple[str, ...]] = config["services"]
    codes = config["all_codes"]
    if words and len(services) == len(codes) and not found & {*codes, *map(TOGETHER.join, services.values())}:
        rule = "no area has that service, and none is dealt one: all areas have what is written"
        remedy = f"write supply.by_area, as {{{codes[0]}: {words[0]}}}, or in_areas: [{codes[0]}], or a column service"
        raise BadKey(key, shown(list(words)), rule, remedy)


def _kinds_of_patterns(config: dict[str, Any]) -> list[str]:
    """Every word under ``in_areas``: a kind of one's own is one that a shift names."""
    plans = [plan for plan in config["teams"].values() if plan]
    patterns = [pattern for plan in plans for pattern in plan["patterns"].values() if pattern]
    return list(dict.fromkeys(word for pattern in patterns for word in pattern.get("in_areas") or ()))


def kinds_in(cell: str) -> tuple[str, ...]:
    """The kinds that a cell of a column ``service`` names, one or several with + between them."""
    return tuple(re.split(r"\s*[+;]\s*", cell)) if cell else ()
