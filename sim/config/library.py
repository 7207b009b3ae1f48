"""The library: the scenarios that are shipped, in sets that make one study each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sim.config.layers import read_layer
from sim.config.shelf import scenario_files
from sim.config.words import did_you_mean, one_line
from sim.errors import BadInput

ALL = "all"  # every set whose scenarios are of England
BASELINE = "current_patchwork"
SMALL = ("teaching",)  # sets of a few areas, which cannot be compared with England


class Described(NamedTuple):
    """What a scenario file says of itself.

    see: what one should see in its results, and why. code: of its archetype (S07); library: the set it belongs to.
    Empty where it says nothing.
    """

    name: str
    question: str
    see: str
    code: str
    library: str


def described(config_dir: str | None = None) -> list[Described]:
    """Every scenario that can be called by name, by name. Raises BadInput for a file that is no YAML."""
    found = []
    for name, file in scenario_files(config_dir).items():
        said = read_layer(file).values
        words = (one_line(str(said.get(key, ""))) for key in ("question", "see", "code", "library"))
        found.append(Described(name, *words))
    return found


def of_library(asked: Sequence[str], config_dir: str | None = None) -> list[str]:
    """The scenarios of a study of the library, the baseline first. asked: ``all``, sets and names. Raises BadInput."""
    entries = described(config_dir)
    sets = {word: [one.name for one in entries if one.library == word] for word in sorted({e.library for e in entries})}
    whole = {name for word, names in sets.items() if word and word not in SMALL for name in names}
    found: list[str] = []
    for word in asked:
        if word == ALL:
            found += sorted(whole)
        elif word in sets and word:
            found += sets[word]
        elif word in [one.name for one in entries]:
            found.append(word)
        else:
            known = [ALL, *(name for name in sets if name), *(one.name for one in entries)]
            rule = "no set of the library and no scenario of that name"
            raise BadInput(one_line(f"command line: library = {word}: {rule}; {did_you_mean(word, known)}"))
    first = [BASELINE] if whole & set(found) else []
    return list(dict.fromkeys([*first, *found]))
