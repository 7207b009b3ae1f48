"""What a rota costs before anybody calls: exactly, from its duties and the prices, for 52 weeks of the measured window.

A team's cost is told by area: what serves one area stands there, the rest is shared by the children of the team's
areas. Source: ``docs/model.md``, Costs.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from sim.domain.calendar import BANK_HOLIDAY, HOURS_PER_DAY, SUNDAY, WEEKDAYS, Span
from sim.domain.costs import NURSES_BAND, WEEKS_OF_PAY, Unsocial
from sim.domain.scenario import Scenario
from sim.domain.staff import Clinician, Pattern
from sim.hours import Hours, on_clock
from sim.keyed import Floats
from sim.rota.available import SUPPLEMENTED, available, of_patterns
from sim.rota.duties import Duties
from sim.rota.expect import YEAR
from sim.rota.rest import Ints, expand
from sim.rota.there import share_on_the_list

PARTS = ("supplements", "sessions", "seats_at_work", "unsocial_hours", "stepped_up_nights", "on_costs")
PAY = ("supplements", "sessions", "unsocial_hours", "stepped_up_nights")  # on which employers pay on-costs
SATURDAY = 5
SESSIONS_PER_WEEK = 10  # of four hours, of a whole-time consultant


def standing(scenario: Scenario, paper: Duties) -> dict[str, Floats]:
    """Each of PARTS in GBP a year, by team and area. paper: the duties with nobody absent, stepped-up ones cut."""
    weights, paid = by_children(scenario), available(scenario, paper)
    parts = {
        "supplements": paid.supplements[:, None] * weights,
        "sessions": _by_area(paper, paid.session_row, paid.session_pay, weights),
        "seats_at_work": _seats(scenario, paper, weights),
        "unsocial_hours": _beyond_basic_pay(scenario, paper, weights),
        "stepped_up_nights": _stepped_up(scenario, paper, weights),
    }
    return parts | {"on_costs": scenario.costs.on_cost * sum((parts[name] for name in PAY), np.zeros(weights.shape))}


def by_children(scenario: Scenario) -> Floats:
    """By team and area, the area's share of the children of the team's areas."""
    place = {area.code: row for row, area in enumerate(scenario.areas)}
    children = np.array([area.children for area in scenario.areas])
    weights = np.zeros((len(scenario.teams), len(scenario.areas)))
    for row, team in enumerate(scenario.teams):
        here = np.array([place[code] for code in team.areas], dtype=np.int64)
        weights[row, here] = children[here] / children[here].sum() if children[here].sum() else 1 / len(here)
    return weights


def posts_beyond(scenario: Scenario) -> dict[tuple[str, int], float]:
    """Posts that the rotas are written for beyond those that exist, by role and row of the area: heads of usual WTE.

    A leaver and a successor are as many as are in post on average.
    """
    place = {area.code: row for row, area in enumerate(scenario.areas)}
    there = {(role, row): posts for row, area in enumerate(scenario.areas) for role, posts in area.posts}
    needed: dict[tuple[str, int], float] = {}
    first, last = (math.ceil(hour / HOURS_PER_DAY) for hour in scenario.run.window)
    people, usual = _everybody(scenario), {role.name: role.wte for role in scenario.roles}
    for person, on_the_list in zip(people, share_on_the_list(people, first, last), strict=True):
        post = person.role, place[person.area]
        whole = 1.0 if person.wte is None else person.wte / usual[person.role]
        needed[post] = needed.get(post, 0) + whole * on_the_list
    beyond = {post: number - there.get(post, 0) for post, number in needed.items()}
    return {post: number for post, number in beyond.items() if number > 0}


def _everybody(scenario: Scenario) -> list[Clinician]:
    """The people of all teams, once each, in the order of the staff."""
    return list(dict.fromkeys(person for team in scenario.teams for person in team.people))


def seats_filled(scenario: Scenario, paper: Duties) -> dict[tuple[str, int], float]:
    """WTE that the numbered seats at work take, by role and row of the area of those who hold them on paper."""
    people = _everybody(scenario)
    place = {area.code: row for row, area in enumerate(scenario.areas)}
    rows, hours = seats_at_work(scenario, paper)
    held: dict[tuple[str, int], float] = {}
    for row, worked in enumerate(np.bincount(paper.person[rows], hours, minlength=len(people)).tolist()):
        post = people[row].role, place[people[row].area]
        held[post] = held.get(post, 0.0) + scenario.availability.wte(worked / scenario.run.weeks)
    return held


def added_by_overlays(scenario: Scenario) -> dict[str, Floats]:
    """GBP a year of what overlays add, by area: a network's coordinator, days away for training, an embedded team."""
    overlays, costs, areas = scenario.overlays, scenario.costs, len(scenario.areas)
    place = {area.code: row for row, area in enumerate(scenario.areas)}
    coordinator, trained = np.zeros(areas), np.zeros(areas)
    for network in overlays.boundary.networks:
        here = [place[code] for code in network]
        post = costs.post(overlays.boundary.coordinator_band)
        coordinator[here] += overlays.boundary.coordinator_wte * post / len(here)
    for person in _everybody(scenario):
        trained[place[person.area]] += person.role == overlays.training.role
    a_day = overlays.training.days_away * overlays.training.cost_per_day
    session = costs.year(scenario.availability.consultant_salary) / SESSIONS_PER_WEEK
    embedded = overlays.embedded.consultant_sessions * session + overlays.embedded.nurse_wte * costs.post(NURSES_BAND)
    return {
        "coordinator": coordinator,
        "training": np.minimum(trained, overlays.training.people) * a_day,
        "embedded_team": np.full(areas, embedded),
    }


