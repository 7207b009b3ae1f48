"""The finished tables of a study, from which all else is written. Door to its folder: ``reading.read``."""

from sim.report.tables.figures import Difference, Estimate, Posts
from sim.report.tables.study import ENGLAND, Tables

__all__ = ["ENGLAND", "Difference", "Estimate", "Posts", "Tables"]
