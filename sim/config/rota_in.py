"""A rota that somebody has written, of named people, and single changes to it, as tables (``docs/own_people.md``).

No complaint tells a name: it names the line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil

from sim.config.calendar_in import OWNER, read_calendar
from sim.config.compose import Composed
from sim.config.mapping import is_left_out, read_mapping, renamed
from sim.config.rows import Row, Rows, read_rows
from sim.config.tables import Files, find_table
from sim.config.words import BadKey, did_you_mean
from sim.domain.calendar import HOURS_PER_DAY, Calendar
from sim.domain.intervals import total, within
from sim.domain.scenario import Run
from sim.domain.sessions import hours_of
from sim.domain.staff import AT, Clinician, Team
from sim.domain.written import CHANGES, Change, WrittenDuty

DUTIES, MAPPING, CHANGED = "rota.duties_file", "rota.mapping_file", "rota.changes_file"
COLUMNS = ("start", "end", "person")
OPTIONAL = ("team", "at", "seat", "role", "funded", "gap")  # the last three as `oncall-sim rota` writes them
CHANGE_COLUMNS, CHANGE_OPTIONAL = ("change", "date", "person"), ("with", "with_date", "team", "seat")
LONGEST = 14 * HOURS_PER_DAY  # one duty: more is a slip of the keyboard
OUTSIDE, NO_DUTY = "outside the run", "no duties by the mapping"


@dataclass(frozen=True)
class RotaRows:
    """The rows of the duties that somebody has written and of the changes to them; None: there is no such table."""

    duties: Rows | None
    changes: Rows | None


def read_rota(composed: Composed, files: Files) -> RotaRows:
    """Both tables as they are. Raises BadKey or BadInput."""
    part = composed.config["rota"]
    if part["duties_file"] is None and part["mapping_file"] is not None:
        raise BadKey(MAPPING, part["mapping_file"], "there is no rota whose columns it maps", f"write {DUTIES}")
    duties = None if part["duties_file"] is None else _duty_rows(composed, files)
    if part["changes_file"] is None:
        return RotaRows(duties, None)
    table = find_table(composed, CHANGED, files)
    return RotaRows(duties, read_rows(table, CHANGE_COLUMNS, CHANGE_OPTIONAL, private=("person", "with")))


def with_written(
    rota: RotaRows, files: Files, teams: tuple[Team, ...], calendar: Calendar, run: Run
) -> tuple[Team, ...]:  # fmt: skip
    """The same teams with the duties and changes that are written down for them. Raises BadKey or BadInput."""
    duties: dict[str, list[WrittenDuty]] = {team.name: [] for team in teams}
    changes: dict[str, list[Change]] = {team.name: [] for team in teams}
    if rota.duties is not None:
        kept = [row for row in rota.duties if not is_left_out(row)]
        made = [_duty(row, teams, calendar) for row in kept]
        inside = [(row, team, duty) for row, (team, duty) in zip(kept, made, strict=True) if _inside(duty, run)]
        left_out = [(OUTSIDE, len(kept) - len(inside)), (NO_DUTY, len(rota.duties) - len(kept))]
        files.count(DUTIES, rota.duties, left_out)
        if not inside:
            days = f"{calendar.date(0.0)} to {calendar.date(run.horizon)}"
            raise BadKey(DUTIES, files.names[DUTIES], f"no duty within the run, {days}", "move calendar.start_date")
        for row, team, duty in inside:
            duties[team.name].append(_seated(row, team, _cut(duty, run), duties[team.name]))
    if rota.changes is not None:
        for row in rota.changes:
            team, change = _change(row, teams, calendar)
            changes[team.name].append(change)
        files.count(CHANGED, rota.changes)
    return tuple(replace(team, written=tuple(duties[team.name]), changes=tuple(changes[team.name])) for team in teams)


def _duty_rows(composed: Composed, files: Files) -> Rows:
    table, mapping = find_table(composed, DUTIES, files), None
    if composed.config["rota"]["mapping_file"] is not None:
        mapping = read_mapping(find_table(composed, MAPPING, files), (*COLUMNS, *OPTIONAL))
    if table.path.suffix.lower() == ".ics":
        return renamed(read_calendar(table.path), mapping)
    if mapping is None:
        return read_rows(table, COLUMNS, OPTIONAL, private=("person",))
    return renamed(read_rows(table, mapping.needed, None, private=mapping.private), mapping)


def _duty(row: Row, teams: Sequence[Team], calendar: Calendar) -> tuple[Team, WrittenDuty]:
    """The team of a row, and its duty: in the seat that it names, or else the first of its pattern."""
    team = _team(row, teams)
    row = _of_its_owner(row, team)
    start, end = (row.needed_time(column, calendar.start_date) for column in ("start", "end"))
    if end <= start:
        raise row.bad("end", "is not after start", "correct one of the two")
    if end - start > LONGEST:
        raise row.bad("end", f"a duty of {(end - start) / HOURS_PER_DAY:.0f} days: at most {LONGEST / 24:.0f}")
    at = _at(row)
    pattern, seat = _pattern(row, team, at, start, end, calendar)
    person = _in_post(row, "person", _person(row, "person", team), start)
    return team, WrittenDuty(pattern, seat, start, end, person)


def _team(row: Row, teams: Sequence[Team]) -> Team:
    """The team that a row names by its plan or its name. Raises BadInput."""
    said = row.cells.get("team", "")
    found = [team for team in teams if said in (team.name, team.plan) or (not said and len(teams) == 1)]
    if len(found) == 1:
        return found[0]
    if found:
        raise row.bad("team", "several areas have it", f"write one of {', '.join(team.name for team in found)}")
    known = [team.name for team in teams]
    rule = "no such team in this scenario" if said else "missing: there are several teams"
    raise row.bad("team", rule, did_you_mean(said, [*known, *(team.plan for team in teams)]))


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _names_of(person: Clinician) -> tuple[str, str]:
    """What somebody may be called in a table: their name, or their code."""
    return _plain(person.name), _plain(person.code)


def _person(row: Row, column: str, team: Team) -> Clinician | None:
    """Somebody of the team by name or code; None for an empty cell. Raises BadInput."""
    said = _plain(row.cells.get(column, ""))
    if not said:
        return None
    for person in team.people:
        if said in _names_of(person):
            return person
    rule = f"nobody of team {team.name} has that name"
    raise row.bad(column, rule, "write it as the people of the team say it, or add them there")


def _in_post(row: Row, column: str, person: Clinician | None, start: float) -> Clinician | None:
    """The same person. Raises BadInput for one who is not in post on the day of a duty, or on that whose night it is.

    start: of the duty, hour of the run.
    """
    if person and not person.is_in_post(*(int(hour // HOURS_PER_DAY) for hour in (start - HOURS_PER_DAY / 2, start))):
        raise row.bad(column, "is not in post then", "write who is, or correct from and until among the people")
    return person


def _of_its_owner(row: Row, team: Team) -> Row:
    """An event of somebody's own calendar, which names a seat and not them."""
    said, owner = _plain(row.cells.get("person", "")), row.cells.get(OWNER, "")
    if not owner or any(said in _names_of(person) for person in team.people):
        return row
    return replace(row, cells={**row.cells, "person": owner, "seat": row.cells["person"]})


