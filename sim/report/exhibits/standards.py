"""The exhibit on standards: met, partly met or not met, by kind of service, on paper and as held.

NICE QS160 statement 6, answers and visits in time, and the Working Time rules. Where the border of a word lies is in
``configs/standards``.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from sim.report.charts import standards as chart
from sim.report.drawing import Exhibit, Grid
from sim.report.exhibits.exposure import access
from sim.report.tables import ENGLAND, Estimate, Tables
from sim.report.words import NO_FIGURE, listed, little, name, spread
from sim.report.words.captions import caption, subtitle
from sim.report.words.selection import in_panels, left_out
from sim.report.words.titles import fitting

MET, PARTLY, NOT = "met", "partly met", "not met"
ALL = "all areas"
OFFERED_HOME = "children offered home"


class Standard(NamedTuple):
    """paper, held: measures; empty: cannot be told on paper. missed: the measures are shares of what fails it."""

    words: str
    kind: str
    paper: str
    held: str
    missed: bool = False


CARE = (  # over all children who want to be at home and all their potential calls: no scenario can move whom they count
    Standard(
        "A visiting children's nurse round the clock (QS160, 6a)",
        "qs160",
        "child_hours_without_visit_on_paper_share",
        "child_hours_without_visit_achieved_share",
        missed=True,
    ),
    Standard(
        "A consultant to ask round the clock (QS160, 6b)",
        "qs160",
        "child_hours_without_consultant_on_paper_share",
        "child_hours_without_consultant_achieved_share",
        missed=True,
    ),
    Standard("Potential calls answered in time", "response", "", "answered_in_standard_share"),
    Standard("Visits needed, at the door in time", "response", "", "door_in_standard_share"),
)
STANDARDS = (
    *CARE,
    *(
        Standard(words, "working_time", measure.format("planned"), measure.format("achieved"), missed=True)
        for words, measure in (
            ("11 hours of rest before a shift", "rest_missed_{}_share"),
            ("48 hours a week at most", "people_over_weekly_hours_{}_share"),
            ("A day of rest a week", "people_short_of_weekly_rest_{}_share"),
        )
    ),
)


class Judged(NamedTuple):
    """A word and the share it rests on. sure: the whole interval has the same word; word is empty without a figure."""

    word: str
    share: float
    low: float
    high: float
    sure: bool


def has_standards(tables: Tables) -> bool:
    """Whether the study holds what the standards are judged by."""
    return {one.held for one in STANDARDS} <= tables.measures and None not in _borders(tables, "qs160")


def standards(tables: Tables) -> Exhibit:
    """Every standard in every kind of service, a panel for each scenario."""
    services = [ALL, *sorted(tables.levels("area_type"))]
    drawn = in_panels(tables)
    marks = [
        (name(scenario), one.words, service.replace("_", " "), how, judged.word)
        for scenario in drawn
        for one in STANDARDS
        for service in services
        for how, judged in zip(chart.HOW, both(tables, scenario, one, service), strict=True)
    ]
    frame = pd.DataFrame(marks, columns=chart.COLUMNS)
    return Exhibit(
        "standards",
        "Standards met",
        _title(tables),
        subtitle(
            tables,
            "QS160 statement 6, response in time and Working Time rules, by service of the area",
            _counts(tables),
        ),
        (lambda: chart.draw(frame)) if (frame["word"] != "").any() else None,
        "Grids of marks, one a scenario",
        caption(
            tables,
            f"In each cell left on paper, right as held. {_bounds(tables)} Working Time on paper: by the rota as "
            "held, before anybody is called out; response cannot be told on paper. Children's hours are those of "
            "all who want to be at home, offered it or not. The title counts the standards of care: whose shifts and "
            "people the Working Time rules count depends on the scenario. Adult standards stand in where there is no "
            "children's one."
            f"{left_out(tables, drawn)}",
            drawn=drawn,
        ),
        Grid(
            "Standards: on paper, then as held, with the share and its 95% interval",
            ("Standard", "Service", *map(name, tables.names)),
            [
                (one.words, service.replace("_", " "), *(_cell(tables, s, one, service) for s in tables.names))
                for one in STANDARDS
                for service in services
            ]
            + [(words, OFFERED_HOME, *shares) for words, *shares in access(tables)],
            heads=2,
        ),
        "No child was at home and nobody was on a rota in the measured weeks, so there is nothing to judge.",
    )


def both(tables: Tables, scenario: str, one: Standard, service: str = ALL) -> tuple[Judged, Judged]:
    """A standard on paper and as held."""
    level = ENGLAND if service == ALL else ("area_type", service)
    borders = _borders(tables, one.kind)
    paper, held = (tables.estimate(scenario, measure, *level) for measure in (one.paper, one.held))
    return judge(paper, borders, one.missed), judge(held, borders, one.missed)


def judge(seen: Estimate, borders: tuple[float | None, float | None], missed: bool) -> Judged:
    """The word for a share. borders: met from, partly met from."""
    met, partly = borders
    if not seen.known or met is None or partly is None:
        return Judged("", float("nan"), float("nan"), float("nan"), False)
    share, low, high = (1 - seen.mean, 1 - seen.ci_high, 1 - seen.ci_low) if missed else seen[:3]

    def word(value: float) -> str:
        return MET if value >= met - 1e-9 else PARTLY if value >= partly - 1e-9 else NOT

    sure = not seen.has_interval or word(low) == word(high)
    return Judged(word(share), share, low, high, sure)


def _borders(tables: Tables, kind: str) -> tuple[float | None, float | None]:
    return tables.number(f"standards.{kind}_met_from_share"), tables.number(f"standards.{kind}_partly_from_share")


def _bounds(tables: Tables) -> str:
    kinds = {
        "qs160": "hours (QS160)",
        "response": "calls and visits",
        "working_time": "shifts or people (Working Time)",
    }
    told = []
    for kind, of in kinds.items():
        met, partly = _borders(tables, kind)
        if met is not None and partly is not None:
            told.append(f"{100 * met:g}% and {100 * partly:g}% of {of}")
    return f"Met and partly met from {listed(told)}." if told else ""


def _cell(tables: Tables, scenario: str, one: Standard, service: str) -> str:
    return "\n".join(_in_words(judged) for judged in both(tables, scenario, one, service))


def _in_words(judged: Judged) -> str:
    if not judged.word:
        return NO_FIGURE
    within = f", {spread(judged.low, judged.high)}" if judged.low == judged.low else ""
    return f"{judged.word}{'' if judged.sure else ' (not decided)'}: {little(judged.share)}{within}"


def _counted(tables: Tables, scenario: str) -> tuple[int, int]:
    """How many standards of care are met in all areas together as held, and how many have a figure."""
    found = [both(tables, scenario, one)[1] for one in CARE]
    return sum(judged.word == MET for judged in found), sum(judged.word != "" for judged in found)


def _met(tables: Tables) -> tuple[int, dict[str, int]]:
    """How many standards of care have a figure, and how many of them each scenario drawn meets."""
    counts = {scenario: _counted(tables, scenario) for scenario in in_panels(tables)}
    known = {scenario: met for scenario, (met, of) in counts.items() if of}
    return max((of for _, of in counts.values()), default=0), known


def _title(tables: Tables) -> str:
    """How many the baseline meets, beside the scenario that meets most."""
    of, known = _met(tables)
    if not known:
        return "Standards: no figures"
    least, most = min(known.values()), max(known.values())
    here, best = known.get(tables.baseline, least), max(known, key=lambda scenario: known[scenario])
    if least == most:
        who = name(tables.baseline) if len(known) == 1 else "every scenario"
        return f"Of {of} standards of care, {who} meets {most}"
    if best == tables.baseline:
        return f"Of {of} standards of care, the baseline meets {here}, the others fewer"
    return fitting(
        f"Of {of} standards of care, {name(tables.baseline)} meets {here}, {name(best)} {most}",
        f"Of {of} standards of care, the baseline meets {here}, another {most}",
    )


def _counts(tables: Tables) -> str:
    """For the subtitle: how many each scenario drawn meets."""
    _, known = _met(tables)
    return f"Met as held: {listed([f'{met} in {name(s)}' for s, met in known.items()])}." if known else ""
