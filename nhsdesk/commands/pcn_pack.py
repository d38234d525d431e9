"""A pack for another PCN: what would leave, line by line; written; and on the other side looked at and adopted.

offered = pcn_pack.offered(database)                      every line that may leave, and why some may not
pcn_pack.write(database, keys, "Rates 2026/27", path)     names and codes are looked for once more
seen = pcn_pack.look(database, path)                      what each line of a pack is to us; nothing is written
pcn_pack.adopt(database, seen, keys, "Eastfield PCN")     one step; nothing of it counts until it is confirmed
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from nhsdesk import errors, resources
from nhsdesk.commands.whole_files import write_whole
from nhsdesk.documents import pack_file
from nhsdesk.documents.inside_zips import BROKEN
from nhsdesk.documents.refusals import refused
from nhsdesk.domain import patient_data, pcn_pack, pcn_pack_form
from nhsdesk.domain.entry import quoted, whole_letters
from nhsdesk.domain.fields import Record
from nhsdesk.domain.kinds import Id, KeptFile, Stored
from nhsdesk.domain.organisations import Organisation, Person, Practice
from nhsdesk.domain.pcn_pack import BY_KIND, ENDING, PORTABLE, WHOLE, Held, Line, Marks, Portable, Verdict
from nhsdesk.domain.pcn_pack_form import Pack
from nhsdesk.domain.taken_over import AdoptedKind, TakenOver
from nhsdesk.domain.workbook_mappings import WorkbookToFill
from nhsdesk.store.database import Database
from nhsdesk.store.door import Change
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class Offer:
    """A line that could leave; `why_not` says what of ours stands in it, and then it stays."""

    line: Line
    ref: str
    why_not: str = ""
    content: bytes = b""
    """The blank workbook that goes with it, without its properties."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A pack that was looked at: its lines with what each is to us, and its blank workbooks by their SHA-256."""

    file_name: str
    pack: Pack
    verdicts: Mapping[str, Verdict]
    why_not: Mapping[str, str]
    blanks: Mapping[str, bytes]

    @property
    def offered(self) -> tuple[str, ...]:
        """The keys of the lines that are ticked to begin with: what is new, or newer than what was taken over."""
        return tuple(
            one.key
            for one in self.pack.lines
            if self.verdicts[one.key] in (Verdict.NEW, Verdict.NEWER) and one.key not in self.why_not
        )

    @property
    def told(self) -> str:
        """What is in it, in a sentence."""
        counts = {verdict: list(self.verdicts.values()).count(verdict) for verdict in Verdict}
        parts = ", ".join(f"{number:,} {verdict.value}" for verdict, number in counts.items() if number)
        lines = "1 line" if len(self.pack.lines) == 1 else f"{len(self.pack.lines):,} lines"
        name = self.pack.name or self.file_name
        return f"{name}: {lines}{f' ({parts})' if parts else ''}."


# ---- what would leave


def offered(database: Database) -> tuple[Offer, ...]:
    """Every line that a pack could hold, each after the one it hangs on."""
    with database.read() as reader:
        marks = marks_of(reader)
        aside = reader.not_confirmed()
        found: dict[Id, Offer] = {}
        for portable in PORTABLE:
            for record in _entries(reader, portable, found):
                if record.id not in aside and (offer := _offer(reader, record, found, marks)) is not None:
                    found[record.id] = offer
    shipped, first = _shipped(), dict[str, Offer]()
    for offer in found.values():
        if offer.line.key not in shipped:
            first.setdefault(offer.line.key, offer)
    return tuple(first.values())


def _entries(reader: Reader, portable: Portable, found: Mapping[Id, Offer]) -> tuple[Record, ...]:
    """The entries of a kind; where each hangs on another, only those that hang on one that is offered."""
    if not portable.of:
        return reader.all(portable.cls)
    return reader.hanging_on(portable.cls, portable.of, found)


