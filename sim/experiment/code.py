"""What decides a unit's numbers beside its scenario and seed: the code of the model, and its numeric libraries."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib.metadata import version
from pathlib import Path

SIM = Path(__file__).resolve().parents[1]
DECIDES = (
    "domain", "demand", "rota", "place", "model", "measures", "keyed.py", "hours.py", "exposure.py", "ledger.py",
    "experiment/replicate.py",
)  # fmt: skip
SOURCES = (".py", ".csv")  # code, and the tables of measures
LIBRARIES = ("simpy", "numpy", "scipy")


class OtherCode(RuntimeError):
    """A worker does not run the same code, Python or libraries as the study: its numbers might be others."""


@cache
def surroundings() -> tuple[tuple[str, str], ...]:
    """(name, value): version of the package, sum of the code that decides results, Python, libraries."""
    from sim import __version__

    return (
        ("version", __version__),
        ("code", fingerprint()),
        ("python", ".".join(platform.python_version_tuple()[:2])),
        *((name, version(name)) for name in LIBRARIES),
    )


@cache
def fingerprint() -> str:
    """SHA-256 (hex) of the source files that decide a unit's numbers, as they were when first asked for."""
    total = hashlib.sha256()
    for name in DECIDES:
        place = SIM / name
        found = [path for path in place.rglob("*") if path.suffix in SOURCES] if place.is_dir() else [place]
        for path in sorted(found):
            total.update(path.relative_to(SIM).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def refuse_other(expected: tuple[tuple[str, str], ...]) -> None:
    """Raises OtherCode when this process is not what the study began with."""
    here = dict(surroundings())
    other = [f"{name} {here[name][:12]} instead of {value[:12]}" for name, value in expected if here[name] != value]
    if other:
        raise OtherCode(
            f"a worker has other code than the study ({', '.join(other)}), so its numbers might be others; "
            "install the same version everywhere, then run the same command again"
        )
