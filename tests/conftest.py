"""What tests of several parts share: a clock, the real public files, the command line, and files to work on."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from nhsdesk import desktop  # noqa: F401 - before any Qt: see what it says of Python 3.11
from tests.examples import examples

# What Python compiled is kept, whatever the machine says: tests start the program again and again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# No window of a test is shown on anybody's screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# How often a property is tried that says nothing else; none is wrong because the machine is busy.
settings.register_profile("ours", max_examples=examples(25, 250), deadline=None)
settings.load_profile("ours")


def pytest_collection_finish() -> None:
    """Has Python no longer look through all that was loaded, and less often through what a test leaves."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture
def shared_data() -> Path:
    """The folder of real public files beside the checkout."""
    if not SHARED_DATA.is_dir():
        reason = f"the real public files are not at {SHARED_DATA}"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return SHARED_DATA


@pytest.fixture
def practice_map(shared_data: Path) -> Path:
    """NHS England's map of practices to PCNs, July 2026."""
    return shared_data / "reference" / "gp-reg-pat-prac-map.2026-07.csv"


@pytest.fixture
def list_sizes(shared_data: Path) -> Path:
    """NHS England's list sizes of practices, January 2025."""
    return shared_data / "reference" / "pcn_practice_list_and_adjusted_population.2025.csv"


@pytest.fixture
def workforce(shared_data: Path) -> Path:
    """NHS England's PCN workforce, June 2026."""
    return shared_data / "workforce" / "pcn_workforce_individual.2026-06.csv"


class Clock:
    """The sample's day; a second later each time it is asked."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


AS_OF = date(2026, 11, 20)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings and log of nobody else."""
    home = tmp_path_factory.mktemp("home")
    live_at(home, monkeypatch)
    return home


def live_at(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings and log are looked for there."""
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home))


@dataclass(frozen=True, slots=True)
class Said:
    """What a command gave and said."""

    code: int
    out: str
    err: str


Command = Callable[..., Said]


@pytest.fixture
def nhsdesk(own_home: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """The command line in this process: `nhsdesk("check", path)`."""
    from nhsdesk import app

    def run(*arguments: Any) -> Said:
        capsys.readouterr()
        code = app.main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return Said(code, out, err)

    return run


def refused(said: Said) -> str:
    """The sentence with which a command was refused; it is one line and the only thing said."""
    assert said.code == 2
    assert said.out == ""
    assert said.err.count("\n") == 1
    return said.err.strip()


@pytest.fixture(scope="session")
def sample_as_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's PCN file, made once for all tests."""
    from nhsdesk.commands import sample as sample_

    path = tmp_path_factory.mktemp("sample") / "Sample.nhsdesk"
    sample_.create(path, None, "Ann Archer", Clock()).close()
    return path


@pytest.fixture
def sample(sample_as_made: Path, tmp_path: Path) -> Path:
    """The sample's PCN file, closed, as if it had been made here."""
    from tests import made_once

    path = tmp_path / "Sample.nhsdesk"
    shutil.copy(sample_as_made, path)
    made_once.be_at_home(path)
    return path


@pytest.fixture
def database(tmp_path: Path, clock: Clock) -> Iterator[Any]:
    """A new PCN file, open, with nothing but the PCN in it."""
    from nhsdesk.commands import files
    from tests import made_once

    path = made_once.network(tmp_path / "Ours.nhsdesk", clock)
    with files.open_for_work(path, "Ann Archer", clock) as opened:
        yield opened
