"""What is asked of a study again is worked out once, and is not mistaken for another question or another study."""

from __future__ import annotations

from dataclasses import replace

from sim.report import Tables
from sim.report.tables.remembered import remembered
from tests.unit.report_tables import made_up


def test_each_question_is_worked_out_once_for_each_study():
    """Defect: a figure of another scenario, or of another study, is told."""
    asked = []

    @remembered
    def first(tables: Tables, many: int, last: str = "") -> str:
        asked.append((tables.names, many, last))
        return f"{tables.names[0]}: {many}{last}"

    study = made_up(("current_patchwork", "icb_rota"), ("QHM",))
    other = replace(study, scenarios=study.scenarios[::-1])
    said = [first(study, 1), first(study, 2), first(study, 1), first(study, 1, last="."), first(other, 1)]
    assert said == [
        "current_patchwork: 1", "current_patchwork: 2", "current_patchwork: 1", "current_patchwork: 1.", "icb_rota: 1",
    ]  # fmt: skip
    assert len(asked) == 4
