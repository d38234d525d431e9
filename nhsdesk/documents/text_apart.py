"""Reads a document's text in a process of its own: bytes come in, JSON goes out, and nothing is written anywhere.

Started by documents/text.py, which gives it a minute. It loads little, takes at most so much memory where the system
can hold it to that, and says in one word what is wrong with a file.
"""

from __future__ import annotations

import contextlib
import json
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

HEAD = 4_096
READ = ("pdf", "zip", "text")
"""Kinds that are read; a zip is read when it is a Word document."""

MOST_PAGES = 5_000
MOST_PARAGRAPHS = 50_000
MOST_LETTERS = 20_000_000
MOST_MEMORY = 2_000_000_000
MOST_PART_BYTES = 20_000_000
MOST_PARTS = 5_000
MOST_RATIO = 100
RATIO_FROM_BYTES = 1_000_000

_PROGRAMS = (
    b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf",
    b"\xca\xfe\xba\xbe", b"#!",
)  # fmt: skip
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER = (
    b"{\\rtf",
    b"<!doctype",
    b"<html",
    b"<?xml",
    b"\x89png",
    b"\xff\xd8\xff",
    b"gif8",
    b"ii*\0",
    b"mm\0*",
)
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OWN_NUMBER = re.compile(r"\s*(?:para(?:graph)?\s+)?(\d{1,3}(?:\.\d{1,3}){1,5})\.?(?=\s|$)", re.IGNORECASE)
_LINE_END_HYPHENS = re.compile("[\x02\ufffe]\\s*")


class Unread(Exception):
    """The file is not read; its text is the one word that says why."""


