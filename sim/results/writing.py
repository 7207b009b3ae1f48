"""Writing a study: made beside its place and put there whole; what is there already is left, unless it is replaced."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import BadInput
from sim.results.files import PARTIAL, inside, locked, place_for, settle, sum_of, synced, whole
from sim.results.study import MANIFEST, as_json, study_in
from sim.results.tables import csv

if TYPE_CHECKING:
    import pandas as pd


def write(
    folder: Path, tables: Mapping[str, pd.DataFrame], files: Mapping[str, bytes | str], manifest: Mapping[str, Any],
    kept: Iterable[tuple[str, bytes]] = (), overwrite: bool = False,
) -> Path:  # fmt: skip
    """Write a study beside its place and put it there; gives back where it is.

    tables: CSV files by relative path. files: any other content by relative path (text as UTF-8). kept: more files with
    their paths, one at a time. The manifest gains the SHA-256 of every other file. overwrite: the files of a study that
    is there are replaced, and nothing else in its folder. Whatever else appeared there meanwhile is left as it is, and
    the study stands beside it, with a number behind its name.
    """
    partial = folder.with_name(f".{folder.name}.{os.getpid()}.{time.monotonic_ns()}{PARTIAL}")
    plain = ((path, csv(table)) for path, table in tables.items())
    contents = ((path, content.encode() if isinstance(content, str) else content) for path, content in files.items())
    try:
        partial.mkdir(parents=True)
        sums = {path: _put(partial, path, content) for path, content in chain(plain, contents, kept)}
        _put(partial, MANIFEST, as_json({**manifest, "files": dict(sorted(sums.items()))}))
        _settled(partial)
        if overwrite and _replaced(partial, folder, sums):
            return folder
        return _put_in_place(partial, folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _put(partial: Path, path: str, content: bytes) -> str:
    synced(place_for(partial, path), content)
    return sum_of(content)


def _put_in_place(partial: Path, folder: Path) -> Path:
    """In its place, where nothing is or an empty folder; else beside it. Nothing that is there is ever replaced."""
    for place in _places(folder):
        try:
            partial.rename(place)
        except OSError:
            if not os.path.lexists(place):
                raise
        else:
            settle(place.absolute().parent)
            return place
    raise AssertionError("there are always more numbers")


def _places(folder: Path) -> Iterator[Path]:
    yield folder
    yield from (folder.with_name(f"{folder.name}-{number}") for number in count(2))


def _replaced(partial: Path, folder: Path, sums: Mapping[str, str]) -> bool:
    """Put a study in the place of the files of another one, which is there; False when there is none, or when a file of
    somebody else's stands in the way.

    Its manifest comes last. Whoever is stopped on the way leaves the old one, by which the files are not what was
    written; it names the new files too, so that they can be replaced in their turn.
    """
    try:
        old = study_in(folder)
        in_the_way = old is None or any(inside(folder, path).exists() for path in sums if path not in old["files"])
    except BadInput:  # somebody has put a link or a folder into its place
        return False
    if old is None or in_the_way:
        return False
    with _alone(folder):
        whole(folder / MANIFEST, as_json({**old, "files": {**sums, **old["files"]}}))
        for path in sums:
            (partial / path).replace(place_for(folder, path))
        left = [path for path in old["files"] if path not in sums and path != MANIFEST]
        for path in left:
            inside(folder, path).unlink(missing_ok=True)
        for emptied in sorted({above for path in left for above in (folder / path).parents}, reverse=True):
            if emptied != folder and emptied.is_relative_to(folder) and emptied.is_dir() and not any(emptied.iterdir()):
                emptied.rmdir()
        _settled(folder)
        (partial / MANIFEST).replace(folder / MANIFEST)
        settle(folder)
    return True


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """The only one who replaces files in a folder. Raises BadInput when another command does."""
    if os.name != "posix":
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if not locked(descriptor):
            raise BadInput(f"{folder}: another command is replacing it at this moment; wait for it, and begin again")
        yield
    finally:
        os.close(descriptor)


def _settled(folder: Path) -> None:
    for above, _, _ in os.walk(folder):
        settle(Path(above))
