"""Runs the program's self-test as a stranger would: from another folder, with nothing of this computer's in reach."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from installers.product import RECORDS, Refused

WORKS = "The program works."
_OF_WINDOWS = ("SYSTEMROOT", "SYSTEMDRIVE", "TEMP", "TMP", "WINDIR")
_SECONDS = 300


def clean_environment(home: Path, from_: Mapping[str, str]) -> dict[str, str]:
    """An environment without Python's variables, zones, settings or screen of this computer."""
    path = from_.get("PATH", "") if sys.platform == "win32" else "/usr/bin:/bin"
    told = {name: from_[name] for name in _OF_WINDOWS if name in from_}
    homes = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_RUNTIME_DIR")
    return {
        **told,
        **dict.fromkeys(homes, str(home)),
        "PATH": path,
        "LC_ALL": "C.UTF-8",
        "PYTHONTZPATH": "",
        "QT_QPA_PLATFORM": "offscreen",
    }


def selftest(program: Path, records: Path = RECORDS) -> list[str]:
    """Gives what the self-test told; refuses with all it said when something is not as it should be."""
    with tempfile.TemporaryDirectory(prefix="nhsdesk-trial-") as passing:
        home, elsewhere = Path(passing) / "home", Path(passing) / "elsewhere"
        home.mkdir(mode=0o700)
        elsewhere.mkdir()
        answer = _answer([str(program), "selftest", "--records", str(records)], home, elsewhere)
        left = [path.name for path in elsewhere.iterdir()]
    lines = answer.stdout.splitlines()
    if answer.returncode or lines[-1:] != [WORKS]:
        raise Refused(
            f"{answer.stdout}{answer.stderr}The self-test of {program} ended with {answer.returncode}."
        )
    if left:
        raise Refused(f"The self-test of {program} left {', '.join(left)} where it was started.")
    if answer.stderr:
        print(answer.stderr, file=sys.stderr, end="")
    return lines


def _answer(asked: list[str], home: Path, elsewhere: Path) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            asked,
            cwd=elsewhere,
            env=clean_environment(home, os.environ),
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            timeout=_SECONDS,
        )
    except subprocess.TimeoutExpired as late:
        raise Refused(f"The self-test of {asked[0]} did not end within {_SECONDS} seconds.") from late
    except OSError as error:
        raise Refused(f"{asked[0]} does not start ({error.strerror}).") from error
