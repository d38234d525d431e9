"""The sheets of a printed paper, filled from the top: words, rules and drawings at the next free place.

    pages = Pages(target, report, turned)
    pages.words("Some text", LOOK, pages.canvas.root.add("P"))
    pages.finish()

A mark stands above each page, a footer and the number below. A wide table gets pages on their side. `turned` is called
with the number of every page that is done, and may raise to stop the work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC
from functools import cache
from typing import BinaryIO

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4, landscape

from nhsdesk.documents import theme
from nhsdesk.documents.model import Report
from nhsdesk.documents.page_text import printable, width, without_bars
from nhsdesk.documents.tagging import Element, TaggedCanvas
from nhsdesk.documents.typesetting import Line, Look, Run, lines_of
from nhsdesk.documents.word_parts import Part

FOOTER = Look(theme.SMALL_SIZE, colour=theme.SECONDARY)
_MARK = Look(theme.HEADING_SIZE, bold=True, colour=theme.DARK_BLUE)
_WATERMARK = Look(96, bold=True, colour=theme.PALE)
_WATERMARK_ANGLE = 50
_PAGE_NUMBER_WIDTH = 100
_LONGEST_FOOTER = 300
_LONGEST_MARK = 40
_CAPITALS = 0.357
"""Half the height of a capital letter, as a share of the type's size."""
_FEWEST_LINES = 2
"""Of a paragraph, that may stand alone at the foot of a page."""

Turned = Callable[[int], None]


