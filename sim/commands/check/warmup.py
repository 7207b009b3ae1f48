"""``oncall-sim check warmup``: do the slow states settle before anything is measured?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim import screen
from sim.commands.destination import folder_of, put
from sim.commands.plans import command_of, plan_with, shows_configuration
from sim.commands.shown import show_rows
from sim.experiment import study as studies
from sim.experiment.provenance import Stopwatch, manifest
from sim.experiment.warmup import BATCH, Settling, settling, warning
from sim.measures.weeks import SERIES
from sim.request import Request

if TYPE_CHECKING:
    import pandas as pd

    from sim.experiment.study import Study


def warmup(request: Request) -> None:
    """Whether a scenario's slow states settle within its warm-up; with out=DIR also the series and Welch's plot."""
    watch, study = Stopwatch(), studies.design("warmup", [plan_with(request)])
    if shows_configuration(study.plans, request):
        return
    folder = folder_of(study, request) if study.settings.out else None
    show_rows(study.plans)
    found = settled(study)
    print(text(study, found))
    if folder:
        about = manifest(study, command_of(request), watch)
        print(put(study, folder, request, {"warmup.csv": table(found)}, pictures(study, found), about))


def settled(study: Study) -> list[Settling]:
    """The weekly series of the study's scenario."""
    title = f"{study.scenarios[0].name}: {study.replications} runs, week by week, {study.workers} at a time"
    with screen.progress(title) as progress:
        return settling(study.scenarios[0], study.seed, study.replications, study.workers, progress)


def text(study: Study, found: list[Settling]) -> str:
    """A line for each series, and the verdict."""
    weeks = study.scenarios[0].run.warmup_weeks
    rows = [["series", "settles after", "what it is"]]
    for one in found:
        after = "does not settle" if one.cut is None else f"{one.cut} weeks"
        rows.append([one.name.replace("_", " "), after, SERIES[one.name]])
    return "\n".join([*screen.columns(rows), verdict(found, weeks)])


def verdict(found: list[Settling], weeks: float) -> str:
    """One sentence."""
    return warning(found, weeks) or f"A warm-up of {weeks:g} weeks is long enough (MSER-{BATCH}, weekly means)"


def table(found: list[Settling]) -> pd.DataFrame:
    """warmup.csv: a row for each series and week."""
    import pandas as pd

    parts = [
        pd.DataFrame({"week": range(1, len(one.means) + 1), "mean": one.means, "moving_average": one.smooth}).assign(
            series=one.name, cut_weeks=one.cut
        )
        for one in found
    ]
    return pd.concat(parts, ignore_index=True)[["series", "week", "mean", "moving_average", "cut_weeks"]]


def pictures(study: Study, found: list[Settling]) -> dict[str, bytes]:
    """welch.svg and welch.png."""
    from sim.report.exhibits.warm_up import picture

    weeks = study.scenarios[0].run.warmup_weeks
    rows = table(found)
    rows = rows.assign(title=rows["series"].str.replace("_", " "), cut=rows["cut_weeks"].astype(float))
    return picture(study.scenarios[0].name, verdict(found, weeks), rows, weeks)
