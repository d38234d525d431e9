"""What children of the tests of the store do; apart, so that it is imported once and each child is forked from that."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

from nhsdesk import errors
from nhsdesk.domain.actions import Action, ActionUpdate
from nhsdesk.domain.commitments import Commitment
from nhsdesk.store import backups, erasing, exchange, record_file, search
from nhsdesk.store.database import Database
from tests.store.files import Clock, held

if sys.platform != "win32":
    import resource


def write_until_killed(path: Path, folder: Path, seed: int, told: Connection) -> None:
    """Does one step after another and says each one's position after its commit, until it is killed."""
    luck = random.Random(seed)
    db = record_file.open_file(path, "Ann Archer", Clock())
    while True:
        _step(db, luck)
        told.send((db.head.position, len(held(db))))
        if luck.random() < 0.05:
            backups.make(db, folder)
        if luck.random() < 0.05:
            search.bring_up_to_date(db)


def _step(db: Database, luck: random.Random) -> None:
    doing = luck.choice(("add", "add", "put", "remove", "undo", "redo", "rest"))
    if doing in ("undo", "redo"):
        with suppress(errors.NothingToUndo):
            db.undo() if doing == "undo" else db.redo()
            return
    if doing == "rest":
        db.rest()
    with db.read() as reader:
        actions = reader.all(Action)
    with db.change(doing) as change:
        if doing == "put" and actions:
            change.put(replace(luck.choice(actions), what=f"Put {luck.random()}"))
        elif doing == "remove" and actions:
            change.remove(luck.choice(actions))
        else:
            for _ in range(luck.randint(1, 12)):
                action = change.add(Action(what="Write " * luck.randint(1, 200)))
                change.add(ActionUpdate(action=action.id, said_on=Clock()().date(), said="Said"))
            change.add(Commitment(title="Promise"))


def _limit(size: int) -> None:
    soft = resource.RLIM_INFINITY if size < 0 else size
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))


def _sentence(doing: Callable[[], object]) -> str:
    try:
        doing()
    except errors.DeskError as error:
        kind = errors.Unwritable if isinstance(error, errors.Unwritable) else type(error)
        return f"{kind.__name__}: {error}"
    return "nothing"


def without_room(path: Path, what: str, room: int) -> tuple[str, list[str], bool, str, list[str]]:
    """Tries something when no file may grow beyond so many bytes, then again when it may.

    The sentence, what lies in the folder then, whether the records are as before, and the same the second time.
    """
    with record_file.open_file(path, "Ann", Clock()) as db:
        other = db
        other = record_file.open_file(path.parent / "B.nhsdesk", "Ben", Clock())
        if what == "exchange":
            with other.change("Much") as change:
                for n in range(300):
                    change.add(Commitment(title=f"Much {n} " * 40))
        before = held(db)
        doing = {
            "edit": lambda: _much(db),
            "backup": lambda: backups.make(db, path.parent / "Backups"),
            "hand out": lambda: backups.hand_out(db, path.parent / "Cara.nhsdesk"),
            "erase": lambda: _erase_one(db),
            "exchange": lambda: exchange.exchange(db, other),
            "search": lambda: search.bring_up_to_date(db),
        }[what]
        _limit(room)
        sentence = _sentence(doing)
        as_before = held(db) == before
        names = _below(path.parent)
        _limit(-1)
        again = _sentence(doing)
        db.rest()
        other.close()
    return sentence, names, as_before, again, _below(path.parent)


def create_without_room(path: Path, room: int) -> tuple[str, list[str], str]:
    """Makes a new file when no file may grow beyond so many bytes, then when it may."""
    _limit(room)
    sentence = _sentence(lambda: record_file.create(path, "Ann", Clock()).close())
    names = _below(path.parent)
    _limit(-1)
    return sentence, names, _sentence(lambda: record_file.create(path, "Ann", Clock()).close())


def open_without_room(path: Path, room: int) -> tuple[str, int]:
    """Why a file opened when nothing can be written may only be read, and how many records are seen."""
    _limit(room)
    with record_file.open_file(path, "Ann", Clock()) as db:
        return db.read_only_because, len(held(db))


def restore_without_room(backup: Path, path: Path, room: int) -> tuple[str, list[str], str]:
    """Brings a backup back when no file may grow beyond so many bytes, then when it may."""

    def doing() -> None:
        backups.restore(backup, path, "Ann", Clock())[0].close()

    _limit(room)
    sentence = _sentence(doing)
    names = _below(path.parent)
    _limit(-1)
    return sentence, names, _sentence(doing)


def _below(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def _much(db: Database) -> None:
    with db.change("Much") as change:
        for n in range(400):
            change.add(Commitment(title=f"Much {n} " * 40))


def _erase_one(db: Database) -> None:
    with db.read() as reader:
        commitment = reader.all(Commitment)[0]
    erasing.erase(db, commitment, ("title",), "asked for")
