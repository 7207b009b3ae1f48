"""``oncall-sim slides``: eight slides from a study that is done, for a meeting."""

from __future__ import annotations

from sim import results
from sim.commands.study_folder import read_study
from sim.errors import BadInput
from sim.request import Request

FILE = "slides.pptx"


def slides(request: Request) -> None:
    """Write slides.pptx into the folder of a study; the last line printed is its path."""
    study = read_study(request.folder)
    from sim.report.slides.deck import slides as deck

    try:
        made = deck(study.tables)
    except ModuleNotFoundError as error:
        if error.name != "pptx":
            raise
        raise BadInput(
            "slides: python-pptx is not installed; install the extra `office`, such as pip install 'oncall-sim[office]'"
        ) from error
    results.redraw(study.folder, study.manifest, {FILE: made}, overwrite=request.overwrite)
    print(study.folder / FILE)
