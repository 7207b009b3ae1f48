"""``oncall-sim pool``: what it writes and prints, the same bytes twice, and one line for what is wrong."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from sim import cli
from sim.commands import pool as pool_command
from sim.commands.pool import fewest
from sim.commands.pool.pooling import Pooling, pooling_of, settled
from sim.commands.pool.tables import CURVE, GAINS
from sim.commands.pool.variants import _changes, _members
from sim.config import Plan, plan
from sim.domain.staff import Pool
from sim.experiment.pooled import Pooled
from sim.request import Request, read_request, take_apart
from tests.tiny import area, nurses, pattern, team, tiny

SMALL = ["areas=[QF7,QHM,QOQ,QWO]", "weeks=6", "warmup_weeks=1", "replications=2", "workers=1"]
POOL = ["pool", "scenario=regional_rota_existing_people", "role=consultant", *SMALL]


def ask(capsys, *words: str) -> list[str]:
    """Lines of standard output of a command that succeeds."""
    code = cli.main(words)
    printed = capsys.readouterr()
    assert code == 0, printed.err
    return printed.out.splitlines()


@pytest.fixture(scope="module")
def curve_study(tmp_path_factory) -> Path:
    """The study of four areas, alone, in pairs and as one."""
    folder = tmp_path_factory.mktemp("pool") / "study"
    assert cli.main([*POOL, "groupings=[none,pairs,national]", f"out={folder}"]) == 0
    return folder


def test_a_study_holds_the_curve_the_gains_and_a_page(curve_study):
    curve, gains = pd.read_csv(curve_study / "pooling.csv"), pd.read_csv(curve_study / "gains.csv")
    assert list(curve.columns) == CURVE
    assert list(gains.columns) == GAINS
    assert list(dict.fromkeys(curve["grouping"])) == ["none", "pairs", "national"]
    assert list(dict.fromkeys(curve["goodwill"])) == ["on", "off"]
    page = (curve_study / "pooling.html").read_text(encoding="utf-8")
    assert "What sharing a rota does" in page
    assert "http" not in page.replace("http://www.w3.org", "")
    charts = {file.name for file in (curve_study / "charts").iterdir()}
    assert {"pooling_families.svg", "pooling_people.svg", "pooling_load.svg", "pooling_gains.svg"} <= charts
    manifest = json.loads((curve_study / "manifest.json").read_text(encoding="utf-8"))
    assert list(manifest["scenarios"]) == [
        f"{grouping}{side}" for grouping in ("none", "pairs", "national") for side in ("", "_goodwill_off")
    ]


def test_the_curve_is_about_the_same_people_and_cover_can_only_grow(curve_study):
    curve = pd.read_csv(curve_study / "pooling.csv")
    here = curve[curve["goodwill"] == "on"].set_index(["measure", "group", "grouping"])["mean"].sort_index()
    assert here["pool_people", "role"].nunique() == 1
    assert here["pools", "role", "national"] == 1
    nights = here["child_nights_without_consultant_on_paper_share", "england"]
    assert nights["none"] >= nights["pairs"] >= nights["national"] == 0
    assert here["pool_one_in_n_on_paper", "role", "national"] == here["pool_people", "role", "national"]


def test_each_side_is_compared_with_its_own_first_grouping(curve_study):
    comparison = pd.read_csv(curve_study / "comparison.csv")
    off = comparison["scenario"].str.endswith("_goodwill_off")
    assert set(comparison.loc[off, "baseline"]) == {"none_goodwill_off"}
    assert set(comparison.loc[~off, "baseline"]) == {"none"}


def test_what_areas_pay_adds_up_to_the_standing_cost(curve_study):
    curve, gains = pd.read_csv(curve_study / "pooling.csv"), pd.read_csv(curve_study / "gains.csv")
    cost = (
        curve[curve["measure"] == "pool_standing_cost_gbp_per_year"]
        .set_index(["goodwill", "grouping"])["mean"]
        .sort_index()
    )
    for key in ("children", "use"):
        here = gains[(gains["measure"] == f"cost_by_{key}_gbp_per_year") & (gains["grouping"] == "national")]
        paid = (here["alone"] + here["difference"]).groupby(here["goodwill"]).sum()
        assert paid["on"] == pytest.approx(cost["on", "national"])


def test_the_same_bytes_with_two_workers(curve_study, tmp_path):
    words = [word for word in POOL if not word.startswith("workers=")]
    again = tmp_path / "again"
    assert cli.main([*words, "groupings=[none,pairs,national]", "workers=2", f"out={again}"]) == 0
    files = [file.relative_to(curve_study) for file in curve_study.rglob("*") if file.is_file()]
    for file in files:
        if file.name != "manifest.json":
            assert (again / file).read_bytes() == (curve_study / file).read_bytes(), file


def test_its_page_comes_back_byte_for_byte_from_the_tables_alone(curve_study, tmp_path, capsys):
    """Catches anything the page takes from the memory of the run: ``report`` has only the folder."""
    copy = Path(shutil.copytree(curve_study, tmp_path / "copy"))
    (copy / "pooling.html").unlink()
    shutil.rmtree(copy / "charts")
    assert cli.main(["report", str(copy)]) == 0
    found = {path.relative_to(copy): path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    assert found == {p.relative_to(curve_study): p.read_bytes() for p in curve_study.rglob("*") if p.is_file()}


def test_partner_by_partner(capsys, tmp_path):
    printed = ask(capsys, *POOL, "pool=[QF7,QOQ,QWO]", f"out={tmp_path / 'partners'}")
    gains = pd.read_csv(tmp_path / "partners" / "gains.csv")
    variants = ["together", "without_QF7", "without_QOQ", "without_QWO"]
    assert list(dict.fromkeys(gains["grouping"])) == variants
    assert set(gains["area"]) == {"QF7", "QOQ", "QWO"}
    assert any(line.startswith("alone ") for line in printed)
    left_out = gains[(gains["grouping"] == "without_QF7") & (gains["area"] == "QF7")]
    nights = left_out.set_index(["measure", "goodwill"])["difference"].sort_index()
    assert nights["child_nights_without_consultant_achieved_share", "on"] == 0  # alone is what it had
    # QOQ has nobody and joins two that have
    assert printed.count("Pays more together than alone for being available, GBP by children: QOQ.") == 2
    page = (tmp_path / "partners" / "pooling.html").read_text(encoding="utf-8")
    assert "Goodwill on: 1 of 3 partners surely pay more than alone" in page
    assert "Shared by children, Humber and North Yorkshire pays more than alone" in page


def test_a_study_that_was_stopped_goes_on_without_running_anything_again(curve_study, tmp_path, monkeypatch, capsys):
    """Stopped when everything had been simulated: catches runs made twice, and tables that differ for it."""
    words = [*POOL, "groupings=[none,national]", "draw=false", f"out={tmp_path / 'again'}"]
    with monkeypatch.context() as stopped:
        stopped.setattr(pool_command, "tables_and_page", lambda *given: (_ for _ in ()).throw(KeyboardInterrupt))
        assert cli.main(words) == 130
    assert len(list((tmp_path / ".again.units").glob("*.unit"))) == 8
    monkeypatch.setattr(Pooled, "__call__", lambda *given: pytest.fail("it was simulated before"))
    assert cli.main(words) == 0
    assert not (tmp_path / ".again.units").exists()
    again, whole = (pd.read_csv(folder / "summary.csv") for folder in (tmp_path / "again", curve_study))
    of_both = whole[~whole["scenario"].str.startswith("pairs")].reset_index(drop=True)
    pd.testing.assert_frame_equal(again, of_both)


def test_a_study_of_pooling_can_be_checked(curve_study, capsys):
    assert "the same bytes" in ask(capsys, "check", str(curve_study), "runs=1")[-1]


def test_the_fewest_people_for_a_frequency_take_the_place_of_those_who_exist():
    """1 in 6 with a consultant's leave takes 8 for a seat: alone each area needs as many as the whole pool does."""
    alone, together = (
        [len(team.people) for team in one.scenario.teams if team.role == "consultant"]
        for one in planned({"groupings": "[none,national]", "to_hold": "1_in_6"})[::2]
    )
    assert (alone, together) == ([8, 8, 8, 8], [8])


