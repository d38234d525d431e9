"""Shares of practices' lists by neighbourhood: pasted, looked at, whole or refused, taken in as one step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from nhsdesk import errors
from nhsdesk.commands import blocks
from nhsdesk.commands.networks import folded
from nhsdesk.domain import kinds, neighbourhood_shares, times
from nhsdesk.domain.areas import Area, NeighbourhoodShare, Tier
from nhsdesk.domain.blocks import Reading, Row, Wanted
from nhsdesk.domain.employers import Incoming
from nhsdesk.domain.entry import Lean, quoted
from nhsdesk.domain.footprints import FootprintAppraisal
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import Practice
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.papers import Audience
from nhsdesk.sections import footprint
from nhsdesk.sections.footprint import Facts, Mismatch
from nhsdesk.store.database import Database
from nhsdesk.store.door import Change
from nhsdesk.store.reading import Reader

WANTED = (
    Wanted(
        "practice", "Practice", kinds.Text(), ("practice", "practice name", "gp practice", "surgery", "practice code"),
        needed=True,
    ),
    Wanted(
        "neighbourhood", "Neighbourhood", kinds.Text(), ("neighbourhood", "neighbourhood name", "int", "area"),
        needed=True,
    ),
    Wanted("share", "Share of the list", kinds.Number(2, "%"), ("share", "share of the list", "%", "per cent"), True),
    Wanted("counted_on", "Counted on", times.Day(Lean.LAST), ("counted on", "count date", "date", "as at")),
)  # fmt: skip
"""What is looked for in a block: a row for each practice and neighbourhood."""


def mismatch(database: Database) -> Mismatch:
    """Our practices' lists over the neighbourhoods today."""
    with database.read() as reader:
        return footprint.mismatch(reader, database.today())


@dataclass(frozen=True, slots=True)
class Appraisals:
    """The appraisals as their page shows them: the entries, and what is told of each, in the same order."""

    entries: tuple[FootprintAppraisal, ...]
    facts: Facts


def appraisals(database: Database) -> Appraisals:
    """Every appraisal, the one whose consultation closes soonest first."""
    today = database.today()
    with database.read() as reader:
        entries = reader.all(FootprintAppraisal)
        facts = footprint.appraisals(reader, today, Audience.OWN_BOARD)
    order = sorted(
        range(len(entries)),
        key=lambda n: ((entries[n].closes or date.max) < today, entries[n].closes or date.max, entries[n].id),
    )
    told = replace(facts, appraisals=tuple(facts.appraisals[n] for n in order))
    return Appraisals(tuple(entries[n] for n in order), told)


@dataclass(frozen=True, slots=True)
class Seen:
    """A block as it would be taken in: to be looked at first."""

    shares: tuple[NeighbourhoodShare, ...]
    problems: tuple[Problem, ...]
    practices: int

    @property
    def may(self) -> bool:
        """Whether it can be taken in."""
        return bool(self.shares) and not any(one.weight is Weight.MUST_FIX for one in self.problems)


def look(reader: Reader, reading: Reading, counted_on: date | None, source: str) -> Seen:
    """What the rows of a block say; `counted_on` is for rows that give no day."""
    finder = _Finder(reader)
    shares: list[NeighbourhoodShare] = []
    problems: list[Problem] = []
    for row in reading.rows:
        made = finder.share(row, counted_on, source)
        if isinstance(made, Problem):
            problems.append(made)
        else:
            shares.append(made)
        problems += [replace(one, weight=Weight.MUST_FIX) for one in row.problems]
    whole = neighbourhood_shares.problems(shares, finder.names)
    problems += [replace(one, weight=Weight.MUST_FIX) for one in whole]
    return Seen(tuple(shares), tuple(problems), len({one.practice for one in shares}))


