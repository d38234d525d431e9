"""The program's own folders are found wherever it was put; a person's files stay on this computer."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from nhsdesk import paths
from nhsdesk.errors import DeskError

ROOT = Path(__file__).resolve().parent.parent
ASK = "from nhsdesk import paths; print(paths.resources(), paths.migrations(), sep='\\n')"
BUNDLED = "import sys; sys._MEIPASS = sys.argv[1]; "


def carried(where: Path, program: str = ASK) -> list[Path]:
    """Where the program put into a folder finds resources and migrations."""
    environment = {**os.environ, "PYTHONPATH": str(where)}
    asked = [sys.executable, "-c", program, str(where)]
    answer = subprocess.run(asked, cwd=where, env=environment, capture_output=True, text=True, check=True)
    return [Path(line) for line in answer.stdout.splitlines()]


def lay_out(where: Path, modules: tuple[str, ...]) -> None:
    """Copy some of the program's modules into a folder, without its data."""
    for name in modules:
        (where / name).parent.mkdir(parents=True, exist_ok=True)
        (where / name).write_bytes((ROOT / name).read_bytes())


def test_a_checkout_has_them_at_its_top() -> None:
    assert paths.resources() == ROOT / "resources"
    assert paths.migrations() == ROOT / "migrations"
    assert paths.guide() == ROOT / "docs" / "guide"


def test_a_wheel_carries_them_inside_the_package(tmp_path: Path) -> None:
    built = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(built, cwd=ROOT, capture_output=True, text=True, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    installed = tmp_path / "site packages"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    (installed / "resources").mkdir()  # another package's, and not ours to take
    package = installed / "nhsdesk"
    assert carried(installed) == [package / "resources", package / "migrations"]
    module = "import nhsdesk.resources as module; print(module.__file__)"
    assert carried(installed, module) == [package / "resources.py"]  # not the folder of the same name
    for name in ("resources", "migrations", "docs/guide"):
        sources = [
            file for file in (ROOT / name).rglob("*") if file.is_file() and "__pycache__" not in file.parts
        ]
        missing = [file for file in sources if not (package / file.relative_to(ROOT)).is_file()]
        assert sources
        assert missing == []


def test_a_bundle_has_them_in_the_folder_it_unpacks_to(tmp_path: Path) -> None:
    lay_out(tmp_path / "code", ("nhsdesk/__init__.py", "nhsdesk/errors.py", "nhsdesk/paths.py"))
    for name in ("resources", "migrations"):
        (tmp_path / name).mkdir()
    program = BUNDLED + "sys.path.insert(0, sys.argv[1] + '/code'); " + ASK
    assert carried(tmp_path, program) == [tmp_path / "resources", tmp_path / "migrations"]


def test_a_program_without_its_folders_says_that_records_are_safe(tmp_path: Path) -> None:
    lay_out(tmp_path, ("nhsdesk/__init__.py", "nhsdesk/errors.py", "nhsdesk/paths.py"))
    with pytest.raises(subprocess.CalledProcessError) as failure:
        carried(tmp_path)
    assert "nhsdesk.errors.DeskError: The program is incomplete" in failure.value.stderr
    assert "“resources” is missing. Your PCN files are not affected." in failure.value.stderr
    assert issubclass(DeskError, Exception)


def test_a_persons_files_lie_in_the_local_profile(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    places = [paths.settings_file(), paths.log_folder(), paths.records_folder()]
    assert len(set(places)) == 3
    for place in places:
        assert place.is_relative_to(tmp_path)
        assert not {"Documents", "Desktop", "Roaming"} & set(place.parts)
    assert not any(tmp_path.iterdir())  # asking makes nothing
