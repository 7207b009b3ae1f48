"""Plans of the scenario to teams: areas into groups, posts into named people, patterns into spans."""

from __future__ import annotations

from math import inf
from typing import Any

from sim.config.clock import spans
from sim.config.dates import hour_of
from sim.config.groupings import groups_of
from sim.config.ladder import LADDER_WORDS
from sim.config.pools import first_people, in_turn, pooled, read_pool, to_hold
from sim.config.services import where_named
from sim.config.words import PEOPLE, BadKey, did_you_mean
from sim.domain.area import Area
from sim.domain.calendar import Calendar
from sim.domain.scenario import RotaRules, Run
from sim.domain.staff import Clinician, Pattern, Role, Team

MOST = 10_000  # people in one team, or seats: more is a slip of the keyboard


def build_teams(
    config: dict[str, Any], areas: list[Area], roles: dict[str, Role], calendar: Calendar, run: Run, rules: RotaRules
) -> tuple[Team, ...]:
    """Every team of every plan, plans as written, groups by their first area. Raises BadKey.

    A team nobody belongs to is made only if its pattern names seats, which then are gaps; of a pool it is not made.
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
        shared = written.get("pool")
        rule, patterns = read_pool(f"teams.{plan}.pool", shared), pooled(f"teams.{plan}.pool", shared, patterns)
        shares = _shares(f"teams.{plan}.people", written["people"], role.name, config["teams"])
        grouping = written.get("grouping", "none")
        staffed = _staffed(written["people"], role.name, areas, shares, teams)
        for group, members in groups_of(f"teams.{plan}.grouping", grouping, areas, config, staffed).items():
            if shares:
                people = _shared(teams, shares, members)
            else:
                asked = to_hold(f"teams.{plan}.people", written["people"], role, rule, patterns, len(members), rules)
                people = _people(f"teams.{plan}.people", asked, role.name, members)
            for pattern in patterns:
                if pattern.only and max(pattern.only) > len(people):
                    said = f"team {group} has {len(people)} people"
                    key = f"teams.{plan}.patterns.{pattern.name}.only"
                    raise BadKey(key, list(pattern.only), said, "name places in its list, from 1")
            if people or (rule is None and any(pattern.seats is not None for pattern in patterns)):
                people = people if rule is None else in_turn(people)
                worked = first_people(f"teams.{plan}.pool", shared, patterns, len(people))
                codes = tuple(area.code for area in members)
                teams.append(Team(plan, f"{plan}:{group}", role.name, codes, people, worked, rule))
        for area in () if shares else sorted({code for team in teams if team.plan == plan for code in team.areas}):
            if (other := taken.setdefault((role.name, area), plan)) != plan:
                said = f"team {other} has that role in {area}: the same people would stand in two teams"
                remedy = f"add the patterns to {other}, or say people: {{shared_with: {other}}}"
                raise BadKey(f"teams.{plan}.role", role.name, said, remedy)
    return tuple(teams)


def _role(key: str, name: str, roles: dict[str, Role]) -> Role:
    if name not in roles:
        raise BadKey(key, name, "no such role", did_you_mean(name, roles))
    return roles[name]


def _people(key: str, asked: Any, role: str, members: list[Area]) -> tuple[Clinician, ...]:
    """The people of a team: area by area in order of code, each area's people by number.

    Those who exist by the shipped table are posts of an establishment; everybody else is somebody in post.
    """
    counts = {area.code: dict(area.posts).get(role, 0) for area in members}
    if asked == "to_hold_1_in_6":
        if role != "community_nurse":
            raise BadKey(
                key,
                asked,
                f"is known for community_nurse, not for {role}",
                "write a number of people a team, or {per_area: n}",
            )
        counts = {area.code: area.hold_1_in_6 for area in members}
    elif isinstance(asked, dict):
        if list(asked) != ["per_area"]:
            raise BadKey(key, asked, "a table here holds per_area and nothing else", "write {per_area: 3}")
        counts = dict.fromkeys(counts, _count(f"{key}.per_area", asked["per_area"]))
    elif asked != "existing":
        counts = _deal(counts, _count(key, asked), members)
    return tuple(
        Clinician(f"{a.code}.{role}.{k}", role, a.code, k, asked == "existing" and a.establishment)
        for a in members
        for k in range(1, counts[a.code] + 1)
    )


def _staffed(asked: Any, role: str, areas: list[Area], shares: str, teams: list[Team]) -> set[str]:
    """Codes of the areas in which a plan has people before any are shared: all of them, but where the table of posts or
    another plan says so."""
    if shares:
        return {person.area for team in teams if team.plan == shares for person in team.people}
    if asked == "existing":
        return {area.code for area in areas if dict(area.posts).get(role)}
    return {area.code for area in areas if asked != "to_hold_1_in_6" or area.hold_1_in_6}


def _shares(key: str, asked: Any, role: str, plans: dict[str, Any]) -> str:
    """The plan whose people a team shares, or empty. Raises BadKey unless that plan comes before and has the role."""
    if not isinstance(asked, dict) or "shared_with" not in asked:
        return ""
    other = asked["shared_with"]
    before = list(plans)[: list(plans).index(key.split(".")[1])]
    if list(asked) != ["shared_with"]:
        remedy = f"write {{shared_with: {other}}}"
        raise BadKey(key, asked, "a table here holds shared_with and nothing else", remedy)
    if other not in before:
        remedy = did_you_mean(str(other), before, "write that team first")
        raise BadKey(f"{key}.shared_with", other, "must be a team written before this one", remedy)
    if plans[other]["role"] != role:
        rule = f"team {other} has role {plans[other]['role']}, this one {role}"
        raise BadKey(f"{key}.shared_with", other, rule, "share people of one role")
    return str(other)


def _shared(teams: list[Team], plan: str, members: list[Area]) -> tuple[Clinician, ...]:
    """The people of another plan's teams who live in these areas, in the order of their lists."""
    here = {area.code for area in members}
    found = (person for team in teams if team.plan == plan for person in team.people)
    return tuple(person for person in found if person.area in here)


