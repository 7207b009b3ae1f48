"""Tables as planners keep them: workbooks, semicolons and tabs, days first, and clocks that jump twice a year."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from sim import config
from sim.config.rows import Rows, read_rows
from sim.config.sheets import Table, table_named
from sim.config.times import DAY_FIRST, ISO, LONDON, UTC, jumps, moment
from sim.config.words import BadKey
from sim.errors import BadInput

COLUMNS = ("family", "time")
NEW_YEAR = dt.date(2025, 1, 1)


def workbook(folder: Path, *rows: tuple[Any, ...], **others: list[tuple[Any, ...]]) -> Path:
    """A workbook with these rows on a sheet ``calls``, and other sheets by name."""
    book = Workbook()
    assert book.active is not None
    book.active.title = "calls"
    for name, lines in {"calls": rows, **others}.items():
        sheet = book["calls"] if name == "calls" else book.create_sheet(name)
        for row in lines:
            sheet.append(row)
    book.save(folder / "log.xlsx")
    return folder / "log.xlsx"


def csv(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    (folder / "log.csv").write_text(text, encoding=encoding)
    return folder / "log.csv"


def cells(rows: Rows) -> list[tuple[str, ...]]:
    return [tuple(row.cells.values()) for row in rows]


def refused(table: Path | Table, columns: tuple[str, ...] = COLUMNS) -> str:
    with pytest.raises(BadInput) as bad:
        read_rows(table, columns)
    return str(bad.value)


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_cells_may_be_parted_by_commas_semicolons_or_tabs(tmp_path: Path, sign: str) -> None:
    """The other signs stand inside the cells: catches a reader that goes by how often each occurs."""
    text = f'family{sign}time{sign}reason\nAsh{sign}1{sign}"a, b; c, d; e"\n"A;s,h"{sign}2{sign}\n'
    rows = read_rows(csv(tmp_path, text), COLUMNS)
    assert cells(rows) == [("Ash", "1", "a, b; c, d; e"), ("A;s,h", "2", "")]
    assert [row.line for row in rows] == [2, 3]


def test_a_table_of_one_column_and_unicode_text_of_a_spreadsheet_are_read(tmp_path: Path) -> None:
    assert cells(read_rows(csv(tmp_path, "rate\n1\n2\n"), ("rate",))) == [("1",), ("2",)]
    assert cells(read_rows(csv(tmp_path, "family\ttime\nZoë\t3\n", "utf-16"), COLUMNS)) == [("Zoë", "3")]


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    text = 'family,time,note\nAsh,1,"two\nlines"\n\nBirch,2,x\n'
    assert [row.line for row in read_rows(csv(tmp_path, text), COLUMNS)] == [3, 5]


def test_a_decimal_comma_is_refused_with_the_point(tmp_path: Path) -> None:
    (row,) = read_rows(csv(tmp_path, "family;km\nAsh;12,5\n"), ("family", "km"))
    with pytest.raises(BadInput, match=r"km = 12,5: must be a number from 0 to 99; write 12.5, with a point"):
        row.number("km", 0, 99)


def test_what_a_spreadsheet_knows_comes_as_a_planner_would_write_it(tmp_path: Path) -> None:
    """Catches 8.0 for a whole number, and 02:59:59.999 for three o'clock."""
    moments = [dt.datetime(2025, 1, 8, 3, 10), dt.datetime(2025, 1, 8, 2, 59, 59, 999000)]
    path = workbook(
        tmp_path, ("family", "time", "whole", "share", "flag", "clock"),
        ("Ash", moments[0], 8, 0.1, True, dt.time(9, 30)), ("Birch", moments[1], 8.0, None, False, None),
    )  # fmt: skip
    assert cells(read_rows(path, COLUMNS)) == [
        ("Ash", "2025-01-08T03:10:00", "8", "0.1", "true", "09:30:00"),
        ("Birch", "2025-01-08T03:00:00", "8", "", "false", ""),
    ]
    assert [row.time("time", NEW_YEAR) for row in read_rows(path, COLUMNS)] == [pytest.approx(171 + 1 / 6), 171]