@cache
def _shipped() -> frozenset[str]:
    """The keys of the figures that came with the program, which every PCN has."""
    figures: tuple[Record, ...] = (*resources.rates(), *resources.sums())
    lines = (pcn_pack.line_of(one, None) for one in figures)
    return frozenset(one.key for one in lines if one is not None)


def _offer(reader: Reader, record: Record, found: Mapping[Id, Offer], marks: Marks) -> Offer | None:
    above = _above(record)
    of = found.get(above) if above is not None else None
    line = pcn_pack.line_of(record, of.line if of is not None else None)
    if line is None:
        return None
    if isinstance(record, WorkbookToFill):
        return _workbook(reader, record, line, marks)
    why = pcn_pack.why_not(line, marks)
    if not why and of is not None and of.why_not:
        why = f"{of.ref}, on which it hangs, stays here"
    return Offer(line, record.ref, why)


def _above(record: Record) -> Id | None:
    link = BY_KIND[record.KIND.name].of
    above: Id | None = getattr(record, link) if link else None
    return above


def _workbook(reader: Reader, record: WorkbookToFill, line: Line, marks: Marks) -> Offer:
    """A mapping goes with its blank workbook, from which author, company and its own name were taken."""
    held = reader.kept_bytes(record.blank.sha256) if record.blank is not None else None
    if record.blank is None or held is None:
        return Offer(_with_blank(line, None), record.ref, pcn_pack.why_not(line, marks))
    ending = Path(record.blank.name).suffix.lower()
    try:
        content = pack_file.without_properties(held, record.blank.name)
        inside = pack_file.words_in(content)
    except (errors.FileRefused, *BROKEN):
        return Offer(_with_blank(line, None), record.ref, "Its blank workbook cannot be read safely")
    named = KeptFile(f"Blank workbook{ending}", hashlib.sha256(content).hexdigest(), len(content))
    line = _with_blank(line, named)
    why = pcn_pack.why_not(line, marks)
    if not why and (named_inside := marks.found(inside)):
        why = f"Its blank workbook names {' and '.join(named_inside)}"
    return Offer(line, record.ref, why, content)


def _with_blank(line: Line, blank: KeptFile | None) -> Line:
    fields: dict[str, Stored] = {name: stored for name, stored in line.fields.items() if name != "blank"}
    if blank is not None:
        fields["blank"] = WorkbookToFill.KIND.field("blank").kind.store(blank)
    return replace(line, fields=fields)


def marks_of(reader: Reader) -> Marks:
    """Our PCN, its practices and everybody entered, by name and by code."""
    found: list[tuple[str, str]] = []
    ours = reader.all(Organisation, ours=True)
    for one in ours:
        found += [(one.name, "our PCN"), (one.ods_code or "", "our PCN’s ODS code")]
    for practice in reader.all(Practice):
        found += [(practice.name, "a practice"), (practice.ods_code or "", "a practice’s ODS code")]
    found += [(person.name or "", "a person") for person in reader.all(Person)]
    return Marks(tuple(dict.fromkeys((words, what) for words, what in found if words.strip())))


def write(database: Database, keys: Collection[str], name: str, target: Path) -> Pack:
    """Writes the chosen lines. Refused where something of ours stands in one of them, or in the pack's name."""
    chosen = [one for one in offered(database) if one.line.key in keys]
    if not chosen:
        raise errors.PaperRefused("No line is chosen, so no pack was written. Tick what is to go.")
    if target.suffix.lower() != ENDING:
        raise errors.Unwritable(
            f"A pack is a {ENDING} file. Nothing was written. Choose a name ending in {ENDING}."
        )
    _refuse_ours(database, chosen, name, target)
    there = {one.line.key for one in chosen}
    hanging = [one for one in chosen if one.line.of and one.line.of not in there]
    if hanging:
        raise errors.PaperRefused(
            f"No pack was written: {hanging[0].ref} hangs on an entry that is not chosen. Tick that as well, or leave "
            "both."
        )
    pack = Pack(" ".join(name.split()), database.today(), tuple(one.line for one in chosen))
    blanks = [(Path(one.line.blank.name).suffix, one.content) for one in chosen if one.line.blank]
    write_whole(database, target, lambda out: pack_file.write(out, pcn_pack_form.to_json(pack), blanks))
    return pack


