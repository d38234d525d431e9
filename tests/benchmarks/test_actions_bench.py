"""Ten thousand actions, narrowed as one types and by their BRAG, in the register and where they are followed up."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from PySide6.QtWidgets import QApplication
from pytest_benchmark.fixture import BenchmarkFixture

import nhsdesk.desktop  # noqa: F401
from nhsdesk.commands import files
from nhsdesk.commands.follow_up import By
from nhsdesk.desktop import start
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.follow_up.actions_part import ActionsPart
from nhsdesk.desktop.preferences import Preferences
from nhsdesk.desktop.record_model import RecordModel
from nhsdesk.desktop.window import Window
from nhsdesk.domain.actions import Action, ActionUpdate, Brag
from nhsdesk.domain.meetings import Meeting
from nhsdesk.domain.organisations import Person
from nhsdesk.settings import Settings
from nhsdesk.store.register import OneOf
from tests.benchmarks.test_window_bench import WORDS, now, run

MANY = 10_000
TYPED = ("r", "red", "pharm", "")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of ten thousand open actions of fifty roles, set at sixty meetings, half of them with an update."""
    path, some = tmp_path_factory.mktemp("many") / "Bench.nhsdesk", random.Random(1)
    with files.create(path, "Bench PCN", "Bench", now) as database, database.change("Fill") as change:
        people = [change.add(Person(role_title=f"Role {number}")).id for number in range(50)]
        days = [date(2026, 1, 1) + timedelta(days=number) for number in range(60)]
        meetings = [change.add(Meeting(body=f"Body {n % 5}", held_on=day)).id for n, day in enumerate(days)]
        for number in range(MANY):
            made = change.add(
                Action(
                    what=" ".join(some.choices(WORDS, k=8)), owner=some.choice(people), meeting=some.choice(meetings),
                    due=date(2026, 6, 1) + timedelta(days=some.randrange(400)), started=number % 3 > 0,
                    times_revised=number % 4 or None,
                )
            )  # fmt: skip
            if number % 2:
                change.add(ActionUpdate(action=made.id, said_on=date(2026, 11, 1), said="Under way"))
    return path


@pytest.fixture
def desk(many: Path) -> Iterator[Desk]:
    window: Window = start.made_window(start.application(), Preferences(Settings(who="Bench")), now)
    window.take_over(files.open_for_work(many, "Bench", now))
    assert window.desk is not None
    yield window.desk
    window.close()
    window.deleteLater()


@pytest.mark.benchmark(group="type in the open actions")
@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("by", [By.BRAG, By.OWNER])
def test_type_in_the_open_actions(benchmark: BenchmarkFixture, desk: Desk, by: By, typed: str) -> None:
    part = ActionsPart(desk)
    part.resize(1366, 768)
    part.show()
    part.look()
    desk.background.wait()
    part.by.setCurrentText(by.words)
    _type(benchmark, part.only.setText, typed)
    assert part.list.rowCount() > 0
    part.close()


@pytest.mark.benchmark(group="narrow ten thousand actions by BRAG")
@pytest.mark.parametrize("typed", TYPED)
def test_narrow_actions_by_brag(benchmark: BenchmarkFixture, desk: Desk, typed: str) -> None:
    model = RecordModel(desk, Action.KIND)
    while model.prepare():
        pass
    red = (OneOf("brag", (Brag.RED,)),)
    _type(benchmark, lambda words: model.narrow(words, red), typed)


def _type(benchmark: BenchmarkFixture, type_: Callable[[str], Any], typed: str) -> None:
    """One more key after all the others."""

    def before() -> None:
        type_(typed[:-1] or "x")
        QApplication.processEvents()

    def key() -> None:
        type_(typed)
        QApplication.processEvents()

    run(benchmark, key, setup=before, rounds=7)
