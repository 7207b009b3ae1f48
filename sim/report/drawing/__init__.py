"""What all charts share: the exhibit that holds one, its look, rows, rulers, panels and saving, marks drawn many at
once, the font they are measured in, the tiles of areas, and a second process. The names here load no matplotlib; who
draws imports the modules.
"""

from sim.report.drawing.exhibit import Exhibit, Grid
from sim.report.drawing.tiles import TILES, Tile, layout

__all__ = ["TILES", "Exhibit", "Grid", "Tile", "layout"]