# -- break-even, fewest seats, clusters -------------------------------------------------------------------------------


REFUSAL = ["of=refusal", "measure=advice_missing_share_out_of_hours", "grouping=national"]


def test_break_even_finds_where_the_gain_ends_and_writes_every_size_it_tried(capsys, tmp_path):
    """Consultants who may not act elsewhere help nobody elsewhere: the gain ends before that."""
    words = [word for word in POOL if not word.startswith(("weeks=", "pool"))]
    printed = ask(capsys, "pool", "break-even", *words, *REFUSAL, "weeks=26", f"out={tmp_path / 'be'}")
    answers, tried = (pd.read_csv(tmp_path / "be" / f"{name}.csv") for name in ("break_even", "tried"))
    assert list(answers["goodwill"]) == ["on", "off"]
    for goodwill, part in tried.groupby("goodwill"):
        assert part["at"].is_monotonic_increasing
        assert part["at"].iloc[0] == 0
        assert any(line.startswith(f"Goodwill {goodwill}: ") for line in printed)
    found = answers[answers["verdict"] == "found"]
    assert (found["at"].between(0, 1)).all()
    assert set(answers["verdict"]) <= {"found", "not_decided", "no_gain", "outside_range"}
    page = (tmp_path / "be" / "break_even.html").read_text(encoding="utf-8")
    assert "Where the gain of sharing ends" in page
    assert (tmp_path / "be" / "charts" / "break_even.svg").is_file()


