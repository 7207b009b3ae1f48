"""``oncall-sim new``: a scenario of one's own and its tables, which run as they are and are there to be filled in."""

from __future__ import annotations

import re
from pathlib import Path

from sim import results
from sim.commands.new.sheets import as_text, sheets
from sim.commands.new.text import scenario_text
from sim.config import plan
from sim.errors import BadInput
from sim.request import Request


def new(request: Request) -> None:
    """Write the folder, and print what to do with it. Raises BadInput if anything of that name is there."""
    from sim.report.workbook.templates import templates

    folder = Path(request.names[0]).expanduser()
    if not re.fullmatch(r"\w[\w-]{0,79}", folder.name):
        raise BadInput(f"{folder.name}: a name of letters, digits, _ and -, such as `oncall-sim new mine`")
    base, areas = request.text("based_on"), request.several("areas")
    made = plan(base, [f"areas=[{','.join(areas)}]", "rota.duties_file=null"], request.config_dir)
    tables = sheets(made.scenario, base)
    named = [team.plan for team in made.scenario.teams]
    text = scenario_text(folder.name, base, made.scenario, list(dict.fromkeys(named)))
    contents = {f"{folder.name}.yaml": text.encode(), f"{folder.name}.xlsx": templates(folder.name, tables)}
    contents |= {f"csv/{sheet.name}.csv": results.csv(as_text(sheet)) for sheet in tables}
    results.fresh(folder, contents)
    at = folder if folder.is_absolute() else f"./{folder}"
    print(f"{folder}: fill in {folder.name}.xlsx, and try it with: oncall-sim rota {at}/{folder.name}.yaml")
