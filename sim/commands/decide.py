"""``oncall-sim decide``: which scenario is best at a price, what it would be worth to know more, and pounds for a gain,
from the draws of a study, without another run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim import results, screen, uncertainty
from sim.cells import each_row
from sim.commands.draws_folder import read_drawn
from sim.errors import BadInput
from sim.own_keys import near
from sim.request import Request

if TYPE_CHECKING:
    import pandas as pd

FEWEST = 32  # draws
CHILD, NIGHT = "value_per_child_kept_at_home", "value_per_night_closed"
GAINS = {"child_kept_at_home": "child kept at home", "night_closed": "night closed"}
SAYS = {"won": "dominates: gains more and costs less", "lost": "is dominated: gains less and costs more"}
SHOWN = 5  # unknowns, and groups of them, on the screen


def decide(request: Request) -> None:
    """Three tables and two charts into the folder of a study; the last line printed is that folder."""
    if not {CHILD, NIGHT} & set(request.own):
        raise BadInput(f"decide: at what price? write {CHILD}=50000, {NIGHT}=500 or both")
    from sim.experiment import decision_tables
    from sim.experiment.net_benefit import NEEDED

    manifest, study = read_drawn(request.folder, FEWEST, NEEDED)
    if len(study.scenarios) < 2:
        raise BadInput(f"{request.folder}: one scenario, so there is nothing to decide; name two or more for its draws")
    groups = request.several("groups") if "groups" in request.own else ()
    if wrong := next((group for group in groups if not decision_tables.members(study.parts, group)), None):
        begins = sorted({key.split(".")[0] for key in study.parts})
        raise BadInput(f"groups = {wrong}: no unknown begins like that{near(wrong, begins)}")
    prices = decision_tables.Prices(*(request.number(key) if key in request.own else 0.0 for key in (CHILD, NIGHT)))
    decision = decision_tables.Decision(study)
    screen.say(f"{len(study.parts)} unknowns, {study.draws} draws")
    tables = {
        "acceptability": decision_tables.acceptability(decision, prices),
        "information": decision_tables.worth_knowing(decision, prices, groups),
        "cost_per_gain": decision_tables.cost_per_gain(decision),
    }
    from sim.report.exhibits.decision import pictures

    files = {f"{name}.csv": results.csv(table) for name, table in tables.items()}
    files |= pictures(tables["acceptability"], tables["information"])
    results.redraw(request.folder, manifest, files, overwrite=request.overwrite)
    print("\n".join([*best(tables["acceptability"], prices), *_known(tables["information"])]))
    print("\n".join(paid(tables["cost_per_gain"])))
    print(request.folder)


def best(table: pd.DataFrame, prices: Any) -> list[str]:
    """The answer at the price that was asked about."""
    said = [f"a {GAINS[name]} at {uncertainty.written(price, 'GBP')} pounds"
            for name, price in prices.by_gain.items() if price]  # fmt: skip
    here = table[((table[CHILD] - prices.child).abs() + (table[NIGHT] - prices.night).abs()) < 1e-6]
    lines, baseline = [f"{' and '.join(said)}:"], here["scenario"].iloc[0]
    for row in each_row(here):
        share = f"best in {100 * row.probability_best:.0f} % of draws ({100 * row.low:.0f} to {100 * row.high:.0f})"
        more = "more" if row.net_benefit > 0 else "less"
        worth = f"; worth {_pounds(abs(row.net_benefit))} pounds a year {more} than {baseline}"
        on_average = "; best on average" if row.best_on_average == "yes" else ""
        lines.append(f"  {row.scenario}: {share}{worth if row.scenario != baseline else ''}{on_average}")
    return lines


def _known(table: pd.DataFrame) -> list[str]:
    """What it would be worth to know more."""
    everything = table.iloc[0]
    ends = f"({_pounds(everything['low'])} to {_pounds(everything['high'])})"
    lines = [f"to know everything would be worth {_pounds(everything['value'])} pounds a year {ends}"]
    for of, words in (("unknown", "unknown"), ("group", "group of unknowns")):
        above = table[(table["of"] == of) & (table["says"] == "above_noise")]
        noise = table.loc[table["of"] == of, "noise"].max()
        if above.empty:
            lines.append(f"  no single {words} is above noise ({_pounds(noise)} pounds)")
        for row in each_row(above.head(SHOWN)):
            ask = f"; to ask: {row.who_could_find_out}" if row.name != row.who_could_find_out else ""
            lines.append(f"  {row.name}: {_pounds(row.value)} ({_pounds(row.low)} to {_pounds(row.high)}){ask}")
    large = table.loc[table["says"] == "too_many_unknowns", "name"]
    lines += [f"  {name}: too many unknowns for these draws; more draws, or groups= of fewer" for name in large]
    return lines


def paid(table: pd.DataFrame) -> list[str]:
    """Pounds for a gain, of every scenario against the first."""
    return [f"{row.scenario} against {row.baseline}, a {GAINS[row.gain]}: {_price(row)}" for row in each_row(table)]


def _price(row: Any) -> str:
    """Of one gain: who dominates on average, and in how many draws so; else what one more costs or one fewer saves."""
    if row.says in SAYS:
        return f"{SAYS[row.says]} on average, and in {100 * getattr(row, row.says):.0f} % of draws"
    if row.gbp_per_gain != row.gbp_per_gain:
        return "not defined: it may gain none"
    gave_up = "" if row.gained > 0 else " saved for one given up"
    interval = f"{_pounds(row.gbp_low)} to {_pounds(row.gbp_high)}"
    known = row.draws_low == row.draws_low
    drawn = f"draws {_pounds(row.draws_low)} to {_pounds(row.draws_high)}" if known else ""
    if row.says == "not_decided":
        beside = f" ({drawn})" if drawn else ""
        return f"it may cost more or less: {interval} pounds{gave_up}{beside}"
    return f"{_pounds(row.gbp_per_gain)} pounds{gave_up} ({'; '.join(filter(None, [interval, drawn]))})"


def _pounds(value: float) -> str:
    return uncertainty.written(value, "GBP")
