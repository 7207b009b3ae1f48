"""A tiny world for exact tests: one area, everybody at its centre, whole-number times, nobody absent, no chance.

    scenario = tiny(teams=(team(people=nurses(2)),))
    laid = setting(scenario, families=[family(death=100)], calls=[call(10, visit=True)])
    ledger = run(scenario, laid, KEY)

Every function takes what a test wants different as keyword arguments; ``dataclasses.replace`` does the rest.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import inf
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim import keyed
from sim.config.compose import Composed
from sim.config.layers import Layer
from sim.config.words import BadKey
from sim.demand.calls import DEATH_CALL, PotentialCalls
from sim.demand.episodes import DETERIORATING, STABLE, Phases
from sim.demand.families import HOME, Families
from sim.demand.laws import quantile
from sim.demand.planned import PlannedVisits
from sim.demand.table import DemandTable
from sim.domain.area import CENTRAL_LONGITUDE, Area
from sim.domain.calendar import ALL_DAYS, Calendar, Span
from sim.domain.costs import Availability
from sim.domain.demand import Condition, Demand, Reason
from sim.domain.goodwill import Goodwill
from sim.domain.law import Law
from sim.domain.limits import SafeLimits
from sim.domain.pace import Pace, Travel
from sim.domain.scenario import URGENCIES, Answering, Follows, Place, RotaRules, Run, Scenario, Step, Supply
from sim.domain.staff import Clinician, Pattern, Role, Team
from sim.errors import BadInput
from sim.homes import localities
from sim.place.setting import Setting
from sim.place.standby import lay_standby
from sim.rota.duties import Duties, lay_duties
from sim.rota.paper import paper_cover
from sim.rota.staff import Staff, draw_staff
from sim.rota.supply import deal_area_types

KEY = (1, 0)  # seed and replication
MONDAY = dt.date(2027, 1, 4)  # hour 0
ROUND_THE_CLOCK = (Span(ALL_DAYS, 0.0, 24.0),)
AT_ONCE = Law("none")
NOTHING_PLANNED = PlannedVisits(np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0))


def hours(length: float) -> Law:
    """A duration that never varies."""
    return Law("fixed", length)


# -- a scenario -------------------------------------------------------------------------------------------------------


def area(code: str = "AAA", **changes: Any) -> Area:
    """An area at (0, 0) on the map with everybody at its centre and one death a week."""
    usual = Area(
        code=code, name=code, region="Region", cluster="Cluster", children=100_000.0, deaths_per_year=52.0,
        deprivation=(0.2,) * 5, rural_share=0.0, longitude=CENTRAL_LONGITUDE, latitude=0.0, mean_km=0.0,
    )  # fmt: skip
    return replace(usual, **changes)


def role(name: str, may: str, level: int, **changes: Any) -> Role:
    """A role full-time and never absent. may: words apart by blanks."""
    return replace(Role(name, frozenset(may.split()), level, 50.0, 1.0, 0.0, 0.0, 0.0), **changes)


NURSE = role("community_nurse", "answer visit verify_death", 2, named_per_family=2)
SPECIALIST = role("specialist_nurse", "answer visit advise prescribe verify_death", 3)
CONSULTANT = role("consultant", "answer advise prescribe", 4)


def people(role: str, number: int, area: str = "AAA") -> tuple[Clinician, ...]:
    """People of a role who live in an area, with codes such as ``AAA.consultant.1``."""
    return tuple(Clinician(f"{area}.{role}.{k}", role, area, k) for k in range(1, number + 1))


def nurses(number: int, area: str = "AAA") -> tuple[Clinician, ...]:
    """Community nurses of an area."""
    return people("community_nurse", number, area)


def posts(people: tuple[Clinician, ...]) -> tuple[Clinician, ...]:
    """The same as posts of an establishment, which may be vacant."""
    return tuple(replace(person, post=True) for person in people)


def pattern(name: str = "always", spans: tuple[Span, ...] = ROUND_THE_CLOCK, **changes: Any) -> Pattern:
    """One seat at work round the clock, a night at a time, for the whole team, visiting and funded."""
    return replace(Pattern(name, spans, "work", 1, "night", True, True, "team"), **changes)


def team(plan: str = "nurses", people: tuple[Clinician, ...] = nurses(1), **changes: Any) -> Team:
    """A team of these people (of one role) with one pattern, for the areas they live in."""
    areas = tuple(dict.fromkeys(person.area for person in people))
    return replace(Team(plan, f"{plan}:{'+'.join(areas)}", people[0].role, areas, people, (pattern(),)), **changes)


def reason(name: str = "symptom", **changes: Any) -> Reason:
    """An urgent call that needs a nurse's level, 15 minutes of talk and, for half, a visit of an hour."""
    usual = Reason(name, 1.0, (0.0, 1.0, 0.0), 0.5, 0.0, 0.0, hours(0.25), AT_ONCE, hours(1.0), (0.0, 1.0, 0.0, 0.0))
    return replace(usual, **changes)


