"""What a slide is made of: its title, words across it and a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sim.report.drawing.fonts import wrapped

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide

WIDE, HIGH, EDGE = 13.333, 7.5, 0.6  # inches
WORDS, NOTE = 18, 16  # points of words and of small print: what is read from three metres
INK, GREY, NAVY, PALE, WHITE = "0B0C0C", "595959", "12436D", "F3F5F7", "FFFFFF"


def slide(deck: Presentation, title: str) -> Slide:
    """A slide with its title, which is as small as it has to be."""
    from pptx.dml.color import RGBColor
    from pptx.enum.text import MSO_ANCHOR
    from pptx.util import Inches, Pt

    page: Slide = deck.slides.add_slide(deck.slide_layouts[5])
    shape = page.shapes.title
    assert shape is not None  # this layout has one
    shape.left, shape.top, shape.width, shape.height = (Inches(x) for x in (EDGE, 0.35, WIDE - 2 * EDGE, 1.05))
    shape.text_frame.word_wrap = True
    shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    shape.text_frame.text = title
    paragraph = shape.text_frame.paragraphs[0]
    paragraph.alignment = 1
    paragraph.font.size = Pt(28 if len(title) < 80 else 22 if len(title) < 170 else 16)
    paragraph.font.bold, paragraph.font.color.rgb = True, RGBColor.from_string(INK)
    return page


def text(page: Slide, lines: Sequence[str], top: float, size: int = NOTE, colour: str = GREY) -> None:
    """Words across the slide, a paragraph a line. top: in inches; size: in points."""
    from pptx.dml.color import RGBColor
    from pptx.util import Inches, Pt

    if not lines:
        return
    box = page.shapes.add_textbox(Inches(EDGE), Inches(top), Inches(WIDE - 2 * EDGE), Inches(HIGH - top - 0.15))
    box.text_frame.word_wrap = True
    box.text_frame.text = "\n".join(lines)
    for paragraph in box.text_frame.paragraphs:
        paragraph.font.size = Pt(size)
        paragraph.font.color.rgb = RGBColor.from_string(colour)
        paragraph.space_after = Pt(size // 2)


def table(
    page: Slide, head: Sequence[str], rows: Sequence[Sequence[str]], top: float, widths: Sequence[float]
) -> float:
    """A native table: a reader can copy and change it; where it ends, in inches. top, widths: in inches.

    In large print where it then leaves room for a note.
    """
    from pptx.util import Inches

    size = WORDS if top + _high((head, *rows), widths, WORDS) < HIGH - 1.2 else NOTE
    shape = page.shapes.add_table(
        len(rows) + 1, len(head), Inches(EDGE), Inches(top), Inches(sum(widths)), Inches(0.4 * (len(rows) + 1))
    )
    made = shape.table
    for column, width in enumerate(widths):
        made.columns[column].width = Inches(width)
    for at, row in enumerate((head, *rows)):
        for column, words in enumerate(row):
            _cell(made.cell(at, column), words, size, is_head=at == 0, is_name=column == 0)
    return top + _high((head, *rows), widths, size)


def _high(rows: Sequence[Sequence[str]], widths: Sequence[float], size: int) -> float:
    """Inches that rows take in letters of a size; measured in a wide font, so that it is rather too much."""
    lines = (
        max(
            part.count("\n") + 1
            for words, width in zip(row, widths, strict=True)
            for part in ["\n".join(wrapped(line, width - 0.2, size, 9) for line in words.split("\n"))]
        )
        for row in rows
    )
    return sum(0.1 + many * size * 1.2 / 72 for many in lines)


def _cell(cell: Any, words: str, size: int, is_head: bool, is_name: bool) -> None:
    from pptx.dml.color import RGBColor
    from pptx.util import Pt

    cell.text = words
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string(NAVY if is_head else PALE)
    for paragraph in cell.text_frame.paragraphs:
        paragraph.font.size = Pt(size)
        paragraph.font.bold = is_head or is_name
        paragraph.font.color.rgb = RGBColor.from_string(WHITE if is_head else INK)
