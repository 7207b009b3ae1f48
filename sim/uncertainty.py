"""Every interval of a figure in words: what chance leaves open, what the assumptions do, and what the structure does.

For screen and page.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.measures.headlines import shorts

if TYPE_CHECKING:
    import pandas as pd

FIGURE, DIFFERENCE = "figure", "difference"
FIRST = 3  # headlines of the page that the screen tells, before the whole cost
COST = "total_cost"
TOLD = 3  # numbers that decide, of each
HIDDEN = "not told from chance"
SIDES = {"above": "high", "below": "low"}  # of a number that decides, where no border of it does
SHIPPED, TURNED, OPEN = "as_shipped", "turned", "open"  # alternatives and signs of the table ``structure``


class Structural(NamedTuple):
    """A figure, or a difference, under every structure. low, high: over all, the shipped one too. lowest, highest:
    under which alternative. signed: a difference is decided as shipped. turned, undecided: alternatives under which it
    is decided the other way, or not. many: alternatives."""

    low: float
    high: float
    lowest: str
    highest: str
    turned: tuple[str, ...]
    undecided: tuple[str, ...]
    signed: bool
    many: int


def written(value: float, unit: str) -> str:
    """A number as both intervals have it: shares as percent, pounds with commas, three digits of what is uncertain."""
    if unit.startswith("share"):
        return f"{100 * value:.0f}" if abs(value) >= 0.1 else f"{100 * value:.1f}"
    rounded = float(f"{value:.3g}") if abs(value) >= 10_000 else value  # no pound of millions is known
    return f"{rounded:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def both(row: Any, under: Structural | None = None) -> str:
    """A figure with its intervals, such as ``39 % (chance 38 to 41; assumptions 21 to 61; structure 35 to 43)``; the
    ends over structures with the names of the rules that they are of.

    row: of the table ``uncertainty``, or of ``structure`` as shipped. under: the same figure under every structure;
    None: not looked at.
    """
    ends = {"chance": (row.chance_low, row.chance_high)}
    drawn = hasattr(row, "assumptions_low")
    if drawn and not hidden(row):
        ends |= {"assumptions": (row.assumptions_low, row.assumptions_high)}
    said = [f"{what} {written(low, row.unit)} to {written(high, row.unit)}" for what, (low, high) in ends.items()]
    said += [f"assumptions {HIDDEN}"] if drawn and hidden(row) else []
    if under:
        low, high = (_end(*end, row) for end in ((under.low, under.lowest), (under.high, under.highest)))
        said.append(f"structure {low} to {high}")
    return f"{written(row.mean, row.unit)}{_unit(row.unit, row.of)} ({'; '.join(said)})"


def hidden(row: Any) -> bool:
    """Whether draws differ by no more than chance: what assumptions do is not seen, which is not that they do nothing.

    row: of the table ``uncertainty``.
    """
    return bool(row.chance_share == 1 and math.isclose(row.assumptions_low, row.assumptions_high))


def _unit(unit: str, of: str = FIGURE) -> str:
    """What stands behind a number: shares are percent, and differences of shares are points."""
    return "" if not unit.startswith("share") else " points" if of == DIFFERENCE else " %"


def _end(value: float, alternative: str, row: Any) -> str:
    """An end of a structural range, with the name of its rule where it is another number than the one as shipped."""
    said = written(value, row.unit)
    return said if said == written(row.mean, row.unit) else f"{said} under {alternative}"


def structural(
    structure: pd.DataFrame | None, of: str, baseline: str, scenario: str, measure: str
) -> Structural | None:
    """A figure, or a difference, under every structure; None where a study looked at none, or not at this figure.

    baseline: of a difference.
    """
    if structure is None:
        return None
    rows = structure[(structure["of"] == of) & (structure["baseline"] == baseline)]
    rows = rows[(rows["scenario"] == scenario) & (rows["measure"] == measure) & rows["mean"].notna()]
    if rows.empty:
        return None
    signs = {sign: tuple(rows[rows["sign"] == sign]["alternative"]) for sign in (TURNED, OPEN)}
    values, names = rows["mean"].to_numpy(dtype=float), [str(one) for one in rows["alternative"]]
    least, most = int(values.argmin()), int(values.argmax())  # of equals the first: as shipped
    return Structural(
        float(values[least]), float(values[most]), names[least], names[most], signs[TURNED], signs[OPEN],
        bool((rows["sign"] != "").any()), sum(one != SHIPPED for one in names),
    )  # fmt: skip


def shipped(structure: pd.DataFrame) -> pd.DataFrame:
    """Every figure and difference by the shipped rules."""
    return structure[structure["alternative"] == SHIPPED]


def keeps(under: Structural | None) -> str:
    """Whether a difference keeps its sign whichever structure is so, and where not."""
    if under is None or not under.signed:
        return ""
    said = [f"the other way under {', '.join(under.turned)}"] if under.turned else []
    said += [f"not decided under {', '.join(under.undecided)}"] if under.undecided else []
    many = f"all {under.many} other structures" if under.many > 1 else "1 other structure"
    return "; ".join(said) or f"the same way under {many}"


def ranged(low: float, high: float, unit: str, of: str = FIGURE) -> str:
    """Two ends of a figure, or of a difference."""
    return f"{written(low, unit)} to {written(high, unit)}{_unit(unit, of)}"


def holds(row: Any) -> str:
    """In how many draws a difference has its sign, and the side of a number on which it has."""
    if row.same_sign != row.same_sign:  # a difference of nothing
        return "no difference as shipped"
    if hidden(row):
        return f"at draws {HIDDEN}"
    share = f"the same way in {100 * row.same_sign:.0f} % of draws"
    share += f" ({100 * row.same_sign_low:.0f} to {100 * row.same_sign_high:.0f})"
    if not row.if_key:
        return share
    if not row.if_side:
        return f"{row.verdict.replace('_', ' ')} others allow, hangs on {row.if_key} both ways; {share}"
    known = row.if_value == row.if_value
    where = f"{row.if_side} {row.if_value:.3g}" if known else f"{SIDES[row.if_side]} and others allow"
    return f"{row.verdict.replace('_', ' ')} {row.if_key} is {where}; {share}"


def graded(grade: str) -> str:
    """What stands behind a number: evidence of a grade, an assumption, or what an earlier register did not say."""
    return "assumed" if grade == "assumed" else f"grade {grade}" if grade else "not graded"


def decided(row: Any) -> str:
    """A number that decides a figure, with its range and what the figure is at both ends.

    row: of the table ``decides``.
    """
    tied = f" and {row.tied - 1} tied to it" if row.tied > 1 else ""
    at = ranged(row.at_low, row.at_high, row.unit, row.of)
    return (
        f"{row.key}{tied} {row.low:.3g} to {row.high:.3g} ({graded(row.grade)}): {at}; to ask: {row.who_could_find_out}"
    )


def lines(
    uncertainty: pd.DataFrame | None, decides: pd.DataFrame | None, structure: pd.DataFrame | None = None
) -> Iterator[str]:
    """What a study repeated at draws, or under other structures, says of its first headlines and the whole cost."""
    looked_at = uncertainty if uncertainty is not None or structure is None else shipped(structure)
    if looked_at is None:
        return
    words = dict(list(shorts("page").items())[:FIRST]) | {COST: shorts("cards")[COST]}
    yield f"with {' and '.join(_repeated(uncertainty, structure))}:"
    for row in looked_at[looked_at["measure"].isin(list(words))].itertuples():
        under = structural(structure, str(row.of), str(row.baseline), str(row.scenario), str(row.measure))
        differs = row.of == DIFFERENCE
        holding = [holds(row)] if differs and uncertainty is not None else []
        said = "; ".join(filter(None, [*holding, keeps(under) if differs else ""]))
        against, more = f" against {row.baseline}" if differs else "", f" -- {said}" if said else ""
        yield f"  {row.scenario}{against}, {words[str(row.measure)]}: {both(row, under)}{more}"
        yield from (f"      {decided(one)}" for one in _deciding(decides, row))
    missing = [word for measure, word in words.items() if uncertainty is not None and _unseen(uncertainty, measure)]
    if missing:
        yield f"  not told: {', '.join(missing)}: a draw has no such figure; take more areas or weeks"
    yield f"  all others: {' and '.join(_files(uncertainty, decides, structure))}"


def _unseen(uncertainty: pd.DataFrame, measure: str) -> bool:
    """Whether some scenario has no row of a measure: one of its draws has no such figure."""
    there = uncertainty[(uncertainty["of"] == FIGURE) & (uncertainty["measure"] == measure)]
    return bool(there["scenario"].nunique() < uncertainty["scenario"].nunique())


def _repeated(uncertainty: pd.DataFrame | None, structure: pd.DataFrame | None) -> Iterator[str]:
    if uncertainty is not None:
        yield f"{uncertainty['draws'].max()} draws of all that nobody knows"
    if structure is not None:
        many = structure["alternative"].nunique() - 1
        yield f"{many} other structure{'s' if many > 1 else ''}"


def _files(*tables: pd.DataFrame | None) -> Iterator[str]:
    names = ("uncertainty.csv", "decides.csv", "structure.csv")
    yield from (name for name, table in zip(names, tables, strict=True) if table is not None)


def _deciding(decides: pd.DataFrame | None, row: Any) -> Iterator[Any]:
    """The numbers that decide a figure, at most three."""
    if decides is None:
        return
    same = (decides["of"] == row.of) & (decides["scenario"] == row.scenario) & (decides["measure"] == row.measure)
    yield from decides[same].head(TOLD).itertuples()
