"""What a comparison costs, by stage: processor seconds of ``oncall-sim compare``, workers included, into a new folder.

python benchmarks/compare.py [key=value ...] [--replications 20] [--workers 1 2] [--rounds 5] [--against COMMIT]

Studies of different commits may run different numbers of units (here both ends of who goes home anyway are run beside a
scenario without goodwill): the price of one is told beside the whole. --workers: how many at a time; given several, the
first is held against the others on the same commit.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rounds import Round, arguments, beside, by_stage, compete, play, side_by_side

SCENARIOS = "scenarios=[current_patchwork,goodwill_withdrawn,icb_rota,regional_rota]"
A_UNIT = re.compile(r"(.+\.\d{6,})\.")  # the name of its files, before what they are of
SAID = {"estimating": "estimating", "drawing": "drawing"}  # first words on the screen, and the stage that they begin


class Stages:
    """Processor seconds, and seconds on the wall, from one mark to the next."""

    def __init__(self, first: str) -> None:
        self.spent: Round = {}
        self.stage, self.since, self.began = first, processor_seconds(), time.monotonic()

    def mark(self, stage: str) -> None:
        """One stage is over, and another begins."""
        now = processor_seconds()
        self.spent[f"{self.stage}, s"] = self.spent.get(f"{self.stage}, s", 0.0) + now - self.since
        self.stage, self.since = stage, now

    def whole(self) -> Round:
        """The stages, and all of them together."""
        self.mark("")
        waited = time.monotonic() - self.began
        return {**self.spent, "all, s": sum(self.spent.values()), "on the wall, s": waited}


def processor_seconds() -> float:
    """Of this process and of its children that have ended."""
    return sum(os.times()[:4])


def plays(*words: str) -> None:
    """One whole comparison a round."""
    from sim import cli, results, screen
    from sim.experiment import study

    for module, name in ((screen, "say"), (study, "design"), (results, "write"), (results.Units, "discard")):
        setattr(module, f"_{name}", getattr(module, name))

    def one(number: int) -> Round:
        stages = Stages("planning")
        study.design = after(stages, "running", study._design)
        results.write = after(stages, "printing", results._write, before="writing")
        screen.say = said(stages, screen._say)
        made: set[str] = set()
        results.Units.discard = counted(made, results.Units._discard)
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "study"
            if cli.main(["compare", *words, f"out={out}"]):
                raise SystemExit("the comparison failed")
            spent = stages.whole()
            each = {"units": float(len(made)), "running, ms a unit": 1000 * spent["running, s"] / len(made)}
            return {**spent, **each, "files, MB": megabytes(out)}

    play(one)


def after(stages: Stages, stage: str, work: Callable[..., Any], before: str | None = None) -> Callable[..., Any]:
    """The same work, after which a stage begins, and before which another may."""

    def marked(*given: Any, **named: Any) -> Any:
        if before is not None:
            stages.mark(before)
        found = work(*given, **named)
        stages.mark(stage)
        return found

    return marked


def said(stages: Stages, say: Callable[[str], None]) -> Callable[[str], None]:
    """What is said on the screen, and the stages that begin with it."""

    def marked(line: str) -> None:
        stage = SAID.get(line.partition(" ")[0])
        if stage is not None:
            stages.mark(stage)
        say(line)

    return marked


def counted(made: set[str], discard: Callable[[Any], None]) -> Callable[[Any], None]:
    """The same removal of what was filed, and the units there were."""

    def marked(units: Any) -> None:
        made.update(found[1] for path in units.folder.iterdir() if (found := A_UNIT.match(path.name)))
        discard(units)

    return marked


def megabytes(folder: Path) -> float:
    """Of all files in a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def main() -> None:
    """Print the cost of a comparison; overrides as in ``oncall-sim compare``."""
    options = arguments(__doc__)
    options.add_argument("words", nargs="*", default=[], metavar="key=value")
    options.add_argument("--replications", type=int, default=20)
    options.add_argument("--workers", type=int, nargs="+", default=[1])
    asked = options.parse_args()
    words = [f"replications={asked.replications}", *asked.words]
    words += [] if any(word.startswith("scenarios=") for word in words) else [SCENARIOS]
    each = {"1 worker" if many == 1 else f"{many} workers": [*words, f"workers={many}"] for many in asked.workers}
    if len(each) > 1 and asked.against:
        options.error("--against and several --workers: one or the other")
    first = next(iter(each.values()))
    competing = beside(__file__, each) if len(each) > 1 else side_by_side(__file__, first, asked.against)
    with competing as contenders:
        print(f"compare {' '.join(words)}, medians of {asked.rounds} rounds", flush=True)
        print("\n".join(by_stage(contenders, compete(contenders, asked.rounds))))


if __name__ == "__main__":
    plays(*sys.argv[2:]) if sys.argv[1:2] == ["--plays"] else main()