class _Finder:
    """Practices and neighbourhoods by what people call them."""

    def __init__(self, reader: Reader) -> None:
        practices = reader.all(Practice)
        self.names = {one.id: one.name for one in practices}
        self._practices = _by_words((one.id, (one.name, one.ods_code, one.ref)) for one in practices)
        areas = [one for one in reader.all(Area) if one.tier is Tier.NEIGHBOURHOOD]
        self._areas = _by_words((one.id, (one.name, one.code, one.ref)) for one in areas)

    def share(self, row: Row, counted_on: date | None, source: str) -> NeighbourhoodShare | Problem:
        """The share of a row, or what is wrong with it."""
        practice = self._found(row, "practice", self._practices, "practice")
        area = self._found(row, "neighbourhood", self._areas, "neighbourhood")
        share, on = row.values.get("share"), row.values.get("counted_on") or counted_on
        for found in (practice, area):
            if isinstance(found, Problem):
                return found
        if not isinstance(share, Decimal):
            return _wrong(row, "it gives no share")
        if not isinstance(on, date):
            return _wrong(row, "it is not said on which day it was counted")
        assert not isinstance(practice, Problem)
        assert not isinstance(area, Problem)
        return NeighbourhoodShare(
            practice=practice, neighbourhood=area, share=share, counted_on=on, source=source.strip() or None
        )

    def _found(self, row: Row, name: str, held: dict[str, set[Id]], noun: str) -> Id | Problem:
        words = str(row.values.get(name) or "").strip()
        if not words:
            return _wrong(row, f"it names no {noun}")
        found = held.get(folded(words), set())
        if len(found) == 1:
            return next(iter(found))
        many = f"{quoted(words)} may be {len(found)} {noun}s here; give the code or reference"
        return _wrong(row, many if found else f"{quoted(words)} is no {noun} of this file")


def _wrong(row: Row, words: str) -> Problem:
    return Problem(f"Row {row.number}: {words}.", Weight.MUST_FIX)


def _by_words(named: Iterable[tuple[Id, tuple[str | None, ...]]]) -> dict[str, set[Id]]:
    found: dict[str, set[Id]] = {}
    for id_, words in named:
        for one in words:
            if one:
                found.setdefault(folded(one), set()).add(id_)
    return found


def take_in(
    database: Database, reading: Reading, counted_on: date | None, source: str, headings: dict[str, str]
) -> int:
    """Takes a block in as one step and gives how many shares it wrote; what was counted on the same day goes.

    Refused as a whole while anything is wrong with it. Done again, it changes nothing.
    """
    with database.read() as reader:
        seen = look(reader, reading, counted_on, source)
    if not seen.may:
        first = seen.problems[0].sentence if seen.problems else "There is no share in it."
        raise errors.Incomplete(f"The shares were not taken in. {first} Nothing was changed.")
    with database.change("Take in neighbourhood shares") as change:
        written = _write(change, seen.shares)
        if written:
            blocks.remember(change, Incoming.SHARES, None, headings)
    return written


def _write(change: Change, shares: tuple[NeighbourhoodShare, ...]) -> int:
    before = neighbourhood_shares.counts(change.reader.all(NeighbourhoodShare))
    return sum(
        _replace(change, before.get(key, ()), held)
        for key, held in neighbourhood_shares.counts(shares).items()
    )


def _replace(
    change: Change, before: tuple[NeighbourhoodShare, ...], now: tuple[NeighbourhoodShare, ...]
) -> int:
    """Brings the shares of a practice and day to what they are now; how many differ."""
    held = {one.neighbourhood: one for one in before}
    written = 0
    for one in now:
        was = held.pop(one.neighbourhood, None)
        if was is None:
            change.add(one)
            written += 1
        elif (was.share, was.source) != (one.share, one.source or was.source):
            change.put(replace(was, share=one.share, source=one.source or was.source))
            written += 1
    for gone in _in_order(held.values()):
        change.remove(gone)
        written += 1
    return written


def _in_order(shares: Iterable[NeighbourhoodShare]) -> Iterator[NeighbourhoodShare]:
    yield from sorted(shares, key=lambda one: one.id)
