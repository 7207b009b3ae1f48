"""What a rota asks of one person, counted in tiny rotas: weekends, nights in a row while a child is dying, lone visits,
and a year of letters."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.demand.episodes import DYING, Phases
from sim.domain.calendar import ALL_DAYS, WEEKDAYS, WEEKENDS, Span
from sim.domain.scenario import Run, Scenario
from sim.ledger import Ledger, StayRow
from sim.measures import measure
from sim.measures.by_the_telephone import lone_visits, nights_while_dying, weekends
from sim.measures.years import Year, years
from sim.rota.rest import longest_run
from tests.story import written
from tests.tiny import (
    GOODWILL_STEP,
    NURSES_STEP,
    UNIVERSAL_STEP,
    absent,
    area,
    call,
    family,
    goodwill,
    nurses,
    pattern,
    setting,
    team,
    tiny,
)

NIGHTS = pattern("night", (Span(ALL_DAYS, 17.0, 33.0),), at="on_call")
DAY = pattern("day", (Span(WEEKDAYS, 9.0, 17.0),), seats=None, rotation="everyone", serves="home")
AFTER_WORK, AT_WEEKENDS = Span(WEEKDAYS, 17.0, 22.0), Span(WEEKENDS, 9.0, 17.0)
TWO_WEEKS = Run.of_weeks(0, 2, 0)


def rota(number: int = 2, **changes: Any) -> Scenario:
    """Nurses on call in turns of a night, measured for a fortnight."""
    usual = {"teams": (team(people=nurses(number), patterns=(NIGHTS,)),), "run": TWO_WEEKS}
    return tiny(**{**usual, **changes})


def dying(scenario: Scenario, *hours: tuple[float, float, str]) -> Ledger:
    """A ledger in which children are dying at home in these hours: from, to (the death), code of the area."""
    families = [family(death=end, area=code) for _, end, code in hours]
    ledger = written(scenario, families=families)
    columns = (np.arange(len(hours)), np.full(len(hours), DYING), *np.array([one[:2] for one in hours]).T)
    phases = Phases(*columns, deteriorates=np.array([one[0] for one in hours]))
    ledger.setting = replace(ledger.setting, demand=replace(ledger.setting.demand, phases=phases))
    return ledger


EIGHTH, TENTH = 8 * 24 + 12.0, 10 * 24 + 12.0  # noon to noon: the nights of days 8 and 9


def test_nights_in_a_row_while_a_child_is_dying() -> None:
    """One nurse alone has both nights in a row; two in turns have one each. Catches nights on call without a child that
    is dying at home: it is in hospital in the second night, or was not offered home."""
    alone, both = rota(1), rota(2)
    ledger = dying(alone, (EIGHTH, TENTH, "AAA"))
    assert np.flatnonzero(nights_while_dying(ledger, alone)[0]).tolist() == [8, 9]
    assert longest_run(nights_while_dying(ledger, alone)).tolist() == [2.0]
    assert longest_run(nights_while_dying(dying(both, (EIGHTH, TENTH, "AAA")), both)).tolist() == [1.0, 1.0]
    ledger.stays.rows.append(StayRow(0, 9 * 24 + 12.0, TENTH, returned=False))
    assert np.flatnonzero(nights_while_dying(ledger, alone)[0]).tolist() == [8]
    ledger.setting.offered[:] = False
    assert not nights_while_dying(ledger, alone).any()
    rows = {row.measure: row.numerator for row in measure(dying(alone, (EIGHTH, TENTH, "AAA")), alone)}
    assert rows["nights_in_a_row_while_dying_worst"] == 2.0


def test_a_child_dying_elsewhere_counts_for_whom_the_team_serves_alone() -> None:
    """Catches one area's night told of everybody: a nurse of BBB is on call for BBB alone, a pool for both."""
    here, there = nurses(1), nurses(1, "BBB")
    places = {"areas": (area(), area("BBB")), "run": TWO_WEEKS}
    apart = tiny(
        teams=(team(people=here, patterns=(NIGHTS,)), team("others", there, patterns=(NIGHTS,))), **places
    )  # fmt: skip
    assert nights_while_dying(dying(apart, (EIGHTH, TENTH, "BBB")), apart).sum(axis=1).tolist() == [0, 2]
    pool = tiny(teams=(team(people=here + there, patterns=(NIGHTS,), areas=("AAA", "BBB")),), **places)
    assert nights_while_dying(dying(pool, (EIGHTH, TENTH, "BBB")), pool).sum(axis=1).tolist() == [1, 1]


