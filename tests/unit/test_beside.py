"""Work on a process beside this one gives what it would have given here, whatever becomes of that process."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from sim.report import build
from sim.report.drawing.beside import beside, can_be
from tests.unit.report_tables import made_up

KILLED = """
import os, signal
from sim.report.drawing.beside import beside
with beside(lambda: b"x" * 5_000_000):  # far more than a pipe holds
    os.kill(os.getpid(), signal.SIGKILL)
"""
forks = pytest.mark.skipif(not can_be(), reason="no process can begin as a copy of this one")


@pytest.fixture
def alone(monkeypatch):
    """As if no other test had left a thread in this process."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)


@forks
@pytest.mark.usefixtures("alone")
def test_it_is_done_by_another_process():
    with beside(os.getpid) as answer:
        assert answer() != os.getpid()


def test_it_is_done_here_where_none_is_asked_for():
    with beside(os.getpid, asked=False) as answer:
        assert answer() == os.getpid()


def test_it_is_done_here_beside_another_thread():
    """Catches a copy that waits for ever for a lock which the thread held."""
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    try:
        with beside(os.getpid) as answer:
            assert answer() == os.getpid()
    finally:
        over.set()
        thread.join()


@forks
@pytest.mark.usefixtures("alone")
def test_it_is_done_here_when_the_other_process_is_ended():
    """Catches a page without its charts, and a wait without an end."""
    here = os.getpid()
    with beside(lambda: os._exit(9) if os.getpid() != here else "done") as answer:
        assert answer() == "done"


def test_an_error_is_raised_here_and_nothing_is_printed(capfd):
    def fails() -> None:
        raise ValueError("no")

    with beside(fails) as answer, pytest.raises(ValueError, match="no"):
        answer()
    assert capfd.readouterr().err == ""


@forks
@pytest.mark.usefixtures("alone")
def test_the_other_process_is_ended_with_what_asked_for_it():
    """Catches a process that goes on after Ctrl-C."""
    before = set(multiprocessing.active_children())
    started = []

    def interrupted() -> None:
        with beside(lambda: threading.Event().wait(60)):
            started.extend(set(multiprocessing.active_children()) - before)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert [one.is_alive() for one in started] == [False]


@forks
def test_the_other_process_ends_when_what_asked_for_it_is_killed():
    """Catches one that waits for ever to be read, with all the memory of a report."""
    whole = [sys.executable, "-c", KILLED]
    subprocess.run(whole, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, timeout=30, check=False)  # of both


def test_a_report_has_the_same_bytes_on_two_processes():
    tables = made_up(("current_patchwork", "icb_rota"), ("QHM", "QE1"))
    assert build(tables, workers=2) == build(tables)
