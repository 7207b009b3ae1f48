"""Work on a process beside this one, which goes on meanwhile."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any, TypeVar, cast

Result = TypeVar("Result")


def can_be() -> bool:
    """Whether a process can begin as a copy of this one, with all that was read and imported: to begin anew would cost
    as much as it saves. Not beside other threads, whose locks the copy would hold for ever."""
    forks = "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"  # whose own libraries do not
    return forks and threading.active_count() == 1


@contextmanager
def beside(work: Callable[[], Result], asked: bool = True) -> Iterator[Callable[[], Result]]:
    """Begin some work beside this process. What is given back waits for it and gives what it gave.

    Where no process can be, or none is asked for, and where it ends without an answer, the work is done here, so that
    its result, or what it raises, is the same.
    """
    if not (asked and can_be()):
        yield work
        return
    here, there = multiprocessing.Pipe(duplex=False)
    other = multiprocessing.get_context("fork").Process(target=_answer, args=(work, there, here), daemon=True)
    seen = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # the other never sees Ctrl-C: this one ends it
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of threads in numpy's own library, which is prepared
            other.start()
        there.close()  # only the other holds its end: when it dies, this end tells
        signal.pthread_sigmask(signal.SIG_SETMASK, seen)
        yield lambda: _awaited(here, work)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, seen)
        here.close()
        if other.pid is not None:
            other.terminate()
            other.join()


def _awaited(pipe: Connection, work: Callable[[], Result]) -> Result:
    try:
        return cast(Result, pipe.recv())
    except (EOFError, OSError):
        return work()


def _answer(work: Callable[[], Any], pipe: Connection, asked_from: Connection) -> None:
    """The life of the other process. An error is nobody's to read here: its end tells, and the work is done again.

    asked_from: the end of whoever asked, held by nobody else: when that one is killed, the answer is nobody's and ends.
    """
    asked_from.close()
    try:
        pipe.send(work())
    except BaseException:
        os._exit(1)
