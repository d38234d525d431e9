"""A pack for another PCN as it is written, and read again with every value checked against its field.

to_json(pack) -> bytes          the same pack is the same bytes
from_json(content) -> Pack      NotAPack, with what is wrong as the end of a sentence
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.kinds import KeptFile, OneFile
from nhsdesk.domain.meetings import MeetingSeries, SeriesItem
from nhsdesk.domain.pcn_pack import BY_KIND, Line, Portable, key_of
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.domain.workbook_mappings import MappedCell, MappedColumn, MappedList, WorkbookToFill

FORM = 1
WHAT = "nhsdesk pack for another PCN"
MOST_LINES = 5_000
MOST_LETTERS = 20_000
"""Of a text that a person writes."""
MOST_OF_A_FINGERPRINT = 2_000_000
"""Letters of what a workbook looks like, which the program writes."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack as a whole: its name, the day it was made, and its lines, each after the one it hangs on."""

    name: str
    made_on: date
    lines: tuple[Line, ...] = field(default_factory=tuple)


class NotAPack(ValueError):
    """The text is not a pack; the message says what is wrong, as the end of a sentence."""


def to_json(pack: Pack) -> bytes:
    """The same pack is the same bytes."""
    plain = {
        "what": WHAT,
        "form": FORM,
        "name": pack.name,
        "made_on": pack.made_on.isoformat(),
        "lines": [
            {"kind": one.kind, "key": one.key, "of": one.of, "fields": dict(one.fields)} for one in pack.lines
        ],
    }
    return json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True).encode()


def from_json(content: bytes) -> Pack:
    """A pack from its bytes, each value checked against its field. NotAPack for anything else."""
    try:
        plain = json.loads(content)
    except (ValueError, RecursionError):
        raise NotAPack("what it lists cannot be read") from None
    if not isinstance(plain, dict) or plain.get("what") != WHAT:
        raise NotAPack("it is no pack of this program")
    if plain.get("form") != FORM:
        raise NotAPack("it was made by a later version of the program")
    lines = plain.get("lines")
    if not isinstance(lines, list):
        raise NotAPack("it has no list of lines")
    if len(lines) > MOST_LINES:
        raise NotAPack(f"it has {len(lines):,} lines, and no pack has more than {MOST_LINES:,}")
    name, made_on = plain.get("name"), plain.get("made_on")
    if not isinstance(name, str) or len(name) > 200 or not isinstance(made_on, str):
        raise NotAPack("it does not say its name and day")
    try:
        day = date.fromisoformat(made_on)
    except ValueError:
        raise NotAPack("it does not say on which day it was made") from None
    return Pack(" ".join(name.split()), day, tuple(_lines(lines)))


def _lines(lines: Iterable[object]) -> Iterator[Line]:
    known: dict[str, str] = {}
    for number, plain in enumerate(lines, 1):
        line = _line(plain, number)
        portable = BY_KIND[line.kind]
        parent = _PARENT.get((line.kind, portable.of), "")
        if (known.get(line.of, "") != parent) if portable.of else line.of:
            raise NotAPack(f"line {number:,} hangs on nothing that is in it")
        if line.key in known:
            raise NotAPack(f"line {number:,} stands in it twice")
        known[line.key] = line.kind
        yield line


def _line(plain: object, number: int) -> Line:
    if not isinstance(plain, dict) or set(plain) != {"kind", "key", "of", "fields"}:
        raise NotAPack(f"line {number:,} is not written as a line is")
    kind, of, fields = plain["kind"], plain["of"], plain["fields"]
    portable = BY_KIND.get(kind) if isinstance(kind, str) else None
    if portable is None:
        raise NotAPack(f"line {number:,} is of a kind that no pack holds")
    if not isinstance(of, str) or not isinstance(fields, dict) or not set(fields) <= set(portable.fields):
        raise NotAPack(f"line {number:,} holds what no pack holds")
    for name, stored in fields.items():
        _check(portable, name, stored, number)
    lacking = [one.name for one in portable.cls.KIND.fields if one.given and one.name in portable.fields]
    if not set(lacking) <= set(fields):
        raise NotAPack(f"line {number:,} lacks what it must have")
    line = Line(kind, key_of(kind, fields, of), fields, of)
    if plain["key"] != line.key:
        raise NotAPack(f"line {number:,} was changed after the pack was made")
    return line


def _check(portable: Portable, name: str, stored: object, number: int) -> None:
    """A value that its field can hold, and that is no longer than a person writes."""
    kind = portable.cls.KIND.field(name).kind
    try:
        if isinstance(stored, bool) or not isinstance(stored, int | str):
            raise TypeError
        most = MOST_OF_A_FINGERPRINT if name == "fingerprint" else MOST_LETTERS
        if isinstance(stored, str) and len(stored) > most:
            raise NotAPack(f"line {number:,} is longer than any that a person writes")
        if kind.store(kind.load(stored)) != stored:
            raise ValueError
        if isinstance(kind, OneFile):
            _check_file(kind.load(stored))
    except NotAPack:
        raise
    except Exception:  # whatever a field's own reading makes of nonsense
        label = portable.cls.KIND.field(name).label
        raise NotAPack(f"line {number:,} holds under “{label}” what cannot stand there") from None


def _check_file(kept: KeptFile) -> None:
    """The list came from outside, so that its values may be of any type, whatever they are declared to be."""
    kinds = [type(one) for one in (kept.name, kept.sha256, kept.size, kept.lies_at)]
    if kinds != [str, str, int, str] or kept.lies_at or not re.fullmatch(r"[0-9a-f]{64}", kept.sha256):
        raise ValueError("not a file in a pack")


_PARENT = {
    (MappedCell.KIND.name, "workbook"): WorkbookToFill.KIND.name,
    (MappedList.KIND.name, "workbook"): WorkbookToFill.KIND.name,
    (MappedColumn.KIND.name, "table"): MappedList.KIND.name,
    (Commitment.KIND.name, "document"): SourceDocument.KIND.name,
    (SeriesItem.KIND.name, "series"): MeetingSeries.KIND.name,
}
