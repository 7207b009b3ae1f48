"""The templates, style and scripts that lie in this package beside its modules."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined


def filled(template: str, script: str = "", **context: Any) -> str:
    """A page from its template, with the common style, and with a script, if any, behind what all scripts share."""
    found = Environment(
        loader=PackageLoader("sim.report", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    css = found.get_template("page.css").render()
    code = "\n".join(found.get_template(path).render() for path in ("common.js", script) if script)
    return found.get_template(template).render(css=css, script=code, **context)
