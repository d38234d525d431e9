"""The text of a document from outside, page by page: PDF, Word (.docx) and plain text, told apart by content.

    found = text.read(path)      DocumentText, or FileRefused in a sentence that quotes nothing
    text.of(data, name)          the same from bytes

Whoever made the file may mean harm, or a scanner may have spoiled it, so it is opened in a process of its own that has
only so much time and memory: what brings that down leaves the window standing. Only a PDF has pages. A Word file and a
text have none until somebody prints them, so their paragraphs are named instead: by the number they bear, else by our
own count, which says so.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from nhsdesk.documents import apart, text_apart
from nhsdesk.documents.refusals import refused
from nhsdesk.domain.quotations import Passage
from nhsdesk.errors import FileRefused

MOST_KEPT = 25_000_000
"""Bytes of a file that is kept; a larger one stays where it lies and is referred to by its SHA-256."""

APART = "--read-apart"
"""The word by which a bundle starts as the reader and not as the program."""

_AGAIN = "Ask for the file again, or choose another."
_REFUSALS = {
    "locked": ("it is locked with a password", "Remove the password, save a copy, and take that in."),
    "broken": ("it is damaged, or was not saved completely", _AGAIN),
    "too much": (
        "it holds far more than its size lets expect, or more than can be read",
        "Ask for a plainer copy, or print it to a new PDF and take that in.",
    ),
    "program": ("it is a program under another name", "Do not open it; ask who sent it."),
    "archive": (
        "it is an archive or a workbook, and not a document",
        "Unpack it first, and take in the document.",
    ),
    "old word": (
        "it is a Word document of the old .doc kind, which cannot be read safely",
        "Open it in Word, save it as a Word document (.docx) or as a PDF, and take that in.",
    ),
    "other": (
        "it is neither a PDF, nor a Word document (.docx), nor plain text",
        "Save it as a PDF, and take that in.",
    ),
    "empty": ("it is empty", _AGAIN),
}


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The words of a document in their order, each piece under the name by which it is cited."""

    passages: tuple[Passage, ...]
    has_pages: bool

    @property
    def has_words(self) -> bool:
        """Whether there is any text at all; a scan has none."""
        return any(passage.text.strip() for passage in self.passages)


@dataclass(frozen=True, slots=True)
class Whole:
    """A file to be taken in: its bytes, and its text; neither where it is only referred to."""

    name: str
    sha256: str
    size: int
    content: bytes | None
    text: DocumentText | None


def take(path: Path) -> Whole:
    """Reads a file to be taken in. What is no document, or means harm, is refused, however large."""
    try:
        size = path.stat().st_size if path.is_file() else -1
        with path.open("rb") as file:
            head = file.read(text_apart.HEAD)
            if size > MOST_KEPT:
                _refuse_by_kind(head, path.name, whole=False)
                file.seek(0)
                return Whole(path.name, hashlib.file_digest(file, "sha256").hexdigest(), size, None, None)
            data = head + file.read()
    except OSError as error:
        raise refused(
            path.name,
            "it is not there, or may not be opened",
            "If it is open in another program, close it there; otherwise look where it was saved, and try again.",
        ) from error
    return Whole(path.name, hashlib.sha256(data).hexdigest(), len(data), data, of(data, path.name))


def read(path: Path) -> DocumentText:
    """The text of a file of at most 25 MB."""
    whole = take(path)
    if whole.text is None:
        raise refused(path.name, "it is larger than 25 MB", "Open it in the program it was made with.")
    return whole.text


def of(data: bytes, name: str) -> DocumentText:
    """The text of a document's bytes; `name` is only for the sentence that refuses it."""
    _refuse_by_kind(data[: text_apart.HEAD], name, whole=True)
    try:
        return _told(apart.run(text_apart.__name__, APART, data), name)
    except apart.Failed as why:
        raise _refusal(str(why), name) from None


def _told(said: bytes, name: str) -> DocumentText:
    try:
        found = json.loads(said)
        if "refused" in found:
            raise _refusal(found["refused"], name)
        passages = tuple(Passage(str(at), str(words)) for at, words in found["passages"])
        return DocumentText(passages, bool(found["has_pages"]))
    except (ValueError, KeyError, TypeError) as error:
        raise _refusal("broken", name) from error


def _refuse_by_kind(head: bytes, name: str, *, whole: bool) -> None:
    kind = text_apart.kind_of(head)
    if kind not in text_apart.READ:
        raise _refusal(kind, name)
    if not whole and kind == "zip" and not name.lower().endswith(".docx"):
        raise _refusal("archive", name)


def _refusal(kind: str, name: str) -> FileRefused:
    what, advice = _REFUSALS.get(kind, _REFUSALS["broken"])
    return refused(name, what, advice)
