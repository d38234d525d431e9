"""A commissioner's own workbook, filled in place: what is not filled in stays byte for byte as it came.

    content = template.read(path)
    filled = template.fill(content, path.name, {("2 - Project Admin", "E8"): "Brook PCN"}, lists)
    filled.problems, filled.differences, filled.content

Dropdowns and rules of either kind, comments, macros, buttons, pictures, protection and labels are never looked at, so
they cannot be lost. A formula is never overwritten; what formulas came to is left out where it may no longer be true,
and everything is worked out anew when the workbook is opened. What a workbook looks like is in `template_look.py`, how
a newer version is held against an older one in `template_print.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from nhsdesk.documents import reader
from nhsdesk.documents.refusals import damaged, refused
from nhsdesk.documents.template_book import Book
from nhsdesk.documents.template_filling import Filling
from nhsdesk.documents.template_plan import Difference, Filled, FillProblem, Rows
from nhsdesk.documents.template_values import Held, Value
from nhsdesk.documents.template_zip import XML_ERRORS

__all__ = ["Difference", "FillProblem", "Filled", "Held", "Rows", "Value", "fill", "opened_elsewhere", "read"]


def read(path: Path) -> bytes:
    """The workbook at a path; FileRefused while it is open in Excel or LibreOffice, or may not be read."""
    content = reader.file_bytes(path)
    if (whose := opened_elsewhere(path)) is not None:
        advice = f"Close it there, or if it is open nowhere, remove the file {lock_of(path).name} beside it."
        raise refused(path.name, f"it is open {whose}, and may hold more than was saved", advice)
    return content


def fill(
    content: bytes,
    name: str,
    cells: Mapping[tuple[str, str], Value],
    lists: Sequence[Rows] = (),
) -> Filled:
    """The workbook with values put into cells, by sheet and reference, and with rows put under their headings.

    Whatever could not be put is a problem and left as it was. The same workbook and values give the same bytes.
    Raises FileRefused for a workbook that is locked, damaged or too large; `name` is what that calls it.
    """
    filling = Filling(Book(content, name))
    try:
        filling.ask(cells, tuple(lists))
        return filling.filled()
    except XML_ERRORS as error:
        raise damaged(name) from error


def opened_elsewhere(path: Path) -> str | None:
    """Where a workbook is open, such as “in Excel by Ann Lee”; None when it is open nowhere."""
    excel, libre = lock_of(path), path.with_name(f".~lock.{path.name}#")
    for lock, program in ((excel, "in Excel"), (libre, "in LibreOffice")):
        try:
            whose = lock.read_bytes()[:200]
        except OSError:
            continue
        person = _excel_person(whose) if lock is excel else whose.decode("utf-8", "replace").split(",")[1:2]
        named = "".join(person).strip()
        return f"{program} by {named}" if named.isprintable() and named else program
    return None


def lock_of(path: Path) -> Path:
    """The file that Excel keeps beside a workbook while it is open."""
    return path.with_name(f"~${path.name}")


def _excel_person(content: bytes) -> str:
    """The name that Excel notes: its length, then the name."""
    return content[1 : 1 + content[0]].decode("latin-1") if content else ""
