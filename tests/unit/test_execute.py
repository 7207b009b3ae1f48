"""Units come back in the order asked for, whoever finished first; a worker that dies is replaced."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.experiment.execute import WorkerDied, executor, run_units, workers_stay
from sim.experiment.processes import Pool, Waiting
from sim.experiment.units import Unit, units
from sim.measures.rows import Row

ASKED = units(2, 3)
KILLS = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
LARGE = b"x" * 5_000_000  # far more than a pipe holds


def late_first(asked: Unit) -> list[Row]:
    time.sleep(0.2 if asked.replication == 0 else 0.0)
    return [Row("m", "england", "England", float(asked.replication), 1.0, asked.scenario)]


def die(asked: Unit) -> list[Row]:
    if asked.replication == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return []


class DieOnce:
    """Work that kills its process the first time it meets a unit, found by a mark on disk."""

    def __init__(self, marks: Path) -> None:
        self.marks = marks

    def __call__(self, asked: Unit) -> list[Row]:
        mark = self.marks / f"{asked.replication}-{asked.scenario}"
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return late_first(asked)


def send_much(asked: Unit) -> bytes:
    return LARGE


def who(asked: Unit) -> int:
    time.sleep(0.4 if asked.replication == 0 else 0.0)
    return os.getpid()


class Endless:
    """Work that is done for the first unit, and never for another; its process leaves its number on disk."""

    def __init__(self, marks: Path) -> None:
        self.marks = marks

    def __call__(self, asked: Unit) -> None:
        while asked.replication:
            (self.marks / str(os.getpid())).touch()


def running(pid: int) -> bool:
    """Whether a process is at work, not only not yet taken leave of by whoever is left to do so."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until(true: Callable[[], bool]) -> bool:
    """Whether it comes true within ten seconds."""
    end = time.monotonic() + 10
    while not true() and time.monotonic() < end:
        time.sleep(0.01)
    return true()


def spin(asked: Unit) -> None:
    end = time.process_time() + 0.3
    while time.process_time() < end:
        pass


def fail(asked: Unit) -> list[Row]:
    raise ZeroDivisionError(asked.replication)


