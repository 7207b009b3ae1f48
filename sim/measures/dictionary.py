"""The data dictionary: what every column of a study's tables means, and every measure that stands in them.

``dictionary.csv`` and the sheet of the workbook both come from here; ``docs/results.md`` says the same in prose.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sim.measures.catalogue import EVERYTHING, Measure
from sim.measures.drawn_tables import DRAWN_TABLES, STRUCTURE_TABLES
from sim.measures.verdicts import VERDICTS

COLUMNS = ("table", "name", "unit", "meaning", "better", "denominator", "denominator_kind", "part_of")
MEASURES = "measure"  # in place of a table's name: a value of the column ``measure``
IN_UNIT = "of the row's unit"

_KEYS = {
    "measure": ("", "name of the measure"),
    "unit": ("", "unit of the numbers of the row"),
    "group": ("", "what the level belongs to: england, region, area, rural, area_type, role ..."),
    "level": ("", "which one of the group"),
}
_COMPARISON = {
    "baseline": ("", "the scenario that the other is compared with"),
    "scenario": ("", "name of the other scenario"),
    **_KEYS,
    "difference": (IN_UNIT, "scenario minus baseline, on the same families and absences"),
    "ci_low": (IN_UNIT, "lower end of its interval, simultaneous over the family of comparisons"),
    "ci_high": (IN_UNIT, "upper end of it"),
    "verdict": ("", f"{', '.join(VERDICTS)}; empty where neither side is better"),
    "reason": ("", "of not_comparable: why the scenarios may not be compared by this measure"),
    "p_holm": ("probability", "p-value of the verdict, adjusted over the family (Holm)"),
    "family": ("count", "comparisons in the family"),
    "alone_low": (IN_UNIT, "lower end of the 95 % interval of this one comparison by itself"),
    "alone_high": (IN_UNIT, "upper end of it"),
    "variance_ratio": ("ratio", "how much smaller the variance is than with independent families"),
    "ratio_low": ("ratio", "lower end of its 95 % interval"),
    "ratio_high": ("ratio", "upper end of it"),
}
TABLES: dict[str, dict[str, tuple[str, str]]] = {  # table -> column -> unit and meaning
    "summary.csv": {
        "scenario": ("", "name of the scenario"),
        **_KEYS,
        "mean": (IN_UNIT, "estimate: a ratio of sums over replications, or the mean of the replications"),
        "ci_low": (IN_UNIT, "lower end of the 95 % interval of the mean: how well the mean is known"),
        "ci_high": (IN_UNIT, "upper end of it"),
        "pi_low": (IN_UNIT, "lower end of the 90 % prediction interval: what one year like this one may bring"),
        "pi_high": (IN_UNIT, "upper end of it"),
        "replications": ("count", "replications that have the row"),
        "events": ("count", "what was counted, over all replications"),
        "n": ("count", "of a selected measure: how many it is over, a mean of replications; else empty"),
        "precision": ("", "reached or not_reached, for a headline measure when a precision was asked for"),
    },
    "comparison.csv": _COMPARISON,
    "pairs.csv": _COMPARISON,
    "replications.csv": {
        "scenario": ("", "name of the scenario"),
        "replication": ("", "its number, from 1; the same number meets the same families in every scenario"),
        **_KEYS,
        "numerator": ("", "the upper sum of a ratio; the value of a mean or a percentile"),
        "denominator": ("", "the lower sum of a ratio; 1 for a mean or a percentile"),
        "value": (IN_UNIT, "numerator / denominator"),
        "events": ("count", "what was counted, in this replication"),
    },
    "goodwill_range.csv": {
        "baseline": ("", "the scenario that the other is compared with, at the same a"),
        "scenario": ("", "name of the scenario in which goodwill makes no place at home"),
        "home_anyway": ("probability", "a: families go home with nobody on call and no goodwill"),
        "goodwill_makes_home": ("probability", "g of the baseline, with which that a agrees with today"),
        "replications": ("count", "replications of both"),
        "measure": ("", "name of the measure"),
        "unit": ("", "unit of the means and of the difference"),
        "baseline_mean": (IN_UNIT, "the baseline's figure at that a and g"),
        "scenario_mean": (IN_UNIT, "the scenario's figure at that a without g"),
        "difference": (IN_UNIT, "scenario minus baseline, on the same families"),
        "alone_low": (IN_UNIT, "lower end of its 95 % interval by itself"),
        "alone_high": (IN_UNIT, "upper end of it"),
    },
    "costs.csv": {
        "baseline": ("", "the scenario that the other is compared with"),
        "scenario": ("", "name of the other scenario"),
        "group": ("", "england, area_type or area"),
        "level": ("", "which one of the group"),
        "cost": ("", "total_cost, the whole cost, or standing_cost, availability and sessions alone"),
        "closes": ("", "the nights that are compared: nights_without_visit or nights_without_consultant"),
        "cost_difference": ("GBP/year", "scenario minus baseline"),
        "cost_low": ("GBP/year", "lower end of its 95 % interval"),
        "cost_high": ("GBP/year", "upper end of it"),
        "closed": ("nights/year", "uncovered child-nights of the baseline minus those of the scenario"),
        "closed_low": ("nights/year", "lower end of its 95 % interval"),
        "closed_high": ("nights/year", "upper end of it"),
        "gbp_per_night": ("GBP/night", "cost_difference / closed; empty where it is not decided that closed is not 0"),
        "gbp_low": ("GBP/night", "lower end of its 95 % interval (Fieller)"),
        "gbp_high": ("GBP/night", "upper end of it"),
        "says": ("", "bought, won, given_up, lost or not_decided"),
    },
    "equity.csv": {
        "scenario": ("", "name of the scenario"),
        "measure": ("", "name of the measure"),
        "unit": ("", "unit of the numbers of the row"),
        "group": ("", "area, area_type, rural, deprivation, distance, or time: night and all hours"),
        "high": ("", "the upper end of the gap: a percentile of areas, or a level"),
        "low": ("", "the lower end of it"),
        "levels": ("count", "levels of the group"),
        "observed": (IN_UNIT, "high minus low, each level averaged over replications first"),
        "chance": (IN_UNIT, "what identical levels would show; 0 where both ends are named beforehand"),
        "gap": (IN_UNIT, "what is left beyond chance: sqrt(observed^2 - chance^2)"),
        "ci_low": (IN_UNIT, "lower end of its 95 % interval"),
        "ci_high": (IN_UNIT, "upper end of it"),
        "difference": (IN_UNIT, "gap minus the gap of the first scenario; empty for that one"),
        "difference_low": (IN_UNIT, "lower end of its 95 % interval"),
        "difference_high": (IN_UNIT, "upper end of it"),
        "verdict": ("", "narrower, wider or not_decided"),
        "worse_off": ("count", "levels that are surely worse off than in the first scenario"),
        "worst": ("", "the one of them that is worst off"),
        "worst_difference": (IN_UNIT, "by how much"),
        "worst_low": (IN_UNIT, "lower end of its interval, simultaneous over the levels"),
        "worst_high": (IN_UNIT, "upper end of it"),
        "levelling_down": ("", "yes: the gap is narrower while somebody is worse off"),
    },
    "flows.csv": {
        "baseline": ("", "the scenario that the other is compared with"),
        "scenario": ("", "name of the other scenario"),
        "from": ("", "what became of the families in the baseline: the worst that holds, or not_among_them"),
        "to": ("", "what became of the same families in the scenario"),
        "families_per_year": ("families/year", "how many went from the one to the other, per 52 weeks"),
        "ci_low": ("families/year", "lower end of its 95 % interval"),
        "ci_high": ("families/year", "upper end of it"),
        "share": ("share", "of all these families"),
        "replications": ("count", "replications"),
    },
    "same_calls.csv": {
        "baseline": ("", "the scenario that the other is compared with"),
        "scenario": ("", "name of the other scenario"),
        "calls_in_both": ("calls", "visited in both scenarios, in a replication, on average"),
        "calls_in_baseline_alone": ("calls", "visited in the baseline and not in the scenario"),
        "calls_in_scenario_alone": ("calls", "visited in the scenario and not in the baseline"),
        "baseline_mean": ("minutes", "to the door in the baseline, mean of the calls visited in both"),
        "scenario_mean": ("minutes", "to the door in the scenario, mean of the same calls"),
        "difference": ("minutes", "scenario minus baseline, call by call"),
        "alone_low": ("minutes", "lower end of its 95 % interval by itself"),
        "alone_high": ("minutes", "upper end of it"),
        "replications": ("count", "replications"),
    },
    "years.csv": {
        "scenario": ("", "name of the scenario"),
        "replication": ("", "the replication that is shown"),
        "first_night": ("", "the day on which the first measured night begins"),
        "role": ("", "of somebody who held a duty or standby or was asked; a row is a person, and no name is told"),
        "team": ("", "their team, by its plan and areas"),
        "nights_on_call": ("nights", "on call by the rota for any hour between 22:00 and 07:00"),
        "nights_on_standby": ("nights", "the same, on standby unpaid"),
        "weekends": ("weekends", "Saturday and Sunday with any hour on call, or on standby unpaid"),
        "disturbed_nights": ("nights", "with at least one call between 23:00 and 07:00, rostered or not"),
        "nights_worst_28_days": ("nights", "most nights on call or on standby in any 28 days"),
        "disturbed_nights_worst_30_days": ("nights", "most disturbed nights in any 30 days"),
        "nights_in_a_row": ("nights", "longest run of nights on call or on standby"),
        "nights_in_a_row_while_dying": ("nights", "the same, while a child of the areas served is dying at home"),
        "next_days_lost": ("days", "shifts whose daily rest before them the rota gave and call-outs broke"),
        "standby_hours": ("hours", "on standby unpaid"),
        "lone_visits": ("visits", "made alone where two were needed"),
        "whose": ("", "median or worst of the role by nights on call or on standby; else empty"),
        "year": ("", "a letter a night of these two, as on_the_rota.html explains; a capital: woken"),
        "dying": ("", "of these two, d on nights by the telephone while a child is dying at home"),
    },
    "assumptions.csv": {
        "scenario": ("", "name of the scenario"),
        "key": ("", "the key in the configuration"),
        "value": (IN_UNIT, "its value"),
        "unit": ("", "the unit that its key carries"),
        "kind": ("", "source: published or derived; assumed: nobody has measured it; planner: set by the planner"),
        "text": ("", "the source or the reason, with the range [low, high]"),
        "nature": ("", "what kind of number it is: unknown, choice, numerics, verdict, definition or follows"),
    },
    "areas.csv": {
        "code": ("", "code of the area"),
        "name": ("", "its name"),
        "region": ("", "NHS region"),
        "cluster": ("", "cluster of integrated care boards of 2026"),
        "children": ("children", "aged 0-17"),
        "deaths_per_year": ("deaths/year", "of a life-limiting condition"),
        "service": ("", "pinned: as written down, so that its figures are of it; dealt: anew in every replication"),
        "label": ("", "short name on a map; empty: its code"),
        "longitude_degrees": ("degrees", "of the centre of its children; empty: it is on no map"),
        "latitude_degrees": ("degrees", "of the centre of its children; empty: it is on no map"),
    },
    "dictionary.csv": {
        "table": ("", "the file a column stands in; measure: a value of the column measure"),
        "name": ("", "name of the column or measure"),
        "unit": ("", "its unit"),
        "meaning": ("", "what it means; of a measure its title and formula"),
        "better": ("", "which side of a measure is better for families or people, where one is"),
        "denominator": ("", "of a measure, what the figure is of"),
        "denominator_kind": ("", "fixed: no scenario can change it; selected: what a scenario does decides it"),
        "part_of": ("", "of a measure, the composite it is one part of"),
    },
}  # fmt: skip

Entry = tuple[str, str, str, str, str, str, str, str]


def dictionary(
    measures: Iterable[str], catalogue: Mapping[str, Measure] = EVERYTHING, drawn: bool = False,
    structured: bool = False, by_area: bool = False,
) -> list[Entry]:  # fmt: skip
    """A row (COLUMNS) for every column of every table, then one for each of these measures, in the catalogue's order.

    A measure that the catalogue does not know has no row. drawn: the tables of draws of what nobody knows, too.
    structured: that of other structures. by_area: that of single areas in each replication.
    """
    columns = [
        (table, name, unit, meaning, "", "", "", "")
        for table, told in {
            **TABLES,
            **(DRAWN_TABLES if drawn else {}),
            **(STRUCTURE_TABLES if structured else {}),
            **({"replications_by_area.csv": TABLES["replications.csv"]} if by_area else {}),
        }.items()
        for name, (unit, meaning) in told.items()
    ]
    wanted = set(measures)
    found = [
        (
            *(MEASURES, one.name, one.unit, f"{one.title}: {one.formula}", one.better),
            *(one.denominator, one.denominator_kind, one.part_of),
        )
        for one in catalogue.values()
        if one.name in wanted
    ]
    return columns + found
