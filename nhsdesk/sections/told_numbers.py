"""Figures of lines that tell a number in words: each traced to the entries that the line rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from nhsdesk.documents.model import Figure

_NUMBER = re.compile(r"\d")
_LONGEST = 80
"""Characters of a line that are repeated where it is told of."""


def of_lines(
    lines: Iterable[str], what: str, by: str, refs: tuple[str, ...], table: str = ""
) -> Iterator[Figure]:
    """A figure for each line with a number in it; nothing is traced where nothing is known to rest on."""
    for line in lines if refs else ():
        if _NUMBER.search(line):
            yield Figure(line, _short(line), what, by, refs, table)


def _short(line: str) -> str:
    """What a line comes to: what stands behind its last sign of equality or colon, if that tells a number."""
    plain = line.rstrip(".").rpartition(" = ")[2]
    last = plain.rpartition(": ")[2]
    plain = last if _NUMBER.search(last) else plain
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 2]} …"
