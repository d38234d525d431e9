"""The self-test of an installed copy."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from nhsdesk import app
from nhsdesk.commands import papers
from tests.conftest import Command, refused

HERE = Path(app.__file__).parents[1]


def test_it_passes_in_another_folder_without_the_computers_own_zones(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(HERE / "main.py"), "selftest"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONTZPATH": "", "HOME": str(tmp_path), "TMPDIR": str(tmp_path)},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "The program works."
    assert list(tmp_path.iterdir()) == []


def test_it_makes_every_paper_and_keeps_what_it_made_when_asked(nhsdesk: Command, tmp_path: Path) -> None:
    folder = tmp_path / "kept here"
    said = nhsdesk("selftest", "--keep", folder)
    assert said.code == 0
    for paper in papers.PAPERS:
        assert f"{paper.title} was made." in said.out
        assert len(list(folder.glob(f"{paper.key}.*"))) == 1
    for name in ("Self-test.nhsdesk", "Restored.nhsdesk", "Copy.nhsdesk"):
        assert (folder / name).is_file()
    assert nhsdesk("check", folder / "Restored.nhsdesk").code == 0


def test_it_never_writes_over_what_it_kept_before_nor_over_a_file(nhsdesk: Command, tmp_path: Path) -> None:
    assert nhsdesk("selftest", "--keep", tmp_path / "kept").code == 0
    assert "already there" in nhsdesk("selftest", "--keep", tmp_path / "kept").err
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear all")
    assert "is a file, not a folder" in refused(nhsdesk("selftest", "--keep", letter))
