"""``oncall-sim rota``: who is on when, seat arithmetic and the audit on paper, before any simulation."""

from sim.rota_command.lay import Laid, laid, own_keys
from sim.rota_command.pictures import pictures
from sim.rota_command.tables import tables
from sim.rota_command.text import text

__all__ = ["Laid", "laid", "own_keys", "pictures", "tables", "text"]
