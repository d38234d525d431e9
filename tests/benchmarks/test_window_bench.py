"""What a person waits for at the window, beside the bare libraries showing the same rows."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
from pytest_benchmark.fixture import BenchmarkFixture

import nhsdesk.desktop  # noqa: F401
from nhsdesk.commands import files
from nhsdesk.desktop import start
from nhsdesk.desktop.places import PLACES
from nhsdesk.desktop.preferences import Preferences
from nhsdesk.desktop.register_page import RegisterPage
from nhsdesk.desktop.window import Window
from nhsdesk.domain.actions import Action
from nhsdesk.domain.commitments import Commitment, CommitmentKind, Stands, Status
from nhsdesk.domain.organisations import Person
from nhsdesk.settings import Settings
from nhsdesk.store import connections
from nhsdesk.store.register import OneOf
from tests.benchmarks.plain_table import PlainTable

SMALL, LARGE = 5_000, 100_000
WORDS = (
    "review",
    "care",
    "home",
    "pharmacist",
    "discharge",
    "huddle",
    "list",
    "boundary",
    "neighbourhood",
    "practice",
)
STARTS = Path(__file__).with_name("starting.py")
COMMITMENTS = next(n for n, place in enumerate(PLACES) if place.title == "Commitments")


def now() -> datetime:
    return datetime(2026, 11, 20, tzinfo=UTC)


def run(benchmark: BenchmarkFixture, work: Callable[..., Any], *given: Any, **how: Any) -> Any:
    measured: Any = benchmark
    return measured.pedantic(work, given, **how)


def _filled(path: Path, each: int) -> Path:
    """A file of so many commitments and, where there are few, as many actions."""
    some = random.Random(1)
    with files.create(path, "Bench PCN", "Bench", now) as database, database.change("Fill") as change:
        people = [change.add(Person(role_title=f"Role {number}")).id for number in range(50)]
        for _ in range(each):
            due = date(2026, 1, 1) + timedelta(days=some.randrange(600))
            title = " ".join(some.choices(WORDS, k=8))
            kind, status = some.choice(list(CommitmentKind)), some.choice(list(Status))
            owner = some.choice(people)
            change.add(Commitment(title=title, kind=kind, status=status, due=due, owner=owner))
            if each == SMALL:
                change.add(Action(what=title, due=due, owner=owner))
    return path


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _filled(tmp_path_factory.mktemp("small") / "Bench.nhsdesk", SMALL)


@pytest.fixture(scope="module", params=[LARGE // 10, LARGE])
def large(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _filled(tmp_path_factory.mktemp("large") / "Bench.nhsdesk", request.param)


# ---- start


@pytest.fixture
def at_home(tmp_path: Path) -> dict[str, str]:
    """The surroundings of somebody who left the window at the commitments.

    Our modules are compiled, as a package that was installed has them: else the program would be compiled anew at each
    start wherever the machine keeps Python from writing down what it compiled, and the libraries would not.
    """
    folder = tmp_path / ".config" / "nhsdesk"
    folder.mkdir(parents=True)
    (folder / "settings.toml").write_text(f'[layout]\nplace = "{COMMITMENTS}"\n')
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    home = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / ".config")}
    return {**kept, **home, "PYTHONPYCACHEPREFIX": str(tmp_path / "compiled")}


def _start(which: str, path: Path, surroundings: dict[str, str]) -> None:
    subprocess.run(
        [sys.executable, str(STARTS), which, str(path)],
        check=True,
        env=surroundings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.mark.benchmark(group="start")
def test_start(benchmark: BenchmarkFixture, small: Path, at_home: dict[str, str]) -> None:
    run(benchmark, _start, "ours", small, at_home, rounds=9, warmup_rounds=1)


@pytest.mark.benchmark(group="start")
def test_start_bare(benchmark: BenchmarkFixture, small: Path, at_home: dict[str, str]) -> None:
    run(benchmark, _start, "bare", small, at_home, rounds=9, warmup_rounds=1)


# ---- a register


@pytest.fixture
def window(large: Path) -> Iterator[Window]:
    made = start.made_window(start.application(), Preferences(Settings(who="Bench")), now)
    made.take_over(files.open_for_work(large, "Bench", now))
    made.show()
    QApplication.processEvents()
    yield made
    made.close()
    made.deleteLater()


@pytest.mark.benchmark(group="open a register", disable_gc=True)
def test_open_a_register(benchmark: BenchmarkFixture, window: Window) -> None:
    def again() -> None:
        page = window._places.pop(COMMITMENTS, None)
        if page is not None:
            window.go_to(0)
            page.hide()
            page.deleteLater()
            QApplication.sendPostedEvents(None, 52)

    def open_() -> None:
        window.go_to(COMMITMENTS)
        window.grab()

    run(benchmark, open_, setup=again, rounds=15)


@pytest.mark.benchmark(group="open a register", disable_gc=True)
def test_open_a_register_bare(benchmark: BenchmarkFixture, large: Path) -> None:
    start.application()
    connection = connections.connect_plain(large)

    def open_() -> None:
        ids = [row[0] for row in connection.execute("SELECT id FROM commitment ORDER BY id")]
        rows = connection.execute("SELECT * FROM commitment ORDER BY id LIMIT 40").fetchall()
        bare, view = QMainWindow(), QTableView()
        view.setModel(PlainTable(ids, rows))
        bare.setCentralWidget(view)
        bare.resize(1366, 768)
        bare.show()
        bare.grab()
        bare.close()

    run(benchmark, open_, rounds=15)
    connection.close()


@pytest.mark.benchmark(group="type in the filter")
@pytest.mark.parametrize("typed", ["p", "pharm", "pharm disch", ""])
def test_type_in_the_filter(benchmark: BenchmarkFixture, window: Window, typed: str) -> None:
    page = _register(window)
    while page.model.prepare():
        pass

    def before() -> None:
        page.filters.line.setText(typed[:-1] or "x")
        QApplication.processEvents()

    def type_() -> None:
        page.filters.line.setText(typed)
        QApplication.processEvents()

    run(benchmark, type_, setup=before, rounds=7)


@pytest.mark.benchmark(group="filter by a derived column")
@pytest.mark.parametrize("typed", ["", "pharm"])
def test_filter_by_a_derived_column(benchmark: BenchmarkFixture, window: Window, typed: str) -> None:
    """Once worked out ahead, the column narrows as quickly as any other."""
    page = _register(window)
    while page.model.prepare():
        pass
    overdue = (OneOf("stands", (Stands.OVERDUE,)),)

    def before() -> None:
        page.model.narrow("x", ())

    def narrow() -> None:
        page.model.narrow(typed, overdue)
        QApplication.processEvents()

    run(benchmark, narrow, setup=before, rounds=7)
    assert page.model.rowCount() > 0


def test_working_ahead_never_keeps_anybody_waiting(window: Window) -> None:
    page, longest = _register(window), 0.0
    going_on = True
    while going_on:
        began = time.perf_counter()
        going_on = page.model.prepare()
        longest = max(longest, time.perf_counter() - began)
    assert longest < 0.1


def _register(window: Window) -> RegisterPage:
    window.go_to(COMMITMENTS)
    assert window.page is not None
    page = window.page.page
    assert isinstance(page, RegisterPage)
    QApplication.processEvents()
    return page


# ---- memory


@pytest.mark.parametrize("large", [LARGE], indirect=True)
def test_memory(large: Path, at_home: dict[str, str], record_property: Callable[[str, object], None]) -> None:
    held = {which: _most_memory(which, large, at_home) for which in ("ours", "bare")}
    more = held["ours"] - held["bare"]
    record_property("memory", f"+ {more:.0f} MB ({held['ours']:.0f} MB)")
    assert more < 150


def _most_memory(which: str, path: Path, surroundings: dict[str, str]) -> float:
    asked = [sys.executable, str(STARTS), which, str(path)]
    told = subprocess.run(asked, check=True, env=surroundings, capture_output=True, text=True)
    return float(told.stdout.split()[-1])
