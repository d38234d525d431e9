"""What to send when something does not work: the program, the computer and the file in numbers, and nothing written.

No name, path, reference, label or word of a PCN file stands in it: kinds of entry are counted, and the log, which holds
no words by its making, is added at the end.
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from importlib import metadata
from pathlib import Path

import nhsdesk
from nhsdesk import errors, paths
from nhsdesk.domain.records import RECORDS
from nhsdesk.settings import Settings
from nhsdesk.store import queries, record_file, schema
from nhsdesk.store.database import Database

LIBRARIES = (
    "PySide6-Essentials", "PySide6-Pdf", "SQLAlchemy", "alembic", "sqlcipher3", "openpyxl", "lxml", "defusedxml",
    "python-calamine", "reportlab", "pypdf", "pypdfium2", "python-docx", "click", "platformdirs", "tomli-w", "tzdata",
    "psutil", "cattrs", "icalendar", "cryptography",
)  # fmt: skip
"""What the program stands on."""
_MOST_LOG = 400
_LONGEST_LICENCE = 60


def libraries() -> tuple[tuple[str, str, str], ...]:
    """Each library with its version and the licence it names; "not known" where a packed copy does not say."""
    return tuple((name, *_told_of(name)) for name in LIBRARIES)


def _told_of(name: str) -> tuple[str, str]:
    try:
        told = metadata.metadata(name).json
    except metadata.PackageNotFoundError:
        return "not known", "in the folder “licences”"
    licence = str(told.get("license_expression") or told.get("license") or "")
    if not licence or "\n" in licence or len(licence) > _LONGEST_LICENCE:
        named = [one for one in told.get("classifier", ()) if one.startswith("License ::")]
        licence = named[0].rpartition(":: ")[2] if named else "in its own files"
    return str(told.get("version") or "not known"), licence


def lines(
    now: datetime, settings: Settings, database: Database | None, window: Sequence[str], log: Iterable[str]
) -> tuple[str, ...]:
    """The whole of it, line by line."""
    told = [
        "nhsdesk diagnostics. No word of any PCN file stands in it.",
        f"Made: {now:%Y-%m-%d %H:%M} UTC",
        f"Program: {nhsdesk.__version__}, form of files {schema.SCHEMA_NUMBER}",
        f"Packed: {'yes' if hasattr(sys, '_MEIPASS') else 'no'}",
        f"System: {platform.system()} {platform.release()} {platform.machine()}",
        f"Python: {platform.python_version()}",
        f"Look: {settings.look}; type {settings.zoom} per cent; layouts kept: {len(settings.layout)}",
        *window,
        *(f"Library: {name} {version}" for name, version, _ in libraries()),
        *(_of_file(database) if database is not None else ("No PCN file is open.",)),
        "Log:",
        *log,
    ]
    return tuple(told)


def _of_file(database: Database) -> list[str]:
    with database.read() as reader:
        counts = [(cls.KIND.plural, reader.count(cls)) for cls in RECORDS]
        steps, copies = queries.position(reader), len(queries.letters(reader))
        unsettled = len(queries.conflicts(reader))
    return [
        f"File: {database.path.stat().st_size} bytes, {steps} steps, {copies} copies, {unsettled} fields unsettled",
        f"Sample: {'yes' if record_file.is_sample(database) else 'no'}",
        f"Only read: {'yes' if database.read_only_because else 'no'}",
        f"Not closed before: {'yes' if database.not_closed else 'no'}",
        *(f"Entries: {number} {plural}" for plural, number in counts if number),
    ]


def log_lines(folder: Path | None = None) -> tuple[str, ...]:
    """The newest lines of the log; none where there is none."""
    try:
        held = ((folder or paths.log_folder()) / "nhsdesk.log").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ()
    return tuple(held.splitlines()[-_MOST_LOG:])


def save(told: Iterable[str], target: Path) -> None:
    """Writes it as a text file."""
    try:
        target.write_text("\n".join(told) + "\n", encoding="utf-8")
    except OSError as trouble:
        raise errors.Unwritable(
            f"The diagnostics were not saved ({trouble.strerror or 'the file cannot be written'}). Nothing else was "
            "changed. Choose another folder and save again."
        ) from trouble
