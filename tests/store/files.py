"""Real PCN files for the tests of the store: made, filled, changed by lists of small operations, and told apart."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select, text

from nhsdesk import errors
from nhsdesk.domain.actions import Action, ActionUpdate
from nhsdesk.domain.arrs import Pay, Post, Role
from nhsdesk.domain.claimed import Claim, ClaimLine, ClaimState
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.fields import Record
from nhsdesk.domain.links import Link, LinkKind, Note, Tag
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import LondonZone, Organisation, Person, Practice
from nhsdesk.domain.periods import Month
from nhsdesk.domain.rates import Rate, RateConfidence
from nhsdesk.domain.records import KINDS
from nhsdesk.store import erasing, exchange, journal, proving, queries, record_file, schema
from nhsdesk.store.database import Database
from nhsdesk.store.merging import Conflict, HeadValue
from nhsdesk.store.reading import Reader

Dump = dict[tuple[str, int], dict[str, Any]]


class Clock:
    """A clock that goes on by one second each time it is asked, so that every run is the same."""

    def __init__(self, begins: datetime = datetime(2026, 10, 1, 9, tzinfo=UTC)) -> None:
        self.moment = begins

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


def new_file(folder: Path, name: str = "Eastfield", clock: Clock | None = None) -> Database:
    """A new PCN file, open."""
    return record_file.create(folder / f"{name}.nhsdesk", "Ann Archer", clock or Clock())


def opened(path: Path, clock: Clock | None = None) -> Database:
    """A file opened again where it may have been moved to."""
    return record_file.open_file(path, "Ann Archer", clock or Clock(), moved=record_file.Moved.MOVED)


def fill(db: Database) -> None:
    """A little of everything that names something else."""
    with db.change("Begin") as change:
        org = change.add(Organisation(name="Eastfield PCN", ours=True))
        practice = change.add(Practice(name="Abbey Surgery", network=org.id))
        people = [change.add(Person(role_title=f"Manager {n}", organisation=org.id)) for n in range(3)]
        made = change.add(Commitment(title="Promise", owner=people[0].id))
        for n in range(3):
            made = change.add(
                Commitment(
                    title=f"Promise {n}",
                    owner=people[n].id,
                    funding=Money(50_00),
                    quotation="as written " * n,
                )
            )
            change.add(Note(on=made.id, words=f"about promise {n}"))
        action = change.add(Action(what="Write to the ICB", commitment=made.id, owner=people[0].id))
        change.add(ActionUpdate(action=action.id, said_on=date(2026, 10, 1), said="Begun"))
        change.add(Link(source=made.id, target=action.id, says=LinkKind.ANSWERS))
        post = change.add(Post(role=Role.GP, base=practice.id))
        change.add(Pay(post=post.id, starts=date(2026, 4, 1), salary=Money(4_400_00)))
        rate = change.add(
            Rate(
                role=Role.GP,
                zone=LondonZone.NONE,
                annual=Money(71_725_00),
                valid_from=date(2026, 4, 1),
                source="Specification",
                confidence=RateConfidence.CONFIRMED,
            )
        )
        for month in (9, 10):
            claim = change.add(Claim(month=Month(2026, month)))
            change.add(line_of(claim, post, rate))


def line_of(claim: Claim, post: Post, rate: Rate, pence: int = 100_00) -> ClaimLine:
    """A claim line of so much."""
    amount = Money(pence)
    return ClaimLine(
        claim=claim.id,
        post=post.id,
        rate=rate.id,
        wte=Decimal("1.0000"),
        cost=amount,
        maximum=amount,
        pro_rata_maximum=amount,
        claimed=amount,
    )


# ---- what a file holds


def bytes_of(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def names_in(folder: Path) -> list[str]:
    """What lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


def dump(reader: Reader) -> Dump:
    """Every field of every record but its version."""
    return dump_of(reader.connection)


def dump_of(connection: Connection) -> Dump:
    """Every field of every record but its version."""
    found: Dump = {}
    for name in schema.RECORD_TABLES:
        for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"').mappings():
            found[name, row["id"]] = {
                key: value for key, value in row.items() if key not in ("id", "version")
            }
    return found


def held(db: Database) -> Dump:
    """Every field of every record of an open file but its version."""
    with db.read() as reader:
        return dump(reader)


def held_at(db: Database, position: int) -> Dump:
    """Every field of every record as it was."""
    past = db.as_at(position)
    try:
        with past.read() as reader:
            return dump(reader)
    finally:
        past.close()


def unsettled(db: Database) -> dict[tuple[int, str], Conflict]:
    """What is not yet settled, by id and field."""
    with db.read() as reader:
        return {(one.id, one.field): one for one in queries.conflicts(reader)}


def said(heads: tuple[HeadValue, ...]) -> list[object]:
    """The values of the sides of a conflict."""
    return [head.value for head in heads]


