"""Where a study goes, whether it is there already, and putting it there without harm to what else is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim import results, screen
from sim.errors import BadInput
from sim.experiment import changed
from sim.experiment.provenance import other_study
from sim.experiment.study import Study
from sim.request import Request

if TYPE_CHECKING:
    import pandas as pd


def folder_of(study: Study, request: Request, several: bool = False) -> Path:
    """Where a study goes. several: its place inside out=DIR, which then holds more than one.

    Raises BadInput when another study is there, unless it is to be overwritten.
    """
    out = study.settings.out
    folder = results.folder_of(study.name, str(Path(out) / study.name) if out and several else out)
    there = results.study_in(folder)
    if there is not None and not request.overwrite and (what := other_study(study, there)):
        raise BadInput(
            f"{folder}: another study is there ({what}); name another folder with out=DIR, "
            "or write overwrite=true to replace its files"
        )
    return folder


def is_there(study: Study, folder: Path, request: Request) -> bool:
    """Whether the study is finished and in its folder already, which is then said, and with it what somebody changed
    there. Never, when it is to be overwritten."""
    there = None if request.overwrite else results.study_in(folder)
    if there is None or other_study(study, there):
        return False
    said = f"{folder}: this study is there already, so nothing is written"
    if altered := results.altered(folder, there):
        said += f"; no longer as it was written: {changed.line(altered)}"
    has_a_page = study.verb == "cover" or "about" not in there or any(name.endswith(".html") for name in there["files"])
    if study.settings.draw and not has_a_page:
        said += f"; it has no page yet: oncall-sim report {folder}"
    screen.say(f"{said} (overwrite=true makes it again)")
    return True


def place_for(study: Study, request: Request) -> Path | None:
    """Where a study is to be written; None where it is already, which is then said, and its folder printed.

    Raises BadInput when another study is there, unless it is to be overwritten.
    """
    folder = folder_of(study, request)
    if not is_there(study, folder, request):
        return folder
    print(folder)
    return None


def put(
    study: Study, folder: Path, request: Request, tables: Mapping[str, pd.DataFrame], files: Mapping[str, bytes | str],
    manifest: Mapping[str, Any], kept: Iterable[tuple[str, bytes]] = (),
) -> Path:  # fmt: skip
    """Write a study into its folder, and nothing where it is already; gives back where it is, beside its folder when
    something else has appeared there meanwhile."""
    if is_there(study, folder, request):
        return folder
    placed = results.write(folder, tables, files, manifest, kept, request.overwrite)
    if placed != folder:
        screen.say(f"{folder}: something else appeared there and is left as it is; the study is in {placed}")
    return placed
