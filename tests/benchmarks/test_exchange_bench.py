"""What it takes for two copies to come together, beside applying the same changes in one file.

Each copy has 10,000 changes of its own, in steps of a hundred; a twentieth of the records was changed on both sides.
"""

from __future__ import annotations

import gc
import itertools
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from nhsdesk.domain.commitments import Commitment
from nhsdesk.store import backups, exchange, record_file
from nhsdesk.store.database import Database

CHANGES = 10_000
IN_A_STEP = 100


def now() -> datetime:
    return datetime(2026, 11, 20, tzinfo=UTC)


def change_all(db: Database, records: Sequence[Commitment], word: str) -> None:
    for part in (records[start : start + IN_A_STEP] for start in range(0, len(records), IN_A_STEP)):
        with db.change(f"{word} titles") as change:
            change.as_stored_all(("commitment", record.id) for record in part)
            for record in part:
                change.put(replace(record, title=f"{word} {record.title}"))


def two_copies(folder: Path, changes: int) -> tuple[Database, Database, list[Commitment]]:
    """A file with twice as many records as each side will change, and a copy of it."""
    folder.mkdir()
    mine = record_file.create(folder / "A.nhsdesk", "Ann Archer", now)
    with mine.change("Fill") as change:
        records = [
            change.add(Commitment(title=f"Promise {n}", quotation="as it is written " * 6))
            for n in range(2 * changes)
        ]
    backups.hand_out(mine, folder / "B.nhsdesk")
    return mine, record_file.open_file(folder / "B.nhsdesk", "Ben Baker", now), records


def changed_apart(folder: Path, changes: int) -> tuple[tuple[Database, Database], dict[str, Any]]:
    mine, theirs, records = two_copies(folder, changes)
    shared = changes // 20
    change_all(mine, records[:changes], "Mine")
    change_all(theirs, records[changes - shared : 2 * changes - shared], "Theirs")
    return (mine, theirs), {}


@pytest.mark.parametrize("changes", [CHANGES // 10, CHANGES])
@pytest.mark.benchmark(group="exchange: as many changes on each side")
def test_exchange(benchmark: BenchmarkFixture, tmp_path: Path, changes: int) -> None:
    numbers = itertools.count()
    measured: Any = benchmark
    measured.extra_info["microseconds a change"] = 1e6 / (2 * changes)
    measured.pedantic(
        exchange.exchange, setup=lambda: changed_apart(tmp_path / f"{next(numbers)}", changes), rounds=3
    )


@pytest.mark.parametrize("changes", [CHANGES // 10, CHANGES])
@pytest.mark.benchmark(group="exchange: as many changes on each side")
def test_applying_the_same_changes_in_one_file(
    benchmark: BenchmarkFixture, tmp_path: Path, changes: int
) -> None:
    numbers = itertools.count()
    measured: Any = benchmark

    def made() -> tuple[tuple[Database, list[Commitment]], dict[str, Any]]:
        mine, _, records = two_copies(tmp_path / f"{next(numbers)}", changes)
        return (mine, records), {}

    measured.pedantic(lambda db, records: change_all(db, records, "New"), setup=made, rounds=3)


def seconds(work: Callable[..., object], given: Sequence[Any]) -> float:
    """This process's own seconds: what else the machine does beside it does not count."""
    gc.collect()
    gc.disable()
    try:
        begun = time.process_time()
        work(*given)
        return time.process_time() - begun
    finally:
        gc.enable()
        for one in given:
            if isinstance(one, Database):
                one.close()


def test_the_exchange_costs_no_more_than_twice_applying_and_grows_evenly(tmp_path: Path) -> None:
    """The figures that must hold, each the best of three taken by turns in this run."""
    numbers = itertools.count()
    small, large, applied = [], [], []
    for _ in range(3):
        small.append(
            seconds(exchange.exchange, changed_apart(tmp_path / f"{next(numbers)}", CHANGES // 10)[0])
        )
        large.append(seconds(exchange.exchange, changed_apart(tmp_path / f"{next(numbers)}", CHANGES)[0]))
        applied.append(
            seconds(
                lambda db, _, records: change_all(db, records, "New"),
                two_copies(tmp_path / f"{next(numbers)}", CHANGES),
            )
        )
    ratio, growth = min(large) / min(applied), min(large) / 10 / min(small)
    print(f"exchange of {CHANGES:,} and {CHANGES:,}: {ratio:.2f} times applying, growth {growth:.2f}")
    assert ratio <= 2
    assert growth <= 1.25