def demand(**changes: Any) -> Demand:
    """Every family wants home; episodes of ten days: dying 1, deteriorating 1, then stable 2 and unstable 1 in turn."""
    usual = Demand(
        deaths_multiple=1.0, growth_per_year=0.0, growth_reference=MONDAY, area_effect_sd_log=0.0,
        conditions=(Condition("any", 1.0, 1.0),), deprivation_rates=(1.0,) * 5, home_share=1.0, frailty_shape=np.inf,
        episode=hours(240.0), episode_cap_hours=90 * 24.0,
        phase_hours=(hours(48.0), hours(24.0), hours(24.0), hours(24.0)),
        calls_per_day=(1.0,) * 4, reference_calls_per_day=(1.0,) * 4, ceiling_multiple=2.0, professional_share=0.0,
        profile=(1.0,) * 168, dying_night_weight=1.0, background_calls_per_child_year=0.0,
        background_children_per_death=0.0, reasons=(reason(),), death_reason=reason("death", p_visit=1.0),
        p_prepared=0.0, p_advance_care_plan=0.0, p_home_safe_for_one=1.0, prepared_need_level_one_lower=0.0,
        death_calls=1, planned_per_week=(0.0,) * 4, planned_visit=hours(1.0),
    )  # fmt: skip
    return replace(usual, **changes)


def answering(**changes: Any) -> Answering:
    """Called back at once; families wait half an hour for an answer (routine 4 h) and 2 h for a visit (routine 24)."""
    usual = Answering(
        answer_patience=(hours(0.5), hours(0.5), hours(4.0)), visit_patience=(hours(2.0), hours(2.0), hours(24.0)),
        answer_standard=(0.25, 0.5, 4.0), door_standard=(2.0, 4.0, 24.0), call_back=AT_ONCE, advice_patience=hours(1.0),
        advice_minutes=(("consultant", hours(0.25)), ("specialist_nurse", hours(0.25))), nurse_while_waiting="released",
    )  # fmt: skip
    return replace(usual, **changes)


def travel(**changes: Any) -> Travel:
    """A kilometre a minute in a straight line, without delay or noise; at most an hour and a half away."""
    usual = Travel(
        busy=A_KM_A_MINUTE, quiet=A_KM_A_MINUTE, london_busy=A_KM_A_MINUTE, london_quiet=A_KM_A_MINUTE, mileage=1.0,
        noise_cv=0.0, mobilise_from_home=0.0, mobilise_at_work=0.0, reach=1.5,
    )  # fmt: skip
    return replace(usual, **changes)


def pace(fixed: float = 0.0, kmh: float = 60.0) -> Pace:
    """Hours however far, and a straight line at so many km an hour."""
    return Pace(fixed, 1 / kmh)


A_KM_A_MINUTE = pace()


def goodwill(**changes: Any) -> Goodwill:
    """People who, where ``setting`` makes their G 1, never refuse: two are asked, 5 minutes each, no standby."""
    usual = Goodwill(
        on=True, p_max=1.0, willingness_alpha=8.0, willingness_beta=2.0, weight_evening=1.0, weight_early=1.0,
        weight_weekend_day=1.0, weight_night=1.0, asks=2, ring=1 / 12, weekly_cap=10.0, standby=False,
        standby_turn_nights=3, standby_p_answers=1.0, standby_max_nights_per_28=14, answer_role="community_nurse",
        advice_role="consultant",
    )  # fmt: skip
    return replace(usual, **changes)


NURSES_STEP = Step("team", "nurses", 1 / 6)
GOODWILL_STEP = Step("goodwill")
UNIVERSAL_STEP = Step("universal")


