"""What exists: calendar, areas, roles, clinicians, teams, ladders and the scenario that holds them.

Frozen values in internal units (hours, kilometres, shares), built by ``sim.config`` and read by everything else.
Standard library only, with numpy in ``travel`` alone.
"""