def test_fewest_seats_adds_seats_until_the_target_is_held(capsys, tmp_path):
    """Nobody needs more than one seat not to leave everything unmet; no seats at all leave nothing unmet."""
    words = ["pool", "fewest", "scenario=icb_rota", "role=community_nurse", *SMALL, "groupings=[none,national]"]
    printed = ask(capsys, *words, "target=0.99", f"out={tmp_path / 'easy'}")
    again = "none, goodwill on: 1 seats a pool hold it, and again on other families: "
    assert any(line.startswith(again) for line in printed)
    table = pd.read_csv(tmp_path / "easy" / "fewest.csv").set_index(["grouping", "goodwill"]).sort_index()
    assert (table["seats"] == 1).all()
    assert table.loc[("none", "on"), "people_needed"] == 4 * table.loc[("national", "on"), "people_needed"]
    nothing_holds = pd.read_csv(tmp_path / "easy" / "fewest.csv").assign(fewest=False)
    assert "national, goodwill off: up to 1 seats do not surely hold it" in fewest.text(nothing_holds)


def test_clusters_writes_a_grouping_that_a_study_reads(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    words = ["scenario=regional_rota_existing_people", "role=consultant", "areas=[QF7,QHM,QOQ,QWO,QE1]"]
    printed = ask(capsys, "pool", "clusters", *words, "groups=3", "out=found")
    merges, compared = (pd.read_csv(tmp_path / "found" / f"{name}.csv") for name in ("merges", "compared"))
    assert list(compared["grouping"]) == ["none", "clusters_2026", "proposal"]
    assert list(compared["groups"]) == [5, 5, 3]
    assert len(merges) == 2
    assert (merges["margin"] >= 0).all()
    alone, _, proposal = compared["uncovered_nights_per_year"]
    assert alone - proposal == pytest.approx(merges["covered_nights_per_year"].sum(), rel=1e-6)
    assert any("A proposal from exposure and seat arithmetic alone" in line for line in printed)
    grouped = plan("icb_rota", [words[2], "teams.consultants.grouping=found/clusters.csv"]).scenario
    assert len([team for team in grouped.teams if team.role == "consultant"]) == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["break-even", "of=weather", "grouping=regions"], "of = weather: must be travel, boundary_minutes or refusal"),
        (["break-even", "of=travel"], "grouping: none was given; which areas share?"),
        (["break-even", "of=travel", "grouping=regions", "to=-3"], "to = -3: how far to look"),
        (["break-even", "of=travel", "grouping=regions", "measure=happiness"], "measure = happiness: must be one of"),
        (["break-even", "of=travel", "grouping=regions", "replications=1"], "replications = 1: an interval needs 2"),
        (["fewest", "groupings=[none,pairs]"], "target: none was given; a number in the unit of the measure"),
        (["fewest", "target=0.1", "most=0"], "most = 0: the most seats of a pool"),
        (["clusters", "groups=99"], "groups = 99: a whole number from 1 to 4"),
        (["clusters", "max_km=near"], "max_km = near: kilometres"),
        (["to_hold=often"], "to_hold = often: how often on call at most, such as to_hold=1_in_6"),
        (["seats=2", "seats=3"], "seats: stands there twice"),
    ],
)
def test_what_is_wrong_with_the_other_questions_is_one_line(capsys, words, said):
    verb = words[:1] if "=" not in words[0] else []
    said_here = [word.partition("=")[0] for word in words]
    usual = [word for word in POOL[1:] if word.partition("=")[0] not in said_here]
    assert cli.main(["pool", *verb, *usual, *words[len(verb) :]]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert said in printed.err
    assert printed.err.count("\n") == 1


def request(own: dict[str, str]) -> Request:
    """What is asked of ``pool`` with some keys of its own."""
    words = ["regional_rota_existing_people", *(f"{key}={value}" for key, value in own.items())]
    return read_request(take_apart(["pool", *words, *([] if "role" in own else ["role=consultant"])]))


def planned(own: dict[str, str], *overrides: str) -> list[Plan]:
    """The plans of a study of the four areas, not run."""
    asked, words = request(own), [*SMALL, *overrides]
    return pool_command.plans(pooling_of(asked), lambda changes: plan(asked.scenario, [*words, *changes]))


def test_a_table_of_ones_own_is_a_grouping(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ours.csv").write_text("code,group\nQF7,south\nQHM,north\nQOQ,south\nQWO,south\n", encoding="utf-8")
    made = planned({"groupings": "[none,ours.csv]"})
    assert [one.scenario.name for one in made] == ["none", "none_goodwill_off", "ours", "ours_goodwill_off"]
    pools = {team.name: team.areas for team in made[2].scenario.teams if team.role == "consultant"}
    assert pools["consultants:south"] == ("QF7", "QOQ", "QWO")


def test_seats_above_people_are_warned_of():
    own = {"groupings": "[none,national]", "seats": "9"}
    (alone, together) = pool_command.warnings(pooling_of(request(own)), planned(own))
    assert alone.startswith("warning: none: 9 seats are more than the people of 3 pools")
    assert together.startswith("warning: national: 9 seats are more than the people of 1 pools")


@pytest.mark.parametrize(
    ("rule", "warned"), [(Pool("largest"), False), (Pool("kept"), True), (Pool("number", 4), True)]
)
def test_seats_that_areas_bring_are_warned_of_when_they_are_more_than_the_people(rule, warned):
    """Two areas with two seats each and three people: catches a warning for numbers alone."""
    shared = team(people=nurses(2) + nurses(1, "BBB"), patterns=(pattern(at="on_call", seats=2),), pool=rule)
    made = [SimpleNamespace(scenario=tiny(areas=(area(), area("BBB")), teams=(shared,)))]
    assert bool(pool_command.warnings(pooling_of(request({"role": "community_nurse"})), made)) == warned


def test_without_goodwill_in_the_scenario_there_is_one_side_only():
    made = planned({"groupings": "[none,national]"}, "goodwill.on=false")
    assert [one.scenario.name for one in made] == ["none", "national"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["pool", "scenario=icb_rota"], "role: none was given; write role=consultant"),
        (["pool", "scenario=icb_rota", "role=consultants"], "role = consultants: no team of that role in icb_rota"),
        (
            ["pool", "scenario=current_patchwork", "role=consultant"],
            "role = consultant: nobody of that role is on call in current_patchwork",
        ),
        ([*POOL, "groupings=[none,region]"], "grouping = region: must be none, nearest_team, pairs, threes"),
        ([*POOL, "groupings=[]"], "groupings = []: names nothing; write at least one"),
        (["pool", "scenario=icb_rota", "role=[]"], "role = []: names nothing; write at least one"),
        ([*POOL, "groupings=[none,none]"], "groupings = none: stands there twice"),
        ([*POOL, "seats=all"], "pool.seats = all: must be kept, largest, or a number of seats a pool"),
        ([*POOL, "pool=Nowhere"], "pool = Nowhere: no group of that name in none, regions"),
        ([*POOL, "precision=0.1"], "precision: pool runs a number of replications; take it out"),
        ([*POOL, "pool_in_hours=maybe"], "pool_in_hours = maybe: must be true or false"),
        (
            ["pool", "scenario=regional_rota", "role=consultant", "groupings=[none,national]", *SMALL],
            "teams.consultants.people: 24 people in none and 6 in national",
        ),
    ],
)
def test_what_is_wrong_is_one_line(capsys, words, said):
    assert cli.main(words) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert said in printed.err
    assert printed.err.count("\n") == 1


