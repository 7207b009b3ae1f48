"""The scenario file of ``oncall-sim new``: what is read at once, and behind a mark what may be read as well."""

from __future__ import annotations

from sim.commands.new.sheets import plans_of
from sim.domain.scenario import Scenario

TEXT = """\
# A service of your own. It runs as it is; the tables are sheets of {name}.xlsx, and the same as CSV in csv/: fill in
# one of the two. Try it with: oncall-sim rota ./{name}.yaml     then: oncall-sim run ./{name}.yaml
# Every key of a rota: docs/rota.md. Tables: docs/own_people.md, docs/own_areas.md, docs/own_demand.md.
based_on: {base}
question: What does our own service give to families, and ask of its staff?

# Your areas, {codes}. Drop a row, add a row, or write your own figures.
area_table: {{file: {{file: ./{name}.xlsx, sheet: areas}}}}

# Your people, with names and dates. As CSV: people_file: ./csv/people.csv
workforce: {{people_file: {{file: ./{name}.xlsx, sheet: people}}}}
teams:
{teams}
# Names stand on rotas and in the story of a night, and in no result; off: codes in their place, for what is shared.
names: true

# What follows is read when the mark before it is taken away.
# A rota that exists, in place of the patterns for its dates, and changes to it:
#rota: {{duties_file: {{file: ./{name}.xlsx, sheet: rota}}, changes_file: {{file: ./{name}.xlsx, sheet: changes}}}}
# Your own drive times, in place of a rule of distance:
#travel: {{drive_times_file: {{file: ./{name}.xlsx, sheet: drive_times}}}}
# Families and calls that there were, in place of drawn ones; place says that all of them were at home:
{log}
#place: {{home_anyway: 1}} # assumed: every family of the log was at home
# Dates that are written 06/08/2027: add dates: dd/mm/yyyy behind the sheet.
"""

LOG = (
    "#demand: {{kind: log, families_csv: {{file: {file}, sheet: families}}, calls_csv: {{file: {file}, sheet: calls}}}}"
)


def scenario_text(name: str, base: str, scenario: Scenario, plans: list[str]) -> str:
    """The file of a scenario of that name. plans: every team that the base has in these areas."""
    staffed = plans_of(scenario)
    shared = {team.plan for team in scenario.teams if team.people} - set(staffed)
    lines = [f"  {plan}: {{people: {'named' if plan in staffed else 0}}}" for plan in plans if plan not in shared]
    codes = ", ".join(f"{area.code} {area.name}" for area in scenario.areas)
    return TEXT.format(
        name=name, base=base, codes=codes, teams="\n".join(lines) + "\n", log=LOG.format(file=f"./{name}.xlsx")
    )
