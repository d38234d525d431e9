"""Draws a chart on a printed page, as lines and words that stay sharp at every size."""

from __future__ import annotations

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from nhsdesk.documents import charts, theme
from nhsdesk.documents.model import BarLook, Picture, Shade
from nhsdesk.documents.page_text import width
from nhsdesk.documents.pages import one_line
from nhsdesk.documents.shapes import Align, Bar, Dot, Ground, Label, Line, Room, Stroke, Type

_TALLEST = 560
"""Points: no higher than a page."""

_STRIPE = 4
"""Points from one stripe to the next."""

_STROKES: dict[Stroke, tuple[str, float, list[int]]] = {
    Stroke.GRID: (theme.PALE, 0.75, []),
    Stroke.AXIS: (theme.RULE, 1.0, []),
    Stroke.LEVEL: (theme.TEXT, 1.5, []),
    Stroke.FULL: (theme.BLUE, 2.0, []),
    Stroke.STRIPED: (theme.BLUE, 2.0, [6, 3]),
    Stroke.OUTLINED: (theme.BLUE, 2.0, [1, 3]),
}
_GROUNDS = dict(zip(Shade, theme.GROUNDS, strict=True))


def height_wanted(picture: Picture) -> float:
    """How high the drawing of a chart is, in points."""
    return min(charts.height_wanted(picture, _LINE), _TALLEST)


def draw(canvas: Canvas, picture: Picture, left: float, bottom: float, wide: float) -> None:
    """The shapes of a picture, from its lower left corner."""
    height = height_wanted(picture)
    canvas.saveState()
    canvas.translate(left, bottom)
    for shape in charts.laid_out(picture, Room(wide, height), Type(_wide, _LINE)):
        match shape:
            case Bar():
                _bar(canvas, shape, height)
            case Line():
                _line(canvas, shape, height)
            case Dot():
                _dot(canvas, shape, height)
            case Ground():
                _ground(canvas, shape, height)
            case Label():
                _label(canvas, shape, height)
    canvas.restoreState()


_LINE = theme.SMALL_SIZE * theme.LINE


def _wide(words: str) -> float:
    return width(one_line(words), theme.PAGE_FONT_BOLD, theme.SMALL_SIZE)


def _bar(canvas: Canvas, bar: Bar, height: float) -> None:
    bottom = height - bar.top - bar.height
    canvas.setStrokeColor(HexColor(theme.BLUE))
    canvas.setFillColor(HexColor(theme.BLUE))
    canvas.setLineWidth(1)
    canvas.setDash([3, 2] if bar.look is BarLook.OUTLINED else [])
    canvas.rect(bar.left, bottom, bar.width, bar.height, stroke=1, fill=int(bar.look is BarLook.FULL))
    canvas.setDash([])
    if bar.look is BarLook.STRIPED:
        _stripes(canvas, bar, bottom)


def _stripes(canvas: Canvas, bar: Bar, bottom: float) -> None:
    canvas.saveState()
    clip = canvas.beginPath()
    clip.rect(bar.left, bottom, bar.width, bar.height)
    canvas.clipPath(clip, stroke=0, fill=0)
    canvas.setLineWidth(1)
    start = bar.left - bar.height
    while start < bar.left + bar.width:
        canvas.line(start, bottom, start + bar.height, bottom + bar.height)
        start += _STRIPE
    canvas.restoreState()


def _line(canvas: Canvas, line: Line, height: float) -> None:
    colour, thick, dashes = _STROKES[line.stroke]
    canvas.setStrokeColor(HexColor(colour))
    canvas.setLineWidth(thick)
    canvas.setDash(dashes)
    canvas.line(line.left, height - line.top, line.right, height - line.bottom)
    canvas.setDash([])


def _dot(canvas: Canvas, dot: Dot, height: float) -> None:
    canvas.setStrokeColor(HexColor(theme.BLUE))
    canvas.setFillColor(HexColor(theme.BLUE if dot.look is BarLook.FULL else theme.GROUNDS[0]))
    canvas.setLineWidth(1.5)
    canvas.circle(dot.left, height - dot.middle, dot.radius, stroke=1, fill=1)


def _ground(canvas: Canvas, ground: Ground, height: float) -> None:
    canvas.setStrokeColor(HexColor(theme.RULE))
    canvas.setFillColor(HexColor(_GROUNDS[ground.shade]))
    canvas.setLineWidth(0.5)
    bottom = height - ground.top - ground.height
    canvas.rect(ground.left, bottom, ground.width, ground.height, stroke=1, fill=1)


def _label(canvas: Canvas, label: Label, height: float) -> None:
    words = one_line(label.words)
    font = theme.PAGE_FONT_BOLD if label.strong else theme.PAGE_FONT
    canvas.setFont(font, theme.SMALL_SIZE)
    canvas.setFillColor(HexColor(theme.ON_DARK if label.light else theme.TEXT))
    base = height - label.middle - theme.SMALL_SIZE * 0.36
    match label.align:
        case Align.LEFT:
            canvas.drawString(label.left, base, words)
        case Align.MIDDLE:
            canvas.drawCentredString(label.left, base, words)
        case Align.RIGHT:
            canvas.drawRightString(label.left, base, words)
