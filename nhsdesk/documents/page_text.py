"""Type for printed pages: the fonts carried inside them, and words made safe to set in them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from ttf_opensans import OPENSANS_BOLD, OPENSANS_REGULAR  # type: ignore[import-untyped, unused-ignore]

from nhsdesk.documents import theme

UNPRINTABLE = "\ufffd"
"""Stands for a character that the font cannot draw, so that the reader sees that something is there."""

STRUCK_OUT = "[struck out]"
"""What a black bar says to whoever does not see it."""

_BAR_PIECE = "\u2588"
_BAR = re.compile(f"{_BAR_PIECE}+")
_PRINTED_BAR = f'<font color="{theme.TEXT}" backColor="{theme.TEXT}">{STRUCK_OUT}</font>'
_LONGEST_PIECE = 4_000
_LINE_BREAKS = "\n\v\f\r\x85\u2028\u2029"
_INVISIBLE = ("Cc", "Cf")
_SELECTORS = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0), 0x034F)


@cache
def register_fonts() -> frozenset[int]:
    """Makes the fonts known, once in a process; the code points that both can draw."""
    drawn = []
    for name, font in ((theme.PAGE_FONT, OPENSANS_REGULAR), (theme.PAGE_FONT_BOLD, OPENSANS_BOLD)):
        registered = TTFont(name, str(font.path), shapable=False)
        pdfmetrics.registerFont(registered)
        drawn.append(frozenset(registered.face.charToGlyph))
    return drawn[0] & drawn[1]


def printable(text: str) -> str:
    """The text in characters that the fonts draw; line breaks become line feeds, invisible marks go."""
    return "".join(map(_drawn, text.replace("\r\n", "\n")))


def without_bars(text: str) -> str:
    """The text for where no bar can be printed: a title, a bookmark."""
    return _BAR.sub(STRUCK_OUT, text)


def pieces(text: str) -> list[str]:
    """Printable text in lengths of at most 4,000, broken after a line or a word where there is one."""
    found = []
    while len(text) > _LONGEST_PIECE:
        window = text[:_LONGEST_PIECE]
        end = (window.rfind("\n") + 1) or (window.rfind(" ") + 1) or _LONGEST_PIECE
        found.append(text[:end].rstrip(" ").removesuffix("\n"))
        text = text[end:]
    return [*found, text]


def markup(text: str) -> str:
    """The text as reportlab's paragraphs must have it, every character of it data and none of it a tag."""
    plain = (escape(printable(part)).replace("\n", "<br/>") for part in _BAR.split(text))
    return _PRINTED_BAR.join(plain)


def width(text: str, font: str, size: float) -> float:
    """How wide a line of printable text is, in points."""
    return float(pdfmetrics.stringWidth(text, font, size))


@cache
def _drawn(character: str) -> str:
    if character in _LINE_BREAKS:
        return "\n"
    if character == "\t" or unicodedata.category(character) == "Zs":
        return " "
    if character == _BAR_PIECE:
        return character
    if unicodedata.category(character) in _INVISIBLE or ord(character) in _SELECTORS:
        return ""
    if ord(character) in register_fonts():
        return character
    alike = unicodedata.normalize("NFKC", character).replace("\u2010", "-")
    return alike if all(ord(each) in register_fonts() for each in alike) else UNPRINTABLE
