"""The words of the field: what each means, when it was used, what came before and after."""

from __future__ import annotations

from datetime import date

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    day,
    long_text,
    record,
    text,
)


@record(
    title="Glossary term",
    plural="Glossary",
    prefix="GL",
    columns=("term", "meaning", "used_from", "used_to", "successor"),
)
class GlossaryTerm(Record):
    """A term of our own, or what we say of one that came with the program."""

    term: str = text("Term")
    expansion: str | None = text("In full", default=None)
    meaning: str = long_text("Meaning")
    used_from: date | None = day("Used from", default=None, lean=Lean.LAST)
    used_to: date | None = day("Used to", default=None, lean=Lean.LAST)
    predecessor: str | None = text("Came after", default=None)
    successor: str | None = text("Became", default=None)
    warning: str | None = text("Beware", default=None, help="Where the same word means something else.")
    source: str | None = text("Source", default=None)
