"""The price of a call beside an ordinary model in plain SimPy, and beside Ciw, on one reference workload.

    python benchmarks/oncall_bench.py [K ...] [--rounds 5] [--years 5] [--without-ciw] [--against COMMIT]

K areas for a year (1, 7, 42 and 210), as ``workload.py`` and ``oncall_bench.yaml`` have them; Ciw (extra ``bench``) up
to 42 areas, for it looks at every area at each event. First the engines must agree, on so many years of 42 areas, or
nothing is timed: those whose nurses are a number with the published figures of the workload, and oncall-sim, whose
nurses are people, with plain SimPy by its rules. Then one line for each K.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from importlib.util import find_spec
from math import isnan, sqrt
from pathlib import Path
from statistics import mean
from typing import Any

import plain_simpy
from rounds import HERE, NOW, Contender, Round, arguments, compete, middle, play, ratio, tree_of
from workload import PATIENCE, POOL, YEAR, Seen, duty_hours

SCENARIO = Path(__file__).with_suffix(".yaml")
HEADS, NAMES, CIW = "plain SimPy", "plain SimPy, nurses by name", "Ciw"
PRICE = "microseconds a call"

# What ten years of 42 areas were found to be, over four engines whose nurses are a number: the page of the workload.
PUBLISHED = {"calls": 47_040.0, "wait, min": 8.51, "given up, %": 3.12, "advised, %": 19.43, "utilisation, %": 10.57}
PUBLISHED_YEARS = 10
SPREAD = {"calls": 217.0, "wait, min": 0.20, "given up, %": 0.11, "advised, %": 0.20, "utilisation, %": 0.07}
# standard deviations from year to year, in ten years of plain SimPy; of calls that of a Poisson number
FAR = 3.0  # standard errors of the difference


Year = Callable[[int], Any]  # runs a year by its seed


def engine(name: str, areas: int) -> tuple[Year, Callable[[Any], list[Seen]], Callable[[Any], int]]:
    """What runs a year of an engine, what became of its calls, and how many it ran."""
    if name == NOW:
        return partial(ledger_of, scenario(areas)), seen, lambda ledger: len(ledger.calls)
    if name == CIW:
        from in_ciw import by_heads as year
    else:
        year = plain_simpy.names if name == NAMES else plain_simpy.heads
    return partial(year, areas), list, len


def scenario(areas: int) -> Any:
    """The workload in the planner's language."""
    from sim.config import plan

    chosen = ",".join(f"A{number:03d}" for number in range(areas))
    return plan(str(SCENARIO), [f"areas=[{chosen}]"], None).scenario


def ledger_of(planned: Any, seed: int) -> Any:
    """A year by the ordinary way of a scenario."""
    from sim.model import simulate

    return simulate(planned, seed, 0)


def seen(ledger: Any) -> list[Seen]:
    """What became of the calls of the year, for which nurses are held until they set out for home."""
    from sim.ledger import TASKS

    nurse = [person.role == "nurse" for person in ledger.setting.staff.people]
    way_back, held = TASKS.index("way_back"), defaultdict[int, float](float)
    for task in ledger.tasks.rows:
        if nurse[task.person] and task.kind != way_back:
            held[task.call] += task.end - task.start
    return [
        Seen(
            PATIENCE if isnan(call.answered) else call.answered - call.time, not isnan(call.advised), held[call.call]
        )
        for call in ledger.calls.rows
        if call.time < YEAR
    ]  # fmt: skip


def plays(name: str, count: str) -> None:
    """One year a round: its price, and its figures."""
    areas = int(count)
    year, became, number_of = engine(name, areas)

    def one(number: int) -> Round:
        start = time.process_time()
        run = year(number)
        spent = time.process_time() - start
        return {PRICE: 1e6 * spent / number_of(run), **figures(became(run), areas)}

    play(one)


def figures(calls: Sequence[Seen], areas: int) -> Round:
    """What engines must agree on, of one year."""
    return {
        "calls": float(len(calls)),
        "wait, min": 60 * mean(call.wait for call in calls),
        "given up, %": 100 * mean(call.wait >= PATIENCE for call in calls),
        "advised, %": 100 * mean(call.advised for call in calls),
        "utilisation, %": 100 * sum(call.held for call in calls) / duty_hours(areas),
    }


