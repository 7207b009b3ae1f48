"""One door for Python: the same scenarios, runs and tables as the command ``oncall-sim``, as functions and DataFrames.

A scenario is loaded by ``load_scenario``. One replication of it: ``expose`` (cover, exactly, without a call) or
``simulate`` and ``measure``. A study of many: ``run_study`` or ``compare``; one that is in its folder: ``Study(path)``.
Whatever a person can put right is raised as ``BadInput``, one line; nothing is printed, or written unless ``out`` says
where. Only the names in ``__all__`` are promised. Examples: ``docs/python.md``.
"""

from __future__ import annotations

from oncall_sim.replications import Ledger, expose, measure, simulate
from oncall_sim.runs import compare, run_study
from oncall_sim.scenarios import load_scenario
from oncall_sim.studies import Study
from sim import __version__
from sim.config import Plan
from sim.errors import BadInput
from sim.experiment.code import OtherCode
from sim.experiment.execute import WorkerDied
from sim.experiment.units import Damaged

__all__ = [
    "BadInput",
    "Damaged",
    "Ledger",
    "OtherCode",
    "Plan",
    "Study",
    "WorkerDied",
    "__version__",
    "compare",
    "expose",
    "load_scenario",
    "measure",
    "run_study",
    "simulate",
]
