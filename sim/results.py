"""The only module that reads or writes ``results/``: one folder for each study, complete or not there at all.

While a study runs, its finished units lie in a working folder beside it, ``.<study>.units``.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import BadInput

if TYPE_CHECKING:
    import pandas as pd

RESULTS = Path("results")
MANIFEST = "manifest.json"
IDENTITY = "identity.json"
LOCK = "lock"
PARTIAL = ".partial"
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
    folder: Path, tables: Mapping[str, pd.DataFrame], files: Mapping[str, bytes | str], manifest: Mapping[str, Any],
    kept: Mapping[str, Path] | None = None,
) -> Path:  # fmt: skip
    """Write a study beside its place and rename it into it; a study of the same name is replaced at the end.

    tables: CSV files by relative path. files: any other content by relative path (text as UTF-8). kept: files to copy.
    The manifest gains the SHA-256 of every other file.
    """
    kept = kept or {}
    partial = folder.with_name(f".{folder.name}.{os.getpid()}.partial")
    try:
        partial.mkdir(parents=True)
        for path, table in tables.items():
            _place(partial, path).write_bytes(csv(table))
        for path, content in files.items():
            _place(partial, path).write_bytes(content.encode() if isinstance(content, str) else content)
        for path, original in kept.items():
            shutil.copyfile(original, _place(partial, path))
        sums = {path: _sha256(partial / path) for path in sorted([*tables, *files, *kept])}
        (partial / MANIFEST).write_bytes(_as_json({**manifest, "files": sums}))
        _put_in_place(partial, folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return folder


@dataclass(frozen=True, slots=True)
class Units:
    """The working folder of a study: each file of a finished unit, written to another name and then renamed.

    It is sent to worker processes, who write there; a study that is stopped goes on from what it finds.
    """

    folder: Path

    def path(self, name: str, kind: str) -> Path:
        """Where a file of a unit lies."""
        return self.folder / f"{name}.{kind}"

    def put(self, name: str, files: Mapping[str, bytes]) -> None:
        """File a unit's files in their order, each whole or not at all."""
        for kind, content in files.items():
            _whole(self.path(name, kind), content)

    def get(self, name: str, kind: str) -> bytes | None:
        """A file of a unit, None when it is not there."""
        try:
            return self.path(name, kind).read_bytes()
        except FileNotFoundError:
            return None

    def identity(self) -> dict[str, str]:
        """What the units there were made from; empty for a new folder, or when it cannot be read."""
        try:
            return dict(json.loads((self.folder / IDENTITY).read_text(encoding="utf-8")))
        except (FileNotFoundError, ValueError, TypeError):
            return {}

    def identify(self, identity: Mapping[str, str]) -> None:
        """Say what the units there are made from."""
        _whole(self.folder / IDENTITY, json.dumps(identity, indent=2, ensure_ascii=False).encode())

    def discard(self) -> None:
        """Remove the folder: the study is complete, or there is nothing to go on from."""
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def empty(self) -> bool:
        """Whether no file of any unit is there."""
        return not any(path.name not in (IDENTITY, LOCK) for path in self.folder.iterdir())


@contextmanager
def working(folder: Path, shared: bool = False) -> Iterator[Units]:
    """The working folder beside a study, held for as long as it is open; removed at the end if nothing was filed.

    shared: other parts of the same study (shards) may hold it at the same time. Raises BadInput when another run does.
    """
    beside = folder.with_name(f".{folder.name}.units")
    beside.mkdir(parents=True, exist_ok=True)
    units = Units(beside)
    with (beside / LOCK).open("a") as lock:
        if not _locked(lock.fileno(), shared):
            raise BadInput(
                f"{folder}: another run is making this study; wait for it, or name another folder with out=DIR"
            )
        if not shared:
            for left in beside.glob(f"*{PARTIAL}"):
                left.unlink()
        try:
            yield units
        finally:
            if beside.exists() and units.empty and not shared:
                units.discard()


def _locked(descriptor: int, shared: bool) -> bool:
    """Whether the lock could be taken; a killed process gives its locks back. Always, where there are no locks."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return True


def _whole(path: Path, content: bytes) -> None:
    """A file that is there whole or not at all, whatever is killed and whoever else writes the same."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.{time.monotonic_ns()}{PARTIAL}")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def manifest_of(folder: Path) -> dict[str, Any]:
    """The manifest of a study. Raises BadInput when the folder is none."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if found.get("tool") == "oncall-sim":
            return dict(found)
    except (OSError, ValueError, AttributeError):
        pass
    raise BadInput(f"{folder}: not a study (it has no {MANIFEST} of oncall-sim); name a folder that a run printed")


def content_of(folder: Path, manifest: Mapping[str, Any], path: str) -> bytes:
    """A file of a study, exactly as it was written. Raises BadInput when it is missing or is something else by now."""
    try:
        content = (folder / path).read_bytes()
    except OSError:
        raise BadInput(f"{folder / path}: it is missing; make the study again: {manifest.get('command')}") from None
    if hashlib.sha256(content).hexdigest() != manifest.get("files", {}).get(path):
        raise BadInput(f"{folder / path}: not what the run wrote; make the study again: {manifest.get('command')}")
    return content


def redraw(folder: Path, manifest: Mapping[str, Any], drawn: Mapping[str, bytes], gone: Sequence[str] = ()) -> None:
    """Put some files of a study in the place of what they were, each whole or not at all, and their SHA-256 in the
    manifest; nothing else is touched. gone: files that there are no longer."""
    for path, content in drawn.items():
        _whole(_place(folder, path), content)
    for path in gone:
        (folder / path).unlink(missing_ok=True)
    sums = {path: total for path, total in manifest["files"].items() if path not in gone}
    sums |= {path: hashlib.sha256(content).hexdigest() for path, content in drawn.items()}
    _whole(folder / MANIFEST, _as_json({**manifest, "files": dict(sorted(sums.items()))}))


def _as_json(manifest: Mapping[str, Any]) -> bytes:
    return (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode()


def altered(folder: Path, manifest: Mapping[str, Any]) -> list[str]:
    """Files of a study that are missing or no longer what was written, by relative path."""
    sums: Mapping[str, str] = manifest.get("files", {})
    return [path for path, total in sums.items() if not (folder / path).is_file() or _sha256(folder / path) != total]


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
