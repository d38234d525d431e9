"""Parts of a workbook other than cells that change when it is filled: when it is worked out, how far tables reach."""

from __future__ import annotations

import re

from nhsdesk.documents import template_xml as xml
from nhsdesk.documents.template_areas import Area, area
from nhsdesk.documents.template_book import Table

_CHAIN = re.compile(
    rb"<((?:[\w.-]+:)?(?:Override|Relationship))\b[^<>]*calcChain(?:[\"']|\.xml|\+xml)[^<>]*(?:/>|>\s*</\1>)"
)
"""Known by the kind it says to be, whatever its file is called, or else by its file."""
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_CALC = re.compile(rb"<(?:[\w.-]+:)?calcPr\b" + xml.REST + rb">")
_ON_LOAD = re.compile(rb"\s+fullCalcOnLoad\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_BEFORE_CALC = re.compile(
    rb"<((?:[\w.-]+:)?)(definedNames|externalReferences|functionGroups|sheets)\b"
    + xml.REST
    + rb"(?:/>|(?<!/)>(?s:.*?)</\1\2>)"
)
_RULED = re.compile(rb"<(?:[\w.-]+:)?(?:conditionalFormatting|dataValidation)\b" + xml.REST + rb">")
_NEWER = re.compile(rb"<([\w.-]+:(?:conditionalFormatting|dataValidation))\b" + xml.REST + rb">(?s:.*?)</\1>")
_SQREF = re.compile(rb"(\bsqref\s*=\s*[\"'])([^\"']*)")
_NEWER_SQREF = re.compile(rb"(<(?:[\w.-]+:)?sqref>)([^<]*)")
_REF = re.compile(rb"(\bref\s*=\s*[\"'])([^\"']*)")


def without_chain(part: bytes) -> bytes:
    """A list of parts without the order of calculation, which a spreadsheet program makes anew."""
    return _CHAIN.sub(b"", xml.narrow(part))


def worked_out_on_opening(workbook: bytes) -> bytes:
    """The workbook's own part, asking for all formulas to be worked out when it is opened."""
    workbook = xml.narrow(workbook)
    comments = [one.span() for one in _COMMENT.finditer(workbook)]

    def is_meant(match: re.Match[bytes]) -> bool:
        return not any(start < match.start() < end for start, end in comments)

    found = next(filter(is_meant, _CALC.finditer(workbook)), None)
    if found is not None:
        bare = _ON_LOAD.sub(b"", found[0])
        end = -2 if bare.endswith(b"/>") else -1
        asked = bare[:end].rstrip() + b' fullCalcOnLoad="1"' + bare[end:]
        return workbook[: found.start()] + asked + workbook[found.end() :]
    places = list(filter(is_meant, _BEFORE_CALC.finditer(workbook)))
    if not places:
        return workbook
    return (
        workbook[: places[-1].end()]
        + b'<%scalcPr fullCalcOnLoad="1"/>' % places[-1][1]
        + workbook[places[-1].end() :]
    )


def grown_table(part: bytes, table: Table, last: int) -> bytes:
    """A table's own part, with its areas reaching down to its new last row."""
    return _REF.sub(lambda one: one[1] + _longer(one[2], table, last), xml.narrow(part))


def grown_rules(tail: bytes, table: Table, last: int) -> bytes:
    """What follows a sheet's rows, with rules that ended on the table's last row reaching down to its new one."""

    def older(one: re.Match[bytes]) -> bytes:
        return _SQREF.sub(lambda where: where[1] + _longer(where[2], table, last), one[0])

    def newer(one: re.Match[bytes]) -> bytes:
        return _NEWER_SQREF.sub(lambda where: where[1] + _longer(where[2], table, last), one[0])

    return _NEWER.sub(newer, _RULED.sub(older, tail))


def _longer(words: bytes, table: Table, last: int) -> bytes:
    return b" ".join(_one_longer(piece, table, last) for piece in words.split(b" "))


def _one_longer(piece: bytes, table: Table, last: int) -> bytes:
    where = area(piece.decode())
    if (
        where is None
        or where.bottom != table.last_row
        or where.top < table.area.top
        or not where.meets(table.area)
    ):
        return piece
    return str(Area(where.top, where.left, last, where.right)).encode()
