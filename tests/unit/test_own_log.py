"""A planner's own log beside the national numbers: exact posteriors, weights, parts that run, wrong logs refused."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sim import cli
from sim.commands import learn as command
from sim.config import Plan, plan
from sim.domain.log import Log, LoggedCall, LoggedFamily
from sim.errors import BadInput
from sim.experiment.own_log import NIGHT, RATE, TALK, VISIT, Learnt, OwnLog, own_log
from sim.experiment.shrunk import length, rate, share

DAY = 24.0


@cache
def today() -> Plan:
    return plan("current_patchwork", ["areas=[QHG]", "weeks=2"])


def log(calls: int = 40, families: int = 8, night: int = 0, visits: int = 10, minutes: float = 8.0) -> Log:
    """Families of ten days, all told: eight stable or unstable days, one deteriorating, one dying; calls by day."""
    of = [
        LoggedFamily(
            f"f{one:02}", "QHG", one * DAY, (one + 10) * DAY, deteriorates=(one + 8) * DAY, dying=(one + 9) * DAY
        )
        for one in range(families)
    ]
    made = [
        LoggedCall(
            of[one % families].name, of[one % families].start + (23.5 if one < night else 12) + one / 1000,
            needs_visit=one < visits, talk=minutes / 60, reason="symptom",
        )
        for one in range(calls)
    ]  # fmt: skip
    return Log(tuple(of), tuple(made))


@cache
def found() -> OwnLog:
    return own_log(today().scenario, log(), 1)


def by_name(of: OwnLog) -> dict[str, Learnt]:
    return {one.name: one for one in of.learnt()}


def test_a_rate_is_the_gamma_law_of_the_book() -> None:
    """By hand: Gamma(4, 4) and 20 calls where 16 are expected, one by one, make Gamma(24, 20): 1.2, of which 16 / 20
    is the log's."""
    before, yours, after, weight = rate(20, 16, 1.0, 0.5)
    assert (before[0], yours[0], after[0], weight) == pytest.approx((1.0, 1.25, 1.2, 0.8))
    assert after[1:] == pytest.approx(stats.gamma(24, scale=1 / 20).ppf([0.025, 0.975]))
    assert after[0] == pytest.approx(0.2 * before[0] + 0.8 * yours[0])


def test_calls_in_bursts_say_less() -> None:
    """By hand: a dispersion of 4 makes 20 calls 5, and 16 expected 4: Gamma(9, 8)."""
    _, _, after, weight = rate(20, 16, 4.0, 0.5)
    assert (after[0], weight) == pytest.approx((9 / 8, 0.5))


def test_a_share_is_the_beta_law_of_the_book() -> None:
    """By hand: mean 1/4 and size 12 are Beta(3, 9); 6 of 12 make Beta(9, 15)."""
    sd = float(stats.beta(3, 9).std())
    before, yours, after, weight = share(6, 12, 0.25, sd)
    assert (before[0], yours[0], after[0], weight) == pytest.approx((0.25, 0.5, 9 / 24, 0.5))
    assert after[1:] == pytest.approx(stats.beta(9, 15).ppf([0.025, 0.975]))


def test_a_length_is_the_normal_law_of_the_book() -> None:
    """By hand: four talks twice as long as expected, each with sd 1, beside a national sd of 1/2: half of log 2."""
    before, yours, after, weight = length(np.full(4, np.log(2)), np.ones(4), 0.5)
    assert (before[0], yours[0], after[0], weight) == pytest.approx((1.0, 2.0, 2**0.5, 0.5))


def test_days_at_home_are_those_of_the_log_where_it_tells_the_phases() -> None:
    days = found().days
    assert days[:, 2:] == pytest.approx(np.ones((8, 2)))
    assert days[:, :2].sum(axis=1) == pytest.approx(np.full(8, 8.0))
    expected = days @ np.array([0.1, 0.8, 0.35, 1.5])
    assert found().expected == pytest.approx(expected)
    counts_as = by_name(found())[RATE].counts_as
    assert counts_as == pytest.approx(40 / (1 + (expected**2).sum() / expected.sum() / 1.5))


def test_the_same_log_in_another_year_says_the_same() -> None:
    """Catches times that lie before the run and vanish, and families that fall out of it."""
    years = 300 * 7 * DAY
    before = log()
    moved = Log(
        tuple(
            replace(one, start=one.start - years, death=one.death - years, deteriorates=one.death - years - 2 * DAY,
                    dying=one.death - years - DAY)
            for one in before.families
        ),
        tuple(replace(one, time=one.time - years) for one in before.calls or ()),
    )  # fmt: skip
    assert own_log(today().scenario, moved, 1).days == pytest.approx(found().days, abs=0.5)
    assert by_name(own_log(today().scenario, moved, 1))[NIGHT] == by_name(found())[NIGHT]


def test_a_log_like_the_nation_moves_nothing_but_the_width() -> None:
    """Catches a prior whose mean is not the shipped number."""
    scenario = today().scenario
    made = found()
    expected = float(made.expected.sum())
    alike = rate(expected, expected, 2.0, 0.3)
    assert alike[2][0] == pytest.approx(1.0)
    assert alike[2][2] - alike[2][1] < alike[0][2] - alike[0][1]
    symptom = next(one for one in scenario.demand.reasons if one.name == "symptom")
    median = 60 * symptom.talk.mean / np.sqrt(1 + symptom.talk.cv**2)
    many = own_log(scenario, log(calls=100, visits=33, minutes=median), 1)
    told = by_name(many)
    assert told[TALK].factor == pytest.approx(1.0)
    assert told[VISIT].factor == pytest.approx(1.0, abs=0.001)
    for name in (TALK, VISIT):
        one = told[name]
        assert one.combined[2] - one.combined[1] < 0.8 * (one.national[2] - one.national[1])