def kind_of(head: bytes) -> str:
    """What a file is by its first bytes, whatever it is called."""
    if not head:
        return "empty"
    if head.startswith(_PROGRAMS) or (head.startswith(b"MZ") and not _is_text(head)):
        return "program"
    if b"%PDF-" in head[:1_024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    if head.startswith(_ARCHIVES):
        return "archive"
    if head.startswith(_OLE):
        return "locked" if "EncryptedPackage".encode("utf-16-le") in head else "old word"
    if head.lstrip().lower().startswith(_OTHER):
        return "other"
    return "text" if _is_text(head) else "other"


def _is_text(head: bytes) -> bool:
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or not re.search(rb"[\x00-\x08\x0e-\x1a]", head)


def read(data: bytes) -> dict[str, Any]:
    """What stands in a document: its passages, or the word that says why it is not read."""
    kind = kind_of(data[:HEAD])
    try:
        if kind == "pdf":
            passages, has_pages = list(_bounded(_pages(data), MOST_PAGES)), True
        elif kind in ("zip", "text"):
            written = _word_paragraphs(data) if kind == "zip" else _text_paragraphs(data)
            passages, has_pages = list(_bounded(_numbered(written), MOST_PARAGRAPHS)), False
        else:
            raise Unread(kind)
    except Unread as why:
        return {"refused": str(why)}
    except MemoryError:
        return {"refused": "too much"}
    return {"passages": passages, "has_pages": has_pages}


def _bounded(passages: Iterable[tuple[str, str]], most: int) -> Iterator[tuple[str, str]]:
    letters = 0
    for count, (locator, words) in enumerate(passages, 1):
        letters += len(words)
        if count > most or letters > MOST_LETTERS:
            raise Unread("too much")
        yield locator, _clean(words)


def _clean(words: str) -> str:
    """Line breaks as they are typed, a parted word with its hyphen, and no half letters."""
    words = _LINE_END_HYPHENS.sub("-\n", words.replace("\r\n", "\n").replace("\r", "\n"))
    words = re.sub("[\x00-\x08\x0e-\x1f]", " ", words)
    return words.encode("utf-8", "replace").decode("utf-8")


# ---------------------------------------------------------------- PDF


def _pages(data: bytes) -> Iterator[tuple[str, str]]:
    import pypdfium2
    from pypdfium2 import raw

    try:
        held = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower()
        raise Unread("locked" if locked else "broken") from error
    if not len(held):
        raise Unread("broken")
    if len(held) > MOST_PAGES:
        raise Unread("too much")
    for number in range(len(held)):
        try:
            page = held[number]
            words = page.get_textpage()
            yield f"p{number + 1}", words.get_text_bounded()
            words.close()
            page.close()
        except pypdfium2.PdfiumError:
            yield f"p{number + 1}", ""  # one spoiled page does not take the others with it


# ---------------------------------------------------------------- Word and plain text


def _word_paragraphs(data: bytes) -> Iterator[str]:
    """The paragraphs in reading order, those of tables and text boxes too; what was struck out is left out."""
    for paragraph in _word_body(data).iter(f"{_WORD}p"):
        if not any(above.tag == _FALLBACK for above in paragraph.iterancestors()):
            yield "".join(_letters(paragraph))


def _letters(paragraph: Any) -> Iterator[str]:
    waiting = list(reversed(paragraph))
    while waiting:
        part = waiting.pop()
        if part.tag == f"{_WORD}t":
            yield part.text or ""
        elif part.tag in (f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr"):
            yield "\n" if part.tag != f"{_WORD}tab" else "\t"
        elif part.tag == f"{_WORD}noBreakHyphen":
            yield "-"
        elif part.tag == f"{_WORD}softHyphen":
            yield "\u00ad"
        elif part.tag not in (f"{_WORD}p", f"{_WORD}pPr", f"{_WORD}txbxContent"):
            waiting.extend(reversed(part))


def _word_body(data: bytes) -> Any:
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        return docx.Document(_plain_package(data)).element.body
    except Unread:
        raise
    except (OpcError, LxmlError, zipfile.BadZipFile, KeyError, ValueError, AttributeError, OSError) as error:
        raise Unread("broken") from error


_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def _plain_package(data: bytes) -> BytesIO:
    """A new zip of the words alone: no pictures, no macros, no links, nothing that unfolds to more than it says."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        parts = {entry.filename: entry for entry in package.infolist()[: MOST_PARTS + 1]}
        types = parts.get("[Content_Types].xml")
        if types is None or types.file_size > RATIO_FROM_BYTES or len(parts) > MOST_PARTS:
            raise Unread("archive" if types is None else "too much")
        main = parts.get("word/document.xml") or next(
            (entry for name, entry in parts.items() if re.fullmatch(r"word/document\d*\.xml", name)), None
        )
        if main is None or b"wordprocessingml" not in package.read(types):
            raise Unread("archive")
        if any(entry.flag_bits & 1 for entry in parts.values()):
            raise Unread("locked")
        words = _unpacked(package, main)
    if b"<!DOCTYPE" in words or b"<!ENTITY" in words:
        raise Unread("broken")
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as plain:
        plain.writestr("[Content_Types].xml", _TYPES)
        plain.writestr("_rels/.rels", _RELATIONS)
        plain.writestr("word/document.xml", words)
    return made


def _unpacked(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    bloated = entry.file_size > max(RATIO_FROM_BYTES, MOST_RATIO * max(entry.compress_size, 1))
    if entry.file_size > MOST_PART_BYTES or bloated:
        raise Unread("too much")
    with package.open(entry) as part:
        words = part.read(MOST_PART_BYTES + 1)
    if len(words) > MOST_PART_BYTES:
        raise Unread("too much")
    return words


def _text_paragraphs(data: bytes) -> Iterator[str]:
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
    ):
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            break
    else:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    if text.count("\0") or text.count("\ufffd") > len(text) // 1_000 + 1:
        raise Unread("other")
    yield from re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n"))


def _numbered(paragraphs: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each paragraph that holds words under the number it bears, else under our count of them."""
    borne: set[str] = set()
    for count, words in enumerate((one for one in paragraphs if one.strip()), 1):
        own = _OWN_NUMBER.match(words)
        if own is not None and own[1] not in borne:  # a contents list bears the same numbers again
            borne.add(own[1])
            yield f"paragraph {own[1]}", words
        else:
            yield f"counted paragraph {count}", words


# ---------------------------------------------------------------- as a process of its own


def main() -> int:
    """Reads bytes from whoever started this, and says what stands in them."""
    hold_to_memory()
    sys.stdout.buffer.write(json.dumps(read(sys.stdin.buffer.read())).encode())
    sys.stdout.buffer.flush()
    return 0


def hold_to_memory() -> None:
    """Lets this process take no more memory than a document may need, where the system can hold it to that."""
    if sys.platform != "win32":
        import resource

        with contextlib.suppress(OSError, ValueError):  # some systems do not hold anybody to it
            _, most = resource.getrlimit(resource.RLIMIT_AS)
            wanted = MOST_MEMORY if most == resource.RLIM_INFINITY else min(MOST_MEMORY, most)
            resource.setrlimit(resource.RLIMIT_AS, (wanted, most))


if __name__ == "__main__":
    sys.exit(main())
