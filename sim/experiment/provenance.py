"""Where a result comes from: version, commit, seed, fingerprints, packages, times and host, for ``manifest.json``."""

from __future__ import annotations

import datetime as dt
import os
import platform
import subprocess
import time
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from sim import __version__
from sim.experiment import changed
from sim.experiment.code import LIBRARIES, surroundings
from sim.experiment.conduct import Conducted
from sim.experiment.execute import usable_cores
from sim.experiment.study import Study, tables_read

LIMITS = ("max_replications", "max_minutes")
PACKAGES = (
    *("simpy", "numpy", "scipy", "pandas", "matplotlib", "hydra-core", "omegaconf", "jinja2", "xlsxwriter"),
    "holidays",
)
NOTE = (
    "p_holm and verdict: Holm, over the headline measures of all areas and over all others of one group of levels "
    "(family: how many); ci_low and ci_high are simultaneous over the same family (Bonferroni), alone_low and "
    "alone_high hold for one comparison by itself"
)


class Stopwatch:
    """Wall-clock and processor seconds since it was made, of this process and its workers."""

    def __init__(self) -> None:
        self.started = dt.datetime.now(dt.UTC)
        self._wall, self._processor = time.monotonic(), _processor_seconds()

    def read(self) -> dict[str, Any]:
        """Start and finish (UTC), wall-clock seconds and processor seconds."""
        return {
            "started": self.started.isoformat(timespec="seconds"),
            "finished": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            "seconds": round(time.monotonic() - self._wall, 2),
            "processor_seconds": round(_processor_seconds() - self._processor, 2),
        }


def identity(study: Study) -> dict[str, str]:
    """What tells a study from another one: what was asked, and the code and libraries that its numbers come from."""
    return {"verb": study.verb, "fingerprint": study.fingerprint, **dict(surroundings())}


def identity_of(manifest: Mapping[str, Any]) -> dict[str, str]:
    """The same of a study that is finished, by its manifest."""
    packages = manifest.get("packages") or {}
    libraries = {name: str(packages.get(name)) for name in LIBRARIES}
    said = {word: str(manifest.get(word)) for word in ("verb", "fingerprint", "version", "code")}
    return {**said, "python": ".".join(str(manifest.get("python")).split(".")[:2]), **libraries}


def other_study(study: Study, there: Mapping[str, Any]) -> str:
    """In what a finished study, by its manifest, is another one than this, in words; empty when it is this one."""
    before, now = identity_of(there), identity(study)
    if any(before[word] != now[word] for word in ("verb", "fingerprint")):
        return f"made by `{there.get('command')}`"
    keep = study.settings.keep
    kept = [] if keep in ("none", there.get("keep", "none")) else [f"without what keep={keep} adds"]
    return changed.line([*changed.changes(before, now), *kept])


def manifest(
    study: Study, command: Sequence[str], watch: Stopwatch, found: Conducted | None = None, families: Any = None
) -> dict[str, Any]:
    """Everything needed to run the study again. Only ``times`` and ``host`` differ between two runs of one study.

    found: what it gave, where it is made of units. families: comparisons in each family of verdicts.
    """
    run = study.scenarios[0].run
    precise = found.precision if found else None
    return {
        "study": study.name,
        "verb": study.verb,
        "title": study.title,
        "tool": "oncall-sim",
        "version": __version__,
        "commit": commit(),
        "command": " ".join(command),
        "seed": study.seed,
        "replications": found.replications if found else study.replications,
        "precision": None
        if precise is None
        else {"asked": precise.asked, "reached": precise.reached, "line": precise.line()},
        "weeks": run.weeks,
        "warmup_weeks": run.warmup_weeks,
        **study.scenarios[0].days,
        "season": study.scenarios[0].season,
        "baseline": study.scenarios[0].name,
        "fingerprint": study.fingerprint,
        "scenarios": {plan.scenario.name: plan.fingerprint for plan in study.plans},
        "tables": tables_read(study),
        "verdicts": {"adjusted": True, "note": NOTE, "families": families or {}},
        "code": dict(surroundings())["code"],
        "units": found.digests if found else {},
        "python": platform.python_version(),
        "packages": {name: _installed(name) for name in PACKAGES},
        "times": watch.read(),
        "host": {
            "name": platform.node(),
            "system": platform.platform(),
            "cores": usable_cores(),
            "workers": study.workers,
        },
    }


def reproducing(command: Sequence[str], found: Conducted) -> list[str]:
    """The command that gives the same numbers anywhere: in place of a limit in minutes what it allowed."""
    precise = found.precision
    if precise is None or not precise.limit.startswith("max_minutes"):
        return list(command)
    kept = [word for word in command if word.split("=")[0] not in ("replications", "precision", *LIMITS)]
    return [*kept, f"replications={found.replications}"]


def commit() -> str:
    """Commit of the code that ran, with ``-dirty`` when files were changed; empty outside a repository."""
    home = Path(__file__).resolve().parents[2]
    if not (home / ".git").exists():
        return ""
    ask = ["git", "-C", str(home), "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    try:
        return subprocess.run(ask, capture_output=True, text=True, check=True, timeout=10).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return ""


def _processor_seconds() -> float:
    return sum(os.times()[:4])


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
