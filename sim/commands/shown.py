"""What a study prints: what became of its tables, and the figures to look at first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from sim import differences, screen, uncertainty
from sim.config.structure import not_solved
from sim.experiment import goodwill_range
from sim.experiment import study as studies
from sim.experiment.attribute import VERB
from sim.experiment.posts import vacant
from sim.experiment.study import Study

if TYPE_CHECKING:
    import pandas as pd

    from sim.config import Plan

FEW = 3  # scenarios named in a line


def show(study: Study, command: Sequence[str], tables: Mapping[str, pd.DataFrame], families: Mapping[str, int]) -> None:
    """Print the command, and the figures to look at first. families: comparisons in each family of verdicts."""
    print(" ".join(command))
    if study.verb == "cover":
        print(screen.exposures(tables["summary"]))
    elif study.verb == VERB:
        print(screen.headlines(tables["summary"][tables["summary"]["scenario"] == study.scenarios[0].name]))
        print(screen.worth(tables["comparison"]))
    else:
        print(screen.headlines(tables["summary"]))
    for line in screen.vacant_posts({scenario.name: vacant(scenario) for scenario in study.scenarios}):
        print(line)
    if len(study.plans) > 1:
        if study.verb in studies.COMPARISONS:
            print("\n".join([differences.against(tables["comparison"]), *differences.same_calls(tables["same_calls"])]))
        print(screen.compared(tables["comparison"], families))
        for line in differences.care_not_given(tables["comparison"]):
            print(line)
    for line in uncertainty.lines(tables.get("uncertainty"), tables.get("decides"), tables.get("structure")):
        print(line)
    for line in screen.ranged(tables.get("goodwill_range")):
        print(line)
    for line in screen.of_one_a(goodwill_range.of_one_a(study) if study.verb != "cover" else {}):
        print(line)
    for line in _rules_not_solved(study):
        screen.say(line)
    for warning in screen.warnings(tables["summary"]):
        screen.say(warning)


def show_rows(plans: Sequence[Plan]) -> None:
    """Say what became of the rows of every table, once where it is the same in all scenarios."""
    lines = []
    for table, scenarios in studies.tables_of(plans).items():
        more = f" and {len(scenarios) - FEW} more" if len(scenarios) > FEW else ""
        where = "" if len(scenarios) == len(plans) else f"{', '.join(scenarios[:FEW])}{more}: "
        lines.append(f"{where}{table.line()}")
    for line in dict.fromkeys(lines):
        screen.say(line)


def _rules_not_solved(study: Study) -> Iterator[str]:
    """Of every scenario with another rule than the shipped ones, that g is not solved for it."""
    for plan in study.plans:
        numbers = {key: value for key, value, *_ in plan.assumptions}
        if plan.origin and (said := not_solved(plan.origin.composed.config, numbers)):
            yield f"{plan.scenario.name}: {said}"
