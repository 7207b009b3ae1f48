"""Where each area's tile stands: roughly as the areas lie, neighbours near each other; distances mean nothing.

The grid of England's 42 integrated care boards of 2024 was laid out by hand, that of any others follows from their
centres; where these are not known areas stand by region.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple


class Tile(NamedTuple):
    """A place on the grid, counted from the west and from the north, and the short name printed there."""

    column: int
    row: int
    label: str


TILES: dict[str, Tile] = {
    "QHM": Tile(3, 0, "NENC"),
    "QE1": Tile(2, 1, "LSC"),
    "QWO": Tile(3, 1, "WY"),
    "QOQ": Tile(4, 1, "HNY"),
    "QYG": Tile(1, 2, "C&M"),
    "QOP": Tile(2, 2, "GM"),
    "QF7": Tile(3, 2, "SY"),
    "QT1": Tile(4, 2, "Notts"),
    "QOC": Tile(1, 3, "STW"),
    "QNC": Tile(2, 3, "Staffs"),
    "QJ2": Tile(3, 3, "Derbys"),
    "QK1": Tile(4, 3, "LLR"),
    "QJM": Tile(5, 3, "Lincs"),
    "QMM": Tile(6, 3, "N&W"),
    "QUA": Tile(1, 4, "Bl Ctry"),
    "QHL": Tile(2, 4, "BSol"),
    "QWU": Tile(3, 4, "C&W"),
    "QPM": Tile(4, 4, "Nhants"),
    "QUE": Tile(5, 4, "C&P"),
    "QJG": Tile(6, 4, "SNEE"),
    "QGH": Tile(1, 5, "H&W"),
    "QR1": Tile(2, 5, "Glos"),
    "QU9": Tile(3, 5, "BOB"),
    "QHG": Tile(4, 5, "BLMK"),
    "QM7": Tile(5, 5, "HWE"),
    "QH8": Tile(6, 5, "MSE"),
    "QUY": Tile(1, 6, "BNSSG"),
    "QOX": Tile(2, 6, "BSW"),
    "QNQ": Tile(3, 6, "Frimley"),
    "QRV": Tile(4, 6, "NWL"),
    "QMJ": Tile(5, 6, "NCL"),
    "QMF": Tile(6, 6, "NEL"),
    "QJK": Tile(0, 7, "Devon"),
    "QSL": Tile(1, 7, "Soms"),
    "QVV": Tile(2, 7, "Dorset"),
    "QRL": Tile(3, 7, "HIOW"),
    "QWE": Tile(4, 7, "SWL"),
    "QKK": Tile(5, 7, "SEL"),
    "QKS": Tile(6, 7, "K&M"),
    "QT6": Tile(0, 8, "Cornw"),
    "QXU": Tile(4, 8, "Surrey"),
    "QNX": Tile(5, 8, "Sussex"),
}
COLUMNS = 7  # of the grid of England, and the longest row of the fallback
MOST_ACROSS = 12  # tiles, as many as stand beside each other on a page
ROOM = 1.3  # cells of a grid for each area
LETTERS = 8  # on a tile


def layout(areas: Iterable[Mapping[Any, Any]]) -> dict[str, Tile]:
    """A tile for every area, moved to the north-west corner.

    areas: records with code and region and, where they are known, label and centre (longitude_degrees,
    latitude_degrees). England's 42 stand on the grid by hand, others as their centres lie, or else by region.
    """
    known = [Known.of(area) for area in areas]
    if all(area.code in TILES for area in known):
        return _to_the_corner({area.code: TILES[area.code] for area in known})
    centres = {area.centre for area in known}
    return _by_region(known) if None in centres or len(centres) < 2 else _to_the_corner(_by_centre(known))


class Known(NamedTuple):
    """What is known of an area that is to have a tile. centre: degrees east and north."""

    code: str
    region: str
    label: str
    centre: tuple[float, float] | None

    @classmethod
    def of(cls, area: Mapping[Any, Any]) -> Known:
        """The same of a record; a name that is too long for a tile is cut."""
        code, said = str(area["code"]), area.get("label")
        label = said if isinstance(said, str) and said else code if len(code) <= LETTERS else code[: LETTERS - 1] + "…"
        place = (area.get("longitude_degrees", math.nan), area.get("latitude_degrees", math.nan))
        return cls(code, str(area["region"]), label, None if any(map(math.isnan, place)) else place)


def _to_the_corner(tiles: dict[str, Tile]) -> dict[str, Tile]:
    west = min((tile.column for tile in tiles.values()), default=0)
    north = min((tile.row for tile in tiles.values()), default=0)
    return {code: Tile(tile.column - west, tile.row - north, tile.label) for code, tile in tiles.items()}


def _by_centre(known: list[Known]) -> dict[str, Tile]:
    """Each on a cell of its own, as near as may be to where its centre stands among the others from west to east and
    from north to south: the least sum of squared distances over all of them."""
    from scipy.optimize import linear_sum_assignment

    east, south = (
        _among([sign * area.centre[way] for area in known if area.centre]) for way, sign in ((0, 1), (1, -1))
    )
    across = min(math.ceil(math.sqrt(ROOM * len(known))), MOST_ACROSS, len(known))
    down = math.ceil(ROOM * len(known) / across)
    cells = [(column, row) for row in range(down) for column in range(across)]
    away = [
        [(x * across - column - 0.5) ** 2 + (y * down - row - 0.5) ** 2 for column, row in cells]
        for x, y in zip(east, south, strict=True)
    ]
    _, chosen = linear_sum_assignment(away)
    return {area.code: Tile(*cells[cell], area.label) for area, cell in zip(known, chosen, strict=True)}


def _among(values: list[float]) -> list[float]:
    """Where each value stands between the least (0) and the most (1): half by its size, half by its place in order, for
    cities have many areas near each other."""
    low, high, order = min(values), max(values), sorted(values)
    return [
        ((value - low) / ((high - low) or 1) + (order.index(value) + 0.5) / len(order)) / 2
        for value in values
    ]  # fmt: skip


def _by_region(known: list[Known]) -> dict[str, Tile]:
    """Each region begins a new row, in the order given."""
    placed: dict[str, Tile] = {}
    row = 0
    for region in dict.fromkeys(area.region for area in known):
        here = [area for area in known if area.region == region]
        for index, area in enumerate(here):
            placed[area.code] = Tile(index % COLUMNS, row + index // COLUMNS, area.label)
        row += (len(here) - 1) // COLUMNS + 1
    return placed
