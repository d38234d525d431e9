"""The self-test of an installed copy."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path
from types import ModuleType

import pytest

from nhsdesk import app, selftest
from nhsdesk.commands import files, papers
from nhsdesk.store.database import Clock, Database
from nhsdesk.store.proving import Proof
from tests.conftest import Command, Said, live_at, refused

HERE = Path(app.__file__).parents[1]


@pytest.fixture(autouse=True)
def trial(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Stands in for the window's own trial in this process; the self-test in a process of its own opens the window."""
    return _trial(monkeypatch)


def _trial(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    module = ModuleType("nhsdesk.desktop.trial")
    module.run = lambda path, clock: ()  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "nhsdesk.desktop", ModuleType("nhsdesk.desktop"))
    monkeypatch.setitem(sys.modules, "nhsdesk.desktop.trial", module)
    return module


def test_it_passes_in_another_folder_without_the_computers_own_zones(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(HERE / "main.py"), "selftest"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONTZPATH": "", "HOME": str(tmp_path), "TMPDIR": str(tmp_path)},
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert done.stdout.splitlines()[-1] == "The program works."
    assert list(tmp_path.iterdir()) == []


@dataclass(frozen=True, slots=True)
class Kept:
    """What a self-test without a fault made and said."""

    folder: Path
    said: Said


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """One self-test for all that look at what it leaves; nobody changes that."""
    folder = tmp_path_factory.mktemp("selftest") / "kept here"
    out, err = StringIO(), StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        live_at(tmp_path_factory.mktemp("home"), patch)
        _trial(patch)
        code = app.main(["selftest", "--keep", str(folder)])
    assert err.getvalue() == ""
    return Kept(folder, Said(code, out.getvalue(), err.getvalue()))


def test_it_makes_every_paper_and_keeps_what_it_made_when_asked(nhsdesk: Command, kept: Kept) -> None:
    folder, said = kept.folder, kept.said
    assert said.code == 0
    for paper in papers.PAPERS:
        assert f"{paper.title} was made." in said.out
        names = sorted(path.suffix for path in folder.glob(f"{paper.key}.*"))
        pages = [".pdf"] if paper.key in ("pack", "pack-own") else [".html", ".pdf"]
        assert names == ([".xlsx"] if paper in papers.RETURNS else pages)
    for name in ("Self-test.nhsdesk", "Restored.nhsdesk", "Copy.nhsdesk"):
        assert (folder / name).is_file()
    assert nhsdesk("check", folder / "Restored.nhsdesk").code == 0


def test_it_never_writes_over_what_it_kept_before_nor_over_a_file(
    nhsdesk: Command, kept: Kept, tmp_path: Path
) -> None:
    before = bytes_in(kept.folder)
    assert "already there" in nhsdesk("selftest", "--keep", kept.folder).err
    assert bytes_in(kept.folder) == before
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear all")
    assert "is a file, not a folder" in refused(nhsdesk("selftest", "--keep", letter))


# ------------------------------------------------------------------ files of earlier forms

RECORDS = Path(__file__).resolve().parent / "records"


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A folder with a file of each earlier form."""
    folder = tmp_path / "older"
    folder.mkdir()
    for path in RECORDS.glob("*.nhsdesk"):
        shutil.copy(path, folder)
    return folder


def bytes_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_it_brings_copies_of_older_files_up_to_date_and_leaves_the_files(
    nhsdesk: Command, older: Path
) -> None:
    before = bytes_in(older)
    said = nhsdesk("selftest", "--records", older, "--keep", older.parent / "kept")
    assert said.code == 0
    for name in before:
        assert f"{name} was brought up to date and is whole." in said.out
        assert nhsdesk("check", older.parent / "kept" / "Brought up to date" / name).code == 0
    assert bytes_in(older) == before


def test_a_damaged_and_a_later_file_are_told_and_the_others_still_tried(
    nhsdesk: Command, older: Path
) -> None:
    whole = (older / "form-1.nhsdesk").read_bytes()
    (older / "a cut one.nhsdesk").write_bytes(whole[:-5000])
    (older / "b later.nhsdesk").write_bytes(whole[:60] + b"\x00\x00\x27\x0f" + whole[64:])
    (older / "c letter.nhsdesk").write_text("Dear all")
    said = nhsdesk("selftest", "--records", older)
    assert said.code == 1
    faults = [line for line in said.out.splitlines() if line.startswith("FAULT: ")]
    assert [fault.split(" is ")[0].split(" was ")[0] for fault in faults] == [
        f"FAULT: {name}.nhsdesk" for name in ("a cut one", "b later", "c letter")
    ]
    assert "is damaged: it should be" in faults[0]
    assert "a later version of the program" in faults[1]
    assert "form-1.nhsdesk was brought up to date and is whole." in said.out
    assert said.out.splitlines()[-1] == "The program does not work as it should."


def test_a_file_that_does_not_prove_whole_is_told(
    nhsdesk: Command, older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proved = files.check

    def proved_wrong(database: Database) -> Proof:
        proof = proved(database)
        return (
            replace(proof, faults=("Step 1 was changed.",))
            if database.path.name == "form-1.nhsdesk"
            else proof
        )

    monkeypatch.setattr(files, "check", proved_wrong)
    said = nhsdesk("selftest", "--records", older)
    assert said.code == 1
    assert said.out.count("FAULT: form-1.nhsdesk: Step 1 was changed.") == 1


def test_a_folder_without_files_proves_nothing(nhsdesk: Command, tmp_path: Path) -> None:
    said = nhsdesk("selftest", "--records", tmp_path / "nowhere")
    assert said.code == 1
    assert "FAULT: There is no file ending in .nhsdesk in" in said.out


# ------------------------------------------------------------------ the window


def test_the_window_is_tried_on_the_closed_file_and_its_faults_are_told(
    nhsdesk: Command, trial: ModuleType, tmp_path: Path
) -> None:
    seen: list[Path] = []

    def run(path: Path, clock: Clock) -> tuple[str, ...]:
        files.open_for_work(path, "Ann", clock).close()
        seen.append(path)
        return ("The field did not take what was typed.",)

    trial.run = run  # type: ignore[attr-defined]
    said = nhsdesk("selftest", "--keep", tmp_path / "kept")
    assert said.code == 1
    assert seen == [tmp_path / "kept" / "Self-test.nhsdesk"]
    assert "FAULT: The field did not take what was typed." in said.out


def test_a_window_without_faults_is_told(kept: Kept) -> None:
    assert kept.said.code == 0
    assert "The window was opened and a field edited." in kept.said.out


def test_a_copy_without_a_window_says_so(nhsdesk: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> ModuleType:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)

    monkeypatch.setattr(selftest, "import_module", absent)
    assert "No window is part of this copy." in nhsdesk("selftest").out


def test_a_window_that_lacks_a_library_is_not_taken_for_none(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(name: str) -> ModuleType:
        raise ModuleNotFoundError("No module named 'PySide6'", name="PySide6")

    monkeypatch.setattr(selftest, "import_module", broken)
    with pytest.raises(ModuleNotFoundError, match="PySide6"):
        selftest._window(tmp_path / "Self-test.nhsdesk", clock, print)
