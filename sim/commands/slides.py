"""``oncall-sim slides``: six slides from a finished study, for a meeting."""

from __future__ import annotations

from sim import results
from sim.asked import Asked
from sim.commands.finished import finished
from sim.errors import BadInput

FILE = "slides.pptx"


def answer(asked: Asked) -> None:
    """Write slides.pptx into the folder of a study; the last line printed is its path."""
    folder, manifest, tables = finished("slides", asked.words[1:])
    from sim.report.slides.deck import slides

    try:
        made = slides(tables)
    except ModuleNotFoundError as error:
        if error.name != "pptx":
            raise
        raise BadInput(
            "slides: python-pptx is not installed; install the extra `office`, such as pip install 'oncall-sim[office]'"
        ) from error
    results.redraw(folder, manifest, {FILE: made}, overwrite=asked.overwrite)
    print(folder / FILE)
