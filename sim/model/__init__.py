"""What happens when a family calls. One door: ``simulate(scenario, seed, replication)``. SimPy lives only here."""

from sim.model.simulate import simulate

__all__ = ["simulate"]
