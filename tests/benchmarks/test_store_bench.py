"""What the store costs beside bare sqlcipher3 doing only the unavoidable work with the same settings.

The same rows go into a table with the same columns, keys and indexes; the store also compares, checks, hashes and
keeps the journal. Read the groups: each has its bare measure.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from nhsdesk.domain.actions import Action
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.data_sets import DataSet, DataSetKind
from nhsdesk.domain.kinds import KeptFile
from nhsdesk.domain.links import Attachment
from nhsdesk.store import connections, data_sets, file_search, record_file, search
from nhsdesk.store.database import Database
from nhsdesk.store.file_search import KeptBy

TRACKER, WORKFORCE, LARGE = 5_000, 39_940, 100_000
NAMES = (
    "PCN_CODE",
    "PCN_NAME",
    "SUB_ICB",
    "SUB_ICB_NAME",
    "ICB_CODE",
    "STAFF_GROUP",
    "ROLE",
    "MEASURE",
    "VALUE",
)


def now() -> datetime:
    return datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with record_file.create(tmp_path / "Bench.nhsdesk", "Ann Archer", now) as database:
        yield database


@pytest.fixture
def bare(db: Database) -> Iterator[Any]:
    """A bare connection to the same file, with the same settings."""
    connection = connections.connect(db.path)
    yield connection
    connection.close()


def run(benchmark: BenchmarkFixture, work: Callable[..., Any], *given: Any, **how: Any) -> Any:
    """So many rounds of a piece of work."""
    measured: Any = benchmark
    return measured.pedantic(work, given, **how)


# ---- save one edit


@pytest.fixture
def promise(db: Database) -> Commitment:
    with db.change("Fill") as change:
        return [change.add(Commitment(title=f"Promise {n}")) for n in range(1_000)][500]


@pytest.mark.benchmark(group="save one edit, durable")
def test_save_one_edit(benchmark: BenchmarkFixture, db: Database, promise: Commitment) -> None:
    held = [promise]

    def save() -> None:
        with db.change("Change What of C-501") as change:
            held[0] = change.put(replace(held[0], title=f"Promise {held[0].version}"))

    run(benchmark, save, rounds=300, warmup_rounds=20)


@pytest.mark.benchmark(group="save one edit, durable")
def test_save_one_edit_bare(benchmark: BenchmarkFixture, bare: Any, promise: Commitment) -> None:
    def save() -> None:
        bare.execute("BEGIN IMMEDIATE")
        bare.execute(
            "UPDATE commitment SET title = ?, version = version + 1 WHERE id = ?", ("New", promise.id)
        )
        bare.execute("COMMIT")

    run(benchmark, save, rounds=300, warmup_rounds=20)


# ---- a pasted tracker


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    path = tmp_path / "tracker.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(
            (
                f"Action {n} do the thing about {n}",
                f"{n}.{n % 7}",
                f"support {n}",
                f"2026-{n % 12 + 1:02}-01",
                n % 3,
                "seen",
            )
            for n in range(TRACKER)
        )
    return path


def rows_in(path: Path) -> list[list[str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def apply(db: Database, tracker: Path) -> None:
    with db.change("Paste a tracker") as change:
        for what, minute, support, due, times, evidence in rows_in(tracker):
            change.add(
                Action(
                    what=what, minute_ref=minute, support=support, due=date.fromisoformat(due),
                    times_revised=int(times), evidence=evidence,
                )
            )  # fmt: skip


@pytest.mark.benchmark(group="a tracker of 5,000 rows")
def test_apply_a_tracker_as_one_step(benchmark: BenchmarkFixture, db: Database, tracker: Path) -> None:
    run(benchmark, apply, db, tracker, rounds=5, warmup_rounds=1)


@pytest.mark.benchmark(group="a tracker of 5,000 rows")
def test_undo_a_tracker(benchmark: BenchmarkFixture, db: Database, tracker: Path) -> None:
    run(benchmark, db.undo, setup=lambda: apply(db, tracker), rounds=5)


@pytest.mark.benchmark(group="a tracker of 5,000 rows")
def test_apply_a_tracker_bare(benchmark: BenchmarkFixture, bare: Any, tracker: Path) -> None:
    given = iter(range(1, 2**31))

    def insert() -> None:
        bare.execute("BEGIN IMMEDIATE")
        bare.executemany(
            "INSERT INTO action (id, version, ref, what, minute_ref, support, due, times_revised, evidence, started, "
            "proposed_for_closure, restricted) VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, 1, 0, 0)",
            ((id_, f"A-{id_:03}", *row) for id_, row in zip(given, rows_in(tracker), strict=False)),
        )
        bare.execute("COMMIT")

    run(benchmark, insert, rounds=5, warmup_rounds=1)


# ---- a workforce file


@pytest.fixture
def workforce(tmp_path: Path) -> Path:
    path = tmp_path / "workforce.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(
            (
                f"U{n % 1280:05}", f"NETWORK NUMBER {n % 1280} PCN", "00Q", "NHS LANCASHIRE ICB - 00Q", f"QE{n % 42}",
                "Direct Patient Care", "Clinical Pharmacist", "FTE", f"{n % 40 / 7:.9f}",
            )
            for n in range(WORKFORCE)
        )  # fmt: skip
    return path


@pytest.mark.benchmark(group="adopt a workforce file of 39,940 rows")
def test_adopt_a_workforce_file(benchmark: BenchmarkFixture, db: Database, workforce: Path) -> None:
    numbers = iter(range(100))

    def adopt() -> None:
        named = DataSet(
            kind=DataSetKind.WORKFORCE,
            file_name="w.csv",
            sha256=f"{next(numbers):064}",
            rows=WORKFORCE,
            read_at=now(),
        )
        with db.change("Adopt") as change:
            data_sets.adopt(
                change, named, NAMES, ((row[0], row[4], tuple(row)) for row in rows_in(workforce))
            )

    run(benchmark, adopt, rounds=5, warmup_rounds=1)


@pytest.mark.benchmark(group="adopt a workforce file of 39,940 rows")
def test_adopt_a_workforce_file_bare(benchmark: BenchmarkFixture, bare: Any, workforce: Path) -> None:
    bare.execute(f"CREATE TABLE bare (id INTEGER PRIMARY KEY, {', '.join(f'{name} TEXT' for name in NAMES)})")

    def insert() -> None:
        bare.execute("BEGIN IMMEDIATE")
        bare.executemany(
            f"INSERT INTO bare ({', '.join(NAMES)}) VALUES ({', '.join('?' * len(NAMES))})",
            rows_in(workforce),
        )
        bare.execute("COMMIT")

    run(benchmark, insert, rounds=5, warmup_rounds=1)


# ---- search everything


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    parts = (
        *(
            "prac",
            "tice",
            "care",
            "co",
            "ord",
            "nate",
            "nurse",
            "mac",
            "cy",
            "sup",
            "port",
            "ment",
            "health",
            "link",
        ),
        *("work", "board", "plan", "fund", "view", "ward", "lead"),
    )
    words = ["".join(parts[n // 21**k % 21] for k in range(3)) for n in range(0, 21**3, 2)]
    path = tmp_path_factory.mktemp("large") / "Large.nhsdesk"
    with record_file.create(path, "Ann Archer", now) as database:
        with database.change("Fill") as change:
            for n in range(LARGE):
                change.add(Action(what=" ".join(words[(n * k + k * k) % len(words)] for k in range(1, 11))))
            change.add(Action(what="Ask the clinical pharmacist about the polypharmacy review"))
        search.bring_up_to_date(database)
        yield database


@pytest.mark.benchmark(group="search 100,000 records")
@pytest.mark.parametrize(
    "asked", ["pharmacist", "pharmasist", "clinicl pharmasist reveiw", "ca", "A-50000", "practicecare"]
)
def test_search(benchmark: BenchmarkFixture, large: Database, asked: str) -> None:
    found = run(benchmark, search.find, large, asked, rounds=20, warmup_rounds=2)
    if asked.startswith(("pharm", "clin")):
        assert "polypharmacy" in found[0].words


@pytest.mark.benchmark(group="search inside 2,000 files")
@pytest.mark.parametrize("asked", ["number1999 lease", "lease", "number199"])
def test_search_inside_files(benchmark: BenchmarkFixture, large: Database, asked: str) -> None:
    with large.change("Keep files") as change:
        about = change.add(Action(what="Keep the letters"))
        kept = [
            change.add(Attachment(on=about.id, kept=KeptFile(f"{n}.txt", f"{n:064}", 1)))
            for n in range(2_000)
        ]
    words = "the rota of the surgery and its lease " * 50
    read = [(KeptBy(one.id, one.kept), f"{words}number{n}") for n, one in enumerate(kept)]
    file_search.keep(large, read)
    assert run(benchmark, file_search.find, large, asked, rounds=20, warmup_rounds=2)
