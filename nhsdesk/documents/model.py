"""What a workbook, a report and a bundle hold, as plain values: compiled from facts, written by modules of this folder.

Nothing here knows a file format. Its tables and pictures have modules of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from nhsdesk.documents.pictures import (
    BarLook,
    Chart,
    Event,
    Grid,
    Level,
    Picture,
    Series,
    Shade,
    Square,
    Timeline,
)
from nhsdesk.documents.tables import (
    LONGEST_HEADING,
    MOST_DIGITS,
    NOT_AVAILABLE,
    NOT_GIVEN,
    Cell,
    CellKind,
    Column,
    Table,
    cell_words,
)

__all__ = [
    "LONGEST_HEADING", "MOST_DIGITS", "NOT_AVAILABLE", "NOT_GIVEN", "Attached", "BarLook", "Block", "Bullets", "Bundle",
    "Cell", "CellKind", "Chart", "Column", "Document", "Event", "Grid", "Level", "NotIncluded", "Paragraph", "Part",
    "Picture", "Quotation", "Report", "Section", "Series", "Shade", "Sheet", "Square", "Table", "Timeline", "Workbook",
    "cell_words",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet: a title, one line about it, and one table."""

    name: str
    title: str
    intro: str
    table: Table


@dataclass(frozen=True, slots=True)
class Workbook:
    """A cover, sheets of one table each, and notes. `created` is in UTC; `mark` is SAMPLE, DRAFT or empty.

    In a `working_copy` headings stay in sight while somebody works down the rows; a copy that others read has no
    frozen panes, which screen readers and magnifiers stumble over.
    """

    title: str
    subject: str
    author: str
    created: datetime
    cover: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()
    mark: str = ""
    working_copy: bool = False

    def __post_init__(self) -> None:
        _check_aware(self.title, self.created)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words that run on; a line break in them is kept."""

    text: str
    needs: str = ""
    """The heading of a section they speak of: a paper without that section is without them."""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of points."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """Somebody's own words and where they stand."""

    words: str
    source: str


Block = Paragraph | Bullets | Quotation | Table | Picture


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that can be followed back: what was counted, by which filter, from which entries, as at when.

    `at` is the words it stands in, as printed: a whole cell, or else the first place in its section that says so.
    Its number is given when the paper is put together (`tracing.py`).
    """

    at: str
    shown: str
    what: str
    by: str
    refs: tuple[str, ...] = ()
    table: str = ""
    """The name of the table or chart it stands in, where the same words stand in several."""
    not_named: str = ""
    """Why entries are left out of `refs`, or what was counted instead of entries."""
    as_at: date | None = None
    """Where it is not the paper's own day."""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, at the top of a page of its own where it is to be handed out alone."""

    heading: str
    blocks: tuple[Block, ...]
    own_page: bool = False
    figures: tuple[Figure, ...] = ()
    handed_out: bool = False
    """To one reader alone, who therefore finds at its foot where its figures come from."""
    tells_of: tuple[str, ...] = ()
    """For each point of its list, the section that it is about: where that is left out, the point is as well."""
    repeats: tuple[str, ...] = ()
    """Sections whose entries it tells again."""
    own_board: bool = False
    """Starts at our own board: others read it from the day somebody gives, or `private_until`."""
    private_until: date | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A paper to print. `created` is in UTC; `footer`, `mark` and `watermark` stand on every page."""

    title: str
    subtitle: str
    organisation: str
    day: date
    created: datetime
    sections: tuple[Section, ...]
    footer: str
    mark: str = ""
    watermark: str = ""
    """Large and pale across each page."""

    def __post_init__(self) -> None:
        _check_aware(self.title, self.created)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Its numbered figures, in their order."""
        return tuple(one for section in self.sections for one in section.figures if one.number)


@dataclass(frozen=True, slots=True)
class Attached:
    """A PDF from outside, known by the SHA-256 of its bytes."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class NotIncluded:
    """Why something is not in a bundle, as the end of a sentence: it stands on a page of its own."""

    why: str


@dataclass(frozen=True, slots=True)
class Part:
    """One paper of a bundle: what stands on each of its pages, such as "Enclosure C", and what it is called."""

    label: str
    title: str
    content: Report | Attached | NotIncluded


@dataclass(frozen=True, slots=True)
class Bundle:
    """Several papers in one file: a front page, whose mark all bear, then each under its label."""

    front: Report
    parts: tuple[Part, ...]

    @property
    def title(self) -> str:
        """What the whole is called."""
        return self.front.title

    @property
    def footer(self) -> str:
        """What stands at the foot of its own pages."""
        return self.front.footer


Document = Workbook | Report | Bundle
"""What a paper is compiled to."""


def _check_aware(title: str, moment: datetime) -> None:
    if moment.utcoffset() is None:
        raise ValueError(f"{title}: the moment it was made has no time zone")
