"""The file of a pack for another PCN: a zip of one list and the blank workbooks it names, and nothing else.

Everything about a file from outside is checked before any of it is unpacked: how many parts, their names, their sizes,
how far they were squeezed. `errors.FileRefused` says in a sentence what is wrong.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from nhsdesk.documents import zipped
from nhsdesk.documents.inside_zips import BROKEN, why_refused
from nhsdesk.documents.packages import check_entries, plain_package
from nhsdesk.documents.refusals import refused, too_large
from nhsdesk.errors import FileRefused

LIST = "pack.json"
MOST_BYTES = 100_000_000
MOST_PARTS = 100
MOST_LIST_BYTES = 20_000_000
MOST_PART_BYTES = 25_000_000
MOST_RATIO = 100
RATIO_FROM_BYTES = 1_000_000

_BLANK = re.compile(r"blanks/([0-9a-f]{64})\.xls[xm]")
_ADVICE = "Ask whoever made it for the pack again."

_CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp='
    b'"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
_CUSTOM = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
)
_PROPERTIES = {"core-properties": _CORE, "extended-properties": _APP, "custom-properties": _CUSTOM}
"""What stands in place of each kind of them, wherever the program that made the workbook put it."""

_RELATION = re.compile(r"<(?:[\w.-]+:)?Relationship\b[^>]*>")
_SAVED_AT = re.compile(
    rb"<((?:[\w.-]+:)?AlternateContent)\b[^>]*>(?:(?!</\1>).)*?absPath\b(?:(?!</\1>).)*</\1>", re.DOTALL
)
"""The folder on somebody's computer in which it was saved last."""

_BETWEEN_RUNS = re.compile(
    r"</(?:\w+:)?t>\s*</(?:\w+:)?r>\s*<(?:\w+:)?r\b[^>]*>"
    r"(?:\s*<(?:\w+:)?rPr\b(?:[^>]*/>|[^>]*(?<!/)>.*?</(?:\w+:)?rPr>))?\s*<(?:\w+:)?t\b[^>]*>",
    re.DOTALL,
)
"""What parts words of one cell, where some of their letters look otherwise."""

_TAG = re.compile(r"<[^>]*>")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif")


@dataclass(frozen=True, slots=True)
class PackFile:
    """What is in the file: the bytes of its list, and its blank workbooks by their SHA-256."""

    listed: bytes
    blanks: Mapping[str, bytes]


def write(out: BinaryIO, listed: bytes, blanks: Iterable[tuple[str, bytes]]) -> None:
    """Writes the list, and each blank under its SHA-256 with its ending; the same pack is the same bytes."""
    named = sorted((f"blanks/{_hash(content)}{ending}", content) for ending, content in blanks)
    zipped.write(out, ((LIST, listed), *dict(named).items()))


def read(path: Path) -> PackFile:
    """Everything in the file, within limits. FileRefused for what is no pack."""
    content, name = _bytes(path), path.name
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            entries = package.infolist()
            _check(entries, name)
            held = {entry.filename: _part(package, entry, name) for entry in entries}
    except BROKEN as error:
        raise refused(name, "it is damaged, or is no pack", _ADVICE) from error
    if LIST not in held:
        raise refused(name, "it is no pack for another PCN", _ADVICE)
    return PackFile(held.pop(LIST), {_named(part): _blank(part, held[part], name) for part in held})


def without_properties(data: bytes, name: str) -> bytes:
    """A workbook without author, company and what else its properties tell; every other part as it was."""
    plain_package(data, name)  # refuses what is not safe to take apart
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        told = _properties(source)
        for entry in source.infolist():
            part = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            part.compress_type, part.create_system = zipfile.ZIP_DEFLATED, 3
            content = told.get(entry.filename.lower()) or source.read(entry)
            made.writestr(part, _SAVED_AT.sub(b"", content) if b"absPath" in content else content)
    return target.getvalue()


