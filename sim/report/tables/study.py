"""The finished tables of one study, and the few ways the report looks into them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sim.measures.catalogue import why_not_comparable
from sim.measures.verdicts import NOT_COMPARABLE, NOT_DECIDED
from sim.report.tables.figures import UNKNOWN, Difference, Estimate, Posts
from sim.report.tables.remembered import remembered

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from sim.measures.headlines import Headline

ENGLAND = ("england", "England")  # group and level of a row over all areas of the study
KEYS = ("scenario", "measure", "group", "level")
NOT_KNOWN = ("unknown", "follows")  # kinds of number that may be another than the shipped one


@dataclass(frozen=True)
class Tables:
    """Everything a report is written from. Columns are documented in ``docs/results.md``.

    scenarios: dicts with ``name``, ``question`` and, of a scenario run as its file has it, ``see`` (what one should
    see), the baseline first. study: title, seed, replications, weeks, warmup_weeks, version, fingerprint and people
    (scenario -> list of (role, posts that exist, needed, to create)). costs: what a closed child-night costs;
    equity: gaps; flows: families from fate to fate; pairs: the declared headlines of every two scenarios; same_calls:
    minutes to the door of the calls visited in both; years: of everybody on a rota in one replication; None in a study
    that was made without them. goodwill_range: scenarios without goodwill at both ends of what is not known.
    uncertainty, decides: what joint draws of all that nobody knows do to the headlines, and the numbers that decide
    them. structure: the headlines under other structures.
    """

    summary: pd.DataFrame
    comparison: pd.DataFrame
    areas: pd.DataFrame
    scenarios: list[dict[str, str]]
    assumptions: pd.DataFrame
    study: dict[str, Any]
    costs: pd.DataFrame | None = None
    equity: pd.DataFrame | None = None
    goodwill_range: pd.DataFrame | None = None
    uncertainty: pd.DataFrame | None = None
    decides: pd.DataFrame | None = None
    structure: pd.DataFrame | None = None
    flows: pd.DataFrame | None = None
    pairs: pd.DataFrame | None = None
    same_calls: pd.DataFrame | None = None
    years: pd.DataFrame | None = None

    @cached_property
    def answers(self) -> dict[Any, Any]:
        """What was asked of these tables before; empty at first."""
        return {}

    @property
    def names(self) -> list[str]:
        """Names of the scenarios in the order asked for."""
        return [scenario["name"] for scenario in self.scenarios]

    @property
    def baseline(self) -> str:
        """The scenario that the others are compared with."""
        return self.names[0]

    @cached_property
    def _estimates(self) -> dict[tuple[str, str, str, str], Estimate]:
        keys = zip(*(self.summary[column].tolist() for column in KEYS), strict=True)
        found = self.summary.reindex(columns=Estimate._fields)  # a study made before ``n`` has none
        figures = zip(*(found[column].astype(float).tolist() for column in Estimate._fields), strict=True)
        return dict(zip(keys, map(Estimate._make, figures), strict=True))

    @cached_property
    def _differences(self) -> dict[tuple[str, str, str, str], Difference]:
        columns = self.comparison[["scenario", "measure", "group", "level", *Difference._fields]]
        rows: Iterator[tuple[Any, ...]] = columns.itertuples(index=False, name=None)
        return {
            (scenario, measure, group, level): Difference(
                *(float(difference), float(low), float(high)),
                NOT_COMPARABLE if why_not_comparable(measure) else str(verdict),  # also where an older table has one
            )
            for scenario, measure, group, level, difference, low, high, verdict in rows
        }

    @cached_property
    def measures(self) -> frozenset[str]:
        """Names of the measures that the summary holds."""
        return frozenset(self.summary["measure"])

    def estimate(self, scenario: str, measure: str, group: str = ENGLAND[0], level: str = ENGLAND[1]) -> Estimate:
        """One figure; UNKNOWN (all nan) where the summary has no such row."""
        return self._estimates.get((scenario, measure, group, level), UNKNOWN)

    def difference(self, scenario: str, measure: str, group: str = ENGLAND[0], level: str = ENGLAND[1]) -> Difference:
        """One paired difference against the baseline; all nan where the comparison has no such row."""
        nothing = Difference(math.nan, math.nan, math.nan, NOT_DECIDED)
        return self._differences.get((scenario, measure, group, level), nothing)

    @cached_property
    def _levels(self) -> dict[str, list[str]]:
        once = self.summary[["group", "level"]].drop_duplicates()
        return {str(group): list(part["level"]) for group, part in once.groupby("group", sort=False)}

    def levels(self, group: str) -> list[str]:
        """Levels of a group in the order in which the summary first names them."""
        return list(self._levels.get(group, []))

    def posts(self, scenario: str) -> list[Posts]:
        """Posts of every role of a scenario; in an older study those to create are the difference over all areas."""
        vacant = self.study.get("vacant", {}).get(scenario, {})
        return [
            Posts(role, exist, round(exist * (1 - vacant.get(role, 0.0))), needed, *create or [max(needed - exist, 0)])
            for role, exist, needed, *create in self.study.get("people", {}).get(scenario, [])
        ]

    @cached_property
    def roles(self) -> list[str]:
        """Roles with figures per person, in the order of the scenarios' configurations."""
        people = self.study.get("people", {}).values()
        order = dict.fromkeys(role for of_scenario in people for role, *_ in of_scenario)
        found = self.levels("role")
        return [role for role in order if role in found] + [role for role in found if role not in order]

    def having(self, measure: str) -> list[str]:
        """Roles of whom anybody has any of a measure in any scenario."""
        return [
            role
            for role in self.roles
            if any(self.estimate(scenario, measure, "role", role).mean > 0 for scenario in self.names)
        ]

    def roles_with(self, measure: str) -> list[str]:
        """Roles of which a measure has a figure in any scenario."""
        return [
            role
            for role in self.roles
            if any(self.estimate(scenario, measure, "role", role).known for scenario in self.names)
        ]

    def bearing_most(self, measure: str, roles: Sequence[str]) -> str:
        """The one of these roles with the highest figure in any scenario; the first where none has any."""

        def most(role: str) -> float:
            seen = (self.estimate(scenario, measure, "role", role) for scenario in self.names)
            return max((one.mean for one in seen if one.known), default=-1.0)

        return max(roles, key=most)

    def told_of(self, headline: Headline) -> list[tuple[str, str, str]]:
        """Group, level and words of a headline where the study tells it: all areas, or each role that has any."""
        if headline.group != "role":
            return [(*ENGLAND, headline.title)] if headline.measure in self.measures else []
        having = self.having(headline.measure)
        return [("role", role, headline.title.format(role=role.replace("_", " "))) for role in having]

    @cached_property
    def _numbers(self) -> dict[tuple[str, str], str]:
        columns = (self.assumptions[column].astype(str) for column in ("scenario", "key", "value"))
        return {(scenario, key): value for scenario, key, value in zip(*columns, strict=True)}

    def value(self, scenario: str, key: str) -> str | None:
        """A number of a scenario as it is listed; None where it is not."""
        return self._numbers.get((scenario, key))

    def number(self, key: str) -> float | None:
        """A number of the configuration that all scenarios share; None where it is not listed or they differ."""
        values = {said for one in self.names if (said := self.value(one, key)) is not None}
        try:
            return float(min(values)) if len(values) == 1 else None
        except ValueError:
            return None

    @property
    def tells_unknowns(self) -> bool:
        """Whether the study says which of its numbers are unknown, and which are choices, definitions and the like."""
        return "nature" in self.assumptions

    @remembered
    def counted_numbers(self, without: tuple[str, ...] = ()) -> dict[str, int]:
        """Numbers behind the figures of any scenario, by kind: ``all``, ``assumed``, ``planner`` and ``source``.

        Choices, definitions and what else is no unknown is not counted, where the study tells them apart; a planner's
        own numbers are. without: how the keys begin that are not counted.
        """
        numbers = self.assumptions[~self.assumptions["key"].astype(str).str.startswith(without or ("\n",))]
        if self.tells_unknowns:
            numbers = numbers[numbers["nature"].isin(NOT_KNOWN) | (numbers["kind"] == "planner")]
        by_kind = {k: numbers.loc[numbers["kind"] == k, "key"].nunique() for k in ("assumed", "planner", "source")}
        return {"all": numbers["key"].nunique()} | by_kind
