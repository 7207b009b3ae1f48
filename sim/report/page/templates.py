"""The templates, style and scripts that lie in this package beside its modules."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from sim.report.drawing.fonts import faces


@cache
def _assets() -> Environment:
    return Environment(
        loader=PackageLoader("sim.report.page", "assets"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def filled(template: str, script: str = "", charts: Iterable[str] = (), **context: Any) -> str:
    """A page from its template, with the common style, and with a script, if any, behind what all scripts share.

    charts: in the page, as SVG, whose font it brings along.
    """
    found = _assets()
    words = "".join(charts)
    css = found.get_template("page.css").render() + (faces(words) if words else "")
    code = "\n".join(found.get_template(path).render() for path in ("common.js", script) if script)
    return found.get_template(template).render(css=css, script=code, **context)
