"""What becomes of a rota when areas share it: its seats, its people, and the hours at work."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from sim.config.laws import MINUTE
from sim.config.words import BadKey, did_you_mean, shown
from sim.domain.calendar import A_WEEK
from sim.domain.intervals import within
from sim.domain.limits import people_needed
from sim.domain.policies import POOL_SEATS
from sim.domain.scenario import RotaRules
from sim.domain.sessions import LAST_DAY, hours_of, sessions_a_week
from sim.domain.staff import Clinician, Pattern, Pool, Role

EVERYONE = "everyone"
YEAR = 52.0  # weeks, as seat arithmetic counts them
DAYS = 7
A_MOMENT = 1e-6  # hours


def read_pool(key: str, written: dict[str, Any] | None) -> Pool | None:
    """The rule for seats, None where the plan has no ``pool``. Raises BadKey."""
    if written is None:
        return None
    seats, further = written.get("seats", "kept"), written.get("added_journey_minutes", 0) * MINUTE
    if seats in POOL_SEATS:
        return Pool(seats, further=further)
    if isinstance(seats, bool) or not isinstance(seats, int) or not 1 <= seats <= 10_000:
        rule = f"must be {', '.join(POOL_SEATS)}, or a number of seats a pool"
        raise BadKey(f"{key}.seats", seats, rule, did_you_mean(str(seats), POOL_SEATS, "write for example seats: 1"))
    return Pool("number", seats, further)


def pooled(key: str, written: dict[str, Any] | None, patterns: tuple[Pattern, ...]) -> tuple[Pattern, ...]:
    """The patterns of a plan that is pooled: shifts at work visit in every area only with ``in_hours``. Raises BadKey.

    A shift with a number of seats cannot both stay with every area and be filled once for all of them.
    """
    if written is None:
        return patterns
    in_hours = written.get("in_hours", False)
    made = []
    for pattern in patterns:
        if not pattern.on_call and pattern.seats is not None and not in_hours:
            rule = f"shift {pattern.name} has a number of seats at work, which would be filled once for all areas"
            raise BadKey(f"{key}.in_hours", False, rule, "write seats: all, or pool.in_hours: true")
        made.append(replace(pattern, serves="team") if not pattern.on_call and in_hours else pattern)
    return tuple(made)


def in_turn(people: tuple[Clinician, ...]) -> tuple[Clinician, ...]:
    """The list of a pool, its areas in turn in proportion to their people.

    Whoever is on call together, or one after another, then lives apart: several seats spread over the pool.
    """
    count = Counter(person.area for person in people)
    place: Counter[str] = Counter()
    keyed = []
    for person in people:
        place[person.area] += 1
        keyed.append(((place[person.area] - 0.5) / count[person.area], person.area, place[person.area], person))
    return tuple(person for *_, person in sorted(keyed, key=lambda row: row[:3]))


def first_people(
    key: str, written: dict[str, Any] | None, patterns: tuple[Pattern, ...], people: int
) -> tuple[Pattern, ...]:  # fmt: skip
    """The patterns of one team, those on call worked by the first n of its list if asked for. Raises BadKey."""
    asked = (written or {}).get("people", EVERYONE)
    if asked == EVERYONE:
        return patterns
    if isinstance(asked, bool) or not isinstance(asked, int) or not 1 <= asked <= 10_000:
        rule = f"must be {EVERYONE}, or how many of each pool, from the first of its list"
        raise BadKey(f"{key}.people", asked, rule, did_you_mean(str(asked), [EVERYONE], "write for example people: 6"))
    places = tuple(range(1, min(asked, people) + 1))
    return tuple(replace(p, only=places) if p.on_call and not p.only else p for p in patterns)


def to_hold(
    key: str, asked: Any, role: Role, rule: Pool | None, patterns: tuple[Pattern, ...], areas: int, rules: RotaRules
) -> Any:  # fmt: skip
    """``{to_hold_1_in: 6}`` as a number of people a team; anything else as it is. Raises BadKey.

    The fewest who fill the seats on call of so many areas no more often than 1 day in 6 while at work, leave covered:
    seats of one day in seven count a seventh, those of all patterns that stand together are added.
    """
    if not isinstance(asked, dict) or "to_hold_1_in" not in asked:
        return asked
    often = asked["to_hold_1_in"]
    if list(asked) != ["to_hold_1_in"] or isinstance(often, bool) or not isinstance(often, int | float):
        raise BadKey(key, shown(asked), "must be {to_hold_1_in: n} and nothing else", "write {to_hold_1_in: 6}")
    if not 1 <= often <= 365:
        raise BadKey(f"{key}.to_hold_1_in", often, "must be from 1 to 365", "write {to_hold_1_in: 6}")
    on_call = [p for p in patterns if p.on_call and p.seats is not None]
    if not on_call:
        rule_words = f"nobody of {role.name} is on call with a number of seats"
        raise BadKey(key, shown(asked), rule_words, "write a number of people a team, or existing")
    if rule and rule.number:
        on_call = [replace(pattern, seats=rule.number) for pattern in on_call]
    times = areas if rule and rule.keeps_all else 1
    together = [
        [p for p in on_call if p.runs_at(opens) and (not p.area_types or kind in p.area_types)]
        for opens in {pattern.opens for pattern in on_call}
        for kind in frozenset[str]().union(*(pattern.area_types for pattern in on_call)) or {""}
    ]
    a_day = max(sum((p.seats or 0) * sessions_a_week(p, rules) for p in stands) for stands in together) / DAYS
    at_once = max(map(_at_once, together))
    needed = people_needed(often, a_day * times, YEAR - role.leave_weeks, YEAR)
    return max(needed, at_once * times)


def _at_once(patterns: list[Pattern]) -> int:
    """The most seats of some patterns to be filled at any hour of an ordinary week."""
    hours = {pattern: hours_of(A_WEEK, pattern.spans, 0, LAST_DAY) for pattern in patterns}
    starts = {start for named in hours.values() for start, _ in named}
    filled = [[p.seats or 0 for p, named in hours.items() if within(named, at, at + A_MOMENT)] for at in starts]
    return max(map(sum, filled), default=0)
