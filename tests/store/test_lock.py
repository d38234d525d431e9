"""One writer at a time, whoever asks at once, and whatever a crash or another computer left behind."""

from __future__ import annotations

import json
import os
import signal
import socket
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

import psutil
import pytest

from nhsdesk.domain.commitments import Commitment
from nhsdesk.store import lock, record_file
from nhsdesk.store.database import Notice
from nhsdesk.store.lock import Holder
from tests.store.children import PATIENCE, begin, heard, only_posix, others
from tests.store.files import Clock, bytes_of, names_in, new_file

NOW = datetime(2026, 10, 1, 9, 5, tzinfo=UTC)

pytestmark = only_posix


@pytest.fixture
def path(tmp_path: Path) -> Path:
    new_file(tmp_path).close()
    return tmp_path / "Eastfield.nhsdesk"


def mine() -> Holder:
    began = psutil.Process().create_time()
    return Holder("Ben Baker", socket.gethostname(), os.getpid(), began, NOW.isoformat())


def leave(path: Path, held: Holder | str) -> None:
    words = held if isinstance(held, str) else json.dumps(asdict(held))
    lock.lock_path(path).write_text(words, encoding="utf-8")


def gone() -> Holder:
    """Somebody whose process has ended."""
    here, there = others.Pipe()
    child = begin(_wait, there)
    assert child.pid is not None
    held = replace(mine(), process=child.pid, process_began=psutil.Process(child.pid).create_time())
    here.send("end")
    child.join(PATIENCE)
    child.close()
    return held


def _wait(told: Connection) -> None:
    told.recv()


def _hold(path: Path, told: Connection) -> None:
    db = record_file.open_file(path, "Ben Baker", Clock())
    told.send(db.read_only_because)
    while told.poll(PATIENCE):
        if told.recv() == "write":
            with db.change("More") as change:
                change.add(Commitment(title="Ben's"))
            told.send(db.head.position)
        else:
            break
    db.close()
    told.send("closed")


@pytest.fixture
def other(path: Path) -> Iterator[Connection]:
    """Another process that has the file open for writing."""
    here, there = others.Pipe()
    child = begin(_hold, path, there)
    assert heard(here) == ""
    yield here
    if child.is_alive():
        here.send("end")
    child.join(PATIENCE)
    assert child.exitcode == 0


def test_a_second_opener_is_told_who_where_and_since_when_and_reads_only(
    path: Path, other: Connection
) -> None:
    with record_file.open_file(path, "Ann Archer", Clock()) as db:
        told = db.read_only_because
        assert f"Ben Baker on {socket.gethostname()}, since 09:00 UTC on 1 October 2026" in told
        assert "read only" in told


def test_a_second_opener_follows_what_the_writer_commits(path: Path, other: Connection) -> None:
    with record_file.open_file(path, "Ann Archer", Clock()) as db:
        notices: list[Notice] = []
        db.subscribe(notices.append)
        assert not db.follow()
        other.send("write")
        position = heard(other)
        assert db.follow()
        assert [notice.position for notice in notices] == [position]
        assert [set(notice.changed) for notice in notices] == [{"commitment"}]
        with db.read() as reader:
            assert [one.title for one in reader.all(Commitment)] == ["Ben's"]
        assert db.head.position == position
        assert not db.follow()


def test_the_next_opener_writes_once_the_first_has_closed(path: Path, other: Connection) -> None:
    other.send("end")
    assert heard(other) == "closed"
    with record_file.open_file(path, "Ann Archer", Clock()) as db:
        assert db.read_only_because == ""
    assert names_in(path.parent) == [path.name]


def test_the_same_program_opening_a_file_twice_reads_only_the_second_time(path: Path) -> None:
    with record_file.open_file(path, "Ann", Clock()), record_file.open_file(path, "Ann", Clock()) as second:
        assert second.read_only_because
    with record_file.open_file(path, "Ann", Clock()) as third:
        assert not third.read_only_because


def test_a_reader_that_closes_does_not_give_the_writers_lock_away(path: Path) -> None:
    with record_file.open_file(path, "Ann", Clock()):
        record_file.open_file(path, "Ann", Clock()).close()
        assert lock.holder(path) is not None
        with record_file.open_file(path, "Ann", Clock()) as third:
            assert third.read_only_because


def test_the_lock_of_a_process_that_ended_is_taken_over(path: Path) -> None:
    leave(path, gone())
    with record_file.open_file(path, "Ann Archer", Clock()) as db:
        assert db.read_only_because == ""
        held = lock.holder(path)
        assert held is not None
        assert (held.person, held.process) == ("Ann Archer", os.getpid())
        assert f"left open by Ben Baker on {socket.gethostname()}, since 09:05 UTC" in db.not_closed
    with record_file.open_file(path, "Ann Archer", Clock()) as again:
        assert again.not_closed == ""


