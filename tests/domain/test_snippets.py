from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain.snippets import ROOM, plain, snippet

TEXT = "C-001\nShare the rota\nAgreed at the Café on Tuesday\n" + "far " * 60 + "pharmacy hub " + "away " * 60


def test_the_line_that_holds_the_word_is_shown_and_not_what_is_shown_anyway() -> None:
    assert snippet(TEXT, "cafe") == "Agreed at the Café on Tuesday"
    assert snippet(TEXT, "rota", but="C-001 Share the rota") == ""
    assert snippet(TEXT, "nowhere") == ""
    assert snippet(TEXT, "") == ""


def test_a_long_line_is_cut_around_the_word() -> None:
    found = snippet(TEXT, "pharm")
    assert "pharmacy hub" in found
    assert found.startswith("…")
    assert found.endswith("…")
    assert len(found) <= ROOM + 2


@given(text=st.text(max_size=300), asked=st.text(max_size=12))
def test_a_snippet_is_words_of_the_text_itself(text: str, asked: str) -> None:
    found = snippet(text, asked).strip("…")
    assert found in " ".join(text.split()) or any(
        found in " ".join(line.split()) for line in text.splitlines()
    )


@given(st.text())
def test_plain_letters_keep_their_places(words: str) -> None:
    assert len(plain(words)) == len(words)