def assert_sound(db: Database) -> None:
    """The tables are whole, every link leads somewhere, chains verify, and each entry is as its history says."""
    assert proving.prove(db).faults == ()
    with db.read() as reader:
        assert reader.connection.execute(text("PRAGMA integrity_check")).scalars().all() == ["ok"]
        assert reader.connection.execute(text("PRAGMA foreign_key_check")).all() == []
        hanging = [(one.ref, one.on) for one in reader.all(Note)] + [
            (one.ref, one.on) for one in reader.all(Tag)
        ]
        for ref, on in hanging:
            assert reader.any_of(on) is not None, f"{ref} hangs on nothing"
        for link in reader.all(Link):
            assert reader.any_of(link.source) is not None
            assert reader.any_of(link.target) is not None
        for copy in reader.connection.execute(select(schema.copies)).all():
            steps = journal.read_whole(reader.connection, schema.steps.c.copy == copy.number)
            assert not journal.broken_links(steps, bytes(copy.born_after)), f"chain of copy {copy.letter}"


# ---- copies


def as_file(source: Path, target: Path) -> Path:
    """A copy as the operating system makes one."""
    shutil.copyfile(source, target)
    return target


def until_quiet(*copies: Database) -> None:
    """Exchanges all pairs until nothing new comes of it."""
    pairs = [(one, other) for one in range(len(copies)) for other in range(one + 1, len(copies))]
    for _ in range(8):
        taken = [exchange.exchange(copies[one], copies[other]) for one, other in pairs]
        if all(side.steps == 0 for both in taken for side in both):
            return
    raise AssertionError("the copies never come to rest")


# ---- small operations, for lists of them

Operation = tuple[str, int, int]

KINDS_OF_WORK = (
    "add", "note", "update", "line", "title", "funding", "owner", "remove", "remove child", "submit", "claimed",
    "undo", "redo", "link", "quotation", "settle",
)  # fmt: skip


def work(db: Database, operation: Operation) -> None:
    """One small thing done in a copy; what may not be done is left."""
    kind, which, value = operation
    try:
        if kind == "undo":
            db.undo()
        elif kind == "redo":
            db.redo()
        elif kind == "erase":
            _erase(db, which)
        elif kind == "settle":
            _settle(db, which, value)
        else:
            _change(db, kind, which, value)
    except (errors.StillNamed, errors.Sealed, errors.NothingToUndo):
        pass


def _pick(reader: Reader, cls: type[Any], which: int) -> Any:
    found = sorted(reader.all(cls), key=lambda record: record.id)
    return found[which % len(found)] if found else None


def _any(reader: Reader, which: int) -> Record | None:
    found = sorted((r for kind in KINDS.values() for r in reader.all(kind.cls)), key=lambda record: record.id)
    return found[which % len(found)] if found else None


def _change(db: Database, kind: str, which: int, value: int) -> None:  # noqa: C901
    with db.change(f"{kind} {which} {value}") as change:
        reader = change.reader
        person, commitment = _pick(reader, Person, value), _pick(reader, Commitment, which)
        match kind:
            case "add":
                change.add(Commitment(title=f"Also {value}", owner=person.id if person else None))
            case "note":
                target = _any(reader, which)
                if target is not None:
                    change.add(Note(on=target.id, words=f"note {value}", written_by=person and person.id))
            case "update":
                action = _pick(reader, Action, which)
                if action is not None:
                    change.add(
                        ActionUpdate(action=action.id, said_on=date(2026, 11, 1), said=f"said {value}")
                    )
            case "line":
                claim, post, rate = (_pick(reader, cls, which) for cls in (Claim, Post, Rate))
                if claim and post and rate:
                    change.add(line_of(claim, post, rate, value))
            case "link":
                one, other = _any(reader, which), _any(reader, value)
                if one and other:
                    change.add(Link(source=one.id, target=other.id, says=LinkKind.RELATED))
            case "remove" | "remove child":
                target = _any(reader, which) if kind == "remove" else _pick(reader, Note, which)
                if target is not None:
                    change.remove(target)
            case "submit":
                claim = _pick(reader, Claim, which)
                if claim is not None:
                    change.put(replace(claim, state=ClaimState.SUBMITTED, submitted_on=date(2026, 11, 1)))
            case "claimed":
                line = _pick(reader, ClaimLine, which)
                if line is not None:
                    change.put(replace(line, claimed=Money(value)))
            case _ if commitment is not None:
                new: dict[str, Any] = {
                    "title": f"title {value}",
                    "funding": Money(value),
                    "owner": person.id if person else None,
                    "quotation": f"words {value}",
                }
                change.put(replace(commitment, **{kind: new[kind]}))


def _erase(db: Database, which: int) -> None:
    with db.read() as reader:
        commitment = _pick(reader, Commitment, which)
    if commitment is not None:
        erasing.erase(db, commitment, ("title", "quotation"), "asked for")


def _settle(db: Database, which: int, value: int) -> None:
    found = list(unsettled(db).values())
    if not found:
        return
    chosen = found[which % len(found)]
    side = chosen.heads[value % len(chosen.heads)].value if chosen.field else None
    with db.change("Settle") as change:
        change.settle(KINDS[chosen.kind], chosen.id, chosen.field, side)
