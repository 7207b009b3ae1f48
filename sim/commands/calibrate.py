"""``oncall-sim calibrate``: what published figures leave of all that nobody knows, as draws for other studies."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim import results, screen
from sim.cells import each_row
from sim.commands.destination import place_for, put
from sim.commands.pipeline import begin, configurations
from sim.commands.plans import command_of, plan_of, shows_configuration
from sim.config.register import GOODWILL, LAWS_READ, TARGET, UNKNOWN, register, sum_of_laws
from sim.config.targets import Target, read_targets, runs, shipped_targets
from sim.errors import BadInput
from sim.experiment.aimed import READINGS, AimedStudy, aimed
from sim.experiment.calibration import Calibration
from sim.experiment.calibration_tables import IDENTIFIED, NOT_IDENTIFIED, tables
from sim.experiment.draws import Draws, moved_by
from sim.experiment.points import at_points
from sim.experiment.provenance import Stopwatch, manifest
from sim.experiment.units import Shelf
from sim.measures.catalogue import EVERYTHING
from sim.request import Request

Numbers = NDArray[np.float64]

TOLD = 0.5  # of the most that chance lets Q2 be: below, a figure is told poorly


def calibrate(request: Request) -> None:
    """Waves of runs at draws, then the draws that the targets leave: what they do not identify is printed first."""
    watch, path = Stopwatch(), Path(request.names[0]).expanduser() if request.names else shipped_targets()
    targets = read_targets(path, (*EVERYTHING, *READINGS))
    study = _study(request, targets, path)
    if shows_configuration(study.plans, request) or (folder := place_for(study, request)) is None:
        return
    keys = frozenset[str]().union(*(moved_by(plan) for plan in study.plans))
    keys |= {GOODWILL} if TARGET in keys else frozenset()
    with results.working(folder) as shelf:
        begin(study, shelf, dict(study.own))
        calibration = Calibration(
            targets, keys, lambda draws, first: _simulated(study, targets, draws, first, shelf), study.seed,
            request.whole("n"),
        )  # fmt: skip
        found = calibration.run(request.whole("waves"), request.whole("again"))
        made = tables(targets, calibration, found)
        files = configurations(study.plans) | {"asked_of.csv": path.read_bytes()}
        folder = put(study, folder, request, made, files, manifest(study, command_of(request), watch))
        shelf.discard()
    print("\n".join(lines(made)))
    print(folder)


def _study(request: Request, targets: tuple[Target, ...], path: Path) -> AimedStudy:
    """The runs that targets are of. Raises BadInput."""
    if word := next((word for word in request.overrides if word.lstrip("+").startswith("replications=")), None):
        raise BadInput(f"{word}: a calibration runs every draw twice; take it out, and write n=256 for more draws")
    plans = []
    for (scenario, *changes), name in runs(targets).items():
        own = {change.lstrip("+").partition("=")[0] for change in changes}
        others = [word for word in request.overrides if word.lstrip("+").partition("=")[0] not in own]
        plans.append(plan_of(scenario, [*others, *changes, *([f"name={name}"] if changes else [])], request))
    said = {key: request.text(key) for key in ("n", "waves", "again")}
    content = hashlib.sha256(path.read_bytes()).hexdigest()
    return aimed(plans, targets, {**said, "targets": content, LAWS_READ: sum_of_laws()})


def _simulated(
    study: AimedStudy, targets: tuple[Target, ...], draws: Draws, first: int, shelf: Shelf
) -> tuple[Numbers, Numbers]:  # fmt: skip
    """Numerators and denominators of every target at every draw, twice."""
    many = len(study.plans) * draws.many * 2
    with screen.progress(f"draws {first + 1} to {first + draws.many} of what nobody knows: {many} runs") as progress:
        return at_points(study, targets, draws, first, shelf, progress)


def lines(made: dict[str, pd.DataFrame]) -> Iterator[str]:
    """A calibration on the screen."""
    unknowns, targets, waves = made[IDENTIFIED], made["targets.csv"], made["waves.csv"]
    others = sum(one.kind == UNKNOWN and one.leads == one.key for one in register().values()) - len(unknowns)
    loose = unknowns[unknowns["verdict"] == NOT_IDENTIFIED]
    said = f"{len(loose)} that move a target are not identified by any, and {others} others move none beyond noise"
    yield f"Not identified: {said}: these stay as nobody knows them."
    cells = [["unknown", "spread left", "prior", "posterior", "goes with", "could find out"]]
    for row in each_row(unknowns):
        partner = f"{row.goes_with} ({row.correlation:+.2f})" if row.goes_with else ""
        ends = (f"{low:.3g} to {high:.3g}" for low, high in (
            (row.prior_low, row.prior_high), (row.posterior_low, row.posterior_high)))  # fmt: skip
        cells.append([f"{row.key}: {row.verdict}", f"{row.spread:.2f}", *ends, partner, row.who_could_find_out])
    yield from screen.columns(cells)
    cells = [["target", "published", "before", "left", "off", "Q2 of at most"]]
    for row in each_row(targets):
        before, left = (f"{low:.3g} to {high:.3g}" for low, high in (
            (row.prior_low, row.prior_high), (row.posterior_low, row.posterior_high)))  # fmt: skip
        published = f"{row.value:.3g} ({row.low:.3g} to {row.high:.3g})"
        q2 = f"{row.q2:.2f} {row.q2_ceiling:.2f}" if row.moved_by else "nothing moves it"
        cells.append([row.target, published, before, left, f"{row.off:+.1f} SD", q2])
    yield from screen.columns(cells)
    poor = [row.target for row in each_row(targets) if not row.moved_by or row.q2 < TOLD * row.q2_ceiling]
    if poor:
        yield f"told poorly by so few runs, so they may identify more than is said: {', '.join(poor)}; n= gives more"
    last = waves.groupby("wave").first()
    yield "plausible share of the prior: " + ", ".join(
        f"{100 * row.left:.3g} % after wave {wave}" for wave, row in zip(last.index, each_row(last), strict=True)
    )
