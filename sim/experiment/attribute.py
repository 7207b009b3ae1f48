"""What each cause of unmet demand is worth: take one away at a time, on the same families, and look at the difference.

Shares of causes say why a call failed at the nearest miss; they do not say how many would be met if that cause were
gone, because the next one may be waiting behind it. The paired difference does.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sim.domain.calendar import ALL_DAYS, Span
from sim.domain.overlays import Boundary
from sim.domain.policies import ignored
from sim.domain.scenario import Scenario
from sim.domain.staff import Clinician, Pattern, Role, Team
from sim.errors import BadInput

if TYPE_CHECKING:
    from sim.config import Plan

VERB = "attribute"
CONSULTANT, ALWAYS = "consultant", "consultant_always"
ROUND_THE_CLOCK = (Span(ALL_DAYS, 0.0, 24.0),)


@dataclass(frozen=True)
class Cause:
    """One thing taken away (or put in): a word for file names, what is asked, and the scenario without it."""

    word: str
    question: str
    without: Callable[[Scenario], Scenario]


def everyone_reachable(scenario: Scenario) -> Scenario:
    """Nobody on duty is too far away to be sent; the journey still takes its time."""
    return replace(scenario, travel=replace(scenario.travel, reach=math.inf))


def no_rest_rule(scenario: Scenario) -> Scenario:
    """Whoever worked at night begins the next duty on time."""
    return replace(scenario, rota=replace(scenario.rota, rest=ignored.__name__))


def no_boundaries(scenario: Scenario) -> Scenario:
    """Everybody acts for families of other areas as for those at home, with every record at hand."""
    return replace(scenario, overlays=replace(scenario.overlays, boundary=Boundary()))


def no_gaps(scenario: Scenario) -> Scenario:
    """Nobody is on leave or sick and no post is vacant, so every seat with people to hold it is held."""
    present = (replace(role, leave_weeks=0.0, sick_share=0.0, p_vacant=0.0) for role in scenario.roles)
    return replace(scenario, roles=tuple(present))


def one_more_seat(scenario: Scenario) -> Scenario:
    """Every funded duty held in turn has one seat more, with as many more people as the frequency of turns takes."""
    last: dict[tuple[str, str], int] = {}
    for team in scenario.teams:
        for person in team.people:
            key = (person.area, person.role)
            last[key] = max(last.get(key, 0), person.number)
    return replace(scenario, teams=tuple(_with_a_seat(team, last) for team in scenario.teams))


def goodwill_off(scenario: Scenario) -> Scenario:
    """Nobody helps unpaid."""
    return replace(scenario, goodwill=replace(scenario.goodwill, on=False))


def consultant_always(scenario: Scenario) -> Scenario:
    """One consultant an area, never absent, on the telephone at every hour, beside all who are there."""
    role = next((role for role in scenario.roles if role.name == CONSULTANT), None)
    if role is None:
        return scenario
    never_away = replace(role, name=ALWAYS, leave_weeks=0.0, sick_share=0.0, p_vacant=0.0, named_per_family=0)
    minutes = scenario.answering.advice_minutes
    same = tuple((ALWAYS, law) for name, law in minutes if name == CONSULTANT)
    return replace(
        scenario,
        roles=(*scenario.roles, never_away),
        teams=(*scenario.teams, *_one_an_area(scenario, never_away)),
        answering=replace(scenario.answering, advice_minutes=(*minutes, *same)),
    )


CAUSES = (
    Cause("everyone_reachable", "What if nobody on duty were out of reach?", everyone_reachable),
    Cause("no_rest_rule", "What if nobody rested after a night's work?", no_rest_rule),
    Cause("no_boundaries", "What if everybody could act everywhere as at home?", no_boundaries),
    Cause("no_gaps", "What if nobody were absent and no post vacant?", no_gaps),
    Cause("one_more_seat", "What if every funded duty had one seat more?", one_more_seat),
    Cause("goodwill_off", "What if nobody helped unpaid?", goodwill_off),
    Cause(ALWAYS, "What if a consultant were always there to be rung?", consultant_always),
)


def plans(base: Plan) -> list[Plan]:
    """The scenario, then the same without each cause in turn; a cause that it does not have is left out.

    Raises BadInput when it has none of them.
    """
    made = [base]
    for cause in CAUSES:
        scenario = cause.without(base.scenario)
        if scenario == base.scenario:
            continue
        name = f"{base.scenario.name}_{cause.word}"
        remark = (
            f"# {base.scenario.name} as `oncall-sim attribute` changes it: {cause.word}; no file to run by itself\n"
        )
        resolved = remark + base.resolved
        made.append(
            replace(
                base, scenario=replace(scenario, name=name, question=cause.question), resolved=resolved,
                fingerprint=hashlib.sha256(resolved.encode()).hexdigest(), see="",
            )
        )  # fmt: skip
    if len(made) == 1:
        raise BadInput(f"{base.scenario.name}: it has none of the causes that could be taken away")
    return made


def _with_a_seat(team: Team, last: dict[tuple[str, str], int]) -> Team:
    """A team with one seat more in every pattern held in turn. last: the highest number given out, by area and role."""
    in_turn = [pattern for pattern in team.patterns if pattern.seats and pattern.funded]
    if not in_turn or not team.people:
        return team
    size = len(team.people)
    more = max(math.ceil(len(pattern.only or team.people) / pattern.seats) for pattern in in_turn if pattern.seats)
    added = []
    for number in range(more):
        area = team.areas[number % len(team.areas)]
        last[area, team.role] = last.get((area, team.role), 0) + 1
        count = last[area, team.role]
        added.append(Clinician(f"{area}.{team.role}.{count}", team.role, area, count))
    new = tuple(range(size + 1, size + more + 1))
    return replace(
        team,
        people=(*team.people, *added),
        patterns=tuple(_seated(pattern, pattern in in_turn, size, new) for pattern in team.patterns),
    )


def _seated(pattern: Pattern, in_turn: bool, size: int, new: tuple[int, ...]) -> Pattern:
    """The new people hold turns, and nothing else."""
    if not in_turn:
        return replace(pattern, only=pattern.only or tuple(range(1, size + 1)))
    return replace(pattern, seats=(pattern.seats or 0) + 1, only=(*pattern.only, *new) if pattern.only else ())


def _one_an_area(scenario: Scenario, role: Role) -> list[Team]:
    pattern = Pattern("always", ROUND_THE_CLOCK, "on_call", 1, "week", False, True, "team")
    return [
        Team(
            ALWAYS, f"{ALWAYS}:{area.code}", role.name, (area.code,),
            (Clinician(f"{area.code}.{role.name}.1", role.name, area.code, 1),), (pattern,),
        )
        for area in scenario.areas
    ]  # fmt: skip
