"""The font of the charts: measured as matplotlib measures it, brought along with every letter that is needed."""

from __future__ import annotations

import base64
import io
import re

import pytest
from fontTools.ttLib import TTFont
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

from sim.report.drawing.fonts import FAMILY, faces, width, wrapped

NAME = "Worst-off community nurse (hours on call a week)"


def brought(css: str) -> list[set[int]]:
    """Letters of the fonts that a style brings along."""
    found = re.findall(r"base64,([^)]*)\)", css)
    return [set(TTFont(io.BytesIO(base64.b64decode(font))).getBestCmap()) for font in found]


@pytest.mark.parametrize("words", ["", "Ysbyty Gŵynedd", "Sjælland ≥ 5"])
def test_a_normal_and_a_bold_font_have_every_letter(words):
    """Catches a name whose Welsh letters are shown in another font than they were measured in."""
    both = brought(faces(words))
    assert len(both) == 2
    assert all({*map(ord, words + "Az09 £–−…")} <= letters for letters in both)
    assert all(len(letters) < 150 for letters in both)  # cut down: a page stays small


def test_the_same_letters_give_the_same_bytes():
    assert faces("abc") == faces("cba")
    assert len(faces("")) < 30_000


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("words", [NAME, "0.5 % (−1.2 to 3.4)", "illness"])
def test_words_are_as_wide_as_matplotlib_draws_them(words, bold):
    """Pairs that are drawn closer (kerning) are the only difference: never wider than is said here."""
    looks = FontProperties(family=FAMILY, size=9, weight="bold" if bold else "normal")
    drawn, _, _ = TextToPath().get_text_width_height_descent(words, looks, ismath=False)
    assert drawn / 72 <= width(words, 9, bold) + 0.01 <= 1.03 * drawn / 72 + 0.02


@pytest.mark.parametrize("text", [NAME, "a_very_long_code_without_a_space", "one", "", f"{NAME} {NAME} {NAME}"])
@pytest.mark.parametrize("inches", [0.4, 1.0, 2.2, 5.0])
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost_without_dots(text, inches):
    lines = wrapped(text, inches, 9, 3).split("\n")
    assert len(lines) <= 3
    assert all(width(line, 9) <= inches for line in lines)
    kept = "".join(lines).replace(" ", "")
    whole = text.replace(" ", "")
    assert kept == whole or (kept.endswith("…") and whole.startswith(kept[:-1]))
    assert wrapped(text, 99, 9) == text
