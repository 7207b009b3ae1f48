"""Both intervals of a figure in words: what chance leaves open, and what the assumptions do. For screen and page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sim.measures.headlines import shorts

if TYPE_CHECKING:
    import pandas as pd

FIGURE, DIFFERENCE = "figure", "difference"
ON_SCREEN = "page"  # the headlines that are told
TOLD = 3  # numbers that decide, of each


def written(value: float, unit: str) -> str:
    """A number as both intervals have it: shares as percent, pounds with commas, else three digits."""
    if unit.startswith("share"):
        return f"{100 * value:.0f}" if abs(value) >= 0.1 else f"{100 * value:.1f}"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def both(row: Any) -> str:
    """A figure with both intervals, such as ``39 % (chance 38 to 41; assumptions 21 to 61)``.

    row: of the table ``uncertainty``.
    """
    sign = " %" if row.unit.startswith("share") else ""
    low, high, first, last = (
        written(value, row.unit)
        for value in (row.chance_low, row.chance_high, row.assumptions_low, row.assumptions_high)
    )
    return f"{written(row.mean, row.unit)}{sign} (chance {low} to {high}; assumptions {first} to {last})"


def ranged(low: float, high: float, unit: str) -> str:
    """Two ends of a figure."""
    return f"{written(low, unit)} to {written(high, unit)}{' %' if unit.startswith('share') else ''}"


def holds(row: Any) -> str:
    """In how many draws a difference has its sign, and the side of a number on which it has."""
    if row.same_sign != row.same_sign:  # a difference of nothing
        return "no difference as shipped"
    share = f"the same way in {100 * row.same_sign:.0f} % of draws"
    share += f" ({100 * row.same_sign_low:.0f} to {100 * row.same_sign_high:.0f})"
    if not row.if_key:
        return share
    side = f" {row.if_side}" if row.if_side else " hangs on it both ways"
    border = f" {row.if_value:.3g}" if row.if_value == row.if_value else ""
    return f"{row.verdict.replace('_', ' ')} {row.if_key} is{side}{border}; {share}"


def decided(row: Any) -> str:
    """A number that decides a figure, with its range and what the figure is at both ends.

    row: of the table ``decides``.
    """
    tied = f" and {row.tied - 1} tied to it" if row.tied > 1 else ""
    at = ranged(row.at_low, row.at_high, row.unit)
    grade = "assumed" if row.grade in ("assumed", "") else f"grade {row.grade}"
    return f"{row.key}{tied} {row.low:.3g} to {row.high:.3g} ({grade}): {at}; to ask: {row.who_could_find_out}"


def lines(uncertainty: pd.DataFrame | None, decides: pd.DataFrame | None) -> Iterator[str]:
    """What a study repeated at draws says of its headlines, on the screen."""
    if uncertainty is None or decides is None:
        return
    words = shorts(ON_SCREEN)
    yield f"with {uncertainty['draws'].max()} draws of all that nobody knows:"
    for row in uncertainty[uncertainty["measure"].isin(list(words))].itertuples():
        more = f" -- {holds(row)}" if row.of == DIFFERENCE else ""
        against = f" against {row.baseline}" if row.of == DIFFERENCE else ""
        yield f"  {row.scenario}{against}, {words[str(row.measure)]}: {both(row)}{more}"
        same = (decides["of"] == row.of) & (decides["scenario"] == row.scenario)
        for one in decides[same & (decides["measure"] == row.measure)].head(TOLD).itertuples():
            yield f"      {decided(one)}"
