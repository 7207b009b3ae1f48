"""``oncall-sim night``: the story of one night, of one scenario or of two on the same families."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from sim import night as story
from sim.commands.destination import folder_of, put
from sim.commands.places import area_row
from sim.commands.plans import command_of, plan_of, shows_configuration
from sim.commands.shown import show_rows
from sim.config.words import did_you_mean
from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.scenario import Scenario
from sim.errors import BadInput
from sim.experiment import study as studies
from sim.experiment.provenance import Stopwatch, manifest
from sim.experiment.replicate import ledger_of
from sim.ledger import Ledger
from sim.night.choose import (
    KINDS,
    ORDINARY,
    QUIET,
    Place,
    first_day,
    last_day,
    nights_at_home,
    nights_of_family,
    nights_of_person,
)
from sim.night.names import place
from sim.request import Request

BETWEEN = f"\n\n{'-' * 80}\n\n"


def night(request: Request) -> None:
    """Who called, who was rung, who came, what was not met and why, and who is tired next morning; out=DIR keeps it."""
    names = [request.scenario, *([request.own["against"]] if "against" in request.own else [])]
    plans = [plan_of(name, request.overrides, request) for name in names]
    watch, study = Stopwatch(), studies.design("night", plans, request.own)
    if shows_configuration(study.plans, request):
        return
    folder = folder_of(study, request) if study.settings.out else None
    text = text_of(study.scenarios, study.seed, request)
    show_rows(study.plans)
    print(text)
    if folder:
        about = manifest(study, command_of(request), watch)
        print(put(study, folder, request, {}, {"night.txt": text + "\n"}, about))


def text_of(scenarios: Sequence[Scenario], seed: int, request: Request) -> str:
    """The story of the night asked for, or of the worst; of three, one below the other. Raises BadInput for an area,
    date, family, person or replication that is not there, and where there is no such night."""
    first = scenarios[0]
    if any(_nights(scenario) != _nights(first) for scenario in scenarios):
        against = request.own["against"]
        raise BadInput(f"against = {against}: it has other areas or weeks, so there are no same nights to tell")
    replication = request.whole("replication")
    ledgers = [ledger_of(scenario, seed, replication - 1) for scenario in scenarios]
    asked = _asked(first, ledgers[0], request)
    tellings = [story.Telling(scenario, ledger) for scenario, ledger in zip(scenarios, ledgers, strict=True)]
    which = request.text("which")
    found = [_chosen(one, first, ledgers[0], asked) for one in (KINDS if which == "three" else (which,))]
    return BETWEEN.join(story.text(tellings, night, remark) for night, remark in found)


class Asked(NamedTuple):
    """Which nights may be told: of an area, of a date, of a family or of somebody. where: the same in words."""

    area: int | None
    day: int | None
    among: frozenset[Place] | None
    where: str


def _asked(scenario: Scenario, ledger: Ledger, request: Request) -> Asked:
    """The nights asked for. Raises BadInput."""
    own = request.own
    area = area_row(scenario, own["area"]) if "area" in own else None
    day = _day(scenario, own["date"]) if "date" in own else None
    among, where = None, "in any area" if area is None else f"in {place(scenario, area)}"
    if "family" in own and "nurse" in own:
        raise BadInput(f"nurse = {own['nurse']}: nights of a family or of somebody; take family or nurse out")
    if "family" in own:
        among, where = _of_family(scenario, ledger, own["family"], request), f"of family {own['family']}"
    if "nurse" in own:
        among, where = _of_person(scenario, ledger, own["nurse"], request), f"of {own['nurse']}"
    return Asked(area, day, None if among is None else frozenset(among), where)


def _of_family(scenario: Scenario, ledger: Ledger, said: str, request: Request) -> set[Place]:
    row, size = int(said), len(ledger.setting.demand.families)
    if row >= size:
        raise BadInput(f"family = {said}: the families of this replication are numbered from 0 to {size - 1}")
    found = nights_of_family(ledger, scenario, row)
    if request.text("which") in (QUIET, "three"):
        found |= nights_at_home(ledger, scenario, row)
    if not found:
        raise BadInput(f"family = {said}: it calls in no measured night of this replication; choose another")
    return found


def _of_person(scenario: Scenario, ledger: Ledger, said: str, request: Request) -> set[Place]:
    codes = [person.code for person in ledger.setting.staff.people]
    if said not in codes:
        raise BadInput(f"nurse = {said}: nobody of that code; {did_you_mean(said, codes, f'such as {codes[0]}')}")
    if (which := request.text("which")) in (QUIET, "three"):
        raise BadInput(f"which = {which}: with nurse= the worst or an ordinary night; write which=worst")
    found = nights_of_person(ledger, scenario, codes.index(said))
    if not found:
        raise BadInput(f"nurse = {said}: is called in no measured night of this replication; choose another")
    return found


def _chosen(which: str, scenario: Scenario, ledger: Ledger, asked: Asked) -> tuple[story.Night, str]:
    """A night of a kind, and why it is told. Raises BadInput where there is none."""
    area, day, among, where = asked
    on = " on that date" if day is not None else ""
    if which == QUIET:
        if (quiet := story.choose_quiet(ledger, scenario, area, day, among)) is None:
            raise BadInput(f"which = {QUIET}: in no night {where}{on} is a child at home and nobody calls")
        return quiet[0], f"a quiet night {where}{on}: a child is at home and nobody calls, as in {_of(*quiet[1:])}"
    if which == ORDINARY:
        if (ordinary := story.choose_ordinary(ledger, scenario, area, day, among)) is None:
            raise BadInput(f"which = {ORDINARY}: in no night {where}{on} does anybody call")
        return ordinary[0], f"an ordinary night {where}{on}: the middle one of {ordinary[1]:,} with a call"
    night = story.choose(ledger, scenario, area, day, among)
    if area is not None and day is not None and among is None:
        return night, ""
    return night, f"the worst {where} on that date" if day is not None else f"the worst night {where}"


def _of(quiet: int, nights: int) -> str:
    return f"{quiet:,} of {nights:,} such nights"


def _nights(scenario: Scenario) -> tuple[object, ...]:
    """What two scenarios must share for their nights to be the same."""
    return [area.code for area in scenario.areas], scenario.run, scenario.calendar


def _day(scenario: Scenario, said: str) -> int:
    """The day of a date. Raises BadInput for what is no date, or no measured night."""
    first, last = first_day(scenario), last_day(scenario)
    begin, end = (scenario.calendar.date(day * HOURS_PER_DAY) for day in (first, last))
    try:
        day = (dt.date.fromisoformat(said) - scenario.calendar.start_date).days
    except ValueError:
        raise BadInput(f"date = {said}: a date as year-month-day, such as date={begin}") from None
    if not first <= day <= last:
        raise BadInput(f"date = {said}: the nights that are measured begin on {begin} to {end}; choose one of these")
    return day
