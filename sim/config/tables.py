"""The tables behind a scenario: areas, people in post and the hour-of-week profile, checked row by row."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.config.compose import Composed
from sim.config.shelf import configs_dir
from sim.config.words import BadKey, did_you_mean, one_line, shown
from sim.domain.area import Area
from sim.errors import BadInput

NUMBERS = {  # column: lowest and highest value that makes sense
    "children": (0, 1e8),
    "deaths_per_year": (0, 1e6),
    **{f"deprivation_q{k}_share": (0, 1) for k in range(1, 6)},
    "rural_share": (0, 1),
    "km2": (0, 1e6),
    "longitude_degrees": (-180, 180),
    "latitude_degrees": (-90, 90),
    "mean_km": (0, 1000),
}
WORDS = ("code", "name", "region", "cluster")
HOLD = "_to_hold_1_in_6"
HOURS = 168


@dataclass
class Files:
    """Tables that were read: name and sum, so that a written configuration notices when one has changed."""

    sums: dict[str, str] = field(default_factory=dict)


def read_areas(composed: Composed, files: Files) -> list[Area]:
    """Every area of the table with its people in post, in order of code, whatever the order of the rows."""
    path = _find(composed, "area_table.file", files)
    rows = _rows(path, (*WORDS, *NUMBERS))
    posts = _posts(composed, files)
    areas = [_area(path.name, line, row, posts.get(row["code"], {})) for line, row in rows]
    codes = [area.code for area in areas]
    for code in codes:
        if codes.count(code) > 1:
            raise BadInput(
                f"{path.name}: code = {code}: stands in {codes.count(code)} rows; give every area a code of its own"
            )
    return sorted(areas, key=lambda area: area.code)


def choose_areas(asked: Any, areas: list[Area]) -> list[Area]:
    """The areas asked for by code, name or region; all of them if nothing is asked. Raises BadKey."""
    if asked in ("all", None):
        return areas
    wanted: set[str] = set()
    for word in asked if isinstance(asked, list) else [asked]:
        plain = str(word).strip().lower().removeprefix("nhs ")
        found = {a.code for a in areas if plain in (a.code.lower(), a.name.lower(), a.region.lower())}
        if not found:
            known = [a.code for a in areas] + [a.name for a in areas] + sorted({a.region for a in areas})
            raise BadKey("areas", str(word), "no area of that code, name or region", did_you_mean(str(word), known))
        wanted |= found
    if not wanted:
        raise BadKey("areas", asked, "no area is left", "write areas=all, or codes as areas=[QHG,QUE]")
    return [a for a in areas if a.code in wanted]


def read_profile(composed: Composed, files: Files) -> tuple[float, ...]:
    """168 hour-of-week weights from Monday 00:00, scaled to mean 1."""
    path = _find(composed, "demand.profile", files)
    weights = [
        _number(path.name, line, row, "rate_multiplier", 0, 1e6) for line, row in _rows(path, ("rate_multiplier",))
    ]
    if len(weights) != HOURS or sum(weights) <= 0:
        raise BadInput(
            f"{path.name}: {len(weights)} rows: must be 168 hours from Monday 00:00, not all 0; add or take out rows"
        )
    mean = sum(weights) / HOURS
    return tuple(weight / mean for weight in weights)


def _posts(composed: Composed, files: Files) -> dict[str, dict[str, int]]:
    path = _find(composed, "workforce.file", files)
    found: dict[str, dict[str, int]] = {}
    for line, row in _rows(path, ("code",)):
        columns = [c for c in row if c not in ("code", "name")]
        found[row["code"]] = {c: int(_number(path.name, line, row, c, 0, 100_000)) for c in columns}
    return found


def _area(file: str, line: int, row: dict[str, str], posts: dict[str, int]) -> Area:
    n = {column: _number(file, line, row, column, *bounds) for column, bounds in NUMBERS.items()}
    shares = (
        n["deprivation_q1_share"],
        n["deprivation_q2_share"],
        n["deprivation_q3_share"],
        n["deprivation_q4_share"],
        n["deprivation_q5_share"],
    )
    if abs(sum(shares) - 1) > 0.01:
        raise BadInput(
            f"{file} line {line}: deprivation_q1_share to q5 add to {sum(shares):.3g}: must add to 1; "
            f"check the row of {row['code']}"
        )
    in_post = tuple((role, count) for role, count in sorted(posts.items()) if not role.endswith(HOLD))
    return Area(
        **{column: row[column] for column in WORDS},
        children=n["children"],
        deaths_per_year=n["deaths_per_year"],
        deprivation=shares,
        rural_share=n["rural_share"],
        km2=n["km2"],
        longitude=n["longitude_degrees"],
        latitude=n["latitude_degrees"],
        mean_km=n["mean_km"],
        posts=in_post,
        hold_1_in_6=posts.get(f"community_nurse{HOLD}", 0),
    )


def _find(composed: Composed, key: str, files: Files) -> Path:
    group, name = key.split(".")
    value: str = composed.config[group][name]
    for folder in (composed.folder(key), configs_dir() / group):
        path: Path = (folder / value).resolve()
        if path.is_file():
            content = path.read_bytes()
            files.sums[key] = hashlib.sha256(content).hexdigest()
            known = composed.config["files"].get(key.replace(".", "_"))
            if known not in (None, files.sums[key]):
                raise BadKey(
                    key,
                    value,
                    "the table has changed since this configuration was written",
                    "take the files key out to use it all the same",
                )
            return path
    raise BadKey(key, value, f"no such table beside the file that names it, nor in configs/{group}", "put it there")


def _rows(path: Path, needed: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """Rows with their line numbers. Raises BadInput if the file is no table or a column is missing."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            reader = csv.DictReader(text)
            rows = [(reader.line_num, {k: (v or "").strip() for k, v in row.items() if k}) for row in reader]
            columns = list(reader.fieldnames or [])
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadInput(one_line(f"{path.name}: not a CSV table in UTF-8 ({error}); save it as CSV UTF-8")) from None
    for column in needed:
        if column not in columns:
            remedy = did_you_mean(column, columns, f"columns needed: {', '.join(needed)}")
            raise BadInput(one_line(f"{path.name}: {column}: no such column; {remedy}"))
    if not rows:
        raise BadInput(f"{path.name}: no rows; add one for each area or hour")
    return rows


def _number(file: str, line: int, row: dict[str, str], column: str, low: float, high: float) -> float:
    try:
        value = float(row[column])
    except ValueError:
        value = float("nan")
    if not low <= value <= high:
        rule = f"must be a number from {low:g} to {high:g}; correct the row of {row.get('code', line)}"
        raise BadInput(f"{file} line {line}: {column} = {shown(row[column])}: {rule}")
    return value
