"""Registers whose entries may fill a workbook of others: what is restricted stays behind, and no field about a person.

Requests, holders and their pay are not among them: those go out through their returns, which suppress what must be.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal

from nhsdesk.domain import kinds
from nhsdesk.domain.actions import Action
from nhsdesk.domain.arrs import Post
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.contracts import Contract
from nhsdesk.domain.decisions import Decision
from nhsdesk.domain.fields import Derived, Field, Record
from nhsdesk.domain.filling import Listing, Value
from nhsdesk.domain.funds import Fund
from nhsdesk.domain.hubs import Hub
from nhsdesk.domain.integrators import Integrator
from nhsdesk.domain.kinds import Choice, Id, KeptFile
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.organisations import ListSize, Organisation, Practice
from nhsdesk.domain.periods import Month
from nhsdesk.domain.plans import Milestone, Plan
from nhsdesk.domain.questions import Question
from nhsdesk.domain.risks import Risk
from nhsdesk.domain.teams import NeighbourhoodTeam
from nhsdesk.papers import Asked, Audience
from nhsdesk.sections import restricted
from nhsdesk.sections.restricted import Restricted
from nhsdesk.store.reading import Reader

OPEN: tuple[type[Record], ...] = (
    Practice,
    ListSize,
    Organisation,
    Post,
    Contract,
    Commitment,
    Question,
    Risk,
    Plan,
    Milestone,
    Hub,
    NeighbourhoodTeam,
    Integrator,
    Fund,
    Decision,
    Action,
)
_REF = "Ref"
_MARKS = frozenset({"restricted", "final"})
"""What says how an entry is kept here, not what it is."""


def name_of(cls: type[Record]) -> str:
    """How a mapping names a register: "Register: Practices"."""
    return f"Register: {cls.KIND.plural}"


BY_NAME: Mapping[str, type[Record]] = {name_of(cls): cls for cls in OPEN}


def gather(reader: Reader, asked: Asked, cls: type[Record]) -> Listing:
    """A register as partners may read it, a column for each field that is open, and for what is worked out."""
    hidden = restricted.gather(reader, Audience.PARTNERS)
    fields, derived = _columns(cls)
    named = _Named(reader, hidden)
    rows = tuple(
        (
            record.ref,
            *(named.value(field, getattr(record, field.name)) for field in fields),
            *(_plain(one.work_out(record, asked.rules, asked.day)) for one in derived),
        )
        for record in reader.all(cls)
        if not hidden.hides(record.id, *_links(record))
    )
    return Listing(name_of(cls), headings(cls), rows)


def headings(cls: type[Record]) -> tuple[str, ...]:
    """The headings of a register's columns."""
    fields, derived = _columns(cls)
    return (_REF, *(one.label for one in fields), *(one.label for one in derived))


def _columns(cls: type[Record]) -> tuple[tuple[Field, ...], tuple[Derived, ...]]:
    fields = tuple(
        field
        for field in cls.KIND.fields
        if not field.private and field.name not in _MARKS and not isinstance(field.kind, kinds.OneFile)
    )
    seen = {_REF, *(field.label for field in fields)}
    return fields, tuple(one for one in cls.KIND.derived if one.label not in seen)


def _links(record: Record) -> tuple[Id | None, ...]:
    return tuple(
        getattr(record, field.name) for field in record.KIND.fields if isinstance(field.kind, kinds.LinkTo)
    )


class _Named:
    """Entries by the words they are known by, read once each."""

    def __init__(self, reader: Reader, hidden: Restricted) -> None:
        self._reader, self._hidden = reader, hidden
        self._known: dict[Id, str] = {}

    def value(self, field: Field, value: object) -> Value:
        if isinstance(field.kind, kinds.LinkTo):
            return self._title(value) if isinstance(value, int) else None
        if isinstance(field.kind, kinds.LinksTo) and isinstance(value, tuple):
            return "; ".join(self._title(one) for one in value) or None
        return _plain(value, field.kind.words)

    def _title(self, id_: int) -> str:
        if Id(id_) not in self._known:
            record = None if self._hidden.hides(Id(id_)) else self._reader.any_of(id_)
            self._known[Id(id_)] = record.title_words() if record is not None else ""
        return self._known[Id(id_)]


def _plain(value: object, words: Callable[[object], str] = str) -> Value:
    """A value as a cell can hold it: amounts and days as they are, everything else as the window shows it."""
    match value:
        case None | KeptFile():
            return None
        case Choice():
            return str(value.value)
        case tuple():
            return "; ".join(str(one.value) if isinstance(one, Choice) else str(one) for one in value) or None
        case bool() | str() | Money() | Hours() | Month() | Decimal() | int():
            return value
        case date() if not isinstance(value, datetime):
            return value
        case _:
            return words(value)
