"""Writes a zip whose bytes follow from what is in it and nothing else: no clock, no user, no system."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from typing import BinaryIO

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The moment every file in it bears."""
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3


def write(out: BinaryIO, parts: Iterable[tuple[str, bytes]]) -> None:
    """One file after the other under its name, so that never more than one is in memory."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.create_system, entry.external_attr = _UNIX, _PLAIN_FILE
            package.writestr(entry, content)
