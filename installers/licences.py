"""Gathers the licence of everything in a bundle into one folder, and refuses to leave one out."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
from importlib import metadata
from pathlib import Path

from installers.product import BUILD, ROOT, Refused

OWN = ROOT / "installers" / "licences"
FOLDER = BUILD / "licences"
TOLD_BY_US = {"pyside6-essentials": "LGPL-3.txt", "pyside6-pdf": "LGPL-3.txt", "shiboken6": "LGPL-3.txt"}
"""Libraries whose packages carry no licence text, and the one of ours that is theirs."""

_A_LICENCE = re.compile(
    r"\.dist-info/licenses/|(^|/)(licen[cs]es?|copying|copyright|notice|authors)\b[^/]*$", re.IGNORECASE
)
"""What lies in a package's own folder for licences is one, whatever it is called."""
_A_PIN = re.compile(r"^(?P<name>[a-z0-9-]+)==", re.MULTILINE)


def needed() -> list[metadata.Distribution]:
    """The libraries that the program runs on, of those locked, as they are on this computer."""
    locked = _A_PIN.findall((ROOT / "requirements" / "run.txt").read_text(encoding="utf-8"))
    found = []
    for name in locked:
        try:
            found.append(metadata.distribution(name))
        except metadata.PackageNotFoundError:
            continue  # locked for another system
    return found


def gather(folder: Path = FOLDER) -> None:
    """Writes the licences of the program, of its libraries and of Python into a folder, made anew."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(OWN, folder)
    shutil.copyfile(ROOT / "LICENSE", folder / "nhsdesk.txt")
    shutil.copyfile(_of_python(), folder / "Python.txt")
    shutil.copyfile(ROOT / "resources" / "fonts" / "LICENSE.txt", folder / "Open Sans.txt")
    without = [library.name for library in (*needed(), _bootloader()) if not _copied(library, folder)]
    missing = sorted(set(without) - {name for name in without if _canonical(name) in TOLD_BY_US})
    if missing:
        raise Refused(f"No licence text was found for {', '.join(missing)}: add it to installers/licences.")


def _bootloader() -> metadata.Distribution:
    """What starts a bundle is PyInstaller's, under its licence's exception for bundled programs."""
    return metadata.distribution("pyinstaller")


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _copied(library: metadata.Distribution, folder: Path) -> bool:
    """Copies what a library carries of licences; whether there was any."""
    told = [
        path
        for path in library.files or ()
        if ".dist-info" in str(path) and _A_LICENCE.search(path.as_posix())
    ]
    for path in told:
        below = path.as_posix().partition(".dist-info/")[2].removeprefix("licenses/")
        target = folder / _canonical(library.name) / below
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(str(path.locate()), target)
    return bool(told)


def _of_python() -> Path:
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    for place in (
        Path(sysconfig.get_path("stdlib")) / "LICENSE.txt",
        Path(sys.base_prefix) / "LICENSE.txt",
        Path("/usr/share/doc") / version / "copyright",
        Path("/usr/share/doc") / f"{version}-minimal" / "copyright",
    ):
        if place.is_file():
            return place
    raise Refused(
        "Python's own licence text was not found beside it: use a Python from python.org or the system's."
    )


def of_the_system(internal: Path, folder: Path) -> list[str]:
    """Copies the licences of the system's libraries in a bundle; gives those of which the system tells nothing."""
    untold = []
    for library in sorted(path for path in internal.glob("lib*.so*") if not path.is_symlink()):
        package = _package_of(library.name)
        told = Path("/usr/share/doc") / package / "copyright"
        if package and told.is_file():
            (folder / "system").mkdir(exist_ok=True)
            shutil.copyfile(told, folder / "system" / f"{package}.txt")
        elif not library.name.startswith("libpython"):
            untold.append(library.name)
    return untold


def _package_of(name: str) -> str:
    """The package of the system that a library came with; nothing where the system cannot tell."""
    if shutil.which("dpkg-query") is None:
        return ""
    asked = ["dpkg-query", "--search", f"*/{name}"]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
    return answer.partition(":")[0].strip()
