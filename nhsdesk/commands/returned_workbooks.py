"""A workbook that came back about a filing: read in safely, and held cell by cell against what was sent."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nhsdesk import errors
from nhsdesk.commands import attachments
from nhsdesk.commands.attachments import Looked
from nhsdesk.documents.formula_cells import formula_cells
from nhsdesk.documents.reader import Grid, read_workbook_bytes
from nhsdesk.domain import returned_workbook
from nhsdesk.domain.entry import quoted
from nhsdesk.domain.filings import Filing
from nhsdesk.domain.kept_files import shown_name
from nhsdesk.domain.kinds import Id, KeptFile
from nhsdesk.domain.returned_workbook import RESULT, Difference
from nhsdesk.domain.sent_papers import SentPaper
from nhsdesk.store.database import Database


@dataclass(frozen=True, slots=True)
class Returned:
    """The workbook that came back beside the one that was sent."""

    name: str
    sent: SentPaper
    differences: tuple[Difference, ...]
    same_file: bool
    looked: Looked | None = None
    """What may be kept of it; None for one that is kept already."""

    @property
    def told(self) -> str:
        """What was found, in a sentence."""
        if self.same_file:
            return f"{self.name} is the very file that was sent as {self.sent.ref}, byte for byte."
        if not self.differences:
            return f"{self.name} holds in every cell what was sent as {self.sent.ref}."
        number = len(self.differences)
        cells = "1 cell differs" if number == 1 else f"{number:,} cells differ"
        return (
            f"{cells} from what was sent as {self.sent.ref}. Formats and results of formulas are left aside."
        )


def named(database: Database, ref: str) -> Filing:
    """The filing of that reference."""
    with database.read() as reader:
        found = reader.by_ref(ref)
    if not isinstance(found, Filing):
        raise errors.PaperRefused(f"{quoted(ref)} is not the reference of a filing. Check it.")
    return found


def compare(database: Database, filing: Id, path: Path) -> Returned:
    """Reads a workbook that came back. FileRefused says in a sentence what is wrong with it."""
    sent, content = sent_workbook(database, filing)
    looked = attachments.look(path)
    if looked.content is None:
        raise errors.FileRefused(
            f"{looked.kept.name} was not read: it is larger than 25 MB. Nothing has been changed. Take out the sheets "
            "that are not needed, save a copy, and read that in."
        )
    return _beside(sent, content, looked.kept, looked.content, looked)


def compare_kept(database: Database, filing: Id, kept: KeptFile) -> Returned:
    """The same for a file that came back earlier and is kept."""
    sent, content = sent_workbook(database, filing)
    return _beside(sent, content, kept, attachments.content_of(database, kept), None)


def sent_workbook(database: Database, filing: Id) -> tuple[SentPaper, bytes]:
    """What a filing was sent as, byte for byte. PaperRefused where nothing of the kind is here."""
    with database.read() as reader:
        held = reader.get(Filing, filing)
        sent = reader.find(SentPaper, held.sent)
        content = reader.kept_bytes(sent.kept.sha256) if sent is not None else None
    if sent is None:
        raise errors.PaperRefused(
            f"No paper is noted that {held.ref} was sent as, so there is nothing to compare with. Choose it in the "
            "entry’s field Paper sent."
        )
    if content is None:
        raise errors.PaperRefused(f"{sent.title} was erased, so there is nothing to compare with.")
    return sent, content


def _beside(
    sent: SentPaper, sent_bytes: bytes, kept: KeptFile, came_bytes: bytes, looked: Looked | None
) -> Returned:
    name = shown_name(kept.name)
    came = {grid.name: grid.rows for grid in read_workbook_bytes(came_bytes, name)}
    formulas = formula_cells(sent_bytes, sent.kept.name)
    went = {
        grid.name: _with_results(grid, formulas.get(grid.name, frozenset()))
        for grid in read_workbook_bytes(sent_bytes, sent.kept.name)
    }
    found = returned_workbook.differences(went, came)
    return Returned(name, sent, found, sent_bytes == came_bytes, looked)


def _with_results(grid: Grid, formulas: frozenset[tuple[int, int]]) -> tuple[tuple[object, ...], ...]:
    """A sheet's rows with the cells marked whose values come from formulas."""
    if not formulas:
        return grid.rows
    height = max(len(grid.rows), 1 + max(row for row, _ in formulas))
    width = max(max(map(len, grid.rows), default=0), 1 + max(column for _, column in formulas))
    return tuple(
        tuple(
            RESULT
            if (row, column) in formulas
            else grid.rows[row][column]
            if row < len(grid.rows) and column < len(grid.rows[row])
            else None
            for column in range(width)
        )
        for row in range(height)
    )
