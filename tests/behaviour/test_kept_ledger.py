"""What a stranger can check with pandas and the files of ``keep=ledger`` alone: no row number and no code of ours."""

from __future__ import annotations

import io

import pandas as pd
import pytest

from sim.config import plan
from sim.experiment.kept_ledger import files, tables
from sim.experiment.produce import TABLES
from sim.measures import measure
from sim.model import simulate

WEEKS = 26
WORDS = ["areas=[QF7,QWO,QUE,QOP]", f"weeks={WEEKS}", "warmup_weeks=1", "rota.rest=delay"]
MOMENT = 1e-6


@pytest.fixture(scope="module")
def run():
    planned = plan("current_patchwork", WORDS)
    return planned.scenario, simulate(planned.scenario, 3, 0)


@pytest.fixture(scope="module")
def kept(run):
    scenario, ledger = run
    return {
        name.removesuffix(".csv"): pd.read_csv(io.BytesIO(content), keep_default_na=False, na_values=[""])
        for name, content in files(ledger, scenario, "csv").items()
    }


def overlaps(rows: pd.DataFrame) -> int:
    """Stretches of the same person that begin before the one before them has ended."""
    ordered = rows.sort_values(["person", "start"])
    return int((ordered["start"] < ordered.groupby("person")["end"].shift() - MOMENT).sum())


def inside(rows: pd.DataFrame, start: float, end: float) -> pd.Series:
    """By person, hours of their stretches between two hours of the run."""
    return (rows["end"].clip(start, end) - rows["start"].clip(start, end)).groupby(rows["person"]).sum()


def test_the_tables_are_those_that_a_study_keeps(kept):
    assert tuple(kept) == TABLES
    assert [name for name, table in kept.items() if table.empty] == []


def test_every_call_is_answered_by_somebody_on_duty_or_unpaid(kept):
    """Catches a duty of another person, of other hours or another area, and goodwill that was on duty."""
    calls = kept["calls"][lambda rows: rows["answered_by"].notna() & (rows["joined"] == -1)]
    calls = calls.merge(kept["families"][["family", "area"]], on="family")
    phoned = kept["tasks"][lambda rows: rows["kind"] == "phone"].rename(columns={"person": "answered_by"})
    answered = calls.merge(phoned, on=["call", "answered_by"]).assign(person=lambda rows: rows["answered_by"])
    answered = answered[answered["answered"].between(answered["start"] - MOMENT, answered["end"] + MOMENT)]
    assert len(answered.drop_duplicates(["call", "attempt"])) == len(calls) > 50

    paid = answered[answered["duty"] >= 0].merge(kept["duties"], on="duty", suffixes=("", "_of_duty"))
    paid = paid.merge(kept["teams"], on="team")
    assert (paid["person_of_duty"] == paid["answered_by"]).all()
    assert paid["funded"].all()
    assert ((paid["start_of_duty"] <= paid["start"]) & (paid["start"] < paid["end_of_duty"])).all()
    served = [area in areas.split() for area, areas in zip(paid["area"], paid["areas"], strict=True)]
    assert all(served)
    assert (paid["answers"].isna() | (paid["answers"] == paid["area"])).all()

    unpaid = answered[answered["duty"] < 0]
    assert set(unpaid["means"]) == {"goodwill"}
    rang = kept["tasks"][lambda rows: rows["kind"] == "ring"]
    keeping = unpaid.merge(kept["standby"], on="person", suffixes=("", "_kept"))
    keeping = keeping[keeping["start"].between(keeping["start_kept"], keeping["end_kept"])]
    asked = pd.concat([rang[["call", "person"]], keeping[["call", "person"]]])
    assert len(unpaid.merge(asked.drop_duplicates(), on=["call", "person"])) == len(unpaid) > 0


def test_hours_at_work_on_call_at_rest_and_away_are_all_the_hours_there_are(kept, run):
    """Catches somebody on duty while away or on two duties at once, and rest that is counted as anything else."""
    scenario, _ = run
    horizon = scenario.run.horizon
    duties = kept["duties"][lambda rows: rows["person"].notna()]
    absences = kept["absences"]
    assert set(absences["kind"]) == {"leave", "sick", "vacant"}
    stretches = pd.concat([duties[["person", "start", "end"]], absences[["person", "start", "end"]]])
    assert (stretches["end"] > stretches["start"]).all()
    assert overlaps(stretches) == 0

    hours = pd.DataFrame(index=kept["people"]["person"])
    hours["at_work"] = inside(duties[~duties["on_call"]], 0.0, horizon)
    hours["on_call"] = inside(duties[duties["on_call"]], 0.0, horizon)
    hours["away"] = inside(absences, 0.0, horizon)
    ordered = stretches.sort_values(["person", "start"])
    before = ordered.groupby("person")["end"].shift().fillna(0.0)
    last = ordered.groupby("person")["end"].max().clip(0, horizon)
    gaps = (ordered["start"].clip(0, horizon) - before.clip(0, horizon)).groupby(ordered["person"]).sum()
    hours["rest"] = (gaps + horizon - last).reindex(hours.index).fillna(horizon)
    assert hours.fillna(0.0).sum(axis=1).to_numpy() == pytest.approx(horizon)
    assert (hours[["at_work", "on_call", "away", "rest"]].sum() > 0).all()


def test_hours_on_call_are_those_of_the_measure(kept, run):
    """The stranger's sum over the measured weeks is what the study prints."""
    scenario, ledger = run
    start, end = scenario.run.window
    duties = kept["duties"][lambda rows: rows["person"].notna() & rows["on_call"] & rows["funded"]]
    vacant = kept["absences"].loc[lambda rows: rows["kind"] == "vacant", "person"]
    people = kept["people"][lambda rows: ~rows["person"].isin(vacant)].set_index("person")["role"]
    hours = inside(duties, start, end).reindex(people.index).fillna(0.0) / WEEKS
    printed = {
        row.level: row.numerator / row.denominator
        for row in measure(ledger, scenario)
        if row.measure == "hours_on_call_per_week_mean" and row.group == "role" and row.denominator
    }
    assert printed
    assert hours.groupby(people).mean()[list(printed)].to_dict() == pytest.approx(printed)


def test_nobody_at_work_is_called_before_they_have_rested(kept):
    """With ``rest: delay`` a duty at work that begins late does so after work in the eleven hours before it."""
    work = kept["tasks"][lambda rows: rows["duty"] >= 0].merge(kept["duties"], on="duty", suffixes=("", "_of_duty"))
    first = work[~work["on_call"]].groupby("duty").agg(began=("start", "min"), starts=("start_of_duty", "first"))
    assert (first["began"] >= first["starts"]).all()


def test_an_episode_has_its_phases_from_its_start_to_the_death(kept):
    """Catches phases of another family, gaps between them, and a phase beyond the death."""
    episodes = kept["episodes"]
    ends = episodes.groupby("family").agg(start=("start", "min"), end=("end", "max"))
    families = kept["families"].set_index("family").loc[ends.index]
    dying = families[~families["background"]].index
    assert (ends.loc[dying, "end"] == families.loc[dying, "death"]).all()
    assert (ends.loc[dying, "start"] == families.loc[dying, "start"]).all()
    assert set(episodes["phase"]) == {"stable", "unstable", "deteriorating", "dying"}


def test_codes_and_words_stand_for_every_row_number(run):
    scenario, ledger = run
    for name, columns in tables(ledger, scenario).items():
        assert len({len(column) for column in columns.values()}) == 1, name
