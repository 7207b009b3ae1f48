"""What became of the families, on ledgers written by hand: one fate each, the worst that holds."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from sim.domain.calendar import ALL_DAYS, Span
from sim.domain.scenario import Run, Scenario
from sim.domain.words import FATES
from sim.experiment import flows
from sim.exposure import on_paper
from sim.ledger import Ledger, StayRow
from sim.measures.fates import Fates, fate_measures, fates
from sim.measures.rows import Groups, Row
from sim.model import simulate
from tests.story import Fact, values, written
from tests.tiny import KEY, absent, area, call, demand, family, nurses, pattern, setting, team, tiny

NOBODY: Fact = {"answered": math.nan, "answered_by": -1}
BRINGS: dict[str, tuple[Fact, ...]] = {  # fate: what a call may have come to, so that it holds
    "nobody_answered": (NOBODY | {"outcome": "unmet"}, NOBODY | {"outcome": "overtaken_by_death"}),
    "incomplete_or_late": ({"outcome": "partly_met"}, {"outcome": "late"}, {"outcome": "overtaken_by_death"}),
    "leaned_on_others": ({"outcome": "met_by_goodwill"}, {"outcome": "met_by_general_services"}),
}
DYING = family(death=100.0)
A_NIGHT = "a_night_nobody_funded"
BY_DAY = team(patterns=(pattern("day", (Span(ALL_DAYS, 7.0, 22.0),)),))
TWO_AREAS = (area("AAA", rural_share=0.0), area("BBB", rural_share=0.5))


def told(ledger: Ledger, scenario: Scenario) -> Fates:
    return fates(ledger, scenario, on_paper(scenario, ledger.setting, KEY))


def in_hospital(ledger: Ledger, start: float, end: float, failed: bool = False, family: int = 0) -> Ledger:
    """A stay after a call that ended then; failed: it is call 0."""
    returned = bool(end < ledger.setting.demand.families.death[family])
    ledger.stays.rows.append(StayRow(family, start, end, returned, failed, caused=False))
    return ledger


def of_one(*holding: str, scenario: Scenario | None = None) -> str:
    """The fate of a family of whom these hold, each in the first way of BRINGS; with a nurse always, unless told."""
    scenario = scenario or tiny(teams=(BY_DAY,) if "a_night_nobody_funded" in holding else (team(),))
    facts: list[Fact] = (
        [{"outcome": "unmet", "ended": 40.0, "admitted": True}] if "hospital_after_failure" in holding else []
    )
    facts += [BRINGS[fate][0] for fate in holding if fate in BRINGS] + [{}]
    ledger = written(scenario, [call(10.0 + k) for k in range(len(facts))], facts, families=[DYING])
    if "hospital_after_failure" in holding:
        in_hospital(ledger, 40.0, 60.0, failed=True)
    if "hospital_otherwise" in holding:
        in_hospital(ledger, 80.0, 100.0)
    offered = np.array(["not_offered_home" not in holding])
    return fate_of(replace(ledger, setting=replace(ledger.setting, offered=offered)), scenario)


def fate_of(ledger: Ledger, scenario: Scenario) -> str:
    found = told(ledger, scenario)
    return FATES[found.fate[0]]


# -- one fate ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fate", FATES[:-1])
def test_each_fate_by_itself(fate: str) -> None:
    assert of_one(fate) == fate


def test_a_family_of_whom_nothing_holds_is_whole() -> None:
    assert of_one() == "whole"


@pytest.mark.parametrize(("worse", "other"), list(combinations(FATES[:-1], 2)))
def test_of_two_that_hold_the_worse_counts(worse: str, other: str) -> None:
    """Catches fates by the last event, or by the order in which they are written down here."""
    assert of_one(other, worse) == worse


@pytest.mark.parametrize(("fate", "fact"), [(fate, fact) for fate, facts in BRINGS.items() for fact in facts])
def test_every_way_in_which_a_call_can_end_otherwise_than_met(fate: str, fact: Fact) -> None:
    """A child who dies while the telephone rings had no answer; one who dies on the way of a nurse had one."""
    assert fate_of(written(tiny(), [call(10.0)], [fact], families=[DYING]), tiny()) == fate


def test_a_repeated_call_that_is_answered_does_not_cure() -> None:
    ledger = written(tiny(), [call(10.0)], [NOBODY | {"outcome": "unmet"}], families=[DYING])
    ledger.calls.rows.append(ledger.calls.rows[0]._replace(attempt=2, answered=11.0, outcome="met"))
    assert fate_of(ledger, tiny()) == "nobody_answered"


def test_nor_does_a_later_attempt_that_fails_harm_a_family_whose_first_was_late() -> None:
    ledger = written(tiny(), [call(10.0)], [{"outcome": "late"}], families=[DYING])
    ledger.calls.rows.append(ledger.calls.rows[0]._replace(attempt=2, answered=math.nan, outcome="unmet"))
    assert fate_of(ledger, tiny()) == "incomplete_or_late"


def test_a_call_that_was_not_made_brings_nothing() -> None:
    fact = NOBODY | {"made": False, "outcome": "in_hospital"}
    assert fate_of(written(tiny(), [call(10.0)], [fact], families=[DYING]), tiny()) == "whole"


def test_a_child_who_comes_home_from_hospital_after_help_that_was_met_did_not_die_there() -> None:
    assert fate_of(in_hospital(written(tiny(), families=[DYING]), 40.0, 60.0), tiny()) == "whole"


def test_an_admission_after_any_attempt_that_failed_is_after_a_failure() -> None:
    ledger = written(tiny(), [call(10.0)], [{"outcome": "late"}], families=[DYING])
    ledger.calls.rows.append(ledger.calls.rows[0]._replace(attempt=2, outcome="unmet", ended=40.0, admitted=True))
    assert fate_of(in_hospital(ledger, 40.0, 60.0, failed=True), tiny()) == "hospital_after_failure"


# -- nights -----------------------------------------------------------------------------------------------------------


def test_a_night_in_hospital_is_no_night_at_home() -> None:
    """Nurses on duty but for the night of Tuesday: a child who was in hospital then has a nurse every night at home."""
    spans = tuple(Span(frozenset(ALL_DAYS - {day}), start, end) for day, start, end in ((1, 22.0, 24.0), (2, 0.0, 7.0)))
    scenario = tiny(teams=(team(patterns=(pattern("most", (Span(ALL_DAYS, 7.0, 22.0), *spans)),)),))
    home = written(scenario, families=[DYING])
    assert fate_of(home, scenario) == "a_night_nobody_funded"
    assert fate_of(in_hospital(home, 40.0, 60.0), scenario) == "whole"  # Tuesday 16:00 to Wednesday 12:00


def test_nights_before_the_window_belong_to_the_episode() -> None:
    """The only nurse is away on Friday of the first week; the child dies in the second, which alone is measured."""
    scenario = tiny(run=Run.of_weeks(1, 1, 1))
    nurse = absent(scenario)
    nurse.leave[0, 4] = True
    dying_later = family(start=100.0, death=200.0)
    laid = setting(scenario, [dying_later], staff=nurse)
    ledger = written(scenario, families=[dying_later])
    assert fate_of(ledger, scenario) == "whole"
    assert fate_of(replace(ledger, setting=replace(ledger.setting, duties=laid.duties)), scenario) == A_NIGHT


def test_on_paper_beside_as_achieved() -> None:
    """The only nurse is on leave: on paper somebody would have come."""
    scenario = tiny()
    ledger = written(scenario, families=[DYING])
    laid = setting(scenario, [DYING], staff=absent(scenario, leave={0: [0]}))
    found = told(replace(ledger, setting=replace(ledger.setting, duties=laid.duties)), scenario)
    assert (FATES[found.fate[0]], FATES[found.on_paper[0]]) == ("a_night_nobody_funded", "whole")


# -- who is counted, and of whom ------------------------------------------------------------------------------------


def rows_of(ledger: Ledger, scenario: Scenario) -> list[Row]:
    groups = Groups(scenario, ledger.setting.area_types)
    return fate_measures(told(ledger, scenario), ledger, groups, scenario.run.weeks)


def test_a_family_counts_when_its_episode_ends_in_the_window() -> None:
    scenario = tiny(run=Run.of_weeks(1, 2, 1))
    deaths = (167.0, 168.0, 335.0, 503.0, 504.0)
    families = [*(family(death=hour) for hour in deaths), family(death=200.0, background=True)]
    england = values(rows_of(written(scenario, families=families), scenario))
    assert england["fate_whole_share"] == 1.0
    assert england["fate_whole_per_year"] == 3 * 52 / 2


def test_ever_is_told_beside_the_worst() -> None:
    """Two of four families had no answer; one of them was in hospital after it, and one was not offered home."""
    facts = [
        {"ended": 40.0, "admitted": True, **NOBODY, "outcome": "unmet"},
        {**NOBODY, "outcome": "unmet"},
        {"outcome": "late"},
    ]
    ledger = written(tiny(), [call(10.0 + k, k) for k in range(3)], facts, families=[DYING] * 4)
    in_hospital(ledger, 40.0, 100.0, failed=True)
    offered = np.array([True, True, True, False])
    england = values(rows_of(replace(ledger, setting=replace(ledger.setting, offered=offered)), tiny()))
    assert england["fate_nobody_answered_share"] == 1 / 4
    assert england["ever_nobody_answered_share"] == 2 / 4
    assert england["ever_incomplete_or_late_share"] == 1 / 4
    assert england["ever_hospital_otherwise_share"] == 0.0
    assert england["worst_three_fates_share"] == 2 / 4


def simulated(**changes) -> tuple[Ledger, Scenario]:
    """Two areas with a few calls each: a nurse always in one, by day in the other."""
    few = demand(calls_per_day=(0.1,) * 4, reference_calls_per_day=(0.1,) * 4)
    teams = (team(people=nurses(2)), team(people=nurses(1, "BBB"), patterns=BY_DAY.patterns))
    usual = {"areas": TWO_AREAS, "run": Run.of_weeks(2, 8, 2), "demand": few, "teams": teams}
    scenario = tiny(**usual | changes)
    return simulate(scenario, *KEY), scenario


@pytest.fixture(scope="module")
def by_day() -> tuple[Ledger, Scenario]:
    return simulated()


def test_fates_add_to_the_families_who_want_home_in_every_group(by_day) -> None:
    """Of areas, kinds of area, rural bands and deprivation; the denominators are the families themselves."""
    ledger, scenario = by_day
    found = rows_of(ledger, scenario)
    families, (start, end) = ledger.setting.demand.families, scenario.run.window
    ended = (families.death >= start) & (families.death < end)
    shares = [row for row in found if row.measure in {f"fate_{fate}_share" for fate in FATES}]
    groups = {(row.group, row.level) for row in shares}
    assert {kind for kind, _ in groups} == {"england", "region", "rural", "area_type", "area", "deprivation"}
    for group in groups:
        here = [row for row in shares if (row.group, row.level) == group]
        assert len(here) == len(FATES)
        assert sum(row.numerator for row in here) == here[0].denominator
    assert sum(row.denominator for row in shares if row.group == "area") == len(FATES) * ended.sum() > 0
    assert len({row.measure for row in shares if row.group == "england" and row.numerator}) > 2


# -- from fate to fate ------------------------------------------------------------------------------------------------


def test_flows_pair_the_same_families_by_their_codes() -> None:
    """In whatever order they stand; a family that one scenario has not is told as such."""
    base = {("AAA", "1"): "whole", ("AAA", "2"): "nobody_answered", ("BBB", "1"): "whole"}
    other = {("BBB", "1"): "whole", ("AAA", "2"): "whole", ("AAA", "1"): "not_offered_home", ("CCC", "1"): "whole"}
    counts = flows.moved(base, other)
    place = flows.ENDS.index
    assert counts.sum() == 4
    assert counts[place("whole"), place("not_offered_home")] == 1
    assert counts[place("nobody_answered"), place("whole")] == 1
    assert counts[place("whole"), place("whole")] == 1
    assert counts[place(flows.NOT_HERE), place("whole")] == 1


def test_the_margins_of_flows_are_the_fates_of_both_scenarios(by_day) -> None:
    both = [by_day, simulated(teams=())]
    found = [told(*one) for one in both]
    filed = [flows.read(flows.text(one, ledger, scenario)) for one, (ledger, scenario) in zip(found, both, strict=True)]
    (counts,) = flows.paired([filed])
    for axis, one in enumerate(found):
        fate = np.bincount(one.fate[one.counted], minlength=len(flows.ENDS))
        assert counts[:, :, 0].sum(axis=1 - axis).tolist() == fate.tolist()
    lines = list(flows.rows(counts[None], ("by_day", "nobody"), 8))
    assert {line[2] for line in lines} == {line[3] for line in lines} == set(FATES)
    assert sum(line[4] for line in lines) == pytest.approx(found[0].counted.sum() * 52 / 8)
    assert sum(line[7] for line in lines) == pytest.approx(1.0)


def test_a_flow_of_few_families_has_the_interval_of_a_count_and_none_that_of_nothing_seen() -> None:
    """20 replications of a year with 100 families each, one of whom went to hospital in all: .025 to 5.57 of a Poisson
    count at 1 (by so much wider as Student's t is), and of those who never went at most 3 in 2,000 families."""
    counts = np.zeros((1, len(flows.ENDS), len(flows.ENDS), 20))
    place = flows.ENDS.index
    counts[0, place("whole"), place("whole")] = 100.0
    counts[0, place("whole"), place("nobody_answered"), 0] = 1.0
    found = {line[2:4]: line[4:7] for line in flows.rows(counts, ("one", "two"), 52)}
    rare, low, high = found["whole", "nobody_answered"]
    assert rare == pytest.approx(1 / 20)
    assert 0 < low < 0.025 / 20 * 1.1
    assert high > 5.57 / 20
    assert found["whole", "not_offered_home"] == (0.0, 0.0, pytest.approx(2001 * (1 - 0.05 ** (1 / 2001)) / 20))


def test_one_scenario_has_no_flows() -> None:
    assert list(flows.rows(flows.paired([[{("AAA", "1"): "whole"}]]), ("one",), 52)) == []