def tiny(**changes: Any) -> Scenario:
    """One area, one nurse at work round the clock for one week; any field of ``Scenario`` may be changed."""
    usual = Scenario(
        name="tiny", question="What happens to one call?", run=Run.of_weeks(warmup_weeks=0, weeks=1, beyond_weeks=0),
        calendar=Calendar(MONDAY), areas=(area(),), demand=demand(), place=Place(1.0, 0.5, 0.0),
        roles=(NURSE, SPECIALIST, CONSULTANT), teams=(team(),), supply=Supply((("full", 1.0),)),
        rota=RotaRules(17.0, 9.0, 0.5), ladder=(NURSES_STEP, UNIVERSAL_STEP), professional_entry=(),
        answering=answering(), travel=travel(), goodwill=goodwill(on=False),
        follows=Follows((0.0, 0.0), (0.0, 0.0), (0.0, 0.0), (0.0, 0.0), 1.0, hours(24.0), 0.0),
        limits=SafeLimits(4.0, 1.0, 48.0, 17, 11.0, 24.0, 7),
        availability=Availability(119_490.0, ((4.0, 0.03), (8.0, 0.02), (inf, 0.01)), 30.0, 2.0, 0.225, 37.5),
    )  # fmt: skip
    return replace(usual, **changes)


@cache
def _composed(name: str, *parts: str) -> Composed:
    from sim.config.compose import compose

    return compose(name, list(parts))


@cache
def england(name: str = "current_patchwork", *overrides: str) -> Scenario:
    """A shipped scenario, changed as by the command line; composed only once for each choice of parts.

    Raises BadInput as a plan does, for what is wrong with a key, its value or what is read of it.
    """
    from sim.config.check import check, without_nothing
    from sim.config.command_line import changes
    from sim.config.convert import to_scenario
    from sim.config.ground import read_ground
    from sim.config.overlays import refuse_idle
    from sim.config.schema import SCHEMA
    from sim.config.values import set_values

    asked = changes(list(overrides))
    one = _composed(name, *(f"{group}={word}" for group, word in asked.chosen.items()))
    one = replace(one, config=set_values(one.config, asked.values), given=frozenset(key for key, _ in asked.values))
    try:
        check(one.config, SCHEMA)
        config = without_nothing(one.config, SCHEMA)
        refuse_idle(one, config)
        return to_scenario(config, read_ground(one, config))
    except BadKey as bad:
        raise BadInput(bad.line(one.file(bad.key))) from None


# -- tables of a planner's own ----------------------------------------------------------------------------------------


def by_hand(folder: Path, **config: Any) -> Composed:
    """A configuration of which ``mine.yaml`` in a folder sets all: what a reader of tables takes, not composed."""
    mine = Layer("mine.yaml", folder, config, {}, {}, frozenset(), frozenset())
    return Composed({"files": {}, **config}, frozenset(), frozenset(), (mine,), ())


def refused(composed: Composed, read: Callable[[], object]) -> str:
    """The one line that a plan says of what a reader refuses."""
    with pytest.raises((BadInput, BadKey)) as error:
        read()
    bad = error.value
    return bad.line(composed.file(bad.key)) if isinstance(bad, BadKey) else str(bad)


# -- families and calls by hand ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AFamily:
    """See ``family``."""

    death: float
    start: float
    deteriorates: float
    area: str
    km_east: float
    km_north: float
    rural: bool
    prepared: bool
    advance_care_plan: bool
    known: tuple[str, ...] | None
    background: bool


def family(
    death: float = 168.0, start: float = 0.0, deteriorates: float | None = None, area: str = "AAA",
    km_east: float = 0.0, km_north: float = 0.0, rural: bool = False, prepared: bool = False,
    advance_care_plan: bool = False, known: tuple[str, ...] | None = None, background: bool = False,
) -> AFamily:  # fmt: skip
    """A family who wants to be at home, some km from the centre of its area, stable until it deteriorates.

    deteriorates: hour; None: at the start. known: codes of the people it knows; None: the first of the area's list.
    background: its child is not at the end of life; such families come last.
    """
    worse = start if deteriorates is None else deteriorates
    return AFamily(death, start, worse, area, km_east, km_north, rural, prepared, advance_care_plan, known, background)


@dataclass(frozen=True)
class ACall:
    """See ``call``."""

    hour: float | None
    family: int
    marks: tuple[tuple[str, Any], ...]


