"""The picture of a rota, with its finding as a title."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from sim.report.charts import rota as chart
from sim.report.drawing import Exhibit, Grid
from sim.report.drawing.saving import printed, render
from sim.report.drawing.style import styled

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
) -> dict[str, bytes]:
    """rota.svg and rota.png, and on one page of A4 rota_a4.pdf and rota_a4.png.

    seed: by which absences are drawn; None: they are not. holidays: by day. rows: team, name, whether it counts gaps,
    and a letter for each day.
    """
    cells = pd.DataFrame(rows, columns=["team", "name", "is_gap", "letters"])
    dates = pd.DataFrame(
        {
            "label": [f"{day.day} {day:%b}" if day.weekday() == 0 else "" for day in days],
            "is_free": [day.weekday() >= SATURDAY or holiday for day, holiday in zip(days, holidays, strict=True)],
        }
    )
    with styled():
        exhibit = Exhibit(
            name="rota", short="Rota", title=_title(cells, len(days)),
            subtitle=f"Who is on when: {scenario.replace('_', ' ')}, {_date(days[0])} to {_date(days[-1])}",
            draw=lambda: chart.draw(cells, dates), kind="A strip for each person", caption=_caption(seed),
            grid=Grid("", (), ()),
        )  # fmt: skip
    _, vector, pixels = render(exhibit)
    with styled():
        spelt = cells.assign(team=[team.replace("_", " ").replace(":", ", ") for team in cells["team"]])
        paper, screen = printed(chart.on_a4(spelt, dates, exhibit.title, exhibit.subtitle, exhibit.caption))
    return {"rota.svg": vector, "rota.png": pixels, "rota_a4.pdf": paper, "rota_a4.png": screen}


def _caption(seed: int | None) -> str:
    return CAPTION + (WRITTEN if seed is None else DRAWN.format(seed))


def _title(cells: pd.DataFrame, days: int) -> str:
    gaps = cells[cells["is_gap"]]
    open_days = sum(any(row[day] != "0" for row in gaps["letters"]) for day in range(days))
    if not open_days:
        return f"Somebody holds every duty on all {days} days"
    return f"On {open_days} of {days} days somebody is missing from a rota"


def _date(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
