"""Where something is written, as papers and pages say it: the document, its page and its day."""

from __future__ import annotations

from collections.abc import Mapping

from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.sections import restricted
from nhsdesk.sections.restricted import Restricted

NOWHERE = "not said where this is written"
EVERYTHING_SHOWN = Restricted()

_LONGEST = 300
"""Characters of a text that papers and pages of several entries show; its form has the whole."""


def short(words: str) -> str:
    """Words as a table has room for them: what is longer ends with three dots."""
    return words if len(words) <= _LONGEST else words[:_LONGEST].rstrip() + "…"


def where(
    documents: Mapping[Id, SourceDocument],
    document: Id | None,
    locator: str | None,
    hidden: Restricted = EVERYTHING_SHOWN,
) -> str:
    """The document with page and day, each said to be missing where it is; `NOWHERE` without a document.

    Of one that the readers may not see, only that it is.
    """
    held = documents.get(document) if document is not None else None
    if held is None:
        return NOWHERE
    if hidden.hides(held.id):
        return restricted.WORDS
    day = day_words(held.dated) if held.dated else "day not given"
    return f"{held.ref} {short(held.title)}, {short(locator or 'page not given')}, {day}"
