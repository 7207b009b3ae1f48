"""Who is asked first, of those who are free: what it does to the mean wait on the reference workload, in plain SimPy.

python benchmarks/asked_first.py [--years 10]

Nurses are people, and a visit is made by whoever was on the telephone; beside them nurses who are a number, and those
who pass a visit on, as oncall-sim has it.
"""

from __future__ import annotations

import argparse
from math import sqrt
from statistics import mean, stdev

from plain_simpy import ASKED_FIRST, heads, names
from workload import PATIENCE, POOL, Seen


def told_of(name: str, years: list[list[Seen]]) -> str:
    """Mean wait and share of calls given up over years, with the standard errors between them."""
    waits = [60 * mean(call.wait for call in calls) for calls in years]
    given_up = [100 * mean(call.wait >= PATIENCE for call in calls) for calls in years]
    cells = (f"{mean(column):.2f} ({stdev(column) / sqrt(len(column)):.2f})" for column in (waits, given_up))
    return f"{name:40} " + " ".join(f"{cell:>14}" for cell in cells)


def main() -> None:
    """Print one line for nurses who are a number, and one for each answer to who is asked first."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--years", type=int, default=10, help="of 42 areas each; default 10, at least 2")
    years = range(options.parse_args().years)
    print(f"{'mean (standard error)':40} {'wait, minutes':>14} {'given up, %':>14}")
    print(told_of("nurses are a number", [heads(POOL, seed) for seed in years]), flush=True)
    for name, asked_first in ASKED_FIRST.items():
        print(told_of(name, [names(POOL, seed, asked_first, passed_on=False) for seed in years]), flush=True)
    print(told_of("the same, and visits are passed on", [names(POOL, seed) for seed in years]))


if __name__ == "__main__":
    main()
