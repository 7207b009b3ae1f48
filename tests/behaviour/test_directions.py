"""Which way things go, in expectation: the same families twice, paired replication by replication.

"A nurse more never hurts" is not true of every single run once calls can be lost, so each direction is that of a mean
over replications of three areas, and a difference too uncertain to tell (|t| under 3) fails as underpowered.

What every release holds, and by which test. Unmet demand and the worst three fates together rise when

    goodwill is withdrawn, or asks fewer           SIGNS; on three areas of today's patchwork: FAMILIES
    patience shortens                              SIGNS; FAMILIES
    calls come again more often                    SIGNS
    admissions after a failure rise                SIGNS
    fewer return home, or after longer             SIGNS; the calls that this hides: HOSPITAL
    a seat, or hours of a duty, are taken away     SIGNS; every seat of three areas: FAMILIES
    absence rises                                  SIGNS; on three areas, and gaps: FAMILIES, BURDEN
    reach falls                                    SIGNS; slow roads: FAMILIES
    refusal at boundaries rises                    SIGNS

and, of the fates alone,

    admissions after met calls rise                test_admissions_after_met_calls_are_seen_in_the_fates
    ``whole`` never rises when goodwill goes       test_whole_does_not_rise_when_goodwill_goes
    more people harm only as strangers             test_more_people_harm_only_where_strangers_admit_more_often
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from sim.domain.calendar import ALL_DAYS, Span
from sim.domain.law import Law
from sim.domain.overlays import Boundary, Overlays
from sim.domain.pace import Pace
from sim.domain.scenario import Follows, Repeat, Run, Scenario
from sim.measures import before_any_call, measure
from sim.measures.rows import Row
from sim.model import simulate
from tests.tiny import (
    GOODWILL_STEP,
    NURSES_STEP,
    UNIVERSAL_STEP,
    area,
    england,
    goodwill,
    nurses,
    pattern,
    team,
    tiny,
)

AREAS = "areas=[QHG,QUE,QM7]"
MORE_CHILDREN = "areas=[QE1,QOP,QYG]"  # for what few families show
SEED, REPLICATIONS, LEAST_T = 1, 12, 3.0
A_FEW = 0.01  # of a share, or of admissions a family
NURSES = ("role", "community_nurse")
ENGLAND = ("england", "England")


@cache
def observed(scenario: Scenario, measured: str, group: str, level: str) -> np.ndarray:
    """One value a replication, of a measure that may have no denominator in some (then 0)."""
    return np.array([value[measured, group, level] for value in ledgers(scenario)])


@cache
def ledgers(scenario: Scenario) -> tuple[dict[tuple[str, str, str], float], ...]:
    """Every measure of each replication."""
    return tuple(
        {
            row[:3]: row.numerator / row.denominator if row.denominator else 0.0
            for row in measure(simulate(scenario, SEED, replication), scenario)
        }
        for replication in range(REPLICATIONS)
    )


def rises(base: Scenario, other: Scenario, measured: str, level: tuple[str, str] = ENGLAND) -> bool:
    """Whether a measure is higher in the other scenario, for certain."""
    difference = observed(other, measured, *level) - observed(base, measured, *level)
    error = difference.std(ddof=1) / np.sqrt(len(difference))
    mean = difference.mean()
    assert abs(mean) > LEAST_T * error, f"{measured}: {mean:+.4f} with a standard error of {error:.4f} cannot be told"
    return bool(mean > 0)


PATCHWORK, ICB = england("current_patchwork", AREAS), england("icb_rota", AREAS)


def with_teams(scenario: Scenario, plan: str, **changes: Any) -> Scenario:
    """The scenario with the on-call patterns of one plan changed."""
    teams = tuple(
        replace(team, patterns=tuple(replace(p, **changes) if p.at == "on_call" else p for p in team.patterns))
        if team.plan == plan
        else team
        for team in scenario.teams
    )
    return replace(scenario, teams=teams)


def gives(scenario: Scenario, **changes: Any) -> Scenario:
    return replace(scenario, goodwill=replace(scenario.goodwill, **changes))


def nobody_gives(scenario: Scenario) -> Scenario:
    return gives(scenario, on=False)


def roads(scenario: Scenario, factor: float, **changes: float) -> Scenario:
    """Journeys that take so many times as long."""
    travel = scenario.travel
    names = ("busy", "quiet", "london_busy", "london_quiet")
    paces = {name: getattr(travel, name) for name in names}
    slower = {name: Pace(pace.fixed * factor, pace.per_km * factor) for name, pace in paces.items()}
    return replace(scenario, travel=replace(travel, **slower, **changes))


def answering(scenario: Scenario, **changes: Any) -> Scenario:
    return replace(scenario, answering=replace(scenario.answering, **changes))


def follows(scenario: Scenario, **changes: Any) -> Scenario:
    return replace(scenario, follows=replace(scenario.follows, **changes))


def calls_made(scenario: Scenario, factor: float) -> Scenario:
    rates = tuple(rate * factor for rate in scenario.demand.calls_per_day)
    return replace(scenario, demand=replace(scenario.demand, calls_per_day=rates))


def roles(scenario: Scenario, **changes: float) -> Scenario:
    return replace(scenario, roles=tuple(replace(role, **changes) for role in scenario.roles))


Case = tuple[str, Scenario, Scenario, str, bool]  # what is said, before, after, the measure, and whether it rises


def cases(said: list[Case]) -> Any:
    """One test for each direction, by what is said."""
    return pytest.mark.parametrize(
        ("base", "other", "measured", "up"), [case[1:] for case in said], ids=[case[0] for case in said]
    )


FOREVER = (Law("fixed", 72.0),) * 3
AT_ONCE = (Law("fixed", 0.0),) * 3
# many families of one area, nurses enough by day and nobody at night: calls that fail beside calls that are met
BY_DAY = tiny(
    areas=(area(deaths_per_year=600.0),),
    teams=(team(people=nurses(40), patterns=(pattern(spans=(Span(ALL_DAYS, 8.0, 20.0),), seats=40),)),),
    follows=Follows((0.08, 0.056), (0.14, 0.1), (0.25, 0.18), (0.5, 0.3), 0.7, Law("lognormal", 192.0, 1.15), 0.4, 1.5),
    repeat=Repeat(0.4, False, Law("exponential", 4.0), 3),
    run=Run.of_weeks(2, 6, 2),
)


def held(scenario: Scenario, start: float, end: float, seats: int) -> Scenario:
    """Seats at work of one area's nurses between two hours of every day."""
    (team,) = scenario.teams
    patterns = (replace(team.patterns[0], spans=(Span(ALL_DAYS, start, end),), seats=seats),)
    return replace(scenario, teams=(replace(team, patterns=patterns),))


