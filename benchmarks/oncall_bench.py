"""The price of a call against plain SimPy, on one workload: processor time, interleaved, medians of the rounds' ratios.

    python benchmarks/oncall_bench.py [K ...]

K areas for a year, as ``oncall_bench.yaml`` has them. Both draw their own calls; waits
and calls given up of both stand beside the ratio, product first, so that a reader sees how well they agree.
"""

from __future__ import annotations

import gc
import random
import sys
import time
from collections.abc import Generator
from math import isnan, log, log1p, sqrt
from pathlib import Path
from statistics import mean, median
from typing import Any

import simpy

from sim.config import plan
from sim.domain.scenario import Scenario
from sim.model import simulate

YEAR, POOL, ROUNDS, PATIENCE = 8760, 42, 5, 2.0
HOURS = (0.8, 0.7, 0.6, 0.6, 0.6, 0.7, 0.9, 1.0, 1.1, 1.1, 1.1, 1.0, 0.9, 0.9, 0.9, 1.0, 1.1, 1.2, 1.5, 1.6, 1.6, 1.4, 1.2, 1.0)  # fmt: skip # noqa: E501
DAYS = (1.0, 1.0, 1.0, 1.0, 1.0, 1.2, 1.2)
PEAK = max(HOURS) * max(DAYS)
PER_HOUR = 1120 / YEAR / (mean(HOURS) * mean(DAYS))


def scenario(areas: int) -> Scenario:
    """The workload in the planner's language."""
    places = [f"A{number:03d}" for number in range(areas)]
    overrides = [f"area_table.places=[{','.join(places)}]"]
    if areas > 1:
        pools = (f"p{first}: [{', '.join(places[first : first + POOL])}]" for first in range(0, areas, POOL))
        overrides.append(f"teams.consultants.grouping={{{', '.join(pools)}}}")
    return plan(str(Path(__file__).with_suffix(".yaml")), overrides, None).scenario


def ours(planned: Scenario, seed: int) -> list[float]:
    """The wait of each call, that of one given up included."""
    calls = simulate(planned, seed, 0).calls.rows
    return [PATIENCE if isnan(call.answered) else call.answered - call.time for call in calls]


def plain(areas: int, seed: int) -> list[float]:
    """The same from an ordinary SimPy model: a process for each call, and requests that block at night."""
    env, draw, waits = simpy.Environment(), random.Random(seed), []

    def lognormal(minutes: float, cv: float) -> float:
        sd = sqrt(log1p(cv**2))
        return draw.lognormvariate(log(minutes / 60) - sd**2 / 2, sd)

    def calls(nurses: simpy.PriorityResource, consultants: simpy.PriorityResource) -> Generator[Any, Any, None]:
        while True:
            yield env.timeout(draw.expovariate(PER_HOUR * PEAK))
            if env.now >= YEAR:
                return
            if draw.random() * PEAK < HOURS[int(env.now % 24)] * DAYS[int(env.now // 24 % 7)]:
                env.process(call(nurses, consultants))

    def call(nurses: simpy.PriorityResource, consultants: simpy.PriorityResource) -> Generator[Any, Any, None]:
        came = env.now
        with nurses.request(priority=1) as nurse:
            yield nurse | env.timeout(PATIENCE)
            waits.append(env.now - came)
            if not nurse.triggered:
                return
            yield env.timeout(lognormal(30, 0.658))
            if draw.random() < 0.2:
                with consultants.request(priority=1) as consultant:
                    yield consultant
                    yield env.timeout(0.25)
            if draw.random() < 0.3:
                yield env.timeout(lognormal(140, 0.215))

    def off_duty(people: simpy.PriorityResource) -> Generator[Any, Any, None]:
        for day in range(YEAR // 24 + 8):
            until = 24 * day + 9 if day % 7 < 5 else 24 * day + 24
            with people.request(priority=0) as night:
                yield night
                yield env.timeout(max(0.0, until - env.now))
            if day % 7 < 5:
                yield env.timeout(24 * day + 17 - env.now)

    consultants = [simpy.PriorityResource(env, 2) for _ in range(0, areas, POOL)]
    for area in range(areas):
        nurses = simpy.PriorityResource(env, 3)
        env.process(off_duty(nurses))
        env.process(off_duty(nurses))
        env.process(calls(nurses, consultants[area // POOL]))
    for pool in consultants:
        env.process(off_duty(pool))
    env.run()
    return waits


def timed(engine: Any, *asked: Any) -> tuple[float, list[float]]:
    """Microseconds of processor time a call, and the waits."""
    gc.collect()
    start = time.process_time()
    waits = engine(*asked)
    return (time.process_time() - start) / len(waits) * 1e6, waits


def main(*counts: str) -> None:
    """One line for each number of areas."""
    for areas in map(int, counts or ("1", "7", "42", "210")):
        planned, waits, costs = scenario(areas), ([], []), []
        for number in range(ROUNDS + 1):  # the first warms up
            engines = [(0, ours, planned), (1, plain, areas)]
            cost = [0.0, 0.0]
            for which, engine, asked in engines if number % 2 else reversed(engines):
                cost[which], waited = timed(engine, asked, number)
                waits[which].extend(waited)
            costs.append(cost)
        ratio = median(one / other for one, other in costs[1:])
        us, them = (median(column) for column in zip(*costs[1:], strict=True))
        told = ", ".join(
            f"wait {60 * mean(waited):.2f} min, given up {100 * mean(w >= PATIENCE for w in waited):.2f} %"
            for waited in waits
        )
        price = f"{ratio:.2f} of plain SimPy ({us:.0f} and {them:.0f} microseconds a call)"
        print(f"K = {areas}: {price}; {told}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
