"""The tables behind a scenario: areas and people in post, checked row by row."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.config.area_names import CODES, codes_called
from sim.config.compose import Composed
from sim.config.places import places
from sim.config.rows import Row, Rows, once, read_rows
from sim.config.services import kinds_in
from sim.config.sheets import Table, table_named
from sim.config.shelf import configs_dir
from sim.config.words import PEOPLE, BadKey, shown
from sim.domain.area import Area
from sim.domain.tables import TableCount

NUMBERS = {  # column: lowest and highest value that makes sense
    "children": (0, 1e8),
    "deaths_per_year": (0, 1e6),
    **{f"deprivation_q{k}_share": (0, 1) for k in range(1, 6)},
    "rural_share": (0, 1),
    "longitude_degrees": (-180, 180),
    "latitude_degrees": (-90, 90),
    "mean_km": (0, 1000),
}
WORDS = ("code", "name", "region", "cluster")
HOSPICE_KM, BOARD, LABEL, SERVICE = "hospice_km", "board", "label", "service"
READ_TOO = (HOSPICE_KM, BOARD, LABEL, SERVICE, *CODES)  # may be left out
LONGEST_LABEL = 8  # letters on a tile
ELSEWHERE, NOWHERE = "outside the areas of this run", "of no area in the table of areas"
HOLD = "_to_hold_1_in_6"
ONCE = "give every area a code of its own, once"
MOST = 100_000  # people in post in one area


@dataclass
class Files:
    """Tables that were read, by key: name and sum, so that a written configuration notices when one has changed.

    counts: what became of their rows. of_areas: rows that are each of one area, by the column with its code,
    until the areas are known.
    """

    names: dict[str, str] = field(default_factory=dict)
    sums: dict[str, str] = field(default_factory=dict)
    counts: list[TableCount] = field(default_factory=list)
    of_areas: list[tuple[str, Rows, str]] = field(default_factory=list)

    def count(
        self,
        key: str,
        rows: Rows,
        left_out: Iterable[tuple[str, int]] = (),
        remedy: str = "",
        notes: Sequence[str] = (),
    ) -> None:
        """Note how many rows took part and how many did not, by reason, and what else is to be said of them."""
        reasons = tuple((reason, number) for reason, number in (*left_out, ("empty", rows.empty)) if number)
        self.counts.append(TableCount(key, self.names[key], len(rows) + rows.empty, reasons, remedy, tuple(notes)))

    def count_areas(self, here: Iterable[Area], everywhere: Iterable[Area]) -> None:
        """Note it of the tables that have a row for an area. here: the areas of the run; everywhere: of the table."""
        inside, known = ({area.code for area in areas} for areas in (here, everywhere))
        for key, rows, column in self.of_areas:
            codes = [row.cells[column] for row in rows]
            elsewhere = sum(code in known - inside for code in codes)
            self.count(key, rows, [(ELSEWHERE, elsewhere), (NOWHERE, sum(code not in known for code in codes))])


def are_own(composed: Composed) -> bool:
    """Whether the areas are a planner's own: places, or a table that is not among the shipped ones."""
    part = composed.config["area_table"]
    return part["places"] is not None or not is_shipped(part["file"])


def is_shipped(file: Any) -> bool:
    """Whether what ``area_table.file`` says is one of the shipped tables."""
    return (configs_dir() / "area_table" / table_named("area_table.file", file).path).is_file()


def read_areas(composed: Composed, files: Files) -> list[Area]:
    """Every area of the table with its people in post, or every place named in the scenario, in order of code."""
    if composed.config["area_table"]["places"] is not None:
        found = places(composed.config["area_table"]["places"])
        _check_posts(composed, [area.code for area in found], {})
        return found
    rows = read_rows(find_table(composed, "area_table.file", files), (*WORDS, *NUMBERS), beside=READ_TOO)
    files.of_areas.append(("area_table.file", rows, "code"))
    table = find_table(composed, "workforce.file", files)
    shipped = table.path.is_relative_to(configs_dir())
    posts = _posts(composed, files, table, {row.cells["code"] for row in rows} if shipped else None)
    areas = [_area(row, posts.get(row.cells["code"], {}), shipped) for row in rows]
    once(rows, "code", ONCE)
    _check_posts(composed, sorted(area.code for area in areas), posts)
    return sorted(areas, key=lambda area: area.code)


def choose_areas(asked: Any, areas: list[Area]) -> list[Area]:
    """The areas asked for by what they are called; all of them if nothing is asked. Raises BadKey."""
    if asked in ("all", None):
        return areas
    wanted: set[str] = set()
    for word in asked if isinstance(asked, list) else [asked]:
        wanted.update(codes_called("areas", word, areas))
    if not wanted:
        raise BadKey("areas", asked, "no area is left", "write areas=all, or codes as areas=[QHG,QUE]")
    return [a for a in areas if a.code in wanted]


def _posts(composed: Composed, files: Files, table: Table, of: set[str] | None) -> dict[str, dict[str, int]]:
    """People in post by code and role; a column of another name than a role's is a slip.

    of: the areas that are looked for in the shipped table, which has those of every shipped table of areas.
    """
    roles = [name for name, role in composed.config["roles"].items() if role]
    rows = read_rows(table, ("code",), ("name", *roles, *(f"{role}{HOLD}" for role in roles)))
    if of is not None:
        rows = Rows(row for row in rows if row.cells["code"] in of)
    if not rows:  # the shipped table, of which areas of one's own are no part
        return {}
    files.of_areas.append(("workforce.file", rows, "code"))
    once(rows, "code", ONCE)
    columns = [column for column in rows[0].cells if column not in ("code", "name")]
    return {row.cells["code"]: {c: int(row.needed_number(c, 0, MOST, whole=True)) for c in columns} for row in rows}


