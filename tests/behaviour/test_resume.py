"""A study that is stopped, however roughly, goes on with the same command and ends with the same bytes."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim import cli, results
from sim.commands import pipeline
from sim.config import plan
from sim.experiment import study as studies
from sim.experiment.conduct import Conductor
from sim.experiment.produce import TABLES
from sim.experiment.study import Study
from sim.experiment.units import Unit
from sim.results import Units, units

WORDS = ["compare", "scenarios=[icb_rota,current_patchwork]", "areas=[QHG,QE1]", "weeks=26", "warmup_weeks=13"]
WORDS += ["replications=14", "out=study", "draw=false"]
TINY = ["areas=[QHG]", "weeks=1", "warmup_weeks=13", "workers=1", "out=study"]
SMALL = ["cover", "scenario=current_patchwork", *TINY, "replications=6"]  # nothing is drawn: fast
EVENTS = ["run", "scenario=current_patchwork", *TINY, "replications=2", "draw=false"]
MAY_DIFFER = ("times", "host", "commit")
PATIENCE = 60.0  # seconds before a test gives up on a process

POSIX = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children of a process are read from /proc")


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def content(folder: Path) -> dict[str, bytes]:
    """Every file of a study; the manifest without what may differ."""
    files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    manifest = json.loads(files["manifest.json"])
    return {**files, "manifest.json": json.dumps({k: v for k, v in manifest.items() if k not in MAY_DIFFER}).encode()}


@pytest.fixture(scope="module")
def whole(home, tmp_path_factory) -> dict[str, bytes]:
    """The study of WORDS, never disturbed."""
    place = tmp_path_factory.mktemp("whole")
    subprocess.run([*begin(), "workers=2"], cwd=place, env=outside(home), check=True, capture_output=True)
    return content(place / "study")


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> dict[str, bytes]:
    """The study of SMALL, never disturbed."""
    place = tmp_path_factory.mktemp("small")
    assert cli.main([*SMALL[:-2], f"out={place / 'study'}", SMALL[-1]]) == 0
    return content(place / "study")


def begin() -> list[str]:
    return [sys.executable, "-m", "sim", *WORDS]


def outside(home: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(home)}


def filed(place: Path) -> list[Path]:
    return sorted((place / ".study.units").glob("*.unit"))


def until(true, process: subprocess.Popen | None = None) -> None:
    """Wait for something to become true, while a process lives."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "nothing happened"
        assert process is None or process.poll() is None, "it ended too soon"
        time.sleep(0.005)


