"""Prints a report as a tagged PDF (PDF/UA-1): large type, headings, tables, charts, and a number on every page.

Software can read it out: every part says what it is, in reading order, and every chart what it shows. Nothing that
people typed is ever a tag. The same report gives the same bytes.
"""

from __future__ import annotations

from io import BytesIO

from reportlab import rl_config

from nhsdesk.documents import pdf_chart, theme
from nhsdesk.documents.model import (
    Block,
    Bullets,
    Chart,
    Grid,
    Paragraph,
    Picture,
    Quotation,
    Report,
    Section,
    Table,
    Timeline,
)
from nhsdesk.documents.page_text import numbered, printable, register_fonts
from nhsdesk.documents.pages import Pages, Turned, one_line
from nhsdesk.documents.pdf_table import CAPTION, beginning_of, is_wide, print_table
from nhsdesk.documents.tagging import Element
from nhsdesk.documents.typesetting import Look
from nhsdesk.domain.periods import day_words

TITLE = Look(theme.TITLE_SIZE, bold=True, colour=theme.BLUE, after=8)
SUBTITLE = Look(theme.SUBTITLE_SIZE, colour=theme.SECONDARY, after=8)
HEADING = Look(theme.HEADING_SIZE, bold=True, colour=theme.BLUE, before=14, after=6)
BODY = Look(theme.BODY_SIZE, after=8)
QUOTATION = Look(theme.BODY_SIZE, left=18, right=18, after=2)
SOURCE = Look(theme.TABLE_SIZE, colour=theme.SECONDARY, left=18, after=8)
ITEM = Look(theme.BODY_SIZE, left=18, after=4)
LOOKS = (TITLE, SUBTITLE, HEADING, BODY, QUOTATION, SOURCE, ITEM)

_BULLET = "•"
_BULLET_LEFT = 4
_WITH_HEADING = 90
"""Points: what must be free below a heading for it to stay with what it is over."""
_WITH_POINT = 2 * ITEM.leading
"""What must be free beside a point, so that it never stands at the foot of a page without its words."""
_WITH_COLON = 2 * BODY.leading + BODY.after + _WITH_POINT
"""What must be free for words that end in a colon to stay with what they announce."""

rl_config.trustedSchemes = []
rl_config.trustedHosts = None
rl_config.toColorCanUse = None
rl_config.useA85 = 0  # bytes as they are: a quarter smaller than spelled out in letters


def write(report: Report, turned: Turned | None = None) -> bytes:
    """The whole report as a PDF. `turned` is told of each page that is done, and may raise to stop the work."""
    register_fonts()
    target = BytesIO()
    pages = Pages(target, report, turned, lying=_all_wide(report))
    root = pages.canvas.root
    _heading(pages, root, report.title, TITLE, 0)
    for text, look in (
        (report.subtitle, SUBTITLE),
        (report.organisation, BODY),
        (day_words(report.day), BODY),
    ):
        if text.strip():
            pages.words(printable(text), look, root.add("P"))
    for section in report.sections:
        _section(pages, root.add("Sect"), section)
    pages.finish()
    return target.getvalue()


def _all_wide(report: Report) -> bool:
    """Whether it is one wide list with no more than words above it: it would begin on a page all but empty."""
    if len(report.sections) != 1:
        return False
    *above, last = report.sections[0].blocks or (Paragraph(""),)
    return isinstance(last, Table) and is_wide(last) and all(isinstance(one, Paragraph) for one in above)


def _section(pages: Pages, element: Element, section: Section) -> None:
    first = section.blocks[0] if section.blocks else None
    if section.own_page and not pages.untouched:
        pages.turn()
    pages.upright(not (isinstance(first, Table) and is_wide(first)))
    pages.need(min(_WITH_HEADING + _wanted_below(pages, first), pages.height))
    _heading(pages, element, section.heading, HEADING, 1)
    for block in section.blocks:
        pages.upright(not (isinstance(block, Table) and is_wide(block)))
        _print(block, pages, element)


def _wanted_below(pages: Pages, first: Block | None) -> float:
    """What a picture or the beginning of a table takes, that a heading is not parted from."""
    if isinstance(first, Chart | Grid | Timeline):
        return pdf_chart.height_wanted(first)
    if (
        isinstance(first, Table) and pages.room < pages.height / 2
    ):  # a table is laid out twice only where it matters
        return beginning_of(pages, first)
    return 0


def _heading(pages: Pages, parent: Element, words: str, look: Look, level: int) -> None:
    """A heading where it can be found: in the tree and among the reader's bookmarks."""
    number = len(parent.kids) + (len(parent.parent.kids) if parent.parent else 0)
    pages.bookmark(one_line(words), f"heading-{level}-{number}")
    pages.words(printable(words), look, parent.add(f"H{level + 1}"))


def _print(block: Block, pages: Pages, parent: Element) -> None:
    match block:
        case Paragraph():
            if block.text.endswith(":"):
                pages.need(_WITH_COLON)
            pages.words(numbered(block.text), BODY, parent.add("P"))
        case Quotation():
            _quotation(pages, block, parent.add("BlockQuote"))
        case Bullets():
            _points(pages, block, parent)
        case Table():
            print_table(pages, block, parent)
        case Chart() | Grid() | Timeline():
            _picture(pages, block, parent)


def _quotation(pages: Pages, quotation: Quotation, element: Element) -> None:
    pages.words(printable(quotation.words), QUOTATION, element.add("P"))
    pages.words(printable(quotation.source), SOURCE, element.add("P"))


def _points(pages: Pages, points: Bullets, parent: Element) -> None:
    if not points.items:
        return
    element = parent.add("L", attributes="/O /List /ListNumbering /Disc")
    for item in points.items:
        point = element.add("LI")
        pages.need(_WITH_POINT)
        pages.label(_BULLET, ITEM, _BULLET_LEFT, point.add("Lbl"))
        pages.words(numbered(item), ITEM, point.add("LBody"))


def _picture(pages: Pages, picture: Picture, parent: Element) -> None:
    """Its title, the drawing, what it says in words, and its numbers: what is drawn can always be read."""
    high = pdf_chart.height_wanted(picture)
    pages.need(min(high + _WITH_HEADING, pages.height))
    pages.words(numbered(picture.title), CAPTION, parent.add("P"))
    left, bottom = pages.left, pages.top - high
    box = f"/BBox [{left:.2f} {bottom:.2f} {left + pages.width:.2f} {pages.top:.2f}]"
    figure = parent.add("Figure", attributes=f"/O /Layout /Placement /Block {box}", alternative=picture.says)
    with pages.canvas.within(figure):
        pdf_chart.draw(pages.canvas, picture, left, bottom, pages.width)
    pages.top = bottom
    pages.words(printable(picture.says), SOURCE, parent.add("P"))
    print_table(pages, picture.numbers, parent)
