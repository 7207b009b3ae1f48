"""The folder of a study as a command reads it: its manifest and the tables that a reader's file is made from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim import results
from sim.errors import BadInput

if TYPE_CHECKING:
    from sim.report import Tables


@dataclass(frozen=True)
class StudyFolder:
    """A study that is done. manifest: what it says of itself. tables: those a page is made from."""

    folder: Path
    manifest: dict[str, Any]
    tables: Tables


def read_study(folder: Path) -> StudyFolder:
    """Raises BadInput when the folder is no study, or has no tables of a report."""
    from sim.report.tables.reading import FILES, MORE, read

    manifest = results.manifest_of(folder)
    if "about" not in manifest or not set(FILES) <= set(manifest["files"]):
        raise BadInput(
            f"{folder}: a study of `{manifest.get('verb')}` lacks {', '.join(FILES)}; `run`, `compare` and sweeps of "
            "this version have them"
        )
    wanted = [path for path in (*FILES, *MORE) if path in manifest["files"]]
    csvs = {path: results.content_of(folder, manifest, path) for path in wanted}
    return StudyFolder(folder, manifest, read(csvs, manifest["about"]))
