"""What all charts share: the exhibit that holds one, its look, rows, panels and saving, the font it is measured in, and
the tiles of areas. The names here load no matplotlib; who draws imports the modules.
"""

from sim.report.drawing.exhibit import Exhibit, Grid
from sim.report.drawing.tiles import TILES, Tile, layout

__all__ = ["TILES", "Exhibit", "Grid", "Tile", "layout"]
