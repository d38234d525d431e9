"""Everything that is asked of an open PCN file: read, change, undo, redo, as it was, and word of every change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, exc, func, select

import nhsdesk
from nhsdesk import errors
from nhsdesk.domain.entry import whole_letters
from nhsdesk.store import connections, journal, past, schema, undoing
from nhsdesk.store.connections import WAIT_MS, WRITING, is_full, plainly, sentence_for
from nhsdesk.store.door import Change, Numbering
from nhsdesk.store.head import Head, keep_numbering, read_head, tell_of_itself, told_of_itself
from nhsdesk.store.journal import Step, StepChange
from nhsdesk.store.patient_data import Watch
from nhsdesk.store.reading import Reader
from nhsdesk.store.resting import Rest
from nhsdesk.store.standing import ANOTHER, GONE, Standing, standing

Clock = Callable[[], datetime]
LONDON = "Europe/London"
_OF_PEOPLE = ("change", "undo", "redo")


@dataclass(frozen=True, slots=True)
class Notice:
    """What a commit changed: the journal's position after it, and the ids of each kind."""

    position: int
    changed: Mapping[str, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Opened:
    """How a file was opened: where, by whom, by which clock, and why not for writing if not."""

    path: Path
    who: str
    clock: Clock
    read_only_because: str = ""
    not_closed: str = ""
    in_use: bool = False
    """Whether it may only be read because somebody else has it open."""
    let_go: Callable[[], None] = field(default=lambda: None)
    take_again: Callable[[], str] = field(default=lambda: "")
    """Takes the lock anew after the file was away; a sentence where somebody else has it."""


class Database:
    """An open PCN file. Commands change it through `change`; papers and pages read it through `read`."""

    def __init__(self, engine: Engine, opened: Opened) -> None:
        self._engine = engine
        self._opened = opened
        self._subscribers: list[Callable[[Notice], None]] = []
        self._changing = False
        self._rest = Rest(self.rest)
        self._head: Head | None = None
        self._stands: Standing | None = standing(opened.path)
        """How the file stood when it was last seen at rest."""
        self._out_of_reach: errors.OutOfReach | None = None
        self._was_away = False
        """Whether the file was gone, shut or did not answer: what was opened before may never answer again."""
        self._unsettled: bool | None = None
        """Whether any field was changed on both sides; only an exchange makes it so. None: not looked up."""

    # ---- what it is

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return self._opened.path

    @property
    def read_only_because(self) -> str:
        """Why nothing can be written, in a sentence; empty when it can."""
        return self._opened.read_only_because

    @property
    def in_use(self) -> bool:
        """Whether nothing can be written because somebody else has it open."""
        return self._opened.in_use

    @property
    def changing(self) -> bool:
        """Whether a change is open."""
        return self._changing

    @property
    def not_closed(self) -> str:
        """What to tell of a file that whoever had it last did not close, in a sentence; empty when it was closed."""
        return self._opened.not_closed

    @property
    def out_of_reach(self) -> errors.OutOfReach | None:
        """Why the last thing to be written could not be; None once something was written again."""
        return self._out_of_reach

    @property
    def who(self) -> str:
        """Whose name stands on what is written."""
        return self._opened.who

    def now(self) -> datetime:
        """The moment by the clock it was opened with, in UTC."""
        return self._opened.clock().astimezone(UTC)

    def today(self) -> date:
        """The day in London."""
        return self._opened.clock().astimezone(ZoneInfo(LONDON)).date()

    @property
    def head(self) -> Head:
        """Where this copy's journal stands, read once and kept up by each step."""
        if self._head is None:
            with plainly(self.path), self._engine.connect() as connection:
                self._head = read_head(connection)
        return self._head

    # ---- reading

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """One consistent view, whatever is written meanwhile."""
        with _told_plainly(self.path), self._engine.connect() as connection, connection.begin():
            yield Reader(connection)

    def as_at(self, position: int) -> past.Past:
        """The file as it was after the step at that position: a copy in memory with an ordinary reader."""
        with plainly(self.path):
            return past.as_at(self._engine, position)

    def position_on(self, day: date) -> int:
        """The last position at the close of a day in London; 0 before the first step."""
        close = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(LONDON)).astimezone(UTC)
        with self.read() as reader:
            steps = schema.steps.c
            # What another copy did before that day may have arrived long after it: only what took effect here counts.
            before = (steps.moment < close.isoformat(timespec="microseconds"), steps.effect == 1)
            found = reader.connection.execute(select(func.max(steps.position)).where(*before)).scalar()
        return int(found or 0)

    # ---- writing

    @contextmanager
    def change(self, label: str, *, patient_data_reason: str = "") -> Iterator[Change]:
        """One step: all of it is committed when the block ends, none of it when the block raises.

        Words that look like an NHS number are refused, unless a reason is given for keeping them; the journal keeps it.
        """
        watch = Watch(patient_data_reason)
        with self.writing() as connection:
            change = self.new_change(connection, watch)
            change.today = self.today()
            yield change
            self.append(connection, change, "change", label)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction for the store's own work; whatever it appends is announced after the commit."""
        if self.read_only_because:
            raise errors.Unwritable(self.read_only_because)
        if self._changing:
            raise RuntimeError("commands do not nest: pass the open change on")
        self._changing = True
        self._pending: list[Step] = []
        kept = self._head
        try:
            self._refuse_another()
            kept = replace(self.head, seen=dict(self.head.seen))
            with _told_plainly(self.path), self._engine.connect() as connection:
                connection.execution_options(**{WRITING: True})
                with connection.begin():
                    self._refuse_written_elsewhere(connection)
                    yield connection
        except BaseException as error:
            self._head, self._unsettled = kept, None
            if isinstance(error, errors.OutOfReach):
                self._out_of_reach = error
                self._was_away = self._was_away or not is_full(error)
            raise
        finally:
            self._changing = False
        self._out_of_reach = None
        if not self._pending or any(step.kind not in _OF_PEOPLE for step in self._pending):
            self._unsettled = None
        self._announce(self._pending)

    def append(
        self, connection: Connection, change: Change, kind: str, label: str, *, undoes: int | None = None,
        sealing: bool = False,
    ) -> Step | None:  # fmt: skip
        """Finishes an open change as a step of this copy; None when it changed nothing and marks nothing."""
        made = change.finish()
        if change.numbering != self.head.numbering:
            self.head.numbering = change.numbering
            keep_numbering(connection, change.numbering)
        if not made and not sealing and undoes is None:
            return None
        return self.append_changes(
            connection,
            made,
            kind,
            change.watch.labelled(label),
            undoes=undoes,
            sealing=sealing or change.sealing,
        )

    def append_changes(
        self, connection: Connection, made: tuple[StepChange, ...], kind: str, label: str, *,
        undoes: int | None = None, sealing: bool = False,
    ) -> Step:  # fmt: skip
        """Writes a step of this copy into the journal and keeps the head."""
        head = self.head
        others = {copy: number for copy, number in head.seen.items() if copy != head.copy}
        step = Step(
            head.copy, head.number + 1, self.now().isoformat(timespec="microseconds"), whole_letters(self.who),
            schema.SCHEMA_NUMBER, nhsdesk.__version__, kind, whole_letters(label), undoes, sealing, others,
            position=head.position + 1, changes=tuple(map(journal.salted, made)),
        )  # fmt: skip
        step = journal.chained(step, head.hash)
        journal.write(connection, [step])
        head.number, head.hash, head.position = step.number, step.hash, step.position
        head.seen[head.copy] = step.number
        self._settle_conflicts(connection, step)
        self._pending.append(step)
        return step

    def undo(self) -> undoing.Undone:
        """Takes back the newest step that may be taken back; NothingToUndo says why there is none."""
        return undoing.undo(self)

    def redo(self) -> undoing.Undone:
        """Does again what was undone last, unless something new was done since."""
        return undoing.redo(self)

    def offers(self) -> undoing.Offers:
        """What Undo and Redo would take back and do again now, by their labels."""
        with self.read() as reader:
            return undoing.offers(reader.connection, self.head.copy)

    # ---- word of changes

    def subscribe(self, listener: Callable[[Notice], None]) -> Callable[[], None]:
        """Calls the listener after each commit; gives the function that ends it."""
        self._subscribers.append(listener)
        return lambda: self._subscribers.remove(listener)

    def follow(self) -> bool:
        """For a file opened to read only: announces what somebody else has written since; False when nothing."""
        with plainly(self.path), self._engine.connect() as connection:
            newest = int(connection.execute(select(func.max(schema.steps.c.position))).scalar() or 0)
            if newest == self.head.position:
                return False
            since = schema.steps.c.position > self.head.position
            self._head = read_head(connection)
            arrived = [step for step in journal.read_whole(connection, since) if step.effect]
        self._tell(arrived, newest)
        return True

    # ---- the end

    def rest(self) -> bool:
        """Brings the write-ahead log into the file; False while somebody reads an older view."""
        if self.read_only_because:
            return True
        with plainly(self.path), self._engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            # Waiting for a reader here would keep whoever wants to write waiting too.
            raw.execute("PRAGMA busy_timeout=0").fetchall()
            try:
                busy, _, _ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                raw.execute(f"PRAGMA busy_timeout={WAIT_MS}").fetchall()
        if not busy and (now := standing(self.path)) is not None and self._is_ours(now):
            self._stands = now
        return not busy

    def close(self) -> None:
        """Leaves one file at rest and lets others open it."""
        self._rest.stop()
        try:
            with suppress(errors.DeskError):  # the log beside the file holds what could not be brought in
                self.rest()
        finally:
            self._engine.dispose()
            self._opened.let_go()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ---- inside

    def copy_pages(self, target: Path, at_once: int) -> None:
        """Copies the file as this program reads it, wherever it lies now."""
        with self._engine.connect() as connection:
            connections.copy_pages(connection.connection.driver_connection, target, at_once)

    def reach(self) -> None:
        """Writes what the file holds already, to see whether it can be written again. Raises why it cannot."""
        with self.writing() as connection:
            tell_of_itself(connection, "copy", told_of_itself(connection, "copy") or "")

    def _is_ours(self, now: Standing) -> bool:
        return self._stands is None or self._stands.is_same_file(now)

    def _refuse_another(self) -> None:
        """Some systems would go on writing into what nobody can open again, or over what somebody else has written."""
        now = standing(self.path)
        if now is None:
            raise errors.OutOfReach(GONE.format(file=self.path.name, folder=self.path.parent))
        same = now == self._stands or (self._is_ours(now) and self._log_holds_words())
        if same and not self._was_away:
            return
        before = self._head
        self._engine.dispose()  # a connection to what lay here before would go on in that
        self._head = None
        if not self._has_come_as_far_as(before):
            raise errors.ChangedOutside(ANOTHER.format(file=self.path.name, folder=self.path.parent))
        if not self._is_ours(now) and (taken := self._opened.take_again()):
            raise errors.OutOfReach(taken)
        self._stands, self._was_away = now, False

    def _has_come_as_far_as(self, before: Head | None) -> bool:
        try:
            return before is None or self.head.place == before.place
        except errors.DeskError:  # it is no PCN file, or a damaged one
            return False

    def _log_holds_words(self) -> bool:
        log = standing(self.path.with_name(self.path.name + "-wal"))
        return log is not None and log.size > 0

    def _refuse_written_elsewhere(self, connection: Connection) -> None:
        newest = connection.execute(select(func.max(schema.steps.c.position))).scalar()
        if int(newest or 0) != self.head.position:
            raise errors.ChangedOutside(ANOTHER.format(file=self.path.name, folder=self.path.parent))

    def outside_transactions(self, statement: str) -> None:
        """Runs what SQLite allows in no transaction, such as VACUUM."""
        with self._engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute(statement)

    def read_head_again(self, connection: Connection) -> None:
        """Reads the head as this transaction sees it, after the file became another copy."""
        self._head = read_head(connection)

    def new_change(self, connection: Connection, watch: Watch | None = None) -> Change:
        """A door over a transaction of the store's own, with this copy's numbering."""
        held = self.head.numbering
        own = Numbering(held.copy, held.letter, held.counter, dict(held.refs))
        return Change(connection, own, self.head.position + 1, watch or Watch())

    def announce_later(self, step: Step) -> None:
        """Has a step announced after the commit."""
        self._pending.append(step)

    def _settle_conflicts(self, connection: Connection, step: Step) -> None:
        held = schema.conflicts.c
        if self._unsettled is None:
            self._unsettled = connection.execute(select(held.id).limit(1)).first() is not None
        for change in step.changes if self._unsettled else ():
            # Whoever changes a record that another copy had removed has said that it stays.
            names = () if change.action == journal.REMOVE else (held.field.in_((*change.fields, "")),)
            connection.execute(schema.conflicts.delete().where(held.id == change.id, *names))

    def _announce(self, steps: list[Step]) -> None:
        if steps:
            self._rest.written()
            self._tell(steps, steps[-1].position)

    def _tell(self, steps: list[Step], position: int) -> None:
        changed: dict[str, set[int]] = {}
        for step in steps:
            for change in step.changes:
                changed.setdefault(change.kind, set()).add(change.id)
        notice = Notice(position, {kind: frozenset(ids) for kind, ids in changed.items()})
        for listener in tuple(self._subscribers):
            listener(notice)


@contextmanager
def _told_plainly(path: Path) -> Iterator[None]:
    """Turns what the driver says into a sentence. What other files do inside the block is not told of this one."""
    try:
        yield
    except (driver.Error, exc.DBAPIError) as error:
        told = sentence_for(error, path)
        if told is None:
            raise
        if isinstance(told, errors.Unwritable):
            raise errors.OutOfReach(str(told)) from error
        raise told from error
