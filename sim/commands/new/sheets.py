"""The tables of ``oncall-sim new``: areas, people, rota, families, calls and drive times, each with rows that run."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement

import pandas as pd

from sim.commands.rota import laid
from sim.config.log import PREFERENCES
from sim.domain.area import Area
from sim.domain.scenario import URGENCIES, Scenario
from sim.domain.staff import Clinician
from sim.domain.travel import Ways
from sim.errors import BadInput

NAMES = (
    "Anna", "Ben", "Carol", "Dev", "Eve", "Femi", "Gil", "Hope", "Ivy", "Jo", "Kit", "Lena", "Mo",
    "Nia", "Omar", "Pia", "Quinn", "Rosa", "Sam", "Tess", "Uma", "Vic", "Wren", "Xi", "Yan", "Zoe",
    "Ada", "Bo", "Cleo", "Dina", "Ed", "Fay", "Gus", "Hana", "Ian", "Jude", "Kai", "Lou", "Max",
    "Nell",
)  # fmt: skip
WEEKS_OF_ROTA = 2
MOST_PEOPLE = len(NAMES)
YES = ("1", "0")
Cell = str | float | dt.date | dt.datetime | None


@dataclass(frozen=True)
class Column:
    """A column: its name, what it means, and the words it may hold (empty: any)."""

    name: str
    note: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A table: its name, what it is for, its columns, and rows with which it runs."""

    name: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def names(self) -> list[str]:
        """Names of its columns."""
        return [column.name for column in self.columns]


def as_text(sheet: Sheet) -> pd.DataFrame:
    """A table with its cells as somebody would write them into CSV."""
    return pd.DataFrame([[_text(cell) for cell in row] for row in sheet.rows], columns=sheet.names, dtype=object)


