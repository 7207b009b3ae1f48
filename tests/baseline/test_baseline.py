"""Stored means of five scenarios on three areas: whatever moves a figure is seen here, and told in a few lines.

Which rule is wrong is for the exact tests to say; this net says that something moved at all. README.md beside this file
says when the stored figures may be renewed.
"""

from __future__ import annotations

import csv
import math
import os
from functools import cache
from pathlib import Path

import pytest
import yaml

from sim.config import Plan, plan
from sim.experiment import tables
from sim.experiment.observations import GROUPS, gather
from sim.experiment.replicate import Replicate
from sim.experiment.units import units
from sim.measures.headlines import names

HERE = Path(__file__).parent
STORED = HERE / "figures.csv"
SCENARIOS = {
    "current_patchwork": "current_patchwork",
    "goodwill_withdrawn": "goodwill_withdrawn",
    "icb_rota": "icb_rota",
    "regional_rota": "regional_rota",
    "every_overlay": str(HERE / "every_overlay.yaml"),
}
# two areas of one region, one of them far and with every kind of post, and one of another; all four kinds of service
SIZE = ("areas=[QF7,QHM,QHG]", "weeks=8", "warmup_weeks=13")
SEED, REPLICATIONS = 1, 3
LEFT_OUT = ("region", "rural", "area_type")  # sums of the areas told, by marks that exact tests hold
TOLD = tuple(group for group in (*GROUPS, "cluster", "distance") if group not in LEFT_OUT)
CLOSE, NOTHING = 1e-5, 1e-9  # six digits as they are written, and what rounding leaves of a difference
SHOWN = 8

Key = tuple[str, str, str]  # measure, group, level
Figures = dict[Key, dict[str, str]]  # by scenario, as written; left out where a scenario has no such row


@cache
def planned(scenario: str) -> Plan:
    return plan(SCENARIOS[scenario], SIZE)


def found() -> Figures:
    """The mean of every row told, of the replications of all scenarios."""
    work = Replicate(tuple(planned(name).scenario for name in SCENARIOS), SEED)
    asked = units(len(SCENARIOS), REPLICATIONS)
    seen = gather(tuple(SCENARIOS), REPLICATIONS, [(unit, work(unit)) for unit in asked])
    figures: Figures = {key: {} for key in seen.keys if key[1] in TOLD}
    summary = tables.summary(seen)
    columns = (summary[name].tolist() for name in ("scenario", "measure", "group", "level", "mean"))
    for scenario, measure, group, level, mean in zip(*columns, strict=True):
        if group in TOLD:
            figures[measure, group, level][scenario] = f"{mean if abs(mean) > NOTHING else 0.0:.6g}"
    return figures


def test_no_figure_moved(request: pytest.FixtureRequest) -> None:
    """One test, so that the runs are made once however many workers there are."""
    figures = found()
    if request.config.getoption("--renew-baseline"):
        write(STORED, figures)
    lines = moved(read(STORED), figures)
    if lines:
        pytest.fail("\n".join(lines), pytrace=False)


def test_every_overlay_is_on_in_the_scenario_called_so(home: Path) -> None:
    """Would catch an overlay that comes later and is in no stored figure."""
    overlays = {part.parent.name for part in home.glob("configs/*/on.yaml")}
    composed = yaml.safe_load(planned("every_overlay").resolved)
    assert len(overlays) > 10
    assert [overlay for overlay in sorted(overlays) if not composed[overlay]["on"]] == []


ENGLAND, AREA = ("met_share", "england", "England"), ("met_share", "area", "QHG")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("0.5", "0.5", []),
        ("0.500001", "0.500002", []),
        ("0", "1e-12", []),
        ("nan", "nan", []),
        ("0.5", "0.50001", ["  met_share of England in icb_rota: 0.5 -> 0.50001"]),
        ("0.5", "nan", ["  met_share of England in icb_rota: 0.5 -> nan"]),
        ("0.5", "", ["  met_share of England in icb_rota: 0.5 -> no such row"]),
        ("", "0.5", ["  met_share of England in icb_rota: no such row -> 0.5"]),
    ],
)
def test_a_figure_that_moved_is_told_with_both_values(before: str, after: str, told: list[str]) -> None:
    stored, figures = ({ENGLAND: {"icb_rota": value} if value else {}} for value in (before, after))
    assert moved(stored, figures)[1:-1] == told


def test_a_measure_that_moved_everywhere_is_one_line() -> None:
    stored, figures = ({key: dict.fromkeys(SCENARIOS, value) for key in (ENGLAND, AREA)} for value in ("0.5", "0.6"))
    first, line, _ = moved(stored, figures)
    assert first == "10 figures moved, of 1 measures:"
    assert line == "  met_share of England in current_patchwork: 0.5 -> 0.6 (and 9 more)"


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    figures = {ENGLAND: {"icb_rota": "0.5"}, AREA: dict.fromkeys(SCENARIOS, "nan")}
    write(tmp_path / "figures.csv", figures)
    assert read(tmp_path / "figures.csv") == figures


def moved(stored: Figures, figures: Figures) -> list[str]:
    """What differs, headline measures first and one line a measure; nothing where nothing does."""
    by_measure: dict[str, list[str]] = {}
    for key in dict.fromkeys([*stored, *figures]):
        for scenario in SCENARIOS:
            before, after = (table.get(key, {}).get(scenario, "") for table in (stored, figures))
            if not same(before, after):
                change = f"{before or 'no such row'} -> {after or 'no such row'}"
                by_measure.setdefault(key[0], []).append(f"  {key[0]} of {key[2]} in {scenario}: {change}")
    if not by_measure:
        return []
    count = sum(map(len, by_measure.values()))
    lines = [f"{count} figures moved, of {len(by_measure)} measures:"]
    for measure in sorted(by_measure, key=lambda measure: measure not in names("precision"))[:SHOWN]:
        first, *more = by_measure[measure]
        lines.append(f"{first} (and {len(more)} more)" if more else first)
    return [*lines, "meant? python -m pytest tests/baseline --renew-baseline, with the reason in its README.md"]


def same(before: str, after: str) -> bool:
    """Whether two figures are one, but for the last digit written."""
    if before == after or not before or not after:
        return before == after
    return math.isclose(float(before), float(after), rel_tol=CLOSE, abs_tol=NOTHING)


def write(path: Path, figures: Figures) -> None:
    """One line a row of a measure, one column a scenario; whole or not at all."""
    new = path.with_suffix(f".{os.getpid()}")
    with new.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("measure", "group", "level", *SCENARIOS))
        table.writerows((*key, *(row.get(name, "") for name in SCENARIOS)) for key, row in figures.items())
    new.replace(path)


def read(path: Path) -> Figures:
    """The table as it was written."""
    with path.open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file)
    return {
        (measure, group, level): {name: value for name, value in zip(SCENARIOS, values, strict=True) if value}
        for measure, group, level, *values in rows
    }
