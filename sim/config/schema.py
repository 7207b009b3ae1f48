"""What may stand in a configuration, by the keys declared in ``sim.config.keys``."""

from __future__ import annotations

from sim.config.keys import PARTS

SCHEMA = PARTS
# where and how a study is run: no keys of a scenario, which says what is simulated
OF_THE_RUN = ("out", "keep", "draw", "workers", "executor", "scheduler", "shard")
