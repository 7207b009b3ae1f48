"""Fair timing: each contender is a process of its own, asked round by round in alternating order, beside the others.

The first round warms up. What is told of the rest is medians, and the median of the ratios within each round, for
absolute figures do not carry from machine to machine. Processor time, never the clock on the wall.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent.parent
NOW = "here"
Round = dict[str, float]  # what one round found, by stage: seconds, or whatever the benchmark counts


class Contender:
    """A process that plays rounds: a benchmark's own file, started with the words of one contender."""

    def __init__(self, name: str, script: str, words: Sequence[str], tree: Path = HERE) -> None:
        self.name = name
        self.process = subprocess.Popen(
            [sys.executable, str(Path(script).resolve()), "--plays", *words],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip

    def play(self, number: int) -> Round:
        """One round. Raises SystemExit if the process has died, which has said why."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            print(number, file=self.process.stdin, flush=True)
            line = self.process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise SystemExit(f"{self.name}: cannot play this benchmark; what it said stands above")
        found: Round = json.loads(line)
        return found

    def close(self) -> None:
        """No more rounds."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


def play(one: Callable[[int], Round]) -> None:
    """What a contender's process does: a round for each number that it reads, until there are no more."""
    answers, sys.stdout = sys.stdout, sys.stderr  # what a round prints is none of its answer
    for line in sys.stdin:
        gc.collect()
        print(json.dumps(one(int(line))), file=answers, flush=True)


def compete(contenders: Sequence[Contender], rounds: int) -> list[list[Round]]:
    """The rounds of each contender, side by side, without the one that warms up."""
    found: list[list[Round]] = [[] for _ in contenders]
    for number in range(rounds + 1):
        order = range(len(contenders))
        for place in order if number % 2 else reversed(order):
            found[place].append(contenders[place].play(number))
    return [played[1:] for played in found]


def middle(played: Sequence[Round], stage: str) -> float:
    """The median of a stage."""
    return median(one[stage] for one in played)


def ratio(ours: Sequence[Round], theirs: Sequence[Round], stage: str) -> float:
    """The median over rounds of one stage in ours over the same in theirs."""
    return median(one[stage] / other[stage] for one, other in zip(ours, theirs, strict=True))


def arguments(about: str | None, rounds: int = 5) -> argparse.ArgumentParser:
    """The options that every benchmark has."""
    said = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    said.add_argument("--rounds", type=int, default=rounds, help=f"after one that warms up; default {rounds}")
    said.add_argument(
        "--against", metavar="COMMIT", action="append", default=[],
        help="an earlier commit, measured beside this one; may be given more than once",
    )  # fmt: skip
    return said


@contextmanager
def side_by_side(script: str, words: Sequence[str], against: Sequence[str]) -> Iterator[list[Contender]]:
    """This tree, and the earlier commits that are asked for beside it."""
    with ExitStack() as closing:
        trees = {NOW: HERE, **{commit: closing.enter_context(tree_of(commit)) for commit in against}}
        contenders = [Contender(name, script, words, tree) for name, tree in trees.items()]
        for contender in contenders:
            closing.callback(contender.close)
        yield contenders


@contextmanager
def beside(script: str, words: Mapping[str, Sequence[str]]) -> Iterator[list[Contender]]:
    """This tree alone, asked in several ways. words: of each contender, by its name."""
    with ExitStack() as closing:
        contenders = [Contender(name, script, own) for name, own in words.items()]
        for contender in contenders:
            closing.callback(contender.close)
        yield contenders


@contextmanager
def tree_of(commit: str) -> Iterator[Path]:
    """The files of an earlier commit in a temporary folder, which are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="oncall-sim-") as folder:
        place = Path(folder) / "tree"
        git("worktree", "add", "--quiet", "--detach", str(place), commit)
        try:
            yield place
        finally:
            git("worktree", "remove", "--force", str(place))


def git(*words: str) -> None:
    """Run git here. Raises SystemExit if it cannot, which it has said."""
    if subprocess.run(["git", "-C", str(HERE), *words], check=False).returncode:
        raise SystemExit(f"git {' '.join(words)}: it failed; --against needs a clone with that commit")


def by_stage(contenders: Sequence[Contender], found: Sequence[list[Round]], digits: int = 2) -> Iterator[str]:
    """One line for each stage: the medians, and the ratios of the first to each of the others."""
    ours, *others = found
    heads = [one.name[:10] for one in contenders] + [f"of {one.name[:7]}" for one in contenders[1:]]
    yield f"{'':34} " + " ".join(f"{head:>10}" for head in heads)
    for stage in ours[0]:
        cells = [f"{middle(played, stage):.{digits}f}" if _all_have(stage, played) else "-" for played in found]
        cells += [
            f"{ratio(ours, played, stage):.2f}" if _all_have(stage, (*ours, *played)) else "-" for played in others
        ]
        yield f"{stage:34} " + " ".join(f"{cell:>10}" for cell in cells)


def _all_have(stage: str, played: Sequence[Round]) -> bool:
    return all(one.get(stage, 0) > 0 for one in played)


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds of this process for a piece of work."""
    start = time.process_time()
    work()
    return time.process_time() - start
