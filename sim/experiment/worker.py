"""A worker process: the model loaded once, then units in and answers out, until nobody is at the other end.

Nothing here loads pandas, scipy.stats or matplotlib.
"""

from __future__ import annotations

import os
import pickle
import signal
import traceback
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial
from importlib import import_module
from multiprocessing.connection import Connection
from typing import NoReturn

MODEL = ("sim.experiment.produce", "sim.measures", "sim.model", "sim.results")  # what almost any work takes


def several(pipes: Sequence[Connection]) -> None:
    """As many workers as pipes: this process, and those that it splits into once it has loaded the model.

    It has no threads and holds no locks yet, so that this is safe; it ends after all of them, and counts their time.
    Ended by force, it takes them along.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    first, *others = pipes
    if others:
        for name in MODEL:
            import_module(name)
    split: set[int] = set()
    for pipe in others:
        if (pid := os.fork()) == 0:
            _alone(pipe, pipes)
        split.add(pid)
    if split:
        signal.signal(signal.SIGTERM, partial(_end, split))
    for pipe in others:
        pipe.close()
    serve(first)
    while split:
        split.discard(os.wait()[0])


def _end(split: Iterable[int], *_: object) -> NoReturn:
    """By force, with those that split off: nobody else knows them, and each would go on to the end of its unit."""
    for pid in split:
        with suppress(ProcessLookupError):  # it has just ended by itself
            os.kill(pid, signal.SIGKILL)
    os._exit(1)


def _alone(pipe: Connection, pipes: Sequence[Connection]) -> NoReturn:
    """One that split off: each end is held by its worker alone, so that its death is seen at the other."""
    try:
        for other in pipes:
            if other is not pipe:
                other.close()
        serve(pipe)
    finally:
        os._exit(0)


def serve(pipe: Connection) -> None:
    """A worker's life: work and its units in, answers out, until the other end is closed."""
    content, work = b"", None
    while True:
        try:
            asked = pipe.recv()
        except (EOFError, OSError):
            return
        if isinstance(asked, bytes):  # other work from now on, unpickled when the first unit is asked for
            content, work = asked, None
            continue
        try:
            work = work or pickle.loads(content)
            result = (True, work(asked))
        except Exception as error:  # whatever it is, the parent must know
            result = (False, _portable(error))
        try:
            pipe.send(result)
        except OSError:  # nobody listens any more; a unit that was filed stays filed
            return


def _portable(error: Exception) -> Exception:
    """The same error with its traceback as a note; a plain one in its place if it cannot be sent."""
    trace = "".join(traceback.format_exception(error))
    error.add_note(f"in a worker process:\n{trace}")
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # any kind of error, with arguments of any kind
        return RuntimeError(trace)
    return error
