"""What leads somewhere, what is struck out, and what is only words."""

from __future__ import annotations

import pytest

from nhsdesk.documents.word_parts import Part, address_of, only_words, parts_of


def test_an_address_ends_before_what_ends_its_sentence() -> None:
    assert [part for part in parts_of("See (https://x.org/a), \u2588\u2588.") if part.words] == [
        Part("See ("), Part("https://x.org/a", "https://x.org/a"), Part("),"), Part(" "),
        Part("[struck out]", bar=True), Part("."),
    ]  # fmt: skip
    assert only_words("Nothing: but words, 3//4.")


@pytest.mark.parametrize(
    "typed", ["https://www.england.nhs.uk/x?y=1#z", "http://x.org:8080", "mailto:a.b+c@nhs.net"]
)
def test_pages_and_mailboxes_are_addresses(typed: str) -> None:
    assert address_of(typed) == typed


def test_an_address_inside_other_words_is_no_link() -> None:
    for typed in ('=HYPERLINK("http://x.org","y")', "<a href='https://x.org'>", "xhttps://x.org"):
        assert not any(part.address for part in parts_of(typed))


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)", "file:///etc/passwd", "https://", "http://a:b@c.uk", "http://[::1", "https://x:y/",
        "mailto:x", "data:text/html,x", "https://" + "x" * 3_000 + ".uk", "http://ex ample.uk",
    ],
)  # fmt: skip
def test_nothing_else_is(typed: str) -> None:
    assert address_of(typed) == ""