def refusing(scenario: Scenario, p: float) -> Scenario:
    """Whoever acts outside the home area can do so but with a probability."""
    return replace(scenario, overlays=Overlays(boundary=Boundary(True, p, p)))


ALWAYS, TWO_NURSES = held(BY_DAY, 0.0, 24.0, 40), held(BY_DAY, 0.0, 24.0, 2)
UNPAID = replace(  # at night the nurses may be rung at home
    BY_DAY, goodwill=goodwill(p_max=0.6), ladder=(NURSES_STEP, GOODWILL_STEP, UNIVERSAL_STEP)
)
THREE_FOR_ONE = england("hospice_nurse_first", AREAS)
SIGNS: list[tuple[str, Scenario, Scenario]] = [
    ("goodwill is withdrawn", UNPAID, nobody_gives(UNPAID)),
    ("goodwill asks fewer", UNPAID, gives(UNPAID, asks=1)),
    ("patience shortens", UNPAID, answering(UNPAID, answer_patience=AT_ONCE, visit_patience=AT_ONCE)),
    ("calls come again", BY_DAY, replace(BY_DAY, repeat=replace(BY_DAY.repeat, p=1.0))),
    ("a failure admits more often", BY_DAY, follows(BY_DAY, partly=(0.5, 0.36), none=(0.8, 0.6))),
    ("fewer return home", BY_DAY, follows(BY_DAY, p_no_return_home=0.7)),
    ("a seat is taken away", TWO_NURSES, held(BY_DAY, 0.0, 24.0, 1)),
    ("hours of a duty are taken away", BY_DAY, held(BY_DAY, 8.0, 18.0, 40)),
    ("absence rises", TWO_NURSES, roles(TWO_NURSES, sick_share=0.3)),
    ("reach falls", nobody_gives(ICB), roads(nobody_gives(ICB), 1.0, reach=0.25)),
    ("refusal at boundaries rises", refusing(THREE_FOR_ONE, 0.0), refusing(THREE_FOR_ONE, 1.0)),
]
HOSPITAL: list[Case] = [
    (
        "a longer stay hides more calls that failure put into hospital",
        BY_DAY,
        follows(BY_DAY, stay=Law("lognormal", 360.0, 1.15)),
        "not_made_in_hospital_after_failure_share",
        True,
    ),
    (
        "admissions after full help may lower it, for they are not counted",
        BY_DAY,
        follows(BY_DAY, known=(0.16, 0.112), others=(0.28, 0.2)),
        "not_made_in_hospital_share",
        True,
    ),
]
FAMILIES: list[Case] = [
    ("a funded rota in every area lowers unmet demand", PATCHWORK, ICB, "unmet_demand_share", False),
    ("and offers home to more families", PATCHWORK, ICB, "home_offered_share", True),
    ("without goodwill more is unmet", PATCHWORK, nobody_gives(PATCHWORK), "unmet_demand_share", True),
    ("and less is met by it", PATCHWORK, nobody_gives(PATCHWORK), "met_by_goodwill_share", False),
    (
        "a second seat leaves less unmet",
        nobody_gives(ICB),
        with_teams(nobody_gives(ICB), "community_nurses", seats=2),
        "unmet_demand_share_out_of_hours",
        False,
    ),
    ("no seat leaves more", ICB, with_teams(ICB, "community_nurses", funded=False), "unmet_demand_share", True),
    (
        "absence leaves more",
        roles(ICB, sick_share=0.0, leave_weeks=0.0),
        roles(ICB, sick_share=0.3),
        "unmet_demand_share_out_of_hours",
        True,
    ),
    (
        "without consultants more is partly met",
        ICB,
        with_teams(ICB, "consultants", funded=False),
        "partly_met_share",
        True,
    ),
    (
        "patience lowers unmet demand",
        PATCHWORK,
        answering(PATCHWORK, answer_patience=FOREVER, visit_patience=FOREVER),
        "unmet_share",
        False,
    ),
    (
        "no patience raises it",
        PATCHWORK,
        answering(PATCHWORK, answer_patience=AT_ONCE, visit_patience=AT_ONCE),
        "unmet_share",
        True,
    ),
    ("slow roads put more out of reach", ICB, roads(ICB, 3.0), "unmet_because_out_of_reach_share", True),
    ("and keep families waiting", ICB, roads(ICB, 1.25), "minutes_to_door", True),
    (
        "a slower call back keeps them waiting too",
        ICB,
        answering(ICB, call_back=Law("exponential", 0.25)),
        "minutes_to_answer",
        True,
    ),
    ("asking fewer people at home meets less", PATCHWORK, gives(PATCHWORK, asks=1, standby=False), "unmet_share", True),
    ("people who never say yes meet less", PATCHWORK, gives(PATCHWORK, p_max=0.0), "unmet_demand_share", True),
    (
        "unmet calls end in emergencies",
        ICB,
        replace(PATCHWORK, place=replace(PATCHWORK.place, home_anyway=1.0)),
        "emergency_visits_per_family",
        True,
    ),
    (
        "without goodwill more are not at home to the end",
        PATCHWORK,
        gives(PATCHWORK, p_max=0.0),
        "worst_three_fates_share",
        True,
    ),
    ("and fewer lean on others", PATCHWORK, gives(PATCHWORK, p_max=0.0), "ever_leaned_on_others_share", False),
    ("no seat leaves fewer whole", ICB, with_teams(ICB, "community_nurses", funded=False), "fate_whole_share", False),
    ("more calls, more calls made", ICB, calls_made(ICB, 1.5), "calls_per_family", True),
]
BURDEN: list[Case] = [
    ("a rota in every area puts nurses on call", PATCHWORK, ICB, "hours_on_call_per_week_mean", True),
    ("and takes standby from them", PATCHWORK, ICB, "standby_hours_per_week_mean", False),
    ("and unpaid work", PATCHWORK, ICB, "goodwill_hours_per_week_mean", False),
    ("more calls disturb more nights", ICB, calls_made(ICB, 2.0), "disturbed_nights_per_month_mean", True),
    ("and are more work", ICB, calls_made(ICB, 2.0), "hours_worked_out_of_hours_per_week_mean", True),
    (
        "two seats are twice the nights on call",
        ICB,
        with_teams(ICB, "community_nurses", seats=2),
        "nights_on_call_share_mean",
        True,
    ),
    (
        "slow roads are more work where nothing is out of reach",
        roads(ICB, 1.0, reach=9.0),
        roads(ICB, 1.5, reach=9.0),
        "hours_worked_out_of_hours_per_week_mean",
        True,
    ),
    ("absence leaves gaps", roles(ICB, sick_share=0.0), roles(ICB, sick_share=0.3), "seat_hours_gap_share", True),
]


