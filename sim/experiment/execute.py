"""Where the units of a study run: in this process, on worker processes beside it, or on a dask cluster.

Whoever finishes first, a study has the same bytes: its units are put in order before anything is estimated.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

from sim.experiment.processes import Pool, WorkerDied
from sim.experiment.units import Unit
from sim.measures.rows import Row

__all__ = [
    "EXECUTORS", "Progress", "Work", "WorkerDied", "executor", "run_units", "usable_cores", "workers_stay",
]  # fmt: skip

EXECUTORS = ("pool", "dask")

Work = Callable[[Unit], list[Row]]
Run = Callable[[Iterable[Unit]], Iterator[tuple[Unit, Any]]]  # units in, (unit, what the work gave) out as they finish
Progress = Callable[[int, int], None]  # units finished, units in all

_staying: ContextVar[list[Pool] | None] = ContextVar("staying", default=None)  # None: whoever opens workers ends them


def usable_cores() -> int:
    """Processor cores this process may use, at least 1."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def executor(
    work: Callable[[Unit], Any], workers: int, scheduler: str | None = None, kind: str = "pool"
) -> Iterator[Run]:
    """A way to run units of one kind of work, for as long as it is open.

    workers: 1 on a pool runs here, without a process. scheduler: address of a dask scheduler, None: one of its own.
    Raises WorkerDied when a unit ends its workers again and again; whatever the work itself raises is passed on.
    """
    if kind == "dask":
        from sim.experiment.cluster import cluster

        with cluster(work, workers, scheduler) as run:
            yield run
    elif workers <= 1:
        yield lambda wanted: ((unit, work(unit)) for unit in wanted)
    else:
        pool = _pool_of(workers)
        try:
            yield partial(pool.run, work)
        finally:
            _let_go(pool)


@contextmanager
def workers_stay() -> Iterator[None]:
    """For as long as it is open, worker processes stay for what is run next: each takes half a second to begin."""
    if _staying.get() is not None:
        yield
        return
    pools: list[Pool] = []
    outside = _staying.set(pools)
    try:
        yield
    finally:
        _staying.reset(outside)
        for pool in pools:
            pool.close()


def _pool_of(size: int) -> Pool:
    """Workers that stayed and have nothing to do, or new ones."""
    pools = _staying.get() or []
    found = next((pool for pool in pools if pool.size == size), None)
    if found is None:
        return Pool(size)
    pools.remove(found)
    return found


def _let_go(pool: Pool) -> None:
    """Workers with something in hand are never kept: nobody would take what they give."""
    pools = _staying.get()
    if pools is None or not pool.at_rest:
        pool.close()
    else:
        pools.append(pool)


def run_units(
    wanted: Sequence[Unit], work: Work, workers: int, progress: Progress | None = None
) -> Iterator[tuple[Unit, list[Row]]]:
    """Each unit asked for with its rows, in that order, nothing filed. progress: told as units finish."""
    early: dict[Unit, list[Row]] = {}
    following = iter(wanted)
    waits_for = next(following, None)
    with executor(work, min(workers, len(wanted))) as run:
        for done, (finished, rows) in enumerate(run(wanted), start=1):
            early[finished] = rows
            if progress is not None:
                progress(done, len(wanted))
            while waits_for in early:
                yield waits_for, early.pop(waits_for)
                waits_for = next(following, None)
