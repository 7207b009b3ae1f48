"""The calendars of ``oncall-sim rota out=DIR``: one for each team chosen, and one for each of its people."""

from __future__ import annotations

from importlib.util import find_spec

from sim import screen
from sim.commands.rota.lay import Laid, to_go_by
from sim.commands.rota.tables import duty_table

FOLDER = "calendars"


def calendars_of(rota: Laid) -> dict[str, bytes]:
    """calendars/TEAM.ics and calendars/CODE.ics; none for a whole country, and none without the extra ``calendar``.

    They are for people to go by, so that no leave or sickness is drawn for them.
    """
    if rota.everywhere:
        return {}
    if find_spec("icalendar") is None:
        screen.say('no calendars (.ics) are written: they need the extra calendar; pip install "oncall-sim[calendar]"')
        return {}
    from sim.report.tables.calendars import calendar

    duties = duty_table(rota, to_go_by(rota))
    teams = [rota.scenario.teams[team] for team in rota.teams]
    made = {
        team.name.replace(":", "_"): calendar(team.name, duties[duties["team"] == team.name], of_team=True)
        for team in teams
    }
    for row in rota.people.tolist():
        person = rota.staff.people[row]
        theirs = duties["team"].isin([team.name for team in teams if person in team.people])  # names are of a team
        made[person.code] = calendar(person.called, duties[theirs & (duties["person"] == person.called)], of_team=False)
    return {f"{FOLDER}/{name}.ics": content for name, content in sorted(made.items())}
