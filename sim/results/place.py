"""Where a study goes: a folder of its own, in which nothing of anybody else's is lost."""

from __future__ import annotations

import os
from pathlib import Path

from sim.errors import BadInput
from sim.results.study import study_in

RESULTS = Path("results")


def folder_of(name: str, out: str | None) -> Path:
    """Where a study goes: the folder asked for, else its name under ``results/`` of the working directory.

    Raises BadInput when something is there that is neither a study nor an empty folder, or when nothing can be written.
    """
    folder = Path(out).expanduser() if out else RESULTS / name
    said = f"out={out or folder}"
    if folder.is_symlink():
        raise BadInput(f"{said}: a link; name the folder it leads to, or another one")
    if folder.name in ("", ".."):
        folder = folder.resolve()
    if Path.cwd().resolve().is_relative_to(folder.resolve()):
        raise BadInput(f"{said}: the folder this command runs in, or one around it; name one inside, as out=./study")
    there = folder.exists() and not (folder.is_dir() and not any(folder.iterdir()))
    if there and study_in(folder) is None:
        raise BadInput(f"{said}: it exists and is not a study, so it is left as it is; name another folder")
    ground = next(parent for parent in folder.absolute().parents if parent.exists())
    if not there and not (ground.is_dir() and os.access(ground, os.W_OK)):
        raise BadInput(f"{said}: nothing can be written in {ground}; name your own with out=DIR")
    return folder
