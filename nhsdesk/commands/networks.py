"""Choosing the PCN a file is of, from an adopted reference file: its practices and their list sizes come with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from nhsdesk import errors
from nhsdesk.commands import data_sets, files
from nhsdesk.commands.data_sets import Preview, Tell
from nhsdesk.domain.data_sets import DataSet, DataSetKind
from nhsdesk.domain.entry import quoted
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import ListBase, ListSize, Organisation, Practice, Sector
from nhsdesk.imports.practice_map import UNALLOCATED
from nhsdesk.store import queries
from nhsdesk.store.database import Clock, Database
from nhsdesk.store.door import Change
from nhsdesk.store.reading import Reader

Row = Mapping[str, Any]

_SMALL = {"and", "at", "for", "in", "of", "on", "the", "to", "with"}
_KEPT = {"PCN", "NHS", "GP", "HC", "II", "III", "IV"}


def begin(
    path: Path, name: str | None, seen: Preview, code: str, who: str, clock: Clock, tell: Tell | None = None
) -> Database:
    """A new PCN file of the PCN of that code in a reference file; no file at all where there is none such.

    Without a name it takes the file's own.
    """
    database = files.create(path, name or name_in(seen, code) or code, who, clock)
    try:
        data_sets.adopt(database, seen, tell)
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


@dataclass(frozen=True, slots=True)
class Offered:
    """A PCN of a reference file, to be chosen from."""

    code: str
    name: str
    icb: str
    practices: tuple[str, ...]


def offered(seen: Preview) -> tuple[Offered, ...]:
    """The PCNs of a file as read, by name; none where it is a file of another kind."""
    if seen.reading.kind is not DataSetKind.PRACTICE_MAP:
        return ()
    names = seen.reading.names
    return _offered(dict(zip(names, values, strict=True)) for _, _, values in seen.reading.rows)


def offered_here(database: Database) -> tuple[Offered, ...]:
    """The PCNs of the newest reference file taken in, by name."""
    with database.read() as reader:
        newest = _newest(reader, DataSetKind.PRACTICE_MAP)
        return () if newest is None else _offered(queries.rows_of_data_set(reader, newest.sha256))


def _offered(rows: Iterable[Row]) -> tuple[Offered, ...]:
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        if row["pcn_code"] not in ("", UNALLOCATED):
            grouped.setdefault(row["pcn_code"], []).append(row)
    made = (
        Offered(
            code,
            spoken(members[0]["pcn_name"]),
            members[0]["icb_name"].removeprefix("NHS ").removesuffix(" Integrated Care Board"),
            tuple(spoken(row["practice_name"]) for row in members),
        )
        for code, members in grouped.items()
    )
    return tuple(sorted(made, key=lambda one: (one.name.casefold(), one.code)))


class Lookup:
    """Finds a PCN by what a person types of its code, its name, its ICB or one of its practices."""

    def __init__(self, offered: tuple[Offered, ...]) -> None:
        self._all = offered
        self._folded = [_Folded.of(one) for one in offered]

    def find(self, typed: str) -> tuple[Offered, ...]:
        """Those whose own words and one practice hold every word typed, the nearest first; all for nothing typed."""
        words = folded(typed).split()
        if not words:
            return self._all
        near = ((one.nearness(words), n) for n, one in enumerate(self._folded))
        return tuple(self._all[n] for nearness, n in sorted(one for one in near if one[0] is not None))


@dataclass(frozen=True, slots=True)
class _Folded:
    """A PCN's words as they are compared."""

    code: str
    name: str
    own: str
    practices: tuple[str, ...]

    @classmethod
    def of(cls, one: Offered) -> _Folded:
        code, name, icb = folded(one.code), folded(one.name), folded(one.icb)
        return cls(code, name, f"{code} {name} {icb}", tuple(map(folded, one.practices)))

    def nearness(self, words: list[str]) -> int | None:
        """0 for the code itself, then the name's beginning, words, any part, the ICB, one practice, and the rest."""
        if words == [self.code]:
            return 0
        if self.name.startswith(" ".join(words)):
            return 1
        if all(any(part.startswith(word) for part in self.name.split()) for word in words):
            return 2
        if all(word in self.name for word in words):
            return 3
        if not self.beyond(words):
            return 4
        if any(all(word in name for word in words) for name in self.practices):
            return 5
        return None if self.practice(words) is None else 6

    def beyond(self, words: list[str]) -> list[str]:
        """The words that neither code nor name nor ICB hold."""
        return [word for word in words if word not in self.own]

    def practice(self, words: list[str]) -> int | None:
        """Which practice holds all words that the PCN's own do not."""
        rest = self.beyond(words)
        holding = (n for n, name in enumerate(self.practices) if all(word in name for word in rest))
        return next(holding, None)


def practice_found(one: Offered, typed: str) -> str | None:
    """The practice by which a PCN was found, where its own words do not hold all that was typed."""
    words, compared = folded(typed).split(), _Folded.of(one)
    found = compared.practice(words) if compared.beyond(words) else None
    return None if found is None else one.practices[found]


def folded(words: str) -> str:
    """Words as they are compared: "St. Mary's & All" is "st marys and all"."""
    plain = unicodedata.normalize("NFKD", words.casefold()).replace("&", " and ")
    kept = (letter for letter in plain if letter not in "'’." and not unicodedata.combining(letter))
    return " ".join("".join(kept).split())


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