def _check_posts(composed: Composed, codes: list[str], posts: dict[str, dict[str, int]]) -> None:
    """Raises BadKey if a team asks for people in post of an area that the table of posts does not know."""
    hold = f"community_nurse{HOLD}"
    missing = [code for code in codes if code not in posts]
    asking = {plan: team for plan, team in composed.config["teams"].items() if team and team["people"] in PEOPLE}
    holding = [plan for plan, team in asking.items() if team["people"].endswith(HOLD.strip("_"))]
    if missing and asking:
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        said = ", ".join(f"{plan} (people: {team['people']})" for plan, team in asking.items())
        rule = f"no row for {missing[0]}{more}, where people in post are asked for by {said}"
        roles = dict.fromkeys(team["role"] for team in asking.values())
        columns = ", ".join(["code", *roles, *([hold] if holding else [])])
        remedy = f"give workforce.file a row for every area: {columns}; or write people: {{per_area: 6}} in these teams"
        raise BadKey("workforce.file", shown(composed.config["workforce"]["file"]), rule, remedy)
    if holding and posts and not any(hold in row for row in posts.values()):
        rule, remedy = f"no column {hold}, which team {holding[0]} asks for", "add it, or write a number of people"
        raise BadKey("workforce.file", shown(composed.config["workforce"]["file"]), rule, remedy)


def _area(row: Row, posts: dict[str, int], establishment: bool) -> Area:
    """One row as an area. establishment: the shipped table of posts, of which some are vacant; others list people."""
    n = {column: row.needed_number(column, *bounds) for column, bounds in NUMBERS.items()}
    shares = (
        n["deprivation_q1_share"],
        n["deprivation_q2_share"],
        n["deprivation_q3_share"],
        n["deprivation_q4_share"],
        n["deprivation_q5_share"],
    )
    if abs(sum(shares) - 1) > 0.01:
        row_sum = f"q1 to q5 add to {sum(shares):.3g}: must add to 1"
        raise row.bad("deprivation_q1_share", row_sum)
    in_post = tuple((role, count) for role, count in sorted(posts.items()) if not role.endswith(HOLD))
    return Area(
        code=row.needed("code"),
        name=row.needed("name"),
        region=row.needed("region"),
        cluster=row.needed("cluster"),
        children=n["children"],
        deaths_per_year=n["deaths_per_year"],
        deprivation=shares,
        rural_share=n["rural_share"],
        longitude=n["longitude_degrees"],
        latitude=n["latitude_degrees"],
        mean_km=n["mean_km"],
        posts=in_post,
        hospice_km=row.number(HOSPICE_KM, 0, 1000),
        hold_1_in_6=posts.get(f"community_nurse{HOLD}", 0),
        establishment=establishment,
        also=tuple(row.cells[column] for column in CODES if row.cells.get(column)),
        board=row.cells.get(BOARD, ""),
        service=kinds_in(row.cells.get(SERVICE, "")),
        label=_label(row),
    )


def _label(row: Row) -> str:
    label = row.cells.get(LABEL, "")
    if len(label) > LONGEST_LABEL:
        raise row.bad(LABEL, f"must have at most {LONGEST_LABEL} letters", "shorten it, or leave it empty")
    return label


def find_table(composed: Composed, key: str, files: Files) -> Table:
    """The table that a key names, beside the file that sets the key or else among the parts; notes its sum.

    Raises BadKey if there is none, or if it is not the one that a written configuration was made with.
    """
    group, name = key.split(".")
    written = composed.config[group][name]
    named = table_named(key, written)
    for folder in (composed.folder(key), configs_dir() / group):
        if (path := beside(folder, named)).is_file():
            return read_sum(composed, key, named._replace(path=path), files)
    rule = f"no such table beside the file that names it, nor in configs/{group}"
    raise BadKey(key, written if isinstance(written, str) else written["file"], rule, "put it there")


def beside(folder: Path, table: Table) -> Path:
    """Where a table would stand that a file in a folder names; a tilde that is nobody's home is a letter of a name."""
    try:
        named = table.path.expanduser()
    except RuntimeError:  # ~$mine.xlsx, which a spreadsheet program leaves beside an open workbook
        named = table.path
    return (folder / named).resolve()


def read_sum(composed: Composed, key: str, table: Table, files: Files) -> Table:
    """Notes the sum of a table that a key names. Raises BadKey if it may not be read, or if a written configuration
    was made with another."""
    files.names[key] = table.label
    try:
        content = table.path.read_bytes()
    except OSError as error:
        rule = f"cannot be read ({error.strerror})"
        raise BadKey(key, table.path.name, rule, "close it where it is open, or see who may read it") from None
    files.sums[key] = hashlib.sha256(content).hexdigest()
    known = composed.config["files"].get(key.replace(".", "_"))
    if known not in (None, files.sums[key]):
        rule = "the table has changed since this configuration was written"
        raise BadKey(key, table.path.name, rule, "take the files key out to use it all the same")
    return table
