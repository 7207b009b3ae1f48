"""What families see: home offered and kept, minutes to an answer and to the door, emergencies, people they know."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.demand.calls import DEATH_CALL
from sim.demand.families import HOME
from sim.domain.scenario import Scenario
from sim.domain.words import NOT_MADE
from sim.keyed import Floats
from sim.ledger import MEANS, TASKS, Ledger
from sim.measures.rows import Groups, Row
from sim.measures.unmet_demand import Counted

MINUTES = 60.0
HELP_PRESENT = NOT_MADE[-1]  # somebody is in the home already


def begun(ledger: Ledger, scenario: Scenario) -> tuple[Floats, Floats]:
    """By area: families who want to be at home and whose episode began in the window, and those of them offered it."""
    families, (start, end) = ledger.setting.demand.families, scenario.run.window
    inside = (families.start >= start) & (families.start < end) & ~families.background
    size = len(scenario.areas)
    wanting = np.bincount(families.area[inside], minlength=size).astype(float)
    return wanting, np.bincount(families.area[inside & ledger.setting.offered], minlength=size).astype(float)


def family_measures(
    ledger: Ledger, scenario: Scenario, counted: Counted, groups: Groups, wanting: Floats, offered: Floats
) -> list[Row]:
    """Every measure of the families' side."""
    rows = groups.number("families_wanting_home_per_year", wanting * 52 / scenario.weeks_of_demand, everywhere=True)
    rows += groups.ratio("home_offered_share", offered, wanting)
    rows += _places_of_death(ledger, scenario, groups)
    rows += _ever_emergency(ledger, scenario, groups)
    return (
        rows
        + _waits(ledger, scenario, counted, groups)
        + _every_attempt(ledger, scenario, groups, wanting)
        + _journeys(ledger, scenario, groups)
    )


def _places_of_death(ledger: Ledger, scenario: Scenario, groups: Groups) -> list[Row]:
    setting, (start, end) = ledger.setting, scenario.run.window
    children, families = setting.demand.children, setting.demand.families
    at_home = np.zeros(len(children), dtype=bool)
    died_in_hospital = np.zeros(len(families), dtype=bool)
    family, until = ledger.stays.column("family"), ledger.stays.column("end")
    died_in_hospital[family[until >= families.death[family]]] = True
    at_home[setting.demand.rows] = (setting.offered & ~died_in_hospital)[: len(setting.demand.rows)]
    inside = (children.death >= start) & (children.death < end)
    outside = inside & (np.where(children.prefers == HOME, at_home, setting.in_hospice))
    size = len(scenario.areas)
    wanted = inside & (children.prefers == HOME)
    masks = (outside, inside, wanted & at_home, wanted)
    counts = [np.bincount(children.area[mask], minlength=size).astype(float) for mask in masks]
    rows = groups.ratio("died_outside_hospital_share", *counts[:2])
    return rows + groups.ratio("died_at_home_share", *counts[2:])


def _ever_emergency(ledger: Ledger, scenario: Scenario, groups: Groups) -> list[Row]:
    setting, calls, (start, end) = ledger.setting, ledger.calls, scenario.run.window
    families = setting.demand.families
    at_home = setting.offered & ~families.background & (families.death >= start) & (families.death < end)
    ever = np.zeros(len(families), dtype=bool)
    ever[setting.demand.calls.family[calls.column("call")[calls.column("emergency_visit")]]] = True
    counts = [
        np.bincount(families.area[mask], minlength=groups.size).astype(float) for mask in (at_home & ever, at_home)
    ]
    return groups.ratio("emergency_visit_share_of_families", *counts)


