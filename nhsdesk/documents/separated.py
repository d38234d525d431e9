"""Separated text, as spreadsheets and web sites export it: which letters, which separator, which rows; and our own."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Context, Decimal
from io import StringIO
from itertools import chain, islice

from nhsdesk.documents.model import MOST_DIGITS, Cell
from nhsdesk.documents.refusals import refused
from nhsdesk.domain.money import Hours, Money

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SEPARATORS = (",", "\t", ";", "|")
_SAMPLE_CHARACTERS = 64_000  # less than the longest cell that Python's own reader takes
_SAMPLE_ROWS = 200
_NOT_ROWS = ("<!doctype", "<html", "<table", "<?xml", "{\\rtf", "%pdf-")
_END = "\x1eend\x1e"
"""A last line of our own: where it does not come back as a row, a quotation mark was left open."""


def decoded(data: bytes, name: str) -> str:
    """The text, read as its byte order mark says, else as UTF-8, else as Windows wrote it (cp1252)."""
    data, encoding = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if "\0" in text or text.count("\ufffd") > len(text) // 1000:
        advice = "Open it in Excel, save it as a workbook (.xlsx), and read that in."
        raise refused(name, "it does not hold text", advice)
    return text


def _encoding(data: bytes) -> tuple[bytes, str]:
    """The bytes without their mark, and the encoding; UTF-16 without one shows in its noughts."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :], encoding
    even, odd = data[:4000:2].count(0), data[1:4000:2].count(0)
    if even == odd:
        return data, "utf-8"
    return data, "utf-16-be" if even > odd else "utf-16-le"


def rows(text: str, name: str) -> Iterator[list[str]]:
    """The cells of each row, with the separator that suits the text best; quoted line breaks are kept."""
    if text.lstrip()[:20].lower().startswith(_NOT_ROWS):
        raise refused(
            name,
            "it is a web page or a document under another name",
            "Open it in Excel, save it as a workbook (.xlsx), and read that in.",
        )
    text, separator = _without_separator_line(text)
    lines = chain(StringIO(text, newline=""), [_END])
    reader = csv.reader(lines, delimiter=separator or _best_separator(text))
    return _closed(reader, name)


def _closed(reader: Iterator[list[str]], name: str) -> Iterator[list[str]]:
    """The rows but the last line of our own, which an open quotation mark would have swallowed."""
    number = 1
    try:
        for row in reader:
            if row and row[-1].endswith(_END):
                break
            yield row
            number += 1
        if row == [_END]:
            return
    except csv.Error:  # a cell of more than 131,072 characters
        pass
    raise refused(
        name,
        f"a cell in row {number:,} does not end, as if a quotation mark were missing",
        "Open it in Excel, look at that row, save it as a workbook (.xlsx), and read that in.",
    )


def _without_separator_line(text: str) -> tuple[str, str]:
    """Excel's own first line `sep=;` says the separator and holds no data."""
    first = text[:7].rstrip("\r\n") if text[:4].lower() == "sep=" else ""
    if len(first) == 5 and first[4] in _SEPARATORS:
        return text.partition("\n")[2], first[4]
    return text, ""


def _best_separator(text: str) -> str:
    """The one that never follows a quoted cell with anything else, and gives most rows the same width."""
    sample = text[:_SAMPLE_CHARACTERS]
    return max(
        _SEPARATORS, key=lambda separator: (_is_clean(sample, separator), *_evenness(sample, separator))
    )


def _is_clean(sample: str, separator: str) -> bool:
    """True where the sample follows the rules for quotation marks to its end, where it may be cut short."""
    lines = chain(StringIO(sample, newline=""), [_END])
    try:
        for _ in csv.reader(lines, delimiter=separator, strict=True):
            pass
    except csv.Error:
        return next(lines, None) is None
    return True


def _evenness(sample: str, separator: str) -> tuple[int, int]:
    """How many rows have the commonest width above one, and the width of the first."""
    reader = csv.reader(StringIO(sample, newline=""), delimiter=separator)
    widths = [len(row) for row in islice(reader, _SAMPLE_ROWS) if row]
    several = Counter(width for width in widths if width > 1)
    return max(several.values(), default=0), widths[0] if widths else 0


# ---- writing


_MAY_START = "=+-@\t\r\n＝＋－＠"
_A_FORMULA = re.compile(f"'*[{re.escape(_MAY_START)}]")
_DEFUSED = re.compile(f"'+[{re.escape(_MAY_START)}]")
_NEGATIVE = re.compile(r"[-−]?£?\d[\d,]*(?:\.\d+)?%?")


def defused(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before it. A negative number is left alone."""
    if _NEGATIVE.fullmatch(text) or not _A_FORMULA.match(text):
        return text
    return f"'{text}"


def undefused(text: str) -> str:
    """The text as it was before `defused`."""
    return text[1:] if _DEFUSED.match(text) else text


def written(found: Iterable[Sequence[Cell]]) -> bytes:
    """Rows as separated text that spreadsheets open: each cell in quotation marks, text never a formula."""
    out = StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([_spelt(cell) for cell in row] for row in found)
    return codecs.BOM_UTF8 + out.getvalue().encode()


def _spelt(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return defused(cell)
        case bool():
            return "Yes" if cell else "No"
        case Money():
            return f"{cell.exact:f}"
        case Hours():
            return f"{_HOURS.divide(Decimal(cell.seconds), 3600):f}"
        case Decimal():
            return f"{cell:f}"
        case _:
            return str(cell)  # a whole number, a day as 2027-01-30, a month as 2026-10


_HOURS = Context(prec=MOST_DIGITS)
