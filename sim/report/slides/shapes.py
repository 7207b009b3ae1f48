"""What a slide is made of: its title, words across it and a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide

WIDE, HIGH, EDGE = 13.333, 7.5, 0.6  # inches
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


def text(page: Slide, words: str, top: float, size: int, colour: str) -> None:
    """Words across the slide. top: in inches; size: in points."""
    from pptx.dml.color import RGBColor
    from pptx.util import Inches, Pt

    box = page.shapes.add_textbox(Inches(EDGE), Inches(top), Inches(WIDE - 2 * EDGE), Inches(0.6))
    box.text_frame.word_wrap = True
    box.text_frame.text = words
    box.text_frame.paragraphs[0].font.size = Pt(size)
    box.text_frame.paragraphs[0].font.color.rgb = RGBColor.from_string(colour)


def table(page: Slide, head: Sequence[str], rows: Sequence[Sequence[str]], top: float, widths: Sequence[float]) -> None:
    """A native table: a reader can copy and change it. top, widths: in inches."""
    from pptx.util import Inches

    size = 14 if len(rows) <= 5 else 11
    shape = page.shapes.add_table(
        len(rows) + 1, len(head), Inches(EDGE), Inches(top), Inches(sum(widths)), Inches(0.35 * (len(rows) + 1))
    )
    made = shape.table
    for column, width in enumerate(widths):
        made.columns[column].width = Inches(width)
    for at, row in enumerate((head, *rows)):
        for column, words in enumerate(row):
            _cell(made.cell(at, column), words, size, is_head=at == 0, is_name=column == 0)


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
