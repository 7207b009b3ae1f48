"""The page for the people on the rota: figures under their words, a year of letters by month, and what is not there."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from sim.experiment.years import COLUMNS
from sim.report.page.on_the_rota import on_the_rota, teams
from sim.report.page.years import calendar, said
from sim.report.tables import Tables
from tests.unit.report_tables import made_up

NAMES = ("current_patchwork", "icb_rota")
NIGHTS = "nights_on_call_worst_28_days_worst"
NURSE = {
    "scenario": "icb_rota", "replication": 1, "first_night": "2027-05-30", "role": "community_nurse",
    "team": "community_nurses:QHG", "nights_on_call": 58, "nights_on_standby": 1, "weekends": 10, "disturbed_nights": 3,
    "nights_worst_28_days": 8, "disturbed_nights_worst_30_days": 1, "nights_in_a_row": 4,
    "nights_in_a_row_while_dying": 2, "next_days_lost": 1, "standby_hours": 16.0, "lone_visits": 0, "whose": "median",
    "year": "ccC.sg", "dying": "..d...",
}  # fmt: skip


def study(years: pd.DataFrame | None, most: float = 12.0) -> Tables:
    """Two scenarios, in the second of which the worst-off nurse is by the telephone on twice as many nights of 28."""
    tables = made_up(NAMES, ("QHG",))
    like = tables.summary[tables.summary["measure"] == "nights_in_a_row_on_call_worst"]
    values = like["scenario"].map({"current_patchwork": most / 2, "icb_rota": most})
    values = values.where(like["level"] == "community_nurse", 0.0)
    ends = {"mean": values, "ci_low": values - 1.0, "ci_high": values + 1.0}
    return replace(tables, summary=pd.concat([tables.summary, like.assign(measure=NIGHTS, **ends)]), years=years)


def words(html: str) -> str:
    """The text of a page, with single spaces."""
    return " ".join(re.sub(r"<[^>]*>", " ", html.split("<body>")[1]).split())


def test_a_year_is_told_by_month_with_the_nights_that_matter_apart() -> None:
    """Begins on Sunday 30 May: catches a calendar that begins in a wrong column, or a night told in the wrong month."""
    months = calendar("median", NURSE).months
    assert [(month.label, "".join(letters for letters, _ in month.runs)) for month in months] == [
        ("May", " " * 29 + "cc"), ("Jun", "C.sg"),
    ]  # fmt: skip
    assert months[1].runs == [("C", "woken d"), (".", ""), ("s", "on"), ("g", "woken")]


def test_what_a_year_comes_to_is_one_sentence() -> None:
    assert said(NURSE) == (
        "58 nights on call, 1 on unpaid standby; 10 weekends; woken in 3 nights; 2 in a row while a child is dying; 1 "
        "next day lost; 0 lone visits."
    )


def test_a_team_has_its_median_and_its_worst_off_person() -> None:
    """Catches a mean in place of the median, and a team told with the people of another."""
    rows = [{**NURSE, "nights_on_call": nights} for nights in (10, 20, 60)]
    rows.append({**NURSE, "team": "community_nurses:QUE", "nights_on_call": 0})
    grid = teams(study(pd.DataFrame(rows, columns=COLUMNS)), "icb_rota", "community_nurse")
    assert [row[:3] for row in grid.rows] == [("BLMK", "3", "20 / 60"), ("QUE", "1", "–")]
    assert teams(study(pd.DataFrame(rows, columns=COLUMNS)), "current_patchwork", "community_nurse").rows == []


def test_the_page_answers_first_and_titles_have_at_most_twelve_words() -> None:
    html = on_the_rota(study(pd.DataFrame([NURSE], columns=COLUMNS)))
    text = words(html)
    first = (
        "Community nurses, the person in the middle and the worst-off one, nights on call or on standby in their worst "
        "four weeks: – and 6 (5 to 7) under Current patchwork and – and 12 (11 to 13) under ICB rota."
    )
    assert text.index(first) < text.index("Worst-off community nurse: 12 of 28 nights by the telephone, ICB rota")
    titles = [words(f"<body>{title}") for title in re.findall(r"<h[123][^>]*>(.*?)</h[123]>", html)]
    assert len(titles) > 3
    assert all(len(title.split()) <= 12 for title in titles[1:])
    assert 'aria-label="ICB rota, the person in the middle: 58 nights on call' in html
    assert "replication 1 of seed 1" in text.lower()
    assert '<td data-of="ICB rota">' in html  # a phone stacks the scenarios and names each


def test_no_interval_has_more_nights_than_there_are_and_an_average_month_is_told_where_it_is_known() -> None:
    """Catches 4 (0 to 550) of 28 nights, from the spread of two replications; and 30 nights a month for 1 in 1."""
    tables = study(None)
    wide = tables.summary.assign(ci_high=tables.summary["ci_high"].where(tables.summary["measure"] != NIGHTS, 550.0))
    share = wide[wide["measure"] == NIGHTS].assign(measure="nights_on_call_share_median", mean=1 / 12)
    text = words(on_the_rota(replace(tables, summary=pd.concat([wide, share]))))
    assert "6 (5 to 28) under Current patchwork" in text
    assert "550" not in text
    assert "In an average month the person in the middle has 2.5 and 2.5 funded nights." in text


def test_a_study_without_years_says_so_and_has_its_figures() -> None:
    """Catches a page that fails, or is silent, on the results of an earlier version."""
    text = words(on_the_rota(study(None)))
    assert "No calendars: this study keeps no years of its people" in text
    assert "A year of one person" not in text
    assert "12.0 (11.0 to 13.0)" in text


def test_a_role_that_nobody_rings_is_named_once() -> None:
    tables = study(None, most=0.0)
    quiet = tables.summary[~tables.summary["measure"].str.startswith("disturbed_nights_per_month")]
    text = words(on_the_rota(replace(tables, summary=quiet)))
    nobody = "Nobody on call, on standby or woken in any scenario"
    assert f"{nobody}: community nurses, specialist nurses and consultants." in text
    assert "nights by the telephone" not in text
