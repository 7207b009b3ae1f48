"""The only module that reads or writes ``results/``: one folder for each study, complete or not there at all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import BadInput

if TYPE_CHECKING:
    import pandas as pd

RESULTS = Path("results")
MANIFEST = "manifest.json"
FLOATS = "%.9g"  # nine digits: far below any interval, and no digit that depends on the order of a sum


def folder_of(name: str, out: str | None) -> Path:
    """Where a study goes: the folder asked for, else its name under ``results/`` of the working directory.

    Raises BadInput when there is something there that is not a study, or when nothing can be written there.
    """
    folder = Path(out) if out else RESULTS / name
    if folder.is_symlink() or (folder.exists() and not _is_study(folder)):
        raise BadInput(f"out={out or folder}: it exists and is not a study, so it is not replaced; name another folder")
    ground = next(parent for parent in folder.absolute().parents if parent.exists())
    if not ground.is_dir() or not os.access(ground, os.W_OK):
        raise BadInput(f"out={out or folder}: nothing can be written in {ground}; name your own with out=DIR")
    return folder


def write(
    folder: Path, tables: Mapping[str, pd.DataFrame], files: Mapping[str, bytes | str], manifest: Mapping[str, Any]
) -> Path:
    """Write a study beside its place and rename it into it; a study of the same name is replaced at the end.

    tables: CSV files by relative path. files: any other content by relative path (text as UTF-8).
    The manifest gains the SHA-256 of every other file.
    """
    partial = folder.with_name(f".{folder.name}.{os.getpid()}.partial")
    try:
        partial.mkdir(parents=True)
        for path, table in tables.items():
            _place(partial, path).write_bytes(csv(table))
        for path, content in files.items():
            _place(partial, path).write_bytes(content.encode() if isinstance(content, str) else content)
        sums = {path: _sha256(partial / path) for path in sorted([*tables, *files])}
        text = json.dumps({**manifest, "files": sums}, indent=2, ensure_ascii=False) + "\n"
        (partial / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
        _put_in_place(partial, folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return folder


def csv(table: pd.DataFrame) -> bytes:
    """A table as CSV: UTF-8, LF, nine digits, an empty cell for what is not known."""
    return table.to_csv(index=False, float_format=FLOATS, lineterminator="\n").encode()


def _put_in_place(partial: Path, folder: Path) -> None:
    if not folder.exists():
        partial.rename(folder)
        return
    replaced = folder.with_name(f".{folder.name}.{os.getpid()}.replaced")
    folder.rename(replaced)
    try:
        partial.rename(folder)
    except OSError:
        replaced.rename(folder)
        raise
    shutil.rmtree(replaced)


def _is_study(folder: Path) -> bool:
    """A folder that a study may replace: an empty one, or one with a manifest of ours."""
    if not folder.is_dir():
        return False
    try:
        return json.loads((folder / MANIFEST).read_text(encoding="utf-8")).get("tool") == "oncall-sim"
    except FileNotFoundError:
        return not any(folder.iterdir())
    except (OSError, ValueError, AttributeError):
        return False


def _place(home: Path, path: str) -> Path:
    place = home / path
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
