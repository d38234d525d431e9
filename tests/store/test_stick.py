"""A real disk of its own, pulled out, put back, shut and filled while a PCN file on it is open (as root on Linux)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from nhsdesk import errors
from nhsdesk.domain.commitments import Commitment
from nhsdesk.store import backups, drafts, kept_beside
from nhsdesk.store.database import Database
from tests.store.files import assert_sound, new_file, opened

TOOLS = ("mkfs.ext4", "losetup", "mount", "umount")


def may_mount() -> bool:
    """Whether this machine lets the tests have a disk of their own."""
    return sys.platform == "linux" and os.geteuid() == 0 and all(map(shutil.which, TOOLS)) and _has_loops()


def _has_loops() -> bool:
    asked = subprocess.run(["losetup", "-f"], capture_output=True, text=True, check=False)
    return asked.returncode == 0 and Path(asked.stdout.strip()).exists()


pytestmark = pytest.mark.skipif(not may_mount(), reason="a disk can be mounted by root on Linux alone")


def _run(*words: str | Path) -> str:
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@dataclass
class Stick:
    """A memory stick and where it shows its files."""

    device: str
    at: Path

    def put_in(self, options: str = "rw") -> None:
        _run("mount", "-o", options, self.device, self.at)

    def pull_out(self) -> None:
        """At once, whoever has files open on it."""
        _run("umount", "-l", self.at)


@pytest.fixture(params=[16])
def stick(tmp_path: Path, own_home: Path, request: pytest.FixtureRequest) -> Iterator[Stick]:
    """A stick of so many megabytes."""
    image, at = tmp_path / "stick.img", tmp_path / "stick"
    at.mkdir()
    with image.open("wb") as out:
        out.truncate(request.param * 1_000_000)
    _run("mkfs.ext4", "-q", "-F", image)
    try:
        device = _run("losetup", "-f", "--show", image)
    except subprocess.CalledProcessError:
        pytest.skip("no loop device is free")
    made = Stick(device, at)
    try:
        try:
            made.put_in()
        except subprocess.CalledProcessError:
            pytest.skip("this machine lets no disk be mounted, not even by root")
        yield made
    finally:
        with suppress(subprocess.CalledProcessError):
            made.pull_out()
        _run("losetup", "-d", device)


def add(db: Database, title: str) -> None:
    with db.change("Add") as change:
        change.add(Commitment(title=title))


def fill_up(db: Database) -> None:
    for n in range(1_000):
        add(db, f"One {n} " * 200)


def titles(db: Database) -> list[str]:
    with db.read() as reader:
        return [one.title for one in reader.all(Commitment)]


def test_a_stick_pulled_out_while_typing_keeps_the_words_here_and_goes_on_when_it_is_back(
    stick: Stick,
) -> None:
    with new_file(stick.at) as db:
        add(db, "First")
        stick.pull_out()
        with pytest.raises(errors.KeptBeside, match="its disk was taken out"):
            drafts.keep(db, "commitment", "7", "title", "Half a word")
        with pytest.raises(errors.OutOfReach):
            add(db, "Lost?")
        stick.put_in()
        assert [one.words for one in drafts.bring_in(db, lambda *_: False)] == ["Half a word"]
        add(db, "Second")
        assert titles(db) == ["First", "Second"]
        assert kept_beside.kept(db.head.copy) == ()
        assert_sound(db)
    with opened(db.path) as again:
        assert titles(again) == ["First", "Second"]


def test_a_stick_pulled_out_for_good_leaves_a_copy_of_all_that_was_saved(
    stick: Stick, tmp_path: Path
) -> None:
    with new_file(stick.at) as db:
        add(db, "First")
        stick.pull_out()
        backups.save_elsewhere(db, tmp_path / "Saved.nhsdesk")
    with opened(tmp_path / "Saved.nhsdesk") as saved:
        assert titles(saved) == ["First"]
        assert_sound(saved)
    stick.put_in()
    with opened(stick.at / "Eastfield.nhsdesk") as again:
        assert titles(again) == ["First"]


def test_a_stick_that_comes_back_shut_takes_nothing_until_it_may_be_written(stick: Stick) -> None:
    with new_file(stick.at) as db:
        add(db, "First")
        stick.pull_out()
        with pytest.raises(errors.OutOfReach):
            add(db, "Lost?")
        db._engine.dispose()  # a stick that was really out leaves no open file behind
        stick.put_in()
        _run("mount", "-o", "remount,bind,ro", stick.at)
        with pytest.raises(errors.OutOfReach, match="allows reading only"):
            add(db, "Shut")
        _run("mount", "-o", "remount,bind,rw", stick.at)
        add(db, "Second")
        assert titles(db) == ["First", "Second"]


def test_a_stick_that_is_full_takes_nothing_and_goes_on_once_there_is_room(stick: Stick) -> None:
    with new_file(stick.at) as db:
        add(db, "First")
        filling = stick.at / "film.mp4"
        with filling.open("wb", buffering=0) as out, suppress(OSError):
            while True:
                out.write(b"\0" * 4_096)
        with pytest.raises(errors.OutOfReach, match=r"no room left|may be full"):
            fill_up(db)
        before = titles(db)
        with pytest.raises(errors.KeptBeside):
            drafts.keep(db, "commitment", "7", "paraphrase", "Half a word " * 2_000)
        filling.unlink()
        assert len(drafts.bring_in(db, lambda *_: False)) == 1
        add(db, "And on")
        assert titles(db) == [*before, "And on"]
        assert_sound(db)


@pytest.mark.parametrize("stick", [4], indirect=True)
def test_a_new_file_for_which_there_is_half_the_room_is_not_made(stick: Stick) -> None:
    with pytest.raises(errors.Unwritable, match="no room left"):
        new_file(stick.at)
    assert not list(stick.at.glob("*Eastfield*"))