def test_nights_on_standby_count_while_a_child_is_dying() -> None:
    unpaid = rota(
        1, teams=(team(people=nurses(1), patterns=(DAY,)),), ladder=(NURSES_STEP, GOODWILL_STEP, UNIVERSAL_STEP),
        goodwill=goodwill(standby=True),
    )  # fmt: skip
    assert np.flatnonzero(nights_while_dying(dying(unpaid, (EIGHTH, TENTH, "AAA")), unpaid)[0]).tolist() == [8, 9]


def test_weekends_on_call_are_those_of_which_somebody_holds_any_hour() -> None:
    """Catches days counted for weekends: one nurse has both of the fortnight, and nobody has one on weekdays alone."""
    assert weekends(written(rota(1), families=[family()]), rota(1)).tolist() == [2.0]
    evenings, daytime = (pattern("some", (span,), at="on_call") for span in (AFTER_WORK, AT_WEEKENDS))
    early = rota(1, teams=(team(people=nurses(1), patterns=(evenings,)),))
    assert weekends(written(early, families=[family()]), early).tolist() == [0.0]
    days = rota(1, teams=(team(people=nurses(1), patterns=(daytime,)),))
    assert weekends(written(days, families=[family()]), days).tolist() == [2.0]


ALONE = {"alone": True, "at_door": 20.0, "visited_by": 1}


def test_lone_visits_are_of_whoever_made_them_once() -> None:
    """Catches a visit counted again for a call that joined it, and one made by two."""
    facts = [ALONE, {**ALONE, "joined": 0}, {**ALONE, "alone": False}, {**ALONE, "visited_by": 0}]
    ledger = written(rota(), [call(10.0 + hour) for hour in range(4)], facts)
    assert lone_visits(ledger, rota()).tolist() == [1.0, 1.0]
    rows = {row.measure: row.numerator for row in measure(ledger, rota()) if row.group == "role"}
    assert rows["lone_visits_made_per_year_worst"] == pytest.approx(26.0)  # one in two weeks


def test_a_year_has_a_letter_for_each_night_of_the_middle_and_the_worst_off() -> None:
    """Three nurses in turns: 4, 5 and 5 nights. The last is called at 02:00 on Wednesday, in her night of Tuesday, and
    at 01:00 on Sunday, off duty in the night of Saturday. Catches letters shifted by a day, the worst-off taken for the
    middle one, and equal nights not parted by those disturbed."""
    scenario = rota(3)
    tasks = [(2, 0, "phone", 50.0, 50.5, 0), (2, 0, "visit", 6 * 24 + 1.0, 6 * 24 + 2.0, -1)]
    ledger = dying(scenario, (24 + 12.0, 48 + 12.0, "AAA"))
    ledger.tasks.rows[:] = written(scenario, [call(25.9)], tasks=tasks).tasks.rows
    found = years(ledger, scenario)
    assert [(one.nights_on_call, one.whose) for one in found] == [(4, ""), (5, "median"), (5, "worst")]
    assert [one.year for one in found] == ["", "c..c..c..c..c.", ".C..cg.c..c..c"]
    assert [one.dying for one in found] == ["", "." * 14, f".d{'.' * 12}"]
    worst = found[2]
    assert (worst.disturbed_nights, worst.disturbed_nights_worst_30_days) == (2, 2)
    assert worst.nights_in_a_row_while_dying == 1
    assert (worst.nights_worst_28_days, worst.nights_in_a_row, worst.lone_visits, worst.standby_hours) == (5, 1, 0, 0.0)


def test_whoever_is_vacant_has_no_year() -> None:
    scenario = rota(2)
    staff = absent(scenario, vacant=(1,))
    ledger = written(scenario, families=[family()])
    ledger.setting = setting(scenario, [family()], staff=staff)
    assert [one.whose for one in years(ledger, scenario)] == ["worst"]
    assert Year._fields[:2] == ("role", "team")
