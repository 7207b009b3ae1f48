"""What a worker process loads: the model and its numeric libraries, nothing that tells or draws."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

from sim.experiment.code import surroundings
from sim.experiment.produce import File, Produce
from sim.experiment.replicate import Replicate
from sim.experiment.units import ROWS, Unit, content_of, file_name, rows_of
from sim.results import Units
from tests.tiny import tiny

HEAVY = ("pandas", "matplotlib", "hydra", "omegaconf", "yaml", "openpyxl", "xlsxwriter", "jinja2", "scipy.stats")
OURS = ("sim.config", "sim.report", "sim.commands", "sim.experiment.study")
A_WORKER = """
import pickle, sys
import sim.experiment.worker
work, unit = pickle.load(sys.stdin.buffer)
work(unit)
print(*sys.modules)
"""


def test_a_worker_loads_no_table_page_or_configuration(tmp_path):
    """Catches an import that every worker pays for: pandas alone takes longer than a short replication."""
    scenario, place = tiny(), Path(__file__).parents[2]
    work = File(Produce(Replicate((scenario,), 1), "none", surroundings()), Units(tmp_path))
    made = subprocess.run(
        [sys.executable, "-c", A_WORKER], input=pickle.dumps((work, Unit(0, 0))), cwd=place, check=True,
        stdout=subprocess.PIPE,
    )  # fmt: skip
    loaded = made.stdout.decode().split()
    assert {"sim.model", "sim.measures", "numpy"} <= set(loaded)
    assert [name for name in (*HEAVY, *OURS) if name in loaded] == []
    assert rows_of(content_of(Units(tmp_path), file_name(scenario.name, 0), ROWS))
