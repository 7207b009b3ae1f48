"""A planner's own localities and drive times: what they become, and how slips in them are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim import config
from sim.errors import BadInput

AREAS = (
    "code,name,region,cluster,children,deaths_per_year,deprivation_q1_share,deprivation_q2_share,"
    "deprivation_q3_share,deprivation_q4_share,deprivation_q5_share,rural_share,longitude_degrees,"
    "latitude_degrees,mean_km\n"
    "EAST,East Place,Coast,Coast,50000,7.5,0.3,0.2,0.2,0.2,0.1,0.4,0.5,52.5,14\n"
    "WEST,West Place,Coast,Coast,80000,12,0.1,0.2,0.2,0.2,0.3,0,0.1,52.4,6\n"
)
HEAD = "area,code,name,children,longitude_degrees,latitude_degrees,mean_km\n"
PARTS = HEAD + "EAST,E2,Beach,20000,0.6,52.5,5\nEAST,E1,Airfield,30000,0.45,52.5,4\n"
WAYS = [(one, other) for one in ("E1", "E2", "WEST") for other in ("E1", "E2", "WEST") if one <= other]
TIMES = "from,to,busy_minutes,quiet_minutes\n" + "".join(
    f"{a},{b},{30 + n},{20 + n}\n" for n, (a, b) in enumerate(WAYS)
)
OWN = """\
question: What if our two places each had a nurse at night?
based_on: icb_rota
area_table: {file: ./places.csv, localities_file: ./parts.csv}
workforce: {file: ./people.csv}
travel: {drive_times_file: ./times.csv}
"""


def planned(folder: Path, parts: str = PARTS, times: str = TIMES) -> config.Plan:
    people = "code,name,community_nurse,community_nurse_to_hold_1_in_6\nWEST,West,5,6\nEAST,East,3,6\n"
    files = {"places.csv": AREAS, "parts.csv": parts, "times.csv": times, "people.csv": people, "mine.yaml": OWN}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return config.plan(str(folder / "mine.yaml"))


def test_localities_and_drive_times_are_those_of_the_planners_tables(tmp_path: Path) -> None:
    """In order of name; no rural share means the area's; a way of which one direction is given serves both."""
    scenario = planned(tmp_path).scenario
    east, west = scenario.areas
    assert [(piece.code, piece.children, piece.rural_share) for piece in east.localities] == [
        ("E1", 30000, 0.4),
        ("E2", 20000, 0.4),
    ]
    assert [piece.code for piece in west.pieces] == ["WEST"]
    times = scenario.travel.drive_times
    assert times is not None
    assert [[round(hours * 60) for hours in row] for row in times.busy] == [[30, 31, 32], [31, 33, 34], [32, 34, 35]]
    assert [round(hours * 60) for hours in times.quiet[0]] == [20, 21, 22]


SOME_TIMES = "from,to,busy_minutes,quiet_minutes\n"
SLIPS = [
    (("E2,Beach,20000", "E2,Beach,0"), "parts.csv line 2: children = 0: nobody lives there: must be more than 0"),
    (("EAST,E1,", "EAST,e2,"), "parts.csv line 3: code = e2: stands in line 2 already as E2"),
    (
        ("0.6,52.5", "1.5,52.5"),
        "parts.csv line 2: longitude_degrees = 1.5: 68 km from the centre of EAST, over 4 times its mean_km 14; "
        "correct longitude and latitude of E2, or the table of areas",
    ),
    (
        ("0.6,52.5", "0.6,51.5"),
        "parts.csv line 2: latitude_degrees = 51.5: 112 km from the centre of EAST, over 4 times its mean_km 14; ",
    ),
    (
        ("E2,WEST,34,24\n", ""),
        "times.csv: E2 to WEST: no such row; give every locality a row to every other, and one to itself",
    ),
    (
        ("from,to,busy_minutes,quiet_minutes\nE1,E1,30,20\nE1,E2,31,21\nE1,WEST,32,22\nE2,E2,33,23\n", SOME_TIMES),
        "times.csv: E1 to E1, E1 to E2, E1 to WEST and 1 more: no such row; give every locality a row",
    ),
    (("WEST,WEST", "E1,WEST"), "times.csv line 7: to = WEST: from E1 to WEST stands there twice; take one of the rows"),
    (("E1,E2,31", "E1,E3,31"), "times.csv line 3: to = E3: no locality of that code; write codes of localities"),
]


@pytest.mark.parametrize(("change", "complaint"), SLIPS, ids=[line for _, line in SLIPS])
def test_slips_are_told_in_one_line(tmp_path: Path, change: tuple[str, str], complaint: str) -> None:
    with pytest.raises(BadInput) as refused:
        planned(tmp_path, PARTS.replace(*change), TIMES.replace(*change))
    assert complaint in str(refused.value)
    assert "\n" not in str(refused.value)
