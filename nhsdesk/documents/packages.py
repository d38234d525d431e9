"""Takes an Excel workbook from outside apart and puts it together again before anything else may open it.

A workbook is a zip of XML. Either can be made to swallow the computer's memory: by sizes that were not declared, by
entities that unfold, by one cell in the last row and column, or by one long text that every cell shows. So each
part is unpacked within limits, each XML is walked once by a strict parser and measured, and what goes on to the
reader of cells is a new plain zip of just the parts walked.

Macros and links to other workbooks are left out: values are read as they were last saved, and nothing is run.
"""

from __future__ import annotations

import lzma
import re
import struct
import zipfile
import zlib
from functools import lru_cache
from io import BytesIO
from itertools import zip_longest
from xml.parsers import expat

from nhsdesk.documents.refusals import damaged, refused, too_large

MOST_PARTS = 1_000
MOST_PART_BYTES = 20_000_000
MOST_TOTAL_BYTES = 50_000_000
MOST_RATIO = 100
RATIO_FROM_BYTES = 1_000_000
"""How much a file may hold once unpacked; a part over 1 MB may not have been squeezed more than a hundredfold."""

MOST_ROWS = 250_000
MOST_COLUMNS = 16_384
MOST_CELLS = 3_000_000
"""Each sheet counts from its first row and column to the last that hold a value; cells count over all sheets."""

MOST_TEXT = 100_000_000
"""Characters of text that all cells of a workbook may come to; shared texts count each time they are shown."""

UNZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
_UNREAD = (
    "docprops/",
    "customxml/",
    "xl/calcchain",
    "xl/charts/",
    "xl/comments",
    "xl/drawings/",
    "xl/externallinks/",
    "xl/pivot",
    "xl/tables/",
    "xl/theme/",
    "xl/threadedcomments/",
)
_ERROR_TYPE = re.compile(rb"""(\st\s*=\s*)(?:"e"|'e')""")


def plain_package(data: bytes, name: str) -> BytesIO:
    """The same workbook as a new zip that is safe to open; FileRefused when it is not one, or not safe."""
    parts = _unpacked(data, name)
    if "[Content_Types].xml" not in parts or not _is_excel(parts):
        raise refused(
            name,
            "it is not an Excel workbook of the .xlsx kind",
            "Open it in the program that made it, save it as an Excel workbook (.xlsx), and read that in.",
        )
    return _repacked(_measured(parts, name))


def _is_excel(parts: dict[str, bytes]) -> bool:
    return b"spreadsheetml" in parts["[Content_Types].xml"] and "content.xml" not in parts


def _unpacked(data: bytes, name: str) -> dict[str, bytes]:
    """Every XML part that has to do with cells, by its name."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            entries = package.infolist()
            check_entries(entries, name, len(data))
            return {
                entry.filename: package.read(entry) for entry in entries if _is_read(entry.filename.lower())
            }
    except UNZIP_ERRORS as error:
        raise damaged(name) from error


def _is_read(part_name: str) -> bool:
    return part_name.endswith((".xml", ".rels")) and not part_name.startswith(_UNREAD)


def check_entries(entries: list[zipfile.ZipInfo], name: str, size: int) -> None:
    """What a zip of that size says it holds, before a byte of it is unpacked; unpacking holds it to that."""
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_TOTAL_BYTES:
        raise too_large(name, "it holds far more than its size lets expect")
    if sum(entry.compress_size for entry in entries) > size:
        raise damaged(name)
    if any(_is_bloated(entry) for entry in entries):
        raise too_large(name, "one part of it unpacks to far more than its size lets expect")
    if any(entry.flag_bits & 1 for entry in entries):
        advice = "Remove the password, save a copy, and read that in."
        raise refused(name, "it is locked with a password", advice)
    if any(".." in re.split(r"[/\\]", entry.filename) for entry in entries):
        advice = "Do not open it; ask who sent it."
        raise refused(name, "it names files outside itself, as no workbook does", advice)


def _is_bloated(entry: zipfile.ZipInfo) -> bool:
    if entry.file_size > MOST_PART_BYTES:
        return True
    return entry.file_size > RATIO_FROM_BYTES and entry.file_size > MOST_RATIO * max(entry.compress_size, 1)


def _measured(parts: dict[str, bytes], name: str) -> dict[str, bytes]:
    """The parts as they go on, all within limits and error cells turned into their words."""
    try:
        texts = _text_lengths(parts)
        sheets = {part_name: _Sheet(part, texts) for part_name, part in parts.items()}
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise damaged(name) from error
    for sheet in sheets.values():
        _check_extent(sheet, name)
    if sum(sheet.rows * sheet.columns for sheet in sheets.values()) > MOST_CELLS:
        raise too_large(name, f"its sheets span more than {MOST_CELLS:,} cells")
    if sum(sheet.text for sheet in sheets.values()) > MOST_TEXT:
        raise too_large(name, f"its cells show more than {MOST_TEXT:,} characters")
    return {part_name: sheet.with_errors_as_words() for part_name, sheet in sheets.items()}


def _text_lengths(parts: dict[str, bytes]) -> list[int]:
    """How long each shared text is, in order; of two lists, the longer text at each place."""
    lists = [_SharedTexts(part).lengths for part in parts.values() if b"sst" in part[:2000]]
    return [max(lengths) for lengths in zip_longest(*lists, fillvalue=0)]


def _check_extent(sheet: _Sheet, name: str) -> None:
    if sheet.rows > MOST_ROWS:
        what = f"a sheet has an entry in row {sheet.rows:,}, beyond the {MOST_ROWS:,} that are read"
        raise too_large(name, what)
    if sheet.columns > MOST_COLUMNS:
        raise too_large(name, f"a sheet has an entry in column {sheet.columns:,}, beyond any that Excel has")


def _repacked(parts: dict[str, bytes]) -> BytesIO:
    """Stored, not squeezed: it lives in memory, and only until the cells are read."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as package:
        for part_name, part in parts.items():
            package.writestr(part_name, part)
    target.seek(0)
    return target


