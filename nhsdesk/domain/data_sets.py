"""A published file adopted as a whole: one record that names it, over rows that never change."""

from __future__ import annotations

from datetime import date, datetime

from nhsdesk.domain.fields import Record, choice, count, day, moment, record, reference, text
from nhsdesk.domain.kinds import Choice


class DataSetKind(Choice):
    """Which published file it is."""

    PRACTICE_MAP = "practices and their PCNs"
    LIST_SIZES = "practice list sizes"
    WORKFORCE = "PCN workforce"
    NWRS_EXPORT = "our own NWRS export"


@record(title="Data set", plural="Data sets", prefix="DS")
class DataSet(Record):
    """A published file as it was read, known by its SHA-256."""

    kind: DataSetKind = choice("Kind", DataSetKind)
    file_name: str = text("File")
    sha256: str = reference("SHA-256")
    publisher: str | None = text("Publisher", default=None)
    as_of: date | None = day("As of", default=None)
    rows: int = count("Rows")
    read_at: datetime = moment("Read")

    def title_words(self) -> str:
        """Kind and file name."""
        return f"{self.kind.words}: {self.file_name}"
