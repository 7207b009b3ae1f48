"""What a person sees while a study runs and when it ends: progress on standard error, headline figures as text."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sim.cells import each_row
from sim.measures.catalogue import EVERYTHING
from sim.measures.headlines import names
from sim.measures.verdicts import CLAIMS

if TYPE_CHECKING:
    import pandas as pd

SECONDS_BETWEEN_LINES = 2.0

LEAVE, UNMET = "leave_beyond_limit_share", "unmet_demand_share"
NOTE = (
    "Mean and 95 % interval; of families: share of those who want to be at home, each by the worst that happened; "
    "other shares are of their potential calls. n: how many a figure is over in the measured weeks, where a scenario "
    "decides that: it is not comparable."
)


def say(line: str) -> None:
    """One line for the person who waits; standard output is kept for results."""
    print(line, file=sys.stderr, flush=True)


@contextmanager
def progress(title: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal, else a line at most every two seconds: call it with (finished, in all)."""
    show = _bar if sys.stderr.isatty() else _lines
    with show(title) as tell:
        yield tell


@contextmanager
def _bar(title: str) -> Iterator[Callable[[int, int], None]]:
    from rich import progress as shown
    from rich.console import Console

    words, times = shown.TextColumn("{task.description}"), (shown.TimeElapsedColumn(), shown.TimeRemainingColumn())
    with shown.Progress(
        words, shown.BarColumn(), shown.MofNCompleteColumn(), *times, console=Console(stderr=True)
    ) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def _lines(title: str) -> Iterator[Callable[[int, int], None]]:
    say(title)
    started = last = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if done == total or now - last >= SECONDS_BETWEEN_LINES:
            last = now
            say(f"  {done} of {total} runs after {now - started:.0f} s")

    yield tell


MOST_COLUMNS = 6  # of scenarios side by side on a screen


def headlines(summary: pd.DataFrame) -> str:
    """The few figures to look at first, each with its 95 % interval: a column for each scenario, of many a line."""
    from sim.measures.headlines import headlines as of_place

    scenarios = list(dict.fromkeys(summary["scenario"]))
    rows = [["", *scenarios]]
    for headline in of_place("screen"):
        found = summary[(summary["measure"] == headline.measure) & (summary["group"] == headline.group)]
        if headline.group == "role":  # those of whom anybody has any
            found = found[found["level"].isin(found.loc[found["mean"] > 0, "level"])]
        for level, of_level in found.groupby("level", sort=False):
            cells = {row.scenario: _with_count(row) for row in each_row(of_level)}
            title = headline.title.format(role=str(level).replace("_", " "))
            rows.append([title, *(cells.get(scenario, "-") for scenario in scenarios)])
    if len(scenarios) > MOST_COLUMNS:
        rows = [list(line) for line in zip(*rows, strict=True)]
    return "\n".join([*columns(rows), NOTE])


def _with_count(row: Any) -> str:
    """A figure; where a scenario decides what it is over, with how many that are."""
    said = figure(row.mean, row.ci_low, row.ci_high, row.unit)
    return f"{said}; n = {row.n:,.0f}" if row.n == row.n else said


def vacant_posts(vacant: Mapping[str, Mapping[str, float]]) -> list[str]:
    """How many posts stand empty, and where; nobody that a scenario names. vacant: shares by scenario and role."""
    where: dict[tuple[str, float], list[str]] = {}
    for scenario, shares in vacant.items():
        for role, share in shares.items():
            where.setdefault((role, share), []).append(scenario)
    return [
        f"{100 * share:.3g} % of the posts of {role}s stand empty in {', '.join(scenarios)}; people named are in post."
        for (role, share), scenarios in where.items()
    ]


def warnings(summary: pd.DataFrame) -> list[str]:
    """Where more leave is owed than fits, so that some of it stands against the limit."""
    beyond = summary[(summary["measure"] == LEAVE) & (summary["mean"] > 0)]
    return [
        f"warning: {row.scenario}: in {100 * row.mean:.1f} % of weeks more of a team of {row.level}s are on leave than "
        "rota.leave_together_max_share allows: no other week had room"
        for row in each_row(beyond)
    ]


PAIRED = (("unmet demand", UNMET), ("the standard to the door", "door_in_standard_share"))


def compared(comparison: pd.DataFrame, families: Mapping[str, int]) -> str:
    """How many comparisons hold together, and how much the same families are worth in each.

    families: comparisons in each family of verdicts.
    """
    sizes = ", ".join(f"{size} of {name.replace('_', ' ')}" for name, size in families.items())
    lines = [f"Verdicts and intervals hold together (Holm, Bonferroni) over each family of comparisons: {sizes}."]
    headlines = ", ".join(EVERYTHING[measure].title for measure in names("precision"))
    lines.append(f"Headlines, declared beforehand: {headlines}.")
    england = comparison[comparison["group"] == "england"].set_index(["scenario", "measure"])
    for scenario in dict.fromkeys(comparison["scenario"]):
        rows = ((title, england.loc[(scenario, of)]) for title, of in PAIRED if (scenario, of) in england.index)
        said = ", ".join(
            f"{title} {row.variance_ratio:,.1f} ({row.ratio_low:,.1f} to {row.ratio_high:,.1f})"
            for title, row in rows
            if row.variance_ratio == row.variance_ratio
        )
        worth = f"{said} times as small" if said else "no spread, or fewer than 10 replications to tell it from"
        lines.append(f"Variance against independent seeds, {scenario}: {worth}.")
    return "\n".join(lines)


