"""The words of a file that is to be kept, to be looked through: text, PDF, Word documents, workbooks, zips.

    words_of(b"...", "Letter.docx")         the words, a paragraph or a row to a line; empty for other kinds

A file that cannot be read has no words here: it is kept as it is, and only its name is looked at.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from xml.parsers import expat

from nhsdesk.documents import inside_zips, text
from nhsdesk.documents.packages import MOST_PART_BYTES, MOST_TOTAL_BYTES
from nhsdesk.documents.separated import decoded
from nhsdesk.errors import FileRefused

_TEXTS = (".txt", ".csv", ".tsv", ".md", ".eml", ".htm", ".html", ".xml", ".json", ".rtf", ".ics")
_PROPERTIES = frozenset(
    {
        "creator", "lastModifiedBy", "title", "subject", "description", "keywords", "category", "created", "modified",
        "Company", "Manager",
    }
)  # fmt: skip
_BREAKS = frozenset({"p", "br", "tr", "row", "si"}) | _PROPERTIES
_PARTS = (
    "docprops/", "word/", "xl/worksheets/", "xl/sharedstrings", "xl/comments", "ppt/slides/", "ppt/notesslides/",
)  # fmt: skip
_MOST_IN_A_ZIP = 200
"""Names and texts together; a PDF takes a second."""
_GAPS = frozenset({"tab", "tc", "c"})


def words_of(content: bytes, name: str) -> str:
    """All the words that can be read in a file; empty where it is of no kind that is read."""
    for endings, read in READERS:
        if name.lower().endswith(endings):
            return read(content, name)
    return ""


def _text(content: bytes, name: str) -> str:
    try:
        return decoded(content, name)
    except FileRefused:
        return ""


def _package(content: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            parts = [part for part in package.infolist() if _holds_words(part)]
            if sum(part.file_size for part in parts) > MOST_TOTAL_BYTES:
                return ""
            return "\n".join(_Words(package.read(part)).words for part in parts)
    except (zipfile.BadZipFile, expat.ExpatError, ValueError, OSError, RuntimeError, NotImplementedError):
        return ""


def _holds_words(part: zipfile.ZipInfo) -> bool:
    named = part.filename.lower()
    inside = named.startswith(_PARTS)
    return inside and named.endswith(".xml") and part.file_size <= MOST_PART_BYTES


class _Words:
    """The words of one XML part. A document type, and with it every entity, is refused."""

    def __init__(self, part: bytes) -> None:
        self._found: list[str] = []
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._no_document_type
        parser.CharacterDataHandler = self._found.append
        parser.StartElementHandler = lambda tag, _: self._between(tag)
        parser.EndElementHandler = self._between
        parser.Parse(part, True)

    @property
    def words(self) -> str:
        return "".join(self._found)

    def _between(self, tag: str) -> None:
        last = tag.rpartition(":")[2]
        if last in _BREAKS:
            self._found.append("\n")
        elif last in _GAPS:
            self._found.append("\t")

    def _no_document_type(self, *_: object) -> None:
        raise ValueError("an office document has no document type")


def _pdf(content: bytes, name: str) -> str:
    try:
        return "\n".join(passage.text for passage in text.of(content, name).passages)
    except FileRefused:
        return ""


def _zip(content: bytes, name: str) -> str:
    """The names and words of all files in a zip that can be read, up to a limit of each."""
    found: list[str] = []
    try:
        for one in inside_zips.inside(content):
            if one.named_by_a_person and len(found) < _MOST_IN_A_ZIP:
                found.append(one.name)
                if not one.name.lower().endswith(".zip"):  # what is in that one comes by itself
                    found.append(words_of(one.content(), one.name))
    except (inside_zips.TooMuch, inside_zips.Locked, *inside_zips.BROKEN):
        pass  # what was read so far is looked through all the same
    return "\n".join(found)


READERS: tuple[tuple[tuple[str, ...], Callable[[bytes, str], str]], ...] = (
    (_TEXTS, _text),
    ((".pdf",), _pdf),
    ((".docx", ".xlsx", ".xlsm", ".pptx"), _package),
    ((".zip",), _zip),
)
"""The endings by which a kind is known, and what reads it."""
