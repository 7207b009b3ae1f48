"""Where each area's tile stands: England's 42 integrated care boards, roughly as they lie; others by region.

The grid was laid out by hand from the centres of the areas: neighbours stand near each other, distances mean nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


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


def layout(areas: Iterable[tuple[str, str]]) -> dict[str, Tile]:
    """A tile for every (code, region), moved to the north-west corner; rows by region if a code is not on the grid."""
    pairs = list(areas)
    if any(code not in TILES for code, _ in pairs):
        return _by_region(pairs)
    kept = {code: TILES[code] for code, _ in pairs}
    west = min((tile.column for tile in kept.values()), default=0)
    north = min((tile.row for tile in kept.values()), default=0)
    return {code: Tile(tile.column - west, tile.row - north, tile.label) for code, tile in kept.items()}


def _by_region(pairs: list[tuple[str, str]]) -> dict[str, Tile]:
    """Each region begins a new row, in the order given."""
    placed: dict[str, Tile] = {}
    row = 0
    for region in dict.fromkeys(region for _, region in pairs):
        codes = [code for code, of in pairs if of == region]
        for index, code in enumerate(codes):
            placed[code] = Tile(index % COLUMNS, row + index // COLUMNS, code if len(code) <= 8 else code[:7] + "…")
        row += (len(codes) - 1) // COLUMNS + 1
    return placed
