"""The pictures of a decision: which scenario is best at a price, and what it would be worth to know more."""

from __future__ import annotations

from functools import partial

import pandas as pd

from sim.report.charts import acceptability, information
from sim.report.drawing import Exhibit, Grid
from sim.report.drawing.saving import render
from sim.report.words import name
from sim.report.words.numbers import pounds

CHILD, NIGHT = "value_per_child_kept_at_home", "value_per_night_closed"
WORDS = {CHILD: "a child kept at home", NIGHT: "a night closed"}
SHOWN = 12  # bars
MOST_WORDS = 12  # of a title
ABOVE = "above_noise"
CURVE = (
    "Share of joint draws of all that nobody knows in which a scenario is worth most, chance taken out. Shaded: 95 % "
    "intervals by the number of draws. Line: the price asked about. acceptability.csv has every figure."
)
BARS = (
    "What deciding with it known would gain over deciding now, on average over all draws, a year in all areas of the "
    "study. Unknowns that are parts of a whole stand in information.csv, as groups."
)


def pictures(acceptable: pd.DataFrame, known: pd.DataFrame) -> dict[str, bytes]:
    """acceptability and information, each as .svg and .png. Both tables as ``oncall-sim decide`` writes them."""
    return {**_files("acceptability", _curve(acceptable, known)), **_files("information", _bars(known))}


def _files(file: str, exhibit: Exhibit) -> dict[str, bytes]:
    _, vector, pixels = render(exhibit)
    return {f"{file}.svg": vector, f"{file}.png": pixels}


def _curve(acceptable: pd.DataFrame, known: pd.DataFrame) -> Exhibit:
    axis = CHILD if known[CHILD].iloc[0] > 0 else NIGHT
    asked = float(known[axis].iloc[0])
    at = acceptable[(acceptable[axis] - asked).abs() < 1e-9 * asked]
    best = at.sort_values("probability_best", ascending=False, kind="stable").iloc[0]
    title = f"{name(best['scenario'])} is best in {100 * best['probability_best']:.0f} % of draws"
    also = f"; a night closed at {pounds(known[NIGHT].iloc[0])} with it" if axis == CHILD and _both(known) else ""
    drawn = acceptable.assign(label=acceptable["scenario"].map(name), price=acceptable[axis])
    return Exhibit(
        name="acceptability", short="Acceptability", title=title,
        subtitle=f"At {pounds(asked)} for {WORDS[axis]}{also}",
        draw=partial(acceptability.draw, drawn, f"pounds for {WORDS[axis]}", asked), kind="Lines", caption=CURVE,
        grid=Grid("", (), ()),
    )  # fmt: skip


def _both(known: pd.DataFrame) -> bool:
    return bool(known[NIGHT].iloc[0] > 0)


def _bars(known: pd.DataFrame) -> Exhibit:
    largest = known[known["of"] == "unknown"].head(SHOWN)
    first, all_of_it = largest.iloc[0], known.iloc[0]
    title = _finding(first)
    drawn = largest.assign(name=[_words(key) for key in largest["name"]], above=largest["says"] == ABOVE)
    return Exhibit(
        name="information", short="Information", title=title,
        subtitle=f"All unknowns together: {pounds(all_of_it['value'])} a year "
        f"({pounds(all_of_it['low'])} to {pounds(all_of_it['high'])})",
        draw=partial(information.draw, drawn), kind="Bars with intervals", caption=BARS, grid=Grid("", (), ()),
    )  # fmt: skip


def _words(key: str) -> str:
    """A key in words: ``place.home_anyway`` is "place: home anyway"."""
    return str(key).replace(".", ": ").replace("_", " ")


def _finding(first: pd.Series) -> str:
    """Of the largest bar, in at most twelve words."""
    if first["says"] != ABOVE:
        return f"No single unknown is worth more than noise, {pounds(first['noise'])}"
    worth = f"is worth {pounds(first['value'])} a year"
    whole = f"Knowing {_words(first['name'])} {worth}"
    return whole if len(whole.split()) <= MOST_WORDS else f"Knowing the first of these {worth}"
