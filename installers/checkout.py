"""Makes a checkout ready: a .venv with exactly the locked requirements, and the program itself.

`make setup` runs it with whatever Python it finds, so it needs nothing but Python and is readable to an older one,
which it refuses in a sentence. It does nothing when nothing has changed since it last ran.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST, NEWEST = (3, 11), (3, 13)

DEBIAN = (
    "libegl1 libgl1 libopengl0 libxkbcommon0 libxkbcommon-x11-0 libfontconfig1 libdbus-1-3 libglib2.0-0 "
    "libgssapi-krb5-2 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 binutils"
)
DEBIAN_FOR_TESTS = "libreoffice-calc-nogui"
"""Opens what was filled in, to see that another program finds the values where they belong."""
FEDORA = (
    "libglvnd-egl libglvnd-glx libglvnd-opengl libxkbcommon libxkbcommon-x11 fontconfig dbus-libs glib2 "
    "krb5-libs xcb-util-cursor xcb-util-image xcb-util-keysyms xcb-util-renderutil xcb-util-wm"
)


class Refused(Exception):
    """This computer lacks something; the text says what, and what to install."""


def refuse_python(version: tuple[int, ...]) -> None:
    """Refuse a Python that the program is not made for."""
    if not OLDEST <= version[:2] <= NEWEST:
        raise Refused(
            f"nhsdesk needs Python 3.11, 3.12 or 3.13 and this is Python {version[0]}.{version[1]}: install Python "
            "3.13 from python.org or your system's packages, then run the same command again, with "
            "PYTHON=/path/to/python3.13 if it is not found by itself."
        )


def refuse_without_venv(pip_for_venvs: bool) -> None:
    """Refuse a Python whose makers left out the part that makes virtual environments."""
    if not pip_for_venvs:
        name = f"python{sys.version_info[0]}.{sys.version_info[1]}"
        raise Refused(
            f"This Python cannot make a virtual environment: install its missing part (on Debian or Ubuntu "
            f"“sudo apt-get install {name}-venv”), then run the same command again."
        )


def refuse_missing_library(words: str) -> None:
    """Refuse a computer without a library that Qt's windows need, told by the words Python printed on importing it."""
    missing = re.search(r"(lib[\w.+-]*\.so[\w.]*): cannot open shared object file", words)
    if missing:
        raise Refused(
            f"This computer has no {missing[1]}, which the program's window needs: on Debian or Ubuntu run "
            f"“sudo apt-get install {DEBIAN}”, on Fedora “sudo dnf install {FEDORA}”, then the same command again."
        )
    last = words.strip().splitlines()[-1:] or ["it stopped without a word"]
    raise Refused(f"Qt, which draws the program's window, does not start on this computer: {last[0]}.")


def venv_python(venv: Path) -> Path:
    """The Python inside a virtual environment."""
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


def digest(lock: Path, project: Path, where: Path, version: tuple[int, ...]) -> str:
    """What a ready .venv depends on; while this stays the same there is nothing to do."""
    parts = [lock.read_bytes(), project.read_bytes(), str(where).encode(), repr(version[:2]).encode()]
    return hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def usable(venv: Path, version: tuple[int, ...]) -> bool:
    """Whether there is a virtual environment of this Python, in this place, that can still install."""
    asked = [
        str(venv_python(venv)),
        "-c",
        "import pip, sys; print(sys.prefix, *sys.version_info[:2], sep='\\n')",
    ]
    try:
        answer = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):
        return False
    return answer[1:] == [str(part) for part in version[:2]] and Path(answer[0]).resolve() == venv.resolve()


def run(what: str, *command: object) -> None:
    """Run one step and show what it prints; a failure says which step it was."""
    try:
        subprocess.run([str(part) for part in command], cwd=ROOT, check=True)
    except (OSError, subprocess.CalledProcessError) as failure:
        raise Refused(
            f"{what} did not work (what it printed is above): check the connection and the space on the disk, "
            "then run the same command again."
        ) from failure


def install(venv: Path, version: tuple[int, ...]) -> None:
    """Put the locked requirements and the program into the virtual environment, making it first if need be."""
    python = venv_python(venv)
    if not usable(venv, version):
        refuse_without_venv(importlib.util.find_spec("ensurepip") is not None)
        print(f"Making .venv with Python {version[0]}.{version[1]}.", flush=True)
        run("Making the virtual environment", sys.executable, "-m", "venv", "--clear", venv)
    print("Installing the locked requirements; the first time takes a minute or two.", flush=True)
    pip = (python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input", "--no-deps")
    lock = ROOT / "requirements" / "dev.txt"
    run("Installing the requirements", *pip, "--require-hashes", "--only-binary", ":all:", "-r", lock)
    run("Installing the program", *pip, "--no-build-isolation", "--no-index", "--editable", ROOT)


def check_libraries(venv: Path) -> None:
    """Refuse, in a sentence, a computer that lacks a system library which Qt's windows need."""
    asked = [str(venv_python(venv)), "-c", "import PySide6.QtWidgets"]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False)
    if answer.returncode:
        refuse_missing_library(answer.stderr)


def main(arguments: list[str]) -> int:
    """Make the checkout ready, or say in one sentence what it lacks."""
    if arguments == ["--debian-packages"]:
        print(DEBIAN, DEBIAN_FOR_TESTS)
        return 0
    version = tuple(sys.version_info[:3])
    venv = ROOT / ".venv"
    stamp = venv / "ready"
    try:
        refuse_python(version)
        wanted = digest(ROOT / "requirements" / "dev.txt", ROOT / "pyproject.toml", ROOT, version)
        if not stamp.is_file() or stamp.read_text(encoding="ascii") != wanted or not usable(venv, version):
            install(venv, version)
            stamp.write_text(wanted, encoding="ascii")
        check_libraries(venv)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
