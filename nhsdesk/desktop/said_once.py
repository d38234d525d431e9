"""What is said once for each PCN file on this computer, and never again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from nhsdesk.settings import Settings

ENCRYPTION = (
    "{name} is not locked with a key: whoever can open this computer's disk can read it. Keep it, its backups and its "
    "copies on an encrypted drive (BitLocker on Windows, FileVault on a Mac); your IT support can tell you whether "
    "yours is."
)


def encryption_note(settings: Settings, path: Path) -> str | None:
    """Where a file without a key belongs, in a sentence; None where it was said of this file before."""
    return None if _mark(path) in settings.told else ENCRYPTION.format(name=path.name)


def with_encryption_told(settings: Settings, path: Path) -> Settings:
    """The preferences once that was said of a file."""
    mark = _mark(path)
    return settings if mark in settings.told else replace(settings, told=(*settings.told, mark))


def _mark(path: Path) -> str:
    return f"encryption: {path.absolute()}"
