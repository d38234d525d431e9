"""What the packages say of the program: its name, version and summary, from pyproject.toml, and where they are made."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
BUNDLE = BUILD / "bundle" / "nhsdesk"
PACKAGES = BUILD / "packages"
OURS = (ROOT / "nhsdesk", ROOT / ".venv", BUILD)
"""Places that no package may name: they are this computer's."""

RECORDS = ROOT / "tests" / "records"

IDENTIFIER = "uk.nhsdesk.nhsdesk"
"""How macOS and Linux desktops know the program."""

MIME_TYPE = "application/vnd.nhsdesk.pcn-file"
SUFFIX = ".nhsdesk"


@dataclass(frozen=True, slots=True)
class Product:
    """What is said of the program in every package."""

    name: str
    version: str
    summary: str
    author: str
    requires_python: str


class Refused(Exception):
    """A package could not be made or does not work; the text says what is wrong and what to do."""


def product() -> Product:
    """The program, as pyproject.toml tells of it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return Product(
        name=project["name"],
        version=project["version"],
        summary=project["description"],
        author=project["authors"][0]["name"],
        requires_python=project["requires-python"],
    )
