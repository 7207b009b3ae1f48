"""Worker processes on this machine, each at the end of a pipe of its own.

A worker that is killed, even in the middle of sending, breaks only its own pipe: the others go on, a new one takes its
place and its unit is run again. A worker whose parent is gone finds its pipe closed and ends after the unit in hand.
The scenarios of a replication go to one worker as far as can be, for they share what does not depend on a service.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections import Counter, deque
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import ModuleType
from typing import Any, cast

from sim.experiment.units import Unit
from sim.experiment.worker import several

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
TRIES = 3  # workers that one unit may end before it is the unit that is to blame
SECONDS_TO_FINISH = 20.0  # for the units in hand when a study is stopped


class WorkerDied(RuntimeError):
    """Worker processes ended before their unit did, again and again: killed, or out of memory."""


class Pool:
    """A few worker processes that do what they are given, unit by unit, one kind of work after another."""

    def __init__(self, size: int) -> None:
        """size: processes, started when there is something to do."""
        self.size = size
        self._people: dict[Connection, SpawnProcess] = {}
        self._holds: dict[Connection, bytes] = {}  # the work that each has been given
        self._last: dict[Connection, int] = {}  # the replication that each was given last
        self._context = multiprocessing.get_context("spawn")  # begins anew on every system: no inherited locks
        self._in_hand = dict[Connection, Unit]()

    @property
    def at_rest(self) -> bool:
        """Whether nobody has anything in hand."""
        return not self._in_hand

    def run(self, work: Callable[[Unit], Any], wanted: Iterable[Unit]) -> Iterator[tuple[Unit, Any]]:
        """Each unit with what the work gave, as they finish. work: pickled once, and sent once to each process.

        Raises WorkerDied when a unit has ended three workers; whatever the work itself raises is passed on.
        """
        waiting, busy, died = Waiting(wanted), self._in_hand, Counter[Unit]()
        sent = pickle.dumps(work) if waiting else b""
        while waiting or busy:
            self._hand_out(sent, waiting)
            for ready in wait(list(busy)):
                pipe = cast(Connection, ready)  # nothing else was waited for
                unit = busy.pop(pipe)
                try:
                    good, result = pipe.recv()
                except (EOFError, OSError, pickle.UnpicklingError):
                    self._bury(pipe)
                    died[unit] += 1
                    if died[unit] == TRIES:
                        raise WorkerDied(
                            f"{TRIES} worker processes were ended from outside (killed, or out of memory); what was "
                            "finished is kept: run the same command again, with fewer workers= if memory is short"
                        ) from None
                    waiting.again(unit)
                    continue
                if not good:
                    raise result
                yield unit, result

    def close(self) -> None:
        """End the workers after the units in hand; by force if these take long."""
        people = set(self._people.values())
        for pipe in self._people:
            pipe.close()
        self._people.clear()
        self._in_hand.clear()
        try:
            for person in people:
                person.join(SECONDS_TO_FINISH)
        finally:
            for person in people:
                if person.is_alive():
                    person.terminate()
                    person.join()
                person.close()

    def _hand_out(self, work: bytes, waiting: Waiting) -> None:
        if waiting and len(self._people) < self.size:
            with _interrupt_held_back():
                self._start(min(self.size - len(self._people), len(waiting)))
        for pipe in [pipe for pipe in self._people if pipe not in self._in_hand]:
            if not waiting:
                return
            unit = waiting.next_for(self._last.get(pipe), {one.replication for one in self._in_hand.values()})
            try:
                if self._holds.get(pipe) is not work:
                    pipe.send(work)
                    self._holds[pipe] = work
                pipe.send(unit)
            except OSError:  # it died with nothing to do
                waiting.again(unit)
                self._bury(pipe)
            else:
                self._in_hand[pipe], self._last[pipe] = unit, unit.replication

    def _start(self, many: int) -> None:
        """So many workers more: on Linux one process that splits itself, elsewhere as many processes."""
        for name in ONE_THREAD:
            os.environ.setdefault(name, "1")  # a worker is one core's work; threads of its own would fight the others
        together = many if sys.platform == "linux" else 1
        for _ in range(many // together):
            ours, theirs = zip(*(self._context.Pipe() for _ in range(together)), strict=True)
            person = self._context.Process(target=several, args=(theirs,), daemon=True)
            with _script_left_out():
                person.start()
            for there in theirs:
                there.close()  # only a worker holds its end: when it dies, this end tells
            self._people |= dict.fromkeys(ours, person)

    def _bury(self, pipe: Connection) -> None:
        person = self._people.pop(pipe)
        self._holds.pop(pipe, None)
        self._last.pop(pipe, None)
        pipe.close()
        if person not in self._people.values():  # else others that it split into are still at work
            person.join(SECONDS_TO_FINISH)


class Waiting:
    """The units that nobody has in hand, by replication, in the order asked for."""

    def __init__(self, wanted: Iterable[Unit]) -> None:
        self._of: dict[int, deque[Unit]] = {}
        for unit in wanted:
            self._of.setdefault(unit.replication, deque()).append(unit)

    def __len__(self) -> int:
        return sum(map(len, self._of.values()))

    def __bool__(self) -> bool:
        return bool(self._of)

    def next_for(self, last: int | None, elsewhere: Container[int]) -> Unit:
        """A unit of the replication that somebody had last, else of the first that nobody else has, else any."""
        free = (one for one in self._of if one not in elsewhere)
        replication = last if last in self._of else next(free, next(iter(self._of)))
        unit = self._of[replication].popleft()
        if not self._of[replication]:
            del self._of[replication]
        return unit

    def again(self, unit: Unit) -> None:
        """A unit that was handed out and not made comes first in its replication, and that before all others."""
        self._of = {unit.replication: self._of.pop(unit.replication, deque()), **self._of}
        self._of[unit.replication].appendleft(unit)


@contextmanager
def _script_left_out() -> Iterator[None]:
    """Start processes that do not run the asking script again: it would ask for the whole study once more."""
    script = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = script


@contextmanager
def _interrupt_held_back() -> Iterator[None]:
    """Start processes whole, and such that never see Ctrl-C: the parent ends them, in one line instead of many.

    A process half started would complain at length, so Ctrl-C waits until all are there; they inherit the block.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    if os.name == "posix":
        resource_tracker.ensure_running()  # started later, it would lift the block before the workers inherit it
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
