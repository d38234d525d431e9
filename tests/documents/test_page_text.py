from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.documents.page_text import UNPRINTABLE, markup, pieces, printable, register_fonts, without_bars


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


def test_tags_are_data() -> None:
    assert markup('<img src="/etc/passwd">&\n') == '&lt;img src="/etc/passwd"&gt;&amp;<br/>'


@given(st.text(st.characters(exclude_categories=[])))
def test_any_text_comes_out_in_drawable_characters(text: str) -> None:
    drawable = {"\n", "\u2588"}  # a bar is drawn as a filled piece of the line
    assert all(one in drawable or ord(one) in register_fonts() for one in printable(text))


def test_a_bar_is_black_and_says_to_whoever_does_not_see_it_that_words_are_struck_out() -> None:
    printed = markup("Ring \u2588\u2588\u2588 [s.40]")
    assert printed.startswith("Ring <font color=")
    assert printed.endswith(">[struck out]</font> [s.40]")
    assert without_bars("Ring \u2588\u2588") == "Ring [struck out]"


@given(st.text("ab \n", min_size=1, max_size=9).map(lambda text: text * 2_000))
def test_pieces_lose_nothing_but_the_break_between_them(text: str) -> None:
    found = pieces(text)
    assert all(len(piece) <= 4_000 for piece in found)
    assert "".join(found).replace(" ", "").replace("\n", "") == text.replace(" ", "").replace("\n", "")
