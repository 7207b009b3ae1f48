"""One night in plain English: who called, who was rung, who came, what was not met and why, who is tired next morning.

Everything is read from ledgers; nothing here runs a model or measures anything.
"""

from __future__ import annotations

from sim.night.choose import Night, choose, choose_ordinary, choose_quiet, night_of
from sim.night.text import Telling, text

__all__ = ["Night", "Telling", "choose", "choose_ordinary", "choose_quiet", "night_of", "text"]
