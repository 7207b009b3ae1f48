"""``oncall-sim pool``: what it writes and prints, the same bytes twice, and one line for what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from sim import cli
from sim.asked import listed
from sim.commands import pool as pool_command
from sim.commands.pool.asked import Pooling, own_keys, read
from sim.commands.pool.tables import CURVE, GAINS
from sim.config import Plan, plan

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
    assert {"pooling_families.svg", "pooling_people.png", "pooling_load.svg", "pooling_gains.svg"} <= charts
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


def test_partner_by_partner(capsys, tmp_path):
    words = [word for word in POOL if not word.startswith("areas=")]
    printed = ask(capsys, *words, "pool=[QF7,QOQ,QWO]", f"out={tmp_path / 'partners'}")
    gains = pd.read_csv(tmp_path / "partners" / "gains.csv")
    variants = ["together", "without_QF7", "without_QOQ", "without_QWO"]
    assert list(dict.fromkeys(gains["grouping"])) == variants
    assert set(gains["area"]) == {"QF7", "QOQ", "QWO"}
    assert any(line.startswith("alone ") for line in printed)
    left_out = gains[(gains["grouping"] == "without_QF7") & (gains["area"] == "QF7")]
    nights = left_out.set_index(["measure", "goodwill"])["difference"].sort_index()
    assert nights["child_nights_without_consultant_achieved_share", "on"] == 0  # alone is what it had


def planned(own: dict[str, str], *overrides: str) -> list[Plan]:
    """The plans of a study of the four areas, not run."""
    asked = pool_command.read({"role": "consultant", **own}, listed)
    words = [*SMALL, *overrides]
    return pool_command.plans(asked, lambda changes: plan("regional_rota_existing_people", [*words, *changes]))


def test_a_table_of_ones_own_is_a_grouping(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ours.csv").write_text("code,group\nQF7,south\nQHM,north\nQOQ,south\nQWO,south\n", encoding="utf-8")
    made = planned({"groupings": "[none,ours.csv]"})
    assert [one.scenario.name for one in made] == ["none", "none_goodwill_off", "ours", "ours_goodwill_off"]
    pools = {team.name: team.areas for team in made[2].scenario.teams if team.role == "consultant"}
    assert pools["consultants:south"] == ("QF7", "QOQ", "QWO")


def test_seats_above_people_are_warned_of():
    own = {"groupings": "[none,national]", "seats": "9"}
    (alone, together) = pool_command.warnings(pool_command.read({"role": "consultant", **own}, listed), planned(own))
    assert alone.startswith("warning: none: 9 seats are more than the people of 3 pools")
    assert together.startswith("warning: national: 9 seats are more than the people of 1 pools")


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
        ([*POOL, "groupings=[none,region]"], "grouping = region: must be none, pairs, threes"),
        ([*POOL, "groupings=[none,none]"], "groupings = none: stands there twice"),
        ([*POOL, "seats=all"], "pool.seats = all: must be kept, largest, or a number of seats a pool"),
        ([*POOL, "pool=Nowhere"], "pool = Nowhere: no group of that name in none, regions"),
        ([*POOL, "precision=0.1"], "precision: pool runs a number of replications in one go"),
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
    own, words = own_keys(["scenario=x", "role=[a,b]", "weeks=8", "groupings=[none,pairs]"])
    assert words == ["scenario=x", "weeks=8"]
    assert read(own, listed) == Pooling(("a", "b"), ("none", "pairs"))
