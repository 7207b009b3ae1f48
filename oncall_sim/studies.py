"""A study that is finished: its tables, from the folder that a run wrote, or from a run that wrote none."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from oncall_sim.missing import no_table
from sim import results
from sim.errors import BadInput

if TYPE_CHECKING:
    import pandas as pd

CSV = ".csv"


class Study:
    """A finished study and its tables, as the run wrote them: numbers to nine digits, whether from a folder or not.

    ``Study("results/STUDY")`` reads the folder that a run printed. path: that folder, None when nothing was written.
    manifest: where the study comes from: seed, replications, fingerprint, versions, and the command that makes it
    again. Raises BadInput for a folder that is no study.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path: Path | None = Path(path)
        self.manifest: dict[str, Any] = results.manifest_of(Path(path))
        self._read: Callable[[str], bytes] = partial(results.content_of, Path(path), self.manifest)

    @classmethod
    def _unwritten(cls, files: Mapping[str, bytes], about: Mapping[str, Any]) -> Study:
        """A study without a folder. files: content by name. about: its manifest."""
        study = cls.__new__(cls)
        study.path, study._read = None, files.__getitem__
        study.manifest = json.loads(json.dumps({**about, "files": dict.fromkeys(files, "")}))
        return study

    def __repr__(self) -> str:
        return f"<Study {self.manifest.get('study')} {'not written' if self.path is None else f'in {self.path}'}>"

    @property
    def tables(self) -> list[str]:
        """Names of the tables it has."""
        return [name.removesuffix(CSV) for name in self.manifest["files"] if name.endswith(CSV)]

    def table(self, name: str) -> pd.DataFrame:
        """One of its tables, a fresh copy; the columns are told in ``docs/results.md``.

        Raises BadInput for a table that it has not, or that is no longer what the run wrote.
        """
        if name not in self.tables:
            where = self.manifest["study"] if self.path is None else self.path
            raise BadInput(no_table(f"{where} (a study of `{self.manifest['verb']}`)", name, self.tables))
        return results.table(self._read(f"{name}{CSV}"))

    @property
    def summary(self) -> pd.DataFrame:
        """Every measure of every scenario by group: mean, 95 % and 90 % prediction interval, replications, events."""
        return self.table("summary")

    @property
    def comparison(self) -> pd.DataFrame:
        """Every scenario against the first on the same families: difference, simultaneous interval, verdict."""
        return self.table("comparison")

    @property
    def replications(self) -> pd.DataFrame:
        """Every measure of every replication: numerator, denominator, value, events.

        Those of single areas stand in the table ``replications_by_area`` of a scenario with ``{"keep": "areas"}``.
        """
        return self.table("replications")

    @property
    def costs(self) -> pd.DataFrame:
        """Pounds for each uncovered child-night that a scenario closes against the first."""
        return self.table("costs")

    @property
    def equity(self) -> pd.DataFrame:
        """How far apart areas and groups of them are, beyond chance."""
        return self.table("equity")

    @property
    def flows(self) -> pd.DataFrame:
        """What becomes of the same families in each scenario after the first: from fate to fate, a year."""
        return self.table("flows")

    @property
    def same_calls(self) -> pd.DataFrame:
        """Minutes to the door of the calls visited in both, against the first scenario, with their count."""
        return self.table("same_calls")

    @property
    def years(self) -> pd.DataFrame:
        """The year of everybody on a rota in the first replication: nights, weekends, next days lost, lone visits."""
        return self.table("years")

    @property
    def areas(self) -> pd.DataFrame:
        """The areas: code, name, region, cluster, children, deaths a year."""
        return self.table("areas")

    @property
    def assumptions(self) -> pd.DataFrame:
        """What stands behind every number that was read: source, assumption or the planner's own."""
        return self.table("assumptions")

    @property
    def dictionary(self) -> pd.DataFrame:
        """What every measure and column means, with its unit."""
        return self.table("dictionary")
