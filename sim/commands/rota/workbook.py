"""The workbook of ``oncall-sim rota out=DIR``: the days in colour, the duties, the audit and the seat arithmetic."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sim.commands.rota.lay import Laid
from sim.commands.rota.pictures import shown
from sim.commands.rota.text import title
from sim.rota.grid import LEGEND

SHEETS = {"rota.csv": "Duties", "audit.csv": "Audit", "breaches.csv": "Breaches", "compared.csv": "Compared",
          "seats.csv": "Seats"}  # fmt: skip


def workbook_of(rota: Laid, tables: Mapping[str, pd.DataFrame]) -> dict[str, bytes]:
    """rota.xlsx: the days shown, and every table as a sheet."""
    from sim.report.workbook.rota import workbook

    sheets = {SHEETS[name]: table for name, table in tables.items()}
    return {"rota.xlsx": workbook(title(rota), LEGEND, *shown(rota), sheets)}
