"""The look of every chart, after the Government Analysis Function: colours, type, axes in inches, the key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, NamedTuple

import matplotlib
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, PercentFormatter

from sim.report.drawing.fonts import FAMILY, wrapped

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.container import Container
    from matplotlib.typing import RcKeyType

NAVY, TEAL, PLUM, ORANGE = "#12436D", "#28A197", "#801650", "#F46A25"  # at most these four, in this order
INK, GREY, RULE, PALE = "#0b0c0c", "#595959", "#d9d9d9", "#DCE9F5"
WIDTH = 9.0  # inches of a chart on a page

SETTINGS: dict[RcKeyType, Any] = {
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
    "axes.titley": 1.0,  # there is nothing that it would have to stand clear of, and nothing to look for
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


class Sheet(NamedTuple):
    """What a chart is drawn on, in inches. labels: kept on the left for the names of scenarios."""

    wide: float
    labels: float


PAGE, PHONE, SLIDE = Sheet(WIDTH, 1.95), Sheet(4.3, 1.25), Sheet(6.4, 1.5)
SHEET: ContextVar[Sheet] = ContextVar("sheet", default=PAGE)


def narrow() -> AbstractContextManager[None]:
    """Draw for a phone: panels below each other, names in small letters, one entry of a key a line."""
    return _on(PHONE)


def large() -> AbstractContextManager[None]:
    """Draw for a slide: less wide, so that letters are half as large again when the slide is filled."""
    return _on(SLIDE)


@contextmanager
def _on(sheet: Sheet) -> Iterator[None]:
    before = SHEET.set(sheet)
    try:
        yield
    finally:
        SHEET.reset(before)


def is_narrow() -> bool:
    """Whether charts are drawn for a phone."""
    return SHEET.get() == PHONE


def across() -> float:
    """Inches of a chart from side to side."""
    return SHEET.get().wide


def labels() -> float:
    """Inches kept on the left for the names of scenarios."""
    return SHEET.get().labels


def abreast(columns: int) -> int:
    """Panels side by side."""
    return 1 if is_narrow() else columns


KEY_LINE, KEY_MARK = 0.2, 0.75  # inches of a line, and before its words


def key_lines(entries: Sequence[str], columns: int) -> int:
    """Lines that a key takes."""
    if SHEET.get() != PAGE:
        return sum(_of_key(words).count("\n") + 1 for words in entries)
    return -(-len(entries) // columns)


def key_room(entries: Sequence[str], columns: int) -> float:
    """Inches that a key takes on a phone beyond those it takes on a page."""
    return KEY_LINE * (key_lines(entries, columns) - -(-len(entries) // columns))


def _of_key(words: str) -> str:
    """An entry of a key as it is written: on a phone a long one goes on in a second line."""
    return wrapped(words, across() - KEY_MARK, 9.5) if SHEET.get() != PAGE else words


def canvas(height: float) -> Figure:
    """An empty figure of the common width; height in inches."""
    return Figure(figsize=(across(), height), facecolor="white")


def place(fig: Figure, left: float, top: float, width: float, height: float) -> Axes:
    """Axes at inches from the left and top edge of the figure."""
    tall = fig.get_figheight()
    return fig.add_axes((left / across(), 1 - (top + height) / tall, width / across(), height / tall))


def key(fig: Figure, handles: Sequence[Artist | Container], columns: int, **more: Any) -> None:
    """What the marks mean, in the upper left corner. more: as matplotlib's ``legend`` takes it."""
    labels_of = [_of_key(str(handle.get_label())) for handle in handles]
    fig.legend(
        handles=handles,
        labels=labels_of,
        loc="upper left",
        bbox_to_anchor=(0.01, 1),
        ncols=columns if SHEET.get() == PAGE else 1,
        **more,
    )


def in_per_cent(axis: Axis, top: float) -> None:
    """Ticks of an axis of shares up to a top, written as per cent with the decimals they need."""
    ticks = [tick for tick in axis.get_majorticklocs() if tick <= min(top, 1.0) + 1e-9]
    whole = all(abs(100 * tick - round(100 * tick)) < 1e-6 for tick in ticks)
    axis.set_major_locator(FixedLocator(ticks))
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
