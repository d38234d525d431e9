"""Prints a report: A4, large type, headings, tables whose headings repeat, and a number on every page.

All data is escaped before it meets reportlab, whose paragraphs are markup. The same report gives the same bytes.
"""

from __future__ import annotations

from datetime import UTC
from functools import cache
from io import BytesIO

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    LongTable,
    PageBreak,
    PageTemplate,
    Spacer,
)
from reportlab.platypus import Paragraph as Words

from nhsdesk.documents import theme
from nhsdesk.documents.model import (
    Block,
    Bullets,
    Chart,
    Column,
    Paragraph,
    Quotation,
    Report,
    Section,
    Table,
    cell_words,
)
from nhsdesk.documents.page_columns import column_widths
from nhsdesk.documents.page_text import markup, pieces, printable, register_fonts, without_bars
from nhsdesk.documents.pdf_chart import Drawing
from nhsdesk.domain.periods import day_words

MOST_COLUMNS = 12
"""More would leave under 14 mm each; such a table belongs in a workbook. ValueError, for it is our mistake."""

_PAGE_WIDTH, _PAGE_HEIGHT = A4
_WIDTH = _PAGE_WIDTH - 2 * theme.PAGE_MARGIN
_PAGE_NUMBER_WIDTH = 100
_LONGEST_FOOTER = 300
_LONGEST_MARK = 40
_PADDING = 5
_HEADING_ROOM = 90
_MOST_ROOM = 640
"""Points: less than a page has, on which what asks for more would never find it."""
_NO_ENTRIES = "No entries."

rl_config.trustedSchemes = []
rl_config.trustedHosts = None
rl_config.toColorCanUse = None


def write(report: Report) -> bytes:
    """The whole report as a PDF. It is set twice, for its pages bear their total."""
    _, pages = _print(report, 0)
    printed, _ = _print(report, pages)
    return printed


class _Bookmark(Flowable):  # type: ignore[misc, unused-ignore]
    """The place of a heading, found among the reader's bookmarks."""

    def __init__(self, words: str, key: str) -> None:
        super().__init__()
        self._words, self._key = words, key

    def draw(self) -> None:
        self.canv.bookmarkHorizontal(self._key, 0, theme.HEADING_SIZE)
        self.canv.addOutlineEntry(self._words, self._key, level=0)


class _Words(Words):  # type: ignore[misc, unused-ignore]
    """A paragraph that remembers how it fitted: a table asks each cell anew for every page."""

    _room = -1.0

    def wrap(self, room: float, height: float) -> tuple[float, float]:
        if room != self._room or not hasattr(self, "blPara"):  # reportlab drops it when it cannot split
            self._fitted: tuple[float, float] = super().wrap(room, height)
            self._room = room
        return self._fitted


class _Paper(BaseDocTemplate):  # type: ignore[misc, unused-ignore]
    """The sheets of paper: the mark above, the footer and the page number below."""

    def __init__(self, target: BytesIO, report: Report, pages: int) -> None:
        super().__init__(
            target,
            pagesize=A4,
            title=_one_line(report.title),
            author=_one_line(report.organisation),
            subject=_one_line(report.subtitle),
            keywords=_one_line(report.mark),
            creator="nhsdesk",
            lang="en-GB",
            displayDocTitle=True,
            invariant=1,
            initialFontName=theme.PAGE_FONT,
        )
        self._report, self._pages = report, pages
        self._mark = _one_line(report.mark)[:_LONGEST_MARK]
        self._footer = _Words(markup(_shortened(_one_line(report.footer))), _styles()["footer"])
        _, self._footer_height = self._footer.wrap(_WIDTH - _PAGE_NUMBER_WIDTH, _PAGE_HEIGHT)
        self.addPageTemplates(PageTemplate("page", [self._frame()], onPage=_begin_page, onPageEnd=_end_page))

    def _frame(self) -> Frame:
        bottom = theme.PAGE_MARGIN + self._footer_height + theme.BODY_SIZE
        height = _PAGE_HEIGHT - bottom - theme.PAGE_MARGIN - theme.BODY_SIZE
        return Frame(theme.PAGE_MARGIN, bottom, _WIDTH, height, 0, 0, 0, 0)

    def beforeDocument(self) -> None:  # noqa: N802
        made = self._report.created.astimezone(UTC).strftime("D:%Y%m%d%H%M%S+00'00'")
        self.canv.setDateFormatter(lambda *_: made)

    def draw_mark(self, canvas: Canvas) -> None:
        """Before the page's own words, so that it is also the first to be read out."""
        canvas.setFont(theme.PAGE_FONT_BOLD, theme.HEADING_SIZE)
        canvas.setFillColor(HexColor(theme.DARK_BLUE))
        canvas.drawCentredString(_PAGE_WIDTH / 2, _PAGE_HEIGHT - theme.PAGE_MARGIN + 4, self._mark)

    def draw_footer(self, canvas: Canvas) -> None:
        """After the page's own words."""
        self._footer.drawOn(canvas, theme.PAGE_MARGIN, theme.PAGE_MARGIN)
        canvas.setFont(theme.PAGE_FONT, theme.SMALL_SIZE)
        canvas.setFillColor(HexColor(theme.SECONDARY))
        right = _PAGE_WIDTH - theme.PAGE_MARGIN
        top = theme.PAGE_MARGIN + self._footer_height - theme.SMALL_SIZE
        canvas.drawRightString(right, top, f"Page {self.page} of {self._pages}")


