"""Dated changes: a service that opens or closes, goodwill that ends, and shifts as turns of their own, hour by hour."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import numpy as np
import pytest

from sim.domain.calendar import ALL_DAYS, HOURS_PER_YEAR, WEEKDAYS, Span
from sim.domain.scenario import Place, Run
from sim.errors import BadInput
from sim.place import lay_out
from sim.place.setting import chances
from sim.rota.duties import Duties
from sim.rota.grid import grid
from sim.rota.paper import cover_of_each, paper_cover
from sim.rota.staff import draw_staff
from tests.story import became, column, play
from tests.tiny import (
    GOODWILL_STEP,
    KEY,
    NURSES_STEP,
    UNIVERSAL_STEP,
    area,
    call,
    duties_of,
    england,
    family,
    goodwill,
    held,
    nurses,
    pattern,
    setting,
    team,
    tiny,
)

NIGHT = Span(ALL_DAYS, 20.0, 32.0)
DAY = Span(WEEKDAYS, 9.0, 17.0)
NIGHTLY = pattern("night", (NIGHT,), at="on_call")
SHIFT = pattern("day", (DAY,), seats=None, rotation="everyone", serves="home")
EVENING, MIDNIGHT = 68.0, 96.0  # of Wednesday; the end of Thursday


def rota(*patterns, people: int = 3, **changes):
    usual = {"teams": (team(people=nurses(people), patterns=patterns),), "run": Run.of_weeks(0, 1, 0)}
    return tiny(**{**usual, **changes})


# -- duties -----------------------------------------------------------------------------------------------------------


def test_a_service_that_closes_has_the_duties_it_had_until_then_and_none_after():
    """Would catch a cut that moves turns to other people, or a duty that runs on beyond the date."""
    whole, cut = (held(duties_of(rota(one))) for one in (NIGHTLY, replace(NIGHTLY, closes=EVENING + 6)))
    assert whole[:4] == [(0.0, 8.0, 0), (20.0, 32.0, 1), (44.0, 56.0, 2), (68.0, 80.0, 0)]
    assert cut == [*whole[:3], (68.0, 74.0, 0)]


def test_a_service_that_opens_begins_with_the_first_of_its_list():
    """Would catch duties before the date, or a list that had gone round before anybody worked."""
    opened = held(duties_of(rota(replace(NIGHTLY, opens=EVENING + 6))))
    assert opened[:3] == [(74.0, 80.0, 0), (92.0, 104.0, 1), (116.0, 128.0, 2)]


def test_who_waits_for_a_service_to_open_is_free_for_another():
    """Would catch a turn that nobody can cover because of one that is not there yet."""
    later = replace(NIGHTLY, name="later", opens=MIDNIGHT)
    before = duties_of(rota(NIGHTLY, later))
    alone = duties_of(rota(NIGHTLY))
    assert [row for row in held(before) if row[1] <= MIDNIGHT] == [row for row in held(alone) if row[1] <= MIDNIGHT]
    assert min(start for start, _, _ in held(before, pattern=1)) == MIDNIGHT


def test_a_shift_that_everybody_works_is_worked_between_its_dates():
    """Would catch dates that hold for seats only."""
    dated = replace(SHIFT, opens=24.0, closes=MIDNIGHT)
    assert held(duties_of(rota(dated, people=1))) == [(33.0, 41.0, 0), (57.0, 65.0, 0), (81.0, 89.0, 0)]


def test_nothing_is_missing_from_a_rota_before_it_opens_and_after_it_closes():
    """Would catch a picture of a rota that counts days outside its dates as gaps."""
    scenario = rota(replace(SHIFT, opens=24.0, closes=MIDNIGHT), people=1)
    found = grid(scenario, draw_staff(scenario, KEY), duties_of(scenario), 0, 0, 7)
    assert found.gaps["day"].tolist() == [0] * 7
    assert "".join(found.letters[0]) == ".WWW..."


def test_what_has_closed_is_not_commissioned_any_more():
    """Would catch a shift that is called a gap in the rota after the service was cut."""
    ledger = play(rota(replace(SHIFT, closes=24.0)), [call(10.0), call(34.0)])
    assert became(ledger) == [("met", ""), ("unmet", "not_commissioned")]


def test_dates_outside_the_run_change_no_byte():
    """Would catch another deal of the turns because a date is written that never comes."""
    plain, dated = (duties_of(rota(one, SHIFT)) for one in (NIGHTLY, replace(NIGHTLY, opens=0.0, closes=1e6)))
    assert all(np.array_equal(getattr(plain, name), getattr(dated, name)) for name in Duties.__slots__)


# -- shifts -----------------------------------------------------------------------------------------------------------


def test_each_shift_is_a_turn_of_its_own_whatever_the_hour_of_hand_over():
    """Would catch a person at work from Friday evening to Monday morning because a weekend is one turn on call."""
    shifts = (Span(ALL_DAYS, 8.0, 20.0), Span(ALL_DAYS, 20.0, 32.0))
    awake = pattern("awake", shifts, rotation="shift")
    found = held(duties_of(rota(awake)))
    assert found[:6] == [
        (0.0, 8.0, 0),
        (8.0, 20.0, 1),
        (20.0, 32.0, 2),
        (32.0, 44.0, 0),
        (44.0, 56.0, 1),
        (56.0, 68.0, 2),
    ]
    assert max(end - start for start, end, _ in found) == 12.0


# -- who is offered home -----------------------------------------------------------------------------------------------


def year(**changes):
    usual = {"areas": (area(deaths_per_year=HOURS_PER_YEAR),), "place": Place(0.2, 0.5, 0.0, 0.375)}
    return rota(replace(NIGHTLY, spans=(Span(ALL_DAYS, 0.0, 24.0),), closes=EVENING), **{**usual, **changes})


def test_cover_on_paper_is_read_on_the_day_the_episode_begins():
    """Would catch a mean over the year, which offers home for a rota that has gone, or has not come yet."""
    scenario = year()
    hours = np.array([-400.0, EVENING - 1, EVENING, 9000.0])
    assert cover_of_each(scenario, ("full",), np.zeros(4, dtype=int), hours).tolist() == [1, 1, 0, 0]
    assert paper_cover(scenario, ("full",)).tolist() == [1]
    assert paper_cover(scenario, ("full",), EVENING).tolist() == [0]


def test_goodwill_that_ends_offers_home_to_fewer_from_then_on():
    """Would catch a g that goes on after goodwill has ended: 0.2 + 0.8 x 0.375 = 0.5 before, 0.2 after."""
    scenario = year(goodwill=goodwill(until=EVENING), teams=(team(patterns=()),))
    laid = lay_out(scenario, *KEY)
    families = laid.demand.families
    before = families.start < EVENING
    assert set(chances(scenario, laid.area_types, families)[before]) == {0.5}
    assert set(chances(scenario, laid.area_types, families)[~before]) == {0.2}
    assert laid.offered[before].mean() == pytest.approx(0.5, abs=0.1)
    assert laid.offered[~before].mean() == pytest.approx(0.2, abs=0.1)


# -- goodwill ----------------------------------------------------------------------------------------------------------


def by_heart(until: float, **changes):
    usual = {
        "teams": (team(people=nurses(3), patterns=(SHIFT,)),), "ladder": (NURSES_STEP, GOODWILL_STEP, UNIVERSAL_STEP),
        "goodwill": goodwill(until=until, **changes),
    }  # fmt: skip
    return tiny(**usual)


def test_nobody_is_rung_after_goodwill_has_ended():
    """Would catch extra help that goes on: the same call on two evenings, with the end between them."""
    ledger = play(by_heart(until=40.0), [call(20.0), call(44.0)])
    assert [outcome for outcome, _ in became(ledger)] == ["met_by_goodwill", "unmet"]
    assert column(ledger, "asked") == [1, 0]


def test_standby_ends_at_the_hour_at_which_goodwill_does():
    """Would catch a turn of three nights that is kept to its end."""
    dying = [family(death=160.0)]
    kept = setting(by_heart(until=inf, standby=True), dying).standby
    cut = setting(by_heart(until=60.0, standby=True), dying).standby
    assert max(kept.end) > 150.0
    assert list(zip(cut.start, cut.end, strict=True)) == [
        (start, min(end, 60.0)) for start, end in zip(kept.start, kept.end, strict=True) if start < 60.0
    ]


# -- as planners write it ---------------------------------------------------------------------------------------------


def opened(written: str) -> float:
    night = f"teams.community_nurses.patterns.night.{written}"
    scenario = england("icb_rota", night, "areas=[QHG]", "weeks=52", "warmup_weeks=17")
    found = next(one for one in scenario.teams[0].patterns if one.name == "night")
    return found.opens if written.startswith("from") else found.closes


def test_a_date_or_weeks_since_measuring_began():
    """Would catch weeks counted from the warm-up, or a date that is off by a day."""
    start = england("icb_rota").calendar.start_date
    assert opened("from=13") == (17 + 13) * 168
    assert opened("until=-2") == 15 * 168
    assert opened(f"until={start.replace(day=start.day + 1)}") == 24.0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["from=soon"], "weeks since measuring began, or a date"),
        (["from=30", "until=20"], "is not after from"),
        (["from=99999"], "no run has so many weeks"),
    ],
)
def test_a_date_that_cannot_be_is_refused_in_one_line(words, said):
    """Would catch a service that silently never opens."""
    keys = [f"teams.community_nurses.patterns.night.{word}" for word in words]
    with pytest.raises(BadInput, match=said) as error:
        england("icb_rota", *keys)
    assert "\n" not in str(error.value)
