"""A day typed beside a button, read as the field of an entry would read it."""

from __future__ import annotations

from datetime import date
from typing import Any

from nhsdesk.domain.fields import Record
from nhsdesk.domain.problems import Problem


def read_day(words: str, kind: type[Record], name: str, today: date) -> date | Problem:
    """The day; a Problem where none can be read, or none was given."""
    read: Any = kind.KIND.field(name).kind.read(words, today)
    if read is None:
        return Problem("Give the day. Nothing was changed.")
    assert isinstance(read, date | Problem)
    return read
