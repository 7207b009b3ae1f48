"""Who works: roles, named clinicians, teams and the patterns of their duties."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from sim.domain.calendar import Span
from sim.domain.policies import POOL_SEATS

if TYPE_CHECKING:
    from sim.domain.written import Change, WrittenDuty

MAY = ("answer", "visit", "advise", "prescribe", "verify_death", "second_person")
AT = ("work", "on_call")
SERVES = ("team", "telephone", "home")
CONTRACTS = ("resident_doctor_2016",)
STEPS_UP = ("deteriorating", "dying")


@dataclass(frozen=True, slots=True)
class Role:
    """A kind of clinician: what its holders may do (words of MAY), their level 1-4 and GBP per working hour.

    leave_weeks: weeks of leave a year; sick_share: share of weeks off sick; p_vacant: share of the posts of an
    establishment that are empty all run (people are never vacant).
    """

    name: str
    may: frozenset[str]
    level: int
    cost_per_hour: float
    wte: float
    leave_weeks: float
    sick_share: float
    p_vacant: float
    named_per_family: int = 0


@dataclass(frozen=True, slots=True)
class Clinician:
    """One person, or a post of an establishment, which may be vacant all run.

    The code never depends on a team: area code, role and a running number. name: what colleagues call them, shown on
    rotas and in no result. wte: their own whole-time equivalent; None: that of the role. locality: the code of that in
    which they start; empty: any of the area. first_day, last_day: of the run, on which they are in post. away: first
    and last days of absences that are known. leave_written: these are all their annual leave, and none is drawn.
    """

    code: str
    role: str
    area: str
    number: int
    post: bool = False
    name: str = ""
    wte: float | None = None
    locality: str = ""
    first_day: float = -inf
    last_day: float = inf
    away: tuple[tuple[int, int], ...] = ()
    leave_written: bool = False

    @property
    def called(self) -> str:
        """Their name, or their code."""
        return self.name or self.code

    def is_in_post(self, first: int, last: int) -> bool:
        """Whether they are in post on any day of the run from a first to a last."""
        return self.first_day <= last and self.last_day >= first


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line of a rota: who is available when, and for what.

    spans: the clock hours it covers. at: ``work`` or ``on_call`` from home.
    seats: duties to be filled at a time; None: everybody, by the part-time rule.
    rotation: how turns are cut (``everyone``, by ``night``, ``weekend_split``, ``week`` or ``shift``).
    visiting: may leave for a home visit. funded: commissioned and paid.
    serves: ``team`` (every area of the team), ``telephone`` (every area by telephone, visits in the person's own) or
    ``home`` (the person's own area).
    area_types: only in areas of these supply archetypes or codes; empty: everywhere. stepped_up: the phase
    (``deteriorating`` or ``dying``) of a child at home for which the duties stand up; empty: standing all year. only:
    places in the team's list, from 1, of those who work it; empty: everybody. opens, closes: the hours of the run in
    which it exists.
    """

    name: str
    spans: tuple[Span, ...]
    at: str
    seats: int | None
    rotation: str
    visiting: bool
    funded: bool
    serves: str
    prospective_cover: bool = True
    area_types: frozenset[str] = frozenset()
    stepped_up: str = ""
    only: tuple[int, ...] = ()
    opens: float = -inf
    closes: float = inf

    def people(self, team: int) -> int:
        """How many work it, of a team of so many."""
        return len(self.only) or team

    def workers(self, team: tuple[Clinician, ...]) -> tuple[Clinician, ...]:
        """Who work it, of a team's list."""
        return tuple(team[place - 1] for place in self.only) or team

    @property
    def on_call(self) -> bool:
        """From home, and not at work."""
        return self.at == "on_call"

    @property
    def answers_home(self) -> bool:
        """Each for the area they live in, by telephone too, and not for every area of the team."""
        return self.serves == "home"

    @property
    def visits_home(self) -> bool:
        """Each visits in the area they live in, and not in every area of the team."""
        return self.serves != "team"

    @property
    def is_dated(self) -> bool:
        """Whether it opens or closes at a date."""
        return self.opens > -inf or self.closes < inf

    def runs_at(self, hour: float) -> bool:
        """Whether it exists at an hour of the run."""
        return self.opens <= hour < self.closes


@dataclass(frozen=True, slots=True)
class Pool:
    """What becomes of the seats of areas that share a rota (only those on call are shared).

    seats: a word of ``policies.POOL_SEATS``, or ``number``. further: hours that each way to a family and back takes
    beyond what the map says, for whoever is on call for the pool.
    """

    seats: str
    number: int = 0
    further: float = 0.0

    @property
    def keeps_all(self) -> bool:
        """Whether it has the seats of all its areas, and not of one or a number of its own."""
        return POOL_SEATS.get(self.seats, False)


@dataclass(frozen=True, slots=True)
class Team:
    """People of one role with one rota for a list of areas; a pool is a team of more than one area.

    plan: the name in the scenario (``nurses``) that a ladder step refers to; one plan makes a team per group of areas.
    pool: the rule for its seats; None: as many as its patterns say, however many areas there are.
    written: duties that somebody has written down, in place of the patterns they belong to, for their dates.
    changes: to the rota, in their order. contract: a word of ``CONTRACTS`` whose rules hold for its people; empty:
    those of everybody.
    """

    plan: str
    name: str
    role: str
    areas: tuple[str, ...]
    people: tuple[Clinician, ...]
    patterns: tuple[Pattern, ...]
    pool: Pool | None = None
    written: tuple[WrittenDuty, ...] = ()
    changes: tuple[Change, ...] = ()
    contract: str = ""

    def people_of(self, number: int) -> int:
        """How many of the team work one of its patterns."""
        return self.patterns[number].people(len(self.people))