class Pages:
    """A paper while it is printed; `top` is the upper edge of what is free on the page, in points from its foot.

    All pages of one that is `lying` are on their side.
    """

    def __init__(
        self, target: BinaryIO, report: Report, turned: Turned | None = None, *, lying: bool = False
    ) -> None:
        self.canvas = TaggedCanvas(
            target,
            title=one_line(report.title),
            author=one_line(report.organisation),
            subject=one_line(report.subtitle),
            font=theme.PAGE_FONT,
        )
        self.canvas.setKeywords(one_line(report.mark))
        self.canvas.setCreator("nhsdesk")
        made = report.created.astimezone(UTC).strftime("D:%Y%m%d%H%M%S+00'00'")
        self.canvas.setDateFormatter(lambda *_: made)
        self._turned = turned
        self._figures = frozenset(one.number for one in report.figures)
        self._mark = one_line(report.mark)[:_LONGEST_MARK]
        self._watermark = one_line(report.watermark)[:_LONGEST_MARK]
        footer = _shortened(one_line(report.footer))
        self._footer = lines_of(footer, FOOTER, _text_width(A4) - _PAGE_NUMBER_WIDTH) if footer else []
        self._sizes: list[tuple[float, float]] = []
        self._lying = lying
        self._begin(landscape(A4) if lying else A4)

    # ---- where the words are

    @property
    def left(self) -> float:
        """The left edge of the words."""
        return theme.PAGE_MARGIN

    @property
    def width(self) -> float:
        """How wide the words may be."""
        return _text_width(self._size)

    @property
    def room(self) -> float:
        """What is free down to the foot of the page."""
        return self.top - self._bottom

    @property
    def height(self) -> float:
        """What is free on a page that is still empty."""
        return self._highest - self._bottom

    @property
    def untouched(self) -> bool:
        """True while nothing stands on the page."""
        return self.top >= self._highest

    def need(self, room: float) -> None:
        """Goes to the next page where less than this is free here, and more would be there."""
        if self.room < room and not self.untouched:
            self.turn()

    def upright(self, wanted: bool) -> None:
        """Goes on with pages that stand, or that lie on their side."""
        size = A4 if wanted and not self._lying else landscape(A4)
        if size != self._size:
            self._turn(size)

    def turn(self) -> None:
        """Goes on at the top of a further page."""
        self._turn(self._size)

    def skip(self, points: float) -> None:
        """Leaves room, though none at the top of a page."""
        if not self.untouched:
            self.top -= points

    # ---- what stands there

    def words(self, text: str, look: Look, element: Element) -> None:
        """Printable words as a paragraph of an element, over as many pages as it takes."""
        lines = lines_of(text, look, self.width - look.left - look.right)
        self.skip(look.before)
        while lines:
            fit = max(int((self.room + 0.01) // look.leading), 0)
            if fit < min(len(lines), _FEWEST_LINES) and not self.untouched:
                self.turn()
                continue
            now, lines = lines[: max(fit, 1)], lines[max(fit, 1) :]
            self.set_lines(now, look, self.left + look.left, self.top, element)
            self.top -= len(now) * look.leading
            if lines:
                self.turn()
        self.skip(look.after)

    def label(self, words: str, look: Look, left: float, element: Element) -> None:
        """A short word beside what comes next, such as the point before an item."""
        self.set_lines(lines_of(words, look, self.width), look, self.left + left, self.top, element)

    def set_lines(
        self,
        lines: Sequence[Line],
        look: Look,
        left: float,
        top: float,
        element: Element,
        right: float | None = None,
    ) -> None:
        """Lines of an element below a height; they end at `right` where that is given."""
        begun = 0
        for number, line in enumerate(lines):
            if line.plain:
                continue
            self._set_plain(lines[begun:number], look, left, top - begun * look.leading, element, right)
            base = _first_base(top, look) - number * look.leading
            begin = left if right is None else right - line.width
            self._set_mixed(line, look, begin, base, element)
            begun = number + 1
        self._set_plain(lines[begun:], look, left, top - begun * look.leading, element, right)

    def _set_plain(
        self,
        lines: Sequence[Line],
        look: Look,
        left: float,
        top: float,
        element: Element,
        right: float | None,
    ) -> None:
        if lines:
            with self.canvas.within(element):
                self.draw_lines(lines, look, left, top, right)

    def draw_lines(
        self, lines: Sequence[Line], look: Look, left: float, top: float, right: float | None = None
    ) -> None:
        """The bare words of lines, inside a piece or an artifact that is open."""
        base = _first_base(top, look)
        text = self.canvas.beginText(left, base)
        text.setFont(look.font, look.size, look.leading)
        text.setFillColor(colour(look.colour))
        for number, line in enumerate(lines):
            if right is not None:
                text.setTextOrigin(right - line.width, base - number * look.leading)
            text.textLine("".join(run.words for run in line.runs))
        self.canvas.drawText(text)

    def _set_mixed(self, line: Line, look: Look, left: float, base: float, element: Element) -> None:
        bars = [run for run in line.runs if run.special and run.special.bar]
        if bars:
            with self.canvas.artifact("Background"):
                self.canvas.setFillColor(colour(theme.TEXT))
                for run in bars:
                    low = base - look.size * 0.25
                    self.canvas.rect(left + run.left, low, run.width, look.size, stroke=0, fill=1)
        for run in line.runs:
            self._set_run(run, look, left + run.left, base, element)

    def _set_run(self, run: Run, look: Look, left: float, base: float, element: Element) -> None:
        part = run.special or Part(run.words)
        leads = bool(part.address) or part.figure in self._figures
        own = element.add("Link") if leads else element
        with self.canvas.within(own):
            self.canvas.setFont(look.font, look.size)
            self.canvas.setFillColor(colour(_colour_of(part, look, leads=leads)))
            self.canvas.drawString(left, base, run.words)
        low, high = base - look.size * 0.2, base + look.size * 0.8
        box = (left, low, left + run.width, high)
        if part.address:
            self._underline(left, run.width, low)
            self.canvas.link(own, part.address, box)
        elif leads:
            self.canvas.place(part.name, high)
            self.canvas.lead(own, part.leads, _leads_words(part), box)

    def _underline(self, left: float, wide: float, height: float) -> None:
        with self.canvas.artifact():
            self.canvas.setStrokeColor(colour(theme.BLUE))
            self.canvas.setLineWidth(0.75)
            self.canvas.line(left, height, left + wide, height)

    def rules(self, heights: Iterable[float], wide: float) -> None:
        """Thin lines from the left edge, at these heights of the page."""
        with self.canvas.artifact():
            self.canvas.setStrokeColor(colour(theme.RULE))
            self.canvas.setLineWidth(0.5)
            for height in heights:
                self.canvas.line(self.left, height, self.left + wide, height)

    def shade(self, top: float, wide: float, high: float) -> None:
        """A pale ground below a height, under what is drawn next."""
        with self.canvas.artifact("Background"):
            self.canvas.setFillColor(colour(theme.PALE))
            self.canvas.rect(self.left, top - high, wide, high, stroke=0, fill=1)

    def bookmark(self, words: str, key: str) -> None:
        """This place among the reader's bookmarks."""
        self.canvas.bookmarkHorizontal(key, 0, self.top)
        self.canvas.addOutlineEntry(words, key, level=0)

    def finish(self) -> None:
        """Closes the last page, numbers all, and writes the file."""
        self._end()
        total = len(self._sizes)
        for number in range(total):
            with self.canvas.after_page(number):
                self._furnish(number, total)
        self.canvas.save()

    # ---- pages

    def _begin(self, size: tuple[float, float]) -> None:
        self._size = size
        self._sizes.append(size)
        self.canvas.setPageSize(size)
        self._bottom = theme.PAGE_MARGIN + max(len(self._footer), 1) * FOOTER.leading + theme.BODY_SIZE
        self._highest = self.top = size[1] - theme.PAGE_MARGIN - theme.BODY_SIZE
        if self._watermark:
            self._draw_watermark()
        if self._mark:
            self._draw_mark()

    def _draw_watermark(self) -> None:
        """Under all that follows, so pale that words on it are read as on white. The mark says the same in words."""
        with self.canvas.artifact("Pagination", "Watermark"):
            self.canvas.saveState()
            self.canvas.translate(self._size[0] / 2, self._size[1] / 2)
            self.canvas.rotate(_WATERMARK_ANGLE)
            wide = width(self._watermark, _WATERMARK.font, _WATERMARK.size)
            self._draw(self._watermark, _WATERMARK, -wide / 2, -_WATERMARK.size * _CAPITALS)
            self.canvas.restoreState()

    def _draw_mark(self) -> None:
        """Read out once, at the very beginning; on further pages it is only seen."""
        middle = self._size[0] / 2 - width(self._mark, _MARK.font, _MARK.size) / 2
        base = self._size[1] - theme.PAGE_MARGIN + 4
        first = len(self._sizes) == 1
        around = (
            self.canvas.within(self.canvas.root.add("P"))
            if first
            else self.canvas.artifact("Pagination", "Header")
        )
        with around:
            self._draw(self._mark, _MARK, middle, base)

    def _turn(self, size: tuple[float, float]) -> None:
        self._end()
        self._begin(size)

    def _end(self) -> None:
        self.canvas.showPage()
        if self._turned is not None:
            self._turned(len(self._sizes))

    def _furnish(self, number: int, total: int) -> None:
        """The footer, read out once, at the very end; and the number of the page."""
        wide, _ = self._sizes[number]
        top = theme.PAGE_MARGIN + max(len(self._footer), 1) * FOOTER.leading
        if number == total - 1 and self._footer:
            self.set_lines(self._footer, FOOTER, self.left, top, self.canvas.root.add("P"))
        words = f"Page {number + 1} of {total}"
        left = wide - theme.PAGE_MARGIN - width(words, FOOTER.font, FOOTER.size)
        with self.canvas.artifact("Pagination", "Footer"):
            if number < total - 1:
                self.draw_lines(self._footer, FOOTER, self.left, top)
            self._draw(words, FOOTER, left, _first_base(top, FOOTER))

    def _draw(self, words: str, look: Look, left: float, base: float) -> None:
        self.canvas.setFont(look.font, look.size)
        self.canvas.setFillColor(colour(look.colour))
        self.canvas.drawString(left, base, words)


def _colour_of(part: Part, look: Look, *, leads: bool) -> str:
    """Words that are struck out are as dark as their bar."""
    if part.bar:
        return theme.TEXT
    return theme.BLUE if leads else look.colour


def _leads_words(part: Part) -> str:
    """What a link on a figure's number is called when it is read out."""
    return f"Back to figure {part.figure}" if part.told else f"Where figure {part.figure} comes from"


@cache
def colour(name: str) -> Color:
    """A colour by its figures."""
    return HexColor(name)


def one_line(text: str) -> str:
    """Words for where there is no room for lines: a title, a bookmark, a footer."""
    return " ".join(printable(without_bars(text)).split())


def _first_base(top: float, look: Look) -> float:
    """Where the letters of the first line stand, below a height."""
    return top - look.leading / 2 - look.size * _CAPITALS


def _text_width(size: tuple[float, float]) -> float:
    return size[0] - 2 * theme.PAGE_MARGIN


def _shortened(footer: str) -> str:
    return footer if len(footer) <= _LONGEST_FOOTER else f"{footer[:_LONGEST_FOOTER]} …"
