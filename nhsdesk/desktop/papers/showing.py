"""What is shown of a paper's file, worked out beside the window: the bytes of a PDF, or the sheets of a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from nhsdesk.desktop.papers.sheet_rows import SheetRows, sheet_rows
from nhsdesk.documents.model import Figure
from nhsdesk.errors import FileRefused


@dataclass(frozen=True, slots=True)
class Shown:
    """A file ready to be shown: pages, or sheets."""

    pages: bytes = b""
    sheets: tuple[SheetRows, ...] = ()
    figures: tuple[Figure, ...] = ()
    """Of the pages, each with the entries it was counted from."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """Of those entries, by their references."""


def shown_of(
    content: bytes, figures: tuple[Figure, ...] = (), titles: Mapping[str, str] | None = None
) -> Shown:
    """Reads the file that was made, so that what is shown is what is in it; nothing of one too large to be read back.

    A paper that cannot be shown can still be saved.
    """
    if content.startswith(b"%PDF"):
        return Shown(pages=content, figures=figures, titles=titles or {})
    from nhsdesk.documents import reader

    with TemporaryDirectory(prefix="nhsdesk-") as folder:
        workbook = Path(folder) / "preview.xlsx"
        workbook.write_bytes(content)
        try:
            grids = reader.read_workbook(workbook)
        except FileRefused:
            return Shown()
    return Shown(sheets=tuple(sheet_rows(grid.name, grid.rows) for grid in grids))
