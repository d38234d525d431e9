"""What came from another PCN: listed, confirmed by us, or put aside. Until it is confirmed it counts nowhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from nhsdesk.commands.rates import Checked, checked_on
from nhsdesk.domain import superseding
from nhsdesk.domain.entitlement import Sum
from nhsdesk.domain.fields import Record
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.rates import Rate
from nhsdesk.domain.taken_over import AdoptedKind, TakenOver
from nhsdesk.store.database import Database
from nhsdesk.store.door import Change


@dataclass(frozen=True, slots=True)
class Taken:
    """An entry that came in a pack, and what is said of it."""

    mark: TakenOver
    record: Record

    @property
    def is_figure(self) -> bool:
        """Whether it is confirmed only with who looked it up, when, and on which page."""
        return isinstance(self.record, Rate | Sum)


def listed(database: Database) -> tuple[Taken, ...]:
    """Everything that was taken over, what is not confirmed first."""
    with database.read() as reader:
        found = [(mark, reader.any_of(mark.on)) for mark in reader.all(TakenOver)]
    every = [Taken(mark, record) for mark, record in found if record is not None]
    order = list(AdoptedKind)
    return tuple(sorted(every, key=lambda one: (order.index(one.mark.standing), one.mark.id)))


def mark_of(database: Database, id_: Id) -> TakenOver | None:
    """What is said of an entry, or of the one it belongs to; None of what was always ours."""
    with database.read() as reader:
        found = reader.all(TakenOver, on=id_)
    return found[-1] if found else None


def confirm(database: Database, ids: tuple[Id, ...], checked: Checked) -> tuple[Problem, ...]:
    """Confirms entries, as one step. A figure needs who looked it up, when, and on which page."""
    chosen = [one for one in listed(database) if one.record.id in ids]
    if not chosen:
        return (Problem("There is nothing to confirm."),)
    on = checked_on(checked, database.today(), page=any(one.is_figure for one in chosen))
    if not isinstance(on, date):
        return on
    with database.change(f"Confirm {_counted(len(chosen))} from another PCN") as change:
        for one in chosen:
            _confirm(change, one, on, checked)
    return ()


def put_aside(database: Database, ids: tuple[Id, ...]) -> int:
    """Puts entries aside: they stay, count nowhere, and the same pack does not offer them again. Gives how many."""
    chosen = [one for one in listed(database) if one.record.id in ids]
    if chosen:
        with database.change(f"Put {_counted(len(chosen))} from another PCN aside") as change:
            for one in chosen:
                change.put(
                    replace(one.mark, standing=AdoptedKind.PUT_ASIDE, confirmed_on=None, confirmed_by=None)
                )
    return len(chosen)


def _confirm(change: Change, one: Taken, on: date, checked: Checked) -> None:
    change.put(replace(one.mark, standing=AdoptedKind.CONFIRMED, confirmed_on=on))
    record = one.record
    if isinstance(record, Rate):
        of_role = change.reader.counting(Rate, role=record.role, zone=record.zone)
        _figure(change, record, [each for each in of_role if each.id != record.id], on, checked)
    elif isinstance(record, Sum):
        of_stream = change.reader.counting(Sum, stream=record.stream, year=record.year)
        _figure(change, record, [each for each in of_stream if each.id != record.id], on, checked)
    elif isinstance(record, LocalRule):
        change.put(replace(record, starts=on))


def _figure(
    change: Change, one: superseding.Figure, others: list[superseding.Figure], on: date, checked: Checked
) -> None:
    """A figure takes its place among those on file the moment it begins to count."""
    for earlier in superseding.superseded(one, others):
        change.put(earlier)
    placed = superseding.placed(one, others)
    change.put(superseding.confirmed(placed, checked.who.strip(), on, checked.page.strip()))


def _counted(number: int) -> str:
    return "1 entry" if number == 1 else f"{number:,} entries"
