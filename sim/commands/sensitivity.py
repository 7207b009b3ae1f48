"""``oncall-sim sensitivity``: the share of a figure's variance that each unknown makes, alone and with all others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim import results, screen
from sim.commands.draws_folder import read_drawn
from sim.errors import BadInput
from sim.own_keys import near
from sim.request import Request

if TYPE_CHECKING:
    from sim.experiment.sensitivity import Explained

FEWEST = 64  # draws
FILE = "sensitivity.csv"
SHOWN = 5  # unknowns of each figure


def sensitivity(request: Request) -> None:
    """A table into the folder of a study; the last line printed is that folder."""
    from sim.experiment import sensitivity as studied
    from sim.experiment.gaussian import refuse_without_library

    if missing := refuse_without_library():
        raise BadInput(missing)
    manifest, study = read_drawn(request.folder, FEWEST)
    measure = request.text("measure")
    if measure not in study.figures:
        raise BadInput(f"measure = {measure}: not among the figures of the draws{near(measure, [*study.figures])}")
    found = []
    for one in studied.explained(study, measure):
        found.append(one)
        screen.say(f"{_of(one, study.scenarios[0])}: {one.quality.line() if one.quality else 'no figure'}")
    if all(one.driven is None for one in found):
        raise BadInput(f"{request.folder}: {measure}: {found[-1].refusal()}")
    files = {FILE: results.csv(studied.table(study, measure, found))}
    results.redraw(request.folder, manifest, files, overwrite=request.overwrite)
    print(f"{studied.about(measure)}: shares of its variance over {study.draws} draws, first order (and total)")
    for one in found:
        print("\n".join(_lines(one, study.scenarios[0])))
    print(request.folder)


def _of(one: Explained, baseline: str) -> str:
    return one.scenario if one.of == "figure" else f"{one.scenario} minus {baseline}"


def _lines(one: Explained, baseline: str) -> list[str]:
    if one.driven is None:
        return [f"{_of(one, baseline)}: refused: {one.refusal()}"]
    assert one.quality is not None
    driven = one.driven
    pairs = f"two of its {len(one.keys)} unknowns are correlated by up to {one.correlation:.2f} by chance"
    columns = f"two columns of points by {driven.correlation:.2g}"
    lines = [f"{_of(one, baseline)}: {one.quality.line()}; {pairs}, {columns}"]
    order = sorted(range(len(one.keys)), key=lambda at: -driven.total[at, 0])
    for at in order[:SHOWN]:
        first, low, high = driven.first[at]
        total, least, most = driven.total[at]
        alone, all_of_it = f"{first:.2f} ({low:.2f} to {high:.2f})", f"{total:.2f} ({least:.2f} to {most:.2f})"
        lines.append(f"  {one.keys[at]}: {alone}; total {all_of_it}")
    return lines
