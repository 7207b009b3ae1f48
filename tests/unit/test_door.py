"""The door for Python: exact names, the command's own numbers, one line for what is not right, nothing written."""

from __future__ import annotations

import datetime as dt
import inspect
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import oncall_sim
from oncall_sim import BadInput, Study, load_scenario
from oncall_sim.scenarios import _words
from sim import cli, results
from sim.config import plan
from sim.config.command_line import changes

pytestmark = pytest.mark.unit

HOME = Path(__file__).parents[2]
SMALL = {"areas": ["QHG"], "weeks": 2, "warmup_weeks": 1, "replications": 3, "seed": 5, "workers": 1}
NAMES = [
    *("BadInput", "Damaged", "Ledger", "OtherCode", "Plan", "Study", "WorkerDied", "__version__"),
    *("compare", "expose", "load_scenario", "measure", "run_study", "simulate"),
]
TABLES = [
    "summary",
    "comparison",
    "costs",
    "equity",
    "flows",
    "same_calls",
    "years",
    "replications",
    "assumptions",
    "areas",
    "dictionary",
]
EXAMPLES = re.findall(r"^```python\n(.*?)^```$", (HOME / "docs/python.md").read_text("utf-8"), re.M | re.S)


@pytest.fixture(scope="module")
def small() -> oncall_sim.Plan:
    return load_scenario("current_patchwork", SMALL)


@pytest.fixture(scope="module")
def fewer() -> oncall_sim.Plan:
    return load_scenario("current_patchwork", {**SMALL, "name": "one_rung", "goodwill.asks_people": 1})


@pytest.fixture(scope="module")
def other_seed() -> oncall_sim.Plan:
    return load_scenario("current_patchwork", {**SMALL, "seed": 6})


@pytest.fixture(scope="module")
def study(small) -> Study:
    return oncall_sim.run_study(small)


@pytest.fixture(scope="module")
def written(small, fewer, tmp_path_factory) -> Path:
    """A comparison in its folder."""
    place = tmp_path_factory.mktemp("door") / "rung"
    assert oncall_sim.compare([small, fewer], out=place).path == place
    return place


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_exactly_these_names_are_promised_and_each_says_what_it_is():
    assert oncall_sim.__all__ == NAMES
    public = {name for name, what in vars(oncall_sim).items() if name[0] != "_" and not inspect.ismodule(what)}
    assert public - {"annotations"} == {name for name in NAMES if name[0] != "_"}
    assert all(inspect.getdoc(getattr(oncall_sim, name)) for name in NAMES)


def test_the_document_names_all_of_them():
    told = (HOME / "docs/python.md").read_text("utf-8")
    assert [name for name in [*NAMES, *TABLES] if f"`{name}" not in told] == []


def test_the_door_opens_without_anything_heavy():
    listing = "import oncall_sim, sys; print('\\n'.join(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", listing], capture_output=True, text=True, check=True, cwd=HOME)
    assert {"pandas", "scipy.stats", "matplotlib", "hydra", "omegaconf", "simpy"}.isdisjoint(loaded.stdout.split())


# -- scenarios


def test_values_and_words_are_the_same_plan(small):
    words = ["areas=[QHG]", "weeks=2", "warmup_weeks=1", "replications=3", "seed=5", "workers=1"]
    assert load_scenario("current_patchwork", words).fingerprint == small.fingerprint
    assert plan("current_patchwork", words).fingerprint == small.fingerprint


@pytest.mark.parametrize("said", ["it's", "two\\", "a \\' b", "a=b, [c] {d: e} 1:30 #x", '"', "null", "026", "1e3"])
def test_text_comes_through_as_it_is(said):
    assert changes(_words({"question": said})).values == [("question", said)]


@pytest.mark.parametrize(
    ("key", "value", "meant"),
    [
        ("weeks", np.int64(26), 26),
        ("travel.mileage_ratio", np.float64(1.25), 1.25),
        ("precision", 1e-5, 1e-5),
        ("goodwill.on", np.bool_(False), False),
        ("calendar.start_date", dt.date(2028, 1, 3), "2028-01-03"),
        ("areas", ("QHG", "it's"), ["QHG", "it's"]),
        ("workers", None, None),
        ("out", Path("a b"), "a b"),
        ("teams.consultants", {"people": 2}, {"people": 2}),
    ],
)
def test_every_kind_of_value_has_its_place(key, value, meant):
    assert changes(_words({key: value})).values == [(key, meant)]


def test_a_group_of_parts_is_chosen_by_its_word():
    assert changes(_words({"goodwill": "constant"})).chosen == {"goodwill": "constant"}


# -- one replication


