"""A file under a passphrase opens with it, and with nothing else; a changed byte shows."""

from __future__ import annotations

import struct

import pytest

from nhsdesk.documents import sealed
from nhsdesk.errors import FileRefused

WORDS = "purple otter chisel 7"


@pytest.fixture(scope="module")
def made() -> bytes:
    return sealed.seal(b"what a practice said", WORDS)


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed, "COST", 4)


def why(data: bytes, passphrase: str = WORDS) -> str:
    with pytest.raises(FileRefused) as refused:
        sealed.unseal(data, passphrase, "request.nhsdesk-request")
    assert "Nothing has been changed." in str(refused.value)
    return str(refused.value)


def test_what_was_sealed_comes_back_and_does_not_stand_in_the_file(made: bytes) -> None:
    assert sealed.unseal(made, WORDS, "x") == b"what a practice said"
    assert b"practice" not in made
    assert sealed.is_sealed(made)


def test_the_same_content_is_other_bytes_each_time() -> None:
    assert sealed.seal(b"same", WORDS) != sealed.seal(b"same", WORDS)


def test_the_same_letters_composed_otherwise_are_the_same_passphrase() -> None:
    assert (
        sealed.unseal(sealed.seal(b"a", "\u00e9clair table spoon"), "e\u0301clair table spoon", "x") == b"a"
    )


@pytest.mark.parametrize("wrong", ["", "purple otter chisel", "Purple otter chisel 7"])
def test_another_passphrase_is_told_together_with_a_change_on_the_way(wrong: str) -> None:
    told = why(sealed.seal(b"a", WORDS), wrong)
    assert "either the passphrase is not the right one, or the file was changed" in told
    assert not wrong or wrong not in told


def test_every_byte_that_is_changed_shows() -> None:
    whole = sealed.seal(b"content", WORDS)
    for place in range(len(sealed.KIND) + 3, len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 1
        assert "changed or damaged on its way" in why(bytes(changed)), place


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04 something else", "it is not a file under a passphrase"),
        (b"", "it is not a file under a passphrase"),
        (sealed.KIND, "it is cut short"),
        (sealed.KIND + bytes(sealed.MOST_BYTES), "larger than 8 MB"),
        (sealed.KIND + struct.pack(">HB", 2, 16) + bytes(60), "another version of the program (form 2;"),
        (sealed.KIND + struct.pack(">HB", 1, 60) + bytes(60), "damaged, or was changed on its way"),
    ],
)
def test_what_is_no_such_file_is_refused_in_words_before_any_key_is_made(data: bytes, words: str) -> None:
    assert words in why(data)


def test_a_file_cut_anywhere_is_refused(made: bytes) -> None:
    for length in range(0, sealed._HEAD.size + 16, 7):
        why(made[:length])
