"""A command line says every key once, and the scenarios of a study have names that nobody takes for one another."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import cli
from sim.errors import BadInput
from sim.experiment.study import design, read_alike
from sim.report.words import name as on_the_page
from sim.verbs import VERBS
from tests.tiny import tiny

TWICE = [
    ("weeks", "weeks=4", "weeks=5"),
    ("weeks", "weeks=4", "weeks=4"),
    ("weeks", "weeks=4", "+weeks=5"),
    ("weeks", "++weeks=4", "+weeks=5"),
    ("goodwill", "goodwill=off", "goodwill=constant"),
    ("target", "target=0.2", "target=0.3"),
    ("role", "role=", "role=a"),
    ("library", "library=all", "library=teaching"),
]
WITHIN = [("goodwill.on=true", "goodwill={on: false}"), ("teams.a.people=3", "teams.a=null")]


@pytest.mark.parametrize("verb", VERBS)
def test_no_command_takes_a_key_twice(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Catches the last of two values taken, or the first, without a word: by ``solve``, ``night``, ``pool`` and all."""
    for key, one, other in TWICE:
        assert cli.main([*verb.split(), one, "else=1", other]) == 2
        said = f"{key}: stands there twice, as {one.lstrip('+')} and {other.lstrip('+')}; write it once"
        assert capsys.readouterr().err == f"oncall-sim: command line: {said}\n"
    for inner, table in WITHIN:
        for words in ([inner, table], [table, inner]):
            assert cli.main([*verb.split(), *words]) == 2
            key = inner.partition("=")[0]
            said = f"command line: {key}: stands within {table}; write what is meant in one of the two"
            assert capsys.readouterr().err == f"oncall-sim: {said}\n"


@pytest.mark.parametrize("words", [["--config-dir", "a", "--config-dir=b"], ["-c", "job", "--cfg", "job"]])
def test_nor_a_flag(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["run", "scenario=icb_rota", *words]) == 2
    assert "stands there twice; write it once" in capsys.readouterr().err


def test_a_key_beside_the_choice_of_its_part_is_no_doubt(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["run", "scenario=icb_rota", "--cfg", "job", "goodwill=off", "goodwill.asks_people=3", "training=off"]
    assert cli.main(words) == 0
    assert "asks_people: 3" in capsys.readouterr().out


def planned(*names: str) -> list[Any]:
    return [SimpleNamespace(scenario=tiny(name=one), settings=SimpleNamespace(seed=1, replications=2)) for one in names]


@pytest.mark.parametrize(
    ("names", "complaint"),
    [
        (("a", "b", "a"), "scenarios: two of them are named 'a'; give each its own name: in its file"),
        *(
            ((one, "between", other), f"scenarios: {one!r} and {other!r} read alike: capitals, _ and - do not tell "
             "them apart; give one another name: in its file")
            for one, other in [
                ("icb_rota", "ICB_rota"), ("plan_b", "plan__b"), ("plan_b", "plan-b"), ("plan_b", "_Plan_b-"),
                ("straße", "STRASSE"),
            ]
        ),
    ],
)  # fmt: skip
def test_names_that_read_alike_are_no_study(names: tuple[str, ...], complaint: str) -> None:
    """Catches a page that cannot be made after all the runs, and two scenarios in one file on some disks."""
    with pytest.raises(BadInput) as error:
        design("compare", planned(*names))
    assert str(error.value) == complaint


def test_names_that_differ_in_a_letter_are_a_study() -> None:
    assert len(design("compare", planned("plan_b", "planb", "plan_b2", "plan_c")).plans) == 4


@given(st.text("aAbB_-0é", min_size=1, max_size=6), st.text("aAbB_-0é", min_size=1, max_size=6))
def test_what_the_page_takes_for_one_is_told_apart_no_less(one: str, other: str) -> None:
    """Catches a page that joins names in a way that is not looked at beforehand."""
    if on_the_page(one) == on_the_page(other):
        assert read_alike(one) == read_alike(other)


def test_nothing_is_run_or_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ICB_rota.yaml").write_text("based_on: icb_rota\n", encoding="utf-8")
    assert cli.main(["compare", "scenarios=[icb_rota,./ICB_rota.yaml]", "areas=[QHG]", "weeks=1"]) == 2
    printed = capsys.readouterr()
    assert "'icb_rota' and 'ICB_rota' read alike" in printed.err
    assert (printed.out, [path.name for path in tmp_path.iterdir()]) == ("", ["ICB_rota.yaml"])