def _begin_page(canvas: Canvas, paper: _Paper) -> None:
    if paper._mark:
        paper.draw_mark(canvas)


def _end_page(canvas: Canvas, paper: _Paper) -> None:
    paper.draw_footer(canvas)


def _print(report: Report, pages: int, canvas_maker: type[Canvas] = Canvas) -> tuple[bytes, int]:
    """The report's bytes and how many pages it came to; `pages` is the total to print on each."""
    register_fonts()
    target = BytesIO()
    paper = _Paper(target, report, pages)
    paper.build(_story(report), canvasmaker=canvas_maker)
    return target.getvalue(), int(paper.page)


def _story(report: Report) -> list[Flowable]:
    """Everything in reading order."""
    story = _heading(report.title, "title", "title")
    for text, style in ((report.subtitle, "subtitle"), (report.organisation, "body")):
        if text.strip():
            story += _words(text, style)
    story += _words(day_words(report.day), "body")
    for number, section in enumerate(report.sections, 1):
        story += _section(section, f"section-{number}")
    return story


def _section(section: Section, key: str) -> list[Flowable]:
    before = PageBreak() if section.own_page else CondPageBreak(_room_under_heading(section))
    heading = [before, *_heading(section.heading, "heading", key)]
    return heading + [piece for block in section.blocks for piece in _block(block)]


def _room_under_heading(section: Section) -> float:
    """What must be free below a heading for it to stay with what comes first: a chart is never parted."""
    first = section.blocks[0] if section.blocks else None
    wanted = _room_of(Drawing(first, _WIDTH)) if isinstance(first, Chart) else 0
    return min(wanted + _HEADING_ROOM, _MOST_ROOM)


def _heading(text: str, style: str, key: str) -> list[Flowable]:
    return [_Bookmark(_one_line(text), key), *_words(text, style)]


def _words(text: str, style: str) -> list[Flowable]:
    """Long words come in pieces, for reportlab measures all that is left of a paragraph on every page."""
    return [_Words(markup(piece), _styles()[style]) for piece in pieces(printable(text))]


def _block(block: Block) -> list[Flowable]:
    match block:
        case Paragraph():
            return _words(block.text, "body")
        case Bullets():
            return [piece for item in block.items for piece in _bullet(item)]
        case Quotation():
            return [*_words(block.words, "quotation"), *_words(block.source, "source")]
        case Table():
            return _table(block)
        case Chart():
            return _chart(block)


def _chart(chart: Chart) -> list[Flowable]:
    """Its title, the drawing, what it says in words, and its numbers: what is drawn can always be read."""
    drawing = Drawing(chart, _WIDTH)
    return [
        CondPageBreak(_room_of(drawing)),
        *_words(chart.title, "caption"),
        drawing,
        *_words(chart.says, "source"),
        *_table(chart.numbers),
    ]


def _room_of(drawing: Drawing) -> float:
    """With its title above it and some of its words below."""
    return drawing.height + _HEADING_ROOM


def _bullet(item: str) -> list[Flowable]:
    first, *rest = pieces(printable(item))
    style = _styles()["bullet"]
    return [_Words(markup(first), style, bulletText="•"), *(_Words(markup(piece), style) for piece in rest)]


