"""Groupings: which areas share a team, by a word, by a table of the planner's own, or by a CSV file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sim.config.compose import Composed
from sim.config.rows import Rows, once, read_rows
from sim.config.shelf import configs_dir
from sim.config.tables import Files, read_sum
from sim.config.words import GROUPINGS, TABLES, BadKey, did_you_mean, shown
from sim.domain.area import Area

FOLDER = "groupings"


def with_tables(
    composed: Composed, config: dict[str, Any], files: Files, areas: list[Area]
) -> dict[str, Any]:  # fmt: skip
    """The plans of teams with every grouping that stands in a file read. Raises BadKey or BadInput."""
    plans = dict(config["teams"])
    for plan, written in plans.items():
        grouping = written.get("grouping")
        if isinstance(grouping, str) and (grouping in TABLES or grouping.endswith(".csv")):
            key = f"teams.{plan}.grouping"
            path = _find(composed, key, grouping)
            read_sum(composed, key, path, grouping, files)
            rows = read_rows(path, ("code", "group"))
            files.of_areas.append((key, rows, "code"))
            plans[plan] = {**written, "grouping": _table(path.name, rows, key, grouping, areas)}
    return plans


def _find(composed: Composed, key: str, grouping: str) -> Path:
    name = f"{grouping}.csv" if grouping in TABLES else grouping
    for folder in (
        (composed.folder(key), configs_dir() / FOLDER) if grouping not in TABLES else (configs_dir() / FOLDER,)
    ):
        if (path := (folder / Path(name).expanduser()).resolve()).is_file():
            return path
    rule = f"no such table beside the file that names it, nor in configs/{FOLDER}"
    raise BadKey(key, grouping, rule, "put it there: columns code and group, a row for every area")


def _table(file: str, rows: Rows, key: str, grouping: str, areas: list[Area]) -> dict[str, list[str]]:
    """Codes by the name of their group. Raises BadInput for a code twice, BadKey for an area of the run left out."""
    once(rows, "code", "name every area once")
    groups: dict[str, list[str]] = {}
    for row in rows:
        groups.setdefault(row.needed("group"), []).append(row.cells["code"])
    codes = {row.cells["code"] for row in rows}
    if missing := [area.code for area in areas if area.code not in codes]:
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        remedy = "give every area a row; an area that stays alone has a group of its own"
        raise BadKey(key, grouping, f"{file} has no row for {missing[0]}{more}", remedy)
    here = {area.code for area in areas}
    kept = {name: [code for code in codes if code in here] for name, codes in groups.items()}
    return {name: codes for name, codes in kept.items() if codes}


def groups_of(key: str, grouping: Any, areas: list[Area], config: dict[str, Any]) -> dict[str, list[Area]]:
    """Areas by the name of their group, in order of each group's first area. Raises BadKey."""
    if isinstance(grouping, dict):
        return _own_groups(key, grouping, areas, config)
    if grouping not in GROUPINGS:
        remedy = did_you_mean(str(grouping), GROUPINGS, "write a word or a table, as {my_pair: [QHG, QUE]}")
        raise BadKey(key, grouping, f"must be {', '.join(GROUPINGS)}, or a table of your own", remedy)
    of_region = {region: name for name, regions in config["area_table"]["super_regions"].items() for region in regions}
    groups: dict[str, list[Area]] = {}
    for area in areas:
        if grouping == "super_regions" and area.region not in of_region:
            raise BadKey(
                key, grouping, f"region {area.region} belongs to no super region", "add it to area_table.super_regions"
            )
        names = {
            "none": area.code,
            "clusters_2026": area.cluster,
            "regions": area.region,
            "super_regions": of_region.get(area.region, ""),
            "national": "national",
        }
        groups.setdefault(names[grouping], []).append(area)
    return groups


def _own_groups(key: str, table: dict[str, Any], areas: list[Area], config: dict[str, Any]) -> dict[str, list[Area]]:
    """A planner's own groups; areas in none of them stay alone, areas outside the run are left out."""
    of_code: dict[str, str] = {}
    everywhere = config["all_codes"]
    for name, codes in table.items():
        if not codes:
            raise BadKey(f"{key}.{name}", shown(codes), "an empty pool", "name its areas, or take it out")
        for code in codes if isinstance(codes, list) else [codes]:
            if code not in everywhere:
                raise BadKey(f"{key}.{name}", code, "no area of that code", did_you_mean(str(code), everywhere))
            if code in of_code:
                raise BadKey(f"{key}.{name}", code, f"stands in group {of_code[code]} already", "name every area once")
            of_code[code] = name
    groups: dict[str, list[Area]] = {}
    for area in areas:
        groups.setdefault(of_code.get(area.code, area.code), []).append(area)
    return groups
