"""Makes the bundle of this system with PyInstaller, looks through it and proves that it works."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from installers import contents, icons, licences, trial
from installers.product import BUILD, BUNDLE, OURS, ROOT, Refused

SPEC = ROOT / "installers" / "nhsdesk.spec"


def make() -> None:
    """Makes the bundle anew in build/bundle/nhsdesk."""
    _refuse_without_tools()
    icons.make()
    licences.gather()
    asked = [
        *(sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "ERROR"),
        *("--distpath", str(BUNDLE.parent), "--workpath", str(BUILD / "pyinstaller"), str(SPEC)),
    ]
    environment = {**os.environ, "PYINSTALLER_CONFIG_DIR": str(BUILD / "pyinstaller-kept")}
    if subprocess.run(asked, cwd=ROOT, env=environment, check=False).returncode:
        raise Refused("PyInstaller did not make the bundle; what it printed is above.")
    untold = licences.of_the_system(BUNDLE / "_internal", BUNDLE / "_internal" / "licences")
    if untold:
        print(
            f"The system does not tell the licence of {', '.join(untold)}: add it before you give the bundle away."
        )


def check() -> None:
    """Refuses a bundle that lacks something, holds what it should not, or fails its self-test."""
    told = contents.faults(BUNDLE, OURS)
    if told:
        raise Refused("\n".join([*told, "The bundle does not hold what it should."]))
    trial.selftest(program(BUNDLE))


def program(tree: Path) -> Path:
    """What starts the program in a bundle."""
    return tree / ("nhsdesk.exe" if sys.platform == "win32" else "nhsdesk")


def _refuse_without_tools() -> None:
    if importlib.util.find_spec("PyInstaller") is None:
        raise Refused(
            "PyInstaller is not there: run “make setup”, then “.venv/bin/python installers/build.py”."
        )
    if sys.platform == "linux" and shutil.which("objdump") is None:
        raise Refused("objdump is not there: on Debian or Ubuntu run “sudo apt-get install binutils”.")
