"""The ruler under a panel has what matplotlib's own axis has, where that has it."""

from __future__ import annotations

import re

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.drawing.ruler import ruler
from sim.report.drawing.saving import as_svg
from sim.report.drawing.style import canvas, in_per_cent, place, styled


def panel(low: float, high: float, unit: str = "") -> tuple[Figure, Axes]:
    fig = canvas(3)
    axes = place(fig, 1, 0.5, 6, 2)
    axes.set(xlim=(low, high), ylim=(3, 0))
    axes.yaxis.set_visible(False)
    axes.locator_params(axis="x", nbins=5)
    axes.set_xlabel(unit)
    return fig, axes


def words(svg: str) -> list[tuple[str, float, float]]:
    found = re.findall(r'<text [^>]*x="([^"]*)" y="([^"]*)"[^>]*>([^<]*)</text>', svg)
    return sorted((said, float(x), float(y)) for x, y, said in found)


def lines(svg: str) -> list[float]:
    """Where the lines of the grid stand."""
    paths = re.findall(r'<path d="([^"]*)"[^>]*stroke: #d9d9d9', svg)
    return sorted({float(x) for path in paths for x in re.findall(r"M (\S+) ", path)})


def ticks(svg: str) -> list[float]:
    return sorted(float(x) for x in re.findall(r'<use [^>]*x="([^"]*)"', svg))


@pytest.mark.parametrize(("low", "high"), [(0, 7.3), (-31.0, 12.0), (-0.4, 0.1), (0, 9000.0)])
@pytest.mark.parametrize("unit", ["", "hours a week"])
def test_numbers_ticks_lines_and_the_unit_stand_as_those_of_an_axis(low, high, unit):
    """Catches a number that is a tick away, one beyond the end of the panel, and a unit on top of the numbers."""
    with styled():
        (one, _), (other, axes) = panel(low, high, unit), panel(low, high, unit)
        ruler(axes)
        theirs, ours = as_svg(one), as_svg(other)
    assert [said for said, *_ in words(ours)] == [said for said, *_ in words(theirs)]
    for (_, x, y), (_, across, down) in zip(words(ours), words(theirs), strict=True):
        assert (x, y) == (pytest.approx(across, abs=0.01), pytest.approx(down, abs=0.4))  # points
    assert ticks(ours) == pytest.approx(ticks(theirs))
    assert lines(ours) == pytest.approx(lines(theirs))


def test_shares_are_written_as_per_cent():
    with styled():
        fig, axes = panel(0, 0.35)
        in_per_cent(axes.xaxis, 0.32)
        ruler(axes)
        said = [said for said, *_ in words(as_svg(fig))]
    assert said == ["0%", "10%", "20%", "30%"]


def test_a_power_of_ten_beside_the_numbers_is_not_lost():
    """Defect: millions read as ones."""
    with styled():
        fig, axes = panel(0, 3e7)
        ruler(axes)
        assert axes.xaxis.get_visible()
        assert "1e7" in [said for said, *_ in words(as_svg(fig))]
