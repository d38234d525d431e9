"""Makes the wheel and proves that it works where nothing else is: in a new virtual environment, away from here."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

from installers import trial
from installers.checkout import venv_python
from installers.product import PACKAGES, ROOT, Refused, product

LOCK = ROOT / "requirements" / "run.txt"
CARRIED = ("resources", "migrations", "docs/guide")
"""Folders of the checkout that lie inside the package of a wheel."""


def make() -> Path:
    """Makes the wheel anew in build/packages."""
    told = product()
    PACKAGES.mkdir(parents=True, exist_ok=True)
    wheel = PACKAGES / f"{told.name}-{told.version}-py3-none-any.whl"
    wheel.unlink(missing_ok=True)
    _run("The wheel was not made", sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", PACKAGES)
    with zipfile.ZipFile(wheel) as packed:
        entries = packed.read(f"{told.name}-{told.version}.dist-info/entry_points.txt").decode()
        missing = faults(packed.namelist(), entries, wanted())
    if missing:
        raise Refused("\n".join([*missing, "The wheel does not hold what it should."]))
    return wheel


def wanted() -> list[str]:
    """What the wheel must hold: every file of the program and what it reads when it runs."""
    told = [path for path in (ROOT / "nhsdesk").rglob("*") if path.is_file()]
    names = [path.relative_to(ROOT) for path in told]
    for folder in CARRIED:
        names += [
            Path("nhsdesk") / path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file()
        ]
    return sorted(name.as_posix() for name in names if "__pycache__" not in name.parts)


def faults(names: Iterable[str], entry_points: str, must_hold: Iterable[str]) -> list[str]:
    """What a wheel lacks, and what it carries that belongs to the checkout alone."""
    held = set(names)
    told = [f"{name} is missing." for name in must_hold if name not in held]
    told += [f"{name} should not be in it." for name in sorted(held) if not name.startswith("nhsdesk")]
    starts = ("nhsdesk = nhsdesk.app:main", "nhsdesk-window = nhsdesk.app:main")
    return told + [f"“{start}” is missing." for start in starts if start not in entry_points.splitlines()]


def check(wheel: Path) -> None:
    """Installs the wheel with the locked requirements into a new virtual environment and runs its self-test there."""
    with tempfile.TemporaryDirectory(prefix="nhsdesk-wheel-") as passing:
        venv = Path(passing) / "venv"
        _run("No virtual environment was made", sys.executable, "-m", "venv", "--without-pip", venv)
        pip = (sys.executable, "-m", "pip", "--python", venv_python(venv), "install", "-qq", "--no-deps")
        quiet = ("--disable-pip-version-check", "--no-input")
        locked = ("--require-hashes", "--only-binary", ":all:", "-r", LOCK)
        _run("The locked requirements were not installed", *pip, *quiet, *locked)
        _run("The wheel was not installed", *pip, *quiet, "--no-index", wheel)
        programs = venv_python(venv).parent
        ending = ".exe" if sys.platform == "win32" else ""
        if not (programs / f"nhsdesk-window{ending}").is_file():
            raise Refused("The wheel installs no nhsdesk-window.")
        trial.selftest(programs / f"nhsdesk{ending}")


def _run(otherwise: str, *asked: object) -> None:
    environment = {
        name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")
    }
    done = subprocess.run([str(part) for part in asked], cwd=ROOT, env=environment, check=False)
    if done.returncode:
        raise Refused(f"{otherwise}; what was printed is above.")
