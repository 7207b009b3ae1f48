"""``oncall-sim report``: page, workbook and charts of a study made again, from its tables alone."""

from __future__ import annotations

from functools import partial

from sim import __version__, results, screen
from sim.commands import pipeline
from sim.commands.pool import study as pool
from sim.errors import BadInput
from sim.experiment.execute import usable_cores
from sim.report.tables.reading import FILES, MORE
from sim.request import Request

DRAWN = ("report.html", "ambitions.html", "on_the_rota.html", "pooling.html", "workbook.xlsx", "charts/")
WITH_A_PAGE = ("run", "compare", "uncertainty", "sweep", "attribute")
OF_POOLING = ("pooling.csv", "gains.csv")


def report(request: Request) -> None:
    """Page, workbook and charts of a finished study, from the CSV files and the manifest in its folder."""
    folder = request.folder
    manifest = results.manifest_of(folder)
    verb = manifest.get("verb")
    if "about" not in manifest or verb not in (*WITH_A_PAGE, "pool"):
        raise BadInput(
            f"{folder}: a study of `{verb}` has no page that can be made from its tables; "
            "`run`, `compare`, `uncertainty`, sweeps, `attribute` and `pool` have one"
        )
    whole = partial(pipeline.drawn, workers=usable_cores())
    draw, needed = (pool.drawn, OF_POOLING) if verb == "pool" else (whole, ())
    there = [name for name in MORE if name in manifest["files"]]
    csvs = {name: results.content_of(folder, manifest, name) for name in (*FILES, *there, *needed)}
    if manifest["version"] != __version__:
        screen.say(f"the study was made by version {manifest['version']}, and is drawn by {__version__}")
    made = draw(csvs, manifest["about"], png=request.text("png") == "true")
    gone = [path for path in manifest["files"] if is_drawn(path) and path not in made]
    results.redraw(folder, manifest, made, gone, request.overwrite)
    print("\n".join([*sorted(made), str(folder)]))


def is_drawn(path: str) -> bool:
    """Whether a file of a study is made from its tables."""
    return path.startswith(DRAWN)