def test_what_a_log_does_not_tell_stays_as_shipped() -> None:
    bare = log()
    silent = Log(bare.families, tuple(replace(one, talk=None, needs_visit=None) for one in bare.calls or ()))
    told = by_name(own_log(today().scenario, silent, 1))
    for name in (VISIT, TALK):
        assert (told[name].factor, told[name].weight, told[name].rows) == (1.0, 0.0, 0)
        assert told[name].combined == told[name].national


def test_the_share_at_night_is_that_of_each_phase_by_its_calls() -> None:
    """By hand: of the dying a night hour weighs twice as much as of others. 22 to 07 are hours 0 to 6, 22 and 23."""
    weights = np.array(today().scenario.demand.profile).reshape(7, 24)
    night, day = weights[:, [*range(7), 22, 23]].sum(), weights[:, 7:22].sum()
    calls = found().days.sum(axis=0) * np.array([0.1, 0.8, 0.35, 1.5])
    others, dying = night / (night + day), 2 * night / (2 * night + day)
    expected = (calls[:3].sum() * others + calls[3] * dying) / calls.sum()
    assert found().night_share() == pytest.approx(expected)


def test_the_profile_gives_the_share_at_night() -> None:
    """Catches a share that is laid on the weights as if the dying had the same nights."""
    once = found().profile(1.0)
    usual = np.array(today().scenario.demand.profile)
    assert once == pytest.approx(usual / usual.mean(), rel=1e-6)
    twice = found().profile(2.0)
    assert twice.mean() == pytest.approx(1.0)
    scenario = replace(today().scenario, demand=replace(today().scenario.demand, profile=tuple(twice)))
    assert replace(found(), scenario=scenario).night_share() == pytest.approx(2 * found().night_share(), rel=1e-6)


def written(folder: Path, calls: int = 30, **change: str) -> list[str]:
    """Tables of a log as a planner writes them. change: a cell of the first call."""
    of = pd.DataFrame(
        [(f"f{one}", "QHG", f"2026-03-{one + 1:02}T09:00", f"2026-03-{one + 11:02}T21:00") for one in range(6)],
        columns=["family", "area", "start", "death"],
    )
    made = pd.DataFrame(
        [(f"f{one % 6}", f"2026-03-{one % 6 + 2:02}T{one % 24:02}:{one:02}", "1", "7") for one in range(calls)],
        columns=["family", "time", "needs_visit", "talk_minutes"],
    )
    for column, cell in change.items():
        made.loc[0, column] = cell
    of.to_csv(folder / "families.csv", index=False)
    made.to_csv(folder / "calls.csv", index=False)
    return ["learn", f"families={folder}/families.csv", f"calls={folder}/calls.csv", f"out={folder}/own"]


def test_the_parts_are_read_and_what_stands_behind_every_other_number_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Catches a part that nobody can choose, and the remarks of a part that it does not build on (kind caseload)."""
    monkeypatch.setattr(command, "_pictures", lambda learnt: {})
    assert cli.main(written(tmp_path)) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[-1] == f"oncall-sim run scenario=with_own_log --config-dir {tmp_path}/own"
    rows = pd.read_csv(tmp_path / "own" / "own_log.csv").set_index("figure")
    made = plan("with_own_log", ["areas=[QHG]", "weeks=2"], str(tmp_path / "own"))
    rates = np.array(made.scenario.demand.calls_per_day) / np.array(today().scenario.demand.calls_per_day)
    assert rates == pytest.approx(np.full(4, rows.loc[RATE, "factor"]), rel=1e-5)
    said = {key: text for key, _, _, _, text in made.assumptions}
    before = {key: text for key, _, _, _, text in today().assumptions}
    other = {key for key in said if said[key] != before.get(key)}
    assert other == {
        key
        for key in said
        if key.startswith("reasons.") and key.endswith(("p_visit", "talk_minutes")) and ".death." not in key
    } | {f"demand.calls_per_child_day.{phase}" for phase in ("stable", "unstable", "deteriorating", "dying")}
    assert all(said[key].startswith("own log of 30 calls, weight ") for key in other)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"time": "2026-03-02"}, "must be a date and time"),
        ({"time": "2026-05-02T10:00"}, "outside the episode"),
        ({"family": "nobody"}, "no such family"),
        ({"talk_minutes": "0"}, "leave the cell empty where it was not noted"),
    ],
)
def test_wrong_logs_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: dict[str, str], rule: str
) -> None:
    assert cli.main(written(tmp_path, **change)) == cli.BAD_INPUT
    said = capsys.readouterr().err
    assert rule in said
    assert said.count("\n") == 1
    assert not (tmp_path / "own").exists()


def test_too_few_calls_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(BadInput, match=r"19 calls of 8 families .* at least 20 calls"):
        own_log(today().scenario, log(calls=19), 1)
    assert cli.main(["learn", "families=none.csv", "calls=none.csv"]) == cli.BAD_INPUT
    assert "families = none.csv: no such table" in capsys.readouterr().err
