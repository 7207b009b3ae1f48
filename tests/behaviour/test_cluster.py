"""The same study on a dask scheduler: of its own or somebody else's, also when workers are killed."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim import cli

pytest.importorskip("distributed", reason="the extra cluster is not installed")

WORDS = ["cover", "scenario=current_patchwork", "areas=[QHG,QE1,QOP]", "weeks=52", "replications=60", "out=study"]
MAY_DIFFER = ("times", "host", "commit")
PATIENCE = 60.0


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def content(folder: Path) -> dict[str, bytes]:
    files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    manifest = json.loads(files["manifest.json"])
    return {**files, "manifest.json": json.dumps({k: v for k, v in manifest.items() if k not in MAY_DIFFER}).encode()}


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> dict[str, bytes]:
    """The same study on the pool."""
    place = tmp_path_factory.mktemp("whole")
    assert cli.main([*WORDS[:-1], f"out={place / 'study'}", "workers=1"]) == 0
    return content(place / "study")


def started(home: Path, *words: str) -> subprocess.Popen:
    env = {**os.environ, "PYTHONPATH": str(home), "DASK_DISTRIBUTED__WORKER__MEMORY__TERMINATE": "false"}
    return subprocess.Popen(
        [sys.executable, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env
    )


@pytest.fixture
def scheduler(home) -> Iterator[str]:
    """The address of a scheduler in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = started(
        home, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"
    )
    with process:
        try:
            yield f"tcp://127.0.0.1:{port}"
        finally:
            process.kill()


@pytest.fixture
def workers(home, scheduler) -> Iterator[list[subprocess.Popen]]:
    """Two workers of that scheduler, without anybody who would start them again."""
    words = ("-m", "distributed.cli.dask_worker", scheduler, "--nthreads", "1", "--no-nanny", "--no-dashboard")
    both = [started(home, *words) for _ in range(2)]
    try:
        yield both
    finally:
        for process in both:
            process.kill()
            process.communicate()


def test_a_scheduler_of_its_own_gives_the_same_bytes(whole, here, home):
    process = started(home, "-m", "sim", *WORDS, "executor=dask", "workers=2")
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, err
    assert content(here / "study") == whole


def test_a_worker_killed_for_good_loses_nothing(whole, here, home, scheduler, workers):
    process = started(home, "-m", "sim", *WORDS, "executor=dask", f"scheduler={scheduler}")
    end = time.monotonic() + PATIENCE
    while len(list((here / ".study.units").glob("*.unit"))) < 5:
        assert time.monotonic() < end
        assert process.poll() is None, process.communicate()
        time.sleep(0.005)
    workers[0].send_signal(signal.SIGKILL)
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, err
    assert content(here / "study") == whole


def test_nobody_at_the_address_is_one_line(here, capsys, monkeypatch):
    monkeypatch.setattr("sim.experiment.cluster.SECONDS_TO_CONNECT", 0.5)
    assert cli.main([*WORDS, "executor=dask", "scheduler=tcp://127.0.0.1:9"]) == 2
    assert "no dask scheduler answers there" in capsys.readouterr().err.splitlines()[-1]
    assert list(here.iterdir()) == []


def test_without_the_extra_it_says_what_to_install(here, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert cli.main([*WORDS, "executor=dask"]) == 2
    assert "oncall-sim[cluster]" in capsys.readouterr().err
    assert list(here.iterdir()) == []