def _at(row: Row) -> str:
    said = row.cells.get("at", "").casefold().replace(" ", "_").replace("-", "_").removeprefix("at_")
    if said and said not in AT:
        raise row.bad("at", f"must be one of {', '.join(AT)}", "or say in a mapping file what it means")
    return said


def _pattern(
    row: Row, team: Team, at: str, start: float, end: float, calendar: Calendar
) -> tuple[int, int]:  # fmt: skip
    """Which pattern a duty belongs to, and its seat (-1: the first that is free). Raises BadInput."""
    names = [pattern.name for pattern in team.patterns]
    said = row.cells.get("seat", "")
    name, _, number = said.rpartition(" ")
    if said and said not in names and not (name in names and number.isdecimal() and int(number) > 0):
        raise row.bad("seat", f"no pattern of team {team.name}", did_you_mean(said, names))
    if said:
        place = names.index(said if said in names else name)
        if at and team.patterns[place].at != at:
            raise row.bad("at", f"pattern {names[place]} is {team.patterns[place].at}", "correct at or seat")
        return place, -1 if said in names else int(number) - 1
    best, most = -1, 0.0
    for place, pattern in enumerate(team.patterns):
        if at in ("", pattern.at):
            first, last = int(start // HOURS_PER_DAY), ceil(end / HOURS_PER_DAY)
            hours = total(within(hours_of(calendar, pattern.spans, first, last), start, end))
            if hours > most:
                best, most = place, hours
    if best < 0:
        kind = f" {at}" if at else ""
        rule = f"no pattern{kind} of team {team.name} has hours then, and seat names none"
        raise row.bad("start", rule, f"write a seat: {', '.join(names)}")
    return best, -1


def _inside(duty: WrittenDuty, run: Run) -> bool:
    return duty.end > 0 and duty.start < run.horizon


def _cut(duty: WrittenDuty, run: Run) -> WrittenDuty:
    return replace(duty, start=max(duty.start, 0.0))


def _seated(row: Row, team: Team, duty: WrittenDuty, before: Iterable[WrittenDuty]) -> WrittenDuty:
    """The duty in a seat that is free. Raises BadInput if its seat is taken, or its person is, of the same kind."""
    on_call = team.patterns[duty.pattern].on_call
    overlapping = [one for one in before if one.start < duty.end and one.end > duty.start]
    if duty.person and any(
        one.person == duty.person and team.patterns[one.pattern].on_call == on_call for one in overlapping
    ):
        raise row.bad("start", "this person has another duty of the same kind then", "take one of the two out")
    taken = {one.seat for one in overlapping if one.pattern == duty.pattern}
    if duty.seat in taken:
        raise row.bad("seat", "somebody has that seat then", "give it another number, or take one row out")
    if duty.seat >= 0:
        return duty
    return replace(duty, seat=next(seat for seat in range(len(taken) + 1) if seat not in taken))


def _change(row: Row, teams: Sequence[Team], calendar: Calendar) -> tuple[Team, Change]:
    kind = row.word("change", CHANGES)
    if kind is None:
        raise row.bad("change", "missing", f"write {', '.join(CHANGES)}")
    team = _team_of(row, teams)
    person, other = _person(row, "person", team), _person(row, "with", team)
    day, other_day = row.day("date", calendar.start_date), row.day("with_date", calendar.start_date)
    if person is None or day is None:
        raise row.bad("person" if person is None else "date", "missing", "say whose duty it is, and of which day")
    for column, value, kinds in (("with", other, ("swap", "give")), ("with_date", other_day, ("swap",))):
        if (value is not None) != (kind in kinds):
            rule = f"missing: {kind} needs it" if value is None else f"{kind} has none"
            raise row.bad(column, rule, "correct the row: swap, give or cancel")
    _in_post(row, "with", other, (day + 0.5) * HOURS_PER_DAY)
    if other_day is not None:
        _in_post(row, "person", person, (other_day + 0.5) * HOURS_PER_DAY)
    names = [pattern.name for pattern in team.patterns]
    if (said := row.cells.get("seat", "")) and said not in names:
        raise row.bad("seat", f"no pattern of team {team.name}", did_you_mean(said, names))
    pattern = names.index(said) if said else None
    return team, Change(kind, person, day, other, other_day, pattern, f"{row.file} line {row.line}")


def _team_of(row: Row, teams: Sequence[Team]) -> Team:
    """The team that a change names, or else the only one in which somebody has that name. Raises BadInput."""
    if row.cells.get("team"):
        return _team(row, teams)
    said = _plain(row.needed("person"))
    found = [team for team in teams if any(said in _names_of(person) for person in team.people)]
    if len(found) == 1:
        return found[0]
    if found:
        raise row.bad("team", "missing: this person is in several", f"write {' or '.join(t.name for t in found)}")
    raise row.bad("person", "nobody of any team has that name", "write it as the people of the team say it")