def _waits(ledger: Ledger, scenario: Scenario, counted: Counted, groups: Groups) -> list[Row]:
    """Waits of the calls that were made, and which of all potential calls had help within the standard.

    A call that joined another has the help of that one; where help was there already, nobody had to wait for it.
    """
    calls, demand = ledger.calls, ledger.setting.demand.calls
    made = calls.column("made")[counted.ledger_rows]
    own = made & (calls.column("joined")[counted.ledger_rows] < 0)
    present = calls.column("outcome")[counted.ledger_rows] == HELP_PRESENT
    answered = calls.column("answered")[counted.ledger_rows] - counted.time
    door = calls.column("at_door")[counted.ledger_rows] - counted.time
    urgency = calls.column("urgency")[counted.ledger_rows]
    standards = scenario.answering
    needs_visit = demand.needs_visit[counted.row]
    was_answered, was_visited = own & np.isfinite(answered), own & np.isfinite(door)
    standard = np.array(standards.door_standard)[urgency]
    standard[demand.number[counted.row] == DEATH_CALL] = standards.verification_standard
    answered_in_time = made & (answered <= np.array(standards.answer_standard)[urgency])
    door_in_time = made & needs_visit & (door <= standard)
    known = was_answered & calls.column("known")[counted.ledger_rows]
    unpaid = made & (calls.column("means")[counted.ledger_rows] == MEANS.index("goodwill"))
    by_area, everything = counted.by_area, counted.bands[0]
    rows = groups.ratio(
        "minutes_to_answer", by_area(was_answered, answered * MINUTES), by_area(was_answered), by_area(was_answered)
    )
    rows += groups.ratio(
        "minutes_to_door", by_area(was_visited, door * MINUTES), by_area(was_visited), by_area(was_visited)
    )
    minutes = np.where(was_visited, door * MINUTES, 0.0)
    rows += groups.of_homes("minutes_to_door", minutes, was_visited.astype(float), counted.rural)
    for name, in_time, of in (("answered", answered_in_time, everything), ("door", door_in_time, needs_visit)):
        rows += groups.ratio(f"{name}_in_standard_share", by_area(in_time | (of & present)), by_area(of))
        rows += groups.ratio(f"{name}_in_standard_share_of_calls_made", by_area(own & in_time), by_area(own & of))
    rows += groups.ratio("seen_by_someone_known_share", by_area(known), by_area(was_answered))
    return rows + groups.ratio("goodwill_used_share", by_area(unpaid), by_area(everything))


def _every_attempt(ledger: Ledger, scenario: Scenario, groups: Groups, wanting: Floats) -> list[Row]:
    """What followed calls, lone visits, and calls that came again: of every attempt, by the hour of that attempt."""
    calls, demand, (start, end) = ledger.calls, ledger.setting.demand, scenario.run.window
    family, time = demand.calls.family[calls.column("call")], calls.column("time")
    inside = (time >= start) & (time < end) & ~demand.families.background[family]
    area = demand.families.area[family]

    def by_area(mask: NDArray[np.bool_]) -> Floats:
        return np.bincount(area[inside & mask], minlength=len(scenario.areas)).astype(float)

    again = by_area(calls.column("attempt") > 1) * 52 / scenario.weeks_of_demand
    lone = by_area(calls.column("alone") & (calls.column("joined") < 0))
    rows = groups.ratio("emergency_visits_per_family", by_area(calls.column("emergency_visit")), wanting)
    rows += groups.ratio("admissions_per_family", by_area(calls.column("admitted")), wanting)
    rows += groups.ratio("lone_visits_per_100_families", 100 * lone, wanting)
    rows += groups.number("lone_visits_per_year", lone * 52 / scenario.weeks_of_demand, everywhere=True)
    return rows + groups.number("repeat_calls_per_year", again, everywhere=True)


def _journeys(ledger: Ledger, scenario: Scenario, groups: Groups) -> list[Row]:
    tasks, demand, (start, end) = ledger.tasks, ledger.setting.demand, scenario.run.window
    begins = tasks.column("start")
    journey = (tasks.column("kind") == TASKS.index("journey")) & (begins >= start) & (begins < end)
    minutes = (tasks.column("end") - begins)[journey] * MINUTES
    area = demand.families.area[demand.calls.family[tasks.column("call")[journey]]]
    size = len(scenario.areas)
    journeys = np.bincount(area, minlength=size).astype(float)
    return groups.ratio(
        "travel_minutes_one_way", np.bincount(area, minutes, minlength=size).astype(float), journeys, journeys
    )
