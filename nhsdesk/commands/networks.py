"""Choosing the PCN a file is of, from an adopted reference file: its practices and their list sizes come with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from nhsdesk import errors
from nhsdesk.domain.data_sets import DataSet, DataSetKind
from nhsdesk.domain.fields import Record
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import ListBase, ListSize, Organisation, Practice, Sector
from nhsdesk.store import queries
from nhsdesk.store.database import Database
from nhsdesk.store.door import Change
from nhsdesk.store.reading import Reader

Row = Mapping[str, Any]

_SMALL = {"and", "at", "for", "in", "of", "on", "the", "to", "with"}
_KEPT = {"PCN", "NHS", "GP", "HC", "II", "III", "IV"}


def choose(database: Database, code: str) -> Organisation:
    """Makes the PCN of that code ours, with its practices and ICB, and list sizes where adopted."""
    code = code.strip().upper()
    with database.read() as reader:
        rows = _rows(reader, DataSetKind.PRACTICE_MAP, code)
        sizes = {row["practice_code"]: row for row in _rows(reader, DataSetKind.LIST_SIZES, code)}
        counted_on = _as_of(reader, DataSetKind.LIST_SIZES)
        ours = reader.all(Organisation, ours=True)
    if not rows:
        raise errors.FileRefused(
            f"No practice of PCN {code} is in the reference file read in. Nothing was changed. Check the code: it begins "
            "with U and five figures."
        )
    with database.change(f"Choose PCN {code}") as change:
        network = _network(change, ours, rows[0], code)
        for name, icb_code in sorted({(row["icb_name"], row["icb_code"]) for row in rows}):
            _once(
                change, Organisation, icb_code, Organisation(name=name, ods_code=icb_code, sector=Sector.ICB)
            )
        for row in rows:
            practice = _practice(change, row, network.id)
            _list_sizes(change, practice, sizes.get(row["practice_code"]), counted_on)
    return network


def _rows(reader: Reader, kind: DataSetKind, code: str) -> tuple[Row, ...]:
    newest = _newest(reader, kind)
    return queries.rows_of_data_set(reader, newest.sha256, code) if newest is not None else ()


def _newest(reader: Reader, kind: DataSetKind) -> DataSet | None:
    found = reader.all(DataSet, kind=kind)
    return max(found, key=lambda one: (one.as_of or date.min, one.read_at), default=None)


def _as_of(reader: Reader, kind: DataSetKind) -> date | None:
    newest = _newest(reader, kind)
    return newest.as_of if newest is not None else None


def _network(change: Change, ours: Iterable[Organisation], row: Row, code: str) -> Organisation:
    chosen = Organisation(name=spoken(row["pcn_name"]), ods_code=code, sector=Sector.PCN, ours=True)
    for one in ours:
        if one.ods_code in (None, code):
            kept = replace(one, name=one.name if one.ods_code == code else chosen.name, ods_code=code)
            return change.put(kept)
        change.put(replace(one, ours=False))
    return change.add(chosen)


def _practice(change: Change, row: Row, network: Id) -> Practice:
    code = row["practice_code"]
    known = change.reader.all(Practice, ods_code=code)
    if known:
        return change.put(replace(known[0], network=network))
    name, postcode = spoken(row["practice_name"]), row["postcode"] or None
    return change.add(Practice(name=name, ods_code=code, network=network, postcode=postcode))


def _once(change: Change, cls: type[Organisation], code: str, record: Organisation) -> Record:
    known = change.reader.all(cls, ods_code=code)
    return known[0] if known else change.add(record)


def _list_sizes(change: Change, practice: Practice, row: Row | None, counted_on: date | None) -> None:
    if row is None or counted_on is None:
        return
    known = {(one.base, one.counted_on) for one in change.reader.all(ListSize, practice=practice.id)}
    for base, name in ((ListBase.REGISTERED, "registered"), (ListBase.ADJUSTED, "adjusted")):
        if row[name] is not None and (base, counted_on) not in known:
            patients = Decimal(row[name]).quantize(Decimal("0.01"))
            change.add(ListSize(practice=practice.id, base=base, counted_on=counted_on, patients=patients))


def spoken(name: str) -> str:
    """A name the file shouts in capitals, as it is written: "Queens Park Medical Centre"."""
    if name != name.upper():
        return name
    words = [_spoken_word(word, first=n == 0) for n, word in enumerate(name.split(" "))]
    return " ".join(words)


def _spoken_word(word: str, *, first: bool) -> str:
    bare = word.strip("()&,.-'")
    if bare in _KEPT or any(letter.isdigit() for letter in bare):
        return word
    if bare.lower() in _SMALL and not first:
        return word.lower()
    lowered = word.lower()
    at = next((n for n, letter in enumerate(lowered) if letter.isalpha()), 0)
    return lowered[:at] + lowered[at : at + 1].upper() + lowered[at + 1 :]
