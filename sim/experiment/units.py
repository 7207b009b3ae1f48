"""What a study asks of its workers: every replication of every scenario, one unit each."""

from __future__ import annotations

from typing import NamedTuple


class Unit(NamedTuple):
    """One piece of work: a replication (from 0) of the study's scenario at that place (from 0)."""

    replication: int
    scenario: int


def units(n_scenarios: int, replications: int) -> list[Unit]:
    """Every unit of a study, replication by replication, so that a study cut short still holds whole pairs."""
    return [Unit(replication, scenario) for replication in range(replications) for scenario in range(n_scenarios)]
