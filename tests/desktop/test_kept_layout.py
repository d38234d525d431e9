"""How the window was left is handed to the settings as words, and given back as it was."""

from __future__ import annotations

from PySide6.QtCore import QByteArray

from nhsdesk.desktop.kept_layout import KeptLayout


def test_a_state_and_a_word_come_back_as_they_were_left() -> None:
    kept: list[dict[str, str]] = []
    layout = KeptLayout({"page": "actions"}, kept.append)
    state = QByteArray(bytes(range(256)))
    layout.keep_state("window", state)
    layout.keep_word("page", "commitments")
    layout.write()
    again = KeptLayout(kept[0])
    assert again.state("window") == state
    assert (again.word("page"), again.word("column", "title")) == ("commitments", "title")
    assert all(isinstance(word, str) and word.isascii() for word in kept[0].values())


def test_nothing_kept_is_nothing_and_spoilt_settings_do_no_harm() -> None:
    layout = KeptLayout({"window": "not base64 £ ß", "empty": ""})
    assert layout.state("splitter") is None
    assert isinstance(layout.state("window"), QByteArray)
    assert layout.state("empty") == QByteArray()
    layout.write()


def test_what_was_handed_over_does_not_change_afterwards() -> None:
    held, kept = {"page": "actions"}, list[dict[str, str]]()
    layout = KeptLayout(held, kept.append)
    layout.write()
    layout.keep_word("page", "claims")
    assert (held, kept) == ({"page": "actions"}, [{"page": "actions"}])
