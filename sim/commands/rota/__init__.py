"""``oncall-sim rota``: who is on when, seat arithmetic and the audit on paper, before any simulation."""

from __future__ import annotations

from sim.asked import Asked
from sim.commands.carry_out import tell_tables
from sim.commands.placed import folder_of, put
from sim.commands.planned import chosen_scenario, command_of, own_keys, plan_of
from sim.commands.rota.lay import OWN_KEYS, Laid, laid
from sim.commands.rota.pictures import pictures
from sim.commands.rota.tables import tables
from sim.commands.rota.text import text
from sim.experiment import study as studies
from sim.experiment.provenance import Stopwatch, manifest

__all__ = ["Laid", "answer", "laid", "pictures", "tables", "text"]


def answer(asked: Asked) -> None:
    """Who is on when, the seat arithmetic and the audit on paper; with out=DIR also as tables and a chart."""
    own, words = own_keys(asked.words[1:], OWN_KEYS)
    chosen, overrides = chosen_scenario(words, "scenario")
    watch, study = Stopwatch(), studies.design("rota", [plan_of(chosen, overrides, asked)], own)
    if asked.only_configuration:
        print(study.plans[0].resolved, end="")
        return
    folder = folder_of(study, asked) if study.settings.out else None
    on_paper = laid(study.scenarios[0], study.seed, own)
    tell_tables(study.plans)
    print(text(on_paper))
    if folder:
        said = [f"scenario={chosen}", *(f"{key}={value}" for key, value in own.items()), *overrides]
        about = manifest(study, command_of("rota", said, asked), watch)
        print(put(study, folder, asked, tables(on_paper), pictures(on_paper), about))
