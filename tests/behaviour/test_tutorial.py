"""``docs/tutorial.md`` done as it stands: from the workbook to a page, a calendar and an audit in at most ten commands.

Two areas, ten named people, a leaver and her successor, a shared telephone and a log of 60 calls.
"""

from __future__ import annotations

import datetime as dt
import re
import shlex
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from sim.cli import main

PAGE = (Path(__file__).parents[2] / "docs" / "tutorial.md").read_text(encoding="utf-8")
COMMANDS = [
    shlex.split(line)[1:]
    for block in re.findall(r"^```text\n(.*?)^```$", PAGE, flags=re.M | re.S)
    for line in block.splitlines()
]
(TEAMS,) = re.findall(r"^```yaml\n(teams:.*?)^```$", PAGE, flags=re.M | re.S)
PEOPLE = (  # of Bedfordshire, then of Cambridgeshire
    ("Anna", "QHG"), ("Ben", "QHG"), ("Fay", "QHG"), ("Carol", "QHG"), ("Dora", "QHG"), ("Ed", "QUE"), ("Gus", "QUE"),
    ("Hana", "QUE"), ("Ivy", "QUE"), ("Jo", "QUE"),
)  # fmt: skip
DATES = {"Ben": ("until", dt.datetime(2027, 6, 30)), "Fay": ("from", dt.datetime(2027, 9, 1))}
NAMES = re.compile("|".join(rf"\b{name}\b" for name, _ in PEOPLE))


def written_over(book: openpyxl.Workbook, sheet: str, rows: list[dict[str, object]]) -> None:
    """Rows in place of those that a sheet has, under the names of its columns."""
    page = book[sheet]
    columns = [cell.value for cell in page[1]]
    page.delete_rows(2, page.max_row)
    for row in rows:
        page.append([row.get(column) for column in columns])


def filled_in(folder: Path) -> None:
    """What the tutorial has one do between the first command and the second."""
    book = openpyxl.load_workbook(folder / "ours.xlsx")
    others = [
        {"name": row[0], "team": row[1], "wte": row[2], "home": row[3]}
        for row in book["people"].iter_rows(min_row=2, values_only=True)
        if row[0] and row[1] != "community_nurses"
    ]
    nurses = [{"name": name, "team": "community_nurses", "wte": 0.8, "home": home} for name, home in PEOPLE]
    for row in nurses:
        if row["name"] in DATES:
            column, day = DATES[str(row["name"])]
            row[column] = day
    written_over(book, "people", [*nurses, *({**row, "name": f"Dr {row['name']}"} for row in others)])
    start = [dt.datetime(2027, 5, 5, 9) + dt.timedelta(days=9 * number) for number in range(6)]
    written_over(book, "families", [
        {"family": f"F{n}", "area": ("QHG", "QUE")[n % 2], "start": at, "death": at + dt.timedelta(days=30, hours=17),
         "prefers": "home", "rural": n % 2, "prepared": 1}
        for n, at in enumerate(start)
    ])  # fmt: skip
    written_over(book, "calls", [
        {"family": f"F{n}", "time": at + dt.timedelta(days=2.9 * call + 0.6), "reason": "symptom", "urgency": "urgent",
         "needs_visit": call % 2}
        for n, at in enumerate(start)
        for call in range(10)
    ])  # fmt: skip
    book.save(folder / "ours.xlsx")
    scenario = folder / "ours.yaml"
    text = re.sub(r"^#(?=demand:|place:)", "", scenario.read_text(encoding="utf-8"), flags=re.M)
    scenario.write_text(text.replace("teams:\n  community_nurses: {people: named}\n", TEAMS), encoding="utf-8")


def test_from_a_workbook_to_a_page_a_calendar_and_an_audit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """Would catch a step of the tutorial that is refused, a rota that forgets the leaver, and a name on the page."""
    monkeypatch.chdir(tmp_path)
    assert len(COMMANDS) <= 10
    printed = {}
    for number, words in enumerate(COMMANDS):
        assert main(words) == 0, (words, capsys.readouterr().err)
        printed[" ".join(words)] = capsys.readouterr()
        if number == 0:
            filled_in(tmp_path / "ours")
    texts = [one.out for one in printed.values()]
    drawn, told = next(one for one in texts if "Audit" in one), texts[-1]
    assert "60 rows took part" in "".join(one.err for one in printed.values())
    # the rota and its audit, by name, and the calendar
    rota = tmp_path / "ours" / "rota"
    audit = pd.read_csv(rota / "audit.csv").set_index("person")
    assert set(audit.index) == {name for name, _ in PEOPLE}
    assert all(name in drawn for name, _ in PEOPLE)
    duties = pd.read_csv(rota / "rota.csv")
    on_call = duties[duties["seat"] == "telephone 1"]
    assert on_call["gap"].sum() == 0
    assert set(on_call["person"]) == {name for name, _ in PEOPLE} - {"Fay"}
    assert (rota / "rota_a4.pdf").read_bytes().startswith(b"%PDF")
    if (rota / "calendars").exists():  # with the extra
        calendar = (rota / "calendars" / "community_nurses_ours.ics").read_text(encoding="utf-8")
        assert calendar.count("BEGIN:VEVENT") == len(duties)
    # the page, and what stands beside it: no name of anybody
    spring = tmp_path / "ours" / "spring"
    for path in ("report.html", "manifest.json", "summary.csv", "assumptions.csv"):
        assert NAMES.search((spring / path).read_text(encoding="utf-8")) is None, path
    assert NAMES.search(told) or "Dr " in told
