"""``oncall-sim pool``: the same people in rotas of their own, in pairs, in regions and as one, on the same families."""

from sim.pool_command.asked import Pooling, own_keys, read
from sim.pool_command.study import tables_and_page
from sim.pool_command.text import text
from sim.pool_command.variants import plans, warnings

__all__ = ["Pooling", "own_keys", "plans", "read", "tables_and_page", "text", "warnings"]
