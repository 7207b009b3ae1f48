"""``oncall-sim night``: the story of one night, of one scenario or of two on the same families."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sim import night as story
from sim.commands.destination import folder_of, put
from sim.commands.places import area_row
from sim.commands.plans import command_of, plan_of, shows_configuration
from sim.commands.shown import show_rows
from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.scenario import Scenario
from sim.errors import BadInput
from sim.experiment import study as studies
from sim.experiment.provenance import Stopwatch, manifest
from sim.experiment.replicate import ledger_of
from sim.night.choose import first_day, last_day
from sim.night.names import place
from sim.request import Request


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
    """The story of the night asked for, or of the worst. Raises BadInput for an area, date or replication that is not
    there."""
    first, own = scenarios[0], request.own
    area = area_row(first, own["area"]) if "area" in own else None
    day = _day(first, own["date"]) if "date" in own else None
    replication = request.whole("replication")
    if any(_nights(scenario) != _nights(first) for scenario in scenarios):
        raise BadInput(f"against = {own['against']}: it has other areas or weeks, so there are no same nights to tell")
    ledgers = [ledger_of(scenario, seed, replication - 1) for scenario in scenarios]
    chosen = story.choose(ledgers[0], first, area, day)
    tellings = [story.Telling(scenario, ledger) for scenario, ledger in zip(scenarios, ledgers, strict=True)]
    return story.text(tellings, chosen, _remark(first, area, day))


def _nights(scenario: Scenario) -> tuple[object, ...]:
    """What two scenarios must share for their nights to be the same."""
    return [area.code for area in scenario.areas], scenario.run, scenario.calendar


def _remark(scenario: Scenario, area: int | None, day: int | None) -> str:
    """Why this night."""
    if area is not None and day is not None:
        return ""
    where = "in any area" if area is None else f"in {place(scenario, area)}"
    return f"the worst {where} on that date" if day is not None else f"the worst night {where}"


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
