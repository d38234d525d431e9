"""Work beside the window: its outcome comes to the window's thread, Cancel is heard, and nothing written is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from nhsdesk import errors, log
from nhsdesk.commands import files
from nhsdesk.desktop.background import Background, Job
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.kept_layout import KeptLayout
from nhsdesk.domain.commitments import Commitment
from nhsdesk.store import drafts, record_file
from nhsdesk.store.database import Database, Notice
from tests.conftest import Clock

LONG = 20
"""Seconds after which a test gives up waiting for a thread."""
MARKER = "Zyxwvut"


class Window(QObject):
    """Hears what happens, and on which thread, as a page would."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Any] = []
        self.threads: set[str] = set()

    def hears(self, *words: Any) -> None:
        self.heard.append(words[0] if len(words) == 1 else words)
        self.threads.add(threading.current_thread().name)

    @property
    def only_on_its_own_thread(self) -> bool:
        return self.threads <= {threading.main_thread().name}


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    return Window()


@pytest.fixture
def beside(qtbot: QtBot) -> Iterator[Background]:
    """With its worker."""
    made = Background()
    yield made
    made.stop()


@pytest.fixture(params=["beside", "inline"])
def background(qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[Background]:
    """With its worker, and without."""
    made = Background(inline=request.param == "inline")
    yield made
    made.stop()
    assert (made.jobs, made.writing) == ((), False)


class Gate:
    """Holds work up until the test has seen that it is there."""

    def __init__(self) -> None:
        self.reached, self.opened = threading.Event(), threading.Event()

    def wait(self) -> None:
        self.reached.set()
        assert self.opened.wait(LONG)

    def meets(self) -> None:
        assert self.reached.wait(LONG)

    def open(self) -> None:
        self.opened.set()


# ---- what work comes to


def test_what_the_work_gave_comes_to_the_windows_thread(background: Background, window: Window) -> None:
    job = background.start("Reading the file", lambda job: job.label, window.hears)
    background.wait()
    assert window.heard == ["Reading the file"]
    assert window.only_on_its_own_thread
    assert (job.over, job.cancelled) == (True, False)


def test_the_worker_has_a_thread_of_its_own(beside: Background, window: Window) -> None:
    beside.start("Look", lambda job: threading.current_thread().name, window.hears)
    beside.wait()
    assert window.heard[0].startswith("nhsdesk-work")


def test_how_far_it_has_come_is_told_on_the_windows_thread_in_order(
    background: Background, window: Window
) -> None:
    background.began.connect(lambda job: job.moved.connect(window.hears))

    def work(job: Job) -> str:
        for n in range(5):
            job.tell(n, 5)
        return "all"

    background.start("Count", work, window.hears)
    background.wait()
    assert window.heard == [(0, 5), (1, 5), (2, 5), (3, 5), (4, 5), "all"]
    assert window.only_on_its_own_thread


def test_jobs_are_done_one_after_another_in_the_order_they_were_started(
    beside: Background, window: Window
) -> None:
    gate, order = Gate(), list[str]()
    beside.began.connect(lambda job: order.append(f"{job.label} began"))
    beside.ended.connect(lambda job: order.append(f"{job.label} ended"))
    first = beside.start("first", lambda job: gate.wait(), lambda _: order.append("first done"))
    second = beside.start("second", lambda job: "said", lambda _: order.append("second done"))
    gate.meets()
    assert (beside.jobs, second.over) == ((first, second), False)
    gate.open()
    beside.wait()
    assert order == [
        "first began", "second began", "first ended", "first done", "second ended", "second done",
    ]  # fmt: skip


def test_what_is_done_with_the_outcome_may_start_more_work(background: Background, window: Window) -> None:
    def go_on(one: int) -> None:
        background.start("second", lambda job: one + 1, window.hears)

    background.start("first", lambda job: 1, go_on)
    background.wait()
    assert window.heard == [2]


# ---- Cancel


def test_cancel_while_it_runs_stops_it_where_it_next_tells(beside: Background, window: Window) -> None:
    gate, further = Gate(), list[str]()

    def work(job: Job) -> None:
        gate.wait()
        job.tell(1, 2)
        further.append("went on")

    beside.ended.connect(lambda job: window.hears("ended"))
    job = beside.start("Compile", work, window.hears, failed=window.hears)
    gate.meets()
    job.cancel()
    gate.open()
    beside.wait()
    assert (window.heard, further) == (["ended"], [])


def test_what_cancelled_work_gave_nevertheless_is_thrown_away(beside: Background, window: Window) -> None:
    gate = Gate()
    job = beside.start("Look", lambda job: gate.wait(), window.hears, failed=window.hears)
    gate.meets()
    job.cancel()
    gate.open()
    beside.wait()
    assert (window.heard, job.over) == ([], True)


@pytest.mark.parametrize("writes", [False, True])
def test_work_cancelled_before_its_turn_is_never_begun(
    beside: Background, window: Window, *, writes: bool
) -> None:
    gate, begun = Gate(), list[str]()
    beside.start("first", lambda job: gate.wait(), lambda _: None)
    second = beside.start(
        "second", lambda job: begun.append("begun"), window.hears, writes=writes, failed=window.hears
    )
    second.cancel()
    gate.open()
    beside.wait()
    assert (begun, window.heard, second.over) == ([], [], True)


def test_work_cancelled_as_it_begins_is_not_done_inline_either(window: Window) -> None:
    inline = Background(inline=True)
    inline.began.connect(lambda job: job.cancel())
    begun: list[str] = []
    inline.start("Look", lambda job: begun.append("begun"), window.hears, failed=window.hears)
    assert (begun, window.heard, inline.jobs) == ([], [], ())


# ---- what goes wrong


def test_what_the_world_refuses_is_told_in_its_sentence(background: Background, window: Window) -> None:
    def work(job: Job) -> None:
        raise errors.FileRefused("May.xlsx is open in Excel. Close it and try again.")

    background.refused.connect(window.hears)
    background.start("Read", work, lambda _: pytest.fail("it was not done"))
    background.start("Read", work, lambda _: pytest.fail("it was not done"), failed=window.hears)
    background.wait()
    assert window.heard == ["May.xlsx is open in Excel. Close it and try again."] * 2
    assert window.only_on_its_own_thread


@pytest.fixture
def logged(tmp_path: Path) -> Iterator[Callable[[], str]]:
    log.start(tmp_path / "log")
    yield lambda: (tmp_path / "log" / "nhsdesk.log").read_text("utf-8")
    log.stop()


def test_our_own_mistake_is_told_in_a_sentence_and_logged_without_its_words(
    background: Background, window: Window, logged: Callable[[], str]
) -> None:
    def chokes(job: Job) -> None:
        raise ValueError(MARKER)

    background.refused.connect(window.hears)
    background.start(f"Reading {MARKER}", chokes, lambda _: pytest.fail("it was not done"))
    background.wait()
    (sentence,) = window.heard
    assert sentence.startswith("The program made a mistake (ValueError). Your last saved work is safe.")
    assert "ValueError" in logged()
    assert "in chokes" in logged()
    assert MARKER not in logged() + sentence


def test_after_a_mistake_the_worker_goes_on(beside: Background, window: Window) -> None:
    beside.refused.connect(lambda _: window.hears("mistake"))
    beside.start("first", lambda job: 1 // 0, window.hears)
    beside.start("second", lambda job: "done", window.hears)
    beside.wait()
    assert window.heard == ["mistake", "done"]


# ---- writing


def test_what_was_written_is_told_though_cancel_was_pressed(beside: Background, window: Window) -> None:
    gate = Gate()

    def work(job: Job) -> str:
        gate.wait()
        return "written"

    job = beside.start("Adopt", work, window.hears, writes=True)
    gate.meets()
    assert beside.writing
    job.cancel()
    gate.open()
    beside.wait()
    assert (window.heard, beside.writing) == (["written"], False)


def test_when_its_end_is_told_it_is_no_longer_under_way(background: Background, window: Window) -> None:
    background.ended.connect(lambda job: window.hears((background.jobs, background.writing, job.over)))
    background.start("Adopt", lambda job: None, lambda _: None, writes=True)
    background.wait()
    assert window.heard == [((), False, True)]


# ---- the end


def test_stopping_lets_what_is_being_written_come_to_its_end_and_gives_up_the_rest(
    beside: Background, window: Window
) -> None:
    gate = Gate()

    def write(job: Job) -> str:
        gate.wait()
        job.tell(1, 1)
        return "written"

    beside.start("Write", write, window.hears, writes=True)
    reading = beside.start("Read", lambda job: "read", window.hears)
    gate.meets()
    QTimer.singleShot(0, gate.open)  # not before somebody waits
    beside.stop()
    assert (window.heard, beside.jobs, reading.cancelled) == (["written"], (), True)
    assert not [one for one in threading.enumerate() if one.name.startswith("nhsdesk-work")]


def test_a_worker_that_was_stopped_can_begin_again(beside: Background, window: Window) -> None:
    for n in range(3):
        beside.start("Look", lambda job, n=n: n, window.hears)  # type: ignore[misc]
        beside.wait()
        beside.stop()
    beside.stop()
    assert window.heard == [0, 1, 2]


# ---- with a PCN file


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    made = Desk(
        files.create(tmp_path / "Ours.nhsdesk", "Eastfield PCN", "Ann Archer", clock),
        Background(),
        KeptLayout(),
    )
    yield made
    made.close()


def add_one(database: Database) -> str:
    with database.change("Add") as change:
        return change.add(Commitment(title="Share the rota")).ref


def test_word_of_what_the_worker_wrote_comes_to_the_windows_thread_before_its_outcome(
    desk: Desk, window: Window
) -> None:
    desk.changed.connect(window.hears)
    desk.background.start("Add", lambda job: add_one(desk.database), window.hears, writes=True)
    desk.background.wait()
    notice, outcome = window.heard
    assert isinstance(notice, Notice)
    assert (list(notice.changed), outcome) == (["commitment"], "C-001")
    assert window.only_on_its_own_thread


def test_nothing_may_be_written_while_work_is_writing(desk: Desk) -> None:
    gate, may = Gate(), [desk.may_write]
    desk.background.start("Write", lambda job: gate.wait(), lambda _: None, writes=True)
    gate.meets()
    may.append(desk.may_write)
    gate.open()
    desk.background.wait()
    may.append(desk.may_write)
    with desk.database.change("Add"):
        may.append(desk.may_write)
    desk.background.start("Read", lambda job: desk.may_write, may.append)
    desk.background.wait()
    assert may == [True, False, True, False, True]


def test_cancelled_writing_leaves_the_file_as_it_was(desk: Desk, window: Window) -> None:
    gate = Gate()

    def work(job: Job) -> None:
        with desk.database.change("Add") as change:
            change.add(Commitment(title="Share the rota"))
            gate.wait()
            job.tell(1, 2)

    job = desk.background.start("Add", work, window.hears, writes=True)
    gate.meets()
    job.cancel()
    gate.open()
    desk.background.wait()
    with desk.database.read() as reader:
        assert reader.count(Commitment) == 0
    assert (window.heard, desk.may_write) == ([], True)


def test_closing_the_desk_waits_for_what_is_being_written(
    qtbot: QtBot, tmp_path: Path, clock: Clock, window: Window
) -> None:
    path, gate = tmp_path / "Ours.nhsdesk", Gate()
    desk = Desk(files.create(path, "Eastfield PCN", "Ann Archer", clock), Background(), KeptLayout())

    def work(job: Job) -> str:
        gate.wait()
        return add_one(desk.database)

    desk.background.start("Add", work, window.hears, writes=True)
    gate.meets()
    QTimer.singleShot(0, gate.open)
    desk.close()
    assert window.heard == ["C-001"]
    with record_file.open_file(path, "Ann Archer", clock) as again, again.read() as reader:
        assert reader.count(Commitment) == 1


def test_a_refusal_is_warned_of_and_a_mistake_is_told_without_its_words(
    desk: Desk, window: Window, logged: Callable[[], str]
) -> None:
    def refused() -> int:
        raise errors.Unwritable("The disk is full.")

    def mistaken() -> int:
        raise KeyError(MARKER)

    desk.warned.connect(window.hears)
    assert desk.attempt(lambda: 7) == 7
    assert desk.attempt(refused, otherwise="not done") == "not done"
    assert desk.attempt(mistaken) is None
    assert window.heard[0] == "The disk is full."
    assert window.heard[1].startswith("The program made a mistake (KeyError).")
    assert MARKER not in logged() + window.heard[1]


def test_words_kept_beside_the_window_are_in_the_file(desk: Desk, window: Window) -> None:
    desk.background.start(
        "Keep",
        lambda job: drafts.keep(desk.database, "commitment", "new-1", "title", "Share the r"),
        window.hears,
        writes=True,
    )
    desk.background.wait()
    assert [draft.words for draft in drafts.kept(desk.database)] == ["Share the r"]
