"""Which cells of a workbook hold a formula: their values are the spreadsheet program's, not the sender's."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable
from xml.parsers import expat

from nhsdesk.documents.packages import plain_package

_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")

Attributes = dict[str, str]


def formula_cells(data: bytes, name: str) -> dict[str, frozenset[tuple[int, int]]]:
    """Row and column, both counted from 0, of each formula, by the name of its sheet. FileRefused as the reader does.

    A workbook whose parts lie elsewhere than Excel and its like put them has none that are known.
    """
    with zipfile.ZipFile(plain_package(data, name)) as package:
        held = set(package.namelist())
        if _BOOK not in held or _LINKS not in held:
            return {}
        targets = _targets(package.read(_LINKS))
        found = {}
        for sheet, link in _sheets(package.read(_BOOK)):
            part = posixpath.normpath(posixpath.join("/xl", targets.get(link, ""))).lstrip("/")
            if part in held:
                found[sheet] = _formulas(package.read(part))
        return found


def _walk(part: bytes, at: Callable[[str, Attributes], None]) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, attributes: at(tag.rpartition(":")[2], attributes)
    parser.Parse(part, True)


def _targets(part: bytes) -> dict[str, str]:
    found: dict[str, str] = {}

    def at(tag: str, attributes: Attributes) -> None:
        if tag == "Relationship":
            found[attributes.get("Id", "")] = attributes.get("Target", "")

    _walk(part, at)
    return found


def _sheets(part: bytes) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []

    def at(tag: str, attributes: Attributes) -> None:
        if tag == "sheet":
            link = next((held for key, held in attributes.items() if key.endswith(":id")), "")
            found.append((attributes.get("name", ""), link))

    _walk(part, at)
    return found


def _formulas(part: bytes) -> frozenset[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    place = ""

    def at(tag: str, attributes: Attributes) -> None:
        nonlocal place
        if tag == "c":
            place = attributes.get("r", "")
        elif tag == "f" and (read := _PLACE.fullmatch(place)) is not None:
            found.add((int(read[2]) - 1, _column(read[1])))

    _walk(part, at)
    return frozenset(found)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number - 1
