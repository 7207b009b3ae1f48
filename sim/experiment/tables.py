"""The three tables of a study: summary, comparison and replications, one tidy row per number (columns: docs)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.experiment import compare, estimate
from sim.experiment.estimate import Estimate, Flags, Numbers
from sim.experiment.figures import difference, estimated, most_of, rows_of, signs_of
from sim.experiment.independent import units_of
from sim.experiment.observations import Key, Observations
from sim.experiment.precision import ENGLAND, Precision
from sim.measures.catalogue import CATALOGUE, EVERYTHING, SELECTED, Measure
from sim.measures.headlines import names
from sim.measures.verdicts import NOT_COMPARABLE

SUMMARY = ["scenario", "measure", "unit", "group", "level", "mean", "ci_low", "ci_high", "pi_low", "pi_high"]
SUMMARY += ["replications", "events", "n", "precision"]
COMPARISON = ["baseline", "scenario", "measure", "unit", "group", "level", "difference", "ci_low", "ci_high", "verdict"]
COMPARISON += ["reason", "p_holm", "family", "alone_low", "alone_high", "variance_ratio", "ratio_low", "ratio_high"]
REPLICATIONS = ["scenario", "replication", "measure", "unit", "group", "level"]
REPLICATIONS += ["numerator", "denominator", "value", "events"]

HEADLINES = "headlines"  # the family of what is declared beforehand
ROUNDED = 1e-9  # of a share of hours: what rounding leaves of nothing, or takes from everything
RATES = ("calls/family", "visits/family", "admissions/family", "refusals/family")  # of what is counted one by one
OF_AREAS = ("area", "area_role")  # groups whose rows are of a single area
WHOLE = ("england", "role")  # groups whose rows are of all areas; any other row is of few calls


def summary(
    seen: Observations, catalogue: Mapping[str, Measure] = CATALOGUE, precision: Precision | None = None
) -> pd.DataFrame:
    """Every row of every scenario with its mean, intervals, replications that have it and events in all of them.

    precision: what became of the one asked for; a column says it of the headline measures.
    """
    measures = [catalogue[key[0]] for key in seen.keys]
    frames: list[pd.DataFrame] = []
    for s, scenario in enumerate(seen.scenarios):
        values, top, bottom = seen.values[s], seen.numerators[s], seen.denominators[s]
        found = estimated(measures, top, bottom)
        low, high = estimate.predict(values, most_of(measures), signs_of(measures))
        frame = _keys(seen.keys, measures, scenario=scenario)
        numbers = np.column_stack([found.mean, *_bounded(found, low, high, units_of(seen, s, catalogue), measures)])
        frame[["mean", "ci_low", "ci_high", "pi_low", "pi_high"]] = numbers + 0.0  # no negative zero
        frame["replications"] = found.replications
        frame["events"] = seen.events[s].sum(axis=1)
        frame["n"] = _counts(measures, bottom, seen.events[s], found.replications)
        frame["precision"] = [precision.word(scenario, *key) if precision else "" for key in seen.keys]
        exists = ~np.isnan(seen.denominators[s]).all(axis=1)
        frames.append(frame.loc[exists])
    return _counted(pd.concat(frames, ignore_index=True))[SUMMARY]


def comparison(
    seen: Observations, zones: Mapping[str, float], catalogue: Mapping[str, Measure] = CATALOGUE
) -> pd.DataFrame:
    """Every scenario after the first against the first, row by row, with its verdict.

    zones: indifference zone by name, half-width in the measure's unit, or as a share of the baseline's figure where the
    measure says so; a name that is absent is a zone of 0.
    Verdicts and intervals hold together over all scenarios and rows of one family (``family`` of them).
    """
    return compared(seen, zones, catalogue)[0]


def compared(
    seen: Observations, zones: Mapping[str, float], catalogue: Mapping[str, Measure] = CATALOGUE,
    every_pair: bool = False,
) -> tuple[pd.DataFrame, pd.DataFrame]:  # fmt: skip
    """The comparison with the first scenario, and the declared headlines of every two, judged in the same family.

    every_pair: also of two without the first.
    """
    everything = np.ones(len(seen.keys), dtype=bool)
    declared = np.array([key[0] in names("precision") and key[1:] == ENGLAND for key in seen.keys], dtype=bool)
    pairs = [(0, other, everything) for other in range(1, len(seen.scenarios))]
    if every_pair:
        pairs += [(base, other, declared) for base, other in combinations(range(1, len(seen.scenarios)), 2)]
    units = [units_of(seen, s, catalogue) for s in range(len(seen.scenarios))] if pairs else []
    parts = [_pair(seen, catalogue, units, *pair) for pair in pairs]
    if not parts:
        return pd.DataFrame(columns=COMPARISON), pd.DataFrame(columns=COMPARISON)
    frames, found = zip(*parts, strict=True)
    table = pd.concat(frames, ignore_index=True)
    judged = _judged(table, list(found), zones, catalogue)[COMPARISON]
    first = judged["baseline"] == seen.scenarios[0]
    of_headlines = judged[_family(judged) == HEADLINES].reset_index(drop=True)
    return judged[first], of_headlines


def _pair(
    seen: Observations, catalogue: Mapping[str, Measure], units: list[Numbers], base: int, other: int, rows: Flags
) -> tuple[pd.DataFrame, Estimate]:  # fmt: skip
    """The rows of one scenario minus another that either of them has, and their differences. units: by scenario."""
    sides = np.stack([seen.denominators[base, rows], seen.denominators[other, rows]])
    kept = np.flatnonzero(rows)[~np.isnan(sides).all(axis=2).any(axis=0)]
    keys = [seen.keys[row] for row in kept]
    measures = [catalogue[key[0]] for key in keys]
    top, bottom, values = (
        np.stack([numbers[base, kept], numbers[other, kept]])
        for numbers in (seen.numerators, seen.denominators, seen.values)
    )
    found = difference(measures, (top[0], bottom[0]), (top[1], bottom[1]))
    frame = _keys(keys, measures, baseline=seen.scenarios[base], scenario=seen.scenarios[other])
    frame[["variance_ratio", "ratio_low", "ratio_high"]] = np.column_stack(_pairing(top, bottom, values, measures))
    frame["base"] = estimate.divide(np.nansum(top[0], axis=1), np.nansum(bottom[0], axis=1))
    frame["units"] = np.fmin(units[base][kept], units[other][kept])
    return frame, found


def _judged(
    table: pd.DataFrame, found: list[Estimate], zones: Mapping[str, float], catalogue: Mapping[str, Measure],
) -> pd.DataFrame:  # fmt: skip
    """The rows of all comparisons with their verdicts over the families."""
    each = Estimate(*(np.concatenate([getattr(one, f.name) for one in found]) for f in fields(Estimate)))
    rows = [catalogue[name] for name in table["measure"]]
    zone = np.array([zones.get(measure.zone, 0.0) for measure in rows])
    better = np.array([measure.better for measure in rows], dtype=np.str_)
    share = np.array([measure.relative for measure in rows], dtype=bool)
    zone[share] *= np.nan_to_num(np.abs(table["base"].to_numpy())[share])
    most, paper = most_of(rows), np.array([measure.on_paper for measure in rows], dtype=bool)
    each, rests = compare.same_in_all(each, table["units"].to_numpy(), most, paper)
    reasons = np.array([measure.not_comparable for measure in rows], dtype=object)
    may = reasons == ""  # be compared
    low, high = (np.where(may, end, np.nan) for end in (each.low, each.high))  # without them a row is in no family
    few = ~table["group"].isin(WHOLE).to_numpy(dtype=bool)
    known = Estimate(each.mean, low, high, each.replications)
    judged = compare.judge(known, zone, better, _family(table), rests, few)
    low, high = np.where(may, judged.low, each.low), np.where(may, judged.high, each.high)
    sides = (np.clip(side, -most, most) for side in (low, high, each.low, each.high))
    columns = [each.mean, *sides]
    table[["difference", "ci_low", "ci_high", "alone_low", "alone_high"]] = np.column_stack(columns) + 0.0
    verdict = np.where(may, judged.verdict, NOT_COMPARABLE)
    return table.assign(verdict=verdict, reason=reasons, p_holm=judged.p, family=judged.family)


def _counts(measures: list[Measure], bottom: Numbers, events: Numbers, replications: NDArray[np.intp]) -> Numbers:
    """How many calls, visits, hours or people a selected measure is over, a mean of replications; NaN of a fixed one,
    which the same families and people are behind in every scenario."""
    ratio = np.array([measure.estimator == "ratio" for measure in measures])
    many = np.where(ratio, np.nansum(bottom, axis=1), events.sum(axis=1))
    selected = np.array([measure.denominator_kind == SELECTED for measure in measures])
    return np.where(selected, estimate.divide(many, replications.astype(float)), np.nan)


def families(comparison: pd.DataFrame) -> dict[str, int]:
    """How many comparisons there are in each family of verdicts."""
    if not len(comparison):
        return {}
    sizes = comparison["family"].groupby(_family(comparison), sort=False).max()
    return {str(name): int(size) for name, size in sizes.items() if size}


def _family(table: pd.DataFrame) -> np.ndarray:
    """The family of each row: the headline measures of all areas, declared beforehand; else the rows of one group,
    those apart whose measures are a family of their own (costs)."""
    first = table["measure"].isin(names("precision")) & (table["group"] == ENGLAND[0])
    apart = table["measure"].map({name: measure.family for name, measure in EVERYTHING.items()}).fillna("")
    family = (apart + " " + table["group"]).str.strip()
    return family.mask(first, HEADLINES).to_numpy(dtype=np.str_)


def _pairing(
    top: Numbers, bottom: Numbers, values: Numbers, measures: list[Measure]
) -> tuple[Numbers, Numbers, Numbers]:  # fmt: skip
    """By row, how many times smaller the variance of a difference is than with independent families, and its ends."""
    found = np.full((3, len(measures)), np.nan)
    for kind, rows in rows_of(measures):
        if kind == "ratio":
            found[:, rows] = compare.ratio_pairing((top[0, rows], bottom[0, rows]), (top[1, rows], bottom[1, rows]))
        else:
            found[:, rows] = compare.value_pairing(values[0, rows], values[1, rows])
    return found[0], found[1], found[2]


def replications(
    seen: Observations, catalogue: Mapping[str, Measure] = CATALOGUE, of_areas: bool | None = None
) -> pd.DataFrame:  # fmt: skip
    """Every row of every replication (numbered from 1) as it was measured.

    of_areas: True: only what is of a single area, two thirds of all rows; False: all else; None: both.
    """
    wanted = np.array([of_areas in (None, key[1] in OF_AREAS) for key in seen.keys], dtype=bool)
    there = ~np.isnan(seen.denominators) & wanted[None, :, None]
    place, row, replication = np.nonzero(there.transpose(0, 2, 1))
    row, replication = replication, row  # the order of the table: scenario, replication, row
    at = (place, row, replication)
    columns: dict[str, object] = {"scenario": pd.Categorical.from_codes(place, pd.Index(seen.scenarios))}
    columns["replication"] = replication + 1
    words = [(*key[:1], catalogue[key[0]].unit, *key[1:]) for key in seen.keys]
    for name, column in zip(("measure", "unit", "group", "level"), zip(*words, strict=True), strict=True):
        kinds = {word: number for number, word in enumerate(dict.fromkeys(column))}
        codes = np.array([kinds[word] for word in column], dtype=np.int32)
        columns[name] = pd.Categorical.from_codes(codes[row], pd.Index(list(kinds)))
    columns["numerator"], columns["denominator"] = seen.numerators[at], seen.denominators[at]
    columns["value"], columns["events"] = seen.values[at], seen.events[at]
    return _counted(pd.DataFrame(columns))[REPLICATIONS]


def _bounded(
    found: Estimate, pi_low: Numbers, pi_high: Numbers, units: Numbers, measures: list[Measure]
) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Both intervals; where a share, or a rate a family, is nothing or everything in all replications, its bound.

    What follows from rotas and prices alone is certain: nobody absent on paper is so in any replication.
    """
    most = most_of(measures)
    counted = ~np.isinf(most) | np.array([measure.unit in RATES for measure in measures], dtype=bool)
    enough = (found.replications >= 2) & ~np.array([measure.on_paper for measure in measures], dtype=bool)
    bound = estimate.bound(units)
    nothing = enough & counted & (np.abs(found.mean) <= ROUNDED)
    everything = enough & (found.mean >= most - ROUNDED)
    low, high = found.low, found.high
    high, pi_high = np.where(nothing, bound, high), np.where(nothing, np.fmax(bound, pi_high), pi_high)
    low, pi_low = np.where(everything, 1.0 - bound, low), np.where(everything, np.fmin(1.0 - bound, pi_low), pi_low)
    unseen = enough & ~counted & (found.mean == 0) & (found.high <= found.low)  # a burden nobody had, and no spread
    return tuple(np.where(unseen, np.nan, side) for side in (low, high, pi_low, pi_high))  # type: ignore[return-value]


def _keys(keys: Sequence[Key], measures: list[Measure], **constants: str) -> pd.DataFrame:
    names, groups, levels = zip(*keys, strict=True) if keys else ((), (), ())
    units = [measure.unit for measure in measures]
    return pd.DataFrame({"measure": names, "unit": units, "group": groups, "level": levels}).assign(**constants)


def _counted(table: pd.DataFrame) -> pd.DataFrame:
    """Events as whole numbers where they are."""
    whole = (table["events"] == table["events"].round()).all()
    return table.assign(events=table["events"].astype("int64")) if whole else table