def test_a_replication_is_the_very_run_that_a_study_measures(small, study):
    """Catches a replication counted from 0 here and from 1 in the table, and a row that none of the tables has."""
    kept = oncall_sim.run_study(replace(small, settings=replace(small.settings, keep="areas")))
    pd.testing.assert_frame_equal(kept.replications, study.replications)
    seen = pd.concat([kept.replications, kept.table("replications_by_area")])
    assert not set(study.replications["group"]) & set(kept.table("replications_by_area")["group"])
    for number in (1, 3):
        ledger = oncall_sim.simulate(small, replication=number)
        here, of_study = oncall_sim.measure(ledger), seen[seen.replication == number]
        assert len(here) == len(of_study)
        of_study = here[["measure", "group", "level"]].merge(of_study, how="left")[here.columns]
        pd.testing.assert_frame_equal(here, of_study)
        exact = oncall_sim.expose(small, replication=number)
        both = exact.merge(of_study, how="left", indicator=True)
        assert len(exact) > 100
        assert set(both["_merge"]) == {"both"}


def test_a_ledger_has_the_tables_that_are_filed(small):
    ledger = oncall_sim.simulate(small, seed=6, replication=2)
    assert {"calls", "tasks", "stays", "families", "people"} <= set(ledger.tables)
    assert set(ledger.table("tasks").person) <= set(ledger.table("people").person)
    assert repr(ledger) == "<Ledger of current_patchwork, seed 6, replication 2>"


# -- studies


def test_nothing_is_written_unless_asked(small, tmp_path):
    found = oncall_sim.run_study(small)
    assert found.path is None
    assert found.tables == TABLES
    assert list(tmp_path.iterdir()) == []


def test_what_was_written_is_read_as_what_was_not(small, fewer, written):
    """Catches digits, or words that look like numbers, lost on the way through a folder."""
    here, there = oncall_sim.compare([small, fewer]), Study(written)
    assert sorted(here.tables) == sorted(there.tables)
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(here, name), there.table(name))
    assert set(there.comparison.scenario) == {"one_rung"}
    assert {name: there.comparison[name].dtype.kind for name in ("difference", "family")} == dict.fromkeys(
        ("difference", "family"), "f"
    )
    assert all(isinstance(level, str) for level in there.summary.level)


def test_words_that_look_like_numbers_stay_words():
    found = results.table(b"code,level,mean,replications,of\n007,17,,3,\n08,,2,3,'=x\n")
    assert found.code.tolist() == ["007", "08"]
    assert found.level.tolist() == ["17", ""]
    assert found["of"].tolist() == ["", "=x"]
    assert np.isnan(found["mean"][0])
    assert found["mean"][1] == 2.0
    assert [found[name].dtype.kind for name in ("mean", "replications")] == ["f", "i"]


def test_the_command_in_the_manifest_makes_the_same_study(written, monkeypatch, capsys):
    monkeypatch.chdir(written)
    command = Study(written).manifest["command"].split()
    assert command[:2] == ["oncall-sim", "compare"]
    assert cli.main([*command[1:], "draw=false", "workers=1", f"out={written.parent / 'again'}"]) == 0
    again = written.parent / "again"
    capsys.readouterr()
    for name in set(TABLES) - {"assumptions"}:  # which says of every number that this file sets it
        assert (again / f"{name}.csv").read_bytes() == (written / f"{name}.csv").read_bytes(), name


def test_a_finished_study_is_found_and_another_is_refused(small, fewer, written):
    ran = []
    assert oncall_sim.compare([small, fewer], out=written, progress=lambda *told: ran.append(told)).path == written
    assert ran == []
    with pytest.raises(BadInput, match="another study is there"):
        oncall_sim.compare([fewer, small], out=written)


def test_a_study_that_was_stopped_goes_on(small, tmp_path):
    def stop(done, total):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        oncall_sim.run_study(small, out="study", progress=stop)
    told = []
    found = oncall_sim.run_study(small, out="study", progress=lambda done, total: told.append((done, total)))
    assert told == [(3, 3)]
    assert [path.name for path in tmp_path.iterdir()] == ["study"]
    assert found.manifest["replications"] == 3


def test_overwriting_leaves_what_is_somebody_elses(small, other_seed, tmp_path):
    (tmp_path / "study").mkdir()
    oncall_sim.run_study(small, out="study")
    (tmp_path / "study/notes.txt").write_text("three years of work")
    assert oncall_sim.run_study(other_seed, out="study", overwrite=True).manifest["seed"] == 6
    assert (tmp_path / "study/notes.txt").read_text() == "three years of work"


