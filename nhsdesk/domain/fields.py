"""A field is declared once. Table, form, headings, import mapping, history and search are made from the declaration.

    @record(title="ARRS post", plural="ARRS posts", prefix="P")
    class Post(Record):
        role: Role = choice("Role", Role)
        contracted: Hours | None = hours("Contracted hours a week", default=None)

A field whose type does not allow None must be given: the type checker asks for it and the store refuses a record
without it. Every other field may be empty, because people learn things one at a time.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass
from datetime import date
from operator import attrgetter
from types import MappingProxyType
from typing import Any, ClassVar, Protocol, TypeVar, dataclass_transform

from nhsdesk.domain import kinds, times
from nhsdesk.domain.entry import Lean
from nhsdesk.domain.kinds import NEW, Choice, Id, Kind
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.rules import Rules

_SPECIFIER = "nhsdesk"

R = TypeVar("R", bound="Record")


@dataclass(frozen=True, slots=True)
class Field:
    """One declared field of a record kind."""

    name: str
    label: str
    kind: Kind
    help: str = ""
    given: bool = False

    @property
    def private(self) -> bool:
        """Whether it tells of a person, so that logs, labels and papers leave it out."""
        return isinstance(self.kind, kinds.Private)


@dataclass(frozen=True, slots=True)
class Derived:
    """A column worked out from a record, the local rules and the day; never stored."""

    label: str
    work_out: Callable[[Any, Rules, date], Any]
    uses: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class RecordKind:
    """What the program knows of one kind of record, all of it from the class's declaration. There is one for each."""

    name: str
    title: str
    plural: str
    prefix: str
    fields: tuple[Field, ...]
    derived: tuple[Derived, ...]
    cls: type[Record]
    columns: tuple[str, ...] = ()
    """The fields and derived columns that a register shows at first; the others are chosen by whoever wants them."""
    groups: tuple[tuple[str, str], ...] = ()
    """Headings of a form, each with the field it stands above."""

    def field(self, name: str) -> Field:
        """The field of that name; KeyError where there is none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"{self.name} has no field {name}")

    @property
    def noun(self) -> str:
        """Its title inside a sentence: "support request", "ARRS post"."""
        return _inside(self.title)

    @property
    def nouns(self) -> str:
        """Its plural inside a sentence."""
        return _inside(self.plural)

    def derived_column(self, name: str) -> Derived | None:
        """The derived column of that name; None where there is none."""
        return next((one for one in self.derived if one.name == name), None)

    @property
    def owner(self) -> Field | None:
        """The field that names the record this one belongs to and goes with, where it has one."""
        return next((f for f in self.fields if isinstance(f.kind, kinds.LinkTo) and f.kind.owned), None)


def _inside(title: str) -> str:
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


class Held(Protocol):
    """What else is in the file, for a rule that looks at more than one record."""

    def find(self, cls: type[R], id_: Id | None) -> R | None:
        """The record with that id, or None."""

    def all(self, cls: type[R], **equal: Any) -> tuple[R, ...]:
        """Every record of a kind whose fields hold those values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has. All three are empty until the store returns it."""

    KIND: ClassVar[RecordKind]
    _ALL: ClassVar[Callable[[Record], tuple[Any, ...]]]

    id: Id = NEW
    version: int = 0
    ref: str = ""

    # Written once for all kinds: the ones that dataclass would make for each are a good part of the program's start.

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Record) or other.__class__ is not self.__class__:
            return NotImplemented
        return self.__class__._ALL(self) == other.__class__._ALL(other)

    def __hash__(self) -> int:
        return hash(self.__class__._ALL(self))

    def __repr__(self) -> str:
        shown = (f.name for f in dataclasses.fields(self) if f.repr)
        return (
            f"{self.__class__.__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"
        )

    def sealed(self) -> str | None:
        """Why it may no longer change, in a sentence; None while it may."""
        return None

    def refused(self, before: Record | None, held: Held, today: date) -> Problem | None:
        """Why it may not become what it is, coming from what it was (None: not there), and at which field."""
        return None

    def title_words(self) -> str:
        """The words by which a person knows it."""
        for field in self.KIND.fields:
            value = getattr(self, field.name)
            if value and field.kind.searched and not field.private:
                return field.kind.words(value)
        return self.ref


def _specified(label: str, kind: Kind, default: Any, help: str) -> Any:
    return dataclasses.field(
        default=default,
        repr=not isinstance(kind, kinds.Private),
        metadata={_SPECIFIER: (label, kind, help)},
    )


def text(label: str, *, default: Any = MISSING, help: str = "") -> Any:
    """One line of words."""
    return _specified(label, kinds.Text(), default, help)


def long_text(label: str, *, default: Any = MISSING, help: str = "") -> Any:
    """Words of any length, kept as typed."""
    return _specified(label, kinds.LongText(), default, help)


def private(label: str, *, default: Any = MISSING, help: str = "") -> Any:
    """Words about a person."""
    return _specified(label, kinds.Private(), default, help)


def reference(label: str, *, default: Any = MISSING, help: str = "") -> Any:
    """A code somebody else gave."""
    return _specified(label, kinds.Reference(), default, help)


def money(label: str, *, default: Any = MISSING, help: str = "") -> Any:
    """Pounds and pence."""
    return _specified(label, kinds.Pounds(), default, help)


def number(label: str, *, places: int, default: Any = MISSING, help: str = "") -> Any:
    """An exact number with so many decimal places."""
    return _specified(label, kinds.Number(places), default, help)


def percentage(label: str, *, places: int = 2, default: Any = MISSING, help: str = "") -> Any:
    """A percentage: 50 for a half."""
    return _specified(label, kinds.Number(places, "%"), default, help)


def count(label: str, *, default: Any = MISSING, help: str = "") -> Any:
    """How many."""
    return _specified(label, kinds.Count(), default, help)


def hours(label: str, *, default: Any = MISSING, help: str = "") -> Any:
    """Hours a week."""
    return _specified(label, kinds.HoursAWeek(), default, help)


def minutes(label: str, *, default: Any = MISSING, help: str = "") -> Any:
    """A length of time."""
    return _specified(label, kinds.Minutes(), default, help)


def day(label: str, *, default: Any = MISSING, help: str = "", lean: Lean = Lean.NEXT) -> Any:
    """A calendar day; `lean` says which is meant where no year is typed."""
    return _specified(label, times.Day(lean), default, help)


def time_of_day(label: str, *, default: Any = MISSING, help: str = "") -> Any:
    """A time on a London clock."""
    return _specified(label, times.TimeOfDay(), default, help)


def moment(label: str, *, default: Any = MISSING, help: str = "") -> Any:
    """An instant."""
    return _specified(label, times.Moment(), default, help)


def month(label: str, *, default: Any = MISSING, help: str = "") -> Any:
    """A calendar month."""
    return _specified(label, times.InMonth(), default, help)


def quarter(label: str, *, default: Any = MISSING, help: str = "") -> Any:
    """A quarter of a financial year."""
    return _specified(label, times.InQuarter(), default, help)


def financial_year(label: str, *, default: Any = MISSING, help: str = "") -> Any:
    """A financial year."""
    return _specified(label, times.InYear(), default, help)


def choice(label: str, choices: type[Choice], *, default: Any = MISSING, help: str = "") -> Any:
    """One of a list."""
    return _specified(label, kinds.OneOf(choices), default, help)


def several(label: str, choices: type[Choice], *, default: Any = MISSING, help: str = "") -> Any:
    """Several of a list."""
    return _specified(label, kinds.SeveralOf(choices), default, help)


def flag(label: str, *, default: Any = MISSING, help: str = "") -> Any:
    """Yes or no."""
    return _specified(label, kinds.Flag(), default, help)


def mark(label: str, *, default: Any = MISSING, help: str = "") -> Any:
    """Yes or no, set by what is done with the entry and never typed."""
    return _specified(label, kinds.Mark(), default, help)


def link(label: str, target: str, *, default: Any = MISSING, help: str = "") -> Any:
    """The one record of another kind that this cannot do without."""
    return _specified(label, kinds.LinkTo(_snake(target)), default, help)


def links(label: str, target: str, *, default: Any = MISSING, help: str = "") -> Any:
    """Several records of another kind."""
    return _specified(label, kinds.LinksTo(_snake(target)), default, help)


def parent(label: str, target: str, *, help: str = "") -> Any:
    """The record this belongs to, is listed under and goes with."""
    return _specified(label, kinds.LinkTo(_snake(target), owned=True), MISSING, help)


def about(label: str, *, help: str = "") -> Any:
    """The record of any kind that this is about and goes with."""
    return _specified(label, kinds.About(), MISSING, help)


def file(label: str, *, default: Any = MISSING, help: str = "") -> Any:
    """A kept file."""
    return _specified(label, kinds.OneFile(), default, help)


def derived(label: str, work_out: Callable[[Any, Rules, date], Any], *, uses: tuple[str, ...]) -> Derived:
    """A column worked out from the fields it uses, the local rules and the day."""
    return Derived(label, work_out, uses)


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def _declared(field: dataclasses.Field[Any]) -> Field:
    label, kind, help = field.metadata[_SPECIFIER]
    allows_none = not {"None", "Optional"}.isdisjoint(re.findall(r"\w+", str(field.type)))
    listed = isinstance(kind, kinds.SeveralOf | kinds.LinksTo)
    return Field(field.name, label, kind, help, given=not (allows_none or listed))


@dataclass_transform(
    kw_only_default=True,
    frozen_default=True,
    field_specifiers=(
        text, long_text, private, reference, money, number, percentage, count, hours, minutes, day, time_of_day,
        moment, month, quarter, financial_year, choice, several, flag, mark, link, links, parent, about, file,
    ),
)  # fmt: skip
def record(
    *,
    title: str,
    plural: str,
    prefix: str,
    columns: tuple[str, ...] = (),
    groups: Mapping[str, str] = MappingProxyType({}),
) -> Callable[[type[R]], type[R]]:
    """Makes a class of declared fields a kind of record: frozen, compared by value, with a table of its own name.

    `prefix` begins its references (`C` gives C-001). `columns` are shown first in a register; `groups` gives headings
    of a form and the field that each stands above.
    """

    def made(cls: type[R]) -> type[R]:
        found = tuple(
            dataclasses.replace(value, name=name)
            for name, value in vars(cls).items()
            if isinstance(value, Derived)
        )
        new = dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)(cls)
        new._ALL = attrgetter(*(f.name for f in dataclasses.fields(new)))
        declared = tuple(_declared(f) for f in dataclasses.fields(new) if _SPECIFIER in f.metadata)
        headings = tuple(groups.items())
        new.KIND = RecordKind(
            _snake(new.__name__), title, plural, prefix, declared, found, new, columns, headings
        )
        _refuse_unknown(new.KIND)
        return new

    return made


def _refuse_unknown(kind: RecordKind) -> None:
    """A column or heading that names no field is our own mistake."""
    known = {one.name for one in kind.fields} | {one.name for one in kind.derived}
    named = {*kind.columns, *(first for _, first in kind.groups)}
    if not named <= known:
        raise ValueError(f"{kind.name} has no {', '.join(sorted(named - known))}")
