from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.documents.page_text import UNPRINTABLE, printable, register_fonts, width, without_bars


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("a\x00b\x1fc", "abc"),
        ("\u200fright\u202e to left\u2066", "right to left"),
        ("soft\u00adhyphen", "softhyphen"),
        ("joined\u200dup\ufe0f", "joinedup"),
        ("tab\there", "tab here"),
        ("one\r\ntwo\u2028three\rfour", "one\ntwo\nthree\nfour"),
        ("1\u20112", "1-2"),
        ("\u017fet", "\u017fet"),
        ("😀 ע", f"{UNPRINTABLE} {UNPRINTABLE}"),
        ("half \ud83d", f"half {UNPRINTABLE}"),
        ("£5 – “so” • ½ é", "£5 – “so” • ½ é"),
    ],
)
def test_a_page_shows_what_its_font_can_draw(typed: str, printed: str) -> None:
    assert printable(typed) == printed


@given(st.text(st.characters(exclude_categories=[])))
def test_any_text_comes_out_in_drawable_characters(text: str) -> None:
    drawable = {"\n", "\u2588"}  # a bar is drawn as a filled piece of the line
    assert all(one in drawable or ord(one) in register_fonts() for one in printable(text))


def test_a_bar_is_told_in_words_where_none_can_be_drawn() -> None:
    assert without_bars("Ring \u2588\u2588") == "Ring [struck out]"


def test_a_line_is_as_wide_as_its_letters_together() -> None:
    letters = sum(width(letter, "OpenSans", 12) for letter in "Half a claim")
    assert width("Half a claim", "OpenSans", 12) == pytest.approx(letters)
