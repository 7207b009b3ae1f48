"""Breaks one rule after another and sees that the test named for it fails.

    python tests/mutants.py              # every rule of mutants.toml, some minutes
    python tests/mutants.py exposure     # those whose rule, file or test holds the word

The rules stand in ``mutants.toml``: words that must stand in a file exactly once, what is put in their place, and the
test that must fail then. All is done in a copy, the tests once with nothing broken. A rule that is broken and passes is
told as SURVIVED, and the exit code is 1.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
LIST = HOME / "tests" / "mutants.toml"
COPIED = ("sim", "tests", "configs", "scenarios", "docs", "pyproject.toml")
PASSED, FAILED = 0, 1  # exit codes of pytest; any other is a test that could not be run


@dataclass(frozen=True)
class Mutant:
    """A rule, the words of a file that keep it, the words that break it, and the test that catches this."""

    rule: str
    file: str
    was: str
    becomes: str
    test: str

    def broken(self, text: str) -> str:
        """The file with the rule broken. Raises ValueError if its words do not stand there exactly once."""
        if text.count(self.was) != 1:
            raise ValueError(f"{self.file}: {self.was!r} stands there {text.count(self.was)} times, not once")
        return text.replace(self.was, self.becomes)


def mutants() -> list[Mutant]:
    """The whole list, in order."""
    return [Mutant(**told) for told in tomllib.loads(LIST.read_text(encoding="utf-8"))["mutant"]]


def main(words: list[str]) -> int:
    """Tries every rule that holds one of the words (all, without words)."""
    chosen = [
        one for one in mutants() if not words or any(word in f"{one.rule} {one.file} {one.test}" for word in words)
    ]
    with tempfile.TemporaryDirectory() as place:
        copy = copied(Path(place))
        if pytest(copy, sorted({one.test for one in chosen})) != PASSED:
            print("the tests do not pass as things are: python -m pytest says which", file=sys.stderr)
            return 2
        survived = sum(not caught(copy, one) for one in chosen)
    print(f"{len(chosen)} rules broken, {survived} of them with no test that fails")
    return 1 if survived or not chosen else 0


def copied(place: Path) -> Path:
    """The repository without what is compiled, stored or not its own."""
    for name in COPIED:
        source = HOME / name
        if source.is_dir():
            shutil.copytree(source, place / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, place / name)
    return place


def caught(copy: Path, mutant: Mutant) -> bool:
    """Breaks the rule, runs its test, and mends the rule."""
    path = copy / mutant.file
    text = path.read_text(encoding="utf-8")
    path.write_text(mutant.broken(text), encoding="utf-8")
    code = pytest(copy, [mutant.test])
    path.write_text(text, encoding="utf-8")
    word = {PASSED: "SURVIVED", FAILED: "caught"}.get(code, "COULD NOT BE RUN")
    print(f"{word}: {mutant.rule} ({mutant.file}: {mutant.was!r} -> {mutant.becomes!r}; {mutant.test})", flush=True)
    return code == FAILED


def pytest(copy: Path, tests: list[str]) -> int:
    """Exit code of some tests in the copy; nothing compiled is kept, as the files change within a second."""
    env = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    asked = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    return subprocess.run(asked, cwd=copy, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
