"""What a picture is made of once it is laid out: bars, lines, dots, grounds and words at their places.

Places are measured from the top left corner. Nothing here knows a colour: a painter gives each look its own, and
stripes, outlines and darkness tell the parts apart in grey.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from nhsdesk.documents.model import BarLook, Shade

LONGEST = 80
"""Characters of words in a picture; the table beside it has them whole."""


class Align(Enum):
    """Which end of the words stands at their place."""

    LEFT = "left"
    MIDDLE = "middle"
    RIGHT = "right"


class Stroke(Enum):
    """What a line is for."""

    GRID = "grid"
    AXIS = "axis"
    LEVEL = "level"
    FULL = "full"
    STRIPED = "striped"
    OUTLINED = "outlined"
    """The last three join points of a series that bears that look."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a bar."""

    left: float
    top: float
    width: float
    height: float
    look: BarLook


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    left: float
    top: float
    right: float
    bottom: float
    stroke: Stroke


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of a series, by its middle."""

    left: float
    middle: float
    radius: float
    look: BarLook


@dataclass(frozen=True, slots=True)
class Ground:
    """What words stand on."""

    left: float
    top: float
    width: float
    height: float
    shade: Shade


@dataclass(frozen=True, slots=True)
class Label:
    """Words, vertically in the middle of their place; light ones stand on a dark ground."""

    left: float
    middle: float
    words: str
    align: Align
    strong: bool = False
    light: bool = False


Shape = Bar | Line | Dot | Ground | Label


@dataclass(frozen=True, slots=True)
class Room:
    """How large a drawing may be."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Type:
    """The painter's type: how wide words are in it, and how high a line."""

    width_of: Callable[[str], float]
    line: float


def fitted(words: str, room: float, of: Type) -> str:
    """The words, cut short where the room is less, and none where it holds no letter; the table has them whole."""
    if of.width_of("…") > room:
        return ""
    words = words[:LONGEST]
    if of.width_of(words) <= room:
        return words
    while words and of.width_of(f"{words}…") > room:
        words = words[:-1]
    return f"{words.rstrip()}…"
