"""``oncall-sim explore``: a page with a slider for each lever of a sweep, from the sweep's tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim import results
from sim.commands.study_folder import read_study
from sim.commands.sweep import SHARED
from sim.config.keys import meaning
from sim.config.lists import jobs
from sim.errors import BadInput
from sim.request import Request, read_request, take_apart

PAGE = "explorer.html"
EXAMPLE = "oncall-sim run -m scenario=regional_rota teams.consultants.people=1,2,3 goodwill.asks_people=1,2,4"


def explore(request: Request) -> None:
    """Write explorer.html into the folder of a sweep; the last line printed is its path."""
    study = read_study(request.folder)
    settings = settings_of(study.manifest)
    from sim.report.page.explorer import explorer

    made = explorer(study.tables, settings, {key: meaning(key) for one in settings for key in one}).encode()
    results.redraw(study.folder, study.manifest, {PAGE: made}, overwrite=request.overwrite)
    print(study.folder / PAGE)


def settings_of(manifest: Mapping[str, Any]) -> list[dict[str, str]]:
    """Key and value of each scenario of a sweep, in the order of the scenarios, from the command that made it.

    Raises BadInput for a study that is no sweep.
    """
    if manifest.get("verb") != "sweep":
        raise BadInput(f"explore: a study of `{manifest.get('verb')}` has no levers to move; make a sweep: {EXAMPLE}")
    swept = read_request(take_apart(str(manifest["command"]).split()[1:]))
    made = [dict(word.split("=", 1) for word in job) for job in jobs(swept.words, swept.in_step)]
    settings = [{key.lstrip("+"): value for key, value in job.items() if key not in SHARED} for job in made]
    if len(settings) != len(manifest["scenarios"]):
        raise BadInput(
            f"explore: the command of the study makes {len(settings)} settings, but it holds "
            f"{len(manifest['scenarios'])}; make the sweep again: {manifest['command']}"
        )
    return settings