def too_far(found: Sequence[Round], expected: Mapping[str, float], years: int) -> list[str]:
    """What is further from a mean of so many years than chance explains, in words; nothing: they agree."""
    told = []
    for name, spread in SPREAD.items():
        known = mean(one[name] for one in found)
        error = spread * sqrt(1 / len(found) + 1 / years)
        if abs(known - expected[name]) > FAR * error:
            told.append(f"{name} {known:.2f}, not {expected[name]:.2f} (standard error {error:.2f})")
    return told


def agree(names: Sequence[str], years: int) -> None:
    """Print how the engines agree. Raises SystemExit where they do not."""
    found = dict(zip(names, at(names, POOL, years, {}), strict=True))
    by_name = {key: mean(one[key] for one in found[NAMES]) for key in SPREAD}
    told = [f"{POOL} areas, {years} years, mean (standard error)", told_of("published", PUBLISHED, PUBLISHED_YEARS)]
    apart = []
    for name, played in found.items():
        told.append(told_of(name, {key: mean(one[key] for one in played) for key in SPREAD}, years))
        if name == NAMES:
            continue
        expected, of = (by_name, years) if name == NOW else (PUBLISHED, PUBLISHED_YEARS)
        apart += [f"{name}: {line}" for line in too_far(played, expected, of)]
    print("\n".join(told), flush=True)
    if apart:
        raise SystemExit("nothing is timed, for the engines do not agree\n" + "\n".join(apart))


def told_of(name: str, means: Mapping[str, float], years: int) -> str:
    """One line of figures."""
    cells = (f"{key} {means[key]:.2f} ({spread / sqrt(years):.2f})" for key, spread in SPREAD.items())
    return f"{name:28} {', '.join(cells)}"


def at(names: Sequence[str], areas: int, rounds: int, trees: Mapping[str, Path]) -> list[list[Round]]:
    """The rounds of engines, side by side. trees: where an engine is that is not here."""
    with ExitStack() as closing:
        contenders = [
            Contender(name, __file__, [NOW if name in trees else name, str(areas)], trees.get(name, HERE))
            for name in names
        ]
        for contender in contenders:
            closing.callback(contender.close)
        return compete(contenders, rounds)


def line(areas: int, names: Sequence[str], found: Sequence[list[Round]]) -> str:
    """The prices, and the ratios of the first to each of the others."""
    ours, *others = zip(names, found, strict=True)
    ratios = ", ".join(f"{ratio(ours[1], played, PRICE):.2f} of {name}" for name, played in others)
    prices = ", ".join(f"{middle(played, PRICE):.0f}" for played in found)
    waits = ", ".join(f"{mean(one['wait, min'] for one in played):.2f}" for played in found)
    return f"K = {areas}: {ratios} ({prices} microseconds a call; wait {waits} min)"


def main() -> None:
    """Agreement, and one line for each number of areas."""
    options = arguments(__doc__)
    options.add_argument("areas", nargs="*", type=int, default=[1, 7, 42, 210], metavar="K")
    options.add_argument("--years", type=int, default=5, help="of each engine, to see whether they agree; default 5")
    options.add_argument("--without-ciw", action="store_true", help="which takes most of the time")
    asked = options.parse_args()
    ciw = [CIW] if find_spec("ciw") and not asked.without_ciw else []
    if not (ciw or asked.without_ciw):
        print("Ciw is not here (extra bench), and is left out")
    agree([NOW, NAMES, HEADS, *ciw], asked.years)
    with ExitStack() as closing:
        trees = {commit: closing.enter_context(tree_of(commit)) for commit in asked.against}
        for areas in asked.areas:
            names = [NOW, *trees, HEADS, *(ciw if areas <= POOL else [])]
            print(line(areas, names, at(names, areas, asked.rounds, trees)), flush=True)


if __name__ == "__main__":
    plays(*sys.argv[2:]) if sys.argv[1:2] == ["--plays"] else main()
