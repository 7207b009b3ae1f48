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
TIED = "reasons.medication.talk_minutes"
ANYWAY = "place.home_anyway"
HEADS = "key,law,low,high,mode,read_as\n"
SHARES, MEDIANS = HEADS.replace("mode", "mean"), HEADS.replace("mode", "median")


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
        (f"{HEADS}place.home_anyways,uniform,0,1,,limits\n", "did you mean place.home_anyway"),
        (f"{HEADS}place.home_anyway,uniform,0.2,0.1,,limits\n", "must be above low"),
        (f"{HEADS}place.home_anyway,uniform,0.2,0.9,,limits\n", "beyond what the register says"),
        (f"{HEADS}place.home_anyway,pert,0.2,0.3,,limits\n", "only a uniform law has none"),
        (f"{HEADS}supply.area_types.full,uniform,0,0.1,,limits\n", "a part of a whole"),
        ("reasons.medication.talk_minutes\n3\n", "it is one unknown with reasons.symptom.talk_minutes"),
        ("place.home_anyway\n0.9\n", "beyond what the register says"),
        ("costs.basic_pay_share\n5\n", "5 to 5 is beyond what the register says"),
        ("consequences.stay.cv\n-3\n", "-3 to -3 is beyond what the register says"),
        ("place.goodwill_makes_home\n1.5\n", "must be a number from 0 to 1"),
        ("draw\n1\n2\n", "no number of the register"),
        (f"{MEDIANS}consequences.stay.cv,lognormal,-1,2,1,95 %\n", "a lognormal law lies above 0"),
        (f"{MEDIANS}consequences.stay.cv,lognormal,0,2,1,95 %\n", "a lognormal law lies above 0"),
        (f"{MEDIANS}consequences.stay.cv,lognormal,0.5,2,1,limits\n", "read as 95 % or quartiles"),
        (f"{SHARES}consequences.stay.cv,gamma,-1,2,0,95 %\n", "a gamma law lies above 0"),
        (f"{SHARES}costs.basic_pay_share,beta,0,0.5,0,95 %\n", "a beta law lies above 0"),
        (f"{SHARES}costs.basic_pay_share,beta,32,36,34,95 %\n", "write a share, not per cent"),
        (f"{SHARES}costs.basic_pay_share,beta,0.001,1,0.01,quartiles\n", "a beta law is never so wide"),
        (f"{HEADS}goodwill.p_max,pert,0.7,0.9,0.8,95 %\n", "the range of a pert law is read as limits"),
        (f"{SHARES}goodwill.p_max,pert,0.7,0.9,0.8,limits\n", "a pert law is told by its mode"),
        (f"{SHARES}consequences.stay.cv,lognormal,0.5,2,1,95 %\n", "a lognormal law is told by its median"),
        ("draw,key,value,part\n1,consequences.stay.cv,0.4,1\n", "lies between 0 and 1, at neither end"),
        (f"draw,key,value,part\n1,{TIED},4.5,0.5\n", "it is one unknown with reasons.symptom.talk_minutes"),
        ("goodwill.asks_people\n3\n2.5\n", "line 3: goodwill.asks_people = 2.5: must be a whole number from 1 to 6"),
    ],
)
def test_what_no_law_can_be(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read_laws(table(tmp_path, text), 10, 1)
    with pytest.raises(BadInput, match="no such table"):
        read_laws(str(tmp_path / "none.csv"), 10, 1)
