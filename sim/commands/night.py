"""``oncall-sim night``: the story of one night, of one scenario or of two on the same families."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sim import night as story
from sim.asked import Asked
from sim.commands.carry_out import tell_tables
from sim.commands.placed import folder_of, put
from sim.commands.places import area_row
from sim.commands.planned import chosen_scenario, command_of, own_keys, plan_of, positive
from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.scenario import Scenario
from sim.errors import BadInput
from sim.experiment import study as studies
from sim.experiment.provenance import Stopwatch, manifest
from sim.experiment.replicate import ledger_of
from sim.night.choose import first_day, last_day
from sim.night.names import place

OWN_KEYS = ("area", "date", "replication", "against")


def answer(asked: Asked) -> None:
    """Who called, who was rung, who came, what was not met and why, and who is tired next morning; out=DIR keeps it."""
    own, words = own_keys(asked.words[1:], OWN_KEYS)
    chosen, overrides = chosen_scenario(words, "scenario")
    names = [chosen, *([own["against"]] if "against" in own else [])]
    watch, study = Stopwatch(), studies.design("night", [plan_of(name, overrides, asked) for name in names], own)
    if asked.only_configuration:
        print("---\n".join(plan.resolved for plan in study.plans), end="")
        return
    folder = folder_of(study, asked) if study.settings.out else None
    told = tell(study.scenarios, study.seed, own)
    tell_tables(study.plans)
    print(told)
    if folder:
        said = [f"scenario={chosen}", *(f"{key}={value}" for key, value in own.items()), *overrides]
        about = manifest(study, command_of("night", said, asked), watch)
        print(put(study, folder, asked, {}, {"night.txt": told + "\n"}, about))


def tell(scenarios: Sequence[Scenario], seed: int, own: dict[str, str]) -> str:
    """The story of the night asked for, or of the worst. Raises BadInput for an area, date or replication that is not
    there."""
    first = scenarios[0]
    area = area_row(first, own["area"]) if "area" in own else None
    day = _day(first, own["date"]) if "date" in own else None
    replication = positive("replication", own.get("replication", "1"))
    if any(_nights(scenario) != _nights(first) for scenario in scenarios):
        raise BadInput(f"against = {own['against']}: it has other areas or weeks, so there are no same nights to tell")
    ledgers = [ledger_of(scenario, seed, replication - 1) for scenario in scenarios]
    night = story.choose(ledgers[0], first, area, day)
    tellings = [story.Telling(scenario, ledger) for scenario, ledger in zip(scenarios, ledgers, strict=True)]
    return story.text(tellings, night, _remark(first, area, day))


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
