"""Today's patchwork against the evidence: what is read, and that the page says what was declared."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from sim.experiment import baseline
from sim.experiment.baseline import full_areas, unpaid, without_consultant
from sim.experiment.checked import estimated, exact, figure
from sim.experiment.demand_evidence import CALLS, DIED
from sim.experiment.team_calls import EACH_CALLS
from sim.experiment.validation import page
from sim.measures.rows import Row
from tests.story import play
from tests.tiny import (
    GOODWILL_STEP,
    NURSES_STEP,
    UNIVERSAL_STEP,
    area,
    call,
    england,
    family,
    goodwill,
    nurses,
    pattern,
    people,
    team,
    tiny,
)

DECLARED = [
    *(
        baseline.FULL,
        baseline.WITHOUT,
        DIED,
        baseline.ROUND_THE_CLOCK,
        baseline.NOT_ROUND_THE_CLOCK,
        baseline.CALLS_A_WEEK,
        baseline.POTENTIAL,
        CALLS[-1][0],
    ),
    *EACH_CALLS,
    baseline.UNPAID,
    baseline.EMERGENCIES,
]


def test_the_shipped_baseline_has_eight_full_areas_and_24_without_a_consultant():
    """Would catch another deal of the archetypes, or consultants who moved."""
    scenario = england("current_patchwork")
    assert full_areas(scenario, (1, 0)) == (8.0, 42.0)
    assert without_consultant(scenario) == (24.0, 42.0)


def test_an_area_is_full_only_if_somebody_can_visit_at_every_hour():
    """Would catch a telephone that counts as a visit."""
    places = (area("AAA"), area("BBB"))
    teams = (team(), team("by_phone", nurses(1, "BBB"), patterns=(pattern(visiting=False),)))
    assert full_areas(tiny(areas=places, teams=teams), (1, 0)) == (1.0, 2.0)


def test_who_gave_unpaid_hours_is_counted_once_among_those_in_post():
    """Would catch calls counted instead of people, or consultants among the nurses."""
    by_day = pattern(spans=(), seats=None, rotation="everyone")
    teams = (team(people=nurses(3), patterns=(by_day,)), team("advisers", people("consultant", 1), patterns=()))
    scenario = tiny(
        teams=teams, ladder=(NURSES_STEP, GOODWILL_STEP, UNIVERSAL_STEP), goodwill=goodwill(asks=1)
    )  # fmt: skip
    ledger = play(scenario, [call(20.0), call(44.0)])
    gave, nurses_in_post = unpaid(ledger, scenario)
    assert (gave, nurses_in_post) == (1.0, 3.0)


def test_what_lies_behind_emergency_visits_is_told_for_each_family_at_home():
    """Three calls of the first family, one of them routine, and one of the second; every visit is an admission but of
    the second. Would catch joined calls, families not at home or routine calls counted in."""
    follows = replace(tiny().follows, known=(1.0, 0.0), others=(1.0, 0.0), none=(1.0, 0.0), partly=(1.0, 0.0))
    families = [family(death=160.0), family(death=160.0), family(death=169.0)]
    calls = [call(20.0), call(44.0), call(70.0, urgency="routine"), call(60.0, 1), call(80.0, 2)]
    scenario = tiny(follows=follows)
    rows = baseline.behind_emergencies(play(scenario, calls, families), scenario)
    found = {row.measure: (row.numerator, row.denominator) for row in rows}
    assert found == {
        "calls": (4.0, 2.0),
        "grave_calls": (3.0, 2.0),
        "visits": (3.0, 2.0),
        "not_admitted": (3.0, 2.0),
        "ever_not_admitted": (2.0, 2.0),
    }


def test_the_page_has_a_row_for_every_check_with_its_target_and_its_source():
    """Would catch a check that is made and not told, or a table whose cells went astray."""
    findings = [exact(baseline.FULL, 8.0, 42.0), estimated(DIED, np.array([23.0, 22.0]), np.array([100.0, 100.0]))]
    told = [baseline.Unpublished("met by goodwill", findings[1], findings[1])]
    behind = [baseline.Behind("emergency visits", findings[1])]
    text = page(findings, told, behind, "oncall-sim check baseline out=DIR", "2 areas.", ())
    rows = [line for line in text.partition("## What nobody knows")[0].splitlines() if line.startswith("| ")]
    assert rows[2].startswith(
        "| areas with a funded nurse to visit at every hour, on paper | 19.0 % | 7.0 % to 33.0 % |"
    )
    assert rows[3].split(" | ")[3].startswith("22.5 % (")
    assert all(line.count(" | ") == rows[0].count(" | ") for line in rows[:4])
    assert rows[-4].startswith("| met by goodwill | 22.5 %")
    assert rows[-1].startswith("| emergency visits | 22.5 %")


def test_deaths_at_home_without_care_round_the_clock_are_of_all_other_areas():
    """Would catch full areas in the figure: 1 of 6 in the two other kinds."""
    kinds = {"full": (3.0, 4.0), "seven_day": (1.0, 2.0), "weekdays_alone": (0.0, 4.0)}
    found = [[Row("died_at_home_share", "area_type", kind, *sums, 0.0) for kind, sums in kinds.items()]] * 2
    assert baseline.not_round_the_clock(found).estimate == pytest.approx(1 / 6)


@pytest.mark.parametrize("check", DECLARED, ids=lambda check: check.name)
def test_the_documented_page_holds_every_check_as_declared(check, home):
    """Would catch a bound that was moved after the page was made, or a page that was typed by hand."""
    text = (home / "docs" / "validation.md").read_text(encoding="utf-8")
    (line,) = re.findall(rf"^\| {re.escape(check.name)} \|.*$", text, flags=re.MULTILINE)
    bounds = f"{figure(check.low, check.unit)} to {figure(check.high, check.unit)}"
    for told in (figure(check.expected, check.unit), bounds, check.source, check.why):
        assert f"| {told} |" in line
