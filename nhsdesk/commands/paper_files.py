"""The files of a paper: written under passing names first, then put in place together, whole or not at all.

Beside a report stands the same as a page for a browser.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from nhsdesk import errors
from nhsdesk.commands import whole_files
from nhsdesk.documents.model import Document, Report
from nhsdesk.domain.entry import quoted
from nhsdesk.papers import Paper
from nhsdesk.returns import RETURNS
from nhsdesk.store.database import Database

_HEAD_OF_A_PAGE = 4_000
_OTHER_KINDS = frozenset({".csv", ".docx", ".nhsdesk", ".nhsdesk-backup", ".pdf", ".xls", ".xlsm", ".xlsx"})


def ending(paper: Paper[Any]) -> str:
    """How the name of its file ends."""
    return ".xlsx" if paper in RETURNS else ".pdf"


@contextmanager
def written_beside(
    database: Database,
    paper: Paper[Any],
    target: Path,
    content: bytes,
    document: Document | None = None,
) -> Iterator[Callable[[], None]]:
    """Writes a paper under a passing name; the function given puts it in place, whole or not at all.

    A report that is given comes beside it as a page for a browser. Refused where it would replace a PCN file, a backup
    or another kind of file.
    """
    _refuse_target(database, paper, target)
    files = [(target, content)]
    if isinstance(document, Report):
        files.insert(0, _page_beside(target, document))
    with ExitStack() as stack:
        places = [
            stack.enter_context(whole_files.written_beside(path, partial(_write, held)))
            for path, held in files
        ]

        def put_in_place() -> None:
            for place in places:
                place()

        yield put_in_place


def _write(content: bytes, out: BinaryIO) -> None:
    out.write(content)


def page_of(target: Path) -> Path:
    """Where the copy of a paper for a browser stands."""
    stem = target.stem if target.suffix.lower() == ".pdf" else target.name
    return target.with_name(f"{stem}.html")


def _page_beside(target: Path, report: Report) -> tuple[Path, bytes]:
    """Refused where it would replace what is no such copy."""
    from nhsdesk.documents import html

    beside = page_of(target)
    with whole_files.plainly_for(beside):
        foreign = beside.is_file() and html.GENERATOR.encode() not in beside.read_bytes()[:_HEAD_OF_A_PAGE]
    if foreign:
        raise errors.Unwritable(
            f"{quoted(beside.name)}, where the copy for a browser belongs, is no copy of a paper. It was left as it "
            "is, and nothing was written. Choose another name."
        )
    return beside, html.write(report)


def _refuse_target(database: Database, paper: Paper[Any], target: Path) -> None:
    own_ending = ending(paper)
    if not target.name:
        raise errors.Unwritable("The paper needs the name of a file. Nothing was written. Give one.")
    if target.suffix.lower() in _OTHER_KINDS - {own_ending}:
        raise errors.Unwritable(
            f"{paper.title} is a {own_ending} file, and {quoted(target.name)} ends as another kind. Nothing was "
            f"written. Choose a name ending in {own_ending}."
        )
    whole_files.refuse_own(database, target)
