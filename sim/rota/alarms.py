"""What in a rota is alarming, in sentences: it may be legal and still be too much."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.domain.scenario import Scenario
from sim.keyed import Floats
from sim.rota.audit import Audit
from sim.rota.rest import Bools, Ints
from sim.rota.seats import Seats
from sim.rota.staff import Staff

LEGAL = "legal, but alarming"
UNLESS = "against the Working Time Regulations unless rest is given back"


def alarms(scenario: Scenario, staff: Staff, found: Audit, people: Ints, lines: Sequence[Seats]) -> list[str]:
    """One sentence for each role and kind of alarm among some of the staff, then the seats that nobody can fill.

    people: rows of the staff. lines: the seat arithmetic of the same teams.
    """
    sentences = []
    for number, role in enumerate(scenario.roles):
        here = people[(staff.role[people] == number) & ~staff.vacant[people]]
        if len(here):
            sentences += _of_role(scenario, staff, found, here, role.name.replace("_", " ") + "s")
    by_hand = {team.name for team in scenario.teams if team.written or team.changes}
    sentences += [_empty(line, line.team in by_hand) for line in lines if line.gap_on_paper > 0.5]
    return sentences + _leave(scenario, staff, people)


def _empty(line: Seats, by_hand: bool) -> str:
    """Why hours of a seat are gaps with nobody away: too few people, people who are in two places, or a rota written
    by hand that names nobody."""
    hours = f"{line.gap_on_paper:,.0f} of its {line.hours:,.0f} hours a year"
    if line.seats is not None and line.seats > line.people:
        return (
            f"{line.team}: {line.pattern} has {line.seats} seats and {round(line.people, 1):g} people: {hours} are "
            "gaps with nobody away"
        )
    if by_hand:
        return f"{line.team}: {line.pattern} is empty for {hours} with nobody away: the rota as written names nobody"
    return f"{line.team}: {line.pattern} is empty for {hours} with nobody away: whoever works it has another duty then"


def _leave(scenario: Scenario, staff: Staff, people: Ints) -> list[str]:
    """Teams of which more are on leave in some weeks than may be together."""
    shown = set(people.tolist())
    return [
        f"{team.name}: in {weeks} weeks more are on leave than rota.leave_together_max_share allows: no other week had "
        "room"
        for team, rows, weeks in zip(scenario.teams, staff.members, staff.crowded, strict=True)
        if weeks and shown & set(rows.tolist())
    ]


def _of_role(scenario: Scenario, staff: Staff, found: Audit, here: Ints, role: str) -> list[str]:
    limits, on_call = scenario.limits, found.on_call
    codes = [staff.people[row].called for row in here]

    def sentences(over: Bools, by: Floats, words: str) -> list[str]:
        if not over[here].any():
            return []
        worst = int(np.argmax(np.where(over[here], by[here], -np.inf)))
        count = f"{int(over[here].sum())} of {len(here)} {role}"
        return [f"{count} {words.format(code=codes[worst], value=by[here][worst])}"]

    every_night = (on_call.nights > 0) & (on_call.nights >= on_call.nights_there)
    often = on_call.one_in_n_at_work < limits.on_call_1_in_n - 1e-9
    share = np.divide(on_call.nights, on_call.nights_there, out=np.zeros_like(on_call.nights), where=on_call.nights > 0)
    n = float(1 / share[here].max()) if share[here].max() > 0 else 0.0
    rest, weeks = found.rest, found.weeks
    return [
        *sentences(
            every_night, on_call.nights,
            f"are on call every night they are at work, 1 in 1: {LEGAL} (such as {{code}})",
        ),
        *sentences(
            often, share,
            f"are on call at work more often than 1 night in {limits.on_call_1_in_n:g}: {LEGAL} "
            f"(most often {{code}}, 1 in {n:.1f})",
        ),
        *sentences(
            on_call.in_a_row > limits.nights_in_a_row, on_call.in_a_row,
            f"are on call over {limits.nights_in_a_row} nights in a row: {LEGAL} (most {{code}}, {{value:.0f}} nights)",
        ),
        *sentences(
            rest.breaches > 0, rest.breaches,
            f"begin work without {limits.daily_rest:g} h of rest in the 24 h before: {UNLESS} "
            f"(most {{code}}, {{value:.0f}} times)",
        ),
        *sentences(
            weeks.rests_missed > 0, weeks.rests_missed,
            f"miss {limits.weekly_rest:g} h of weekly rest: {UNLESS} (most {{code}}, {{value:.0f}} times)",
        ),
        *sentences(
            weeks.worked > limits.worked_hours_per_week + 1e-6, weeks.worked,
            f"work over {limits.worked_hours_per_week:g} h a week over {limits.reference_weeks} weeks: against the "
            f"Working Time Regulations unless they opted out (most {{code}}, {{value:.1f}} h)",
        ),
    ]  # fmt: skip