@pytest.mark.parametrize("measured", ["unmet_demand_share", "worst_three_fates_share"])
@pytest.mark.parametrize(("base", "other"), [sign[1:] for sign in SIGNS], ids=[sign[0] for sign in SIGNS])
def test_unmet_demand_and_the_worst_three_fates_rise_when(base: Scenario, other: Scenario, measured: str) -> None:
    """Would catch harm that one of the two hides: a child in hospital makes no calls, and has a fate."""
    assert rises(base, other, measured)


def test_admissions_after_met_calls_are_seen_in_the_fates() -> None:
    """Would catch unmet demand read alone: it falls, as children in hospital make no calls that could fail."""
    more = {"known": (0.16, 0.112), "others": (0.28, 0.2)}
    assert not rises(BY_DAY, follows(BY_DAY, **more), "unmet_demand_share")
    assert rises(ALWAYS, follows(ALWAYS, **more), "worst_three_fates_share")


def test_whole_does_not_rise_when_goodwill_goes() -> None:
    """By more than the few calls that a funded duty would have met in time: would catch goodwill that does harm."""
    without, given = (observed(one, "fate_whole_share", *ENGLAND) for one in (nobody_gives(ICB), ICB))
    difference = without - given
    assert difference.mean() + 2 * difference.std(ddof=1) / np.sqrt(len(difference)) < A_FEW


