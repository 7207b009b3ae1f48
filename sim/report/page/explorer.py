"""The explorer: one page with a slider for each lever of a sweep, and what the setting chosen means at once.

Only settings that were simulated can be chosen; nothing between them is guessed.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sim.measures.headlines import headlines
from sim.report.drawing import Grid
from sim.report.page.controls import VERDICTS, as_json, counts, differences, figures, why
from sim.report.page.templates import filled
from sim.report.tables import Estimate, Tables
from sim.report.words import VERDICT_WORDS, capitals, figure, listed, name, one_period, pounds
from sim.report.words.captions import driven_by, period
from sim.report.words.findings import place_words


class Lever(NamedTuple):
    """What a slider moves: key of the configuration, its unit, the values simulated, in order, and what it means."""

    key: str
    unit: str
    values: tuple[str, ...]
    meaning: str = ""


OF_A_TEAM = re.compile(r"teams\.(\w+)\.(\w+)")
FEW = 6  # words of a meaning that serves as a name


class Shown(NamedTuple):
    """One figure of the page."""

    block: str
    words: str
    unit: str
    measure: str
    group: str
    level: str


def explorer(tables: Tables, settings: Sequence[dict[str, str]], meanings: Mapping[str, str] | None = None) -> str:
    """The HTML of the explorer. settings: key -> value of every scenario of a sweep, in the order of the scenarios.
    meanings: of keys, as they are declared."""
    levers = levers_of(tables, settings, meanings or {})
    shown = _shown(tables)
    at = [[lever.values.index(_value(setting, lever)) for lever in levers] for setting in settings]
    data: dict[str, Any] = {
        "levers": [{"name": lever_words(one), "values": one.values} for one in levers],
        "scenarios": [name(scenario) for scenario in tables.names],
        "at": at,
        "verdicts": [VERDICT_WORDS[verdict] for verdict in VERDICTS],
        "measures": [
            {"block": one.block, "name": one.words, "unit": one.unit, "why": why(one.measure)} for one in shown
        ],
        "figures": [figures(tables, one.measure, one.group, one.level) for one in shown],
        "counts": [counts(tables, one.measure, one.group, one.level) for one in shown],
        "differences": [differences(tables, one.measure, one.group, one.level) for one in shown],
    }
    whole = len(settings) == len(list(itertools.product(*(lever.values for lever in levers))))
    return filled(
        "explorer.html.j2",
        "explorer.js",
        study={**tables.study, "title": _title(tables, levers, settings)},
        place=place_words(tables),
        period=period(tables),
        year=one_period(tables.study["weeks"]),
        driven_by=driven_by(tables),
        levers=[(lever_words(one), one.values) for one in levers],
        whole=whole,
        baseline=_said(levers, settings[0]),
        data=as_json(data),
        grid=_grid(tables, levers, settings, shown),
    )


def levers_of(
    tables: Tables, settings: Sequence[dict[str, str]], meanings: Mapping[str, str] | None = None
) -> list[Lever]:
    """The keys that the sweep varied, with their values numbers in their order, words as they were asked for."""
    units = dict(zip(tables.assumptions["key"], tables.assumptions["unit"].astype(str), strict=True))
    found = []
    for key in dict.fromkeys(key for setting in settings for key in setting):
        values = list(dict.fromkeys(setting.get(key, "") for setting in settings))
        if len(values) > 1:
            found.append(
                Lever(
                    key,
                    units.get(key, ""),
                    tuple(sorted(values, key=float) if _numbers(values) else values),
                    (meanings or {}).get(key, ""),
                )
            )
    return found


def lever_words(lever: Lever) -> str:
    """A lever as people read it: ``teams.consultants.people`` -> ``People of the consultants``, and any other by what
    its key means where that is said in a few words."""
    unit = f" ({lever.unit})" if lever.unit not in ("", "nan") else ""
    if found := OF_A_TEAM.fullmatch(lever.key):
        return f"{found[2].replace('_', ' ').capitalize()} of the {found[1].replace('_', ' ')}"
    if lever.meaning and not lever.meaning.endswith(".") and len(lever.meaning.split()) <= FEW:
        return capitals(lever.meaning[:1].upper() + lever.meaning[1:]) + ("" if lever.unit in lever.meaning else unit)
    parts = [part.replace("_", " ") for part in lever.key.split(".")]
    words = ": ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
    unit = f" ({lever.unit})" if lever.unit not in ("", "nan") and lever.unit not in words else ""
    return capitals(words[:1].upper() + words[1:]) + unit


def _numbers(values: Sequence[str]) -> bool:
    try:
        return bool([float(value) for value in values])
    except ValueError:
        return False


def _shown(tables: Tables) -> list[Shown]:
    """The figures that the study measured, of each role that is on call in any setting."""
    return [
        Shown(headline.block, words, headline.unit, headline.measure, group, level)
        for headline in headlines("explorer")
        for group, level, words in tables.told_of(headline)
    ]


def _value(setting: dict[str, str], lever: Lever) -> str:
    return setting.get(lever.key, "")


def _said(levers: Sequence[Lever], setting: dict[str, str]) -> str:
    return "; ".join(f"{lever_words(lever)}: {_value(setting, lever)}" for lever in levers)


def _title(tables: Tables, levers: Sequence[Lever], settings: Sequence[dict[str, str]]) -> str:
    """Of which scenario, and what was moved."""
    base = settings[0].get("scenario", "")
    moved = listed([f"{words[:1].lower()}{words[1:]}" for words in map(lever_words, levers)]) if levers else "nothing"
    return f"{name(base)}: moving {moved}" if base else f"Moving {moved}: {len(settings)} settings"


def _grid(tables: Tables, levers: Sequence[Lever], settings: Sequence[dict[str, str]], shown: Sequence[Shown]) -> Grid:
    """Every setting with every figure: what the sliders show, for those without JavaScript or on paper."""
    rows = []
    for scenario, setting in zip(tables.names, settings, strict=True):
        seen = [(one.unit, tables.estimate(scenario, one.measure, one.group, one.level)) for one in shown]
        cells = [_money(found) if unit == "pounds" else figure(found, unit) for unit, found in seen]
        rows.append((*(_value(setting, lever) for lever in levers), *cells))
    head = (*map(lever_words, levers), *(one.words for one in shown))
    return Grid("Every setting that was simulated, with 95% intervals", head, rows, heads=len(levers))


def _money(seen: Estimate) -> str:
    if not seen.known:
        return "no figure"
    return (
        f"{pounds(seen.mean)} ({pounds(seen.ci_low)} to {pounds(seen.ci_high)})"
        if seen.has_interval
        else pounds(seen.mean)
    )