def call(
    hour: float, family: int = 0, urgency: str = "urgent", level: int = 2, visit: bool = False, two: bool = False,
    prescription: bool = False, professional: bool = False, **marks: Any,
) -> ACall:  # fmt: skip
    """A potential call at an hour by a family (its place in the list of families).

    Other columns of ``PotentialCalls`` (talk, visit_hours, answer_patience, call_back ...) may be given as marks;
    left out they are the median of the scenario's law, or 0.5 where the column is a uniform.
    """
    said = {
        "urgency": URGENCIES.index(urgency), "need_level": level, "needs_visit": visit or two, "needs_two": two,
        "needs_prescription": prescription, "professional": professional,
    }  # fmt: skip
    if "visit_hours" in marks:
        marks["visit"] = marks.pop("visit_hours")
    return ACall(hour, family, tuple({**said, **marks}.items()))


def death_call(family: int = 0, **marks: Any) -> ACall:
    """The call a family makes when its child dies; it needs a visit unless the marks say otherwise."""
    return replace(call(0.0, family, **{"visit": True, **marks}), hour=None)


def setting(
    scenario: Scenario, families: Sequence[AFamily] = (), calls: Sequence[ACall] = (), g: float = 1.0,
    staff: Staff | None = None,
) -> Setting:  # fmt: skip
    """The real rota and standby of a scenario round families and calls made by hand, all offered home.

    g: everybody's goodwill. staff: people with absences (``absent``), otherwise nobody is absent but by the roles.
    """
    table = demand_table(scenario, families, calls)
    who = draw_staff(scenario, KEY) if staff is None else staff
    who = replace(who, willingness=np.full(len(who.people), g))
    types = deal_area_types(scenario, KEY)
    duties = lay_duties(scenario, who, types, KEY)
    offered = np.ones(len(families), dtype=bool)
    standby = lay_standby(scenario, table, offered, who, types, duties, KEY)
    known = tuple(_known(scenario, one, who) for one in families)
    in_hospice = np.zeros(len(table.children), dtype=bool)
    return Setting(table, who, types, duties, paper_cover(scenario, types), offered, in_hospice, known, standby)


def _known(scenario: Scenario, one: AFamily, staff: Staff) -> tuple[int, ...]:
    if one.known is not None:
        return tuple(row for row, person in enumerate(staff.people) if person.code in one.known)
    found: list[int] = []
    for role in scenario.roles:
        here = [row for row, p in enumerate(staff.people) if (p.role, p.area) == (role.name, one.area)]
        found += [row for row in here if not staff.vacant[row]][: role.named_per_family]
    return tuple(found)


def demand_table(scenario: Scenario, families: Sequence[AFamily], calls: Sequence[ACall]) -> DemandTable:
    """The demand table of exactly these families and calls."""
    everybody = _families(scenario, families)
    dying = np.flatnonzero(~everybody.background)  # the others come after them
    return DemandTable(
        everybody.take(dying),
        np.arange(len(dying)),
        everybody,
        _phases(families),
        _calls(scenario, everybody, calls),
        NOTHING_PLANNED,
    )


def _families(scenario: Scenario, families: Sequence[AFamily]) -> Families:
    codes = [place.code for place in scenario.areas]
    row = np.array([codes.index(one.area) for one in families], dtype=np.int64)
    centre = np.array([scenario.areas[place].centre_km for place in row]).reshape(-1, 2)
    size = len(families)

    def column(name: str, kind: type) -> Any:
        return np.array([getattr(one, name) for one in families], dtype=kind)

    return Families(
        area=row, area_number=np.array([keyed.number_of(one.area) for one in families], dtype=np.int64),
        number=np.arange(size), start=column("start", float), death=column("death", float),
        condition=np.zeros(size, dtype=np.int64), quintile=np.full(size, 3), rural=column("rural", bool),
        east=centre[:, 0] + column("km_east", float), north=centre[:, 1] + column("km_north", float),
        locality=localities(scenario).first[row], frailty=np.ones(size), prefers=np.full(size, HOME),
        offer=np.zeros(size), prepared=column("prepared", bool),
        advance_care_plan=column("advance_care_plan", bool), safe_for_one=np.ones(size, dtype=bool),
        background=column("background", bool),
    )  # fmt: skip


