"""A writer killed at any moment leaves a file that opens and holds exactly what it had said, or one step more."""

from __future__ import annotations

import os
import random
import signal
from collections import Counter
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from nhsdesk.domain.commitments import Commitment
from nhsdesk.store import backups, record_file
from nhsdesk.store.database import Database
from tests.store.at_work import write_until_killed
from tests.store.children import PATIENCE, begin, heard, only_posix, others
from tests.store.files import Clock, as_file, assert_sound, held, new_file

pytestmark = only_posix

KILLS = 200
SEVERAL = 4
"""Children at work on one file one after the other, before the next file."""


def _killed(path: Path, folder: Path, seed: int) -> tuple[int, int]:
    """The last position that a child had said when it was killed, and how many records it had then."""
    here, there = others.Pipe()
    child = begin(write_until_killed, path, folder, seed, there)
    there.close()
    last = heard(here)
    child.join(random.Random(seed).uniform(0, 0.02))
    os.kill(child.pid, signal.SIGKILL)
    child.join(PATIENCE)
    with suppress(EOFError):
        while True:
            last = here.recv()
    return last[0], last[1]


def _opened(path: Path) -> Any:
    return record_file.open_file(path, "Ann Archer", Clock())


def test_a_writer_killed_at_200_random_moments_loses_nothing_it_had_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    counts: Counter[str] = Counter()
    for round_ in range(KILLS // SEVERAL):
        folder = tmp_path / str(round_)
        folder.mkdir()
        new_file(folder).close()
        path = folder / "Eastfield.nhsdesk"
        for one in range(SEVERAL):
            said, records = _killed(path, folder / "Backups", round_ * SEVERAL + one)
            counts["with a log beside it"] += path.with_name(path.name + "-wal").exists()
            with _opened(path) as db:
                assert db.read_only_because == ""
                assert db.head.position in (said, said + 1)
                exactly = db.head.position == said
                counts["exactly what was said" if exactly else "one step more"] += 1
                assert len(held(db)) == records or not exactly
                if one == SEVERAL - 1:
                    assert_sound(db)
        for made in backups.found_in(folder / "Backups", "Eastfield"):
            backups.prove(made.path)
            counts["whole backups"] += 1
    with capsys.disabled():
        print(f"\n{KILLS} kills: " + ", ".join(f"{count} {what}" for what, count in sorted(counts.items())))
    assert counts["exactly what was said"] + counts["one step more"] == KILLS


def _back_up(path: Path, folder: Path, told: Connection) -> None:
    with _opened(path) as db:
        told.send("open")
        while True:
            backups.make(db, folder)


def test_a_backup_broken_off_leaves_no_half_backup_under_a_good_name(tmp_path: Path) -> None:
    with new_file(tmp_path) as db, db.change("Add") as change:
        for n in range(500):
            change.add(Commitment(title=f"Promise {n}" * 20))
    path, folder = db.path, tmp_path / "Backups"
    for seed in range(10):
        here, there = others.Pipe()
        child = begin(_back_up, path, folder, there)
        assert heard(here) == "open"
        child.join(random.Random(seed).uniform(0, 0.05))
        with suppress(ProcessLookupError):  # it may have come to its end
            os.kill(child.pid, signal.SIGKILL)
        child.join(PATIENCE)
    for made in backups.found_in(folder, "Eastfield"):
        backups.prove(made.path)
    with _opened(path) as again:
        assert backups.make(again, folder).exists()
        assert [name for name in os.listdir(folder) if not name.startswith(".")]  # noqa: PTH208


def add(db: Database, many: int) -> None:
    with db.change("Add") as change:
        for n in range(many):
            change.add(Commitment(title=f"Promise {n}" * 20))


def _restore(backup: Path, target: Path, told: Connection) -> None:
    told.send("begun")
    backups.restore(backup, target, "Ann", Clock())[0].close()
    told.send("done")


def test_a_restore_broken_off_leaves_the_file_or_the_backup_and_never_half_of_either(tmp_path: Path) -> None:
    with new_file(tmp_path) as db:
        made = tmp_path
        add(db, 400)
        made = backups.make(db, tmp_path / "Backups")
        add(db, 200)
    outcomes = Counter[int]()
    for seed in range(20):
        folder = tmp_path / str(seed)
        folder.mkdir()
        target = as_file(db.path, folder / "Eastfield.nhsdesk")
        here, there = others.Pipe()
        child = begin(_restore, made, target, there)
        assert heard(here) == "begun"
        child.join(random.Random(seed).uniform(0, 0.06))
        with suppress(ProcessLookupError):  # it may have come to its end
            os.kill(child.pid, signal.SIGKILL)
        child.join(PATIENCE)
        with record_file.open_file(target, "Ann", Clock(), moved=record_file.Moved.MOVED) as after:
            assert_sound(after)
            outcomes[len(held(after))] += 1
        kept = list(folder.glob("Eastfield before restore*"))
        for path in kept:
            assert path.read_bytes() == db.path.read_bytes() or len(kept) > 1
    assert set(outcomes) <= {400, 600}
