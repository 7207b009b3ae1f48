"""The scenarios of the study: one for every grouping, or every partner, with goodwill and without."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.commands.pool.pooling import AS_WRITTEN, Pooling
from sim.config.area_names import codes_called
from sim.config.words import BadKey, did_you_mean
from sim.domain.scenario import Scenario
from sim.domain.staff import Team
from sim.errors import BadInput
from sim.rota.pool_seats import is_pooled

if TYPE_CHECKING:
    from sim.config import Plan, Settings

OFF = "_goodwill_off"
Make = Callable[[list[str]], "Plan"]


def plans(pooling: Pooling, make: Make) -> list[Plan]:
    """The plan of every grouping, the baseline first, each followed by its twin without goodwill.

    make: the plan of the scenario with changes. Raises BadInput.
    """
    first = make([])
    _only_replications(first.settings)
    teams = pooled_plans(pooling.roles, first.scenario)
    each = [(_name(word), word, list[str]()) for word in pooling.groupings]
    chosen = _partners(pooling, teams, make) if pooling.pool else each
    made: list[Plan] = []
    for name, grouping, changes in chosen:
        words = [f"name={name}", *changes, *_changes(pooling, teams, grouping)]
        made.append(make(words))
        if not pooling.to_hold:
            _same_people(teams, made[0].scenario, made[-1].scenario)
        if made[-1].scenario.goodwill.on:
            made.append(make([*words[1:], "goodwill.on=false", f"name={name}{OFF}"]))
    return made


def _only_replications(settings: Settings) -> None:
    """Raises BadInput for keys that other studies have: this one runs a number of replications and keeps no ledgers."""
    others: dict[str, object] = {"precision": settings.precision, "shard": settings.shard}
    others["keep"] = None if settings.keep == "none" else settings.keep
    for key, value in others.items():
        if value is not None:
            raise BadInput(f"{key}: pool runs a number of replications; take it out and write replications=N")


def pooled_plans(roles: Sequence[str], scenario: Scenario) -> list[str]:
    """The plans of teams that are pooled: those of the roles that have a rota on call. Raises BadInput."""
    plans: list[str] = []
    for role in roles:
        known = dict.fromkeys(team.role for team in scenario.teams)
        if role not in known:
            raise BadInput(f"role = {role}: no team of that role in {scenario.name}; {did_you_mean(role, known)}")
        of_role = [team for team in scenario.teams if team.role == role and any(map(is_pooled, team.patterns))]
        if not of_role:
            raise BadInput(
                f"role = {role}: nobody of that role is on call in {scenario.name}, so there is no rota to pool; "
                "choose a scenario with one, such as icb_rota"
            )
        plans += dict.fromkeys(team.plan for team in of_role)
    return plans


def _changes(pooling: Pooling, teams: Sequence[str], grouping: str) -> list[str]:
    words = []
    for plan in teams:
        words += [] if grouping == AS_WRITTEN else [f"teams.{plan}.grouping={grouping}"]
        words += [f"teams.{plan}.pool.seats={pooling.seats}"]
        words += [
            f"teams.{plan}.pool.people={pooling.people}",
            f"teams.{plan}.pool.in_hours={str(pooling.in_hours).lower()}",
            *([f"teams.{plan}.people={{to_hold_1_in: {pooling.to_hold}}}"] if pooling.to_hold else []),
        ]
    return words


def _name(grouping: str) -> str:
    """What the scenario of a grouping is called: the word, or the file's name."""
    return "".join(c if c.isalnum() else "_" for c in Path(grouping).stem)


def _partners(pooling: Pooling, teams: Sequence[str], make: Make) -> list[tuple[str, str, list[str]]]:
    """Alone, together, and the pool without each partner in turn; the other areas are left out of the run."""
    codes = _members(pooling, teams, make)
    if len(codes) < 2:
        raise BadInput(f"pool = {' '.join(pooling.pool)}: it has one area, so there is nobody to share with")
    here = [f"areas=[{','.join(codes)}]"]
    chosen = [("alone", "none", here), ("together", f"{{together: [{','.join(codes)}]}}", here)]
    for code in codes if len(codes) > 2 else ():
        others = ",".join(other for other in codes if other != code)
        chosen.append((f"without_{code}", f"{{others: [{others}]}}", here))
    return chosen


def _members(pooling: Pooling, teams: Sequence[str], make: Make) -> tuple[str, ...]:
    """Codes of the areas of the pool asked for, by name among the groupings or written out."""
    if len(pooling.pool) > 1:
        areas = make([]).scenario.areas
        try:
            return tuple(sorted({code for word in pooling.pool for code in codes_called("pool", word, areas)}))
        except BadKey as bad:
            raise BadInput(bad.line("command line")) from None
    known: dict[str, tuple[str, ...]] = {}
    for grouping in pooling.groupings:
        found = make(_changes(pooling, teams[:1], grouping)).scenario
        known |= {team.name.partition(":")[2]: team.areas for team in found.teams if team.plan == teams[0]}
    if pooling.pool[0] not in known:
        said = did_you_mean(pooling.pool[0], known)
        raise BadInput(f"pool = {pooling.pool[0]}: no group of that name in {', '.join(pooling.groupings)}; {said}")
    return known[pooling.pool[0]]


def _same_people(teams: Sequence[str], first: Scenario, other: Scenario) -> None:
    """Raises BadInput if a grouping has other people than the first: then it would not be pooling that is compared."""
    for plan in teams:
        before, after = (
            {person.code for team in scenario.teams if team.plan == plan for person in team.people}
            for scenario in (first, other)
        )
        if before != after:
            raise BadInput(
                f"teams.{plan}.people: {len(before)} people in {first.name} and {len(after)} in {other.name}, because "
                "it says how many each team has; the same people must share each rota: write existing, "
                "to_hold_1_in_6 or {per_area: n}"
            )


def warnings(pooling: Pooling, made: Sequence[Plan]) -> list[str]:
    """Where a number of seats is above the people of a pool, whose seats are then gaps."""
    said = []
    for plan in made:
        if plan.scenario.name.endswith(OFF):
            continue
        few = [team for team in plan.scenario.teams if team.role in pooling.roles and _seats(team) > _on_call(team)]
        if few:
            said.append(
                f"warning: {plan.scenario.name}: {_seats(few[0])} seats are more than the people of {len(few)} pools "
                f"(such as {few[0].name}: {_on_call(few[0])}); seats that nobody holds are counted as gaps"
            )
    return said


def _seats(team: Team) -> int:
    """The most seats on call at a time: as asked for, or those of one area or of all that have people."""
    if team.pool and team.pool.number:
        return team.pool.number
    each = max((pattern.seats or 0 for pattern in team.patterns if is_pooled(pattern)), default=0)
    kept = team.pool is not None and team.pool.keeps_all
    return each * (len({person.area for person in team.people}) if kept else 1)


def _on_call(team: Team) -> int:
    """People who take turns on call."""
    return min((pattern.people(len(team.people)) for pattern in team.patterns if is_pooled(pattern)), default=0)