def yearly_pay(scenario: Scenario, role: str) -> float:
    """GBP a year that a whole-time post of a role costs an employer: basic pay, on-costs and overheads."""
    return scenario.costs.year(hourly_pay(scenario, role) * scenario.availability.full_time_week * WEEKS_OF_PAY)


def hourly_pay(scenario: Scenario, role: str) -> float:
    """GBP of basic pay for an hour of a role."""
    if role == SUPPLEMENTED:
        return scenario.availability.consultant_hour
    return scenario.costs.basic_pay_share * scenario.role(role).cost_per_hour


def seats_at_work(scenario: Scenario, paper: Duties) -> tuple[Ints, Floats]:
    """Duties of numbered seats at work that somebody holds, and their hours in the window."""
    numbered = of_patterns(scenario, paper, lambda pattern: pattern.seats is not None and not pattern.on_call)
    rows, begins, ends = _held_at_work(scenario, paper, np.flatnonzero(numbered))
    return rows, ends - begins


def _held_at_work(scenario: Scenario, paper: Duties, rows: Ints) -> tuple[Ints, Floats, Floats]:
    """Which of some duties are at work and held by somebody, and from when to when in the window."""
    (start, end), some = scenario.run.window, paper.take(rows)
    held = ~some.on_call & some.funded & (some.person >= 0)
    rows = rows[held & (some.end > start) & (some.start < end)]
    return rows, np.maximum(paper.start[rows], start), np.minimum(paper.end[rows], end)


def _seats(scenario: Scenario, paper: Duties, weights: Floats) -> Floats:
    """Hours of numbered seats at the cost of a working hour, which holds leave, sickness and study.

    A shift of everybody is the working week of people in post, who are paid anyhow.
    """
    rows, hours = seats_at_work(scenario, paper)
    price = np.array([scenario.role(team.role).cost_per_hour for team in scenario.teams])[paper.team[rows]]
    return _by_area(paper, rows, hours * price * YEAR / scenario.run.weeks, weights)


def _beyond_basic_pay(scenario: Scenario, paper: Duties, weights: Floats) -> Floats:
    """What hours at work on nights, weekends and holidays are paid beyond basic pay, shifts of everybody too."""
    maybe = np.flatnonzero(of_patterns(scenario, paper, _may_be_unsocial(scenario)))
    rows, begins, ends = _held_at_work(scenario, paper, maybe)
    roles, beyond = [team.role for team in scenario.teams], np.zeros(len(rows))
    supplemented = np.array([role == SUPPLEMENTED for role in roles], dtype=bool)[paper.team[rows]]
    for chosen, rule in ((~supplemented, scenario.costs.nurses), (supplemented, scenario.costs.consultants)):
        for share, hours in _unsocial(scenario, rule):
            beyond[chosen] += share * hours.between(begins[chosen], ends[chosen])
    basic = np.array([hourly_pay(scenario, role) for role in roles])[paper.team[rows]]
    return _by_area(paper, rows, beyond * basic * YEAR / scenario.run.weeks, weights)


