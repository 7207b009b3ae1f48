"""What one waits for before a run, and what many areas take: processor seconds, and peak memory.

    python benchmarks/start_up.py [SCENARIO] [--rounds 5] [--against COMMIT]

``--help``; a worker process that is ready; the first plan in a process and the second; memory with one area and all.
"""

from __future__ import annotations

import os
import subprocess
import sys

from rounds import Round, arguments, by_stage, compete, play, side_by_side

PLANS = """
import sys, time
from sim.config import plan
start = time.process_time()
plan(sys.argv[1], [])
first = time.process_time()
plan(sys.argv[1], ["weeks=26"])
print(first, time.process_time() - first)
"""
RUNS = """
import resource, sys
from sim.config import plan
from sim.experiment.replicate import unit
planned = plan(sys.argv[1], sys.argv[2:])
unit(planned.scenario, 1, 0)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10))
"""
WORKER = "import sim.experiment.processes, sim.experiment.produce, sim.results, sim.measures, sim.model"
ONE_AREA = "areas=[QMM]"


def plays(scenario: str) -> None:
    """Each round in new processes."""

    def one(number: int) -> Round:
        _, helping = run("-m", "sim", "--help")
        _, ready = run("-c", WORKER)
        told, _ = run("-c", PLANS, scenario)
        first, second = map(float, told.split())
        one_area, every_area = (float(run("-c", RUNS, scenario, *areas)[0]) for areas in ([ONE_AREA], []))
        return {
            "--help, s": helping,
            "a worker process, s": ready,
            "the first plan, imports too, s": first,
            "the second plan, s": second,
            "peak memory, 1 area, MiB": one_area,
            "peak memory, all areas, MiB": every_area,
            "growth, MiB": every_area - one_area,
        }

    play(one)


def run(*words: str) -> tuple[str, float]:
    """What a new Python process printed, and its processor seconds. Raises SystemExit if it fails.

    It has its modules from PYTHONPATH, the contender's tree (``-P``), and not from the folder where one stands.
    """
    process = subprocess.Popen([sys.executable, "-P", *words], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    told = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{words[0]} {words[1]}: it failed")
    return told, used.ru_utime + used.ru_stime


def main() -> None:
    """Print what starting costs."""
    options = arguments(__doc__)
    options.add_argument("scenario", nargs="?", default="icb_rota")
    asked = options.parse_args()
    with side_by_side(__file__, [asked.scenario], asked.against) as contenders:
        print(f"{asked.scenario}, medians of {asked.rounds} rounds", flush=True)
        print("\n".join(by_stage(contenders, compete(contenders, asked.rounds), digits=3)))


if __name__ == "__main__":
    plays(*sys.argv[2:]) if sys.argv[1:2] == ["--plays"] else main()