def _refuse_ours(database: Database, chosen: Iterable[Offer], name: str, target: Path) -> None:
    bad = [one for one in chosen if one.why_not]
    if bad:
        more = f" So it is with {len(bad) - 1:,} more." if len(bad) > 1 else ""
        raise errors.PaperRefused(
            f"No pack was written. {bad[0].ref}: {bad[0].why_not}.{more} Change the words, or leave the line out."
        )
    with database.read() as reader:
        marks = marks_of(reader)
    for what, words in (("The pack’s name", name), ("The file’s name", target.stem)):
        if found := marks.found(words):
            raise errors.PaperRefused(
                f"No pack was written. {what} names {' and '.join(found)}. Choose another."
            )


# ---- looked at


def look(database: Database, path: Path) -> Seen:
    """Reads a pack and says what each line is to us. FileRefused says what is wrong with it; nothing is written."""
    file = pack_file.read(path)
    try:
        pack = pcn_pack_form.from_json(file.listed)
    except pcn_pack_form.NotAPack as wrong:
        raise refused(path.name, str(wrong), "Ask whoever made it for the pack again.") from None
    _check_blanks(path.name, pack, file.blanks)
    with database.read() as reader:
        held = held_here(reader)
    verdicts = {one.key: pcn_pack.verdict(one, held, pack.made_on) for one in pack.lines}
    why_not = {one.key: why for one in pack.lines if (why := _why_not(one))}
    return Seen(path.name, pack, verdicts, why_not, file.blanks)


def _check_blanks(name: str, pack: Pack, blanks: Mapping[str, bytes]) -> None:
    named = {one.blank.sha256 for one in pack.lines if one.blank is not None}
    if named != set(blanks):
        raise refused(
            name, "its workbooks are not those that it lists", "Ask whoever made it for the pack again."
        )


def _why_not(line: Line) -> str:
    """Why a line cannot be adopted, whoever gave it."""
    for label, words in line.told:
        if patient_data.likely(words):
            return f"{label} holds what looks like an NHS number"
        if whole_letters(words) != words:
            return f"{label} holds half a letter"
    return ""


def held_here(reader: Reader) -> dict[str, Held]:
    """Every entry of ours that a pack could hold, by its key; restricted ones too, since they are held."""
    taken = {one.on: one for one in reader.all(TakenOver)}
    lines: dict[Id, Line] = {}
    marks: dict[Id, TakenOver] = {}
    found: dict[str, Held] = {}
    for portable in PORTABLE:
        for record in reader.all(portable.cls):
            above = _above(record)
            line = pcn_pack.line_of(record, lines.get(above) if above is not None else None)
            if line is None:
                continue
            lines[record.id] = line
            mark = taken.get(record.id)
            if mark is None and above is not None and record.KIND.name in WHOLE:
                mark = marks.get(above)
            if mark is not None:
                marks[record.id] = mark
            day = pcn_pack.pack_day(mark.pack) if mark is not None else None
            found.setdefault(line.key, Held(line, record.id, mark is not None, day))
    return found


# ---- adopted


