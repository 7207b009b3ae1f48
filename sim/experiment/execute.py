"""Where the units of a study run: in this process, or on a pool of worker processes.

Results come back in the order in which the units were asked for, whoever finished first, so a study has the same bytes
with any number of workers. Only the units handed in are run: a caller that has some of them already leaves them out.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.synchronize import Event

from sim.experiment.units import Unit
from sim.measures.rows import Row

Work = Callable[[Unit], list[Row]]
Progress = Callable[[int, int], None]  # units finished, units in all

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class WorkerDied(RuntimeError):
    """A worker process ended before its unit did: killed, or out of memory."""


def usable_cores() -> int:
    """Processor cores this process may use, at least 1."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_units(
    asked: Sequence[Unit], work: Work, workers: int, progress: Progress | None = None
) -> Iterator[tuple[Unit, list[Row]]]:
    """Each unit asked for with its rows, in that order.

    work: pickled once for each worker process. workers: 1 runs here, without a pool. progress: told after each unit.
    Raises WorkerDied when a worker process is killed; whatever the work itself raises is passed on.
    """
    workers = min(workers, len(asked))
    results = _here(asked, work) if workers <= 1 else _on_pool(asked, work, workers)
    for done, (finished, rows) in enumerate(zip(asked, results, strict=True), start=1):
        if progress is not None:
            progress(done, len(asked))
        yield finished, rows


def _here(asked: Sequence[Unit], work: Work) -> Iterator[list[Row]]:
    return map(work, asked)


def _on_pool(asked: Sequence[Unit], work: Work, workers: int) -> Iterator[list[Row]]:
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")  # a worker is one core's work; threads of its own would fight the others
    context = multiprocessing.get_context("spawn")  # the same on every system, and no inherited locks
    stopped = context.Event()
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker, initargs=(work, stopped))
    try:
        with _interrupt_held_back():
            results = pool.map(_work, asked)
        yield from results
    except BrokenProcessPool as error:
        raise WorkerDied(
            "a worker process was ended from outside (killed, or out of memory) and the study left nothing behind; "
            "run the same command again, with fewer workers= if memory is short"
        ) from error
    finally:
        # Workers end after the unit in hand. Ended by force in the middle of sending one, they would leave this process
        # waiting for the rest of it.
        stopped.set()
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _interrupt_held_back() -> Iterator[None]:
    """Start processes whole, and such that never see Ctrl-C: the parent ends them, in one line instead of many.

    A process half started would complain at length, so Ctrl-C waits until all are there; they inherit the block.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    held: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, _frame: held.append(number))
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if hasattr(signal, "pthread_sigmask") else None
    try:
        yield
    finally:
        if blocked is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        signal.signal(signal.SIGINT, handler)
    if held:
        raise KeyboardInterrupt


_kept: list[tuple[Work, Event]] = []  # in a worker process: the work it was started with, and the sign to stop


def _start_worker(work: Work, stopped: Event) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _kept[:] = [(work, stopped)]


def _work(asked: Unit) -> list[Row]:
    work, stopped = _kept[0]
    return [] if stopped.is_set() else work(asked)  # nobody reads what comes after the sign