def test_a_killed_writer_leaves_a_lock_that_is_taken_over(path: Path) -> None:
    here, there = others.Pipe()
    child = begin(_hold, path, there)
    assert heard(here) == ""
    here.send("write")
    position = heard(here)
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    child.join(PATIENCE)
    with record_file.open_file(path, "Ann Archer", Clock()) as db:
        assert db.read_only_because == ""
        assert "is whole; everything that was saved is there" in db.not_closed
        assert db.head.position == position


def test_a_process_number_used_again_by_another_process_does_not_hold_the_lock(path: Path) -> None:
    leave(path, replace(mine(), process=os.getppid(), process_began=1.0))
    assert lock.take(path, "Ann Archer", NOW) is None
    lock.release(path)


def test_a_process_that_is_there_holds_its_lock(path: Path) -> None:
    parent = psutil.Process(os.getppid())
    held = replace(mine(), process=parent.pid, process_began=parent.create_time())
    leave(path, held)
    assert lock.take(path, "Ann Archer", NOW) == held


def test_a_lock_of_another_machine_is_respected_and_left(path: Path) -> None:
    held = replace(gone(), machine="another-desk")
    leave(path, held)
    before = bytes_of(lock.lock_path(path))
    with record_file.open_file(path, "Ann Archer", Clock()) as db:
        assert "Ben Baker on another-desk" in db.read_only_because
    assert bytes_of(lock.lock_path(path)) == before


@pytest.mark.parametrize(
    "words",
    ["", "{", "null", "[]", "{}", "1", "\x00" * 99, '{"person": "Ben"}', '{"person": 1, "machine": 2, "process": "x", '
     '"process_began": null, "since": 3}', "[" * 5000],
)  # fmt: skip
def test_an_empty_or_garbled_lock_file_holds_nothing(path: Path, words: str) -> None:
    leave(path, words)
    assert lock.holder(path) is None
    with record_file.open_file(path, "Ann Archer", Clock()) as db:
        assert db.read_only_because == ""
    assert names_in(path.parent) == [path.name]


def test_a_lock_file_that_is_not_text_holds_nothing(path: Path) -> None:
    lock.lock_path(path).write_bytes(b"\xff\xfe\x00\x01" * 50)
    with record_file.open_file(path, "Ann Archer", Clock()) as db:
        assert db.read_only_because == ""


@pytest.mark.parametrize("process", [-1, 0, 2**40, 2**70])
def test_a_lock_of_an_impossible_process_holds_nothing(path: Path, process: int) -> None:
    leave(path, replace(mine(), process=process, process_began=1.0))
    assert lock.take(path, "Ann", NOW) is None
    lock.release(path)


def test_a_lock_with_an_unreadable_moment_is_still_told(path: Path) -> None:
    leave(path, replace(mine(), machine="another-desk", since="long ago"))
    with record_file.open_file(path, "Ann Archer", Clock()) as db:
        assert "Ben Baker on another-desk, since an unknown time" in db.read_only_because


def _race(path: Path, gate: Connection, told: Connection) -> None:
    while gate.recv() == "go":
        taken = lock.take(path, "One of two", NOW) is None
        told.send(taken)
        gate.recv()
        lock.release(path)
        told.send("released")


@pytest.mark.parametrize("left", ["nothing", "stale", "garbled"])
def test_of_two_processes_that_race_for_one_lock_exactly_one_wins(path: Path, left: str) -> None:
    stale = gone()
    racers = []
    for _ in range(2):
        gate, theirs = others.Pipe()
        told, tell = others.Pipe()
        child = begin(_race, path, theirs, tell)
        racers.append((gate, told, child))
    for _ in range(50):
        if left != "nothing":
            leave(path, stale if left == "stale" else "half a li")
        for gate, _, _ in racers:
            gate.send("go")
        won = []
        for _, told, _ in racers:
            won.append(heard(told))
        assert sorted(won) == [False, True]
        for gate, told, _ in racers:
            gate.send("release")
            heard(told)
        assert not lock.lock_path(path).exists()
    for gate, _, child in racers:
        gate.send("end")
        child.join(PATIENCE)


def _churn(path: Path, rounds: int, told: Connection) -> None:
    """Takes and releases as fast as it can; counts under the lock in a file that bears no two writers."""
    count = path.with_name("count")
    done = 0
    while done < rounds:
        if lock.take(path, "One of many", NOW) is None:
            count.write_text(str(int(count.read_text(encoding="utf-8")) + 1), encoding="utf-8")
            lock.release(path)
            done += 1
    told.send(done)


def test_a_lock_taken_and_given_back_all_the_time_is_never_held_by_two(path: Path) -> None:
    path.with_name("count").write_text("0", encoding="utf-8")
    here, there = others.Pipe()
    children = [begin(_churn, path, 60, there) for _ in range(3)]
    for _ in children:
        assert heard(here) == 60
    for child in children:
        child.join(PATIENCE)
    assert path.with_name("count").read_text(encoding="utf-8") == "180"
