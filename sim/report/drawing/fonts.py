"""The font that charts are measured in goes with them: whoever opens one sees what was laid out, in any font of theirs.

It is the font that matplotlib brings, cut down to the letters that are needed; words stay words, to search and select.
"""

from __future__ import annotations

import base64
import io
import string
from functools import cache
from pathlib import Path

import matplotlib

FAMILY = "DejaVu Sans"
WEIGHTS = {400: "DejaVuSans.ttf", 700: "DejaVuSans-Bold.ttf"}
INSTEAD = "'Verdana', 'Arial', 'Helvetica', sans-serif"  # where a reader's program takes no font from a file
USUAL = frozenset(string.ascii_letters + string.digits + string.punctuation + " £–—−…×≤≥±·’")
UNKNOWN = 0.6  # width of a letter that the font does not have, as a share of its size
POINTS = 72.0  # in an inch
MORE = " …"
NOT_NEEDED = ["GSUB", "GPOS", "GDEF", "MATH", "FFTM", "gasp"]  # for words set letter by letter, as they were measured


def faces(words: str) -> str:
    """CSS that brings the font along, with the usual letters and all others of some words."""
    letters = frozenset(words) | USUAL
    return "".join(
        f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};'
        f'src:url(data:font/woff;base64,{_cut_down(file, letters)}) format("woff")}}'
        for weight, file in WEIGHTS.items()
    )


def width(words: str, size: float, bold: bool = False) -> float:
    """How wide one line of words is in a chart, in inches. size: of its letters, in points."""
    advances = _advances(WEIGHTS[700 if bold else 400])
    return sum(advances.get(ord(letter), UNKNOWN) for letter in words) * size / POINTS


def wrapped(text: str, inches: float, size: float, lines: int = 3, bold: bool = False) -> str:
    """Words broken into at most a few lines that are no wider than they may be; what is left over ends in dots.

    inches: the room of a line. size: of the letters, in points.
    """
    rows, left = list[str](), text.split()
    while left and len(rows) < lines:
        row = left.pop(0)
        fits = next((k for k in range(len(row), 1, -1) if width(row[:k], size, bold) <= inches), 1)
        if fits < len(row):  # a word wider than a line goes on in the next
            left.insert(0, row[fits:])
            row = row[:fits]
        while left and width(f"{row} {left[0]}", size, bold) <= inches:
            row += f" {left.pop(0)}"
        rows.append(row)
    while left and width(f"{rows[-1]}{MORE}", size, bold) > inches and rows[-1]:
        rows[-1] = rows[-1][:-1].rstrip()
    return "\n".join(rows) + (MORE if left else "")


@cache
def _advances(file: str) -> dict[int, float]:
    """How far each letter of a font reaches, as a share of its size."""
    from fontTools.ttLib import TTFont

    with TTFont(_path(file), lazy=True) as font:
        table, em = font["hmtx"], font["head"].unitsPerEm
        return {letter: table[glyph][0] / em for letter, glyph in font.getBestCmap().items()}


@cache
def _cut_down(file: str, letters: frozenset[str]) -> str:
    """A font with some letters alone, as WOFF in base64; always the same bytes."""
    from fontTools import subset

    options = subset.Options(hinting=False, layout_features=[], name_IDs=[], flavor="woff", notdef_outline=True)
    options.drop_tables += NOT_NEEDED
    font = subset.load_font(_path(file), options, dontLoadGlyphNames=True)
    content = io.BytesIO()
    with font:
        one = subset.Subsetter(options)
        one.populate(unicodes=[ord(letter) for letter in letters])
        one.subset(font)
        subset.save_font(font, content, options)
    return base64.b64encode(content.getvalue()).decode()


def _path(file: str) -> Path:
    return Path(matplotlib.get_data_path(), "fonts", "ttf", file)