def test_a_script_without_a_guard_is_not_run_again_by_its_workers(tmp_path):
    """Catches worker processes that import the script that asked, each of which then asks for the whole study."""
    script = tmp_path / "mine.py"
    sizes = {**SMALL, "workers": 2}
    script.write_text(
        f"import oncall_sim\nprint('once')\ns = oncall_sim.load_scenario('current_patchwork', {sizes})\n"
        "print(len(oncall_sim.run_study(s).summary) > 100)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(HOME)}
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, env=environment, cwd=tmp_path)
    assert (done.stdout.split(), done.stderr) == (["once", "True"], "")


# -- what is not right


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (lambda: load_scenario("icb_rotta"), "did you mean icb_rota"),
        (lambda: load_scenario("./mine.yaml"), "no such file"),
        (lambda: load_scenario(7), "a name or a path"),
        (lambda: load_scenario("icb_rota", {"weekz": 3}), "weeks"),
        (lambda: load_scenario("icb_rota", {"weeks": -1}), "weeks"),
        (lambda: load_scenario("icb_rota", {"question": "${x}"}), "is not filled in"),
        (lambda: load_scenario("icb_rota", {"weeks": object()}), "has no place"),
        (lambda: load_scenario("icb_rota", "weeks=3"), "overrides"),
        (lambda: load_scenario("icb_rota", [3]), "overrides"),
        (lambda: load_scenario("icb_rota", config_dir="./none"), "no such folder"),
        (lambda: oncall_sim.simulate("icb_rota"), "load it first"),
        (lambda: oncall_sim.run_study("icb_rota"), "load it first"),
        (lambda: oncall_sim.compare(["icb_rota", "regional_rota"]), "load it first"),
        (lambda: Study("."), "not a study"),
        (lambda: Study("none"), "not a study"),
    ],
)
def test_what_is_not_right_is_one_line(asked, said):
    with pytest.raises(BadInput, match=re.escape(said)) as found:
        asked()
    assert "\n" not in str(found.value)


@pytest.mark.parametrize(
    ("key", "value"),
    [("seed", -1), ("seed", 2**32), ("seed", 1.5), ("replication", 0), ("replication", "1"), ("replication", None)],
)
def test_a_seed_or_replication_that_cannot_be_is_refused(small, key, value):
    for asked in (oncall_sim.simulate, oncall_sim.expose):
        with pytest.raises(BadInput, match=f"{key} = "):
            asked(small, **{key: value})


def test_a_comparison_needs_two_that_can_be_told_apart_and_paired(small, fewer, other_seed):
    for few in ([], [small], small):
        with pytest.raises(BadInput, match="two or more"):
            oncall_sim.compare(few)
    with pytest.raises(BadInput, match="each its own name"):
        oncall_sim.compare([small, small])
    with pytest.raises(BadInput, match="seed: scenarios must share it"):
        oncall_sim.compare([fewer, other_seed])


@pytest.mark.parametrize("said", [{"keep": "ledger"}, {"shard": (1, 2)}])
def test_what_only_the_command_does_is_refused(small, said):
    with pytest.raises(BadInput, match="only the command"):
        oncall_sim.run_study(replace(small, settings=replace(small.settings, **said)))


def test_a_table_that_is_not_there_or_not_as_written_is_one_line(small, study, written, tmp_path):
    with pytest.raises(BadInput, match="no table 'sumary'; did you mean summary"):
        study.table("sumary")
    with pytest.raises(BadInput, match=r"rung \(a study of `compare`\): no table 'pooling'"):
        Study(written).table("pooling")
    with pytest.raises(BadInput, match="no table 'call'; did you mean calls"):
        oncall_sim.simulate(small).table("call")
    found = oncall_sim.run_study(small, out="study")
    (tmp_path / "study/summary.csv").write_text("scenario,mean\nicb_rota,0\n")
    with pytest.raises(BadInput, match="not what the run wrote"):
        _ = found.summary


# -- the document


@pytest.mark.parametrize("example", EXAMPLES, ids=["cover", "compare", "sweep"])
def test_an_example_runs_as_it_is_written(example, capsys):
    assert len(example.splitlines()) < 40
    exec(compile(example, "docs/python.md", "exec"), {"__name__": "example"})
    assert capsys.readouterr().out.count("\n") >= 3


def test_flows_of_a_comparison_add_to_the_fates_of_both_scenarios(written):
    """Catches families paired by their place in a file, and flows of other replications than were estimated."""
    found = Study(written)
    fates = found.summary[(found.summary.group == "england") & found.summary.measure.str.fullmatch("fate_.*_per_year")]
    for scenario, side in (("current_patchwork", "from"), ("one_rung", "to")):
        flows = found.flows.groupby(side).families_per_year.sum()
        summed = fates[fates.scenario == scenario].set_index("measure")["mean"]
        assert summed.sum() > 0
        for fate, many in flows.items():
            assert summed[f"fate_{fate}_per_year"] == pytest.approx(many, abs=1e-6)
