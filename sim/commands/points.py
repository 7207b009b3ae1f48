"""``oncall-sim sweep``: points of a planner's own design, or of a Latin hypercube, as one study of tables.

A point is a scenario with some keys set. It has a short name; what it sets stands in ``design.csv``, without holes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from sim import results
from sim.commands.pipeline import Planned, make_all
from sim.commands.plans import command_of, plan_of
from sim.config.register import UNKNOWN, register, repaired
from sim.config.rows import Row, read_rows
from sim.config.values import said, value_at
from sim.config.words import BadKey, did_you_mean
from sim.errors import BadInput
from sim.experiment import study as studies
from sim.request import Request

if TYPE_CHECKING:
    from sim.config import Plan

DESIGN = ["scenario", "based_on", "key", "value"]
FILE = "design.csv"
LHS = "lhs"


class Point(NamedTuple):
    """A point of a design. based_on: name of the scenario whose keys it sets. changes: value by key."""

    name: str
    based_on: str
    changes: Mapping[str, Any]


def points(request: Request) -> None:
    """The points of a table, or of a sample, on the same families; the scenario as it is comes first."""
    base = plan_of(request.scenario, request.overrides, request)
    made = _of_a_table(request, base) if "design" in request.own else _sampled(request, base)
    bases: dict[str, Plan] = {base.scenario.name: base}
    plans = [_tables_alone(base), *(_tables_alone(_plan(one, bases, request)) for one in made)]
    study = studies.design("design", plans)
    table = results.csv(_table([Point(base.scenario.name, base.scenario.name, {}), *made], plans))
    make_all([Planned(study, command_of(request), {FILE: table})], request)


def _of_a_table(request: Request, base: Plan) -> list[Point]:
    """The points of a planner's table. Raises BadInput."""
    if "sample" in request.own:
        raise BadInput("sweep: design= and sample= are two ways to say the points; write one of them")
    path = Path(request.text("design")).expanduser()
    if not path.is_file():
        raise BadInput(f"design = {path}: no such table; columns key and value, and point or scenario")
    found: dict[str, Point] = {}
    for row in read_rows(path, ("key", "value"), ("point", "scenario")):
        based_on = row.cells.get("scenario") or base.scenario.name
        name = row.cells.get("point") or (f"{based_on}_changed" if row.cells.get("scenario") else "")
        if not name:
            raise row.bad("key", "belongs to no point", "add a column point, or scenario")
        point = found.setdefault(name, Point(name, based_on, {}))
        if row.cells.get("scenario") and point.based_on != based_on:
            raise row.bad("scenario", f"point {name} is based on {point.based_on}", "a point has one scenario")
        if (key := row.needed("key")) == "name":
            raise row.bad("key", "a point is named by the column point", "take the row out")
        if key in point.changes:
            raise row.bad("key", f"stands there twice for point {name}", "take one of the rows out")
        found[name] = point._replace(changes={**point.changes, key: _value(row)})
    return list(found.values())


def _value(row: Row) -> Any:
    try:
        return said(row.cells["key"], row.needed("value"))
    except BadKey as bad:
        raise BadInput(f"{row.file} line {row.line}: {bad.line('design')}") from None


def _sampled(request: Request, base: Plan) -> list[Point]:
    """Latin-hypercube points of some unknowns, or of all that can move the scenario. Raises BadInput."""
    if request.text("sample") != LHS:
        raise BadInput("sweep: which points? write design=points.csv, or sample=lhs n=200")
    from sim.experiment.draws import at_draw, draw, moved_by

    known = [key for key, one in register().items() if one.kind == UNKNOWN]
    keys = request.several("vary") if "vary" in request.own else sorted(moved_by(base))
    if wrong := next((key for key in keys if key not in known), None):
        raise BadInput(f"vary = {wrong}: no unknown of the register; {did_you_mean(wrong, known)}")
    draws = draw(request.whole("n"), base.settings.seed)
    leaders, digits = {register()[key].leads for key in keys}, len(str(draws.many))
    return [
        Point(f"{base.scenario.name}_{number + 1:0{digits}}", base.scenario.name, at_draw(base, draws, number, leaders))
        for number in range(draws.many)
    ]


def _plan(point: Point, bases: dict[str, Plan], request: Request) -> Plan:
    numbers = {key: value for key, value in point.changes.items() if key in register()}
    try:
        if point.based_on not in bases:
            bases[point.based_on] = plan_of(point.based_on, request.overrides, request)
        base = bases[point.based_on]
        assert base.origin is not None
        return base.changed({**repaired(numbers, base.origin.composed.config), **point.changes, "name": point.name})
    except BadInput as bad:
        file = f"{Path(request.text('design')).name}: " if "design" in request.own else ""
        raise BadInput(f"{file}point {point.name}: {str(bad).removeprefix('command line: ')}") from None


def _table(made: Sequence[Point], plans: Sequence[Plan]) -> pd.DataFrame:
    """What every point has for every key that any of them sets."""
    keys = sorted({key for point in made for key in point.changes})
    rows = [
        (plan.scenario.name, point.based_on, key, _spelt(value_at(plan.origin.composed.config, key)))
        for point, plan in zip(made, plans, strict=True)
        if plan.origin is not None
        for key in keys
    ]
    return pd.DataFrame(rows, columns=DESIGN)


def _spelt(value: Any) -> Any:
    """A table or a list as JSON, which may be written in a table of points too."""
    return json.dumps(value) if isinstance(value, dict | list) else value


def _tables_alone(plan: Plan) -> Plan:
    return plan.changed({"draw": False})