class Secret(Exception):
    """An error that cannot be sent from one process to another."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(one + two)


def fail_secretly(asked: Unit) -> list[Row]:
    raise Secret("not", "sendable")


def test_units_go_replication_by_replication():
    assert units(2, 2) == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert units(1, 4, first=2) == [(2, 0), (3, 0)]


@pytest.mark.parametrize("workers", [1, 2, 9])
def test_results_come_in_the_order_asked_for(workers):
    told = []
    results = list(run_units(ASKED, late_first, workers, lambda done, total: told.append((done, total))))
    assert [unit for unit, _ in results] == ASKED
    assert [(rows[0].numerator, rows[0].events) for _, rows in results] == [(r, s) for r, s in ASKED]
    assert told == [(n, 6) for n in range(1, 7)]


@KILLS
def test_a_killed_worker_is_replaced_and_its_unit_run_again(tmp_path):
    results = list(run_units(units(1, 3), DieOnce(tmp_path), 2))
    assert [(unit, rows[0].numerator) for unit, rows in results] == [((r, 0), r) for r in range(3)]


@KILLS
def test_the_death_of_the_worker_that_others_split_from_is_seen_while_they_live(tmp_path):
    """Catches an end of its pipe that another worker holds: its unit would be waited for until all others are gone."""
    for number in (1, 2, 3):
        (tmp_path / f"{number}-0").touch()  # only the first unit, which the first worker is given, kills
    signal.signal(signal.SIGALRM, lambda *_: pytest.fail("its death was not seen"))
    signal.alarm(30)
    try:
        results = list(run_units(units(1, 4), DieOnce(tmp_path), 2))
    finally:
        signal.alarm(0)
    assert [unit for unit, _ in results] == units(1, 4)


@KILLS
def test_a_unit_that_kills_every_worker_is_one_clear_error():
    with pytest.raises(WorkerDied, match="worker processes were ended"):
        list(run_units(ASKED, die, 2))


@KILLS
def test_a_worker_killed_in_the_middle_of_sending_holds_nobody_up():
    """The pipe is full and nobody reads it: the worker is inside its send when it is killed."""
    pool = Pool(2)
    try:
        finished = pool.run(send_much, units(1, 6))
        next(finished)
        time.sleep(0.3)
        victim = next(iter(pool._people.values()))
        os.kill(victim.pid, signal.SIGKILL)
        victim.join()
        others = [unit for unit, answer in finished if answer == LARGE]
        assert len(set(others)) == 5
    finally:
        pool.close()


@KILLS
def test_a_worker_with_an_endless_unit_is_ended_by_force_whoever_it_split_from(tmp_path, monkeypatch):
    """Catches a worker that goes on for ever when nobody knows it any more."""
    monkeypatch.setattr("sim.experiment.processes.SECONDS_TO_FINISH", 0.1)
    pool = Pool(2)
    next(pool.run(Endless(tmp_path), units(1, 2)))
    wait_until(lambda: any(tmp_path.iterdir()))
    pool.close()
    (left,) = tmp_path.iterdir()
    assert wait_until(lambda: not running(int(left.name)))


@pytest.mark.parametrize("workers", [1, 2])
def test_a_defect_in_the_work_is_passed_on(workers):
    with pytest.raises(ZeroDivisionError):
        list(run_units(ASKED, fail, workers))


def test_a_defect_that_cannot_be_sent_is_told_in_words():
    with pytest.raises(RuntimeError, match="notsendable"):
        list(run_units(ASKED, fail_secretly, 2))


def test_the_scenarios_of_a_replication_go_to_one_worker():
    """Catches units handed out as they come: each worker would draw the families of every replication."""
    waiting = Waiting(units(3, 3))
    assert waiting.next_for(None, {}) == (0, 0)
    assert waiting.next_for(None, {0}) == (1, 0)  # another worker begins the next replication
    assert [waiting.next_for(0, {1}) for _ in range(2)] == [(0, 1), (0, 2)]
    assert waiting.next_for(0, {1}) == (2, 0)  # the first is done
    assert waiting.next_for(7, {1, 2}) == (1, 1)  # nothing else is left: it helps out
    waiting.again(Unit(2, 0))
    assert [waiting.next_for(None, {}) for _ in range(len(waiting))] == [(2, 0), (2, 1), (2, 2), (1, 2)]
    assert not waiting


def test_workers_stay_for_what_is_run_next_and_end_after_it():
    """Catches workers that begin anew for every part of a study, and such as outlive it."""
    with workers_stay():
        first, second = ({pid for _, pid in run_units(ASKED, who, 2)} for _ in range(2))
        other = list(run_units(ASKED, late_first, 2))
    assert os.getpid() not in first
    assert second <= first
    assert [rows[0].numerator for _, rows in other] == [unit.replication for unit in ASKED]
    assert not multiprocessing.active_children()


@pytest.mark.skipif(os.name != "posix", reason="the time of children is not told on this system")
def test_the_time_of_every_worker_is_counted():
    """Catches workers that split off and that nobody waits for: a study would say that it took half of what it did."""
    before, _, after = os.times(), list(run_units(ASKED, spin, 3)), os.times()
    spent = [now - then for now, then in zip(after, before, strict=True)]
    assert sum(spent[2:4]) > 0.3 * len(ASKED)  # of children, for the system and for themselves


def test_workers_with_something_in_hand_are_not_kept():
    """Catches an answer to what was asked before, taken for one to what is asked now."""
    with workers_stay():
        with executor(late_first, 2) as run:
            next(run(units(1, 4)))  # and the other is still at work
        assert [type(pid) for _, pid in run_units(units(1, 4), who, 2)] == [int] * 4
