"""Who breaks which rule of working time and when: on paper, and as achieved in one simulated year."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sim.commands.rota.lay import Laid
from sim.domain.calendar import HOURS_PER_DAY
from sim.measures.audit import Tasks, worked
from sim.rota.audit import at_work
from sim.rota.rules import RULES, Breach, breaches, worst

PAPER, ACHIEVED = "paper", "achieved"
SHOWN = 3  # of each rule, in print
COLUMNS = ["audit", "rule", "person", "role", "date", "found", "limit", "asks", "source", "grade"]
Found = dict[str, list[Breach]]


def found_in(rota: Laid, own: Mapping[str, str]) -> Found:
    """Breaches by people of the chosen teams, by kind of audit; as achieved only where it was asked for."""
    scenario = rota.scenario
    shifts = at_work(scenario, rota.duties)
    found = {PAPER: breaches(scenario, rota.staff, rota.duties, shifts, shifts, rota.people)}
    if own.get("achieved") == "true":
        from sim.experiment.replicate import ledger_of

        ledger = ledger_of(scenario, rota.seed, 0)
        duties = ledger.setting.duties
        shifts = at_work(scenario, duties)
        work = worked(shifts, Tasks(*(ledger.tasks.column(name) for name in Tasks._fields)))
        found[ACHIEVED] = breaches(scenario, ledger.setting.staff, duties, shifts, work, rota.people)
    return found


def breach_table(rota: Laid, found: Found) -> pd.DataFrame:
    """breaches.csv: a row for each breach, with its person and its date."""
    rows = [
        (
            kind, one.rule, rota.staff.people[one.person].called, rota.staff.people[one.person].role,
            f"{rota.scenario.calendar.date(one.hour)}", round(one.found, 2), one.limit, one.asked,
            RULES[one.rule].source, RULES[one.rule].grade,
        )
        for kind, mine in found.items()
        for one in mine
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS)


def breach_text(rota: Laid, found: Found) -> str:
    """How often each rule is broken, and the first who break it."""
    lines = []
    for kind, mine in found.items():
        how = "as planned" if kind == PAPER else f"as achieved in one simulated year (seed {rota.seed})"
        lines.append(f"Rules of working time, {how}{'' if mine else ': none is broken'}")
        for name, of in worst(mine).items():
            rule = RULES[name]
            first = ", ".join(_one(rota, one) for one in of[:SHOWN])
            more = f" and {len(of) - SHOWN} more" if len(of) > SHOWN else ""
            graded = "" if rule.grade == "A" else " [recalled]"
            lines.append(f"  {of[0].asked} ({rule.source}{graded}): {len(of)} time{'s' * (len(of) > 1)}; {first}{more}")
    return "\n".join(lines)


def _one(rota: Laid, one: Breach) -> str:
    day = rota.scenario.calendar.date(one.hour // HOURS_PER_DAY * HOURS_PER_DAY)
    return f"{rota.staff.people[one.person].called} {day.day} {day:%b %Y} ({one.found:.2f})"
