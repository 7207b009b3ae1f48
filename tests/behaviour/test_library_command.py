"""The library from the command line: what a scenario says of itself, and the whole library as one study."""

from __future__ import annotations

import pandas as pd
import pytest

from sim import cli, config, screen
from sim.commands.compare import scenarios_of
from sim.config.layers import read_layer
from sim.config.library import BASELINE
from sim.config.shelf import scenario_files
from sim.errors import BadInput
from sim.experiment.study import about, design
from sim.request import read_request, take_apart


def chosen(*words: str, config_dir: str | None = None) -> list[str]:
    """The scenarios that a command line compares."""
    folder = ["--config-dir", config_dir] if config_dir else []
    return scenarios_of(read_request(take_apart(["compare", *words, *folder])))


def test_the_whole_library_is_every_scenario_of_england_with_today_first():
    """Would catch a scenario left out, or one of a few areas among those of England, which cannot be paired."""
    names, known = chosen("library=all"), config.described()
    assert names[0] == BASELINE
    assert len(set(names)) == len(names)
    assert set(names) == {one.name for one in known if one.library and one.library != "teaching"}
    assert not any({"areas", "area_table"} & read_layer(scenario_files()[name]).known for name in names)


def test_a_set_or_a_list_of_the_library():
    """Would catch a set without its baseline, or a small set held against all of England."""
    assert chosen("library=teaching") == ["two_areas", "two_areas_together"]
    assert chosen("library=200k")[0] == BASELINE
    assert chosen("library=[night_car,icb_rota]") == [BASELINE, "night_car", "icb_rota"]
    assert chosen("library=[200k,night_car]") == [*chosen("library=200k"), "night_car"]


def test_a_planners_own_scenarios_join_the_library(tmp_path):
    """Would catch a library that is a list in the code."""
    (tmp_path / "scenarios").mkdir()
    mine = tmp_path / "scenarios" / "mine.yaml"
    mine.write_text("based_on: icb_rota\nquestion: What if?\nlibrary: ours\n", encoding="utf-8")
    assert chosen("library=ours", config_dir=str(tmp_path)) == [BASELINE, "mine"]
    assert "mine" in chosen("library=all", config_dir=str(tmp_path))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["library=al"], "library = al: no set of the library .*did you mean all"),
        (["library=all", "scenarios=[icb_rota]"], "it names the scenarios once and alone"),
        (["library=all", "icb_rota"], "it names the scenarios once and alone"),
    ],
)
def test_what_the_library_does_not_have_is_refused_in_one_line(words, said):
    """Would catch a word that is silently left out of a study."""
    with pytest.raises(BadInput, match=said):
        chosen(*words)


def test_a_scenario_tells_what_one_should_see(capsys):
    """Would catch a sentence that stands in a file and nowhere else."""
    assert cli.main(["scenarios", "night_car"]) == 0
    printed = capsys.readouterr().out
    one = next(entry for entry in config.described() if entry.name == "night_car")
    assert printed.splitlines() == [
        "night_car", f"  question: {one.question}", f"  see: {one.see}", "  library: archetypes S09",
    ]  # fmt: skip
    assert cli.main(["scenarios", "no_such_car"]) == 2


def test_what_is_said_of_a_scenario_decides_nothing(tmp_path):
    """Would catch a study that is another study because a sentence was put better."""
    files = []
    for name, see in (("one", "This."), ("two", "That.")):
        file = tmp_path / name / "mine.yaml"
        file.parent.mkdir()
        file.write_text(f"based_on: icb_rota\nquestion: What if?\nsee: {see}\n", encoding="utf-8")
        files.append(config.plan(str(file)))
    assert files[0].fingerprint == files[1].fingerprint
    assert (files[0].see, config.plan("icb_rota").see[:6]) == ("This.", "Nearly")


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        (["seed=2", "replications=3", "workers=1"], True),
        (["weeks=26"], False),
        (["goodwill=off"], False),
        (["+areas=[QHG]"], False),
    ],
)
def test_what_one_should_see_is_said_of_a_scenario_as_its_file_has_it_alone(changes, kept):
    """Would catch a changed scenario, or one without unpaid help, that claims what was tested of another."""
    assert bool(config.plan("icb_rota", changes).see) == kept
    study = design("run", [config.plan("icb_rota", changes)])
    assert ("see" in about(study, "1")["scenarios"][0]) == kept


def test_the_documentation_tells_of_every_scenario_in_its_own_words(home):
    """Would catch a scenario that is not told of, or a sentence that was changed in one place only."""
    text = (home / "docs" / "library.md").read_text(encoding="utf-8")
    for one in config.described():
        assert one.name in text
        if one.see:
            code = f" ({one.code})" if one.code else ""
            assert f"**{one.name}**{code}. {one.question} {one.see} " in text, one.name


def test_many_scenarios_are_printed_a_line_each():
    """Would catch a table nine hundred characters wide."""
    names = [f"scenario_{number}" for number in range(8)]
    row = {"measure": "unmet_demand_share", "group": "england", "level": "England", "unit": "share", "mean": 0.5}
    row |= {"ci_low": 0.4, "ci_high": 0.6, "n": float("nan")}
    summary = pd.DataFrame([{**row, "scenario": name} for name in names])
    for shown, of_a_line in ((names, "scenario_3"), (names[:2], "Unmet demand, all hours")):
        lines = screen.headlines(summary[summary["scenario"].isin(shown)]).splitlines()
        assert sum(line.startswith(of_a_line) for line in lines) == 1
