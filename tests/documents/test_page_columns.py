from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.documents.page_columns import column_widths, least_width
from nhsdesk.documents.page_text import register_fonts

ROOM, PADDING = 490.0, 10.0


@pytest.fixture(autouse=True)
def _fonts() -> None:
    register_fonts()


def test_short_columns_are_as_wide_as_their_longest_line() -> None:
    first, second = column_widths(["A", "B"], [["a line of words", "1"]], ROOM, PADDING)
    assert second < first < ROOM / 2


def test_a_long_text_gives_way_to_whole_words_beside_it() -> None:
    amount, update = column_widths(["Claimed", "Update"], [["£4,400.00", "many words " * 100]], ROOM, PADDING)
    assert amount == column_widths(["Claimed"], [["£4,400.00"]], ROOM, PADDING)[0]
    assert update > 3 * amount


def test_one_long_word_does_not_squeeze_the_rest() -> None:
    short, long = column_widths(["Post", "Note"], [["Nurse", "w" * 10_000]], ROOM, PADDING)
    assert short == column_widths(["Post"], [["Nurse"]], ROOM, PADDING)[0]
    assert short + long == pytest.approx(ROOM)


@given(st.lists(st.text("w ", max_size=300), min_size=1, max_size=12))
def test_columns_never_leave_the_page_and_none_vanishes(cells: list[str]) -> None:
    widths = column_widths(["Heading"] * len(cells), [cells], ROOM, PADDING)
    assert sum(widths) <= ROOM + 0.001
    assert min(widths) > PADDING + 10


def test_a_day_stands_on_one_line_where_the_words_of_the_others_leave_room() -> None:
    row = [
        "A-007",
        "Chase two partners for replies " * 3,
        "Integrator programme director",
        "30 September 2026",
        "Red",
    ]
    widths = column_widths(["Ref", "Action", "Owner", "Original date", "BRAG"], [row], ROOM, PADDING)
    assert widths[3] >= column_widths(["By"], [["30 September 2026"]], ROOM, PADDING)[0]
    assert sum(widths) <= ROOM + 0.001


def test_where_days_leave_no_room_they_break_before_any_word_does() -> None:
    days = ["30 September 2026"] * 6
    widths = column_widths(["Date"] * 6, [days], ROOM, PADDING)
    assert min(widths) >= column_widths(["Date"], [["September"]], ROOM, PADDING)[0]
    assert least_width(["Date"] * 6, [days], PADDING) > ROOM, "such a table goes on its side"
