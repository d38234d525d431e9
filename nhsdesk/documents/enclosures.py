"""An attached PDF as plain pages that may stand in a pack, or why it cannot, as the end of a sentence.

    found = enclosures.plain_pages(data)      PlainPages, or NotEnclosed in words

It is taken apart in a process of its own (enclosures_apart.py). What was made lately is remembered, since a pack is
looked at before it is issued.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache

from nhsdesk.documents import apart, enclosures_apart

APART = "--enclose-apart"
"""The word by which a bundle starts as the one who takes a PDF apart."""

_REMEMBERED = 12

_BROKEN = "it is damaged, or was not saved completely. Ask for it again"
_WHY = {
    "locked": "it is locked with a password. Save a copy without it, and attach that",
    "broken": _BROKEN,
    "too much": "it holds far more than its size lets expect. Print it to a new PDF, and attach that",
    "too many pages": f"it has more than {enclosures_apart.MOST_PAGES} pages. Attach the pages that are wanted",
    "not to be printed": "whoever made it does not let it be printed. Ask for a copy that may be",
    "adobe form": "it is a form that only Adobe’s own program can show. Print it to a new PDF, and attach that",
    "layers": "it has layers that are switched off, which a pack would show. Print it to a new PDF, and attach that",
    "zip": "it is a Word, Excel or PowerPoint file, or an archive. Save it as a PDF, and attach that",
    "old word": "it is an older Word, Excel or PowerPoint file. Save it as a PDF, and attach that",
    "program": "it is a program. Do not open it; ask who sent it",
    "archive": "it is an archive. Unpack it, and attach the PDF that is in it",
    "empty": "it is empty",
}
_OTHER = "it is not a PDF. Save it as one, and attach that"


@dataclass(frozen=True, slots=True)
class PlainPages:
    """Pages with nothing in them but what is seen: A4, upright, with room above each for its number."""

    content: bytes
    pages: int
    files: int
    """Files that lay inside it and were left out."""
    scripts: int
    words: str


@dataclass(frozen=True, slots=True)
class NotEnclosed:
    """Why a file cannot stand in a pack, and what to do."""

    why: str


@lru_cache(maxsize=_REMEMBERED)
def plain_pages(data: bytes) -> PlainPages | NotEnclosed:
    """The pages of a PDF from outside."""
    try:
        told, _, pages = apart.run(enclosures_apart.__name__, APART, data).partition(b"\n")
        found = json.loads(told)
    except apart.Failed as failed:
        return NotEnclosed(_WHY.get(str(failed), _BROKEN))
    except ValueError:
        return NotEnclosed(_BROKEN)
    if "refused" in found:
        return NotEnclosed(_WHY.get(found["refused"], _OTHER))
    return PlainPages(pages, found["pages"], found["files"], found["scripts"], found["words"])