def _phases(families: Sequence[AFamily]) -> Phases:
    rows = [
        (row, phase, start, end)
        for row, one in enumerate(families)
        for phase, start, end in (
            (STABLE, one.start, one.deteriorates),
            (DETERIORATING, max(one.start, one.deteriorates), one.death),
        )
        if end > start
    ]
    table = np.array(rows, dtype=float).reshape(-1, 4)
    deteriorates = np.array([one.deteriorates for one in families], dtype=float)
    return Phases(table[:, 0].astype(np.int64), table[:, 1].astype(np.int64), table[:, 2], table[:, 3], deteriorates)


def _calls(scenario: Scenario, families: Families, calls: Iterable[ACall]) -> PotentialCalls:
    by_hour = sorted(
        ((float(families.death[c.family]) if c.hour is None else c.hour, c) for c in calls), key=lambda pair: pair[0]
    )
    rows = [_row(scenario, one, hour, number) for number, (hour, one) in enumerate(by_hour)]
    columns = {name: np.array([row[name] for row in rows], dtype=kind) for name, kind in _CALL_KINDS.items()}
    family = columns["family"]
    high, low = keyed.words(KEY, "call_key", families.area_number[family], families.number[family], columns["number"])
    return PotentialCalls(**columns, high=high, low=low)


def _row(scenario: Scenario, one: ACall, hour: float, number: int) -> Mapping[str, Any]:
    marks = dict(one.marks)
    is_death = one.hour is None
    reason = scenario.demand.death_reason if is_death else scenario.demand.reasons[0]
    urgency, answering = int(marks["urgency"]), scenario.answering
    usual = {
        "talk": reason.talk, "after_call": reason.after_call, "visit": reason.visit,
        "answer_patience": answering.answer_patience[urgency], "visit_patience": answering.visit_patience[urgency],
        "call_back": answering.call_back, "stay": scenario.follows.stay,
    }  # fmt: skip
    return {
        **{name: float(quantile(law, np.array(0.5))) for name, law in usual.items()},
        **dict.fromkeys(("advice", "emergency", "no_return"), 0.5),
        "family": one.family, "number": DEATH_CALL if is_death else number, "time": hour,
        "reason": len(scenario.demand.reasons) if is_death else 0,
        "may_harm": not is_death and urgency < URGENCIES.index("routine"), **marks,
    }  # fmt: skip


_CALL_KINDS: dict[str, type] = {
    **dict.fromkeys(("family", "number", "reason", "urgency", "need_level"), np.int64),
    **dict.fromkeys(("may_harm", "professional", "needs_visit", "needs_two", "needs_prescription"), np.bool_),
    **dict.fromkeys(("time", "talk", "after_call", "visit", "answer_patience", "visit_patience", "call_back"), float),
    **dict.fromkeys(("advice", "emergency", "no_return", "stay"), float),
}


# -- people and duties by hand ----------------------------------------------------------------------------------------


def absent(
    scenario: Scenario, leave: Mapping[int, Iterable[int]] = {}, sick: Mapping[int, Iterable[int]] = {},
    vacant: Iterable[int] = (),
) -> Staff:  # fmt: skip
    """The people of a scenario, some of them (by row) on leave or sick in some weeks, some posts vacant all along."""
    staff = draw_staff(scenario, KEY)
    away = {"leave": staff.leave.copy(), "sick": staff.sick.copy()}
    for kind, who in (("leave", leave), ("sick", sick)):
        for person, weeks in who.items():
            for week in weeks:
                away[kind][person, 7 * week : 7 * week + 7] = True
    empty = staff.vacant.copy()
    empty[list(vacant)] = True
    return replace(staff, vacant=empty, **away)


def duties_of(scenario: Scenario, staff: Staff | None = None) -> Duties:
    """The duties of a scenario's teams, after absence and cover."""
    who = draw_staff(scenario, KEY) if staff is None else staff
    return lay_duties(scenario, who, deal_area_types(scenario, KEY), KEY)


def held(duties: Duties, pattern: int = 0) -> list[tuple[float, float, int]]:
    """Start, end and person (row, or -1 for a gap) of the duties of one pattern of the first team, by time."""
    rows = np.flatnonzero((duties.pattern == pattern) & (duties.team == 0))
    columns = (duties.start[rows], duties.end[rows], duties.person[rows])
    return sorted(zip(*(column.tolist() for column in columns), strict=True))
