"""The two charts of a decision: titles that say the finding in twelve words, and bars that say what is noise."""

from __future__ import annotations

import pandas as pd
import pytest

from sim.experiment.decision_tables import ACCEPTABILITY, INFORMATION
from sim.report.exhibits.decision import pictures


def tables(says: str, key: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Three scenarios at three prices, and two unknowns, of which one is called so."""
    shares = {"current_patchwork": (1.0, 0.2, 0.0), "icb_rota": (0.0, 0.7, 0.6), "regional_rota": (0.0, 0.1, 0.4)}
    rows = [
        (price, 0.0, scenario, share, max(share - 0.1, 0), min(share + 0.1, 1), 0.0, "no", 1e6, 5e5, 2e6)
        for scenario, of in shares.items()
        for price, share in zip((0.0, 50_000.0, 100_000.0), of, strict=True)
    ]
    behind = ("assumed", "an audit")
    known = [
        ("everything", 1, "", 180, 50_000.0, 0.0, 1e6, 5e5, 2e6, float("nan"), "", "", ""),
        ("unknown", 1, key, 1, 50_000.0, 0.0, 8e5, 4e5, 1.2e6, 2e5, says, *behind),
        ("unknown", 2, "goodwill.p_max", 1, 50_000.0, 0.0, 1e5, 0.0, 3e5, 2e5, "not_above_noise", *behind),
        ("group", 1, "an audit", 2, 50_000.0, 0.0, 8e5, 4e5, 1.2e6, 2e5, says, *behind),
    ]
    return pd.DataFrame(rows, columns=ACCEPTABILITY), pd.DataFrame(known, columns=INFORMATION)


@pytest.mark.parametrize(
    ("says", "key", "title"),
    [
        ("above_noise", "place.home_anyway", "Knowing place: home anyway is worth £800k a year"),
        ("not_above_noise", "place.home_anyway", "No single unknown is worth more than noise, £200k"),
        (
            "above_noise", "general_services.p_above_level_2_or_advice_and_something_else_still",
            "Knowing the first of these is worth £800k a year",
        ),
    ],
)  # fmt: skip
def test_the_title_says_what_is_found_in_twelve_words(says: str, key: str, title: str) -> None:
    """Catches a title that praises a bar that is noise."""
    made = pictures(*tables(says, key))
    assert set(made) == {"acceptability.svg", "acceptability.png", "information.svg", "information.png"}
    assert title in made["information.svg"].decode()
    assert "ICB rota is best in 70 % of draws" in made["acceptability.svg"].decode()
    assert len(title.split()) <= 12
    assert made == pictures(*tables(says, key))
