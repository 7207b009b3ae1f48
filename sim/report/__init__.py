"""What a reader opens: charts and one self-contained page, written from finished tables. One door: ``build``.

Nothing here runs a model, reads a file or writes one; the heavy libraries are imported when the report is built.
"""

from __future__ import annotations

from sim.garbage import nothing_collected
from sim.report.tables import Tables

__all__ = ["Tables", "build"]


@nothing_collected()
def build(tables: Tables, png: bool = False, workers: int = 1) -> dict[str, bytes]:
    """The report of one study: relative path -> content. png: each chart as PNG too. workers: processes, of which two
    are used.

    These are ``report.html``, ``ambitions.html``, ``on_the_rota.html``, ``workbook.xlsx``, ``charts/NAME.svg`` and, if
    asked for, ``charts/NAME.png``.

    The same tables always give the same bytes, on any number of workers. A chart with nothing to draw has no file;
    the page says so.
    """
    from sim.report.drawing.beside import beside
    from sim.report.drawing.saving import charts, on_phones
    from sim.report.exhibits.contents import exhibits
    from sim.report.page import ambitions, on_the_rota
    from sim.report.page.report import page
    from sim.report.words.selection import in_order
    from sim.report.workbook import workbook

    tables = in_order(tables)
    shown = exhibits(tables)
    with beside(lambda: (on_phones(shown), workbook(tables)), asked=workers > 1) as rest:  # about half of the work
        inline, files = charts(shown, png)
        files[ambitions.FILE] = ambitions.ambitions(tables).encode()
        files[on_the_rota.FILE] = on_the_rota.on_the_rota(tables).encode()
        phone, files["workbook.xlsx"] = rest()
    files["report.html"] = page(tables, shown, inline, phone).encode()
    return files
