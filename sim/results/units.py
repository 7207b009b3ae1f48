"""The working folder of a study that runs: the files of its finished units, until the study is complete."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sim.errors import BadInput
from sim.results.files import PARTIAL, locked, whole

IDENTITY = "identity.json"
LOCK = "lock"
OF_A_UNIT = re.compile(r".+\.\d{6,}\.[a-z.]+")  # the name of its files: scenario, replication, kind


@dataclass(frozen=True, slots=True)
class Units:
    """The working folder of a study: each file of a finished unit, written to another name and then renamed.

    It is sent to worker processes, who write there; a study that is stopped goes on from what it finds.
    """

    folder: Path

    def put(self, name: str, files: Mapping[str, bytes]) -> None:
        """File a unit's files in their order, each whole or not at all."""
        for kind, content in files.items():
            whole(self._path(name, kind), content)

    def get(self, name: str, kind: str) -> bytes | None:
        """A file of a unit, None when it is not there."""
        try:
            return self._path(name, kind).read_bytes()
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
        whole(self.folder / IDENTITY, json.dumps(identity, indent=2, ensure_ascii=False).encode())

    def discard(self) -> None:
        """Remove what was filed, and the folder unless somebody else's files are in it: the study is complete, or there
        is nothing to go on from."""
        for path in self.folder.iterdir():
            if path.name in (IDENTITY, LOCK) or path.name.endswith(PARTIAL) or OF_A_UNIT.fullmatch(path.name):
                path.unlink(missing_ok=True)
        if not any(self.folder.iterdir()):
            self.folder.rmdir()

    @property
    def empty(self) -> bool:
        """Whether no file of any unit is there."""
        return not any(OF_A_UNIT.fullmatch(path.name) for path in self.folder.iterdir())

    def _path(self, name: str, kind: str) -> Path:
        return self.folder / f"{name}.{kind}"


@contextmanager
def working(folder: Path, shared: bool = False) -> Iterator[Units]:
    """The working folder beside a study, held for as long as it is open; removed at the end if nothing was filed.

    shared: other parts of the same study (shards) may hold it at the same time. Raises BadInput when another run does.
    """
    beside = folder.with_name(f".{folder.name}.units")
    if beside.is_symlink() or (beside.exists() and not beside.is_dir()):
        raise BadInput(f"{beside}: where unfinished runs of {folder} are kept, but something else is there; move it")
    beside.mkdir(parents=True, exist_ok=True)
    units = Units(beside)
    with (beside / LOCK).open("a") as lock:
        if not locked(lock.fileno(), shared):
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
