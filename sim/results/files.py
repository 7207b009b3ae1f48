"""Files that are there whole or not at all, safe on the disk, and inside the study they belong to."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Mapping
from pathlib import Path

from sim.errors import BadInput

PARTIAL = ".partial"
NO_PART = ("", ".", "..")  # of a plain name
SEPARATORS = "\\:"  # on other systems than this one


def inside(folder: Path, name: str) -> Path:
    """Where a file of a study lies. Raises BadInput for a name that is not plain, or that leads through a link.

    A manifest may come from anybody: what it names is read, written or removed inside its own folder or not at all.
    """
    parts = name.split("/")
    if not name.isprintable() or any(part in NO_PART or set(part) & set(SEPARATORS) for part in parts):
        raise BadInput(f"{folder}: {name!r} is no plain name of a file inside a study, so nothing is done with it")
    place = folder / name
    for depth in range(1, len(parts) + 1):
        on_the_way = folder.joinpath(*parts[:depth])
        if on_the_way.is_symlink() or (hasattr(on_the_way, "is_junction") and on_the_way.is_junction()):
            raise BadInput(f"{on_the_way}: a link, which leads out of the study; put the file itself in its place")
        if depth < len(parts) and on_the_way.exists() and not on_the_way.is_dir():
            raise BadInput(f"{on_the_way}: a folder of the study, but a file is in its place; move it away")
    if place.exists() and not place.is_file():
        raise BadInput(f"{place}: a file of the study, but something else is in its place; move it away")
    return place


def whole(path: Path, content: bytes) -> None:
    """A file that is there whole or not at all, whatever is killed and whoever else writes the same."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.{time.monotonic_ns()}{PARTIAL}")
    try:
        synced(partial, content)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def fresh(folder: Path, contents: Mapping[str, bytes]) -> None:
    """A new folder with these files, whole or not there at all. Raises BadInput if anything of that name is there."""
    partial = folder.with_name(f".{folder.name}.{os.getpid()}.{time.monotonic_ns()}{PARTIAL}")
    taken = BadInput(f"{folder}: it is there already, and nothing in it is touched; give another name")
    if os.path.lexists(folder):
        raise taken
    try:
        partial.mkdir()
        for path, content in contents.items():
            synced(place_for(partial, path), content)
        partial.rename(folder)
    except FileNotFoundError:
        raise BadInput(f"{folder}: there is no folder {folder.parent}; make it first") from None
    except OSError:
        if not os.path.lexists(folder):
            raise
        raise taken from None
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def synced(path: Path, content: bytes) -> None:
    """A new file whose content is on the disk when this comes back, and not only on its way there."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def settle(folder: Path) -> None:
    """See to it that what was created, renamed or removed in a folder is so after a power cut, where that can be."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:  # a file system that cannot
        pass
    finally:
        os.close(descriptor)


def locked(descriptor: int, shared: bool = False) -> bool:
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


def place_for(home: Path, path: str) -> Path:
    """The place of a file whose folders are made where they are not there."""
    place = home / path
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def sum_of(content: bytes) -> str:
    """SHA-256 (hex) of the content of a file."""
    return hashlib.sha256(content).hexdigest()


def holds(path: Path, total: str) -> bool:
    """Whether a file is there and has that sum."""
    return path.is_file() and sum_of(path.read_bytes()) == total