def adopt(database: Database, seen: Seen, keys: Collection[str], came_from: str) -> int:
    """Takes the chosen lines in, each as "from another PCN, not confirmed by us", as one step; gives how many.

    A line that hangs on one neither chosen nor held is left out. The same pack a second time changes nothing.
    """
    who = " ".join(came_from.split())
    if not who:
        raise errors.PaperRefused("Say from whom the pack came. Nothing was taken in.")
    with database.read() as reader:
        held = held_here(reader)
    chosen = [one for one in seen.pack.lines if one.key in keys and one.key not in seen.why_not]
    to_do = [one for one in chosen if pcn_pack.verdict(one, held, seen.pack.made_on) in _ADOPTED]
    if not to_do:
        return 0
    with database.change(f"Take over {_counted(len(to_do))} from {who}") as change:
        adopting = _Adopting(change, held, who, seen, database)
        return sum(adopting.take(line) for line in to_do)


_ADOPTED = (Verdict.NEW, Verdict.NEWER, Verdict.OLDER)


class _Adopting:
    """One step in which lines become entries."""

    def __init__(
        self, change: Change, held: Mapping[str, Held], who: str, seen: Seen, database: Database
    ) -> None:
        self._change = change
        self._held = held
        self._who = who
        self._seen = seen
        self._today = database.today()
        self._ids: dict[str, Id] = {key: one.id for key, one in held.items()}
        self._lines = {one.key: one for one in seen.pack.lines}
        self._marked: set[str] = set()
        self._before: dict[Id, list[TakenOver]] = {}
        for mark in change.reader.all(TakenOver):
            self._before.setdefault(mark.on, []).append(mark)

    def take(self, line: Line) -> bool:
        """Whether the line was taken in."""
        if line.of and line.of not in self._ids:
            return False
        if (blank := line.blank) is not None:
            self._change.keep_bytes(blank.name, self._seen.blanks[blank.sha256], blank.sha256)
        if (held := self._held.get(line.key)) is not None:
            self._bring_up(line, held)
            return True
        parent = self._ids.get(line.of) if line.of else None
        record = self._change.add(pcn_pack.entry_of(line, parent, self._today))
        self._ids[line.key] = record.id
        self._mark(line)
        return True

    def _bring_up(self, line: Line, held: Held) -> None:
        record = self._change.reader.any_of(held.id)
        if record is not None:
            self._change.put(pcn_pack.brought_up(record, line))
            self._mark(line)

    def _mark(self, line: Line) -> None:
        """Says of an entry that it is not ours; of a cell or an item, its whole workbook or series says so."""
        while line.kind in WHOLE:
            line = self._lines[line.of]
        if line.key in self._marked:
            return
        self._marked.add(line.key)
        on = self._ids[line.key]
        for before in self._before.get(on, ()):
            self._change.remove(before)
        self._change.add(
            TakenOver(
                on=on,
                came_from=self._who,
                taken_on=self._today,
                pack=pcn_pack.pack_words(
                    self._seen.pack.name or self._seen.file_name, self._seen.pack.made_on
                ),
                key=line.key,
                standing=AdoptedKind.NOT_CONFIRMED,
            )
        )


def by_ref(database: Database, refs: Iterable[str]) -> tuple[str, ...]:
    """The keys of the lines that entries of those references would be, with all that hangs on them."""
    wanted, every = set(refs), offered(database)
    unknown = wanted - {one.ref for one in every}
    if unknown:
        raise errors.PaperRefused(f"{quoted(sorted(unknown)[0])} is no entry that a pack can hold. Check it.")
    keys = {one.line.key for one in every if one.ref in wanted}
    keys |= {one.line.of for one in every if one.line.key in keys and one.line.of}
    for one in every:
        if one.line.of in keys and not one.why_not and one.line.kind in WHOLE:
            keys.add(one.line.key)
    return tuple(keys)


def told_lines(lines: Iterable[Line]) -> Iterator[str]:
    """Each line as a person reads it before it leaves: its kind, and every field that goes."""
    for line in lines:
        fields = "; ".join(f"{label}: {' '.join(words.split())}" for label, words in line.told)
        yield f"{line.record_kind.title}: {fields}"


def _counted(number: int) -> str:
    return "1 line" if number == 1 else f"{number:,} lines"
