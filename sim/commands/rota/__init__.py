"""``oncall-sim rota``: who is on when, seat arithmetic and the audit on paper, before any simulation."""

from __future__ import annotations

from sim.commands.destination import folder_of, put
from sim.commands.plans import command_of, plan_with, shows_configuration
from sim.commands.rota.breaches import found_in
from sim.commands.rota.calendars import calendars_of
from sim.commands.rota.lay import Laid, laid
from sim.commands.rota.pictures import pictures
from sim.commands.rota.tables import tables
from sim.commands.rota.text import text
from sim.commands.rota.workbook import workbook_of
from sim.commands.shown import show_rows
from sim.experiment import study as studies
from sim.experiment.provenance import Stopwatch, manifest
from sim.request import Request

__all__ = ["Laid", "laid", "pictures", "rota", "tables", "text"]


def rota(request: Request) -> None:
    """Who is on when, the seat arithmetic and the audit on paper; with out=DIR also as tables, on one page of
    A4, as a workbook and as calendars."""
    watch, study = Stopwatch(), studies.design("rota", [plan_with(request)], request.own)
    if shows_configuration(study.plans, request):
        return
    folder = folder_of(study, request) if study.settings.out else None
    on_paper = laid(study.scenarios[0], study.seed, request.own)
    show_rows(study.plans)
    found = found_in(on_paper, request.own)
    print(text(on_paper, found))
    if folder:
        about = manifest(study, command_of(request), watch)
        made = tables(on_paper, found)
        files = pictures(on_paper) | workbook_of(on_paper, made) | calendars_of(on_paper)
        print(put(study, folder, request, made, files, about))