def test_words_for_the_command_and_for_the_configuration_are_told_apart():
    line = take_apart(["pool", "scenario=x", "role=[a,b]", "weeks=8", "groupings=[none,pairs]"])
    assert (read_request(line).names, read_request(line).overrides) == (("x",), ("weeks=8",))
    assert pooling_of(read_request(line)) == Pooling(("a", "b"), ("none", "pairs"), "largest", "everyone")


PLACES = """\
code,name,region,cluster,children,deaths_per_year,deprivation_q1_share,deprivation_q2_share,deprivation_q3_share,\
deprivation_q4_share,deprivation_q5_share,rural_share,longitude_degrees,latitude_degrees,mean_km
EAST,East Place,Coast,Coast,50000,7.5,0.3,0.2,0.2,0.2,0.1,0.4,0.5,52.5,14
WEST,West Place,Coast,Coast,80000,12,0.1,0.2,0.2,0.2,0.3,0,0.1,52.4,6
"""
OWN = """\
question: What if our two places shared a night rota?
based_on: icb_rota
area_table: {file: ./places.csv}
teams:
  community_nurses: {people: {per_area: 6}MORE}
  specialist_nurses: null
  consultants: {people: {per_area: 1}}
ladder: [community_nurses, goodwill, universal]
professional_entry: [community_nurses]
"""