def _count(key: str, asked: Any) -> int:
    if isinstance(asked, bool) or not isinstance(asked, int) or not 0 <= asked <= MOST:
        tables = "{per_area: n}, {to_hold_1_in: n} or {shared_with: team}"
        rule = f"must be {', '.join(PEOPLE)}, a number of people a team, {tables}"
        raise BadKey(key, asked, rule, did_you_mean(str(asked), PEOPLE, "write for example people: 6"))
    return asked


def _deal(existing: dict[str, int], n: int, members: list[Area]) -> dict[str, int]:
    """People by area so that n are in the team: the first n who exist, then extras where there are fewest.

    Ties go to the area with more deaths, then by code.
    """
    counts, left = {}, n
    for code, count in existing.items():
        counts[code] = min(count, left)
        left -= counts[code]
    for _ in range(left):
        first = min(members, key=lambda area: (counts[area.code], -area.deaths_per_year, area.code))
        counts[first.code] += 1
    return counts


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


def _only(key: str, asked: Any) -> tuple[int, ...]:
    if asked is None:
        return ()
    whole = isinstance(asked, list) and all(isinstance(n, int) and not isinstance(n, bool) and n >= 1 for n in asked)
    if not whole or not asked or len(set(asked)) < len(asked):
        raise BadKey(key, asked, "must be places in the team's list, from 1, each once", "write only: [1, 2, 3, 4]")
    return tuple(asked)


def _seats(key: str, asked: Any) -> int | None:
    if asked == "all":
        return None
    if isinstance(asked, bool) or not isinstance(asked, int) or not 1 <= asked <= MOST:
        raise BadKey(
            key, asked, "must be all or a whole number from 1", "write seats: 1; leave the pattern out (null) for none"
        )
    return asked
