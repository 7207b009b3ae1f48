"""The four times of a visit told apart: found necessary, sets out, at the door, leaves; and the way back."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from sim.night.names import clock, known, length, listed, sentence
from sim.night.record import Fact, Task, Timed

MINUTE = 1 / 60
Name = Callable[[int], str]
State = Callable[[Task], str]
GOING = ("mobilise", "journey")


def visits(line: Fact, tasks: Sequence[Task], found: float | None, name: Name, state: State) -> Iterator[Timed]:
    """What was done for a visit. found: hour at which it was found necessary; None: it was not, or somebody was on the
    way already. name, state: of somebody, and how they came to do it."""
    first = line["visited_by"] if known(line["at_door"]) else None
    went = [one for one in dict.fromkeys(t.person for t in tasks if t.kind in (*GOING, "visit")) if one != first]
    if first is not None:
        went = [first, *went]
    if found is not None:
        yield found, _necessary(line, tasks, found, went)
    for one in went:
        yield from _visit(line, [task for task in tasks if task.person == one], one, name, state, along=one != went[0])


def _necessary(line: Fact, tasks: Sequence[Task], found: float, went: Sequence[int]) -> str:
    """``A visit is found necessary at 19:45, and nobody goes for 3 hours.``"""
    begins = f"A visit is found necessary at {clock(found)}"
    if went:
        going = [task.start for task in tasks if task.person == went[0] and task.kind in GOING]
        waited = min(going, default=line["at_door"]) - found
        return f"{begins}, and nobody goes for {length(waited)}." if waited >= MINUTE / 2 else f"{begins}."
    if line["outcome"] == "overtaken_by_death" and not known(line["turned_to"]):
        return f"{begins}."
    left = line["turned_to"] if known(line["turned_to"]) else line["ended"]
    if left - found < MINUTE / 2:
        return f"{begins}; nobody can go."
    return f"{begins}; by {clock(left)} nobody has set out, and nobody comes."


def _visit(line: Fact, tasks: Sequence[Task], row: int, name: Name, state: State, along: bool) -> Iterator[Timed]:
    """One person's going, staying and leaving, then their way back. along: with somebody who went before them."""
    of = {kind: [task for task in tasks if task.kind == kind] for kind in (*GOING, "visit", "way_back")}
    going, stays = [*of["mobilise"], *of["journey"]], of["visit"]
    spoke = any(task.kind == "phone" for task in tasks)
    who = name(row) if spoke or not going else f"{name(row)}, {state(going[0])},"
    done = [f"gets ready at {clock(of['mobilise'][0].start)}"] if of["mobilise"] else []
    if going:
        done.append(f"sets out at {clock(of['journey'][0].start if of['journey'] else of['mobilise'][-1].end)}")
    came: float = line["at_door"] if row == line["visited_by"] else stays[0].start if stays else math.nan
    if known(came):
        after = "" if along else f", {length(came - line['time'])} after the call,"
        left = max((task.end for task in stays), default=came)
        done += [f"is at the door at {clock(came)}{after}", f"leaves at {clock(left)}{_pauses(stays, came, left)}"]
    elif of["journey"]:
        done.append(f"is on the road until {clock(of['journey'][-1].end)}")
    yield going[0].start if going else came, sentence(f"{who}{' goes along,' * along} {listed(done)}")
    if of["way_back"]:
        stretches = listed([f"from {clock(one.start)} to {clock(one.end)}" for one in of["way_back"]])
        yield of["way_back"][0].start, sentence(f"{name(row)} drives back {stretches}")


def _pauses(stays: Sequence[Task], came: float, left: float) -> str:
    """Minutes of a visit that went to other families' calls, which may come when somebody has just come in."""
    lost = left - came - sum(task.end - task.start for task in stays)
    return f", {length(lost)} of it on the telephone with another family" if lost >= MINUTE / 2 else ""