@pytest.mark.parametrize(
    ("more", "words", "groupings", "seats"),
    [
        ("", [], ("none", "national"), "kept"),
        (", grouping: {ours: [EAST, west place]}", [], ("none", "as_written"), "kept"),
        (", grouping: {ours: [EAST, WEST]}, pool: {seats: 1}", [], ("none", "as_written"), "1"),
        (
            ", grouping: {ours: [EAST, WEST]}",
            ["seats=largest", "groupings=[none,regions]"],
            ("none", "regions"),
            "largest",
        ),
        (", grouping: {ours: [EAST, WEST]}", ["pool=ours"], ("none", "as_written", "regions"), "kept"),
    ],
)
def test_areas_of_ones_own_are_pooled_as_the_planner_writes_with_seats_kept(tmp_path, more, words, groupings, seats):
    """Catches the planner's groups overwritten by pairs and regions, and seats lost that nobody said to take away."""
    (tmp_path / "places.csv").write_text(PLACES, encoding="utf-8")
    (tmp_path / "mine.yaml").write_text(OWN.replace("MORE", more), encoding="utf-8")
    request = read_request(take_apart(["pool", f"scenario={tmp_path}/mine.yaml", "role=community_nurse", *words]))
    first = plan(f"{tmp_path}/mine.yaml")
    found = settled(pooling_of(request), request, first, ["community_nurses"])
    assert (found.groupings, found.seats) == (groupings, seats)
    written = plan(f"{tmp_path}/mine.yaml", _changes(found, ["community_nurses"], groupings[1])).scenario.teams[0]
    name = "ours" if groupings[1] == "as_written" else "national" if "national" in groupings else "Coast"
    assert (written.name, written.areas) == (f"community_nurses:{name}", ("EAST", "WEST"))
    assert written.pool is not None
    assert written.pool.seats == ("number" if seats == "1" else seats)


def test_a_table_of_ones_own_that_keeps_the_codes_of_boards_is_ones_own(tmp_path):
    """Catches the two areas of `oncall-sim new`, pooled by pairs, threes and regions as if they were England."""
    places = PLACES.replace("EAST", "QHG", 1).replace("WEST", "QUE", 1)
    (tmp_path / "places.csv").write_text(places, encoding="utf-8")
    mine = OWN.replace("MORE", "").replace("./places.csv", "./places.csv, localities_file: null")
    (tmp_path / "mine.yaml").write_text(mine, encoding="utf-8")
    request = read_request(take_apart(["pool", f"scenario={tmp_path}/mine.yaml", "role=community_nurse"]))
    found = settled(pooling_of(request), request, plan(f"{tmp_path}/mine.yaml"), ["community_nurses"])
    assert (found.groupings, found.seats) == (("none", "national"), "kept")


def test_of_england_nothing_is_asked_for_that_was_not_before():
    request = read_request(take_apart(["pool", "scenario=icb_rota", "role=consultant"]))
    first = plan("icb_rota", ["areas=[QHG]"])
    assert settled(pooling_of(request), request, first, ["consultants"]) == pooling_of(request)


def test_a_partner_is_named_as_a_planner_names_it():
    made = plan("icb_rota", ["areas=[QJK,QT6]"])
    pooling = Pooling(("consultant",), ("none",), "kept", "everyone", pool=("NHS Devon", "qt6"))
    assert _members(pooling, [], lambda _: made) == ("QJK", "QT6")
