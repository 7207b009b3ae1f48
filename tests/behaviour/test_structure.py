"""A comparison under other rules: its table, what it leaves alone, the same bytes from Python, and what is refused."""

from __future__ import annotations

import re
from contextlib import redirect_stdout
from pathlib import Path

import pandas as pd
import pytest

import oncall_sim
from sim import cli, results
from sim.config.structure import alternatives
from sim.measures.drawn_tables import STRUCTURE_TABLES

DOCS = Path(__file__).resolve().parents[2] / "docs" / "results.md"
SOME = ("calls_made_alone", "consequences_help_in_full")
WORDS = ["compare", "scenarios=[current_patchwork,icb_rota]", "areas=[QHG,QE1,QF7]", "weeks=8"]
WORDS += ["warmup_weeks=13", "replications=2", "draw=false"]
PLACE = ["scenario", "measure"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "study"
    with (folder.parent / "said").open("w") as said, redirect_stdout(said):
        assert cli.main([*WORDS, f"structure=[{','.join(SOME)}]", f"out={folder}", "workers=1"]) == 0
    return folder


def england(path: Path) -> pd.DataFrame:
    found = pd.read_csv(path)
    return found[found["group"] == "england"]


def test_as_shipped_stands_what_the_study_gave(made: Path) -> None:
    """Catches figures of one replication, or of another run, under the name of the shipped rules."""
    rows, summary = england(made / "structure.csv"), england(made / "summary.csv").set_index(PLACE)["mean"]
    shipped = rows[(rows["alternative"] == "as_shipped") & (rows["of"] == "figure")].set_index(PLACE)["mean"]
    assert len(shipped) > 20
    assert shipped.equals(summary[shipped.index])
    differences = england(made / "comparison.csv").set_index(PLACE)["difference"]
    told = rows[(rows["alternative"] == "as_shipped") & (rows["of"] == "difference")].set_index(PLACE)["mean"]
    assert told.equals(differences[told.index].rename("mean"))


def test_each_rule_was_asked_for_and_gave_something_else(made: Path) -> None:
    rows, summary = england(made / "structure.csv"), england(made / "summary.csv").set_index(PLACE)["mean"]
    assert list(dict.fromkeys(rows["alternative"])) == ["as_shipped", *SOME]
    figures = rows[rows["of"] == "figure"].set_index(["alternative", "scenario", "measure"])
    today = figures.xs("current_patchwork", level="scenario")
    of_calls = summary["current_patchwork", "unmet_demand_share_of_calls_made"]
    assert today["mean"]["calls_made_alone", "unmet_demand_share"] == of_calls
    g = alternatives()["consequences_help_in_full"].goodwill
    assert g is not None
    assert today["goodwill_makes_home"]["consequences_help_in_full", "unmet_demand_share"] == g[0]
    other = today["mean"].xs("consequences_help_in_full", level="alternative")
    assert not other.equals(today["mean"].xs("as_shipped", level="alternative"))


@pytest.mark.parametrize("name", STRUCTURE_TABLES)
def test_every_column_is_in_the_dictionary_and_in_the_docs(made: Path, name: str) -> None:
    columns = [*pd.read_csv(made / name, nrows=1)]
    told = pd.read_csv(made / "dictionary.csv")
    assert columns == [*STRUCTURE_TABLES[name]] == [*told[told["table"] == name]["name"]]
    section = DOCS.read_text(encoding="utf-8").partition(f"\n## {name}\n")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, flags=re.M) == columns


def test_the_screen_tells_the_range(made: Path) -> None:
    said = (made.parent / "said").read_text()
    assert "with 2 other structures:" in said
    assert "; structure " in said


def test_python_gives_the_same_table_and_without_it_there_is_none(made: Path) -> None:
    sizes = {"areas": ["QHG", "QE1", "QF7"], "weeks": 8, "warmup_weeks": 13, "replications": 2, "workers": 2}
    plans = [oncall_sim.load_scenario(name, sizes) for name in ("current_patchwork", "icb_rota")]
    found = oncall_sim.compare(plans, structure=SOME)
    for name in ("structure", "comparison", "summary"):
        assert results.csv(found.table(name)) == (made / f"{name}.csv").read_bytes(), name
    with pytest.raises(oncall_sim.BadInput, match="structure = threshold: no such alternative; did you mean"):
        oncall_sim.compare(plans, structure="threshold")


def test_an_alternative_that_nobody_registered_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*WORDS, "structure=[consequences_help_in_full,rural]"]) == 2
    assert "structure = rural: no such alternative; " in capsys.readouterr().err


def test_the_docs_tell_every_alternative() -> None:
    """Catches a rule of the register that the page of what nobody knows does not explain, or tells otherwise."""
    page = (DOCS.parent / "uncertainty.md").read_text(encoding="utf-8")
    for one in alternatives().values():
        assert f"| `{one.name}` |" in page
        assert one.means.partition(":")[0] in page
        if one.goodwill is not None:
            g, low, high = one.goodwill
            assert f"| `{one.name}` | {g:g} | {low:g} to {high:g} |" in page