def _text(cell: Cell) -> str:
    if isinstance(cell, dt.datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    return "" if cell is None else f"{cell:.12g}" if isinstance(cell, int | float) else str(cell)


def sheets(scenario: Scenario, base: str) -> list[Sheet]:
    """Every table for the areas of a scenario. Raises BadInput for a service that nobody can guess of one's areas."""
    if any(pattern.area_types for team in scenario.teams for pattern in team.patterns):
        rule = "its shifts go by kinds of area, and nobody can guess the kind of yours"
        raise BadInput(
            f"based_on = {base}: {rule}; write based_on=icb_rota, or another in which every area has the same"
        )
    staff = named(scenario)
    if len(dict.fromkeys(person for _, person in staff)) > MOST_PEOPLE:
        rule = f"more than {MOST_PEOPLE} people, which is more than anybody fills in by hand"
        raise BadInput(f"areas = {len(scenario.areas)}: {rule}; choose fewer areas")
    codes = tuple(area.code for area in scenario.areas)
    return [
        _areas(scenario.areas), _people(scenario, staff, codes),
        _rota(scenario, {person: name for name, person in staff}),
        _changes(scenario, staff), *_log(scenario), _drive_times(scenario),
    ]  # fmt: skip


def named(scenario: Scenario) -> list[tuple[str, Clinician]]:
    """A name for everybody, in the order of teams and lists."""
    people = dict.fromkeys(person for team in scenario.teams for person in team.people)
    return list(zip([*NAMES, *(f"Person {n}" for n in range(len(people)))], people, strict=False))


def plans_of(scenario: Scenario) -> dict[str, tuple[Clinician, ...]]:
    """The people of each plan that has any of its own, in the order of its teams."""
    found: dict[str, list[Clinician]] = {}
    seen: set[Clinician] = set()
    for team in scenario.teams:
        for person in team.people:
            if person not in seen:
                found.setdefault(team.plan, []).append(person)
        seen |= set(team.people)
    return {plan: tuple(people) for plan, people in found.items()}


def _areas(areas: Iterable[Area]) -> Sheet:
    quintiles = [f"deprivation_q{k}_share" for k in range(1, 6)]
    columns = (
        Column("code", "a short word of your own, or an ODS or ONS code; people and families go by it"),
        Column("name", "as it is called on charts"), Column("region", "groups areas, if rotas are shared by region"),
        Column("cluster", "groups areas"), Column("children", "people aged 0-17 who live there"),
        Column("deaths_per_year", "children who die of a life-limiting condition in a year"),
        *(Column(name, f"share of children in deprivation quintile {k}, 1 most deprived; the five add to 1")
          for k, name in enumerate(quintiles, 1)),
        Column("rural_share", "share of children in rural places, 0 to 1"),
        Column("longitude_degrees", "of the centre of where children live"), Column("latitude_degrees", "of the same"),
        Column("mean_km", "mean straight line of a home from the centre"),
    )  # fmt: skip
    rows = tuple(
        (
            area.code, area.name, area.region, area.cluster, area.children, area.deaths_per_year, *area.deprivation,
            area.rural_share, area.longitude, area.latitude, area.mean_km,
        )
        for area in areas
    )  # fmt: skip
    return Sheet("areas", "One row an area. The figures are those of the shipped table.", columns, rows)


def _people(scenario: Scenario, staff: Sequence[tuple[str, Clinician]], codes: tuple[str, ...]) -> Sheet:
    names = {person: name for name, person in staff}
    plans = plans_of(scenario)
    columns = (
        Column("name", "however colleagues call them; a further row of the same name is a further absence"),
        Column("team", "a team of the scenario", tuple(plans)),
        Column("wte", "their own whole-time equivalent; empty: that of the role"),
        Column("home", "the area in which they set out from home", codes),
        Column("from", "first day in post; empty: from the beginning"),
        Column("until", "last day in post; empty: to the end"), Column("away_from", "first day away"),
        Column("away_until", "last day away"),
        Column("why", "leave: all of it is written here, and none is drawn", ("leave", "parental leave", "course")),
    )  # fmt: skip
    rows = tuple(
        (names[person], plan, scenario.role(person.role).wte, person.area, None, None, None, None, None)
        for plan, people in plans.items()
        for person in people
    )
    return Sheet("people", "One row a person, in the order of the rota. The names are made up.", columns, rows)


def _rota(scenario: Scenario, names: dict[Clinician, str]) -> Sheet:
    """Two weeks of the rota as its patterns have it, on call and seats at work."""
    on_paper, teams = laid(scenario, 1, {"away": "written"}).paper, scenario.teams
    begins, _ = scenario.run.window
    everybody = list(dict.fromkeys(person for team in teams for person in team.people))
    midnight = dt.datetime.combine(scenario.calendar.start_date, dt.time())
    rows: list[tuple[Cell, ...]] = []
    for row in range(len(on_paper)):
        team = teams[int(on_paper.team[row])]
        pattern, start, end = team.patterns[int(on_paper.pattern[row])], on_paper.start[row], on_paper.end[row]
        if pattern.seats is not None and begins <= start < begins + WEEKS_OF_ROTA * 168:
            person = int(on_paper.person[row])
            when = [midnight + dt.timedelta(hours=float(hour)) for hour in (start, end)]
            seat = f"{pattern.name} {int(on_paper.seat[row]) + 1}"
            rows.append((names[everybody[person]] if person >= 0 else None, team.name, *when, pattern.at, seat))
    seats = tuple(dict.fromkeys(str(row[5]) for row in rows))
    columns = (
        Column("person", "a name of the sheet people; empty: nobody holds the seat"),
        Column("team", "and its area", tuple(team.name for team in teams)), Column("start", "date and time"),
        Column("end", "date and time"), Column("at", "at work, or on call from home", ("work", "on_call")),
        Column("seat", "pattern of the team, and number of the seat", seats),
    )  # fmt: skip
    about = "A rota that exists, for its dates: read where the scenario says rota.duties_file. These are the patterns'."
    return Sheet("rota", about, columns, tuple(rows))


def _changes(scenario: Scenario, staff: Sequence[tuple[str, Clinician]]) -> Sheet:
    columns = (
        Column("change", "two swap, one gives hers away, or it is cancelled", ("swap", "give", "cancel")),
        Column("date", "on which the duty begins"), Column("person", "whose duty it is"),
        Column("with", "who swaps, or is given it"), Column("with_date", "of a swap, the day of the other duty"),
    )  # fmt: skip
    names = {person: name for name, person in staff}
    rows = [row for row in _rota(scenario, names).rows if row[4] == "on_call" and row[0]]
    first = rows[0] if rows else None
    other = next((row for row in rows if first and row[1] == first[1] and row[0] != first[0]), None)
    made: list[tuple[Cell, ...]] = []
    if first and other and isinstance(first[2], dt.datetime) and isinstance(other[2], dt.datetime):
        made.append(("swap", first[2].date(), first[0], other[0], other[2].date()))
    return Sheet(
        "changes", "Single changes to the rota: read where the scenario says rota.changes_file.", columns, tuple(made)
    )


def _log(scenario: Scenario) -> tuple[Sheet, Sheet]:
    """Three families in the first weeks that are measured, and six calls of theirs."""
    begins = dt.datetime.combine(scenario.calendar.date(scenario.run.window[0]), dt.time(9))
    reasons = tuple(reason.name for reason in scenario.demand.reasons)
    families: list[tuple[Cell, ...]] = []
    calls: list[tuple[Cell, ...]] = []
    for number in range(3):
        area = scenario.areas[number % len(scenario.areas)]
        start = begins + dt.timedelta(days=2 * number)
        death = start + dt.timedelta(days=20 + number, hours=14.5)
        families.append((f"F{number + 1}", area.code, start, death, "home", 0, 1))
        for days, reason, urgency in ((8.6, "symptom", "urgent"), (17.9, "medication", "urgent")):
            calls.append((f"F{number + 1}", start + dt.timedelta(days=days), reason, urgency, 1))
    about_families = "Your own families: read where the scenario says demand.families_csv. Use made-up names."
    return (
        Sheet("families", about_families, (
            Column("family", "any text, once; no result tells it"),
            Column("area", "code of an area", tuple(area.code for area in scenario.areas)),
            Column("start", "of the episode, date and time"), Column("death", "date and time"),
            Column("prefers", "where the family wants to be", PREFERENCES), Column("rural", "1 or 0", YES),
            Column("prepared", "1: a plan, medicines and equipment are in the home", YES),
        ), tuple(families)),
        Sheet("calls", "Their calls: read where the scenario says demand.calls_csv.", (
            Column("family", "of the sheet families"), Column("time", "date and time, inside the episode"),
            Column("reason", "why", (*reasons, "death")), Column("urgency", "how soon", URGENCIES),
            Column("needs_visit", "1 or 0", YES),
        ), tuple(calls)),
    )  # fmt: skip


def _drive_times(scenario: Scenario) -> Sheet:
    """Minutes between the localities by the rule of distance, to be replaced where one knows better."""
    ways, pieces = Ways(scenario), [piece for area in scenario.areas for piece in area.pieces]
    rows: list[tuple[Cell, ...]] = []
    for one, other in combinations_with_replacement(range(len(pieces)), 2):
        apart = math.dist(pieces[one].centre_km, pieces[other].centre_km)
        km = pieces[one].mean_km if one == other else apart
        busy, quiet = (
            round(60 * (ways.pace[kind][0][other] + ways.pace[kind][1][other] * km)) for kind in (True, False)
        )
        rows.append((pieces[one].code, pieces[other].code, busy, quiet))
    known = tuple(piece.code for piece in pieces)
    columns = (
        Column("from", "code of a locality, or of an area without any", known), Column("to", "the same", known),
        Column("busy_minutes", "on working days 07-19"), Column("quiet_minutes", "at all other hours"),
    )  # fmt: skip
    about = "Minutes from door to door: read where the scenario says travel.drive_times_file. These are by the rule."
    return Sheet("drive_times", about, columns, tuple(rows))
