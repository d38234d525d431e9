"""A workbook's zip: its parts within limits, and the same zip again with some parts written anew.

What is not written anew is copied as it lies there, still squeezed, in the same order.
"""

from __future__ import annotations

import copy
import posixpath
import struct
import zipfile
from collections.abc import Collection, Mapping
from io import BytesIO
from typing import Any
from xml.parsers import expat

from lxml import etree

from nhsdesk.documents import template_xml as xml
from nhsdesk.documents.packages import UNZIP_ERRORS, check_entries
from nhsdesk.documents.reader import refuse_old
from nhsdesk.documents.refusals import damaged, refused

XML_ERRORS = (expat.ExpatError, etree.LxmlError, ValueError, LookupError, AttributeError, TypeError)
"""What reading a part that is not as it should be may raise; ValueError also for a document type."""

_ZIP = b"PK\x03\x04"
_DESCRIBED_LATER = 0x08
_SQUEEZED = 4
"""As much as is squeezed out in half the time that the usual takes."""


class Package:
    """The parts of one workbook, by name; FileRefused for whatever is no workbook that can be filled."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name, self.data = name, data
        if not data.startswith(_ZIP):
            refuse_old(data, name)
            raise self._not_a_workbook()
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            check_entries(self._zip.infolist(), name, len(data))
        except UNZIP_ERRORS as error:
            raise damaged(name) from error
        self._parts = {entry.filename.lower(): entry for entry in self._zip.infolist()}
        if len(self._parts) != len(self._zip.infolist()):
            raise damaged(name)
        self.workbook = self._workbook_part()

    def _workbook_part(self) -> str:
        if "[Content_Types].xml" not in self or "_rels/.rels" not in self:
            raise self._not_a_workbook()
        part = next((to for kind, _, to in self.relations("") if kind == "officeDocument"), "")
        if part.lower().endswith(".bin"):
            advice = "Open it in Excel, save it as an Excel workbook (.xlsx), and use that."
            raise refused(self.name, "it is a workbook of the binary .xlsb kind", advice)
        if part not in self or b"spreadsheetml" not in self.part("[Content_Types].xml"):
            raise self._not_a_workbook()
        return part

    def _not_a_workbook(self) -> Exception:
        advice = "Open it in the program that made it, save it as an Excel workbook (.xlsx), and use that."
        return refused(self.name, "it is not an Excel workbook of the .xlsx or .xlsm kind", advice)

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._parts

    def names(self) -> tuple[str, ...]:
        """The names of all parts, as the zip spells them and in its order."""
        return tuple(entry.filename for entry in self._zip.infolist())

    @property
    def links(self) -> bool:
        """Whether formulas look into other workbooks, which are never followed."""
        return any("externallinks/" in name for name in self._parts)

    @property
    def macros(self) -> bool:
        """Whether there are macros, which are kept and never run."""
        return any(name.endswith("vbaproject.bin") for name in self._parts)

    @property
    def signed(self) -> bool:
        """Whether somebody signed it digitally, which no change survives."""
        return any(name.startswith("_xmlsignatures/") for name in self._parts)

    def spelt(self, part: str) -> str:
        """The name of a part as the zip spells it."""
        return self._parts[part.lower()].filename

    def part(self, part: str) -> bytes:
        """A part unpacked."""
        try:
            return self._zip.read(self._parts[part.lower()])
        except UNZIP_ERRORS as error:
            raise damaged(self.name) from error

    def tree(self, part: str) -> Any:
        """A part as a tree."""
        try:
            return xml.tree(self.part(part))
        except XML_ERRORS as error:
            raise damaged(self.name) from error

    def relations(self, part: str) -> list[tuple[str, str, str]]:
        """What a part is related with: kind, id and the other part's name; others' files are left out."""
        folder, own = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{own}.rels")
        if rels not in self:
            return []
        return [
            (_kind(one.get("Type", "")), one.get("Id", ""), _target(folder, one.get("Target", "")))
            for one in xml.found(self.tree(rels), "Relationship")
            if one.get("TargetMode") != "External"
        ]

    def rewritten(self, changed: Mapping[str, bytes], dropped: Collection[str] = ()) -> bytes:
        """The zip with these parts in place of its own; the others are copied as they lie there."""
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for entry in self._zip.infolist():
                part = changed.get(entry.filename)
                if part is not None:
                    target.writestr(copy.copy(entry), part, zipfile.ZIP_DEFLATED, _SQUEEZED)
                elif entry.filename not in dropped:
                    self._copy(entry, target)
            target.comment = self._zip.comment
        return out.getvalue()

    def _copy(self, entry: zipfile.ZipInfo, target: zipfile.ZipFile) -> None:
        """Puts an entry at the end of another zip without unpacking it."""
        head = self.data[entry.header_offset : entry.header_offset + 30]
        if len(head) < 30 or not head.startswith(_ZIP) or target.fp is None:
            raise damaged(self.name)
        starts = entry.header_offset + 30 + sum(struct.unpack("<HH", head[26:30]))
        squeezed = self.data[starts : starts + entry.compress_size]
        if len(squeezed) != entry.compress_size:
            raise damaged(self.name)
        again = copy.copy(entry)
        again.flag_bits &= ~_DESCRIBED_LATER
        target.fp.seek(target.start_dir)
        again.header_offset = target.start_dir
        target.fp.write(again.FileHeader())
        target.fp.write(squeezed)
        target.start_dir = target.fp.tell()
        target.filelist.append(again)
        target.NameToInfo[again.filename] = again


def _kind(type_: str) -> str:
    return type_.rpartition("/")[2]


def _target(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(folder, target))
