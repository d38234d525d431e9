"""What is inside a zip from outside, zips within it too, within limits: nothing of it is written or run.

    for one in inside(content): one.name, one.begins, one.content()

An office document is a zip as well; what it is made of has names of its own, by which nothing is judged.
"""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO

from nhsdesk.domain import kept_files

MOST_FILES = 1_000
MOST_DEEP = 3
MOST_BYTES = 100_000_000
"""Of all that is unpacked to be looked at; a zip is refused that holds more."""

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    KeyError,
)
_OFFICE = frozenset({"[Content_Types].xml", "mimetype"})


class TooMuch(Exception):
    """It holds more than can be looked through."""


class Locked(Exception):
    """It is locked with a password."""


@dataclass(frozen=True, slots=True)
class Inside:
    """One file in a zip: its name without folders, how it begins, and how to read it."""

    name: str
    begins: bytes
    content: Callable[[], bytes]
    named_by_a_person: bool = True
    """False of the parts that an office document is made of."""


def is_zip(content: bytes) -> bool:
    """Whether bytes begin as a zip does."""
    return content.startswith(b"PK\x03\x04")


def inside(content: bytes) -> Iterator[Inside]:
    """Every file in a zip, and in the zips within it. Raises TooMuch, Locked, or one of BROKEN."""
    yield from _Walk().walk(content, 1)


class _Walk:
    def __init__(self) -> None:
        self._files = self._bytes = 0

    def walk(self, content: bytes, deep: int) -> Iterator[Inside]:
        with zipfile.ZipFile(BytesIO(content)) as package:
            entries = [entry for entry in package.infolist() if not entry.is_dir()]
            self._files += len(entries)
            if self._files > MOST_FILES or deep > MOST_DEEP:
                raise TooMuch
            office = not _OFFICE.isdisjoint(entry.filename for entry in entries)
            for entry in entries:
                yield from self._one(package, entry, deep, office=office)

    def _one(
        self, package: zipfile.ZipFile, entry: zipfile.ZipInfo, deep: int, *, office: bool
    ) -> Iterator[Inside]:
        if entry.flag_bits & 1:
            raise Locked
        with package.open(entry) as opened:
            begins = opened.read(kept_files.FIRST_BYTES)
        name = kept_files.shown_name(entry.filename)
        yield Inside(name, begins, lambda: self._read(package, entry), not office)
        if is_zip(begins):
            yield from self.walk(self._read(package, entry), deep + 1)

    def _read(self, package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
        self._bytes += entry.file_size
        if self._bytes > MOST_BYTES:
            raise TooMuch
        with package.open(entry) as opened:
            content = opened.read(entry.file_size + 1)
        if len(content) > entry.file_size:
            raise TooMuch
        return content


def why_refused(content: bytes) -> str:
    """Why a zip is not kept, as the end of a sentence; empty for one that may be, and for what is no whole zip."""
    if not is_zip(content):
        return ""
    try:
        for one in inside(content):
            why = kept_files.why_it_runs(one.name, one.begins) if one.named_by_a_person else ""
            if not why and (program := kept_files.program_in(one.begins)):
                why = f"it is {program}"
            if why:
                return f"there is a file in it that is not kept: {why}"
    except TooMuch:
        return "it holds more than can be looked through"
    except Locked:
        return "it is locked with a password, so what is in it cannot be looked through"
    except BROKEN:
        return ""
    return ""
