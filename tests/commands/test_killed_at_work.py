"""Killed while a paper is sent or a published file is taken in: the file is whole, and each is there or not at all."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from nhsdesk.commands import data_sets, files, papers
from nhsdesk.domain.data_sets import DataSet
from nhsdesk.store.database import Database
from tests.conftest import Clock
from tests.examples import THOROUGH
from tests.store.children import PATIENCE, begin, heard, only_posix, others

pytestmark = [only_posix, pytest.mark.skipif(not THOROUGH, reason="takes a minute: make thorough")]

KILLS = 25


def _killed(seed: int, target: Callable[..., object], *args: object) -> None:
    """Lets a child begin, and kills it at a moment of chance."""
    here, there = others.Pipe()
    child = begin(target, *args, there)
    there.close()
    assert heard(here) == "begun"
    child.join(random.Random(seed).uniform(0, 0.4))
    with suppress(ProcessLookupError):
        os.kill(child.pid, signal.SIGKILL)
    child.join(PATIENCE)
    here.close()


def _send(path: Path, folder: Path, told: Connection) -> None:
    with files.open_for_work(path, "Ann Archer", Clock()) as database:
        paper = papers.named("arrs-claim", papers.PAPERS)
        made = papers.make(database, paper, papers.asked_of(database, None, None))
        told.send("begun")
        for n in range(1_000):
            papers.issue(database, made, folder / f"Claim {n}.xlsx", acknowledged=True)


def _take_in(path: Path, published: Path, told: Connection) -> None:
    with files.open_for_work(path, "Ann Archer", Clock()) as database:
        seen = data_sets.preview(published)
        told.send("begun")
        while True:
            data_sets.adopt(database, seen)
            database.undo()


def _sound(database: Database) -> bool:
    return not files.check(database).faults


def test_a_program_killed_while_sending_leaves_each_paper_kept_and_no_half_workbook(
    sample: Path, tmp_path: Path
) -> None:
    for seed in range(KILLS):
        folder = tmp_path / str(seed)
        folder.mkdir()
        _killed(seed, _send, sample, folder)
        with files.open_for_work(sample, "Ann Archer", Clock()) as database:
            kept = papers.sent_papers(database)
            placed = [path for path in folder.iterdir() if not path.name.startswith(".")]
            assert all(path.read_bytes().startswith(b"PK") for path in placed)
            assert len(kept) >= len(placed)
            for one in kept[-1:]:
                papers.write_again(database, one.ref, folder / "Again.xlsx")
            assert _sound(database)


def test_a_program_killed_while_taking_in_a_published_file_has_all_of_it_or_none(
    sample: Path, practice_map: Path
) -> None:
    with files.open_for_work(sample, "Ann Archer", Clock()) as database, database.read() as reader:
        before = len(reader.all(DataSet))
    for seed in range(KILLS):
        _killed(seed, _take_in, sample, practice_map)
        with files.open_for_work(sample, "Ann Archer", Clock()) as database:
            with database.read() as reader:
                assert len(reader.all(DataSet)) in (before, before + 1)
            assert _sound(database)
            if (offers := database.offers()).undo and "Adopt" in offers.undo.label:
                database.undo()
