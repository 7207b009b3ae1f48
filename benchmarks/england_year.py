"""What a simulated year costs: processor seconds and peak memory of one replication, in one process.

    python benchmarks/england_year.py [SCENARIO] [key=value ...]

The first replication warms caches and is not counted; the next three are, and the least disturbed one is printed.
"""

from __future__ import annotations

import resource
import sys
import time

from sim.config import plan
from sim.domain.scenario import Scenario
from sim.experiment.replicate import unit
from sim.measures import measure
from sim.model import simulate

WEEKS_PER_YEAR = 52
COUNTED = 3


def main(scenario: str = "current_patchwork", *overrides: str) -> None:
    """Print the cost of a scenario; overrides as in ``oncall-sim run``."""
    planned = plan(scenario, list(overrides), None)
    seed, run = planned.settings.seed, planned.scenario.run
    unit(planned.scenario, seed, 0)
    simulated, measured = min(cost(planned.scenario, seed, replication) for replication in range(1, COUNTED + 1))
    weeks = run.warmup_weeks + run.weeks
    per_year = simulated * WEEKS_PER_YEAR / weeks
    print(f"{scenario}: {len(planned.scenario.areas)} areas, {run.warmup_weeks} + {run.weeks} weeks")
    print(f"one replication with its ledger   {simulated:.2f} s of processor time")
    print(f"the same per simulated year       {per_year:.2f} s")
    print(f"measures of one replication       {measured:.2f} s")
    print(f"peak resident memory              {peak_megabytes():.0f} MB")


def cost(scenario: Scenario, seed: int, replication: int) -> tuple[float, float]:
    """Processor seconds of simulating and of measuring one replication."""
    start = time.process_time()
    ledger = simulate(scenario, seed, replication)
    middle = time.process_time()
    measure(ledger, scenario)
    return middle - start, time.process_time() - middle


def peak_megabytes() -> float:
    """Peak resident memory of this process (macOS counts bytes, Linux kibibytes)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e6 / 1024)


if __name__ == "__main__":
    main(*sys.argv[1:])