def test_more_people_harm_only_where_strangers_admit_more_often() -> None:
    """Would catch a standard with more people that harms by something else than that families do not know them.

    That it does harm where strangers admit more often, as they ship, is a sentence of the library (``full_qs160``).
    """
    scenarios = (england(name, MORE_CHILDREN) for name in ("icb_rota", "full_qs160"))
    alike = [follows(one, others=one.follows.known) for one in scenarios]
    for measured in ("admissions_per_family", "worst_three_fates_share"):
        before, after = (observed(one, measured, *ENGLAND) for one in alike)
        difference = after - before
        assert difference.mean() < LEAST_T * difference.std(ddof=1) / np.sqrt(len(difference))
        assert difference.mean() < A_FEW


@cases(FAMILIES)
def test_families(base: Scenario, other: Scenario, measured: str, up: bool) -> None:
    assert rises(base, other, measured) == up


@cases(HOSPITAL)
def test_hospital(base: Scenario, other: Scenario, measured: str, up: bool) -> None:
    """Would catch calls that nobody makes from hospital and nobody counts."""
    assert rises(base, other, measured) == up


def of_homes(rows: Iterable[Row], measured: str) -> float:
    """How much higher a measure is of rural homes than of urban ones."""
    both = {row.measure: row for row in rows}
    rural, urban = (both[f"{measured}_of_{home}_homes"] for home in ("rural", "urban"))
    return rural.numerator / rural.denominator - urban.numerator / urban.denominator


def test_rural_families_wait_longer_at_the_door_and_are_out_of_reach_on_more_nights() -> None:
    """All of England under a rota in every area, nights at a reach of 45 minutes, which leaves many out of it. Would
    catch roads on which a town takes longer than the country: the first product had both the other way round."""
    everywhere = england("icb_rota", "weeks=26", "warmup_weeks=8")
    near = replace(everywhere, travel=replace(everywhere.travel, reach=0.75))
    paired = []
    for replication in range(3):
        ledger = simulate(everywhere, SEED, replication)
        nights = before_any_call(near, ledger.setting, (SEED, replication))
        paired.append(
            (
                of_homes(measure(ledger, everywhere), "minutes_to_door"),
                of_homes(nights, "child_nights_without_visit_achieved_share"),
            )
        )
    for more in np.array(paired).T:
        assert more.mean() > LEAST_T * more.std(ddof=1) / np.sqrt(len(more))


@cases(BURDEN)
def test_burden_of_nurses(base: Scenario, other: Scenario, measured: str, up: bool) -> None:
    assert rises(base, other, measured, NURSES) == up


@pytest.mark.parametrize(
    "change",
    [
        nobody_gives,
        lambda s: roads(s, 2.0),
        lambda s: with_teams(s, "community_nurses", seats=2),
        lambda s: replace(s, teams=s.teams[:-1]),
    ],
    ids=["goodwill", "roads", "seats", "a team less"],
)
def test_every_scenario_meets_the_same_families(change: Callable[[Scenario], Scenario]) -> None:
    ours = simulate(ICB, SEED, 0).setting.demand
    theirs = simulate(change(ICB), SEED, 0).setting.demand
    for name in ours.calls.__slots__:
        assert np.array_equal(getattr(ours.calls, name), getattr(theirs.calls, name)), name
    for name in ours.families.__slots__:
        assert np.array_equal(getattr(ours.families, name), getattr(theirs.families, name)), name
