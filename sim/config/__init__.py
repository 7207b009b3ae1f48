"""The planner's language: YAML parts and scenarios in, a checked and frozen ``Scenario`` out.

Public: ``plan``, ``scenarios``, ``described``, ``of_library``, ``cases``, ``keys``, ``groups``, ``Plan``, ``Settings``.
Hydra composes, this package checks every key and number, and converts once to hours, kilometres and shares.
Raises ``sim.errors.BadInput``: one line with file, key, value, rule and remedy.
"""

from sim.config.library import described, of_library
from sim.config.plan import Plan, Settings, plan
from sim.config.shelf import cases, groups, keys, scenarios

__all__ = ["Plan", "Settings", "cases", "described", "groups", "keys", "of_library", "plan", "scenarios"]
