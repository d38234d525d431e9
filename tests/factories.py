"""Records of every kind with every field filled, plain or hostile, and values of every kind of field for hypothesis."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from nhsdesk.domain import kinds, times
from nhsdesk.domain.claimed import Claim, ClaimState
from nhsdesk.domain.fields import Field, Record
from nhsdesk.domain.kinds import Id, KeptFile, Kind
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.periods import FinancialYear, Month, Quarter
from nhsdesk.domain.records import KINDS
from nhsdesk.domain.uplifts import Uplift
from nhsdesk.store.door import Change

R = TypeVar("R", bound=Record)

HIGH = Id(2**63 - 2**32 + 7)
"""An id with its high bits set, which a signed 32-bit number or a float would spoil."""

HOSTILE = (
    '=HYPERLINK("http://example.org","Click")',
    "=1+1",
    "+44 20 7946 0000",
    "@SUM(A1)",
    '<img src="/etc/passwd">',
    "<b>not closed",
    "{{ 7 * 7 }} %s {0} ${HOME}",
    "'; DROP TABLE steps; --",
    "before\x00after",
    "\u202eabc\u202c \u200fright to left\u200e",
    "tab\tand\r\nline\x0b\x1b[31m",
    "e\u0301 \U0001f468\u200d\u2695\ufe0f 𝔸 ﬀ ß İ",
    "\ufeff\ufffe\uffff",
    "long " * 2_000,
    "[erased]",
    "null",
)
"""What people and files have put into text fields, on purpose or not."""

HALF_A_LETTER = "half \ud83d a letter"


# ---- one record of each kind, every field filled


def value_of(field: Field, words: str, named: Callable[[str], Id]) -> Any:
    """A value for a field: the words where it holds words, a plain value otherwise."""
    match field.kind:
        case kinds.Text():
            return words
        case kinds.LinkTo(target=target):
            return named(target)
        case kinds.LinksTo(target=target):
            return (named(target),)
        case kinds.OneOf(choices=choices):
            return list(choices)[-1]
        case kinds.SeveralOf(choices=choices):
            return tuple(choices)[:2]
        case kinds.Number(places=places):
            return Decimal(933_333_333).scaleb(-places)
        case _:
            return _PLAIN[type(field.kind)]


_PLAIN: dict[type[Kind], Any] = {
    kinds.Pounds: Money(440_001),
    kinds.Count: 7,
    kinds.HoursAWeek: Hours(16 * 3600 + 40 * 60),
    kinds.Minutes: 95,
    times.Day: date(2027, 1, 30),
    times.TimeOfDay: time(17, 30),
    times.Moment: datetime(2026, 10, 25, 0, 30, 0, 1, tzinfo=UTC),
    times.InMonth: Month(2026, 10),
    times.InQuarter: Quarter(FinancialYear(2026), 3),
    times.InYear: FinancialYear(2026),
    kinds.Flag: True,
    kinds.Mark: False,
    kinds.OneFile: KeptFile("Board paper.pdf", "ab" * 32, 12_345),
}


def filled(cls: type[R], words: str = "plain words", named: Callable[[str], Id] = lambda _: HIGH) -> R:
    """A record of a kind with every field filled; `named` gives the id of a record of a kind to link to."""
    made = cls(**{field.name: value_of(field, words, named) for field in cls.KIND.fields})
    if isinstance(made, Claim | Uplift):
        return replace(made, state=ClaimState.DRAFT)
    return made


def added(
    change: Change,
    cls: type[R],
    words: str = "plain words",
    made: dict[str, Id] | None = None,
    **instead: Any,
) -> R:
    """Adds a record with every field filled, after adding what it names; a link to its own kind stays empty.

    Of each kind that it names, or that those name, one is added; with `made`, those in it are named instead.
    """
    shared = {} if made is None else made

    def named(target: str) -> Id:
        target = target or "person"
        if target == cls.KIND.name:
            return HIGH
        if target not in shared:
            shared[target] = added(change, KINDS[target].cls, words, shared).id
        return shared[target]

    record = filled(cls, words, named)
    to_itself = {
        field.name: None
        for field in cls.KIND.fields
        if isinstance(field.kind, kinds.LinkTo) and field.kind.target == cls.KIND.name
    }
    return change.add(replace(record, **to_itself | instead))


# ---- any value of a kind of field

texts: SearchStrategy[str] = st.one_of(
    st.sampled_from(HOSTILE), st.text(min_size=1), st.text("\x00\u200f\u202e=<\"'\n", min_size=1)
).filter(lambda words: bool(words.strip()))

ids: SearchStrategy[int] = st.one_of(st.just(HIGH), st.integers(1, 2**63 - 1))

moments: SearchStrategy[datetime] = st.builds(
    lambda seconds, microseconds, zone: (
        datetime(1900, 1, 2, tzinfo=UTC) + timedelta(seconds=seconds, microseconds=microseconds)
    ).astimezone(zone),
    st.integers(0, 30_000_000_000),
    st.integers(0, 999_999),
    st.sampled_from([UTC, ZoneInfo("Europe/London"), ZoneInfo("Asia/Kathmandu")]),
)


def values(kind: Kind) -> SearchStrategy[Any]:
    """Any value that a kind of field may hold."""
    match kind:
        case kinds.Text():
            return texts
        case kinds.LinkTo():
            return ids
        case kinds.LinksTo():
            return st.lists(ids, max_size=4).map(tuple)
        case kinds.OneOf(choices=choices):
            return st.sampled_from(list(choices))
        case kinds.SeveralOf(choices=choices):
            return st.sets(st.sampled_from(list(choices))).map(lambda s: tuple(c for c in choices if c in s))
        case kinds.Number(places=places):
            return st.integers(-kinds.LARGEST, kinds.LARGEST).map(lambda n: Decimal(n).scaleb(-places))
        case _:
            return _VALUES[type(kind)]


_VALUES: dict[type[Kind], SearchStrategy[Any]] = {
    kinds.Pounds: st.integers(-kinds.LARGEST, kinds.LARGEST).map(Money),
    kinds.Count: st.integers(-kinds.LARGEST, kinds.LARGEST),
    kinds.HoursAWeek: st.integers(0, kinds.LARGEST).map(Hours),
    kinds.Minutes: st.integers(0, kinds.LARGEST),
    times.Day: st.dates(),
    times.TimeOfDay: st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    times.Moment: moments,
    times.InMonth: st.builds(Month, st.integers(1900, 9999), st.integers(1, 12)),
    times.InQuarter: st.builds(Quarter, st.builds(FinancialYear, st.integers(1900, 2999)), st.integers(1, 4)),
    times.InYear: st.builds(FinancialYear, st.integers(1900, 2999)),
    kinds.Flag: st.booleans(),
    kinds.Mark: st.booleans(),
    kinds.OneFile: st.builds(
        KeptFile, texts, st.text("0123456789abcdef", max_size=64), st.integers(0), texts
    ),
}


def records(cls: type[R], named: Callable[[str], Id] | None = None) -> SearchStrategy[R]:
    """Any record of a kind. With `named`, links name those records instead of any id."""
    return st.fixed_dictionaries({field.name: _any_of(field, named) for field in cls.KIND.fields}).map(
        lambda held: cls(**held)
    )


def _any_of(field: Field, named: Callable[[str], Id] | None) -> SearchStrategy[Any]:
    some = values(field.kind)
    if named is not None and isinstance(field.kind, kinds.LinkTo):
        some = st.just(named(field.kind.target))
    if named is not None and isinstance(field.kind, kinds.LinksTo):
        some = st.lists(st.just(named(field.kind.target)), max_size=1).map(tuple)
    listed = isinstance(field.kind, kinds.SeveralOf | kinds.LinksTo)
    return some if field.given or listed else st.none() | some
