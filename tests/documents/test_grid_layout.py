"""A grid laid out: what is drawn is what they hold, inside the room they have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.documents import charts, theme
from nhsdesk.documents.model import Grid, Shade, Square
from nhsdesk.documents.shapes import Align, Bar, Ground, Label, Room, Shape, Type
from tests.documents.test_charts import PLAIN, ROOM
from tests.documents.test_pdf import contrast

WORDS = st.sampled_from(["live", "gap", "", "a long word that needs room", "w" * 300, "a\nb"])


def grid(rows: int = 2, columns: int = 2, words: str = "live") -> Grid:
    shades = list(Shade)
    squares = tuple(tuple(Square(words, shades[(r + c) % 4]) for c in range(columns)) for r in range(rows))
    names = tuple(f"{words} {n}" for n in range(rows))
    return Grid(
        "G", "A grid", "Service", tuple(f"Hub {n} {words}" for n in range(columns)), names, squares, "So."
    )


def inside(shape: Shape, room: Room, of: Type) -> bool:
    match shape:
        case Bar() | Ground():
            return (
                shape.left >= -0.01
                and shape.left + shape.width <= room.width + of.line
                and shape.top >= -0.01
                and shape.top + shape.height <= room.height + 0.01
            )
        case Label():
            wide = of.width_of(shape.words)
            begin = shape.left - {Align.LEFT: 0.0, Align.MIDDLE: wide / 2, Align.RIGHT: wide}[shape.align]
            return (
                begin >= -0.01 and begin + wide <= room.width + of.line and 0 <= shape.middle <= room.height
            )
        case _:
            return True


@given(st.integers(0, 12), st.integers(0, 9), WORDS)
def test_squares_and_words_of_a_grid_stay_inside(rows: int, columns: int, words: str) -> None:
    shapes = charts.laid_out(grid(rows, columns, words), ROOM, PLAIN)
    assert all(inside(shape, ROOM, PLAIN) for shape in shapes)
    assert len([one for one in shapes if isinstance(one, Ground)]) == rows * columns


def test_each_square_says_in_words_what_its_ground_shows() -> None:
    shapes = charts.laid_out(grid(1, 2), ROOM, PLAIN)
    grounds = [one for one in shapes if isinstance(one, Ground)]
    for ground in grounds:
        assert any(
            isinstance(one, Label)
            and one.words == "live"
            and ground.left < one.left < ground.left + ground.width
            for one in shapes
        )
    assert [one.shade for one in grounds] == [Shade.NONE, Shade.PALE]


def test_grounds_are_told_apart_in_grey_and_bear_their_words() -> None:
    for lighter, darker in zip(theme.GROUNDS, theme.GROUNDS[1:], strict=False):
        assert contrast(lighter, darker) > 1.25
    assert all(contrast(theme.TEXT, ground) >= 4.5 for ground in theme.GROUNDS[:3])
    assert contrast(theme.ON_DARK, theme.GROUNDS[3]) >= 4.5


def test_a_grid_with_a_square_missing_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="grid G: not every row"):
        Grid("G", "G", "Row", ("a", "b"), ("x",), ((Square("1"),),), "")


def test_a_grid_is_a_table_too() -> None:
    table = grid(1, 2).numbers
    assert [column.label for column in table.columns] == ["Service", "Hub 0 live", "Hub 1 live"]
    assert table.rows == (("live 0", "live", "live"),)
