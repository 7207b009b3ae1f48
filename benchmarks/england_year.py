"""What a simulated England-year costs, by stage: processor seconds of one replication in one process, and its memory.

python benchmarks/england_year.py [SCENARIO] [key=value ...] [--rounds 3] [--against COMMIT]
"""

from __future__ import annotations

import resource
import sys
import time

from rounds import Round, arguments, by_stage, compete, play, side_by_side

HOURS_PER_YEAR = 8766.0
SIMULATED, YEAR = "replication with its ledger, s", "a simulated year with its ledger, s"
LAID_OUT, RUN, MEASURED, MEMORY = "of it laying out, s", "of it running, s", "measures, s", "peak memory, MB"


def plays(scenario: str, *overrides: str) -> None:
    """One replication a round."""
    from sim.config import plan
    from sim.measures import measure
    from sim.model import simulate
    from sim.place import lay_out

    planned = plan(scenario, list(overrides), None)
    run = planned.scenario.run
    hours = run.warmup_hours + run.hours + run.beyond_hours

    def one(number: int) -> Round:
        seed, start = planned.settings.seed, time.process_time()
        lay_out(planned.scenario, seed + 1, number)  # another one: what a replication's families are is remembered
        laid_out = time.process_time()
        ledger = simulate(planned.scenario, seed, number)
        simulated = time.process_time()
        measure(ledger, planned.scenario)
        measured, whole = time.process_time() - simulated, simulated - laid_out
        return {
            SIMULATED: whole,
            LAID_OUT: laid_out - start,
            RUN: whole - (laid_out - start),
            MEASURED: measured,
            YEAR: whole * HOURS_PER_YEAR / hours,
            MEMORY: peak_megabytes(),
        }

    play(one)


def peak_megabytes() -> float:
    """Peak resident memory of this process (macOS counts bytes, Linux kibibytes)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e6 / 1024)


def main() -> None:
    """Print the cost of a scenario; overrides as in ``oncall-sim run``."""
    options = arguments(__doc__, rounds=3)
    options.add_argument("words", nargs="*", default=["current_patchwork"], metavar="SCENARIO [key=value ...]")
    said = options.parse_args()
    with side_by_side(__file__, said.words, said.against) as contenders:
        print(f"{' '.join(said.words)}, medians of {said.rounds} rounds", flush=True)
        print("\n".join(by_stage(contenders, compete(contenders, said.rounds))))


if __name__ == "__main__":
    plays(*sys.argv[2:]) if sys.argv[1:2] == ["--plays"] else main()
