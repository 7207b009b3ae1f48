"""Rules 1 and 2 of the house, read from every import line: imports go down only, each heavy library has one place.

The same within the report: its rooms know only those below them, and every module stands in a room. No module of the
house is longer than two screens and a half without a reason.

1. A part may import only the parts listed for it (or itself). ``measures`` never sees the model, ``report`` only
   finished tables and the catalogue of measures, ``demand`` and ``rota`` do not know each other.
2. SimPy only in ``model``; Hydra only in ``config`` and ``cli``; matplotlib, jinja2 and xlsxwriter only in ``report``;
   bank holidays only in ``config``; writing to disk only in ``results``; pandas nowhere below estimates and tables;
   ``domain`` is plain Python, with numpy in ``domain/travel`` alone.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SIM = Path(__file__).parents[1] / "sim"

BASE = {"domain", "keyed", "hours", "homes", "errors", "garbage"}
TO_PLACE = BASE | {"demand", "rota", "place"}
TO_LEDGER = TO_PLACE | {"exposure", "ledger"}
MAY_IMPORT = {
    "domain": set(),
    "errors": set(),
    "cells": set(),
    "garbage": set(),
    "keyed": {"domain"},
    "hours": {"domain", "keyed"},
    "homes": {"domain", "keyed"},
    "demand": BASE,
    "rota": BASE,
    "place": TO_PLACE,
    "exposure": TO_PLACE,
    "ledger": TO_PLACE,
    "model": TO_LEDGER,
    "measures": TO_LEDGER,
    "night": TO_LEDGER,
    "config": {"cells", "domain", "errors"},
    "experiment": TO_LEDGER | {"cells", "model", "measures", "config", "__version__"},
    "report": {"cells", "garbage", "measures", "uncertainty"},
    "results": {"cells", "errors"},
    "screen": {"cells", "measures"},
    "uncertainty": {"measures"},
    "differences": {"cells", "measures", "screen"},
    "verbs": set(),
    "help": {"verbs"},
    "own_keys": {"config", "errors", "verbs"},
    "request": {"config", "errors", "own_keys", "verbs"},
    "completion": {"config", "errors", "verbs"},
    "commands": {
        *("cells", "config", "domain", "errors", "experiment", "measures", "report", "results", "rota", "screen"),
        *("differences", "ledger", "night", "own_keys", "request", "uncertainty", "verbs"),
        "__version__",
    },
    "cli": {"commands", "completion", "errors", "help", "request", "experiment", "__version__"},
    "__main__": {"cli"},
    "__init__": set(),
}
ROOMS = {  # of the report, from below: the rooms each may import
    "tables": set(),
    "drawing": set(),
    "words": {"tables", "drawing"},
    "workbook": {"tables", "words"},
    "charts": {"drawing", "words"},
    "exhibits": {"tables", "drawing", "words", "charts"},
    "slides": {"tables", "drawing", "words", "exhibits", "front"},
    "front": {"tables", "drawing", "words", "exhibits"},
    "page": {"tables", "drawing", "words", "exhibits", "front"},
    "pooling": {"tables", "drawing", "words", "charts", "page"},
}
LONGEST = 250  # lines of a module
LONGER = {  # and why
    "verbs": "one row for every command",
}
ONLY_IN = {
    "simpy": {"model"},
    "hydra": {"config"},
    "omegaconf": {"config"},
    "yaml": {"config"},
    "matplotlib": {"report"},
    "fontTools": {"report"},
    "jinja2": {"report"},
    "xlsxwriter": {"report"},
    "pptx": {"report"},
    "holidays": {"config"},
    "openpyxl": {"config"},
    "rich": {"screen"},
    "sklearn": {"experiment/gaussian"},
    "SALib": {"experiment/morris"},
    "pandas": {
        *(
            "experiment/tables",
            "experiment/study_tables",
            "experiment/closing",
            "experiment/equity",
            "experiment/uncertainty_tables",
            "experiment/calibration_tables",
            "experiment/structures",
            "experiment/drawn_study",
            "experiment/decision_tables",
            "experiment/sensitivity",
            "commands",
            "screen",
            "differences",
            "results",
            "uncertainty",
            "cells",
        ),
        "report",
    },
    "scipy.stats": {  # 0.8 s to import, so by what is loaded only for draws; other quantiles are in scipy.special
        *("experiment/draws", "experiment/decisive", "experiment/uncertainty_tables"),
        *("experiment/smooth", "experiment/even", "experiment/decision_tables"),
    },
}
WRITERS = {"write_text", "write_bytes", "mkdir", "rename", "unlink", "rmdir", "rmtree", "savefig", "to_csv"}
MAY_WRITE = {
    "results",
    "report/drawing/saving",  # savefig into memory
}
WORKER_NEVER_LOADS = ("pandas", "scipy.stats", "matplotlib", "hydra", "omegaconf", "rich")


def modules() -> list[Path]:
    return sorted(SIM.rglob("*.py"))


def part_of(module: Path) -> str:
    inside = module.relative_to(SIM).parts
    return inside[0].removesuffix(".py")


def is_long(module: Path) -> bool:
    return len(module.read_text(encoding="utf-8").splitlines()) > LONGEST


def name_of(module: Path) -> str:
    return str(module.relative_to(SIM).with_suffix(""))


def imported(module: Path, home: Path | None = None) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of everything a module imports, wherever in it. home: of its package, if not of sim."""
    package = module.relative_to(home).parent.parts if home else ("sim", *module.relative_to(SIM).parent.parts)
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            base = ".".join(filter(None, (start, node.module)))
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def upward(module: Path) -> Iterator[str]:
    part = part_of(module)
    for line, name in imported(module):
        root, *rest = name.split(".")
        if root == "sim" and rest and rest[0] != part and rest[0] not in MAY_IMPORT[part]:
            yield f"rule 1: sim/{name_of(module)}.py line {line}: `{part}` may not import `{rest[0]}` ({name})"


