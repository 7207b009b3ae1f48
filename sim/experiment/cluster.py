"""The same units on a dask.distributed scheduler: one of its own on this machine, or one that is already there.

What a unit gives comes back and is filed here, so machines need not share a disk. When a worker is killed the scheduler
runs its units elsewhere; the work itself is a task too, so that losing whoever held it loses nothing.
"""

from __future__ import annotations

import logging
import pickle
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from sim.errors import BadInput
from sim.experiment.processes import TRIES, WorkerDied
from sim.experiment.units import Unit

SECONDS_TO_CONNECT = 15


@contextmanager
def cluster(
    work: Callable[[Unit], Any], workers: int, scheduler: str | None
) -> Iterator[Callable[[Iterable[Unit]], Iterator[tuple[Unit, Any]]]]:
    """A way to run units on dask. scheduler: its address, None: a local one with so many worker processes.

    Raises BadInput when dask is not installed or nobody answers at the address, WorkerDied when a unit ends its
    workers again and again.
    """
    try:
        import dask
        from distributed import Client, LocalCluster, as_completed
        from distributed.scheduler import KilledWorker
    except ImportError:
        raise BadInput("executor=dask: it needs an extra; pip install 'oncall-sim[cluster]'") from None
    content = pickle.dumps(work)
    quiet = {
        "distributed.scheduler.allowed-failures": TRIES - 1,
        "distributed.admin.large-graph-warning-threshold": "1GB",
    }
    with ExitStack() as opened:
        opened.enter_context(dask.config.set(quiet))
        if scheduler is None:
            local = LocalCluster(
                n_workers=workers, threads_per_worker=1, dashboard_address=None, silence_logs=logging.CRITICAL
            )
            scheduler = opened.enter_context(local)
        try:
            client = opened.enter_context(Client(scheduler, timeout=SECONDS_TO_CONNECT))
        except (OSError, ValueError) as error:
            raise BadInput(f"scheduler={scheduler}: no dask scheduler answers there ({type(error).__name__})") from None

        def run(wanted: Iterable[Unit]) -> Iterator[tuple[Unit, Any]]:
            shared = client.submit(pickle.loads, content, pure=False)
            units = {client.submit(_one, shared, unit, pure=False): unit for unit in wanted}
            for future in as_completed(list(units)):
                try:
                    result = future.result()
                except KilledWorker:
                    raise WorkerDied(
                        f"{TRIES} dask workers ended while they ran the same unit (killed, or out of memory); what was "
                        "finished is kept: run the same command again"
                    ) from None
                yield units.pop(future), result
                future.release()

        yield run


def _one(work: Callable[[Unit], Any], unit: Unit) -> Any:
    return work(unit)