def test_a_date_without_a_time_of_day_is_no_midnight(tmp_path: Path) -> None:
    path = workbook(tmp_path, COLUMNS, ("Ash", dt.date(2025, 1, 8)))
    (row,) = read_rows(path, COLUMNS, private="family")
    with pytest.raises(BadInput) as bad:
        row.time("time", NEW_YEAR)
    assert str(bad.value) == (
        "log.xlsx line 2: time = 2025-01-08: must be a date and time, or hours since 00:00 of 2025-01-01; "
        "write it in local time as 2027-01-08T03:10"
    )


def test_a_sheet_is_chosen_by_name_and_empty_rows_are_passed_over(tmp_path: Path) -> None:
    path = workbook(tmp_path, ("x", "y"), (1, 2), more=[COLUMNS, (None, None), ("Ash", 3)])
    (row,) = read_rows(Table(path, "more"), COLUMNS)
    assert (row.file, row.line, row.cells) == ("log.xlsx sheet more", 3, {"family": "Ash", "time": "3"})
    assert refused(path) == "log.xlsx: has several sheets: calls, more; name one, as {file: log.xlsx, sheet: calls}"
    assert refused(Table(path, "mor")) == "log.xlsx: sheet = mor: no such sheet; did you mean more?"
    assert refused(Table(path, "calls")) == (
        "log.xlsx sheet calls line 1: family: column missing; columns needed: family, time"
    )


def test_the_remedy_for_days_and_months_names_the_sheet_too(tmp_path: Path) -> None:
    """Would catch a remedy that leads from one refusal to the next, of a workbook with several sheets."""
    path = workbook(tmp_path, COLUMNS, ("Ash", "06/08/2025 09:00"), more=[COLUMNS])
    (row,) = read_rows(Table(path, "calls"), COLUMNS)
    with pytest.raises(BadInput, match=r"name the table as \{file: log.xlsx, sheet: calls, dates: dd/mm/yyyy\}$"):
        row.needed_time("time", NEW_YEAR)


def test_formulas_stand_for_their_values_and_are_refused_without(tmp_path: Path) -> None:
    assert refused(workbook(tmp_path, COLUMNS, ("Ash", "=1+1"))) == (
        "log.xlsx sheet calls cell B2: a formula without its value; correct it, and save the workbook in a spreadsheet "
        "program"
    )
    path = workbook(tmp_path, COLUMNS, ("Ash", "#REF!"))
    assert "cell B2: #REF! in place of a value" in refused(path)


def test_what_is_no_table_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "log.xlsx").write_text("family,time\n", encoding="utf-8")
    assert refused(tmp_path / "log.xlsx") == (
        "log.xlsx: not a workbook (File is not a zip file); save it as .xlsx, without a password"
    )
    (tmp_path / "log.ods").write_text("", encoding="utf-8")
    assert refused(tmp_path / "log.ods") == "log.ods: .ods is not read; save it as .xlsx or as CSV UTF-8"
    assert refused(Table(csv(tmp_path, "a,b\n"), "calls")) == (
        "log.csv: sheet = calls: a CSV table has no sheets; take sheet out"
    )


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "must name the file of a table"),
        ({"sheet": "calls"}, "must name the file of a table"),
        ({"file": "a.csv", "shet": "calls"}, "k.shet = calls: no such key of a table; did you mean sheet?"),
        ({"file": "a.csv", "dates": "dd/mm"}, "k.dates = dd/mm: must be one of yyyy-mm-dd, dd/mm/yyyy; did you mean"),
        ({"file": "a.csv", "timezone": "GMT"}, "k.timezone = GMT: must be one of Europe/London, UTC"),
    ],
)
def test_what_a_key_says_of_a_table_is_checked(written: Any, said: str) -> None:
    with pytest.raises(BadKey) as bad:
        table_named("k", written)
    assert said in bad.value.line("f")


