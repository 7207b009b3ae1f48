"""The picture of a rota, with its finding as a title."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

import pandas as pd

from sim.report.charts import rota as chart
from sim.report.drawing import Exhibit, Grid
from sim.report.drawing.saving import printed, render
from sim.report.drawing.style import styled
from sim.report.words import name

Row = tuple[str, str, bool, str]  # team, name, whether it counts gaps, a letter for each day
CODE = re.compile(r"(\w+)\.(\w+)\.(\d+)")  # of a person without a name: area, role, number
SATURDAY = 5
CAPTION = "A night belongs to the day it begins on. Grey columns: weekends and bank holidays. "
DRAWN = "Rests on the rota and on leave, sickness and vacancies drawn for one year; no call is simulated. Seed {}."
WRITTEN = "With the absences that are written; none is drawn."


def picture(
    scenario: str,
    seed: int | None,
    days: Sequence[dt.date],
    holidays: Sequence[bool],
    rows: Sequence[tuple[str, str, bool, str]],
    areas: Mapping[str, str] | None = None,
) -> dict[str, bytes]:
    """rota.svg and rota.png, and on one page of A4 rota_a4.pdf and rota_a4.png.

    seed: by which absences are drawn; None: they are not. holidays: by day. rows: team, name, whether it counts gaps,
    and a letter for each day. areas: name by code, of those that are told by name.
    """
    cells = pd.DataFrame(_spelt(rows, areas or {}), columns=["team", "name", "is_gap", "letters"])
    dates = pd.DataFrame(
        {
            "label": [f"{day.day} {day:%b}" if day.weekday() == 0 else "" for day in days],
            "is_free": [day.weekday() >= SATURDAY or holiday for day, holiday in zip(days, holidays, strict=True)],
        }
    )
    with styled():
        exhibit = Exhibit(
            name="rota", short="Rota", title=_title(cells, len(days)),
            subtitle=f"Who is on when: {name(scenario)}, {_date(days[0])} to {_date(days[-1])}",
            draw=lambda: chart.draw(cells, dates), kind="A strip for each person",
            caption=_caption(seed, rows, areas or {}),
            grid=Grid("", (), ()),
        )  # fmt: skip
    _, vector, pixels = render(exhibit)
    with styled():
        paper, screen = printed(chart.on_a4(cells, dates, exhibit.title, exhibit.subtitle, exhibit.caption))
    return {"rota.svg": vector, "rota.png": pixels, "rota_a4.pdf": paper, "rota_a4.png": screen}


def _spelt(rows: Sequence[Row], areas: Mapping[str, str]) -> list[Row]:
    """Teams, and people who have a code instead of a name, in words; of one area alone without its code."""
    many = len(_areas_of(rows, areas)) > 1
    told = []
    for team, who, is_gap, letters in rows:
        found = CODE.fullmatch(who)
        known = found and found[1] in areas
        person = f"{name(found[2])} {found[3]}{f', {found[1]}' if many else ''}" if found and known else who
        told.append((team.replace("_", " ").replace(":", ", "), person, is_gap, letters))
    return told


def _areas_of(rows: Sequence[Row], areas: Mapping[str, str]) -> list[str]:
    """Codes of areas that stand on the picture."""
    words = " ".join(f"{team} {who}" for team, who, *_ in rows)
    return [code for code in areas if re.search(rf"\b{re.escape(code)}\b", words)]


def _caption(seed: int | None, rows: Sequence[Row], areas: Mapping[str, str]) -> str:
    named = [f"{code} is {areas[code].removeprefix('NHS ')}" for code in _areas_of(rows, areas)]
    drawn = WRITTEN if seed is None else DRAWN.format(seed)
    return CAPTION + drawn + (f" {'; '.join(named)}." if named else "")


def _title(cells: pd.DataFrame, days: int) -> str:
    gaps = cells[cells["is_gap"]]
    open_days = sum(any(row[day] != "0" for row in gaps["letters"]) for day in range(days))
    if not open_days:
        return f"Somebody holds every duty on all {days} days"
    return f"On {open_days} of {days} days somebody is missing from a rota"


def _date(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
