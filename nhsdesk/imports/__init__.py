"""Files we take in: one module for each kind, told apart by what they hold."""

from __future__ import annotations

from pathlib import Path

from nhsdesk.imports import list_sizes, nwrs_export, practice_map, workforce
from nhsdesk.incoming import Incoming

IMPORTS: tuple[Incoming, ...] = (practice_map.IMPORT, list_sizes.IMPORT, workforce.IMPORT, nwrs_export.IMPORT)


def recognised(headings: tuple[str, ...]) -> Incoming | None:
    """The kind of file whose headings these are, however complete."""
    return next((one for one in IMPORTS if one.knows(headings)), None)


def in_workbook(path: Path) -> Incoming | None:
    """The kind of file that a workbook is: published files are text, our own export may be either."""
    return nwrs_export.IMPORT if nwrs_export.in_workbook(path) else None
