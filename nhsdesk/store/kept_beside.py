"""Words being typed, kept on this computer while the PCN file they belong to cannot be written.

One small file for each copy, by its number, so that a file on another disk or under another name finds its own words.
They go into the PCN file as drafts as soon as it can be written, or when it is next opened; then this file is removed.
Words that look like an NHS number are not kept here either.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from nhsdesk import paths
from nhsdesk.domain import patient_data
from nhsdesk.domain.entry import whole_letters

KEPT = (
    "What you typed is kept on this computer meanwhile, and goes into the file as soon as it can be written or is "
    "opened again."
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in a field as typed. `record` is a record's id as text, or a form's own word for a new one."""

    kind: str
    record: str
    field: str
    words: str
    who: str
    moment: str

    @property
    def key(self) -> tuple[str, str, str]:
        """Which field of which entry."""
        return self.kind, self.record, self.field


def keep(copy: int, drafts: Iterable[Draft]) -> bool:
    """Adds words to those of a copy, in place of what was kept of the same fields; whether they are on the disk now."""
    held = {one.key: one for one in kept(copy)}
    for one in drafts:
        held.pop(one.key, None)
        if not patient_data.likely(one.words):
            held[one.key] = one
    return _written(copy, held.values())


def kept(copy: int) -> tuple[Draft, ...]:
    """What is kept of a copy; nothing where nothing is, or where it cannot be read."""
    try:
        told = json.loads(_place(copy).read_text(encoding="utf-8"))
        found = tuple(Draft(**one) for one in told)
    except (OSError, ValueError, TypeError, RecursionError):
        return ()
    return tuple(one for one in found if all(isinstance(words, str) for words in asdict(one).values()))


def forget(copy: int, kind: str, record: str, field: str = "") -> None:
    """Forgets what is kept of one field, or of a whole record: it is in the PCN file, or was given up."""
    held = kept(copy)
    left = [one for one in held if (one.kind, one.record) != (kind, record) or field not in ("", one.field)]
    if len(left) < len(held):
        _written(copy, left)


def clear(copy: int) -> None:
    """Forgets all that is kept of a copy, and what the program was ended in the middle of keeping."""
    for place in (_place(copy), _half_written(copy)):
        with suppress(OSError):
            place.unlink(missing_ok=True)


def move(copy: int, to: int) -> None:
    """Gives the words of one copy to another, which was made of it and is worked in from now on."""
    if held := kept(copy):
        keep(to, held)
        clear(copy)


def _place(copy: int) -> Path:
    return paths.words_folder() / f"{copy:x}.json"


def _half_written(copy: int) -> Path:
    return _place(copy).with_suffix(".part")


def _written(copy: int, drafts: Iterable[Draft]) -> bool:
    told = [asdict(one) for one in drafts]
    if not told:
        clear(copy)
        return True
    place, beside = _place(copy), _half_written(copy)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(whole_letters(json.dumps(told, ensure_ascii=False)).encode())
            out.flush()
            os.fsync(out.fileno())
        beside.replace(place)
    except OSError:
        return False
    return True
