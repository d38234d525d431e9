"""Draws a chart for a browser, from the same shapes as in the window and on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from nhsdesk.documents import charts, theme
from nhsdesk.documents.model import BarLook, Picture, Shade
from nhsdesk.documents.page_text import printable, width, without_bars
from nhsdesk.documents.shapes import Align, Bar, Dot, Ground, Label, Line, Room, Shape, Stroke, Type

_WIDTH = 720
_SIZE = 14
_LINE = _SIZE * theme.LINE
_STROKES = {
    Stroke.GRID: f'stroke="{theme.PALE}" stroke-width="1"',
    Stroke.AXIS: f'stroke="{theme.RULE}" stroke-width="1"',
    Stroke.LEVEL: f'stroke="{theme.TEXT}" stroke-width="2"',
    Stroke.FULL: f'stroke="{theme.BLUE}" stroke-width="3"',
    Stroke.STRIPED: f'stroke="{theme.BLUE}" stroke-width="3" stroke-dasharray="8 4"',
    Stroke.OUTLINED: f'stroke="{theme.BLUE}" stroke-width="3" stroke-dasharray="2 4"',
}
_GROUNDS = dict(zip(Shade, theme.GROUNDS, strict=True))
_ANCHORS = {Align.LEFT: "start", Align.MIDDLE: "middle", Align.RIGHT: "end"}


def drawn(picture: Picture, key: str, title: str, says: str, safe: Callable[[str], str]) -> Iterator[str]:
    """The picture as an SVG element; title and words come safe for a page, and `safe` makes others so."""
    high = charts.height_wanted(picture, _LINE)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {high:.0f}" width="{_WIDTH}" '
        f'height="{high:.0f}" role="img" aria-labelledby="{key}-title {key}-says" font-size="{_SIZE}" '
        f'font-family="Arial, sans-serif"><title id="{key}-title">{title}</title><desc id="{key}-says">{says}</desc>'
    )
    yield (
        f'<defs><pattern id="{key}-stripes" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="6" height="6" fill="#FFFFFF"/>'
        f'<rect width="2" height="6" fill="{theme.BLUE}"/></pattern></defs>'
    )
    for shape in charts.laid_out(picture, Room(_WIDTH, high), Type(_wide, _LINE)):
        yield _shape(shape, key, safe)
    yield "</svg>"


def _wide(words: str) -> float:
    return width(printable(without_bars(words)), theme.PAGE_FONT_BOLD, _SIZE)


def _shape(shape: Shape, key: str, safe: Callable[[str], str]) -> str:
    match shape:
        case Bar():
            return (
                f'<rect x="{shape.left:.1f}" y="{shape.top:.1f}" width="{shape.width:.1f}" '
                f'height="{shape.height:.1f}" stroke="{theme.BLUE}" {_fill(shape.look, key)}/>'
            )
        case Line():
            return (
                f'<line x1="{shape.left:.1f}" y1="{shape.top:.1f}" x2="{shape.right:.1f}" '
                f'y2="{shape.bottom:.1f}" {_STROKES[shape.stroke]}/>'
            )
        case Dot():
            inside = theme.BLUE if shape.look is BarLook.FULL else theme.GROUNDS[0]
            return (
                f'<circle cx="{shape.left:.1f}" cy="{shape.middle:.1f}" r="{shape.radius:.1f}" '
                f'stroke="{theme.BLUE}" stroke-width="2" fill="{inside}"/>'
            )
        case Ground():
            return (
                f'<rect x="{shape.left:.1f}" y="{shape.top:.1f}" width="{shape.width:.1f}" '
                f'height="{shape.height:.1f}" stroke="{theme.RULE}" fill="{_GROUNDS[shape.shade]}"/>'
            )
        case Label():
            weight = ' font-weight="bold"' if shape.strong else ""
            base = shape.middle + _SIZE * 0.36
            return (
                f'<text x="{shape.left:.1f}" y="{base:.1f}" text-anchor="{_ANCHORS[shape.align]}" '
                f'fill="{theme.ON_DARK if shape.light else theme.TEXT}"{weight}>{safe(shape.words)}</text>'
            )


def _fill(look: BarLook, key: str) -> str:
    match look:
        case BarLook.FULL:
            return f'fill="{theme.BLUE}"'
        case BarLook.STRIPED:
            return f'fill="url(#{key}-stripes)"'
        case BarLook.OUTLINED:
            return 'fill="none" stroke-dasharray="3 2"'
