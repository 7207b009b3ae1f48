"""``oncall-sim check results/STUDY``: are the files what was written, and does the study come out the same again?"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim import results, screen
from sim.config import Plan, plan
from sim.errors import BadInput
from sim.experiment import attribute
from sim.experiment import study as studies
from sim.experiment.code import surroundings
from sim.experiment.conduct import work_of
from sim.experiment.pooled import pool_study
from sim.experiment.study import Study
from sim.experiment.units import Unit, digest
from sim.request import Request, usages

SAME, OTHER = "same", "DIFFERS"


def study(request: Request) -> int:
    """Check the sums of all files, then simulate some replications of every scenario again, chosen by the study's
    fingerprint; prints a line for each, 1 when one differs.

    Raises BadInput when the folder is not a study that is made of replications.
    """
    folder, runs = request.folder, request.whole("runs") or 1
    if not folder.is_dir():
        raise BadInput(f"check {folder}: there is no such folder; {usages('check')}")
    manifest = results.manifest_of(folder)
    digests: dict[str, list[str]] = manifest.get("units") or {}
    if not digests:
        raise BadInput(
            f"{folder}: this study has no replications to simulate again; check one of run, compare or cover"
        )
    checked = _study(folder, manifest, request.config_dir)
    lines = [_files(folder, manifest), _code(manifest), *(_configuration(one, manifest) for one in checked.plans)]
    lines += _again(checked, digests, sample(manifest["fingerprint"], int(manifest["replications"]), runs))
    print("\n".join(screen.columns(lines)))
    differs = any(line[0] == OTHER for line in lines)
    print(f"{folder}: {'something differs' if differs else 'the same bytes'}")
    return int(differs)


def sample(fingerprint: str, replications: int, size: int) -> list[int]:
    """Replications (from 0) to look at, the same every time for one study."""
    order = sorted(range(replications), key=lambda r: hashlib.sha256(f"{fingerprint} {r}".encode()).digest())
    return sorted(order[:size])


def _files(folder: Path, manifest: dict[str, Any]) -> list[str]:
    altered = results.altered(folder, manifest)
    return [_word(not altered), f"{len(manifest['files'])} files", ", ".join(altered) or "as written"]


def _code(manifest: dict[str, Any]) -> list[str]:
    here, there = dict(surroundings())["code"], manifest.get("code")
    return [_word(here == there), "code of the model", f"{str(there)[:12]}, here {here[:12]}"]


def _configuration(one: Plan, manifest: dict[str, Any]) -> list[str]:
    name = one.scenario.name
    return [_word(one.fingerprint == manifest["scenarios"].get(name)), name, "configuration"]


def _word(same: bool) -> str:
    return SAME if same else OTHER


def _again(study: Study, digests: dict[str, list[str]], chosen: Sequence[int]) -> list[list[str]]:
    work, lines = work_of(study), []
    for place, scenario in enumerate(study.scenarios):
        for replication in chosen:
            found = digest(work(Unit(replication, place)))
            word = _word(found == digests[scenario.name][replication])
            lines.append([word, scenario.name, f"replication {replication + 1}, {found[:12]}"])
    return lines


def _study(folder: Path, manifest: dict[str, Any], config_dir: str | None) -> Study:
    """The study from the configurations in its folder."""
    if manifest["verb"] == "pool":
        told = manifest["about"]
        made = [_plan(folder, name, config_dir) for name in manifest["scenarios"]]
        return pool_study(made, told["base"], tuple(told["roles"]))
    if manifest["verb"] == attribute.VERB:
        return studies.design(manifest["verb"], attribute.plans(_plan(folder, manifest["baseline"], config_dir)))
    return studies.design(manifest["verb"], [_plan(folder, name, config_dir) for name in manifest["scenarios"]])


def _plan(folder: Path, name: str, config_dir: str | None) -> Plan:
    return plan(str(results.inside(folder, f"scenarios/{name}.yaml").absolute()), [], config_dir)
