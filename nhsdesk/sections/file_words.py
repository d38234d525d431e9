"""The words of kept files, each file read once: to be looked through before it goes out, or given out as text."""

from __future__ import annotations

from nhsdesk.documents import attached_words, text
from nhsdesk.domain.kinds import KeptFile
from nhsdesk.errors import FileRefused
from nhsdesk.store.reading import Reader

_AS_TEXT = (".pdf", ".docx", ".txt", ".csv", ".tsv", ".md", ".eml", ".json", ".xml", ".ics")
"""Files whose words can go out as text; of a workbook too little would be left to understand it."""


class FileWords:
    """The words of kept files, each read once: a PDF takes a second."""

    def __init__(self) -> None:
        self._as_text: dict[str, str | None] = {}
        self._all: dict[str, str] = {}

    def to_disclose(self, reader: Reader, kept: KeptFile) -> str | None:
        """The words that a text version gives out; None where there is none."""
        if kept.sha256 not in self._as_text:
            content = reader.kept_bytes(kept.sha256)
            self._as_text[kept.sha256] = None if content is None else _text_version(content, kept.name)
        return self._as_text[kept.sha256]

    def to_look_through(self, reader: Reader, kept: KeptFile) -> str:
        """All the words found in a file, its changes and comments among them; empty where it cannot be read."""
        if kept.sha256 not in self._all:
            content = reader.kept_bytes(kept.sha256)
            self._all[kept.sha256] = "" if content is None else attached_words.words_of(content, kept.name)
        return self._all[kept.sha256]


def _text_version(content: bytes, name: str) -> str | None:
    if not name.lower().endswith(_AS_TEXT):
        return None
    if not name.lower().endswith((".pdf", ".docx")):
        return attached_words.words_of(content, name) or None
    try:
        found = text.of(content, name)
    except FileRefused:
        return None
    told = (f"[{one.locator}]\n{one.text}" if found.has_pages else one.text for one in found.passages)
    return "\n\n".join(told) if found.has_words else None