class _Walk:
    """One pass through an XML part with a parser that knows no entities: a document type is refused."""

    def __init__(self, part: bytes) -> None:
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._no_document_type
        self._parser.StartElementHandler = self._start
        self._parser.Parse(part, True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        """Overridden: what to do at each element."""

    def _no_document_type(self, *_: object) -> None:
        raise ValueError("a workbook's XML has no document type")


class _SharedTexts(_Walk):
    """How long each of a workbook's shared texts is, in order."""

    def __init__(self, part: bytes) -> None:
        self.lengths: list[int] = []
        super().__init__(part)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "si":
            self.lengths.append(0)
            self._parser.CharacterDataHandler = self._add

    def _add(self, text: str) -> None:
        self.lengths[-1] += len(text)


class _Sheet(_Walk):
    """How far a sheet's values reach, how much text they show, and which cells hold errors."""

    def __init__(self, part: bytes, texts: list[int]) -> None:
        self.rows = self.columns = self.text = 0
        self._part, self._texts = part, texts
        self._row = self._column = 0
        self._kind: str | None = None
        self._index = ""
        self._errors: list[int] = []
        super().__init__(part)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if ":" in tag:
            tag = tag.rpartition(":")[2]
        if tag == "c":
            self._enter_cell(attributes)
        elif tag in ("v", "is"):
            self._enter_value()
        elif tag == "row":
            self._row = int(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0

    def _enter_cell(self, attributes: dict[str, str]) -> None:
        self._column += 1
        if "r" in attributes:
            self._column, self._row = _place(attributes["r"])
        self._kind = attributes.get("t")
        if self._kind == "e":
            self._errors.append(self._parser.CurrentByteIndex)

    def _enter_value(self) -> None:
        if self._row > self.rows:
            self.rows = self._row
        if self._column > self.columns:
            self.columns = self._column
        if self._kind == "s":
            self._parser.CharacterDataHandler = self._read_index
            self._parser.EndElementHandler = self._end_index

    def _read_index(self, text: str) -> None:
        self._index += text

    def _end_index(self, _: str) -> None:
        self._parser.CharacterDataHandler = self._parser.EndElementHandler = None
        self.text += self._texts[int(self._index)]
        self._index = ""

    def with_errors_as_words(self) -> bytes:
        """The part with `#N/A` and its like as texts, for the reader of cells gives nothing for an error."""
        if not self._errors:
            return self._part
        starts = [0, *self._errors]
        ends = [*self._errors, len(self._part)]
        pieces = [self._part[start:end] for start, end in zip(starts, ends, strict=True)]
        return pieces[0] + b"".join(_ERROR_TYPE.sub(rb'\1"str"', piece, count=1) for piece in pieces[1:])


def _place(reference: str) -> tuple[int, int]:
    """Column and row of `B7`: 2 and 7."""
    letters = reference.rstrip("0123456789")
    return _column(letters), int(reference[len(letters) :])


@lru_cache(4096)
def _column(letters: str) -> int:
    if not (letters.isascii() and letters.isalpha() and len(letters) < 8):
        raise ValueError("not a column")
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - 64
    return number
