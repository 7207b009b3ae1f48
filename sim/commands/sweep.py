"""A sweep: the jobs of one command line gathered into as few studies as can be, each scenario with a name of its own.

Jobs that share seed and replications meet the same families: they are one study, its first job the baseline. Others
cannot be paired and are studies of their own.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.errors import BadInput
from sim.experiment.study import read_alike

SHARED = (
    "seed",
    "replications",
    "precision",
    "max_replications",
    "max_minutes",
    "keep",
    "draw",
    "weeks",
    "warmup_weeks",
    "areas",
)
LONGEST = 80  # characters of a scenario's name


@dataclass(frozen=True)
class Job:
    """One scenario of a sweep. name: empty where its own will do. words: what it changes."""

    scenario: str
    name: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Batch:
    """The jobs of one study, and what they share that others do not, as words of the command line."""

    jobs: tuple[Job, ...]
    shared: tuple[str, ...]


def gathered(jobs: Sequence[Sequence[str]]) -> list[Batch]:
    """Jobs as lists of ``key=value``, each with one scenario, gathered in their order."""
    together: dict[tuple[str, ...], list[Sequence[str]]] = {}
    for words in jobs:
        shared = tuple(word for word in words if _key(word) in SHARED)
        together.setdefault(shared, []).append(words)
    return [Batch(tuple(_named(words)), shared) for shared, words in together.items()]


def _named(jobs: Sequence[Sequence[str]]) -> list[Job]:
    """Each job called by its scenario and the values that are not the same in all. Raises BadInput for one twice."""
    said = [{_key(word): word.partition("=")[2] for word in words} for words in jobs]
    varies = [key for key in said[0] if key != "scenario" and len({one.get(key) for one in said}) > 1]
    if not varies:
        return [Job(values["scenario"], "", _changes(words)) for values, words in zip(said, jobs, strict=True)]
    if twice := next((values for values in said if said.count(values) > 1), None):
        words = " ".join(f"{key}={twice[key]}" for key in ("scenario", *varies))
        raise BadInput(f"-m: {words}: stands there twice; take one of the values out")
    names = [_name(values, varies) for values in said]
    alike = Counter(map(read_alike, names))
    return [
        Job(values["scenario"], _short(name, str(values), alike[read_alike(name)] > 1), _changes(words))
        for name, values, words in zip(names, said, jobs, strict=True)
    ]


def _changes(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for word in words if _key(word) != "scenario")


def _name(values: Mapping[str, str], varies: Sequence[str]) -> str:
    """A scenario and the values that are its own, as a file can be called; a minus, easily overlooked, as a word."""
    parts = [values["scenario"].rpartition("/")[2].removesuffix(".yaml")]
    for key in varies:
        parts += [key.rpartition(".")[2], re.sub(r"^-(?=[\d.])", "minus_", values.get(key, ""))]
    return re.sub(r"_*[^\w-]+", "_", "_".join(parts)).strip("_")


def _short(name: str, whole: str, alike: bool) -> str:
    """A name that is short and reads like no other, else with a few digits of the sum of all that it stands for."""
    if len(name) <= LONGEST and not alike:
        return name
    return f"{name[: LONGEST - 9]}_{hashlib.sha256(whole.encode()).hexdigest()[:8]}"


def _key(word: str) -> str:
    return word.partition("=")[0].lstrip("+")