def _properties(package: zipfile.ZipFile) -> dict[str, bytes]:
    """What is to stand in place of each part that tells of author or company, by its name in small letters."""
    named = {
        f"docprops/{short}.xml": kind
        for short, kind in zip(("core", "app", "custom"), _PROPERTIES, strict=True)
    }
    links = next((one for one in package.namelist() if one.lower() == "_rels/.rels"), "")
    listed = package.read(links).decode("utf-8", "replace") if links else ""
    for one in _RELATION.findall(listed):
        kind = next((kind for kind in _PROPERTIES if f'/{kind}"' in one or f"/{kind}'" in one), "")
        to = re.search(r"\bTarget\s*=\s*[\"']/?([^\"']+)", one)
        if kind and to:
            named[to[1].lower()] = kind
    return {name: _PROPERTIES[kind] for name, kind in named.items()}


def words_in(data: bytes) -> str:
    """Everything in a workbook's parts that could be words: texts, attributes, authors, macros, files within.

    Raises FileRefused where a file within it is not safe to take apart.
    """
    with zipfile.ZipFile(BytesIO(data)) as package:
        return "\n".join(
            f"{entry.filename}\n{_words_of(package.read(entry))}"
            for entry in package.infolist()
            if not entry.filename.lower().endswith(_PICTURES)
        )


def _words_of(part: bytes) -> str:
    """The words of a part as they stand, as they are meant, and as they are read over changes of their look."""
    if part.startswith(b"PK\x03\x04"):
        return _words_within(part)
    text = part.decode("utf-8", "replace")
    read = [unescape(text), unescape(_TAG.sub("\n", _BETWEEN_RUNS.sub("", text)))]
    if b"\0" in part:
        read += [part[at:].decode("utf-16-le", "replace") for at in (0, 1)]
    return "\n".join(read)


def _words_within(content: bytes) -> str:
    """The words of a workbook, document or slides kept in a workbook; what lies in those again is read as bytes."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        check_entries(package.infolist(), "A file within a workbook", len(content))
        parts = [(entry.filename, package.read(entry)) for entry in package.infolist()]
    return "\n".join(f"{name}\n{'' if part.startswith(b'PK') else _words_of(part)}" for name, part in parts)


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size <= MOST_BYTES:
            return path.read_bytes()
    except OSError as error:
        raise refused(path.name, "it is not there, or may not be opened", "Look where it is.") from error
    raise too_large(path.name, f"it is larger than {MOST_BYTES // 1_000_000} MB")


def _check(entries: list[zipfile.ZipInfo], name: str) -> None:
    names = [entry.filename for entry in entries]
    if len(names) > MOST_PARTS or len(set(names)) < len(names):
        raise refused(name, "it holds more than a pack does", _ADVICE)
    if any(part != LIST and not _BLANK.fullmatch(part) for part in names):
        raise refused(name, "it holds files that no pack holds", _ADVICE)
    if any(entry.flag_bits & 1 for entry in entries):
        raise refused(name, "it is locked with a password", _ADVICE)
    if any(_is_bloated(entry) for entry in entries):
        raise refused(name, "one part of it unpacks to far more than its size lets expect", _ADVICE)
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise refused(name, "it unpacks to more than a pack holds", _ADVICE)


def _is_bloated(entry: zipfile.ZipInfo) -> bool:
    most = MOST_LIST_BYTES if entry.filename == LIST else MOST_PART_BYTES
    squeezed = entry.file_size > MOST_RATIO * max(entry.compress_size, 1)
    return entry.file_size > most or (entry.file_size > RATIO_FROM_BYTES and squeezed)


def _part(package: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    with package.open(entry) as opened:
        content = opened.read(entry.file_size + 1)
    if len(content) > entry.file_size:
        raise refused(name, "one part of it is larger than it says", _ADVICE)
    return content


def _named(part: str) -> str:
    found = _BLANK.fullmatch(part)
    return found[1] if found else ""


def _blank(part: str, content: bytes, name: str) -> bytes:
    if _hash(content) != _named(part):
        raise refused(name, "a workbook in it is not the one it names", _ADVICE)
    if why := why_refused(content):
        raise refused(name, f"in a workbook in it, {why}", _ADVICE)
    try:
        plain_package(content, name)
    except FileRefused as error:
        raise refused(name, "a workbook in it cannot be read safely", _ADVICE) from error
    return content


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
