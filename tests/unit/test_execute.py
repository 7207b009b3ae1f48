"""Units come back in the order asked for, whoever finished first; a worker that dies is one clear error."""

from __future__ import annotations

import os
import signal
import time

import pytest

from sim.experiment.execute import WorkerDied, run_units
from sim.experiment.units import Unit, units
from sim.measures.rows import Row

ASKED = units(2, 3)


def late_first(asked: Unit) -> list[Row]:
    time.sleep(0.2 if asked.replication == 0 else 0.0)
    return [Row("m", "england", "England", float(asked.replication), 1.0, asked.scenario)]


def die(asked: Unit) -> list[Row]:
    if asked.replication == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return []


def fail(asked: Unit) -> list[Row]:
    raise ZeroDivisionError(asked.replication)


def test_units_go_replication_by_replication():
    assert units(2, 2) == [(0, 0), (0, 1), (1, 0), (1, 1)]


@pytest.mark.parametrize("workers", [1, 2, 9])
def test_results_come_in_the_order_asked_for(workers):
    told = []
    results = list(run_units(ASKED, late_first, workers, lambda done, total: told.append((done, total))))
    assert [unit for unit, _ in results] == ASKED
    assert [(rows[0].numerator, rows[0].events) for _, rows in results] == [(r, s) for r, s in ASKED]
    assert told == [(n, 6) for n in range(1, 7)]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_a_killed_worker_is_one_clear_error():
    with pytest.raises(WorkerDied, match="worker process was ended"):
        list(run_units(ASKED, die, 2))


@pytest.mark.parametrize("workers", [1, 2])
def test_a_defect_in_the_work_is_passed_on(workers):
    with pytest.raises(ZeroDivisionError):
        list(run_units(ASKED, fail, workers))
