"""Where families are and who stands by them: the demand table and the rota joined, before any event."""

from sim.place.setting import Setting, lay_out

__all__ = ["Setting", "lay_out"]
