"""Who is in a team: people in post by the table of posts, a number, names, or the rows of a table of people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.config.people import NAMED, TABLE, of_plan
from sim.config.words import PEOPLE, BadKey, did_you_mean, shown
from sim.domain.area import Area
from sim.domain.staff import Clinician, Team

MOST = 10_000  # people in one team, or seats: more is a slip of the keyboard
WORDS = (*PEOPLE, NAMED)
TABLES = ("per_area", "to_hold_1_in", "shared_with")


def people_of(
    key: str, asked: Any, role: str, members: list[Area], alone: bool, table: Mapping[str, tuple[Clinician, ...]]
) -> tuple[Clinician, ...]:  # fmt: skip
    """The people of a team: area by area in order of code, each area's people by number. Raises BadKey.

    Those who exist by the shipped table are posts of an establishment; everybody else is somebody in post. alone:
    whether the plan makes one team. table: people of the table of people, by team.
    """
    if asked == NAMED:
        return of_plan(key, role, members, table)
    if isinstance(asked, list):
        if not alone or len(members) > 1:
            rule = f"names alone do not say who lives where: the rota is that of {_several(members, alone)}"
            remedy = f"write {{{members[0].code}: [Anna, Ben]}}, or people: {NAMED} and {TABLE}"
            raise BadKey(key, len(asked), rule, remedy)
        asked = {members[0].code: asked}
    if isinstance(asked, dict) and set(asked) - {"per_area"}:
        return _by_area(key, asked, role, members)
    counts = _counts(key, asked, role, members)
    return tuple(
        Clinician(f"{a.code}.{role}.{k}", role, a.code, k, asked == "existing" and a.establishment)
        for a in members
        for k in range(1, counts[a.code] + 1)
    )


def _several(members: list[Area], alone: bool) -> str:
    return f"{len(members)} areas" if alone else "several teams"


def _by_area(key: str, asked: dict[str, Any], role: str, members: list[Area]) -> tuple[Clinician, ...]:
    """People by the code of their area: how many, or their names. Raises BadKey, which tells no name."""
    found: list[Clinician] = []
    where: dict[str, str] = {}
    for area in members:
        here = asked.get(area.code, 0)
        for name in here if isinstance(here, list) else ():
            if (first := where.setdefault(str(name).strip().casefold(), area.code)) != area.code:
                rule = f"a name stands in {first} as well: two people of a team need two names"
                raise BadKey(f"{key}.{area.code}", None, rule, "add a letter to one, or take it out")
        names = _names(f"{key}.{area.code}", here) if isinstance(here, list) else [""] * _count(key, here)
        found += [Clinician(f"{area.code}.{role}.{k}", role, area.code, k, name=n) for k, n in enumerate(names, 1)]
    return tuple(found)


def _names(key: str, names: list[Any]) -> list[str]:
    for place, name in enumerate(names, 1):
        if not isinstance(name, str) or not name.strip():
            raise BadKey(f"{key}.{place}", None, "must be a name", "write people: [Anna, Ben, Carol]")
        if (first := names.index(name) + 1) != place:
            rule = f"the same name as {first}: two people need two names"
            raise BadKey(f"{key}.{place}", None, rule, "add a letter to one, or take it out")
    return [name.strip() for name in names]


def check_areas(key: str, asked: Any, codes: list[str]) -> None:
    """Raises BadKey if people are written by area, and one is none. codes: of every area."""
    for code in asked if isinstance(asked, dict) else ():
        if code not in (*TABLES, *codes):
            remedy = did_you_mean(str(code), [*TABLES, *codes], "write {per_area: 3}, or codes as {QHG: [Anna, Ben]}")
            raise BadKey(f"{key}.{code}", None, "no area of that code", remedy)
    if isinstance(asked, dict) and len(asked) > 1 and "per_area" in asked and "to_hold_1_in" not in asked:
        raise BadKey(key, shown(sorted(asked)), "a table here holds per_area and nothing else", "write per_area: null")


def _counts(key: str, asked: Any, role: str, members: list[Area]) -> dict[str, int]:
    counts = {area.code: dict(area.posts).get(role, 0) for area in members}
    if asked == "to_hold_1_in_6":
        if role != "community_nurse":
            rule = f"is known for community_nurse, not for {role}"
            raise BadKey(key, asked, rule, "write a number of people a team, or {per_area: n}")
        return {area.code: area.hold_1_in_6 for area in members}
    if isinstance(asked, dict):
        return dict.fromkeys(counts, _count(f"{key}.per_area", asked.get("per_area")))
    return counts if asked == "existing" else _deal(counts, _count(key, asked), members)


def shares(key: str, asked: Any, role: str, plans: dict[str, Any]) -> str:
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


def with_people(
    asked: Any, role: str, areas: list[Area], other: str, teams: list[Team], table: Sequence[Clinician]
) -> set[str]:  # fmt: skip
    """Codes of the areas in which a plan has people before any are shared: all of them, but where a table or another
    plan says so. other: the plan whose people it shares. table: its people by name."""
    if other:
        return {person.area for team in teams if team.plan == other for person in team.people}
    if asked == "existing":
        return {area.code for area in areas if dict(area.posts).get(role)}
    if asked == NAMED:
        return {person.area for person in table}
    if isinstance(asked, dict) and not set(asked) & set(TABLES):
        return {area.code for area in areas if asked.get(area.code)}
    return {area.code for area in areas if asked != "to_hold_1_in_6" or area.hold_1_in_6}


def shared(teams: list[Team], plan: str, members: list[Area]) -> tuple[Clinician, ...]:
    """The people of another plan's teams who live in these areas, in the order of their lists."""
    here = {area.code for area in members}
    found = (person for team in teams if team.plan == plan for person in team.people)
    return tuple(person for person in found if person.area in here)


def _count(key: str, asked: Any) -> int:
    if isinstance(asked, bool) or not isinstance(asked, int) or not 0 <= asked <= MOST:
        tables = "{per_area: n}, {to_hold_1_in: n} or {shared_with: team}"
        rule = f"must be {', '.join(WORDS)}, a number of people a team, a list of names, {tables}"
        raise BadKey(key, asked, rule, did_you_mean(str(asked), WORDS, "write for example people: 6"))
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