def outside_its_room(module: Path) -> Iterator[str]:
    """What is wrong with where a module of the report stands, or with what it knows of the other rooms."""
    if part_of(module) != "report":
        return
    room, *inside = module.relative_to(SIM / "report").parts
    if not inside:
        if room != "__init__.py":
            yield f"rooms: sim/{name_of(module)}.py stands in no room of the report: {', '.join(ROOMS)}"
        return
    for line, name in imported(module):
        root, *rest = name.removeprefix("sim.").split(".")
        if root == "report" and rest[0] != room and rest[0] not in ROOMS[room]:
            yield f"rooms: sim/{name_of(module)}.py line {line}: `{room}` may not import `{rest[0]}` ({name})"


def misplaced(module: Path) -> Iterator[str]:
    places = {part_of(module), name_of(module)}
    for line, name in imported(module):
        for library, allowed in ONLY_IN.items():
            if (name == library or name.startswith(f"{library}.")) and not places & allowed:
                said = " and ".join(sorted(allowed)) or "nowhere"
                yield f"rule 2: sim/{name_of(module)}.py line {line}: `{library}` belongs in: {said}"


def writing(module: Path) -> Iterator[str]:
    if {part_of(module), name_of(module)} & MAY_WRITE:
        return
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITERS:
            yield f"rule 2: sim/{name_of(module)}.py line {node.lineno}: `{node.func.attr}` belongs in results"


@pytest.mark.parametrize("module", modules(), ids=name_of)
def test_imports_go_down_rooms_are_kept_and_heavy_things_have_one_place(module):
    part = part_of(module)
    assert part in MAY_IMPORT, (
        f"sim/{part} has no place in the order of imports yet: give it one in {Path(__file__).name}"
    )
    assert [*upward(module), *outside_its_room(module), *misplaced(module), *writing(module)] == []


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_of_the_report_says_in_three_lines_what_belongs_there_and_names_its_doors(room):
    place = SIM / "report" / room
    said = ast.get_docstring(ast.parse((place / "__init__.py").read_text(encoding="utf-8")))
    assert said
    assert len(said.splitlines()) <= 3
    for module, door in re.findall(r"``(\w+)\.(\w+)``", said):
        code = ast.parse((place / f"{module}.py").read_text(encoding="utf-8"))
        assert door in {node.name for node in code.body if isinstance(node, ast.FunctionDef)}, (
            f"{room}: {module}.{door}"
        )


