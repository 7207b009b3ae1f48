"""How a unit is filed and read back to the last digit, what refuses to work on it, and what is said to have changed."""

from __future__ import annotations

import math

import pytest

from sim.experiment import changed, code
from sim.experiment.code import OtherCode, refuse_other, surroundings
from sim.experiment.units import Damaged, digest, file_name, opened, rows_of, seal, sum_of, text
from sim.measures.rows import Row

ROWS = [Row("unmet", "rural", "10-30 % rural", 0.1 + 0.2, 1e-300, 7.0), Row("p90", "area", "QÉ1", math.nan, 1.0, 0.0)]


def test_rows_come_back_to_the_last_digit():
    rows = rows_of(opened(seal(text(ROWS))))
    assert sum_of(text(ROWS)) == digest(ROWS)
    assert rows[0] == ROWS[0]
    assert rows[1][:3] == ROWS[1][:3]
    assert math.isnan(rows[1].numerator)
    assert rows_of(opened(seal(text([])))) == []


@pytest.mark.parametrize(
    "damage", [lambda c: c[:-5], lambda c: b"", lambda c: b"x" + c[1:], lambda c: c[:70] + b"?" + c[71:]]
)
def test_a_damaged_file_is_found_out(damage):
    with pytest.raises(Damaged):
        opened(damage(seal(text(ROWS), "a.000001.unit")), "a.000001.unit")


def test_a_file_under_the_name_of_another_is_found_out():
    """Catches a file of the second replication that was copied over one of the first."""
    assert opened(seal(b"calls", "a.000001.calls.csv"), "a.000001.calls.csv") == b"calls"
    with pytest.raises(Damaged):
        opened(seal(b"calls", "a.000002.calls.csv"), "a.000001.calls.csv")


def test_files_sort_as_their_replications():
    assert file_name("icb_rota", 0) == "icb_rota.000001"
    assert sorted(file_name("a", r) for r in (9, 1, 100)) == [file_name("a", r) for r in (1, 9, 100)]


def test_a_worker_with_other_code_refuses():
    refuse_other(surroundings())
    other = tuple((name, "0.9" if name == "numpy" else value) for name, value in surroundings())
    with pytest.raises(OtherCode, match=r"numpy .* instead of 0\.9"):
        refuse_other(other)


@pytest.mark.parametrize("name", ["domain/words.py", "measures/measures.csv"])
def test_code_and_tables_that_decide_numbers_are_in_the_sum(name, tmp_path, monkeypatch):
    """Catches a replication filed under an estimator or a headline that the table has no more."""
    for part in code.DECIDES:
        folder = tmp_path / part if not part.endswith(".py") else (tmp_path / part).parent
        folder.mkdir(parents=True, exist_ok=True)
    for file in [*(part for part in code.DECIDES if part.endswith(".py")), name]:
        (tmp_path / file).write_text("one")
    monkeypatch.setattr(code, "SIM", tmp_path)
    before = code.fingerprint.__wrapped__()
    (tmp_path / name).write_text("two")
    assert code.fingerprint.__wrapped__() != before


YAML = """\
name: a
weeks: 52
goodwill:
  asks_people: 2
  not_in:
  - full
  - seven_day
areas: all
"""


def test_keys_of_a_configuration_are_dotted():
    assert changed.keys(YAML) == {
        "name": "a", "weeks": "52", "goodwill.asks_people": "2", "areas": "all",
        "goodwill.not_in": "- full - seven_day",
    }  # fmt: skip


def test_changes_are_named_with_both_values():
    before = {"seed": "1", "scenario a": YAML, "scenario gone": "x: 1"}
    now = {"seed": "1", "scenario a": YAML.replace("2", "3").replace("areas: all\n", ""), "scenario new": "x: 1"}
    assert changed.changes(before, now) == [
        "a: weeks was 52, is 53",
        "a: goodwill.asks_people was 2, is 3",
        "a: areas was all, is absent",
    ]
    assert changed.changes(before, before) == []


def test_many_changes_are_cut_short():
    assert changed.line([str(n) for n in range(9)]) == "0; 1; 2; 3; 4 and 4 more"