def workers_of(pid: int) -> list[int]:
    """Those that it has started, and those that they have split into."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    own = [int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]
    return own + [further for child in own for further in workers_of(child)]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def begun(home, here) -> Iterator[subprocess.Popen]:
    """The study of WORDS with some units filed and more to come."""
    process = subprocess.Popen(
        [*begin(), "workers=2"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=outside(home)
    )
    with process:
        until(lambda: len(filed(here)) >= 4, process)
        try:
            yield process
        finally:
            process.kill()


@POSIX
def test_a_killed_worker_is_replaced_and_the_bytes_are_the_same(begun, whole, here):
    for worker in workers_of(begun.pid):
        os.kill(worker, signal.SIGKILL)
    _, err = begun.communicate(timeout=PATIENCE)
    assert begun.returncode == 0, err
    assert content(here / "study") == whole
    assert not (here / ".study.units").exists()


@POSIX
def test_a_killed_parent_leaves_its_units_and_no_workers_and_the_command_goes_on(begun, whole, here, home):
    workers = workers_of(begun.pid)
    begun.kill()
    begun.communicate()
    until(lambda: not any(map(alive, workers)))
    kept = len(filed(here))
    assert 0 < kept < 28
    assert not (here / "study").exists()
    done = subprocess.run(begin(), capture_output=True, text=True, env=outside(home), check=True)
    assert "going on from .study.units" in done.stderr
    assert content(here / "study") == whole
    assert not (here / ".study.units").exists()


def test_ctrl_c_keeps_what_is_finished(begun, whole, here, home):
    begun.send_signal(signal.SIGINT)
    out, err = begun.communicate(timeout=PATIENCE)
    assert begun.returncode == 130
    assert out == ""
    assert err.splitlines()[-1].startswith("oncall-sim: stopped")
    assert "Traceback" not in err
    assert filed(here)
    subprocess.run(begin(), capture_output=True, env=outside(home), check=True)
    assert content(here / "study") == whole


def full_after(monkeypatch, room: int) -> None:
    """A disk with room for so many files of units."""
    real, written = units.whole, []

    def whole_or_full(path: Path, text: bytes) -> None:
        if path.suffix == ".unit":
            written.append(path)
            if len(written) > room:
                raise OSError(errno.ENOSPC, "No space left on device", str(path))
        real(path, text)

    monkeypatch.setattr(units, "whole", whole_or_full)


@pytest.fixture
def stopped(here, monkeypatch, capsys) -> Path:
    """The working folder of SMALL, stopped after three of six units by a full disk."""
    with monkeypatch.context() as patch:
        full_after(patch, 3)
        assert cli.main(SMALL) == 1
    said = capsys.readouterr().err.splitlines()[-1]
    assert said.startswith("oncall-sim: ")
    assert "No space left" in said
    assert len(filed(here)) == 3
    return here / ".study.units"


def test_a_full_disk_keeps_what_is_finished(stopped, small, here):
    assert cli.main(SMALL) == 0
    assert content(here / "study") == small


def test_units_that_are_there_are_not_made_again(stopped, here, capsys):
    before = {path: path.stat().st_mtime_ns for path in filed(here)}
    assert cli.main([*SMALL, "shard=1/1"]) == 0
    assert {path: path.stat().st_mtime_ns for path in filed(here) if path in before} == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["seed=2"], "seed was 1, is 2"),
        (["goodwill.asks_people=1"], "current_patchwork: goodwill.asks_people was 2, is 1"),
        (["weeks=2"], "current_patchwork: weeks was 1, is 2"),
    ],
)
def test_a_study_that_changed_does_not_go_on_and_says_what_changed(words, said, stopped, capsys, here):
    assert cli.main([*(word for word in SMALL if word.split("=")[0] != words[0].split("=")[0]), *words]) == 2
    line = capsys.readouterr().err
    assert said in line
    assert line.count("\n") == 1
    assert len(filed(here)) == 3


@pytest.mark.parametrize("name", ["version", "code", "numpy"])
def test_other_code_does_not_go_on(name, stopped, capsys):
    identity = json.loads((stopped / "identity.json").read_text())
    (stopped / "identity.json").write_text(json.dumps({**identity, name: "old"}))
    assert cli.main(SMALL) == 2
    assert f"{name} was old, is" in capsys.readouterr().err


def test_a_changed_table_does_not_go_on(here, monkeypatch, capsys, home):
    table = here / "areas.csv"
    original = (home / "configs/area_table/icbs_2024.csv").read_text(encoding="utf-8")
    table.write_text(original, encoding="utf-8")
    words = [*SMALL, f"area_table.file={table}"]
    with monkeypatch.context() as patch:
        full_after(patch, 2)
        assert cli.main(words) == 1
    table.write_text(original.replace("QHG,", "QHG,New name of ", 1), encoding="utf-8")
    capsys.readouterr()
    assert cli.main(words) == 2
    assert "files.area_table_file was" in capsys.readouterr().err


def test_more_replications_use_the_units_there_are(stopped, here):
    words = [word for word in SMALL if not word.startswith("replications=")]
    before = {path: path.stat().st_mtime_ns for path in filed(here)}
    assert cli.main([*words, "replications=8", "shard=1/1"]) == 0
    assert {path: path.stat().st_mtime_ns for path in filed(here) if path in before} == before
    assert len(filed(here)) == 8


def test_parts_of_a_job_array_make_one_study(small, here, capsys):
    for part, there in ((2, 2), (1, 4), (3, 6)):
        assert cli.main([*SMALL, f"shard={part}/3"]) == 0
        printed = capsys.readouterr().out
        assert f"part {part} of 3 is done: {there} of 6 runs are there" in printed
        assert not (here / "study").exists()
    assert cli.main(SMALL) == 0
    assert content(here / "study") == small


@pytest.mark.parametrize("said", ["0/3", "4/3", "3", "a/b"])
def test_a_part_that_cannot_be_is_refused(said, here, capsys):
    assert cli.main([*SMALL, f"shard={said}"]) == 2
    assert "shard=2/10" in capsys.readouterr().err
    assert list(here.iterdir()) == []


def test_two_runs_of_one_study_do_not_meet(here, capsys):
    pytest.importorskip("fcntl")
    with results.working(here / "study"):
        assert cli.main(SMALL) == 2
    assert "another run is making this study" in capsys.readouterr().err


def test_keeping_the_units_keeps_their_files(here, small):
    assert cli.main([*SMALL, "keep=units"]) == 0
    kept = sorted(path.name for path in (here / "study/units").iterdir())
    assert kept == [f"current_patchwork.{r:06d}.unit" for r in range(1, 7)]
    same = content(here / "study")
    assert all(same[name] == small[name] for name in small if name != "manifest.json")


def test_rows_of_single_areas_are_kept_when_they_are_asked_for(here, small):
    """Catches a row of a replication that is in neither table, and other numbers in a study that keeps them."""
    import pandas as pd

    assert cli.main([*SMALL, "keep=areas"]) == 0
    same = content(here / "study")
    assert all(same[name] == small[name] for name in small if name not in ("manifest.json", "dictionary.csv"))
    others, of_areas = (pd.read_csv(here / f"study/{name}.csv") for name in ("replications", "replications_by_area"))
    assert list(others.columns) == list(of_areas.columns)
    assert set(of_areas["group"]) <= {"area", "area_role"}
    assert not set(others["group"]) & {"area", "area_role"}
    keys = ["measure", "group", "level"]
    both = pd.concat([others, of_areas]).groupby(keys).size().reset_index()[keys]
    told = pd.read_csv(here / "study/summary.csv")[keys].sort_values(keys, ignore_index=True)
    assert both.to_numpy().tolist() == told.to_numpy().tolist()
    assert "replications_by_area.csv" in set(pd.read_csv(here / "study/dictionary.csv")["table"])


def test_keeping_the_ledger_keeps_every_event(here):
    import pandas as pd

    assert cli.main([*EVENTS, "shard=1/1"]) == 0  # units without a ledger: they are made again
    assert cli.main([*EVENTS, "keep=ledger"]) == 0
    of_one = here / "study/ledger/current_patchwork/2"
    assert {path.name for path in of_one.iterdir()} == {f"{name}.csv" for name in TABLES}
    calls, tasks, people = (pd.read_csv(of_one / f"{name}.csv") for name in ("calls", "tasks", "people"))
    assert len(calls) > 10
    assert set(tasks["person"]) <= set(people["person"])
    assert set(calls["answered_by"].dropna()) <= set(people["person"])
    assert "ledger/current_patchwork/2/calls.csv" in json.loads((here / "study/manifest.json").read_text())["files"]
    assert not (here / ".study.units").exists()


def test_a_ledger_as_parquet_holds_the_same(here):
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra parquet is not installed")
    import pandas as pd

    for keep in ("ledger", "parquet"):
        words = ["out=" + keep if word == "out=study" else word for word in EVENTS]
        assert cli.main([*words, f"keep={keep}"]) == 0
    one = "ledger/current_patchwork/1/tasks"
    again = parquet.read_table(here / f"parquet/{one}.parquet").to_pandas()
    pd.testing.assert_frame_equal(pd.read_csv(here / f"ledger/{one}.csv"), again, check_dtype=False)


def test_parquet_without_the_extra_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert cli.main([*EVENTS, "keep=parquet"]) == 2
    assert "oncall-sim[parquet]" in capsys.readouterr().err


# -- damage to what was filed -----------------------------------------------------------------------------------------

KINDS = (*(f"{table}.csv" for table in TABLES), "fates", "doors", "years", "unit")
KEPT = [*EVENTS, "keep=ledger"]


@pytest.fixture(scope="module")
def with_ledger(tmp_path_factory) -> tuple[dict[str, bytes], Path]:
    """The study of KEPT, never disturbed, and its working folder just before it was finished."""
    place = tmp_path_factory.mktemp("ledger")
    words = [f"out={place / 'study'}" if word == "out=study" else word for word in KEPT]
    assert cli.main([*words, "shard=1/1"]) == 0
    units_of = Path(shutil.copytree(place / ".study.units", place / "units"))
    assert cli.main(words) == 0
    return content(place / "study"), units_of


@pytest.fixture
def interrupted(with_ledger, here) -> Path:
    """The working folder of KEPT, stopped before it was finished."""
    return Path(shutil.copytree(with_ledger[1], here / ".study.units"))


DAMAGE = {
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:-9]),
    "one bit turned": lambda path: path.write_bytes(path.read_bytes()[:-1] + bytes([path.read_bytes()[-1] ^ 1])),
    "emptied": lambda path: path.write_bytes(b""),
    "zeros": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "edited": lambda path: path.write_text("person,call\nnobody,1\n"),
    "of the other replication": lambda path: shutil.copy(str(path).replace("000001", "000002"), path),
    "gone": lambda path: path.unlink(),
}


def test_every_file_of_a_unit_is_known(interrupted):
    assert {path.name for path in interrupted.glob("*.000001.*")} == {f"current_patchwork.000001.{k}" for k in KINDS}


@pytest.fixture(scope="module")
def study() -> Study:
    """What KEPT asks for."""
    chosen = [word for word in KEPT[2:] if not word.startswith("out=")]
    return studies.design("run", [plan("current_patchwork", chosen, None)])


@pytest.mark.parametrize("way", DAMAGE)
@pytest.mark.parametrize("kind", KINDS)
def test_a_unit_with_a_damaged_file_is_as_good_as_missing(kind, way, study, interrupted):
    """Catches a ledger that was damaged while the study lay there, copied into it and signed."""
    DAMAGE[way](interrupted / f"current_patchwork.000001.{kind}")
    conductor = Conductor(study, Units(interrupted), lambda asked: (), True, None)
    assert [conductor.filed(unit) for unit in (Unit(0, 0), Unit(1, 0))] == [False, True]


def test_what_was_damaged_is_made_again_and_the_bytes_are_the_same(interrupted, with_ledger, here):
    DAMAGE["one bit turned"](interrupted / "current_patchwork.000001.calls.csv")
    DAMAGE["emptied"](interrupted / "current_patchwork.000002.people.csv")
    assert cli.main(KEPT) == 0
    assert content(here / "study") == with_ledger[0]


def test_a_file_damaged_while_its_study_is_written_is_one_line(interrupted, here, monkeypatch, capsys):
    """Catches a ledger that is signed although it was damaged after it was looked at."""
    real = pipeline.estimate

    def damaged(*given):
        (interrupted / "current_patchwork.000002.calls.csv").write_bytes(b"")
        return real(*given)

    monkeypatch.setattr(pipeline, "estimate", damaged)
    assert cli.main(KEPT) == 1
    said = capsys.readouterr().err.splitlines()[-1]
    assert said.startswith("oncall-sim: current_patchwork.000002.calls.csv: gone or damaged while the study ran")
    assert not (here / "study").exists()
