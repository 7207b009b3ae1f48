"""The picture of a tornado, with its finding as a title."""

from __future__ import annotations

from functools import partial

import pandas as pd

from sim.report.charts import tornado
from sim.report.drawing import Exhibit, Grid
from sim.report.drawing.saving import render
from sim.report.words import name

CAPTION = (
    "Each number alone at the low and the high end of its range, all others as shipped, on the same families and "
    "chance. Line: as shipped. Whiskers: 95 % intervals of the paired change. tornado.csv has every unknown."
)


def picture(bars: pd.DataFrame, measure: str, replications: int) -> dict[str, bytes]:
    """tornado.svg and tornado.png. bars: the first rows of tornado.csv."""
    first = bars.iloc[0]
    share = str(first["unit"]).startswith("share")
    numbers = [str(column) for column in bars if column == "base" or str(column).startswith("at_")]
    drawn = bars.assign(
        name=[_words(key) for key in bars["key"]], **{one: bars[one] * (100.0 if share else 1.0) for one in numbers}
    )
    unit = ("points" if first["baseline"] else "%") if share else str(first["unit"])
    of = name(first["scenario"]) + (f" minus {name(first['baseline'])}" if first["baseline"] else "")
    title = _title(bars)
    exhibit = Exhibit(
        name="tornado", short="Tornado", title=title, subtitle=f"{measure}: {of}, {replications} replications",
        draw=partial(tornado.draw, drawn, unit), kind="Bars with intervals", caption=CAPTION, grid=Grid("", (), ()),
    )  # fmt: skip
    _, vector, pixels = render(exhibit)
    return {"tornado.svg": vector, "tornado.png": pixels}


def _title(bars: pd.DataFrame) -> str:
    """The largest swing that is beyond chance: whose interval at either end leaves out the shipped numbers."""
    base = bars["base"]
    beyond = bars[
        (bars["at_low_ci_low"] > base)
        | (bars["at_low_ci_high"] < base)
        | (bars["at_high_ci_low"] > base)
        | (bars["at_high_ci_high"] < base)
    ]
    if beyond.empty:
        return "None of these moves it beyond chance"
    return f"{_words(beyond['key'].iloc[0])} moves it most, of what is beyond chance"


def _words(key: str) -> str:
    """A key in words: ``supply.area_types.full`` is "Supply: area types: full"."""
    said = str(key).replace(".", ": ").replace("_", " ")
    return said[:1].upper() + said[1:]
