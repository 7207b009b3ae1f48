"""The look of every chart, after the Government Analysis Function, and its saving as the same bytes each time."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from typing import TYPE_CHECKING, Any

import matplotlib
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter
from matplotlib.transforms import Bbox

from sim.report.drawing.fonts import FAMILY, INSTEAD, faces, width, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

    from sim.report.drawing.exhibit import Exhibit

NAVY, TEAL, PLUM, ORANGE = "#12436D", "#28A197", "#801650", "#F46A25"  # at most these four, in this order
INK, GREY, RULE, PALE = "#0b0c0c", "#595959", "#d9d9d9", "#DCE9F5"
WIDTH = 9.0  # inches of every chart
LABELS = 1.95  # inches kept on the left for the names of scenarios
CROWD = 8  # rows; more stand closer
DPI = 144
FRAME = "frame-"  # begins the ids of title, subtitle and caption in an SVG file
MEASURED, SHOWN = f"'{FAMILY}', sans-serif", f"'{FAMILY}', {INSTEAD}"  # fonts of a text, as matplotlib writes them
FONT = f"font-family: {SHOWN}; "
LONG = re.compile(r"(\d\.\d\d)\d+")  # coordinates with more digits than a screen has

SETTINGS: dict[str, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "oncall-sim",
    "font.family": "sans-serif",
    "font.sans-serif": [FAMILY],  # measured in what is shown
    "font.size": 9.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.edgecolor": GREY,
    "axes.grid": True,
    "axes.grid.axis": "x",
    "axes.axisbelow": True,
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "grid.color": RULE,
    "grid.linewidth": 0.8,
    "xtick.color": INK,
    "ytick.color": INK,
    "ytick.major.size": 0,
    "xtick.labelsize": 9,
    "text.color": INK,
    "axes.labelcolor": INK,
    "legend.frameon": False,
    "legend.fontsize": 9.5,
}


@contextmanager
def styled() -> Iterator[None]:
    """Draw and save in this style, whatever the machine's own settings; these come back afterwards."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(SETTINGS)
        yield


def canvas(height: float) -> Figure:
    """An empty figure of the common width; height in inches."""
    return Figure(figsize=(WIDTH, height), facecolor="white")


def place(fig: Figure, left: float, top: float, width: float, height: float) -> Axes:
    """Axes at inches from the left and top edge of the figure."""
    tall = fig.get_figheight()
    return fig.add_axes((left / WIDTH, 1 - (top + height) / tall, width / WIDTH, height / tall))


def row_height(inches: float, rows: int) -> float:
    """The height of a row: less where there are many, so that a chart stays on a page."""
    return inches if rows <= CROWD else max(0.3, inches * 0.5)


def row_names(axes: Axes, names: list[str]) -> None:
    """Names of the rows 0, 1, ... left of the axes. Each line is a text of its own: any font ends it at the edge."""
    axes.set_yticks(range(len(names)), [""] * len(names))
    for row, text in enumerate(names):
        row_name(axes, row, text, crowded=len(names) > CROWD)


def row_name(axes: Axes, row: float, text: str, weight: str = "normal", crowded: bool = False) -> None:
    """The name of one row, in at most three lines around the row's middle; in two of small letters where it is
    crowded."""
    room, bold = LABELS - 0.15, weight == "bold"
    size, most = (7.5, 2) if crowded else (9.5, 2) if width(text, 9.5, bold) <= 2 * room else (8.5, 3)
    lines = wrapped(text, room, size, most, bold).split("\n")
    for index, line in enumerate(lines):
        lift = ((len(lines) - 1) / 2 - index) * size * 1.15
        axes.annotate(
            line, (0, row), (-6, lift), xycoords=axes.get_yaxis_transform(), textcoords="offset points",
            ha="right", va="center", fontsize=size, fontweight=weight, annotation_clip=False,
        )  # fmt: skip


def whiskers(axes: Axes, at: Sequence[float], low: Sequence[float], high: Sequence[float], plate: bool = True) -> None:
    """Intervals as lines with ends, all of a panel at once; on a white plate where they lie on bars."""
    rows = [row for row in zip(at, low, high, strict=True) if not any(math.isnan(value) for value in row)]
    if not rows:
        return
    y, left, right = zip(*rows, strict=True)
    if plate:
        axes.hlines(y, left, right, color="white", lw=3.4, zorder=2.5)
    axes.hlines(y, left, right, color=INK, lw=1.5, zorder=3)
    axes.plot([*left, *right], [*y, *y], "|", color=INK, ms=6, zorder=3)


def in_per_cent(axis: Axis, top: float) -> None:
    """Ticks of an axis of shares up to a top, written as per cent with the decimals they need."""
    ticks = [tick for tick in axis.get_majorticklocs() if tick <= min(top, 1.0) + 1e-9]
    whole = all(abs(100 * tick - round(100 * tick)) < 1e-6 for tick in ticks)
    axis.set_ticks(ticks)
    axis.set_major_formatter(PercentFormatter(1.0, decimals=0 if whole else 1))


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``, 0 black to 1 white (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ink_on(colour: str) -> str:
    """The text colour that reads better on a background."""
    return max(("#ffffff", INK), key=lambda text: contrast(text, colour))


def render(exhibit: Exhibit) -> tuple[str, bytes, bytes]:
    """A chart as SVG for the page (its title stands in the page), and as SVG and PNG files with title and caption."""
    fig = exhibit.figure
    assert fig is not None, exhibit.name
    with styled():
        tall = fig.get_figheight()
        whole = _framed(fig, exhibit)
        vector = _saved(fig, "svg", whole).decode().replace(MEASURED, SHOWN)
        pixels = _saved(fig, "png", whole)
    above = whole.y1 - tall
    return _for_page(_unframed(vector, above, tall), exhibit), _with_its_font(vector).encode(), pixels


def pixels(fig: Figure) -> bytes:
    """A chart alone as PNG, for a slide that has title and caption of its own."""
    with styled():
        return _saved(fig, "png", Bbox.from_bounds(0, 0, WIDTH, fig.get_figheight()))


def _saved(fig: Figure, kind: str, box: Bbox) -> bytes:
    target = io.BytesIO()
    nothing = {"Date": None, "Creator": None} if kind == "svg" else {"Software": None}
    quick = {} if kind == "svg" else {"pil_kwargs": {"compress_level": 4}}
    fig.savefig(target, format=kind, dpi=DPI, bbox_inches=box, metadata=nothing, **quick)
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


def _for_page(svg: str, exhibit: Exhibit) -> str:
    """The svg element alone, with alternative text and with ids that no other chart of the page has."""
    body = _compact(svg[svg.index("<svg") :])
    body = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{exhibit.name}-", body)
    opening, rest = body.split(">", 1)
    opening = re.sub(r'\s(width|height)="[^"]*"', "", opening)
    label = escape(exhibit.alt, quote=True)
    return opening.replace("<svg", f'<svg role="img" aria-label="{label}"', 1) + ">" + rest
