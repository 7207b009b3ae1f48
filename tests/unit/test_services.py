"""The service of areas of one's own: what the planner writes, by key, by column or by shift, and never the dice."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim import config
from sim.domain.scenario import Scenario
from sim.errors import BadInput
from sim.experiment.study import service_of
from sim.rota.paper import paper_cover
from sim.rota.pool_seats import seats_of
from sim.rota.supply import deal_area_types
from tests.tiny import KEY, england
from tests.unit.test_own_areas import EAST, HEAD, WEST

SHIFTS = {
    "every_night": "{hours: out_of_hours, at: on_call, seats: 1, in_areas: [full]}",
    "weekends": "{hours: weekends 08-22, at: on_call, seats: 1, in_areas: [seven_day]}",
}


def planned(folder: Path, more: str = "", service: dict[str, str] | None = None, **shifts: str) -> Scenario:
    """East and West with five nurses each and the patchwork's shifts. service: by code, a column of the table."""
    head = HEAD.replace("mean_km", "mean_km,service") if service else HEAD
    both = {"EAST": EAST, "WEST": WEST}
    rows = [row.replace("\n", f",{service[code]}\n") if service else row for code, row in both.items()]
    (folder / "places.csv").write_text("".join([head, *rows]), encoding="utf-8")
    patterns = "\n".join(f"      {name}: {shifts.get(name, said)}" for name, said in SHIFTS.items())
    (folder / "mine.yaml").write_text(
        "question: What if?\ndefaults: [override /teams: none]\narea_table: {file: ./places.csv}\n"
        "ladder: [nurses, goodwill, universal]\n"
        "professional_entry: [nurses]\n"
        f"teams:\n  nurses:\n    role: community_nurse\n    people: {{per_area: 5}}\n    patterns:\n{patterns}\n{more}",
        encoding="utf-8",
    )
    return config.plan(str(folder / "mine.yaml")).scenario


def refused(folder: Path, more: str = "", **more_of: object) -> str:
    with pytest.raises(BadInput) as bad:
        planned(folder, more, **more_of)  # type: ignore[arg-type]
    return str(bad.value)


def worked(scenario: Scenario) -> dict[str, list[str]]:
    """By area the shifts that are filled, in one replication."""
    kinds = dict(zip((area.code for area in scenario.areas), deal_area_types(scenario, KEY), strict=True))
    found = {}
    for team in scenario.teams:
        seats = zip(team.patterns, seats_of(team, kinds), strict=True)
        found[team.areas[0]] = [pattern.name for pattern, count in seats if count]
    return found


def test_areas_of_ones_own_have_what_is_written_and_never_what_is_dealt(tmp_path: Path) -> None:
    """With a deal each of the two would be full in one replication of five, and the other way round."""
    scenario = planned(tmp_path, "supply: {by_area: {EAST: full, west place: [seven_day]}}\n")
    assert worked(scenario) == {"EAST": ["every_night"], "WEST": ["weekends"]}
    assert {deal_area_types(scenario, (1, replication)) for replication in range(20)} == {("full", "seven_day")}
    assert [service_of((scenario,), code) for code in ("EAST", "WEST")] == ["pinned", "pinned"]


def test_an_area_of_several_kinds_has_the_shifts_of_each_and_one_of_none_those_without_a_kind(tmp_path: Path) -> None:
    scenario = planned(tmp_path, "supply: {by_area: {EAST: [seven_day, full]}}\n")
    assert deal_area_types(scenario, KEY) == ("full+seven_day", "as_written")
    assert worked(scenario) == {"EAST": ["every_night", "weekends"], "WEST": []}
    assert service_of((scenario,), "WEST") == "pinned"


def test_a_column_says_the_service_too_and_a_key_goes_before_it(tmp_path: Path) -> None:
    column = {"EAST": "full + seven_day", "WEST": "full"}
    assert worked(planned(tmp_path, service=column)) == {"EAST": ["every_night", "weekends"], "WEST": ["every_night"]}
    changed = planned(tmp_path, "supply: {by_area: {WEST: seven_day}}\n", service=column)
    assert worked(changed) == {"EAST": ["every_night", "weekends"], "WEST": ["weekends"]}


def test_a_shift_is_worked_in_the_areas_it_names_and_in_kinds_of_ones_own(tmp_path: Path) -> None:
    """Paper cover too: catches the place where it asks for kinds alone."""
    named = SHIFTS["every_night"].replace("full", "East Place").replace("seats: 1", "seats: 1, serves: home")
    mixed = SHIFTS["weekends"].replace("seven_day", "cornish, EAST")
    scenario = planned(tmp_path, "supply: {by_area: {WEST: cornish}}\n", every_night=named, weekends=mixed)
    assert worked(scenario) == {"EAST": ["every_night", "weekends"], "WEST": ["weekends"]}
    cover = paper_cover(scenario, deal_area_types(scenario, KEY))
    assert cover[0] == pytest.approx(1.0)
    assert 0.2 < cover[1] < 0.3  # 28 of the 128 hours of a week that are out of hours


def test_one_kind_that_all_have_is_no_deal(tmp_path: Path) -> None:
    shares = "{full: 1, seven_day: null, weekdays_goodwill: null, weekdays_alone: null}"
    scenario = planned(tmp_path, f"supply: {{area_types: {shares}}}\ngoodwill: {{not_in: []}}\n", weekends="null")
    assert worked(scenario) == {"EAST": ["every_night"], "WEST": ["every_night"]}


def test_what_no_area_has_is_refused_in_one_line(tmp_path: Path) -> None:
    assert refused(tmp_path) == (
        "mine.yaml: teams.nurses.patterns.every_night.in_areas = [full]: no area has that service, and none is dealt "
        "one: all areas have what is written; write supply.by_area, as {EAST: full}, or in_areas: [EAST], or a column "
        "service"
    )
    assert refused(tmp_path, "supply: {by_area: {EAST: ful}}\n") == (
        "mine.yaml: supply.by_area.EAST = ful: no such kind of area, nor does any shift name it under in_areas; "
        "did you mean full?"
    )
    assert refused(tmp_path, service={"EAST": "full", "WEST": "sevenday"}) == (
        "mine.yaml: area_table.file = service sevenday of WEST: no such kind of area, nor does any shift name it under "
        "in_areas; did you mean seven_day?"
    )
    assert "in_areas = EST: no such kind of area, nor an area; did you mean WEST or EAST?" in refused(
        tmp_path, every_night=SHIFTS["every_night"].replace("full", "EST")
    )


def test_the_shipped_areas_are_still_dealt_their_kinds() -> None:
    assert england("current_patchwork").supply.pinned == ()
    assert england("current_patchwork", "supply.by_area={NHS Devon: [full]}").supply.pinned == (("QJK", "full"),)
