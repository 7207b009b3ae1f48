"""Whether a scenario may be called better than another by a figure: by its verdict, else by intervals apart."""

from __future__ import annotations

from sim.cells import each_row
from sim.measures.catalogue import EVERYTHING, why_not_comparable
from sim.measures.verdicts import BETTER, CLAIMS, NOT_DECIDED, VERDICTS, WORSE
from sim.report.front.partition import Place
from sim.report.tables import ENGLAND, Estimate, Tables
from sim.report.words import VERDICT_WORDS

TURNED = {BETTER: WORSE, WORSE: BETTER, "better_if": "worse_if", "worse_if": "better_if"}
NOT_COMPARED, ALIKE, NO_FIGURE = "not compared", "the same", "no figure"


def verdict(tables: Tables, one: str, other: str, measure: str, place: Place = ENGLAND) -> str:
    """What may be said of ``other`` against ``one``, in a word or two.

    Of a figure that is nought in both, that it is the same. Else a verdict of the study where it has one. Else, where
    both intervals are apart, which side is better or higher: their half widths together are more than the interval of
    the difference can be, whatever the two have to do with each other.
    """
    first, second = (tables.estimate(scenario, measure, *place) for scenario in (one, other))
    if not (first.known and second.known):
        return NO_FIGURE
    if why_not_comparable(measure):
        return NOT_COMPARED
    if first.mean == second.mean == 0:
        return ALIKE
    found = _of_study(tables, one, other, measure, place)
    if found in VERDICTS:
        return VERDICT_WORDS[found]
    return _apart(first, second, EVERYTHING[measure].better if measure in EVERYTHING else "")


def _of_study(tables: Tables, one: str, other: str, measure: str, place: Place) -> str:
    if one == tables.baseline:
        return tables.difference(other, measure, *place).verdict
    if other == tables.baseline:
        said = tables.difference(one, measure, *place).verdict
        return TURNED.get(said, said)
    if place != ENGLAND or tables.pairs is None:
        return ""
    for row in each_row(tables.pairs[tables.pairs["measure"] == measure]):
        if (row.baseline, row.scenario) == (one, other):
            return str(row.verdict)
        if (row.baseline, row.scenario) == (other, one):
            return TURNED.get(str(row.verdict), str(row.verdict))
    return ""


def _apart(first: Estimate, second: Estimate, better: str) -> str:
    if first.mean == second.mean:
        return ALIKE
    (_, below), (above, _) = sorted((_ends(first), _ends(second)))
    if not below < above:
        return VERDICT_WORDS[NOT_DECIDED]
    side = "lower" if second.mean < first.mean else "higher"
    return side if not better else VERDICT_WORDS[CLAIMS[side != better]]


def _ends(seen: Estimate) -> tuple[float, float]:
    """The interval; a figure that is the same in every replication is its own, a single replication has none."""
    if seen.has_interval:
        return seen.ci_low, seen.ci_high
    return (seen.mean, seen.mean) if seen.mean == 0 else (float("-inf"), float("inf"))
