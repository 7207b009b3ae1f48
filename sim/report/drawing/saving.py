"""Saving a chart as the same bytes each time: in the page, as files that stand by themselves, and on a slide."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from sim.report.drawing.exhibit import Exhibit
from sim.report.drawing.fonts import FAMILY, INSTEAD, faces, wrapped
from sim.report.drawing.style import GREY, WIDTH, large, styled
from sim.report.drawing.vector import BACKEND

DPI = 144
TALL = 1.0  # of its width: a chart that is higher has a page of its own in print
FRAME = "frame-"  # begins the ids of title, subtitle and caption in an SVG file
MEASURED, SHOWN = f"'{FAMILY}', sans-serif", f"'{FAMILY}', {INSTEAD}"  # fonts of a text, as matplotlib writes them
FONT = f"font-family: {SHOWN}; "
LONG = re.compile(r"(\d\.\d\d)\d+")  # coordinates with more digits than a screen has


class Rendered(NamedTuple):
    """A chart as SVG for the page (its title stands in the page), and as SVG and PNG files with title and caption.

    png: empty unless it was asked for.
    """

    inline: str
    svg: bytes
    png: bytes


def charts(shown: Iterable[Exhibit], png: bool) -> tuple[dict[str, str], dict[str, bytes]]:
    """The charts of a page: the svg element of each by name, and the files by path. png: each as PNG too."""
    inline: dict[str, str] = {}
    files: dict[str, bytes] = {}
    for exhibit in shown:
        if exhibit.figure is not None:
            made = render(exhibit, png)
            inline[exhibit.name], files[f"charts/{exhibit.name}.svg"] = made.inline, made.svg
            files |= {f"charts/{exhibit.name}.png": made.png} if png else {}
    return inline, files


def render(exhibit: Exhibit, png: bool = True) -> Rendered:
    """A chart as the page and its files have it. png: drawn a second time, as pixels, which takes longer than all
    else."""
    fig = exhibit.figure
    assert fig is not None, exhibit.name
    with styled():
        tall = fig.get_figheight()
        whole = _framed(fig, exhibit)
        vector = as_svg(fig, whole)
        pixels = _pixels(fig, whole) if png else b""
    above = whole.y1 - tall
    return Rendered(_for_page(_unframed(vector, above, tall), exhibit), _with_its_font(vector).encode(), pixels)


def on_phones(shown: Iterable[Exhibit]) -> dict[str, str]:
    """The svg element of each chart by name, for a page as wide as a phone."""
    return {exhibit.name: on_a_phone(exhibit) for exhibit in shown if exhibit.draw is not None}


def on_a_phone(exhibit: Exhibit) -> str:
    """The chart as SVG for the page where that is as wide as a phone."""
    fig = exhibit.on_a_phone()
    assert fig is not None, exhibit.name
    with styled():
        vector = as_svg(fig)
    return _for_page(vector, exhibit, f"{exhibit.name}-phone")


def slide_pixels(exhibit: Exhibit) -> bytes | None:
    """A chart alone as PNG, in the large letters of a slide that has a title of its own."""
    if exhibit.draw is None:
        return None
    with styled(), large():
        fig = exhibit.draw()
        return _pixels(fig, _all_of(fig))


def printed(fig: Figure) -> tuple[bytes, bytes]:
    """A page for a printer as PDF, and the same as PNG."""
    paper, screen = io.BytesIO(), io.BytesIO()
    with styled():
        fig.savefig(paper, format="pdf", metadata={"Creator": None, "Producer": None, "CreationDate": None})
        fig.savefig(screen, format="png", dpi=DPI, metadata={"Software": None}, pil_kwargs={"compress_level": 4})
    return paper.getvalue(), screen.getvalue()


def as_svg(fig: Figure, box: Bbox | None = None) -> str:
    """A figure as SVG. box: what of it and around it, in inches; all of it by default."""
    target, nothing, box = io.StringIO(), {"Date": None, "Creator": None}, box or _all_of(fig)
    fig.savefig(target, format="svg", backend=BACKEND, dpi=DPI, bbox_inches=box, metadata=nothing)
    return target.getvalue().replace(MEASURED, SHOWN)


def _all_of(fig: Figure) -> Bbox:
    return Bbox.from_bounds(0, 0, *fig.get_size_inches())


def _pixels(fig: Figure, box: Bbox) -> bytes:
    target = io.BytesIO()
    quick = {"compress_level": 4}
    fig.savefig(target, format="png", dpi=DPI, bbox_inches=box, metadata={"Software": None}, pil_kwargs=quick)
    return target.getvalue()


def _framed(fig: Figure, exhibit: Exhibit) -> Bbox:
    """Write title and subtitle above and the caption below the figure; the box in inches that holds all."""
    tall = fig.get_figheight()
    title = wrapped(exhibit.title, WIDTH - 0.24, 13, 9, bold=True).split("\n")
    subtitle = wrapped(exhibit.subtitle, WIDTH - 0.24, 10, 9).split("\n")
    caption = wrapped(exhibit.caption, WIDTH - 0.24, 8, 99).split("\n")
    above = 0.24 * len(title) + 0.18 * len(subtitle) + 0.3
    below = 0.155 * len(caption) + 0.25
    left = 0.12 / WIDTH
    up = 1 + (above - 0.1) / tall
    under = up - (0.24 * len(title) + 0.04) / tall
    around = (
        fig.text(left, up, "\n".join(title), fontsize=13, fontweight="bold", va="top", linespacing=1.25),
        fig.text(left, under, "\n".join(subtitle), fontsize=10, color=GREY, va="top"),
        fig.text(left, -0.08 / tall, "\n".join(caption), fontsize=8, color=GREY, va="top", linespacing=1.3),
    )
    for number, text in enumerate(around):
        text.set_gid(f"{FRAME}{number}")
    return Bbox.from_bounds(0, -below, WIDTH, tall + above + below)


def _unframed(svg: str, above: float, tall: float) -> str:
    """The chart without what stands around it: in the page title and caption are text of the page. In inches."""
    bare = re.sub(rf'<g id="{FRAME}\d">.*?</g>\s*', "", svg, flags=re.S)
    box = f'viewBox="0 {72 * above:g} {72 * WIDTH:g} {72 * tall:g}"'
    return re.sub(r'viewBox="[^"]*"', box, bare, count=1)


def _with_its_font(svg: str) -> str:
    """A chart that stands by itself."""
    return svg.replace("</style>", f" text{{text-rendering: geometricPrecision}} {faces(svg)}</style>", 1)


def _compact(svg: str) -> str:
    """The same picture in two thirds of the letters: fewer digits, no names of parts, the font said once."""
    body = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->", "", svg, flags=re.S)
    body = re.sub(r' id="(?:line2d|text|patch|axes|matplotlib\.axis|xtick|ytick|figure|legend|LineCollection|'
                  r'FillBetweenPolyCollection)_\d+"', "", body)  # fmt: skip
    body = re.sub(r'\b(?:d|x|y|transform)="[^"]*"', lambda found: LONG.sub(r"\1", found[0]), body)
    body = re.sub(r' transform="rotate\(-?0 [^"]*"', "", body)
    body = body.replace(FONT, "").replace("<svg", f'<svg style="{FONT.strip()}"', 1)
    return re.sub(r"\n\s*", "\n", body).replace(">\n<", "><")


def _for_page(svg: str, exhibit: Exhibit, name: str = "") -> str:
    """The svg element alone, with alternative text and with ids that no other chart of the page has."""
    body = _compact(svg[svg.index("<svg") :])
    body = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{name or exhibit.name}-", body)
    opening, rest = body.split(">", 1)
    opening = re.sub(r'\s(width|height)="[^"]*"', "", opening)
    label, tall = escape(exhibit.alt, quote=True), ' class="tall"' if _is_tall(opening) else ""
    return opening.replace("<svg", f'<svg{tall} role="img" aria-label="{label}"', 1) + ">" + rest


def _is_tall(opening: str) -> bool:
    """Whether a chart is too high for half a page."""
    found = re.search(r'viewBox="\S+ \S+ (\S+) (\S+)"', opening)
    return bool(found and float(found[2]) > TALL * float(found[1]))
