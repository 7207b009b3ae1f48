"""Seats and people of a pool: kept, largest or a number; areas without a rota bring none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.config.pools import in_turn, to_hold
from sim.domain.calendar import ALL_DAYS, WEEKDAYS, Span
from sim.domain.scenario import Run
from sim.domain.staff import Pool
from sim.errors import BadInput
from sim.rota.duties import lay_duties
from sim.rota.paper import paper_cover
from sim.rota.pool_seats import hours_a_week, seats_of
from sim.rota.seats import seats
from sim.rota.staff import nobody_away
from tests.tiny import KEY, NURSE, absent, area, england, nurses, pattern, team, tiny

NIGHTS = (Span(ALL_DAYS, 0.0, 7.0), Span(ALL_DAYS, 22.0, 24.0))
EVENINGS = (Span(ALL_DAYS, 17.0, 22.0),)
ON_CALL = pattern("night", NIGHTS, at="on_call")
FULL = replace(ON_CALL, area_types=frozenset({"full"}), seats=2)
PART = pattern("evening", EVENINGS, at="on_call", area_types=frozenset({"part"}))
TYPES = {"AAA": "full", "BBB": "part", "CCC": "full", "DDD": "none"}
EVERYBODY = nurses(2) + nurses(1, "BBB") + nurses(1, "CCC") + nurses(1, "DDD")
DAY = pattern("day", seats=None, rotation="everyone")


def pool(rule: Pool | None, *patterns, people=EVERYBODY):
    """One team of four areas."""
    return team(people=people, areas=tuple(TYPES), patterns=patterns, pool=rule)


@pytest.mark.parametrize(
    ("rule", "counts"),
    [
        (None, (2, 1, None)),
        (Pool("kept"), (4, 1, None)),
        (Pool("largest"), (2, 0, None)),
        (Pool("number", 3), (3, 0, None)),
    ],
)
def test_seats_that_areas_bring(rule, counts):
    assert seats_of(pool(rule, FULL, PART, DAY), TYPES) == counts


def test_an_area_without_people_brings_no_seat_even_where_it_is_of_the_kind():
    alone = pool(Pool("kept"), FULL, PART, people=nurses(2) + nurses(1, "BBB"))
    assert seats_of(alone, TYPES) == (2, 1)


def test_nobody_brings_a_rota():
    for rule in (Pool("kept"), Pool("largest"), Pool("number", 2)):
        assert seats_of(pool(rule, FULL, people=nurses(1, "DDD")), TYPES) == (0,)


def test_hours_a_week_count_seven_days():
    assert hours_a_week(ON_CALL) == 63.0
    assert hours_a_week(pattern()) == 168.0


def two_areas(rule: Pool | None, people: int = 1):
    """Two areas that share one rota of nights."""
    shared = team(people=nurses(people) + nurses(people, "BBB"), patterns=(ON_CALL,), pool=rule)
    return tiny(areas=(area(), area("BBB")), teams=(shared,))


@pytest.mark.parametrize(("rule", "nights"), [(Pool("kept"), 2), (Pool("largest"), 1), (Pool("number", 3), 3)])
def test_duties_have_the_seats_of_the_pool(rule, nights):
    scenario = two_areas(rule)
    duties = lay_duties(scenario, absent(scenario), ("full", "full"), KEY)
    begins = duties.start == 22.0
    assert begins.sum() == nights
    assert (duties.person[begins] < 0).sum() == max(nights - 2, 0)  # two people: a third seat is a gap, and counted
    line = seats(scenario, duties)[0]
    assert (line.seats, line.people) == (nights, 2)


def test_paper_cover_reaches_every_area_of_a_pool_through_the_partner_that_has_a_rota():
    shared = team(people=nurses(1) + nurses(1, "BBB"), patterns=(replace(FULL, seats=1),), pool=Pool("kept"))
    scenario = tiny(areas=(area(), area("BBB")), teams=(shared,))
    covered = paper_cover(scenario, ("full", "none"))
    assert covered[0] == covered[1] > 0
    assert paper_cover(scenario, ("none", "none")).tolist() == [0.0, 0.0]


def consultants(*overrides: str) -> list:
    """The consultants' teams of a rota in every area, held by the people in post."""
    changes = ["teams.consultants.people=existing", *(f"teams.consultants.{word}" for word in overrides)]
    return [team for team in england("icb_rota", *changes).teams if team.plan == "consultants"]


def test_areas_with_nobody_in_post_bring_nothing_and_alone_have_no_rota():
    alone = consultants("pool={seats: largest}")
    assert len(alone) < 42
    assert all(team.people for team in alone)
    (nation,) = consultants("grouping=national", "pool={seats: kept}")
    assert len(nation.people) == 18
    types = dict.fromkeys(nation.areas, "full")
    assert seats_of(nation, types) == (None, len(alone))


def test_the_first_n_of_a_pool_are_on_call_and_everybody_works_the_day():
    (nation,) = consultants("grouping=national", "pool={seats: 1, people: 4}")
    day, night = nation.patterns
    assert (day.only, night.only) == ((), (1, 2, 3, 4))
    assert (day.serves, night.serves) == ("telephone", "team")


def test_day_shifts_serve_every_area_only_when_asked():
    (nation,) = consultants("grouping=national", "pool={in_hours: true}")
    assert [pattern.serves for pattern in nation.patterns] == ["team", "team"]


