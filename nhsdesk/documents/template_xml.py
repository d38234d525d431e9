"""The XML of a workbook's parts, read and written as bytes, so that what is not touched stays as it was.

A part is walked once by a strict parser that knows no entities (`sound`); after that, tags can be found in its bytes,
since a well-formed document has `<` nowhere but where markup begins. A part that holds comments, marked sections or
another encoding is first brought into plain UTF-8 (`plain`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from xml.parsers import expat

from lxml import etree

REST = rb"[^<>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^<>\"']*)*"
"""What may stand between a tag's name and its end."""

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

_MOST_TREE_BYTES = 12_000_000
_ATTRIBUTE = re.compile(rb"([\w.:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ENTITY = re.compile(r"&(#[xX]?[0-9A-Fa-f]+|\w+);")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_SPELT = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNUSUAL = (b"<![CDATA[", b"<!--")
_DECLARED = re.compile(rb"<\?xml[^>]*\bencoding\s*=\s*[\"']([\w.-]+)[\"']")
_UTF8 = (b"utf-8", b"us-ascii", b"ascii")
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")


def sound(part: bytes) -> bytes:
    """The part itself; ValueError or ExpatError when it is not well-formed or has a document type."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _no_document_type
    parser.Parse(part, True)
    return part


def _no_document_type(*_: object) -> None:
    raise ValueError("a workbook's XML has no document type")


def plain(part: bytes) -> bytes:
    """The part, sound, as UTF-8 without comments and marked sections; nearly always the very bytes given."""
    sound(part)
    declared = _DECLARED.match(part[:200].lstrip(b"\xef\xbb\xbf"))
    wide = part.startswith((b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<"))
    unusual = any(one in part for one in _UNUSUAL) or part.count(b"<?") > 1
    if not wide and not unusual and (declared is None or declared[1].lower() in _UTF8):
        return part
    parser = _parser(remove_comments=True, remove_pis=True)
    tree = etree.fromstring(_fit(part), parser)
    written: bytes = etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True)
    return written


def narrow(part: bytes) -> bytes:
    """The part itself, or in UTF-8 where its letters take two bytes each, so that tags can be found in it."""
    return plain(part) if b"\0" in part[:64] else part


def tree(part: bytes) -> Any:
    """The root element of a part that is small enough to be held as a tree."""
    return etree.fromstring(_fit(sound(part)), _parser())


def _parser(**more: bool) -> Any:
    return etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, **more)


def _fit(part: bytes) -> bytes:
    if len(part) > _MOST_TREE_BYTES:
        raise ValueError("more than can be held as a tree")
    return part


def local(element: Any) -> str:
    """An element's name without its namespace; empty for what is no element."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def found(root: Any, name: str) -> Iterator[Any]:
    """Every element of this name below the root, whatever its namespace."""
    return iter(root.iterfind(f".//{{*}}{name}"))


def attributes(rest: bytes) -> dict[str, str]:
    """The attributes in what follows a tag's name."""
    return {
        one[1].decode(): unescaped((one[2] if one[2] is not None else one[3]).decode())
        for one in _ATTRIBUTE.finditer(rest)
    }


def unescaped(text: str) -> str:
    """Words as they are meant, from words as XML writes them."""
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(entity: re.Match[str]) -> str:
    name = entity[1]
    if not name.startswith("#"):
        return _NAMED.get(name, entity[0])
    return chr(int(name[2:], 16) if name[1] in "xX" else int(name[1:]))


def escaped(text: str) -> str:
    """Words as XML writes them, between tags and in attributes."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text.replace("\r", "&#13;")


def shown(text: str) -> str:
    """A cell's words as a spreadsheet shows them: `_x000D_` and its like are characters."""
    return _SPELT.sub(lambda one: chr(int(one[1], 16)), text) if "_x" in text else text


@lru_cache(20_000)
def column_number(letters: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - 64
    return number


@lru_cache(20_000)
def column_letters(number: int) -> str:
    """A for 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def reference(row: int, column: int) -> str:
    """B7 for row 7, column 2."""
    return f"{column_letters(column)}{row}"


def place(ref: str) -> tuple[int, int] | None:
    """Row and column of B7 or $B$7; None for what is no cell that a sheet has."""
    match = _REFERENCE.fullmatch(ref.strip())
    if match is None:
        return None
    row, column = int(match[2]), column_number(match[1])
    return (row, column) if row <= LAST_ROW and column <= LAST_COLUMN else None
