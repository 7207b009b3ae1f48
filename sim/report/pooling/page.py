"""The one page of a study about sharing rotas: sentences, exhibits, and what the run was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.report.drawing import Exhibit
from sim.report.drawing.saving import charts, on_phones
from sim.report.page.notes import told_once
from sim.report.page.templates import filled
from sim.report.tables import Tables
from sim.report.words import capitals
from sim.report.words.captions import driven_by, period, where
from sim.report.words.findings import place_words
from sim.report.words.glossary import Glossary

SHORT = 12  # rows of a table that is open where there is no chart


@dataclass(frozen=True)
class Story:
    """What stands above the exhibits. notes: in small letters below the sentences. limits: at the end of the page.
    files: names of the tables beside the page."""

    heading: str
    lead: str
    sentences: Sequence[str]
    notes: str
    limits: str
    files: Sequence[str]


def page(name: str, tables: Tables, story: Story, shown: Sequence[Exhibit], png: bool = False) -> dict[str, bytes]:
    """The page of that name and its charts: relative path -> content. The same tables always give the same bytes.

    png: each chart as PNG too.
    """
    inline, files = charts(shown, png)
    phone = on_phones(shown)
    words = filled(
        "pooling.html.j2",
        charts=[*inline.values(), *phone.values()],
        study={**tables.study, "title": capitals(tables.study["title"])},
        story=story,
        exhibits=shown,
        inline=inline,
        phone=phone,
        told=told_once(shown, where(tables)),
        glossary=Glossary(),
        short=SHORT,
        place=place_words(tables),
        period=period(tables),
        driven_by=driven_by(tables),
    )
    return {**files, name: words.encode()}