def ranged(table: pd.DataFrame | None) -> list[str]:
    """For each scenario without goodwill its unmet demand over what nobody knows, and how far the baseline's lies."""
    if table is None:
        return []
    of = table[table["measure"] == "unmet_demand_share"]
    lines = []
    for scenario in dict.fromkeys(of["scenario"]):
        each = [
            f"{100 * row.scenario_mean:.1f} % at a = {row.home_anyway:g} ({100 * row.difference:+.1f} points; "
            f"{row.replications} replications)"
            for row in each_row(of[of["scenario"] == scenario])
        ]
        lines.append(f"Over who goes home anyway (place.home_anyway, a): unmet demand of {scenario} {', '.join(each)}.")
    return lines


def of_one_a(anyway: Mapping[str, float]) -> list[str]:
    """A line for each scenario without goodwill of which no range is known. anyway: its a by name."""
    return [
        f"{name}: nobody knows how many families go home anyway (place.home_anyway, a); its figures are of a = {a:g} "
        "alone, and no range was computed."
        for name, a in anyway.items()
    ]


WORTH_NOTE = (
    "Difference on the same families with that one thing changed (shares in percentage points), with simultaneous\n"
    "95 % intervals. * decided: holds together with all others in 95 % of studies. Two together need not add up."
)


def worth(comparison: pd.DataFrame) -> str:
    """What each cause taken away changes for all areas; a row for each."""
    from sim.measures.headlines import headlines as of_place

    told = of_place("attribution")
    rows = [["", *(headline.short for headline in told)]]
    england = comparison[comparison["group"] == "england"]
    cells = {(row.scenario, row.measure): row for row in each_row(england)}
    for scenario in dict.fromkeys(england["scenario"]):
        name = str(scenario).removeprefix(f"{england['baseline'].iloc[0]}_").replace("_", " ")
        rows.append([name, *(_worth(cells.get((scenario, headline.measure))) for headline in told)])
    return "\n".join([*columns(rows), WORTH_NOTE])


def _worth(row: Any) -> str:
    if row is None or row.difference != row.difference:
        return "-"
    scale = 100.0 if row.unit.startswith("share") else 1.0
    said = f"{row.difference * scale:+.1f}"
    if row.ci_low == row.ci_low and row.ci_high > row.ci_low:
        said += f" ({row.ci_low * scale:+.1f} to {row.ci_high * scale:+.1f})"
    return f"{said} *" if row.verdict in CLAIMS or (not row.verdict and row.p_holm <= 0.05) else said


EXPOSURES = (
    ("nights, nobody to visit", "child_nights_without_visit_achieved_share"),
    ("on paper", "child_nights_without_visit_on_paper_share"),
    ("nights, no consultant", "child_nights_without_consultant_achieved_share"),
    ("hours, nobody to visit", "child_hours_without_visit_achieved_share"),
    ("QS160 6a, children", "qs160_6a_nurse_achieved_children_share"),
    ("QS160 6b, children", "qs160_6b_consultant_achieved_children_share"),
)
EXPOSED = ("england", "area_type", "rural", "deprivation", "region")
EXPOSURE_NOTE = (
    "Shares with 95 % intervals, of nights (22:00-07:00) and hours of children who want to be at home. QS160: of\n"
    "children offered home, those whose every hour had a visiting nurse (6a) or a consultant (6b) on a funded duty.\n"
    "As held after absence and cover, but for 'on paper'. Rests on episodes and rotas alone: no call is simulated."
)


def exposures(summary: pd.DataFrame) -> str:
    """Uncovered nights and hours and the NICE standard, by kind of area and deprivation; a row for each level."""
    rows = [["", *(title for title, _ in EXPOSURES)]]
    cells = {
        (row.group, row.level, row.measure): figure(row.mean, row.ci_low, row.ci_high, row.unit)
        for row in each_row(summary[summary["group"].isin(EXPOSED)])
    }
    for group in EXPOSED:
        for level in dict.fromkeys(level for found, level, _ in cells if found == group):
            name = level.replace("_", " ")
            rows.append([name, *(cells.get((group, level, measure), "-") for _, measure in EXPOSURES)])
    return "\n".join([*columns(rows), EXPOSURE_NOTE])


def columns(rows: list[list[str]]) -> list[str]:
    """Rows of cells as lines of text, each column as wide as its widest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def figure(mean: float, low: float, high: float, unit: str) -> str:
    """A number with its interval, shares as per cent; without an interval when there is none."""
    if mean != mean:
        return "-"
    scale, sign = (100.0, " %") if unit.startswith("share") else (1.0, "")
    if low != low or high != high:
        return f"{mean * scale:.1f}{sign}"
    top = (
        f"{high * scale:.1f}" if high * scale >= 0.05 or high <= 0 else "under 0.1"
    )  # never "0.0 to 0.0" for what was not seen
    return f"{mean * scale:.1f}{sign} ({low * scale:.1f} to {top})"
