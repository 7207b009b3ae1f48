"""A study made again beside itself, with other numbers or by other rules: what that takes, and what it says then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim import screen
from sim.experiment.conduct import Conducted
from sim.experiment.study import Study
from sim.results import Units

if TYPE_CHECKING:
    import pandas as pd

    from sim.experiment.posterior import Posterior
    from sim.experiment.uncertain import Repeated


@dataclass(frozen=True)
class Again:
    """A study at draws of what nobody knows (None: at none), and under other rules (None: no run differs)."""

    at_draws: Repeated | None
    others: Study | None

    @property
    def identity(self) -> dict[str, str]:
        """What its units come from, beside those of the study."""
        return {**(self.at_draws.identity if self.at_draws else {}), **(self.others.identity if self.others else {})}


def again(study: Study, laws: Posterior | None) -> Again:
    """All that a study asks for. laws: what a calibration left of what nobody knows, to draw by."""
    return Again(_repeated(study, laws), _under_other_rules(study))


def _repeated(study: Study, laws: Posterior | None) -> Repeated | None:
    if not study.draws:
        return None
    from sim.experiment.uncertain import repeated

    screen.say(f"drawing {study.draws} times what nobody knows")
    found = repeated(study, laws) if laws else repeated(study)
    screen.say(found.draws.line())
    return found


def _under_other_rules(study: Study) -> Study | None:
    if not study.structures:
        return None
    from sim.experiment.structures import beside

    return beside(study)


def with_assumptions(
    study: Study, shelf: Units, at_draws: Repeated, found: Mapping[str, pd.DataFrame]
) -> dict[str, pd.DataFrame]:  # fmt: skip
    """The tables with what assumptions do to the headlines, and verdicts that hold whatever the unknown numbers are."""
    from sim.experiment import uncertainty_tables

    with screen.progress(at_draws.title) as progress:
        return uncertainty_tables.with_assumptions(study, shelf, at_draws, found, progress)


def with_structures(
    study: Study, shelf: Units, runs: Conducted, others: Study | None, found: Mapping[str, pd.DataFrame]
) -> dict[str, pd.DataFrame]:  # fmt: skip
    """The tables with the headlines under other rules, and verdicts that hold whichever is so."""
    from sim.experiment import structures

    with screen.progress(f"{len(study.structures)} other structures") as progress:
        seen = structures.simulated(others, shelf, progress)
    return structures.with_structure(found, structures.table(study, runs.seen, seen))