# -- dates and clocks -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "dates", "timezone", "read"),
    [
        ("06/08/2025 09:00", DAY_FIRST, LONDON, (2025, 8, 6, 9, 0)),
        ("6/8/2025 9:05", DAY_FIRST, LONDON, (2025, 8, 6, 9, 5)),
        ("06/08/2025 09:00:00", DAY_FIRST, LONDON, (2025, 8, 6, 9, 0)),
        ("2025-08-06T09:00", DAY_FIRST, LONDON, (2025, 8, 6, 9, 0)),
        ("2025-08-06 09:00", ISO, LONDON, (2025, 8, 6, 9, 0)),
        ("2025-08-06T09:00", ISO, UTC, (2025, 8, 6, 10, 0)),  # summer time
        ("2025-01-06T23:30Z", ISO, UTC, (2025, 1, 6, 23, 30)),
        ("2025-08-06T23:30Z", ISO, UTC, (2025, 8, 7, 0, 30)),
        ("06/08/2025 09:00", DAY_FIRST, UTC, (2025, 8, 6, 10, 0)),
    ],
)
def test_times_are_read_as_their_table_writes_them(text: str, dates: str, timezone: str, read: tuple[int, ...]) -> None:
    """Catches the 6th of August read as the 8th of June, and a summer's night read an hour early."""
    assert moment(text, dates, timezone) == dt.datetime(*read)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "dates", "timezone"),
    [
        ("06/08/2025 09:00", ISO, LONDON),
        ("13/25/2025 09:00", DAY_FIRST, LONDON),
        ("06/08/25 09:00", DAY_FIRST, LONDON),
        ("06/08/2025", DAY_FIRST, LONDON),
        ("2025-08-06T09:00Z", ISO, LONDON),
        ("2025-08-06T09:00+02:00", ISO, UTC),
        ("06.08.2025 09:00", DAY_FIRST, LONDON),
    ],
)
def test_times_that_may_mean_something_else_are_not_read(text: str, dates: str, timezone: str) -> None:
    assert moment(text, dates, timezone) is None


def test_times_in_the_hours_of_the_changing_clock_are_told() -> None:
    """30 March 2025 has no 01:30 and 26 October has it twice; at 02:00 of both, and of any other day, all is plain."""
    days = [(2025, 3, 30), (2025, 10, 26), (2025, 10, 26), (2025, 6, 1)]
    inside = [dt.datetime(*day, 1, 30) for day in days]
    assert jumps([*inside, *(dt.datetime(*day, 2, 0) for day in days), dt.datetime(2025, 3, 30, 0, 59)]) == (
        "1 time in the hour that never comes, 30 March 2025",
        "2 times in the hour that comes twice, 26 October 2025",
    )


LOG = {
    "families": [("family", "area", "start", "death"), ("Ash", "QHG", "20/10/2025 09:00", "01/11/2025 09:00")],
    "calls": [COLUMNS, ("Ash", "26/10/2025 00:30"), ("Ash", "26/10/2025 01:30"), ("Ash", "27/10/2025 01:30")],
}


def test_a_log_in_a_workbook_is_read_told_and_found_again(tmp_path: Path) -> None:
    """Two calls an hour apart in UTC both stand at 01:30 of the local clock, which the run has once."""
    workbook(tmp_path, *LOG["calls"], families=LOG["families"])
    tables = "".join(
        f", {name}_csv: {{file: ./log.xlsx, sheet: {name}, dates: dd/mm/yyyy, timezone: UTC}}" for name in LOG
    )
    (tmp_path / "mine.yaml").write_text(
        f"question: What if?\nbased_on: icb_rota\ndemand: {{kind: log{tables}}}\n"
        "calendar: {start_date: 2025-10-20}\nwarmup_weeks: 0\nweeks: 2\nareas: [QHG]\n",
        encoding="utf-8",
    )
    plan = config.plan(str(tmp_path / "mine.yaml"))
    log = plan.scenario.demand.log
    assert log is not None
    assert log.families[0].start == 10.0  # British summer time
    assert [call.time for call in log.calls or ()] == [6 * 24 + 1.5, 6 * 24 + 1.5, 7 * 24 + 1.5]
    lines = [table.line() for table in plan.tables]
    assert (
        "log.xlsx sheet calls: all 3 rows took part; 2 times in the hour that comes twice, 26 October 2025, kept as "
        "the local clock has them"
    ) in lines
    assert "Ash" not in plan.resolved
    (tmp_path / "again.yaml").write_text(plan.resolved, encoding="utf-8")
    assert config.plan(str(tmp_path / "again.yaml")).fingerprint == plan.fingerprint
