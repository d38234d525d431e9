"""Files we take in: one module for each kind, told apart by what they hold."""

from __future__ import annotations

from nhsdesk.imports import list_sizes, practice_map, workforce
from nhsdesk.incoming import Incoming

IMPORTS: tuple[Incoming, ...] = (practice_map.IMPORT, list_sizes.IMPORT, workforce.IMPORT)


def recognised(headings: tuple[str, ...]) -> Incoming | None:
    """The kind of file whose headings these are, however complete."""
    held = set(headings)
    return next((one for one in IMPORTS if one.known_by <= held), None)
