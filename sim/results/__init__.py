"""The only part that reads or writes ``results/``: one folder for each study, complete or not there at all.

While a study runs, its finished units lie in a working folder beside it, ``.<study>.units``. What is not the
study's own is never written, moved or removed, wherever it lies.
"""

from __future__ import annotations

from sim.results.files import fresh, inside, whole
from sim.results.place import folder_of
from sim.results.study import altered, content_of, manifest_of, redraw, study_in
from sim.results.tables import csv, table
from sim.results.units import Units, working
from sim.results.writing import write

__all__ = [
    "Units",
    "altered",
    "content_of",
    "csv",
    "folder_of",
    "fresh",
    "inside",
    "manifest_of",
    "redraw",
    "study_in",
    "table",
    "whole",
    "working",
    "write",
]
