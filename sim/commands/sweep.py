"""A sweep: the jobs of one command line gathered into as few studies as can be, each scenario with a name of its own.

Jobs that share seed and replications meet the same families: they are one study, its first job the baseline. Others
cannot be paired and are studies of their own.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

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
    """Each job called by its scenario and the values that are not the same in all."""
    said = [{_key(word): word.partition("=")[2] for word in words} for words in jobs]
    varies = [key for key in said[0] if key != "scenario" and len({one.get(key) for one in said}) > 1]
    made = []
    for words, values in zip(jobs, said, strict=True):
        scenario = values["scenario"]
        stem = scenario.rpartition("/")[2].removesuffix(".yaml")
        parts = [stem, *(f"{key.rpartition('.')[2]}_{values[key]}" for key in varies if key in values)]
        made.append(
            Job(scenario, _short("_".join(parts)) if varies else "", tuple(w for w in words if _key(w) != "scenario"))
        )
    return made


def _short(name: str) -> str:
    """A name that can be a file's; a long one is cut and told apart by a few digits of its sum."""
    clean = re.sub(r"_*[^\w-]+", "_", name).strip("_")
    if len(clean) <= LONGEST:
        return clean
    return f"{clean[: LONGEST - 9]}_{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def _key(word: str) -> str:
    return word.partition("=")[0].lstrip("+")
