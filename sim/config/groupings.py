"""Groupings: which areas share a team or a coordinator, by a word, a table of the planner's own, or a file of one."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sim.config.area_names import codes_called
from sim.config.compose import Composed
from sim.config.rows import Rows, once, read_rows
from sim.config.sheets import WORKBOOK, Table, table_named
from sim.config.tables import Files, beside, read_sum
from sim.config.words import GROUPINGS, NEIGHBOURS, BadKey, did_you_mean, shown
from sim.domain.area import Area
from sim.domain.groupings import covered, name_of, neighbours

NETWORKS = "boundary.coordinator.networks"


def with_tables(
    composed: Composed, config: dict[str, Any], files: Files, areas: list[Area]
) -> dict[str, Any]:  # fmt: skip
    """The configuration with every grouping that stands in a file read: of teams, and of networks where a coordinator
    is paid. Raises BadKey or BadInput."""

    def read(key: str, grouping: Any) -> Any:
        if not _is_file(grouping):
            return grouping
        table = read_sum(composed, key, _find(composed, key, grouping), files)
        rows = read_rows(table, ("code", "group"))
        files.of_areas.append((key, rows, "code"))
        return _table(table.label, rows, key, areas)

    plans = {
        plan: {**written, "grouping": read(f"teams.{plan}.grouping", written["grouping"])}
        if "grouping" in written
        else written
        for plan, written in config["teams"].items()
    }
    boundary, coordinator = config["boundary"], config["boundary"]["coordinator"]
    if boundary["on"] and coordinator["on"]:
        coordinator = {**coordinator, "networks": read(NETWORKS, coordinator["networks"])}
    return {**config, "teams": plans, "boundary": {**boundary, "coordinator": coordinator}}


def networks(config: dict[str, Any], areas: list[Area]) -> tuple[tuple[str, ...], ...]:
    """Codes of the areas of each network that a coordinator is paid for, as the planner says. Raises BadKey.

    An area in no group of a planner's own table is in no network; one of which few areas run is paid whole.
    """
    said = config["boundary"]["coordinator"]["networks"]
    groups = groups_of(NETWORKS, said, areas, config)
    kept = [name for name in groups if not isinstance(said, dict) or name in said]
    return tuple(tuple(area.code for area in groups[name]) for name in kept)


def _is_file(grouping: Any) -> bool:
    """Whether a grouping is the name of a file, and neither a word nor groups with names of their own."""
    name = grouping.get("file") if isinstance(grouping, dict) else grouping
    return isinstance(name, str) and name.lower().endswith((".csv", WORKBOOK))


def _find(composed: Composed, key: str, grouping: Any) -> Table:
    named = table_named(key, grouping)
    if (path := beside(composed.folder(key), named)).is_file():
        return named._replace(path=path)
    rule = "no such table beside the file that names it"
    raise BadKey(key, str(named.path), rule, "put it there: columns code and group, a row for every area")


def _table(file: str, rows: Rows, key: str, areas: list[Area]) -> dict[str, list[str]]:
    """Codes by the name of their group. Raises BadInput for a code twice, BadKey for an area of the run left out."""
    once(rows, "code", "name every area once")
    groups: dict[str, list[str]] = {}
    for row in rows:
        groups.setdefault(row.needed("group"), []).append(row.cells["code"])
    codes = {row.cells["code"] for row in rows}
    if missing := [area.code for area in areas if area.code not in codes]:
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        remedy = "give every area a row; an area that stays alone has a group of its own"
        raise BadKey(key, file, f"it has no row for {missing[0]}{more}", remedy)
    here = {area.code for area in areas}
    kept = {name: [code for code in codes if code in here] for name, codes in groups.items()}
    return {name: codes for name, codes in kept.items() if codes}


def groups_of(
    key: str, grouping: Any, areas: list[Area], config: dict[str, Any], staffed: Collection[str] = ()
) -> dict[str, list[Area]]:  # fmt: skip
    """Areas by the name of their group, in order of each group's first area. staffed: codes of areas that have people
    of the role. Raises BadKey."""
    if isinstance(grouping, dict):
        return _own_groups(key, grouping, areas, config)
    if grouping not in GROUPINGS:
        remedy = did_you_mean(str(grouping), GROUPINGS, "write a word or a table, as {my_pair: [QHG, QUE]}")
        raise BadKey(key, grouping, f"must be {', '.join(GROUPINGS)}, or a table of your own", remedy)
    of_region = {region: name for name, regions in config["area_table"]["super_regions"].items() for region in regions}
    groups: dict[str, list[Area]] = {}
    of_neighbours = _neighbours(grouping, areas, config["everywhere"], staffed)
    for area in areas:
        if grouping == "super_regions" and area.region not in of_region:
            raise BadKey(
                key, grouping, f"region {area.region} belongs to no super region", "add it to area_table.super_regions"
            )
        names = {
            "none": area.code,
            **dict.fromkeys(("nearest_team", *NEIGHBOURS), of_neighbours.get(area.code, area.code)),
            "boards": area.board or area.code,
            "clusters_2026": area.cluster,
            "regions": area.region,
            "super_regions": of_region.get(area.region, ""),
            "national": "national",
        }
        groups.setdefault(names[grouping], []).append(area)
    return groups


def _neighbours(
    grouping: str, areas: list[Area], everywhere: list[Area], staffed: Collection[str]
) -> dict[str, str]:  # fmt: skip
    """The group of each area where their centres decide it. everywhere: all areas of the table, so that running fewer
    of them does not change who stands beside whom."""
    if size := NEIGHBOURS.get(grouping):
        return {code: name_of(group) for group in neighbours(everywhere, size) for code in group}
    return covered(areas, staffed) if grouping == "nearest_team" else {}


def _own_groups(key: str, table: dict[str, Any], areas: list[Area], config: dict[str, Any]) -> dict[str, list[Area]]:
    """A planner's own groups; areas in none of them stay alone, areas outside the run are left out."""
    of_code: dict[str, str] = {}
    for name, codes in table.items():
        if not codes:
            raise BadKey(f"{key}.{name}", shown(codes), "an empty pool", "name its areas, or take it out")
        words = codes if isinstance(codes, list) else [codes]
        for code in (code for word in words for code in codes_called(f"{key}.{name}", word, config["everywhere"])):
            if code in of_code:
                raise BadKey(f"{key}.{name}", code, f"stands in group {of_code[code]} already", "name every area once")
            of_code[code] = name
    groups: dict[str, list[Area]] = {}
    for area in areas:
        groups.setdefault(of_code.get(area.code, area.code), []).append(area)
    return groups
