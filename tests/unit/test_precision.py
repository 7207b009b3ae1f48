"""When replications are enough, worked out by hand, and what is said when they are not."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from sim import cli
from sim.experiment.precision import LOOK_AHEAD, Precision, Sums, enough, next_look, too_wide
from sim.report.page.report import page as page_of
from sim.report.tables.reading import FILES, read

ZONES = {"unmet_share": 0.01}


def sums(values, calls: float = 100.0, measure: str = "unmet_demand_share") -> Sums:
    values = np.array(values, dtype=float)
    return Sums(measure, "today", values * calls, np.full(len(values), calls))


def half_width(values) -> float:
    from scipy.special import stdtrit

    n = len(values)
    return float(stdtrit(n - 1, 0.975) * np.std(values, ddof=1) / np.sqrt(n))


STEADY = [0.30, 0.32] * 20


def test_precision_has_to_stay_for_five_more():
    first = next(
        n for n in range(3, 40) if all(half_width(STEADY[:k]) <= 0.05 * np.mean(STEADY[:k]) for k in range(n, 40))
    )
    assert enough([sums(STEADY)], 0.05, ZONES) == first + LOOK_AHEAD


def test_a_narrow_beginning_by_luck_is_not_believed():
    lucky = [0.31, 0.31, 0.31, 0.31, 0.9, *STEADY]
    assert too_wide([sums(lucky)], 4, 0.05, ZONES) == ()
    found = enough([sums(lucky)], 0.05, ZONES)
    assert found is None or found > 20


def test_every_headline_of_every_scenario_has_to_be_precise():
    loose = sums(np.random.default_rng(1).random(40), measure="unmet_demand_share")
    assert enough([sums(STEADY)], 0.05, ZONES) is not None
    assert enough([sums(STEADY), loose], 0.05, ZONES) is None
    assert [one[:2] for one in too_wide([sums(STEADY), loose], 40, 0.05, ZONES)] == [("unmet_demand_share", "today")]


def test_near_zero_the_zone_takes_the_place_of_the_mean():
    rare = sums([0.0, 0.0002] * 20, calls=10_000.0)
    assert enough([rare], 0.05, ZONES) is not None  # half-width 0.00003 within 5 % of 0.01
    assert enough([rare], 0.05, {}) is None


def test_what_was_never_seen_is_as_wide_as_the_bound_from_families_or_replications():
    """Catches a bound from calls: a thousand calls of ten replications are ten, unless a headline counts families."""
    never = sums([0.0] * 10, calls=1000.0)

    def unsure(families: float) -> bool:
        beside = sums([0.3, 0.3001] * 5, families, "worst_three_fates_share")
        return never.measure in {one[0] for one in too_wide([never, beside], 10, 0.05, ZONES)}

    assert too_wide([never], 10, 0.05, ZONES)
    assert unsure(families=100.0)
    assert not unsure(families=1000.0)  # 3 / 10 000 within 5 % of 0.01


def test_what_was_seen_in_all_calls_is_as_unsure_as_what_was_seen_in_none():
    """Catches a share of 100 % that is told as precise from three replications on, because nothing varies."""
    ((measure, _, width),) = too_wide([sums([1.0] * 10)], 10, 0.05, ZONES)
    assert (measure, width) == ("unmet_demand_share", pytest.approx(1 - 0.05 ** (1 / 10)))
    assert too_wide([sums([1.0] * 100)], 100, 0.05, ZONES) == ()


def test_the_next_look_is_as_far_as_the_width_suggests_and_never_beyond_the_budget():
    wide = sums(np.random.default_rng(2).random(10))
    assert next_look([wide], 10, 0.01, 500) == 20
    assert next_look([wide], 10, 0.01, 13) == 13
    assert next_look([sums(STEADY)], 40, 0.05, 500) == 45


def test_what_became_of_it_is_said_in_a_sentence():
    assert Precision(0.05, 31, ()).line() == "precision 5 % reached after 31 replications"
    short = Precision(0.05, 20, (("unmet_demand_share", "today", 0.12),), "max_replications=20")
    assert short.line().startswith("precision 5 % not reached within max_replications=20 (20 replications, the widest ")
    assert short.word("today", "unmet_demand_share", "england", "England") == "not_reached"
    assert short.word("today", "unmet_demand_share_night", "england", "England") == "reached"
    assert short.word("today", "minutes_to_door", "england", "England") == ""  # described, and asked for nothing
    assert short.word("today", "unmet_demand_share", "area", "QHG") == ""


COVER = ["cover", "icb_rota", "areas=[QHG,QE1]", "weeks=4", "warmup_weeks=13", "out=study"]


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def headline(folder) -> pd.Series:
    table = pd.read_csv(folder / "summary.csv", keep_default_na=False, na_values=[""])
    (row,) = table[
        (table["measure"] == "child_nights_without_visit_achieved_share") & (table["group"] == "england")
    ].itertuples()
    return row


def test_a_study_runs_until_it_is_precise_with_any_number_of_workers(here, capsys):
    found = []
    for workers in (1, 2):
        assert cli.main([*COVER[:-1], f"out=study{workers}", "precision=0.3", f"workers={workers}"]) == 0
        found.append((here / f"study{workers}/replications.csv").read_bytes())
        row = headline(here / f"study{workers}")
        assert (row.ci_high - row.ci_low) / 2 <= 0.3 * max(row.mean, 0.02) + 1e-9
        assert row.precision == "reached"
    assert found[0] == found[1]
    ran = pd.read_csv(here / "study1" / "replications.csv")["replication"].nunique()  # some without a child at home
    assert f"reached after {ran} replications" in capsys.readouterr().err


def test_precision_that_is_not_reached_is_a_column_and_a_banner(here, capsys):
    words = ["precision=0.001", "max_replications=9", "workers=1", "draw=false"]
    assert cli.main(["run", "icb_rota", *COVER[2:], *words]) == 0
    assert "precision 0.1 % not reached" in capsys.readouterr().err
    assert headline(here / "study").precision == "not_reached"
    assert headline(here / "study").replications == 9
    about = json.loads((here / "study/manifest.json").read_text(encoding="utf-8"))["about"]
    tables = read({name: (here / "study" / name).read_bytes() for name in FILES}, about)
    assert "not reached within max_replications=9" in page_of(tables, [], {})  # without charts: these take long


def test_a_budget_of_minutes_ends_the_search_and_the_command_names_the_replications(here):
    words = [*COVER[:-1], "precision=0.001", "max_minutes=0.01", "max_replications=1000", "workers=1", "areas=all"]
    others = [word for word in words if word not in ("areas=[QHG,QE1]", "weeks=4")]
    assert cli.main([*others, "weeks=52", "out=study"]) == 0
    kept = json.loads((here / "study/manifest.json").read_text())
    assert kept["replications"] >= 2
    assert kept["precision"]["reached"] is False
    assert f"replications={kept['replications']}" in kept["command"]
    assert "precision=" not in kept["command"]
