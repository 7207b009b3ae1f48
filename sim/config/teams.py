"""Plans of the scenario to teams: areas into groups, patterns into spans, and who works them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import inf
from typing import Any

from sim.config.clock import spans
from sim.config.dates import hour_of
from sim.config.groupings import groups_of
from sim.config.ladder import LADDER_WORDS
from sim.config.people import NAMED
from sim.config.pools import first_people, in_turn, pooled, read_pool, to_hold
from sim.config.services import where_named
from sim.config.team_people import MOST, check_areas, people_of, shared, shares, with_people
from sim.config.words import BadKey, did_you_mean
from sim.domain.area import Area
from sim.domain.calendar import Calendar
from sim.domain.scenario import RotaRules, Run
from sim.domain.staff import Clinician, Pattern, Role, Team

NOBODY: Mapping[str, tuple[Clinician, ...]] = {}


def build_teams(
    config: dict[str, Any], areas: list[Area], roles: dict[str, Role], calendar: Calendar, run: Run, rules: RotaRules,
    table: Mapping[str, tuple[Clinician, ...]] = NOBODY,
) -> tuple[Team, ...]:  # fmt: skip
    """Every team of every plan, plans as written, groups by their first area. Raises BadKey.

    A team nobody belongs to is made only if its pattern names seats, which then are gaps; of a pool it is not made.
    table: people of the table of people, by team.
    """
    teams: list[Team] = []
    taken: dict[tuple[str, str], str] = {}
    for plan, written in config["teams"].items():
        if plan in LADDER_WORDS:
            raise BadKey(f"teams.{plan}", None, f"{plan} is a word of the ladder", "give the team another name")
        role = _role(f"teams.{plan}.role", written["role"], roles)
        patterns = tuple(
            _pattern(f"teams.{plan}.patterns.{n}", n, p, role, config, calendar, run)
            for n, p in written["patterns"].items()
        )
        pool = written.get("pool")
        rule, patterns = read_pool(f"teams.{plan}.pool", pool), pooled(f"teams.{plan}.pool", pool, patterns)
        contract = written.get("contract", "")
        key, asked = f"teams.{plan}.people", _said(written["people"])
        other = shares(key, asked, role.name, config["teams"])
        check_areas(key, asked, config["all_codes"])
        staffed = with_people(asked, role.name, areas, other, teams, table.get(plan, ()))
        groups = groups_of(f"teams.{plan}.grouping", written.get("grouping", "none"), areas, config, staffed)
        for group, members in groups.items():
            if other:
                people = shared(teams, other, members)
            else:
                wanted = to_hold(key, asked, role, rule, patterns, len(members), rules)
                people = people_of(key, wanted, role.name, members, len(groups) == 1, table)
            people = people if rule is None else in_turn(people)
            working = tuple(_workers(plan, group, written["patterns"], pattern, people) for pattern in patterns)
            if people or (rule is None and any(pattern.seats is not None for pattern in patterns)):
                worked = first_people(f"teams.{plan}.pool", pool, working, len(people))
                codes = tuple(area.code for area in members)
                teams.append(Team(plan, f"{plan}:{group}", role.name, codes, people, worked, rule, contract=contract))
        if not other:
            _refuse_two(taken, role.name, [team for team in teams if team.plan == plan], asked == NAMED)
    return tuple(teams)


def _refuse_two(taken: dict[tuple[str, str], str], role: str, made: list[Team], named: bool) -> None:
    """Raises BadKey if people of a role are counted in an area from 1 on in two teams. taken: by whom, added to.

    named: they stand in the table of people, which knows who is in two teams.
    """
    for team, area in [(one, area) for one in made for area in sorted(one.areas)]:
        owner = NAMED if named else team.plan
        if (first := taken.setdefault((role, area), owner)) != owner:
            key = f"teams.{team.plan}.role"
            if NAMED in (first, owner):
                rule = f"the table of people has that role in {area}, and a team without it has too"
                raise BadKey(key, role, rule, f"write people: {NAMED} for both, or {{shared_with: team}}")
            said = f"team {first} has that role in {area}: the same people would stand in two teams"
            raise BadKey(key, role, said, f"add the patterns to {first}, or say people: {{shared_with: {first}}}")


def _said(people: Any) -> Any:
    """What is written of people, without what a null takes out of a table below."""
    return {code: n for code, n in people.items() if n is not None} if isinstance(people, dict) else people


def _role(key: str, name: str, roles: dict[str, Role]) -> Role:
    if name not in roles:
        raise BadKey(key, name, "no such role", did_you_mean(name, roles))
    return roles[name]


def _pattern(
    key: str, name: str, written: dict[str, Any], role: Role, config: dict[str, Any], calendar: Calendar, run: Run
) -> Pattern:
    at = written.get("at", "work")
    if written.get("stepped_up") and written.get("seats", "all") == "all":
        raise BadKey(f"{key}.stepped_up", written["stepped_up"], "needs a number of seats", "write seats: 1")
    seats = _seats(f"{key}.seats", written.get("seats", "all"))
    rotation = written.get("rotation", _rotation(at, seats, config["rota"]["rotation"]))
    if (seats is None) != (rotation == "everyone"):
        raise BadKey(
            f"{key}.rotation",
            rotation,
            "everyone goes with seats: all, and turns with a number of seats",
            "change one of the two",
        )
    visiting = written.get("visiting", "visit" in role.may)
    if visiting and "visit" not in role.may:
        raise BadKey(
            f"{key}.visiting",
            True,
            f"a {role.name} may not visit",
            f"take it out, or add visit to roles.{role.name}.may",
        )
    opens, closes = _dates(key, written, calendar, run)
    return Pattern(
        name=name,
        spans=spans(key, written, calendar),
        at=at,
        seats=seats,
        rotation=rotation,
        visiting=visiting,
        funded=written.get("funded", True),
        serves=written.get("serves", "team" if at == "on_call" else "telephone"),
        prospective_cover=written.get("prospective_cover", True),
        area_types=where_named(f"{key}.in_areas", written.get("in_areas") or (), config),
        stepped_up=written.get("stepped_up", ""),
        only=_only(f"{key}.only", written.get("only")),
        opens=opens,
        closes=closes,
    )


def _rotation(at: str, seats: int | None, on_call: str) -> str:
    """How turns are cut unless the pattern says it: seats at work are kept to the end of a shift."""
    return "everyone" if seats is None else "shift" if at == "work" else on_call


def _dates(key: str, written: dict[str, Any], calendar: Calendar, run: Run) -> tuple[float, float]:
    """The hours of the run at which a pattern opens and closes. Raises BadKey."""
    opens = hour_of(f"{key}.from", written.get("from"), run, calendar, -inf)
    closes = hour_of(f"{key}.until", written.get("until"), run, calendar, inf)
    if opens >= closes:
        raise BadKey(f"{key}.until", written["until"], "is not after from", "write a later date, or take one out")
    return opens, closes


def _workers(
    plan: str, group: str, written: dict[str, Any], pattern: Pattern, people: tuple[Clinician, ...]
) -> Pattern:  # fmt: skip
    """A pattern of one team, worked by those that ``only`` names. Raises BadKey, which tells no name."""
    asked, key = written[pattern.name].get("only"), f"teams.{plan}.patterns.{pattern.name}.only"
    if pattern.only and max(pattern.only) > len(people):
        said = f"team {group} has {len(people)} people"
        raise BadKey(key, list(pattern.only), said, "name places in its list, from 1")
    if not asked or pattern.only:
        return pattern
    place = {person.name: n for n, person in enumerate(people, 1) if person.name}
    for n, name in enumerate(asked, 1):
        if name not in place:
            raise BadKey(f"{key}.{n}", None, f"nobody of team {group} has that name", "write it as people says it")
    return replace(pattern, only=tuple(place[name] for name in asked))


def _only(key: str, asked: Any) -> tuple[int, ...]:
    if asked is None:
        return ()
    if isinstance(asked, list) and asked and all(isinstance(n, str) for n in asked) and len(set(asked)) == len(asked):
        return ()  # names, looked up in the team's list
    whole = isinstance(asked, list) and all(isinstance(n, int) and not isinstance(n, bool) and n >= 1 for n in asked)
    if not whole or not asked or len(set(asked)) < len(asked):
        names = isinstance(asked, list) and any(isinstance(n, str) for n in asked)
        what = "names of its people" if names else "places in the team's list, from 1"
        raise BadKey(key, None if names else asked, f"must be {what}, each once", "write only: [1, 2, 3, 4]")
    return tuple(asked)


def _seats(key: str, asked: Any) -> int | None:
    if asked == "all":
        return None
    if isinstance(asked, bool) or not isinstance(asked, int) or not 1 <= asked <= MOST:
        raise BadKey(
            key, asked, "must be all or a whole number from 1", "write seats: 1; leave the pattern out (null) for none"
        )
    return asked
