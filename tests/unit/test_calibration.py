"""Calibration: known numbers come back, what targets do not identify is said, and nothing plausible is an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from sim import cli
from sim.commands import calibrate as command
from sim.config import plan, scenarios
from sim.config.register import GOODWILL, TARGET
from sim.config.targets import Target, read_targets, runs, shipped_targets
from sim.errors import BadInput
from sim.experiment import calibration, points
from sim.experiment.aimed import READINGS
from sim.experiment.calibration import Calibrated, Calibration
from sim.experiment.calibration_tables import IDENTIFIED, tables
from sim.experiment.draws import Draws, at_draw
from sim.experiment.metamodel import metamodel
from sim.experiment.posterior import PRIOR, read_posterior
from sim.experiment.units import Unit
from sim.measures.catalogue import EVERYTHING
from sim.measures.rows import Row

Numbers = NDArray[np.float64]

WILLING, PREPARED, STAYS = "goodwill.p_max", "demand.p_prepared", "consequences.p_no_return_home"
IDLE = ("travel.noise_cv", "demand.frailty_shape", "place.home_anyway")
KEYS = frozenset({WILLING, PREPARED, STAYS, *IDLE})


def target(name: str, value: float, error: float, measure: str = "unmet_demand_share") -> Target:
    half = 1.959964 * error
    ends = (value - half, value + half, "95 %", "within", 0.0)
    return Target(name, "a", (), measure, "england", ("England",), value, *ends, "A", "a paper")


def cheap(model: Callable[[dict[str, Numbers]], list[Numbers]], noise: float, seed: int) -> calibration.Simulate:
    """A model of a millisecond: figures by where in their laws the unknowns lie, and chance."""

    def simulate(draws: Draws, first: int) -> tuple[Numbers, Numbers]:
        figures = np.array(model(dict(draws.parts)))
        chance = noise * np.random.default_rng([seed, first]).standard_normal((*figures.shape, 2))
        return figures[:, :, None] + chance, np.ones((*figures.shape, 2))

    return simulate


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibration, "BLOCK", 1 << 13)
    monkeypatch.setattr(calibration, "KEPT_DRAWS", 400)
    monkeypatch.setattr(calibration, "FEWEST_DRAWS", 100)


def calibrated(
    targets: list[Target], model: Callable[[dict[str, Numbers]], list[Numbers]], seed: int = 1, waves: int = 2
) -> tuple[Calibration, Calibrated]:
    one = Calibration(targets, KEYS, cheap(model, 0.02, seed), seed, 64)
    return one, one.run(waves, 8)


def curved(p: dict[str, Numbers]) -> list[Numbers]:
    return [0.2 + 0.5 * p[WILLING] + 0.3 * p[WILLING] * p[PREPARED], 1 + p[STAYS] ** 2]


def test_known_numbers_come_back_as_often_as_they_say() -> None:
    """Catches intervals that are too narrow: of 12 x 2 intervals of 95 %, fewer than 20 hold what was true less than
    one time in a hundred; and a posterior that is the prior."""
    held, spreads = [], []
    for seed in range(12):
        rng = np.random.default_rng([seed, 99])
        truth = {key: rng.random(1) for key in (WILLING, PREPARED, STAYS)}
        seen = [float(figure[0] + 0.04 * rng.standard_normal()) for figure in curved(truth)]
        both = [target("first", seen[0], 0.04), target("second", seen[1], 0.04)]
        _, found = calibrated(both, curved, seed, 1 + seed % 2)
        for key in (WILLING, STAYS):
            low, high = np.quantile(found.posterior[key], [0.025, 0.975])
            held.append(low <= truth[key][0] <= high)
            spreads.append(found.posterior[key].std() * np.sqrt(12))
    assert sum(held) >= 20
    assert np.mean(spreads) < 0.45


def test_two_that_only_their_sum_shows_are_not_identified_and_go_together() -> None:
    """Exact: given x + y = 1 of two uniforms, x is uniform as before. Catches a ridge that is told as knowledge."""
    one, found = calibrated([target("sum", 1.0, 0.02)], lambda p: [p[WILLING] + p[PREPARED]])
    rows = tables([target("sum", 1.0, 0.02)], one, found)[IDENTIFIED].set_index("key")
    assert found.posterior[WILLING].std() * np.sqrt(12) == pytest.approx(1, abs=0.08)
    assert rows.loc[WILLING, "goes_with"] == PREPARED
    assert rows.loc[WILLING, "correlation"] < -0.95
    assert set(rows.loc[[WILLING, PREPARED], "verdict"]) == {"not identified"}
    assert rows["spread"].is_monotonic_decreasing
    assert not set(IDLE) & set(rows.index)


def test_a_target_that_is_told_poorly_is_named_and_nothing_is_taken_for_known() -> None:
    """Catches silence about a figure that no unknown is seen to move: it may be that there are too few runs."""
    flat = target("flat", 0.5, 0.1)
    one, found = calibrated([flat], lambda p: [0.5 + 0 * p[WILLING]])
    said = list(command.lines(tables([flat], one, found)))
    assert found.kept == ()
    assert said[0].startswith("Not identified: 0 that move a target")
    assert any(line.startswith("told poorly by so few runs") and "flat" in line for line in said)


def test_half_a_sum_halves_the_spread() -> None:
    """Exact: given x + y = 1/2, x is uniform on half of what it was."""
    _, found = calibrated([target("sum", 0.5, 0.005)], lambda p: [p[WILLING] + p[PREPARED]])
    assert found.posterior[WILLING].std() * np.sqrt(12) == pytest.approx(0.5, abs=0.06)


def test_where_no_point_is_plausible_it_says_which_target_is_out_of_reach() -> None:
    with pytest.raises(BadInput, match=r"no point is plausible: nothing .* of far \(9\); widen its range") as bad:
        calibrated([target("near", 0.5, 0.1), target("far", 9.0, 0.1)], curved)
    assert "\n" not in str(bad.value)
    with pytest.raises(BadInput, match="all targets at once"):
        calibrated([target("low", 0.3, 0.01), target("high", 0.9, 0.01)], lambda p: [p[WILLING], p[WILLING]])


def test_a_straight_figure_leaves_the_error_and_discrepancy_of_its_target() -> None:
    """Exact: of y = x, x is normal with the error of the target, and with a discrepancy the root of both squares.

    Catches a discrepancy that is read and forgotten, and points that are taken alike wherever they are plausible.
    """
    close = target("one", 0.5, 0.05)
    spreads = [
        calibrated([one], lambda p: [p[WILLING]], waves=1)[1].posterior[WILLING].std()
        for one in (close, close._replace(discrepancy=0.1))
    ]
    assert spreads == pytest.approx([0.05, 0.112], rel=0.2)


def test_g_is_free_only_where_its_own_target_is_among_them() -> None:
    """Deaths outside hospital must not count twice: in the law of the target that g is solved for, and as a target."""
    keys = KEYS | {GOODWILL, TARGET}
    free = Calibration([target("died", 0.2, 0.1, "died_outside_hospital_share")], keys, cheap(curved, 0, 1), 1, 64)
    tied = Calibration([target("unmet", 0.2, 0.1)], keys, cheap(curved, 0, 1), 1, 64)
    assert GOODWILL in free.prior(8).parts
    assert TARGET not in free.prior(8).parts
    assert GOODWILL not in tied.prior(8).parts


def test_a_polynomial_is_found_again_and_chance_is_told_from_what_is_left() -> None:
    rng = np.random.default_rng(5)
    parts = {key: rng.random(160) for key in (WILLING, PREPARED)}
    smooth = 1 + 2 * parts[WILLING] + parts[WILLING] * parts[PREPARED] + parts[PREPARED] ** 2
    model = metamodel(smooth + 0.1 * rng.standard_normal(160), 0.01, (WILLING, PREPARED), parts)
    mean, variance = model.at({key: np.array([0.25, 0.5]) for key in parts})
    assert mean == pytest.approx([1.625, 2.5], abs=0.08)
    assert model.q2 == pytest.approx(model.ceiling, abs=0.02)
    assert model.left < 0.003
    assert (variance < 0.006).all()
    half = metamodel(smooth, 0.0, (WILLING,), parts)
    unseen = parts[PREPARED] ** 2 + parts[WILLING] * (parts[PREPARED] - 0.5)  # a line in the other sees the rest
    assert half.left == pytest.approx(unseen.var(), rel=0.1)
    assert half.q2 < 0.9


def test_targets_that_ship_are_of_scenarios_and_measures_that_exist() -> None:
    there = read_targets(shipped_targets(), (*EVERYTHING, *READINGS))
    assert {one.scenario for one in there} <= {name for name, _ in scenarios()}
    assert all(one.source for one in there)
    thin = next(one for one in there if one.name == "burnout_on_thin_rotas")
    made = plan(thin.scenario, [*thin.changes, f"name={runs(there)[thin.run]}"])
    assert made.scenario.dynamics is not None
    assert len(runs(there)) == 4


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        ("x,a,unmet_demand_shares,0.2,0.1,0.3,limits,0.1,me", "did you mean"),
        ("x,a,unmet_demand_share,0.4,0.1,0.3,limits,0.1,me", "outside its own range"),
        ("x,a,unmet_demand_share,0.2,0.2,0.2,limits,0,me", "no model gives a figure exactly"),
        ("x,a,unmet_demand_share,0.2,0.1,0.3,limits,-1,me", "must be a number from 0"),
        ("x,a,unmet_demand_share,0.2,0.1,0.3,sure,0.1,me", "must be one of limits"),
        ("x,a,unmet_demand_share,0.2,0.1,0.3,limits,0.1,", "source: missing"),
    ],
)
def test_wrong_targets_are_refused(tmp_path: Path, cells: str, rule: str) -> None:
    table = tmp_path / "targets.csv"
    table.write_text(f"target,scenario,measure,value,low,high,read_as,discrepancy,source\n{cells}\n")
    with pytest.raises(BadInput, match=rule) as bad:
        read_targets(table, EVERYTHING)
    assert str(bad.value).startswith("targets.csv line 2: ")


ONE = """target,scenario,measure,value,low,high,read_as,discrepancy,source
died,current_patchwork,died_outside_hospital_share,{value},0,10,95 %,0,me
"""


@pytest.fixture
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """The command with a model of a millisecond: deaths outside hospital are as g and a say."""

    def cheaply(study: object, targets: object, draws: Draws, first: int, *_: object) -> tuple[Numbers, Numbers]:
        return cheap(lambda p: [0.1 + 0.2 * (p[GOODWILL] + p["place.home_anyway"])], 0.004, 1)(draws, first)

    monkeypatch.setattr(command, "at_points", cheaply)
    monkeypatch.chdir(tmp_path)

    def run(value: float, out: str) -> int:
        error = f"{value - 0.02},{value + 0.02}"
        Path("targets.csv").write_text(ONE.format(value=value).replace("0,10,95", f"{error},95"))
        return cli.main(["calibrate", "targets.csv", "areas=[QHG]", "weeks=2", "n=64", "again=8", f"out={out}"])

    return run


def test_the_posterior_is_drawn_by_a_comparison_and_by_nobody_else(
    at_home: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    """Catches a table that nobody reads, g that is solved again from a target it was calibrated on, and other bytes."""
    assert at_home(0.2, "first") == at_home(0.2, "second") == 0
    assert Path("first/posterior.csv").read_bytes() == Path("second/posterior.csv").read_bytes()
    assert capsys.readouterr().out.startswith("Not identified: ")
    runs = pd.read_csv("first/runs.csv")
    assert len(runs) == 2 * (64 + 64 + 8)
    assert sorted(set(runs["draw"])) == [*range(1, 137)]
    laws = read_posterior(Path("first/posterior.csv"), 32)
    draws = laws.drawn(32, 7)
    assert draws.parts[GOODWILL] == pytest.approx(0.5 - draws.parts["place.home_anyway"], abs=0.2)
    patchwork = plan("current_patchwork", ["areas=[QHG]", "weeks=2"])
    assert at_draw(patchwork, draws, 3)[GOODWILL] == draws.goodwill[3] == laws.parts[GOODWILL][3]
    assert laws.identity() != PRIOR.identity()


def test_nothing_is_written_where_nothing_is_plausible(
    at_home: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert at_home(0.9, "never") == cli.BAD_INPUT
    said = capsys.readouterr()
    assert said.out == ""
    assert "no point is plausible" in said.err.splitlines()[-1]
    assert not Path("never").exists()


def test_a_posterior_of_other_laws_or_with_too_few_draws_is_refused(
    at_home: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert at_home(0.2, "first") == 0
    table = Path("first/posterior.csv")
    with pytest.raises(BadInput, match=r"has \d+ draws, 5000 are asked for"):
        read_posterior(table, 5000)
    head, *lines = table.read_text().splitlines()
    draw, key, _, part = next(line for line in lines if "home_anyway" in line).split(",")
    other = tmp_path / "other.csv"
    other.write_text(f"{head}\n{draw},{key},77,{part}\n")
    with pytest.raises(BadInput, match="it has changed since; calibrate again"):
        read_posterior(other, 1)
    capsys.readouterr()
    words = ["compare", "scenarios=[icb_rota,full_qs160]", "areas=[QHG]", "weeks=2", f"laws={table}"]
    assert cli.main(words) == cli.BAD_INPUT
    assert "write uncertainty=64 beside it" in capsys.readouterr().err


def test_a_figure_that_no_run_has_is_said_at_the_first_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Catches a place that is spelt wrongly and found only when all draws of a wave have been run."""
    seen = []

    def one_run(_: object, __: object, wanted: list[Unit], ___: object) -> Iterator[tuple[Unit, list[Row]]]:
        for unit in wanted:
            seen.append(unit)
            yield unit, [Row("died_outside_hospital_share", "region", "London", 1.0, 4.0, 1.0)]

    monkeypatch.setattr(points, "conduct_units", one_run)
    monkeypatch.chdir(tmp_path)
    row = ONE.format(value=0.2).replace("0,10,95", "0.1,0.3,95")
    row = row.replace("source\n", "source,group,level\n")
    Path("targets.csv").write_text(row.replace(",0,me", ",0,me,region,Londom"))
    assert cli.main(["calibrate", "targets.csv", "areas=[QHG]", "weeks=2", "n=64"]) == cli.BAD_INPUT
    assert "has no died_outside_hospital_share of region Londom; correct its row" in capsys.readouterr().err
    assert len(seen) == 1


def test_replications_are_not_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["calibrate", "replications=4"]) == cli.BAD_INPUT
    assert "runs every draw twice" in capsys.readouterr().err
    table = tmp_path / "targets.csv"
    table.write_text(
        ONE.format(value=0.2)
        .replace("0,10,95", "0.1,0.3,95")
        .replace("source", "source,changes")
        .replace(",0,me", ",0,me,seed=3")
    )
    with pytest.raises(BadInput, match="seed=3: every draw is run twice"):
        read_targets(table, EVERYTHING)
    assert cli.main(["calibrate", "none.csv"]) == cli.BAD_INPUT
    assert "no such table of targets" in capsys.readouterr().err