def _may_be_unsocial(scenario: Scenario) -> Callable[[Pattern], bool]:
    """Whether a pattern may have any hour that is paid beyond basic pay: most day shifts have none.

    What somebody wrote down may have it, whatever its pattern says.
    """
    nurses, consultants = scenario.costs.nurses.clock, scenario.costs.consultants.clock
    opens, closes = max(nurses[1], consultants[1]), min(nurses[0], consultants[0])
    written = any(team.written for team in scenario.teams)

    def may(pattern: Pattern) -> bool:
        basic = (opens <= span.start and span.end <= closes and max(span.days) < SATURDAY for span in pattern.spans)
        return written or not all(basic)

    return may


def _unsocial(scenario: Scenario, rule: Unsocial) -> list[tuple[float, Hours]]:
    """What shares of basic pay are paid beyond it, and in which hours: nights and Saturdays, Sundays and holidays."""
    evening, morning = rule.clock
    dark = (Span(WEEKDAYS, 0.0, morning), Span(WEEKDAYS, evening, 24.0), Span(frozenset((SATURDAY,)), 0.0, 24.0))
    sunday = (Span(frozenset((SUNDAY, BANK_HOLIDAY)), 0.0, 24.0),)
    last = int(scenario.run.horizon // HOURS_PER_DAY)
    return [
        (share, on_clock(scenario.calendar, spans, 0, last))
        for share, spans in ((rule.night, dark), (rule.sunday, sunday))
    ]


def _stepped_up(scenario: Scenario, paper: Duties, weights: Floats) -> Floats:
    """Pay for each person and night of the window with any hour of a stepped-up rota on call."""
    stepped = of_patterns(scenario, paper, lambda pattern: bool(pattern.stepped_up) and pattern.on_call)
    rows = np.flatnonzero(stepped & paper.funded & (paper.person >= 0))
    row, _ = nights_of_duties(scenario, paper, rows)
    pay = np.full(len(row), scenario.availability.stepped_up_night * YEAR / scenario.weeks_of_demand)
    return _by_area(paper, row, pay, weights)


def nights_of_duties(scenario: Scenario, duties: Duties, rows: Ints) -> tuple[Ints, Ints]:
    """Each night (22:00-07:00) that begins in the window with any hour of these duties, once for each person: a row of
    them, and the night."""
    (start, end), (opens, closes) = scenario.run.window, scenario.calendar.night
    length = (closes - opens) % HOURS_PER_DAY
    first = np.floor((duties.start[rows] - opens - length) / HOURS_PER_DAY).astype(np.int64) + 1
    last = np.ceil((duties.end[rows] - opens) / HOURS_PER_DAY).astype(np.int64) - 1
    which, night = expand(first, last - first + 1)
    inside = (night * HOURS_PER_DAY >= start) & (night * HOURS_PER_DAY < end)
    row, night = rows[which[inside]], night[inside]
    if not len(row):
        return row, night
    # a person and a night as one number: of persons [0, 0, 1] in nights [3, 3, 3] it is [3, 3, 7],
    # which holds two different ones, first found at [0, 2]: so nobody is paid twice for two duties of a night
    _, once = np.unique(duties.person[row] * (int(night.max()) + 1) + night, return_index=True)
    return row[once], night[once]


def _by_area(duties: Duties, rows: Ints, amount: Floats, weights: Floats) -> Floats:
    """Amounts of some duties by team and area: those that serve one area there, others by children."""
    teams, areas = weights.shape
    team, serves = duties.team[rows], duties.serves[rows]
    shared = np.bincount(team[serves < 0], amount[serves < 0], minlength=teams)
    own = np.bincount((team * areas + serves)[serves >= 0], amount[serves >= 0], minlength=teams * areas)
    return np.asarray(shared[:, None] * weights + own.reshape(teams, areas), dtype=float)
