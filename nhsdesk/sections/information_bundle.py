"""The whole of what goes out in answer to an information request, as facts, with what stands in its way.

Whatever is struck out is struck out here, before facts are kept: no later step holds the words any more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from nhsdesk.domain import information_clocks, kept_files, patient_data, redaction
from nhsdesk.domain.consultations import InformationRequest, RequestLaw
from nhsdesk.domain.fields import Field, Record
from nhsdesk.domain.information_clocks import Holidays
from nhsdesk.domain.kinds import Id, KeptFile
from nhsdesk.domain.organisations import Person
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.records import KINDS
from nhsdesk.domain.redaction import BAR, Becomes, Choices, Item, Strike
from nhsdesk.domain.rules import Rules
from nhsdesk.papers import Asked, Heading
from nhsdesk.sections import guarded_practices, heading
from nhsdesk.sections.file_words import FileWords
from nhsdesk.sections.guarded_practices import Guarded
from nhsdesk.sections.information_items import CONFIDENTIAL, Line, Outside, filled, lines
from nhsdesk.store.reading import Reader

FOLDER = "files"


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """An entry that is disclosed."""

    number: int
    ref: str
    kind: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the schedule: what was found, what became of it and why. What is withheld is not described."""

    number: int
    ref: str
    what: str
    became: str
    why: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the bundle tells."""

    heading: Heading
    request: str
    what: str
    law: str
    received: date
    searches: tuple[str, ...]
    entries: tuple[EntryFacts, ...]
    rows: tuple[Row, ...]


# ---- the whole bundle


@dataclass(frozen=True, slots=True)
class Bundle:
    """What goes out: the facts, the files with their bytes, and what stands in the way."""

    facts: Facts
    files: tuple[tuple[str, bytes], ...]
    problems: tuple[Problem, ...]


def gather(
    reader: Reader,
    request: InformationRequest,
    choices: Choices,
    today: date,
    holidays: Holidays,
    words: FileWords,
    *,
    mark: str = "",
) -> Bundle:
    """The bundle of a request as its choices stand. The same file and choices give the same on the same day."""
    made = _Making(reader, request, choices, words)
    made.look_at_head()
    for number, item in enumerate(choices.items, 1):
        made.add(number, item)
    # Midnight, so that a bundle made twice on a day is the same.
    at = datetime.combine(today, time(), ZoneInfo("UTC"))
    head = heading.gather(reader, Asked(today, Month.of(today), at, _NO_RULES, _NO_RULES, mark))
    strike = made.struck
    head = replace(head, network=strike(head.network))
    facts = Facts(
        head, request.ref, strike(request.what), request.law.words, request.received,
        tuple(map(strike, choices.searches)), tuple(made.entries), tuple(made.rows),
    )  # fmt: skip
    clock = information_clocks.clock(request, today, holidays)
    told = [Problem(redaction.DPO), Problem(f"{request.ref}: {clock.words}.")]
    return Bundle(facts, tuple(made.files), (*heading.check(head), *made.problems, *told))


_NO_RULES = Rules()


class _Making:
    """Goes through the items in their order and keeps what each gives."""

    def __init__(
        self, reader: Reader, request: InformationRequest, choices: Choices, words: FileWords
    ) -> None:
        self._reader, self._request, self._choices, self._words = reader, request, choices, words
        self._outside = Outside(reader)
        self._people = _people(reader) if request.law is RequestLaw.FOI else ()
        self._guarded = guarded_practices.guarded(reader)
        self.entries: list[EntryFacts] = []
        self.rows: list[Row] = []
        self.files: list[tuple[str, bytes]] = []
        self.problems: list[Problem] = []
        if not choices.items:
            self._say("Nothing is in scope yet. Search the file and add what was found.", Weight.MUST_FIX)

    def struck(self, words: str) -> str:
        """Words without those that are struck out."""
        return redaction.struck(words, self._choices.strikes, self._request.law)

    def add(self, number: int, item: Item) -> None:
        """One item: its line of the schedule, and what of it goes out."""
        record = self._reader.find(KINDS[item.kind].cls, Id(int(item.id)))
        if record is None:
            self._say(f"{item.ref} was removed meanwhile. Take it out of scope.", Weight.MUST_FIX, item)
            return
        self._ask_of(item, record)
        if item.becomes is Becomes.UNDECIDED:
            self._say(f"{item.ref}: it is not yet decided what becomes of it.", Weight.MUST_FIX, item)
        elif item.becomes is Becomes.WITHHELD:
            self._withhold(number, item)
        elif item.field:
            self._give_file(number, item, record)
        else:
            self._give_entry(number, item, record)

    def _ask_of(self, item: Item, record: Record) -> None:
        """What a person must have thought of before it goes out."""
        if self._outside.confides(record):
            self._say(f"{item.ref} was {redaction.TALK_FIRST}", Weight.ACKNOWLEDGE, item)
        elif item.becomes is not Becomes.WITHHELD and self._outside.hides(record, item.field):
            told = "is restricted to our own board, or linked with what is, and would be disclosed."
            self._say(f"{item.ref} {told}", Weight.ACKNOWLEDGE, item)

    def _withhold(self, number: int, item: Item) -> None:
        why = redaction.ground(self._request.law, item.ground)
        if why is None:
            self._say(f"{item.ref} is withheld, and no ground is chosen for it.", Weight.MUST_FIX, item)
        what = "A file" if item.field else "An entry"
        self.rows.append(Row(number, "", what, Becomes.WITHHELD.words, why.told if why else ""))

    def _give_entry(self, number: int, item: Item, record: Record) -> None:
        told = lines(self._reader, record, item, self._outside.hidden, self._choices, self._request.law)
        shown = [field.label for field in filled(record) if field.private and field.name not in item.hides]
        if shown and self._request.law is RequestLaw.FOI:
            not_struck = f"{item.ref}: “{shown[0]}” tells of a person and is not struck out."
            self._say(not_struck, Weight.ACKNOWLEDGE, item)
        title = self._title(item, record)
        self.entries.append(EntryFacts(number, item.ref, record.KIND.title, title, told))
        self._look_through(item, "\n".join((title, *(one.words for one in told))))
        bars = _grounds_in([title, *(one.words for one in told)])
        became = "Disclosed in part" if bars else Becomes.DISCLOSED.words
        what = f"{record.KIND.title}: {title}"
        self.rows.append(Row(number, item.ref, what, became, bars, "disclosed.pdf"))

    def _title(self, item: Item, record: Record) -> str:
        """What an entry is called, unless the field it is called by is struck out."""
        named = next((f for f in record.KIND.fields if _words_of(record, f) == record.title_words()), None)
        if named is not None and named.name in item.hides:
            return BAR
        return self.struck(record.title_words())

    def _give_file(self, number: int, item: Item, record: Record) -> None:
        kept = getattr(record, item.field)
        if kept is None:
            self._say(f"{item.ref}: its file was taken out. Take it out of scope.", Weight.MUST_FIX, item)
            return
        shown = self.struck(kept.name)
        whole = item.becomes is Becomes.DISCLOSED
        given = self._whole(item, kept) if whole else self._as_text(item, kept)
        if given is None:
            return
        name, content = _file_name(number, shown, kept.name, whole=whole), given[0]
        self.files.append((name, content))
        why = given[1]
        became = Becomes.DISCLOSED.words if whole else "Disclosed as text"
        became += ", in part" if why else ""
        self.rows.append(Row(number, item.ref, f"File: {shown}", became, why, name))

    def _whole(self, item: Item, kept: KeptFile) -> tuple[bytes, str] | None:
        content = self._reader.kept_bytes(kept.sha256)
        if content is None:
            told = "its file is not kept here and cannot go into the bundle. Withhold it, or send it apart."
            self._say(f"{item.ref}: {told}", Weight.MUST_FIX, item)
            return None
        words = self._words.to_look_through(self._reader, kept)
        if not words.strip():
            told = "nothing in it could be read here, so no words to strike out were looked for. Look at it yourself."
            self._say(f"{item.ref}: {told}", Weight.ACKNOWLEDGE, item)
        strikes = self._choices.strikes
        if redaction.holds(words, strikes) or _stands_in(content, strikes):
            told = "the file holds words to strike out. Disclose it as text, or withhold it."
            self._say(f"{item.ref}: {told}", Weight.MUST_FIX, item)
        if patient_data.likely(words):
            told = "the file holds what looks like a patient’s number. Disclose it as text, where it is struck out."
            self._say(f"{item.ref}: {told}", Weight.ACKNOWLEDGE, item)
        self._look_through(item, words)
        return content, ""

    def _as_text(self, item: Item, kept: KeptFile) -> tuple[bytes, str] | None:
        words = self._words.to_disclose(self._reader, kept)
        if words is None:
            told = "there is no text version of its file. Disclose it whole, or withhold it."
            self._say(f"{item.ref}: {told}", Weight.MUST_FIX, item)
            return None
        shown = self.struck(words)
        self._look_through(item, shown)
        return shown.encode("utf-8", "replace"), _grounds_in([shown])

    def look_at_head(self) -> None:
        """What the bundle tells of the request and the searches is looked through as well."""
        self._look_through(None, "\n".join(map(self.struck, (self._request.what, *self._choices.searches))))

    def _look_through(self, item: Item | None, words: str) -> None:
        """Practices that asked for support in confidence, people, and words to strike out that stand there broken."""
        where = "What was asked for and searched" if item is None else item.ref
        confided = item is not None and item.kind in CONFIDENTIAL
        if not confided and _names(self._guarded, words):
            told = (
                "its words name, or may name, a practice with an open request for support. Talk to it first."
            )
            self._say(f"{where}: {told}", Weight.ACKNOWLEDGE, item)
        if redaction.holds(words, self._people):
            told = "its words name somebody who is listed as a person. Strike the name out, or leave it knowingly."
            self._say(f"{where}: {told}", Weight.ACKNOWLEDGE, item)
        if redaction.may_hold(words, self._choices.strikes):
            told = "words to strike out may still stand in it, broken or run together. Look at it, and strike them out."
            self._say(f"{where}: {told}", Weight.ACKNOWLEDGE, item)

    def _say(self, sentence: str, weight: Weight, item: Item | None = None) -> None:
        kind, id_ = ("", 0) if item is None else (item.kind, int(item.id))
        self.problems.append(Problem(sentence, weight, kind, id_, item.field if item else ""))


def _people(reader: Reader) -> tuple[Strike, ...]:
    """The names of people in the file, each as words that can be looked for."""
    names = (" ".join((one.name or "").split()) for one in reader.all(Person))
    return tuple(Strike(name, "") for name in dict.fromkeys(names) if " " in name)


def _words_of(record: Record, field: Field) -> str:
    value = getattr(record, field.name)
    return field.kind.words(value) if value and field.kind.searched else ""


def _names(guarded: tuple[Guarded, ...], words: str) -> bool:
    return bool(guarded_practices.naming(guarded, "", words))


def _stands_in(content: bytes, strikes: tuple[Strike, ...]) -> bool:
    """Whether words stand in the bytes as they are, as a file's properties do."""
    plain = content.lower()
    return any(
        one.words.lower().encode(how) in plain
        for one in strikes
        for how in ("utf-8", "utf-16-le", "utf-16-be")
    )


def _file_name(number: int, shown: str, name: str, *, whole: bool) -> str:
    """Its name in the bundle, with nothing of it that is struck out."""
    ending = "." + name.rpartition(".")[2] if "." in name else ""
    plain = f"file{ending}" if BAR in shown else shown
    return f"{FOLDER}/{kept_files.safe_name(f'{number} {plain}' if whole else f'{number} {plain}.txt')}"


def _grounds_in(texts: list[str]) -> str:
    """The marks of the grounds on which something is struck out in these words; a bar without one counts too."""
    marks: dict[str, None] = {}
    for words in texts:
        for piece in words.split(BAR)[1:]:
            mark = piece[2:].partition("]")[0] if piece.startswith(" [") else "struck out"
            marks[mark] = None
    return ", ".join(marks)
