"""Laws of one's own: in each of three forms, as draws inside the register's, with what is tied moving along."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.config.register import register
from sim.errors import BadInput
from sim.experiment.draws import draw, quantile
from sim.experiment.own_laws import part_of, read_laws

TALK = "reasons.symptom.talk_minutes"  # leads six others
ANYWAY = "place.home_anyway"


def table(tmp_path: Path, text: str) -> str:
    path = tmp_path / "laws.csv"
    path.write_text(text)
    return str(path)


def test_a_row_as_in_the_register_narrows_a_law_and_moves_what_is_tied_to_it(tmp_path: Path) -> None:
    one = register()[TALK]
    low, high = (float(one.low + share * (one.high - one.low)) for share in (0.2, 0.3))
    said = table(tmp_path, f"key,law,low,high,mode,read_as\n{TALK},uniform,{low},{high},,limits\n")
    found, prior = read_laws(said, 64, 1).drawn(64, 1), draw(64, 1)
    values = np.sort(found.values[TALK])
    assert low <= values[0] < low + (high - low) / 64
    assert high - (high - low) / 64 < values[-1] <= high
    tied = [key for key, number in register().items() if number.leads == TALK and key != TALK]
    assert len(tied) == 6
    for key in tied:
        assert np.allclose(found.values[key], quantile(register()[key], found.parts[TALK]))
        assert found.values[key].std() < prior.values[key].std()
    same = [key for key in prior.values if key not in (TALK, *tied)]
    assert all((found.values[key] == prior.values[key]).all() for key in same)


def test_rows_of_joint_draws_stay_together_and_are_taken_evenly(tmp_path: Path) -> None:
    own = pd.DataFrame({ANYWAY: np.linspace(0.1, 0.3, 16), "goodwill.p_max": np.linspace(0.9, 0.6, 16)})
    found = read_laws(table(tmp_path, own.to_csv(index=False)), 64, 1).drawn(64, 1)
    rows = pd.Series(found.values[ANYWAY].round(6)).value_counts()
    assert sorted(rows.index) == pytest.approx(list(own[ANYWAY]), abs=1e-5)
    assert (rows == 4).all()
    assert np.corrcoef(found.values[ANYWAY], found.values["goodwill.p_max"])[0, 1] < -0.999


def test_a_value_is_found_in_its_law_again() -> None:
    for key in (ANYWAY, TALK, "goodwill.p_max"):
        parts = np.array([1e-4, 0.1, 0.5, 0.9, 0.9999])
        assert part_of(register()[key], quantile(register()[key], parts)) == pytest.approx(parts, abs=1e-5)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("key,law,low,high,mode,read_as\nplace.home_anyways,uniform,0,1,,limits\n", "did you mean place.home_anyway"),
        ("key,law,low,high,mode,read_as\nplace.home_anyway,uniform,0.2,0.1,,limits\n", "must be above low"),
        ("key,law,low,high,mode,read_as\nplace.home_anyway,uniform,0.2,0.9,,limits\n", "beyond what the register says"),
        ("key,law,low,high,mode,read_as\nplace.home_anyway,pert,0.2,0.3,,limits\n", "only a uniform law has none"),
        ("key,law,low,high,mode,read_as\nsupply.area_types.full,uniform,0,0.1,,limits\n", "a part of a whole"),
        ("reasons.medication.talk_minutes\n3\n", "it is one unknown with reasons.symptom.talk_minutes"),
        ("place.home_anyway\n0.9\n", "beyond what the register says"),
    ],
)
def test_what_no_law_can_be(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read_laws(table(tmp_path, text), 10, 1)
    with pytest.raises(BadInput, match="no such table"):
        read_laws(str(tmp_path / "none.csv"), 10, 1)
