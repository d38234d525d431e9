"""Type for printed pages: the fonts carried inside them, and words made safe to set in them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from nhsdesk import paths
from nhsdesk.documents import theme
from nhsdesk.documents.marks import EITHER, STANDS, TOLD, without_marks

UNPRINTABLE = "\ufffd"
"""Stands for a character that the font cannot draw, so that the reader sees that something is there."""

STRUCK_OUT = "[struck out]"
"""What a black bar says to whoever does not see it."""

_BAR_PIECE = "\u2588"
BAR = re.compile(f"{_BAR_PIECE}+")
"""Words that are struck out."""

_MOST_WIDTHS = 20_000
_LINE_BREAKS = "\n\v\f\r\x85\u2028\u2029"
_INVISIBLE = ("Cc", "Cf")
_NOT_DRAWN = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0), 0x034F, ord(STANDS), ord(TOLD))


@cache
def register_fonts() -> frozenset[int]:
    """Makes the fonts known, once in a process; the code points that both can draw."""
    drawn = []
    for name, font in ((theme.PAGE_FONT, "OpenSans-Regular"), (theme.PAGE_FONT_BOLD, "OpenSans-Bold")):
        registered = TTFont(name, str(paths.resources() / "fonts" / f"{font}.ttf"), shapable=False)
        pdfmetrics.registerFont(registered)
        drawn.append(frozenset(registered.face.charToGlyph))
    return drawn[0] & drawn[1]


def printable(text: str) -> str:
    """The text in characters that the fonts draw; line breaks become line feeds, invisible marks go."""
    return "".join(map(_drawn, text.replace("\r\n", "\n")))


def numbered(text: str) -> str:
    """Printable text in which the numbers of figures may stand."""
    if STANDS not in text and TOLD not in text:
        return printable(text)
    return "".join(part if part in (STANDS, TOLD) else printable(part) for part in EITHER.split(text))


def lacking(text: str) -> str:
    """The characters of a text, each once, for which only a replacement can be printed."""
    return "".join(
        sorted(
            one
            for one in set(text)
            if one != UNPRINTABLE and UNPRINTABLE in _drawn(one) and one.isprintable()
        )
    )


def without_bars(text: str) -> str:
    """The text for where nothing but words can be printed: a title, a bookmark."""
    return without_marks(BAR.sub(STRUCK_OUT, text))


def width(text: str, font: str, size: float) -> float:
    """How wide a line of printable text is, in points."""
    return _widths(font)[text] * size


class _Widths(dict[str, float]):
    """How wide words are in a font, for type of one point; each is measured once."""

    def __init__(self, font: str) -> None:
        super().__init__()
        register_fonts()
        self._font = font

    def __missing__(self, words: str) -> float:
        if len(self) > _MOST_WIDTHS:
            self.clear()
        found = self[words] = float(pdfmetrics.stringWidth(without_marks(words), self._font, 1))
        return found


@cache
def _widths(font: str) -> _Widths:
    return _Widths(font)


@cache
def _drawn(character: str) -> str:
    if character in _LINE_BREAKS:
        return "\n"
    if character == "\t" or unicodedata.category(character) == "Zs":
        return " "
    if character == _BAR_PIECE:
        return character
    if unicodedata.category(character) in _INVISIBLE or ord(character) in _NOT_DRAWN:
        return ""
    if ord(character) in register_fonts():
        return character
    alike = unicodedata.normalize("NFKC", character).replace("\u2010", "-")
    return alike if all(ord(each) in register_fonts() for each in alike) else UNPRINTABLE
