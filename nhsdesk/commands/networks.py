"""Choosing the PCN a file is of, from an adopted reference file: its practices and their list sizes come with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from nhsdesk import errors
from nhsdesk.commands import data_sets, files
from nhsdesk.commands.data_sets import Preview
from nhsdesk.domain.data_sets import DataSet, DataSetKind
from nhsdesk.domain.entry import quoted
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import ListBase, ListSize, Organisation, Practice, Sector
from nhsdesk.store import queries
from nhsdesk.store.database import Clock, Database
from nhsdesk.store.door import Change
from nhsdesk.store.reading import Reader

Row = Mapping[str, Any]

_SMALL = {"and", "at", "for", "in", "of", "on", "the", "to", "with"}
_KEPT = {"PCN", "NHS", "GP", "HC", "II", "III", "IV"}


def begin(path: Path, name: str | None, seen: Preview, code: str, who: str, clock: Clock) -> Database:
    """A new PCN file of the PCN of that code in a reference file; no file at all where there is none such.

    Without a name it takes the file's own.
    """
    database = files.create(path, name or name_in(seen, code) or code, who, clock)
    try:
        data_sets.adopt(database, seen)
        choose(database, code)
    except BaseException:
        database.close()
        path.unlink(missing_ok=True)
        raise
    return database


def name_in(seen: Preview, code: str) -> str | None:
    """What a reference file calls the PCN of a code, as it is written."""
    at = seen.reading.names.index("pcn_name") if "pcn_name" in seen.reading.names else None
    wanted = code.strip().upper()
    row = next((values for _, group, values in seen.reading.rows if group == wanted), None)
    return None if at is None or row is None else spoken(row[at])


def choose(database: Database, code: str) -> Organisation:
    """Makes the PCN of that code ours, with its practices and ICB, and list sizes where adopted.

    Done again, it brings what was adopted since: practices that joined, and list sizes. Practices that left are no
    longer of the PCN. Names stay as they are written here.
    """
    code = code.strip().upper()
    with database.read() as reader:
        newest = _newest(reader, DataSetKind.PRACTICE_MAP)
        rows = queries.rows_of_data_set(reader, newest.sha256, code) if newest is not None and code else ()
        sizes, counted_on = _sizes(reader, {row["practice_code"] for row in rows})
    if newest is None:
        raise errors.FileRefused(
            f"No reference file of practices and PCNs has been read in, so {quoted(code)} cannot be looked up. "
            "Nothing was changed. Read in the file first."
        )
    if not rows:
        raise errors.FileRefused(
            f"No practice of PCN {quoted(code)} is in the reference file read in. Nothing was changed. Check the code: "
            "it is U and five figures."
        )
    with database.change(f"Choose PCN {code}") as change:
        network = _network(change, rows[0], code)
        for name, icb_code in sorted({(row["icb_name"], row["icb_code"]) for row in rows}):
            if not change.reader.all(Organisation, ods_code=icb_code):
                change.add(Organisation(name=name, ods_code=icb_code, sector=Sector.ICB))
        _let_leavers_go(change, network.id, {row["practice_code"] for row in rows})
        for row in rows:
            practice = _practice(change, row, network.id)
            _list_sizes(change, practice, sizes.get(row["practice_code"]), counted_on)
    return network


def chosen_words(database: Database) -> str:
    """What the file is of: "of North Stockton PCN (U07032), with 3 practices and their list sizes."."""
    with database.read() as reader:
        (ours,) = reader.all(Organisation, ours=True)
        practices = reader.all(Practice, network=ours.id)
        counted = {size.practice for size in reader.all(ListSize)}
    what = "1 practice" if len(practices) == 1 else f"{len(practices)} practices"
    sizes = sum(practice.id in counted for practice in practices)
    none = ". It has no list sizes yet: take in the yearly file of them, then choose again"
    listed = (
        none
        if not sizes
        else " and their list sizes"
        if sizes == len(practices)
        else f"; list sizes of {sizes} of them are known"
    )
    return f"of {ours.name} ({ours.ods_code}), with {what}{listed}."


def _newest(reader: Reader, kind: DataSetKind) -> DataSet | None:
    found = reader.all(DataSet, kind=kind)
    return max(found, key=lambda one: (one.as_of or date.min, one.read_at), default=None)


def _sizes(reader: Reader, codes: set[str]) -> tuple[dict[str, Row], date | None]:
    """The list sizes of these practices, whichever PCN they were in when they were counted."""
    newest = _newest(reader, DataSetKind.LIST_SIZES)
    if newest is None or not codes:
        return {}, None
    rows = queries.rows_of_data_set(reader, newest.sha256)
    return {row["practice_code"]: row for row in rows if row["practice_code"] in codes}, newest.as_of


def _network(change: Change, row: Row, code: str) -> Organisation:
    """The PCN of that code as ours and no other; a file that knows only its PCN's name learns the code."""
    ours, known = change.reader.all(Organisation, ours=True), change.reader.all(Organisation, ods_code=code)
    unnamed = [one for one in ours if one.ods_code is None]
    chosen = known[0] if known else unnamed[0] if unnamed else None
    for one in ours:
        if chosen is None or one.id != chosen.id:
            change.put(replace(one, ours=False))
    if chosen is None:
        name = spoken(row["pcn_name"])
        return change.add(Organisation(name=name, ods_code=code, sector=Sector.PCN, ours=True))
    return change.put(replace(chosen, ods_code=code, ours=True))


def _let_leavers_go(change: Change, network: Id, codes: set[str]) -> None:
    for practice in change.reader.all(Practice, network=network):
        if practice.ods_code is not None and practice.ods_code not in codes:
            change.put(replace(practice, network=None))


def _practice(change: Change, row: Row, network: Id) -> Practice:
    code = row["practice_code"]
    known = change.reader.all(Practice, ods_code=code)
    if known:
        return change.put(replace(known[0], network=network))
    name, postcode = spoken(row["practice_name"]), row["postcode"] or None
    return change.add(Practice(name=name, ods_code=code, network=network, postcode=postcode))


def _list_sizes(change: Change, practice: Practice, row: Row | None, counted_on: date | None) -> None:
    if row is None or counted_on is None:
        return
    known = {(one.base, one.counted_on) for one in change.reader.all(ListSize, practice=practice.id)}
    for base, name in ((ListBase.REGISTERED, "registered"), (ListBase.ADJUSTED, "adjusted")):
        if row[name] is not None and (base, counted_on) not in known:
            patients = Decimal(row[name]).quantize(Decimal("0.01"))
            change.add(ListSize(practice=practice.id, base=base, counted_on=counted_on, patients=patients))


def spoken(name: str) -> str:
    """A name the file shouts in capitals, as it is written: "Queens Park Medical Centre", "St. Mary's Surgery"."""
    if name != name.upper():
        return name
    parts = re.split(r"([^\w'’]+)", name)
    return "".join(_spoken_word(part, first=n == 0) for n, part in enumerate(parts))


def _spoken_word(word: str, *, first: bool) -> str:
    if word in _KEPT or any(letter.isdigit() for letter in word):
        return word
    if word.lower() in _SMALL and not first:
        return word.lower()
    if re.match(r"[OD]['’]\w{3}", word):
        return word[:2] + word[2:].capitalize()
    return word.capitalize()
