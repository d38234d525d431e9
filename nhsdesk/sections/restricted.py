"""What stands in a paper for an entry its readers may not see: its reference, and no subject."""

from __future__ import annotations

from nhsdesk.documents.model import Bullets


def withheld_items(refs: tuple[str, ...]) -> tuple[Bullets, ...]:
    """One line for each withheld entry; nothing where none is."""
    return (Bullets(tuple(f"{ref}: Restricted item" for ref in refs)),) if refs else ()