def test_areas_take_turns_in_the_list_in_proportion_to_their_people():
    listed = in_turn(nurses(4) + nurses(2, "BBB"))
    assert [(person.area, person.number) for person in listed] == [
        ("AAA", 1), ("BBB", 1), ("AAA", 2), ("AAA", 3), ("BBB", 2), ("AAA", 4),
    ]  # fmt: skip
    alike = in_turn(nurses(2) + nurses(2, "BBB"))
    assert [person.area for person in alike] == ["AAA", "BBB", "AAA", "BBB"]


def test_two_seats_of_a_pair_are_held_in_both_areas():
    pooled = [f"teams.community_nurses.{word}" for word in ("grouping=national", "pool.seats=kept")]
    (pair,) = england("icb_rota", "areas=[QHG,QUE]", *pooled).teams[:1]
    assert [person.area for person in pair.people[:4]] == ["QHG", "QUE", "QHG", "QUE"]


@pytest.mark.parametrize(
    ("override", "said"),
    [
        ("pool={seats: all}", "teams.consultants.pool.seats = all: must be kept, largest, or a number of seats a pool"),
        ("pool={people: some}", "teams.consultants.pool.people = some: must be everyone, or how many of each pool"),
        ("pool={places: 1}", "teams.consultants.pool.places = 1: no such key"),
        ("patterns.day.seats=1", "shift day has a number of seats at work"),
    ],
)
def test_bad_rules_are_one_line(override, said):
    with pytest.raises(BadInput) as bad:
        consultants("pool.seats=kept", override)
    assert said in str(bad.value)


# -- people to hold a frequency ----------------------------------------------------------------------------------------

SEVEN_WEEKS = replace(NURSE, leave_weeks=7.0)
WEEKDAY = pattern("weekday", (Span(WEEKDAYS, 17.0, 33.0),), at="on_call")
EVERY = replace(WEEKDAY, name="every", spans=(Span(ALL_DAYS, 17.0, 33.0),))
SATURDAYS = replace(WEEKDAY, name="saturdays", spans=(Span(frozenset({5}), 9.0, 17.0),))
TWO_SHIFTS = replace(EVERY, spans=(Span(ALL_DAYS, 8.0, 20.0), Span(ALL_DAYS, 20.0, 32.0)), rotation="shift")


def to_hold_1_in(often: int, *patterns, rule: Pool | None = None, areas: int = 1) -> int:
    return to_hold("people", {"to_hold_1_in": often}, SEVEN_WEEKS, rule, patterns, areas, tiny().rota)


@pytest.mark.parametrize(
    ("patterns", "people"),
    [
        ((EVERY,), 7),  # 6 x 52 / 45
        ((WEEKDAY,), 5),  # of five days in seven
        ((SATURDAYS,), 1),
        ((EVERY, replace(EVERY, name="second")), 14),
        ((EVERY, SATURDAYS), 8),
        ((TWO_SHIFTS,), 14),
        ((replace(EVERY, seats=2),), 14),
        ((replace(EVERY, area_types=frozenset({"full"})), replace(WEEKDAY, area_types=frozenset({"part"}))), 7),
        ((EVERY, replace(WEEKDAY, area_types=frozenset({"part"}))), 12),
        ((replace(EVERY, closes=100.0), replace(EVERY, name="later", opens=100.0)), 7),
        ((replace(WEEKDAY, closes=100.0), replace(EVERY, name="later", opens=50.0)), 12),
    ],
)
def test_people_to_hold_a_frequency_look_at_days_seats_and_what_stands_together(patterns, people):
    """Would catch seven people for a Monday-to-Friday seat that five hold, and a second seat that needs nobody."""
    assert to_hold_1_in(6, *patterns) == people


def test_people_to_hold_a_frequency_fill_the_seats_of_one_hour():
    assert to_hold_1_in(1, replace(SATURDAYS, seats=3)) == 3
    assert to_hold_1_in(1, SATURDAYS, replace(SATURDAYS, name="second")) == 2


def test_people_to_hold_a_frequency_in_a_pool():
    assert to_hold_1_in(6, WEEKDAY, rule=Pool("kept"), areas=3) == 15  # 6 x 15 / 7 x 52 / 45 = 14.9
    assert to_hold_1_in(6, WEEKDAY, rule=Pool("largest"), areas=3) == 5
    assert to_hold_1_in(6, WEEKDAY, rule=Pool("number", 2), areas=3) == 10


def test_a_team_of_that_size_is_on_call_as_seldom_as_that():
    """The arithmetic before the run and the rota that is laid agree: at work 1 in 6 or rarer, with one fewer not."""
    for patterns in ((WEEKDAY,), (EVERY,), (TWO_SHIFTS,)):
        number = to_hold_1_in(6, *patterns)
        crews = (team(people=nurses(n), patterns=patterns) for n in (number, number - 1))
        often = [_at_work(tiny(teams=(crew,), roles=(SEVEN_WEEKS,), run=Run.of_weeks(0, 52, 0))) for crew in crews]
        assert often[0] >= 6 - 1e-9 > often[1]


def _at_work(scenario) -> float:
    (line,) = seats(scenario, lay_duties(scenario, nobody_away(absent(scenario)), ("full",), KEY))
    return line.one_in_at_work
