"""Tables of where families live and how far help is: the localities of areas, and a planner's own drive times."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations_with_replacement

from sim.config.compose import Composed
from sim.config.laws import MINUTE
from sim.config.rows import Row, Rows, once, read_rows
from sim.config.shelf import configs_dir
from sim.config.tables import ELSEWHERE, Files, find_table
from sim.config.words import did_you_mean
from sim.domain.area import Area, Locality
from sim.domain.pace import DriveTimes
from sim.errors import BadInput

LOCALITIES, TIMES = "area_table.localities_file", "travel.drive_times_file"
NUMBERS = {
    "children": (0, 1e8),
    "longitude_degrees": (-180, 180),
    "latitude_degrees": (-90, 90),
    "mean_km": (0, 1000),
}
RURAL = "rural_share"  # may be left out, whole or in a row: that of the area
FARTHEST = 4.0  # a locality's centre from the area's, times the mean distance of a child from that
MOST = 1440.0  # minutes of a drive


def with_localities(composed: Composed, areas: list[Area], files: Files) -> list[Area]:
    """The same areas with their localities in order of name; an area of which the table has none is one by itself.

    Raises BadKey or BadInput.
    """
    if composed.config["area_table"]["localities_file"] is None or not all(area.on_a_map for area in areas):
        return areas
    table = find_table(composed, LOCALITIES, files)
    rows = read_rows(table, ("area", "code", "name", *NUMBERS), (RURAL,))
    once(rows, "code", "give every locality a code of its own, once")
    if not table.path.is_relative_to(configs_dir()):  # of the shipped ones nobody expects that all take part
        files.of_areas.append((LOCALITIES, rows, "area"))
    by_code = {area.code: area for area in areas}
    found: dict[str, list[Locality]] = {}
    for row in rows:
        if (area := by_code.get(row.needed("area"))) is not None:
            found.setdefault(area.code, []).append(_locality(row, area))
    in_order = {code: tuple(sorted(of, key=lambda one: (one.name, one.code))) for code, of in found.items()}
    return [replace(area, localities=in_order.get(area.code, ())) for area in areas]


def _locality(row: Row, area: Area) -> Locality:
    n = {column: row.needed_number(column, *bounds) for column, bounds in NUMBERS.items()}
    rural = row.number(RURAL, 0, 1)
    if n["children"] <= 0:
        raise row.bad("children", "nobody lives there: must be more than 0", "take the row out")
    one = Locality(
        code=row.needed("code"),
        name=row.needed("name"),
        children=n["children"],
        longitude=n["longitude_degrees"],
        latitude=n["latitude_degrees"],
        mean_km=n["mean_km"],
        rural_share=area.rural_share if rural is None else rural,
    )
    away = math.dist(one.centre_km, area.centre_km)
    if away > FARTHEST * area.mean_km:
        east, north = (abs(here - there) for here, there in zip(one.centre_km, area.centre_km, strict=True))
        rule = f"{away:.0f} km from the centre of {area.code}, over {FARTHEST:g} times its mean_km {area.mean_km:g}"
        remedy = f"correct longitude and latitude of {one.code}, or the table of areas"
        raise row.bad("longitude_degrees" if east > north else "latitude_degrees", rule, remedy)
    return one


def read_drive_times(
    composed: Composed, files: Files, areas: Sequence[Area], everywhere: Sequence[Area]
) -> DriveTimes | None:  # fmt: skip
    """A planner's own times between the localities of the run, in hours; None: there is no table.

    A way of which one direction is given takes as long in the other. Raises BadKey or BadInput.
    """
    if composed.config["travel"]["drive_times_file"] is None:
        return None
    rows = read_rows(find_table(composed, TIMES, files), ("from", "to", "busy_minutes", "quiet_minutes"), ())
    here = [piece.code for area in areas for piece in area.pieces]
    times = _times(rows, {piece.code for area in everywhere for piece in area.pieces})
    inside = set(here)
    elsewhere = sum(not inside.issuperset((row.cells["from"], row.cells["to"])) for row in rows)
    files.count(TIMES, rows, [(ELSEWHERE, elsewhere)])
    ways = combinations_with_replacement(here, 2)
    holes = [f"{one} to {other}" for one, other in ways if (one, other) not in times and (other, one) not in times]
    if holes:
        missing = ", ".join(holes[:3]) + (f" and {len(holes) - 3} more" if len(holes) > 3 else "")
        rule = f"{missing}: no such row"
        raise BadInput(f"{rows[0].file}: {rule}; give every locality a row to every other, and one to itself")
    found = [[times.get((one, other)) or times[other, one] for other in here] for one in here]
    busy, quiet = (tuple(tuple(way[kind] for way in row) for row in found) for kind in (0, 1))
    return DriveTimes(busy, quiet)


def _times(rows: Rows, known: set[str]) -> dict[tuple[str, str], tuple[float, float]]:
    """Hours on busy and on quiet roads, by the two localities."""
    times: dict[tuple[str, str], tuple[float, float]] = {}
    for row in rows:
        for column in ("from", "to"):
            if row.needed(column) not in known:
                remedy = did_you_mean(row.cells[column], known, "write codes of localities, or of areas without any")
                raise row.bad(column, "no locality of that code", remedy)
        way = (row.cells["from"], row.cells["to"])
        if way in times:
            raise row.bad("to", f"from {way[0]} to {way[1]} stands there twice", "take one of the rows out")
        busy, quiet = (row.needed_number(f"{road}_minutes", 0, MOST) * MINUTE for road in ("busy", "quiet"))
        times[way] = busy, quiet
    return times
