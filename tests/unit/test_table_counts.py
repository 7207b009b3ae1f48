"""No row of a planner's table is left out without a word: how many took part, how many did not, why, and the remedy."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import config
from sim.commands.shown import show_rows
from sim.config.log_counts import AFTER, BEFORE, REASONS, WARMING, When, left_out, of_call, of_family, remedy
from sim.config.profile import read_profile
from sim.config.rows import Row, Rows, once, read_rows
from sim.config.shelf import configs_dir
from sim.config.tables import ELSEWHERE, Files
from sim.domain.calendar import Calendar
from sim.domain.log import LoggedCall, LoggedFamily
from sim.domain.scenario import Run
from sim.domain.tables import TableCount
from sim.errors import BadInput
from tests.tiny import area

WEEK = 168.0
MONDAY = Calendar(dt.date(2027, 1, 4))
RUN = Run.of_weeks(17, 4, 2)
START, END = RUN.window
WEEKS_ONLY = {"hours": None, "warmup_hours": None}

# -- which rows of a log count -----------------------------------------------------------------------------------------

CALLS = [  # hour, why it does not count
    (-0.1, BEFORE),
    (0.0, WARMING),
    (START - 0.1, WARMING),
    (START, ""),
    (END - 0.1, ""),
    (END, AFTER),
    (END + 10 * WEEK, AFTER),
]


@pytest.mark.parametrize(("hour", "why"), CALLS)
def test_a_call_counts_by_its_own_hour(hour: float, why: str) -> None:
    """Catches the calls of the warm-up and of the weeks beyond, which are simulated and in no result."""
    found = [of_call(LoggedCall("Ash", hour), LoggedFamily("Ash", "AAA", -100, 9999))]
    assert dict(left_out(found, {"AAA"}, RUN)) == {reason: int(reason == why) for reason in REASONS}
    assert dict(left_out(found, {"BBB"}, RUN))[ELSEWHERE] == 1


EPISODES = [
    ((-50.0, -10.0), BEFORE),
    ((-50.0, 10.0), WARMING),
    ((10.0, START), WARMING),
    ((10.0, START + 0.1), ""),
    ((END - 0.1, END + 500), ""),
    ((-50.0, END + 500), ""),
    ((END, END + 500), AFTER),
]


@pytest.mark.parametrize(("episode", "why"), EPISODES)
def test_a_family_counts_if_its_episode_touches_the_measured_weeks(episode: tuple[float, float], why: str) -> None:
    found = [of_family(LoggedFamily("Ash", "AAA", *episode))]
    assert dict(left_out(found, {"AAA"}, RUN)) == {reason: int(reason == why) for reason in REASONS}


@st.composite
def logs(draw: st.DrawFn) -> list[When]:
    hours = st.integers(-3000, 9000).map(lambda half: half / 2)
    rows = []
    for place in draw(st.lists(st.sampled_from(["AAA", "BBB"]), min_size=1, max_size=6)):
        first = draw(hours)
        rows.append(When(place, first, first + draw(st.sampled_from([0.0, 12.5, 700.0]))))
    return rows


def put_right(change: str, found: list[When], run: Run) -> tuple[list[When], Run]:
    """The log as the changed run sees it, and that run."""
    said = dict(word.split("=") for word in change.split())
    if "calendar.start_date" in said:
        date = dt.date.fromisoformat(said["calendar.start_date"])
        assert date.weekday() == 0
        moved = (MONDAY.start_date - date).days * 24.0
        found = [one._replace(first=one.first + moved, last=one.last + moved) for one in found]
    run = replace(run, warmup_hours=float(said.get("warmup_weeks", run.warmup_weeks)) * WEEK)
    return found, replace(run, hours=float(said.get("weeks", run.weeks)) * WEEK)


def test_no_remedy_is_offered_that_no_run_could_have() -> None:
    found = [When("AAA", 0.0, 0.0), When("AAA", 521 * WEEK, 521 * WEEK)]
    assert remedy(found, {"AAA"}, RUN, MONDAY, WEEKS_ONLY, dated=True) == ""


@given(logs(), st.integers(0, 20), st.integers(1, 30), st.booleans())
def test_the_remedy_counts_them_all(found: list[When], warmup: int, weeks: int, dated: bool) -> None:
    """Catches a remedy that leaves rows out, or one where nothing is amiss."""
    run = Run.of_weeks(warmup, weeks, 2)
    amiss = sum(number for reason, number in left_out(found, {"AAA"}, run) if reason != ELSEWHERE)
    how = remedy(found, {"AAA"}, run, MONDAY, WEEKS_ONLY, dated)
    early = any(one.last < 0 for one in found if one.area == "AAA")
    assert bool(how) == (amiss > 0 and (dated or not early))
    for change in how.split(", or ") if how else ():
        moved, changed = put_right(change, found, run)
        assert all(not number for reason, number in left_out(moved, {"AAA"}, changed) if reason != ELSEWHERE)


def test_seventeen_weeks_of_warm_up_are_told_with_two_ways_out() -> None:
    """60 calls over 20 weeks from the start, 52 weeks measured after 17: 37 are lost unless somebody says so."""
    found = [When("AAA", hour, hour) for hour in [*range(0, 37 * 70, 70), *range(2900, 2900 + 23)]]
    run = Run.of_weeks(17, 52, 2)
    said = TableCount("k", "calls.csv", 60, tuple((r, n) for r, n in left_out(found, {"AAA"}, run) if n),
                      remedy(found, {"AAA"}, run, MONDAY, WEEKS_ONLY, dated=True))  # fmt: skip
    assert said.line() == (
        "calls.csv: 23 of 60 rows took part; not: 37 in the warm-up; to count those of other weeks: warmup_weeks=0, "
        "or calendar.start_date=2026-09-07"
    )


def test_a_run_in_hours_has_its_remedy_in_hours() -> None:
    found = [When("AAA", 5.0, 5.0), When("AAA", 400.0, 400.0)]
    in_hours = {"hours": 100.0, "warmup_hours": 10.0}
    assert remedy(found, {"AAA"}, Run(10.0, 100.0, 0.0), MONDAY, in_hours, dated=False) == "warmup_hours=0 hours=504"


# -- tables with a row for an area, and the hours of the week ----------------------------------------------------------


def table(folder: Path, text: str, needed: tuple[str, ...] = ("code",)) -> Rows:
    (folder / "t.csv").write_text(text, encoding="utf-8")
    return read_rows(folder / "t.csv", needed)


def test_areas_outside_the_run_unknown_ones_and_empty_rows_are_told_apart(tmp_path: Path) -> None:
    files = Files(names={"k": "t.csv"})
    files.of_areas.append(("k", table(tmp_path, "code,n\nAAA,1\nBBB,2\nCCC,3\n,\nXXX,4\nBB,5\n,\n"), "code"))
    here, everywhere = [area("AAA")], [area(code) for code in ("AAA", "BBB", "CCC", "DDD")]
    files.count_areas(here, everywhere)
    (found,) = files.counts
    assert (found.rows, found.taken) == (7, 1)
    assert found.line() == (
        "t.csv: 1 of 7 rows took part; not: 2 outside the areas of this run, "
        "2 of no area in the table of areas, 2 empty"
    )


def test_a_table_that_is_taken_whole_says_so() -> None:
    assert TableCount("k", "t.csv", 1711).line() == "t.csv: all 1,711 rows took part"


SHIPPED = [
    ([], ["icbs_2024.csv: all 42 rows took part", "posts.csv: all 42 rows took part"], "all 168 rows took part"),
    (
        ["areas=[QHG,QUE]", "teams.consultants.grouping=pairs"],
        [f"{name}.csv: 2 of 42 rows took part; not: 40 outside the areas of this run" for name in
         ("icbs_2024", "posts")],
        "all 168 rows took part",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("words", "of_areas", "of_hours"), SHIPPED)
def test_every_table_of_a_plan_is_counted(words: list[str], of_areas: list[str], of_hours: str) -> None:
    lines = [found.line() for found in config.plan("icb_rota", words).tables]
    assert lines == [*of_areas, f"hour_of_week.csv: {of_hours}"]


def hours(change: dict[int, str]) -> str:
    """A profile of 168 hours, with some of its lines changed."""
    lines = (configs_dir() / "demand" / "hour_of_week.csv").read_text(encoding="utf-8").splitlines()
    return "\n".join(change.get(number, line) for number, line in enumerate(lines, start=1)) + "\n"


def test_a_table_is_told_once_and_of_some_scenarios_with_their_names(capsys: pytest.CaptureFixture[str]) -> None:
    """Catches two lines about one file that contradict each other, or the same line thirty times."""
    whole, part = TableCount("k", "t.csv", 3), TableCount("k", "t.csv", 3, (("empty", 1),))
    again = TableCount("other key", "t.csv", 3)

    def planned(name: str, *tables: TableCount) -> SimpleNamespace:
        return SimpleNamespace(scenario=SimpleNamespace(name=name), tables=tables)

    show_rows([planned("a", whole, again), planned("b", whole, again)])  # type: ignore[list-item]
    assert capsys.readouterr().err == "t.csv: all 3 rows took part\n"
    show_rows([planned(name, part if name == "e" else whole) for name in "abcde"])  # type: ignore[misc]
    assert capsys.readouterr().err == (
        "a, b, c and 1 more: t.csv: all 3 rows took part\ne: t.csv: 2 of 3 rows took part; not: 1 empty\n"
    )


def profile(folder: Path, text: str) -> tuple[tuple[float, ...], Files]:
    (folder / "week.csv").write_text(text, encoding="utf-8")
    demand = {"profile": "week.csv", "kind": "families", "calls_csv": None}
    files = Files()
    composed = SimpleNamespace(config={"demand": demand, "files": {}}, folder=lambda key: folder)
    return read_profile(composed, files), files  # type: ignore[arg-type]


def test_a_profile_is_read_by_its_rows_and_counted(tmp_path: Path) -> None:
    weights, files = profile(tmp_path, hours({}))
    assert len(weights) == 168
    assert [found.line() for found in files.counts] == ["week.csv: all 168 rows took part"]
    assert profile(tmp_path, "rate_multiplier\n" + "1\n" * 168)[0] == (1.0,) * 168


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (
            {5: "0,Mon,2,night_22_07,0,0.1,1"},
            "week.csv line 5: hour = 2: the row is that of day 0 (0 a Monday), hour 3; "
            "put the rows in order, each hour once, from Monday 00:00",
        ),
        (
            {26: "2,Wed,0,night_22_07,0,0.1,1"},
            "week.csv line 26: dow = 2: the row is that of day 1 (0 a Monday), hour 0; "
            "put the rows in order, each hour once, from Monday 00:00",
        ),
        (
            {3: "0,Mon,1,night_22_07,0,1_0,1"},
            "week.csv line 3: rate_multiplier = 1_0: must be a number from 0 to 1e+06; correct the row of 1_0",
        ),
    ],
)
def test_hours_out_of_order_or_twice_are_refused(change: dict[int, str], complaint: str, tmp_path: Path) -> None:
    """Catches weights laid on other hours than the table says, which is a wrong night without a word."""
    with pytest.raises(BadInput) as error:
        profile(tmp_path, hours(change))
    assert str(error.value) == complaint


@pytest.mark.parametrize(
    ("codes", "complaint"),
    [
        (["A", "B", "A"], "t.csv line 4: code = A: stands in line 2 already; once"),
        (["QHG", "B", "", "qhg"], "t.csv line 4: code: missing; write one in every row"),
        (["QHG", "B", "qhg"], "t.csv line 4: code = qhg: stands in line 2 already as QHG; once"),
    ],
)
def test_an_area_has_one_row(codes: list[str], complaint: str) -> None:
    """Catches the last of two rows taken, and two areas that ``areas=`` cannot tell apart."""
    rows = [Row("t.csv", line, {"code": code}, "code") for line, code in enumerate(codes, start=2)]
    with pytest.raises(BadInput) as error:
        once(rows, "code", "once")
    assert str(error.value) == complaint


@pytest.mark.parametrize("text", ["1_0", "0x10", "1:30", "１２", "1,5", "ten", "nan", ".nan"])
def test_a_cell_is_a_number_by_the_same_rules_as_a_key(text: str) -> None:
    """Catches Python's own reading of a cell: ``1_0`` as ten."""
    with pytest.raises(BadInput, match="must be a number"):
        Row("t.csv", 2, {"n": text}, "n").number("n", 0, 100)
    assert Row("t.csv", 2, {"n": "026"}, "n").number("n", 0, 100) == 26