def test_no_module_is_long_without_a_reason():
    """A reason that is no longer needed goes."""
    assert {name_of(one) for one in modules() if is_long(one)} == set(LONGER)
    assert [one.name for one in (SIM.parent / "oncall_sim").glob("*.py") if is_long(one)] == []


def test_the_door_for_python_stands_above_the_rooms_and_beside_the_commands():
    """``oncall_sim`` calls what the commands call, never a command; nothing of ``sim`` knows it."""
    beneath = {"config", "errors", "experiment", "ledger", "measures", "model", "place", "results", "__version__"}
    for module in sorted((SIM.parent / "oncall_sim").glob("*.py")):
        for line, name in imported(module, SIM.parent):
            root, *rest = name.split(".")
            assert root != "sim" or rest[0] in beneath, f"{module.name} line {line}: {name}"
            assert root not in ONLY_IN or root == "pandas", f"{module.name} line {line}: {name}"
    assert [name for module in modules() for _, name in imported(module) if name.startswith("oncall_sim")] == []


def test_a_broken_rule_is_found_and_named(tmp_path, monkeypatch):
    monkeypatch.setitem(globals(), "SIM", tmp_path)
    bad = tmp_path / "measures" / "unmet.py"
    bad.parent.mkdir()
    bad.write_text("import simpy\nfrom ..model import simulate\n\ndef f(path):\n    path.write_text('')\n")
    assert list(upward(bad)) == [
        "rule 1: sim/measures/unmet.py line 2: `measures` may not import `model` (sim.model.simulate)"
    ]
    assert list(misplaced(bad)) == ["rule 2: sim/measures/unmet.py line 1: `simpy` belongs in: model"]
    assert list(writing(bad)) == ["rule 2: sim/measures/unmet.py line 5: `write_text` belongs in results"]
    odd, upstairs = tmp_path / "report" / "few.py", tmp_path / "report" / "words" / "names.py"
    upstairs.parent.mkdir(parents=True)
    odd.write_text("")
    upstairs.write_text("from sim.report.tables import Tables\nfrom ..charts import causes\n")
    assert [said.split(":")[1] for said in outside_its_room(odd)] == [
        " sim/report/few.py stands in no room of the report"
    ]
    assert list(outside_its_room(upstairs)) == [
        "rooms: sim/report/words/names.py line 2: `words` may not import `charts` (sim.report.charts.causes)"
    ]


def loaded_by(statement: str) -> set[str]:
    listing = f"{statement}; import sys; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", listing], capture_output=True, text=True, check=True, cwd=SIM.parent)
    return set(done.stdout.split())


def test_a_worker_process_loads_nothing_it_does_not_need():
    """What a spawned worker imports: the command's own module, then the unit of work."""
    loaded = loaded_by("import sim.cli, sim.experiment.execute, sim.experiment.produce, sim.results")
    assert loaded.isdisjoint(WORKER_NEVER_LOADS)
    assert "sim.measures" in loaded


def test_exposure_needs_no_simpy():
    """Catches ``cover`` loading the model, which it never asks; what simulates a call does load it."""
    produce = "import sim.cli, sim.commands.cover, sim.experiment.produce"
    assert "simpy" not in loaded_by(produce)
    assert "simpy" in loaded_by(f"{produce}; from sim.model import simulate")


def test_the_command_itself_loads_nothing_heavy():
    loaded = loaded_by("import sim.cli")
    assert loaded.isdisjoint({*WORKER_NEVER_LOADS, "numpy", "scipy", "simpy"})


def test_the_domain_is_plain_python_but_for_travel():
    third_party = {
        name_of(module): roots
        for module in sorted((SIM / "domain").glob("*.py"))
        if (roots := {name.split(".")[0] for _, name in imported(module)} - {"sim", *sys.stdlib_module_names})
    }
    assert third_party == {"domain/travel": {"numpy"}}
