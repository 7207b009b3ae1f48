"""A decision read aloud: who is worth more or less, and what a gain costs in every case of its sign."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from sim.commands.decide import best, paid
from sim.experiment import net_benefit
from sim.experiment.closing import SIDES
from sim.experiment.decision_tables import ACCEPTABILITY, COST_PER_GAIN, Prices

DRAWS = 64
SPREAD = np.linspace(-0.2, 0.2, DRAWS)  # of draws about their mean


def said(cost: np.ndarray, gained: np.ndarray) -> str:
    """What is said of one gain. cost, gained: at each draw, more than in the baseline."""
    found = net_benefit.ratio(cost, gained, cost, gained)
    shares = (found.sides[word] for word in SIDES.values())
    row = ("today", "rotas", "child_kept_at_home", gained.mean(), cost.mean(), *found[:6], *shares, DRAWS)
    (line,) = paid(pd.DataFrame([row], columns=COST_PER_GAIN))
    head, _, words = line.partition(": ")
    assert head == "rotas against today, a child kept at home"
    return words


@pytest.mark.parametrize(
    ("cost", "gained", "words"),
    [
        (5e5, 10, r"50,000 pounds \(4\d,\d{3} to 5\d,\d{3}; draws 40,500 to 59,500\)"),
        (-5e5, -10, r"50,000 pounds saved for one given up \(4\d,\d{3} to 5\d,\d{3}; draws 40,500 to 59,500\)"),
        (-5e5, 10, "dominates: gains more and costs less on average, and in 100 % of draws"),
        (5e5, -10, "is dominated: gains less and costs more on average, and in 100 % of draws"),
    ],
)
def test_each_case_of_gaining_or_losing_and_dearer_or_cheaper_reads_true(
    cost: float, gained: float, words: str
) -> None:  # fmt: skip
    assert re.fullmatch(words, said(cost * (1 + SPREAD), np.full(DRAWS, float(gained))))


def test_who_dominates_on_average_alone_says_in_how_few_draws() -> None:
    """Catches a mean that is told as if it were so in every draw."""
    cost = np.where(np.arange(DRAWS) % 4 == 0, 1e5, -5e5)  # dearer in a quarter of draws
    assert said(cost, np.full(DRAWS, 10.0)).endswith("costs less on average, and in 75 % of draws")


@pytest.mark.parametrize(
    ("gained", "words"), [(10.0, " pounds (draws "), (-10.0, " pounds saved for one given up (draws ")]
)
def test_a_cost_of_either_sign_is_told_as_open_and_by_no_one_price(gained: float, words: str) -> None:
    line = said(1e6 * SPREAD + 100, np.full(DRAWS, gained))
    assert line.startswith("it may cost more or less: -")
    assert words in line


def test_a_gain_that_may_be_none_has_no_price() -> None:
    assert said(np.full(DRAWS, 5e5), 10 * SPREAD) == "not defined: it may gain none"


def test_who_is_worth_less_than_the_baseline_is_not_said_to_be_worth_more() -> None:
    rows = [
        (50_000.0, 0.0, name, share, 0.0, 1.0, worth, "no" if worth else "yes", 0.0, 0.0, 0.0)
        for name, share, worth in (("today", 0.8, 0.0), ("rotas", 0.15, -1_037_053.0), ("regions", 0.05, 2_500.0))
    ]
    first, *lines = best(pd.DataFrame(rows, columns=ACCEPTABILITY), Prices(50_000.0, 0.0))
    assert first == "a child kept at home at 50,000 pounds:"
    assert lines == [
        "  today: best in 80 % of draws (0 to 100); best on average",
        "  rotas: best in 15 % of draws (0 to 100); worth 1,040,000 pounds a year less than today",
        "  regions: best in 5 % of draws (0 to 100); worth 2,500 pounds a year more than today",
    ]
