"""What all charts share: the exhibit that holds one, the look and its saving, the font it is measured in, the tiles of
areas. ``style`` and ``fonts`` load matplotlib: who draws imports them by name.
"""

from sim.report.drawing.exhibit import Exhibit, Grid
from sim.report.drawing.tiles import TILES, Tile, layout

__all__ = ["TILES", "Exhibit", "Grid", "Tile", "layout"]
