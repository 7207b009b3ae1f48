"""A finished study as a command finds it: its folder, its manifest and the tables a reader's file is made from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim import results
from sim.errors import BadInput

if TYPE_CHECKING:
    from sim.report import Tables


def finished(verb: str, words: Sequence[str]) -> tuple[Path, dict[str, Any], Tables]:
    """The study that the words after a verb name. Raises BadInput when it is none, or has no tables of a report."""
    if len(words) != 1 or "=" in words[0]:
        raise BadInput(f"{verb} {' '.join(words)}".rstrip() + ": name one folder, such as results/STUDY")
    from sim.report.tables.reading import FILES, MORE, read

    folder = Path(words[0])
    manifest = results.manifest_of(folder)
    if "about" not in manifest or not set(FILES) <= set(manifest["files"]):
        raise BadInput(
            f"{folder}: a study of `{manifest.get('verb')}` lacks {', '.join(FILES)}; `run`, `compare` and sweeps of "
            "this version have them"
        )
    wanted = [path for path in (*FILES, *MORE) if path in manifest["files"]]
    csvs = {path: results.content_of(folder, manifest, path) for path in wanted}
    return folder, manifest, read(csvs, manifest["about"])
