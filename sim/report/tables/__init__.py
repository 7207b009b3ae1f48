"""The finished tables of a study and how they are read back from its folder: all that is written here is written from
them.
"""

from sim.report.tables.study import ENGLAND, Difference, Estimate, Tables

__all__ = ["ENGLAND", "Difference", "Estimate", "Tables"]
