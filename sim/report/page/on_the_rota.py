"""The page for the people on the rota: what it asks of the person in the middle and of the one worst off, and a year
of each, a letter a night."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.report.drawing import Grid
from sim.report.page.templates import filled
from sim.report.page.years import LETTERS, Calendar, calendar
from sim.report.tables import Estimate, Tables
from sim.report.words import name
from sim.report.words.captions import period, study_title
from sim.report.words.findings import place_words
from sim.report.words.names import listed
from sim.report.words.numbers import NO_FIGURE, figure, number, spread
from sim.report.words.selection import in_panels, left_out
from sim.report.words.supply import of_named_areas
from sim.report.words.titles import fitting

if TYPE_CHECKING:
    import pandas as pd

FILE = "on_the_rota.html"
NIGHTS_A_MONTH = 365.25 / 12
MEDIAN, WORST = "median", "worst"


class Asked(NamedTuple):
    """A figure of the table. measure: without its statistic. most: there can be no more, so that no interval goes
    beyond it. times: what its values are multiplied by."""

    words: str
    measure: str
    most: float = math.inf
    times: float = 1.0


A_MONTH = Asked("Nights on call a month, funded", "nights_on_call_share", NIGHTS_A_MONTH, NIGHTS_A_MONTH)
WEEKENDS = Asked("Weekends a month on call or on standby", "weekends_on_call_per_month", NIGHTS_A_MONTH / 7)
IN_28_DAYS = Asked("Nights on call or on standby in the worst 28 days", "nights_on_call_worst_28_days", 28.0)
FIGURES = (
    A_MONTH,
    Asked("Unpaid standby, hours a week", "standby_hours_per_week", 168.0),
    WEEKENDS,
    IN_28_DAYS,
    Asked("Nights in a row on call or on standby", "nights_in_a_row_on_call"),
    Asked("Nights in a row while a child is dying", "nights_in_a_row_while_dying"),
    Asked("Disturbed nights a month", "disturbed_nights_per_month", NIGHTS_A_MONTH),
    Asked("Disturbed nights in the worst 30 days", "disturbed_nights_worst_month", 30.0),
    Asked("Next days lost a year", "next_days_lost_per_year"),
    Asked("Lone visits a year where two were needed", "lone_visits_made_per_year"),
)
OF_TEAMS = {  # columns of years.csv: words of the table of teams
    "nights_on_call": "nights on call",
    "nights_on_standby": "nights on standby",
    "weekends": "weekends",
    "nights_worst_28_days": "by the telephone, in the worst 28 days",
    "nights_in_a_row_while_dying": "in a row while a child is dying",
    "disturbed_nights": "disturbed nights",
    "disturbed_nights_worst_30_days": "disturbed, in the worst 30 days",
    "next_days_lost": "next days lost",
    "lone_visits": "lone visits",
}


def on_the_rota(tables: Tables) -> str:
    """The HTML of the page."""
    drawn = in_panels(tables)
    busy = [role for role in tables.roles if _any(tables, drawn, role)]
    context: dict[str, Any] = {
        "study": {**tables.study, "title": study_title(tables)},
        "place": place_words(tables),
        "period": period(tables),
        "more": left_out(tables, drawn).replace("Drawn:", "Shown:").replace("The table has", "summary.csv has"),
        "roles": [_role(tables, drawn, role) for role in busy],
        "nobody": _nobody([role for role in tables.roles if role not in busy]),
        "has_years": tables.years is not None and not tables.years.empty,
        "letters": LETTERS,
        "named_areas": of_named_areas(tables),
    }
    return filled("on_the_rota.html.j2", **context)


def _any(tables: Tables, drawn: list[str], role: str) -> bool:
    """Whether anybody of a role is by the telephone or is woken, in any scenario shown."""
    measures = (f"{IN_28_DAYS.measure}_{WORST}", f"disturbed_nights_per_month_{WORST}")
    return any(tables.estimate(one, measure, "role", role).mean > 0 for one in drawn for measure in measures)


def _nobody(roles: list[str]) -> str:
    if not roles:
        return ""
    return f"Nobody on call, on standby or woken in any scenario: {listed([plural(role) for role in roles])}."


def plural(role: str) -> str:
    """``community nurses``."""
    return f"{role.replace('_', ' ')}s"


def _role(tables: Tables, drawn: list[str], role: str) -> dict[str, Any]:
    words = plural(role)
    return {
        "id": role.replace("_", "-"),
        "title": _title(tables, drawn, role),
        "answer": _answer(tables, drawn, role),
        "grid": _figures(tables, drawn, role),
        "years": [(name(scenario), _calendars(tables, scenario, role)) for scenario in drawn],
        "teams": [grid for scenario in drawn if (grid := teams(tables, scenario, role)).rows],
        "words": words,
    }


def _of_persons(tables: Tables, scenario: str, role: str, asked: Asked, which: str) -> Estimate:
    """A figure of the person in the middle or of the worst-off one; how many people there are is a row of its own."""
    found = tables.estimate(scenario, f"{asked.measure}_{which}", "role", role)
    ends = {end: getattr(found, end) * asked.times for end in ("mean", "ci_low", "ci_high", "pi_low", "pi_high")}
    return found._replace(**ends | {"ci_high": min(ends["ci_high"], asked.most), "n": math.nan})


def _worst_28_days(tables: Tables, drawn: list[str], role: str) -> dict[str, Estimate]:
    """By scenario that has the figure, nights by the telephone of the worst-off person in any 28 days."""
    of = {one: _of_persons(tables, one, role, IN_28_DAYS, WORST) for one in drawn}
    return {one: found for one, found in of.items() if found.known}


def _title(tables: Tables, drawn: list[str], role: str) -> str:
    """``Worst-off community nurse: 12 of 28 nights by the telephone, ICB rota``: the scenario where it is most."""
    of = _worst_28_days(tables, drawn, role)
    if not of:
        return plural(role).capitalize()
    scenario = max(of, key=lambda one: of[one].mean)
    nights = number(of[scenario].mean, 0)
    said = f"Worst-off {role.replace('_', ' ')}: {nights} of 28 nights by the telephone"
    return fitting(f"{said}, {name(scenario)}", said)


def _answer(tables: Tables, drawn: list[str], role: str) -> str:
    """The worst four weeks and an average month of a role, over all scenarios shown, in two sentences."""
    of = _worst_28_days(tables, drawn, role)
    if not of:
        return ""
    told = listed([f"{_nights(tables, one, role, found)} under {name(one)}" for one, found in of.items()])
    month = [
        f"{listed(values)} {what}"
        for asked, what in ((A_MONTH, "funded nights"), (WEEKENDS, "weekends"))
        if (values := _average(tables, list(of), role, asked))
    ]
    return (
        f"{plural(role).capitalize()}, the person in the middle and the worst-off one, nights on call or on standby in "
        f"their worst four weeks: {told}."
        + (f" In an average month the person in the middle has {listed(month)}." if month else "")
    )


def _nights(tables: Tables, scenario: str, role: str, worst: Estimate) -> str:
    """``8 and 12 (7 to 21)``."""
    if not worst.mean:
        return "none"
    median = _of_persons(tables, scenario, role, IN_28_DAYS, MEDIAN)
    interval = spread(worst.ci_low, worst.ci_high, "nights", 0)
    return f"{number(median.mean, 0)} and {number(worst.mean, 0)} ({interval})"


def _average(tables: Tables, scenarios: list[str], role: str, asked: Asked) -> list[str]:
    """Of the person in the middle, in the order of the scenarios; nothing in a study made without the figure."""
    of = [_of_persons(tables, one, role, asked, MEDIAN) for one in scenarios]
    return [number(found.mean) for found in of] if all(found.known for found in of) else []


def _figures(tables: Tables, drawn: list[str], role: str) -> Grid:
    """A row a figure and a column a scenario: the person in the middle, then the worst-off one, with intervals."""
    rows = [("People on a rota or asked", *(_people(tables, scenario, role) for scenario in drawn))]
    rows += [
        (asked.words, *(_cell(tables, scenario, role, asked) for scenario in drawn))
        for asked in FIGURES
        if any(tables.estimate(one, f"{asked.measure}_{WORST}", "role", role).known for one in drawn)
    ]
    caption = f"{plural(role).capitalize()}: median person, and the worst-off one of each replication (95% interval)"
    return Grid(caption, ("Figure", *map(name, drawn)), rows)


def _people(tables: Tables, scenario: str, role: str) -> str:
    return number(tables.estimate(scenario, "people_on_rota", "role", role).mean, 0)


def _cell(tables: Tables, scenario: str, role: str, asked: Asked) -> str:
    median, worst = (_of_persons(tables, scenario, role, asked, which) for which in (MEDIAN, WORST))
    if not worst.known:
        return NO_FIGURE
    if worst.mean == 0:
        return "none"
    middle = "0" if median.mean == 0 else figure(median, "nights")
    return f"median {middle}\nworst {figure(worst, 'nights')}"


# -- of the replication shown ------------------------------------------------------------------------------------------


def _of(tables: Tables, scenario: str, role: str) -> pd.DataFrame:
    found = tables.years
    assert found is not None
    return found[(found["scenario"] == scenario) & (found["role"] == role)]


def _calendars(tables: Tables, scenario: str, role: str) -> list[Calendar]:
    """The years of the person in the middle and of the worst-off one; nothing where nobody of them is ever called."""
    if tables.years is None:
        return []
    found = _of(tables, scenario, role)
    if not found[list(OF_TEAMS)].to_numpy().any():
        return []
    shown = [(whose, found[found["whose"] == whose]) for whose in (MEDIAN, WORST)]
    return [calendar(whose, dict(zip(row.columns, row.iloc[0], strict=True))) for whose, row in shown if len(row)]


def teams(tables: Tables, scenario: str, role: str) -> Grid:
    """A row a team of a role: people, and of each figure the median and the worst-off person, in the replication
    shown."""
    caption = f"{name(scenario)}: teams of {plural(role)} in the replication shown, median and worst-off person"
    head = ("Team", "People", *OF_TEAMS.values())
    if tables.years is None:
        return Grid(caption, head, [])
    called = dict(zip(tables.areas["code"], tables.areas["name"].astype(str).str.removeprefix("NHS "), strict=True))
    of = _of(tables, scenario, role).groupby("team", sort=False)[list(OF_TEAMS)]
    people, *figures = of.size(), *(found.to_numpy().tolist() for found in (of.median(), of.max()))
    rows = [
        (_team(str(team), called), str(many), *map(_two, *of_team))
        for (team, many), *of_team in zip(people.items(), *figures, strict=True)
    ]
    return Grid(caption, head, rows)


def _team(team: str, called: dict[str, str]) -> str:
    """``Lancashire and South Cumbria``: the areas a team serves; its plan is that of the role. called: by code."""
    plan, _, areas = team.partition(":")
    return ", ".join(called.get(code, code) for code in areas.split("+")) if areas else plan


def _two(median: float, worst: float) -> str:
    return f"{median:g} / {worst:g}" if worst else "–"