def _table(table: Table) -> list[Flowable]:
    if len(table.columns) > MOST_COLUMNS:
        raise ValueError(f"table {table.name}: {len(table.columns)} columns do not fit on a page")
    caption = _words(table.caption, "caption") if table.caption.strip() else []
    if not table.rows:
        return [*caption, *_words(_NO_ENTRIES, "body")]
    cells = [
        [printable(cell_words(value, column)) for column, value in zip(table.columns, row, strict=True)]
        for row in table.rows
    ]
    grid = _grid(table.columns, cells)
    return [CondPageBreak(_HEADING_ROOM), *caption, grid, Spacer(1, theme.BODY_SIZE)]


def _grid(columns: tuple[Column, ...], cells: list[list[str]]) -> LongTable:
    widths = column_widths([printable(column.label) for column in columns], cells, _WIDTH, 2 * _PADDING)
    head = [_words(column.label, _cell_style(column, "head")) for column in columns]
    styles = [_cell_style(column, "cell") for column in columns]
    body = [[_words(text, style) for text, style in zip(row, styles, strict=True)] for row in cells]
    return LongTable(
        [head, *body],
        colWidths=widths,
        repeatRows=1 if _height(head, widths) < _PAGE_HEIGHT / 4 else 0,
        splitInRow=1,
        hAlign="LEFT",
        style=_GRID_STYLE,
    )


def _height(row: list[list[Flowable]], widths: list[float]) -> float:
    """Of the tallest cell, in points: a heading row of half a page cannot be repeated on every page."""
    rooms = [room - 2 * _PADDING for room in widths]
    return max(
        sum(float(part.wrap(room, 1)[1]) for part in cell) for cell, room in zip(row, rooms, strict=True)
    )


_GRID_STYLE = [
    ("FONTNAME", (0, 0), (-1, -1), theme.PAGE_FONT),  # else a font is named that the file does not carry
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("BACKGROUND", (0, 0), (-1, 0), HexColor(theme.PALE)),
    ("LINEBELOW", (0, 0), (-1, -1), 0.5, HexColor(theme.RULE)),
    ("LEFTPADDING", (0, 0), (-1, -1), _PADDING),
    ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
    ("TOPPADDING", (0, 0), (-1, -1), 3),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
]


def _cell_style(column: Column, name: str) -> str:
    return f"{name} right" if column.kind.counts else name


@cache
def _styles() -> dict[str, ParagraphStyle]:
    body = _style("body", theme.BODY_SIZE, spaceAfter=8)
    cell = _style("cell", theme.TABLE_SIZE)
    head = _style("head", theme.TABLE_SIZE, bold=True)
    made = (
        body,
        cell,
        head,
        ParagraphStyle("cell right", cell, alignment=TA_RIGHT),
        ParagraphStyle("head right", head, alignment=TA_RIGHT),
        _style("title", theme.TITLE_SIZE, bold=True, colour=theme.BLUE, spaceAfter=8),
        _style("subtitle", theme.SUBTITLE_SIZE, colour=theme.SECONDARY, spaceAfter=8),
        _style("heading", theme.HEADING_SIZE, bold=True, colour=theme.BLUE, spaceBefore=14, spaceAfter=6),
        _style("caption", theme.BODY_SIZE, bold=True, spaceBefore=6, spaceAfter=4),
        ParagraphStyle("bullet", body, leftIndent=18, bulletIndent=4, bulletFontSize=theme.BODY_SIZE),
        ParagraphStyle("quotation", body, leftIndent=18, rightIndent=18, spaceAfter=2),
        _style("source", theme.TABLE_SIZE, colour=theme.SECONDARY, leftIndent=18, spaceAfter=8),
        _style("footer", theme.SMALL_SIZE, colour=theme.SECONDARY),
    )
    return {style.name: style for style in made}


def _style(
    name: str, size: int, *, bold: bool = False, colour: str = theme.TEXT, **measures: float
) -> ParagraphStyle:
    return ParagraphStyle(
        name,
        fontName=theme.PAGE_FONT_BOLD if bold else theme.PAGE_FONT,
        fontSize=size,
        leading=size * theme.LINE,
        textColor=HexColor(colour),
        bulletFontName=theme.PAGE_FONT,
        **measures,
    )


def _one_line(text: str) -> str:
    return " ".join(printable(without_bars(text)).split())


def _shortened(footer: str) -> str:
    return footer if len(footer) <= _LONGEST_FOOTER else f"{footer[:_LONGEST_FOOTER]} …"
