"""A study as it lies in its folder: what its manifest says, its files as they were written, and drawing them again.

The folder may come from anybody: only plain names inside it are read, written or removed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.errors import BadInput
from sim.results.files import holds, inside, place_for, settle, sum_of, whole

MANIFEST = "manifest.json"
TABLES = ("files", "scenarios", "units")  # entries that are looked things up in
WORDS = ("study", "verb", "version", "command", "fingerprint", "code", "baseline")  # entries that are said again


def manifest_of(folder: Path) -> dict[str, Any]:
    """The manifest of a study. Raises BadInput when the folder is none, or when it names files outside itself."""
    found = study_in(folder)
    if found is None:
        raise BadInput(f"{folder}: not a study (it has no {MANIFEST} of oncall-sim); name a folder that a run printed")
    return found


def study_in(folder: Path) -> dict[str, Any] | None:
    """The manifest of the study that is there, None where there is none. Raises BadInput for one that no run wrote."""
    try:
        found = json.loads(inside(folder, MANIFEST).read_text(encoding="utf-8"))
        if found.get("tool") != "oncall-sim":
            return None
    except (OSError, ValueError, AttributeError, RecursionError):
        return None
    wrong = [word for word in TABLES if not isinstance(found.setdefault(word, {}), dict)]
    wrong += [word for word in WORDS if not str(found.get(word, "")).isprintable()]
    if wrong or not all(isinstance(total, str) for total in found["files"].values()):
        word = wrong[0] if wrong else "files"
        raise BadInput(f"{folder / MANIFEST}: `{word}` is not what a run writes there; make the study again")
    for name in found["files"]:
        inside(folder, name)
    return dict(found)


def content_of(folder: Path, manifest: Mapping[str, Any], path: str) -> bytes:
    """A file of a study, exactly as it was written. Raises BadInput when it is missing or is something else by now."""
    place = inside(folder, path)
    try:
        content = place.read_bytes()
    except OSError:
        raise BadInput(f"{place}: it is missing; make the study again: {manifest.get('command')}") from None
    if sum_of(content) != manifest["files"].get(path):
        raise BadInput(f"{place}: not what the run wrote; make the study again: {manifest.get('command')}")
    return content


def altered(folder: Path, manifest: Mapping[str, Any]) -> list[str]:
    """Files of a study that are missing or no longer what was written, by relative path."""
    return [path for path, total in manifest["files"].items() if not holds(inside(folder, path), total)]


def redraw(
    folder: Path, manifest: Mapping[str, Any], drawn: Mapping[str, bytes], gone: Sequence[str] = (),
    overwrite: bool = False,
) -> None:  # fmt: skip
    """Put some files of a study in the place of what they were, each whole or not at all, and their SHA-256 in the
    manifest; nothing else is touched.

    gone: files that there are no longer. overwrite: also what somebody has changed since. Raises BadInput, before
    anything is written, for a file that is not the study's, or that somebody has changed.
    """
    sums, about = dict[str, str](manifest["files"]), inside(folder, MANIFEST)
    for path in (*drawn, *gone):
        _refuse_what_is_not_ours(inside(folder, path), sums.get(path), drawn.get(path), overwrite)
    for path, content in drawn.items():
        whole(place_for(folder, path), content)
        sums[path] = sum_of(content)
    for path in gone:
        (folder / path).unlink(missing_ok=True)
        del sums[path]
    whole(about, as_json({**manifest, "files": dict(sorted(sums.items()))}))
    settle(folder)


def _refuse_what_is_not_ours(place: Path, total: str | None, content: bytes | None, overwrite: bool) -> None:
    """total: of the file as the study wrote it, None when it wrote none. content: what is to be there."""
    if not place.exists() or (content is not None and holds(place, sum_of(content))):
        return
    if total is None:
        raise BadInput(f"{place}: the study did not write it, so it is left as it is; move it away to have another")
    if not overwrite and not holds(place, total):
        raise BadInput(f"{place}: changed since it was written; move it away to keep it, or add overwrite=true")


def as_json(manifest: Mapping[str, Any]) -> bytes:
    """A manifest as its file holds it."""
    return (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode()
