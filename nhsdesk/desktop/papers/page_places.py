"""Where a point of the window lies on the pages of a PDF, and which words stand there. No Qt view tells either."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

POINTS_AN_INCH = 72
_REF = re.compile(r"\b[A-Z]{1,3}-[A-Z]?\d{1,12}\b")
_NUMBER = re.compile(r"\[(\d{1,6})\]")


@dataclass(frozen=True, slots=True)
class Laid:
    """Pages below one another, as the view lays them: sizes in points, the rest in pixels."""

    sizes: Sequence[tuple[float, float]]
    width: float
    """Of the view's inside."""
    margins: tuple[float, float, float]
    """Left, top, right."""
    spacing: float
    dots: float
    """An inch."""
    zoom: float | None
    """None where each page is as wide as there is room."""

    def size(self, page: int) -> tuple[float, float]:
        """Of a page as it is drawn."""
        wide, high = (points * self.dots / POINTS_AN_INCH for points in self.sizes[page])
        if self.zoom is not None:
            return wide * self.zoom, high * self.zoom
        factor = (self.width - self.margins[0] - self.margins[2]) / wide
        return wide * factor, high * factor

    def at(self, x: float, y: float) -> tuple[int, float, float] | None:
        """The page under a point of the scrolled content, and the place on it in points from its upper left."""
        whole = max(
            self.width,
            max((self.size(page)[0] for page in range(len(self.sizes))), default=0)
            + self.margins[0]
            + self.margins[2],
        )
        top = self.margins[1]
        for page in range(len(self.sizes)):
            wide, high = self.size(page)
            left = (whole - wide) / 2
            if top <= y < top + high and left <= x < left + wide:
                scale = self.sizes[page][0] / wide
                return page, (x - left) * scale, (y - top) * scale
            top += high + self.spacing
        return None


def followed(text: str) -> list[tuple[int, int, str]]:
    """What in a page's words can be followed: where it begins, its length, and the number or reference."""
    found = [(one.start(), len(one[0]), one[1]) for one in _NUMBER.finditer(text)]
    found += [(one.start(), len(one[0]), one[0]) for one in _REF.finditer(text)]
    return sorted(found)
