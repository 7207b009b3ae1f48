"""The whole story of a night, of one scenario or of two beside each other."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sim.domain.scenario import Scenario
from sim.ledger import Ledger
from sim.night.called import called
from sim.night.choose import Night
from sim.night.help import story
from sim.night.home import at_home, who_else
from sim.night.names import clock, counted, date, letter, listed, place
from sim.night.people import service, who_is_on, who_is_tired
from sim.night.record import Record, records

WIDE = 110
IN_SHORT = {
    "met": "met",
    "late": "met late",
    "met_by_goodwill": "met by goodwill",
    "met_by_general_services": "met by general services",
    "partly_met": "partly met",
    "unmet": "not met",
    "overtaken_by_death": "overtaken by death",
}


class Telling(NamedTuple):
    """A scenario and what happened in it."""

    scenario: Scenario
    ledger: Ledger


def text(tellings: Sequence[Telling], night: Night, remark: str = "") -> str:
    """The night in plain English. tellings: of the same families; the first is whose calls are told, if they differ.

    remark: why this night, said below the title.
    """
    first = tellings[0]
    found = [records(telling.ledger, night) for telling in tellings]
    seed, replication = first.ledger.key
    lines = [
        f"The night of {date(first.scenario, night.start)} in {place(first.scenario, night.area)}, "
        f"{clock(night.start)} to {clock(night.end)}",
        *textwrap.wrap(
            f"{' and '.join(telling.scenario.name for telling in tellings)}, replication {replication + 1} of seed "
            f"{seed}{f'; {remark}' if remark else ''}",
            WIDE,
        ),
    ]
    several = len(tellings) > 1
    lines += ["", *_each(tellings, several, [[_in_short(calls)] for calls in found])]
    on = [[*service(*telling, night.area), *who_is_on(*telling, night)] for telling in tellings]
    beside = [who_else(telling.scenario) for telling in tellings]
    alike = all(one == beside[0] for one in beside)
    lines += ["", "Who is on", *_each(tellings, several, on)]
    lines += ["", "Who else", *(_each(tellings[:1], False, beside[:1]) if alike else _each(tellings, several, beside))]
    if any(line["made"] for calls in found for record in calls for line in record.attempts):
        lines += ["", "What happens", *_calls(tellings, night, found, several)]
        tired = [who_is_tired(*telling, night, calls) for telling, calls in zip(tellings, found, strict=True)]
        lines += ["", "Next morning", *_each(tellings, several, [some or ["Nobody was called."] for some in tired])]
    return "\n".join(lines)


def _in_short(calls: Sequence[Record]) -> str:
    """How many calls, what became of them, and how many were never made."""
    last = [record.attempts[-1] for record in calls if record.attempts]
    made = [line["outcome"] for line in last if line["made"]]
    missing = Counter(line["outcome"] for line in last if not line["made"])
    number = Counter(made)
    parts = [f"{number[outcome]} {words}" for outcome, words in IN_SHORT.items() if number[outcome]]
    said = f"{counted(len(made), 'call')}: {listed(parts)}." if made else "A quiet night: nobody called."
    if hidden := missing["choice_not_offered"]:
        said += (
            f" {counted(hidden, 'call')} more would have come from families who want to be at home and were not "
            "offered it."
        )
    if away := missing["in_hospital_after_failure"]:
        said += (
            f" {counted(away, 'call')} more would have come if help that failed had not put the child into hospital."
        )
    return said


def _calls(
    tellings: Sequence[Telling], night: Night, found: Sequence[Sequence[Record]], several: bool
) -> Iterator[str]:
    """Every call that was made in any of the scenarios, in the order of the hours."""
    names = _families(tellings, found)
    by_key = [
        {_key(t.ledger, record.call): record for record in calls} for t, calls in zip(tellings, found, strict=True)
    ]
    order = sorted({key for calls in by_key for key in calls}, key=lambda key: (_time(tellings, by_key, key), key))
    introduced: set[tuple[int, int]] = set()
    for key in order:
        having = [(t, calls[key]) for t, calls in zip(tellings, by_key, strict=True) if key in calls]
        if not any(line["made"] for _, record in having for line in record.attempts):
            continue
        telling, record = having[0]
        yield ""
        yield from textwrap.wrap(called(*telling, record.call, names[key[:2]]), WIDE, subsequent_indent=" " * 7)
        if key[:2] not in introduced:
            introduced.add(key[:2])
            yield from _wrapped(at_home(*telling, int(telling.ledger.setting.demand.calls.family[record.call])))
        yield from _each(
            tellings, several,
            [
                story(*one, calls[key], night.area) if key in calls else ["This call does not come."]
                for one, calls in zip(tellings, by_key, strict=True)
            ],
            indent=" " * 7, together=True,
        )  # fmt: skip


def _wrapped(said: str) -> list[str]:
    """A paragraph below the hour of a call."""
    return textwrap.wrap(said, WIDE, initial_indent=" " * 7, subsequent_indent=" " * 7)


Key = tuple[int, int, int]


def _key(ledger: Ledger, call: int) -> Key:
    """Area, family and call by the numbers that are the same in every scenario."""
    demand = ledger.setting.demand
    family = int(demand.calls.family[call])
    return int(demand.families.area_number[family]), int(demand.families.number[family]), int(demand.calls.number[call])


def _time(tellings: Sequence[Telling], by_key: Sequence[dict[Key, Record]], key: Key) -> float:
    return min(
        float(telling.ledger.setting.demand.calls.time[calls[key].call])
        for telling, calls in zip(tellings, by_key, strict=True)
        if key in calls
    )


def _families(tellings: Sequence[Telling], found: Sequence[Sequence[Record]]) -> dict[tuple[int, int], str]:
    """A letter for each family, by its first call that anybody made."""
    first: dict[tuple[int, int], float] = {}
    for telling, calls in zip(tellings, found, strict=True):
        for record in calls:
            if any(line["made"] for line in record.attempts):
                family = _key(telling.ledger, record.call)[:2]
                time = float(telling.ledger.setting.demand.calls.time[record.call])
                first[family] = min(time, first.get(family, time))
    return {family: letter(number) for number, family in enumerate(sorted(first, key=lambda f: (first[f], f)))}


def _each(
    tellings: Sequence[Telling], several: bool, said: Sequence[Sequence[str]], indent: str = "  ",
    together: bool = False,
) -> Iterator[str]:  # fmt: skip
    """What is said of each scenario, under its name if there are several. together: as one paragraph."""
    for telling, sentences in zip(tellings, said, strict=True):
        label = f"{telling.scenario.name}: " if several else ""
        if together or len(sentences) == 1:
            yield from textwrap.wrap(
                label + " ".join(sentences), WIDE, initial_indent=indent, subsequent_indent=indent + "  " * several
            )
            continue
        if several:
            yield f"{indent}{label.strip()}"
        for one in sentences:
            yield from textwrap.wrap(
                one, WIDE, initial_indent=indent + "  " * several, subsequent_indent=indent + "  " * (several + 1)
            )
