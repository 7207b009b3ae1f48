"""The folder of a study at draws of what nobody knows, as commands read it that ask it something without a run."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim import results
from sim.errors import BadInput

if TYPE_CHECKING:
    from sim.experiment.drawn_study import DrawnStudy

MAKE_ONE = "make one with `oncall-sim uncertainty 'scenarios=[a,b]' draws=256`"


def read_drawn(folder: Path, fewest: int, measures: Collection[str] = ()) -> tuple[dict[str, Any], DrawnStudy]:
    """Manifest and draws. fewest: draws that are needed. measures: that must be known at every draw.

    Raises BadInput for a folder that is no such study, or has too few draws, or lacks a measure.
    """
    from sim.experiment import drawn_study

    manifest = results.manifest_of(folder)
    files = [f"{name}.csv" for name in drawn_study.TABLES]
    if not set(files) <= set(manifest["files"]):
        raise BadInput(f"{folder}: a study of `{manifest.get('verb')}` without draws of what nobody knows; {MAKE_ONE}")
    found = drawn_study.read(*(results.table(results.content_of(folder, manifest, path)) for path in files))
    if found.draws < fewest:
        raise BadInput(f"{folder}: {found.draws} draws are too few, it takes {fewest} or more; {MAKE_ONE}")
    if missing := sorted(set(measures) - set(found.figures)):
        raise BadInput(f"{folder}: its draws lack {', '.join(missing)}; make it again with this version")
    for measure in measures:
        if empty := int(np.isnan(found.figures[measure]).any(axis=(0, 2)).sum()):
            raise BadInput(f"{folder}: {empty} of {found.draws} draws have no {measure}; take more areas or weeks")
    return manifest, found
