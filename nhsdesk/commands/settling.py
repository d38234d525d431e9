"""What two copies changed apart: what it was, what each made of it, what stands there now, and which is to hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nhsdesk import errors
from nhsdesk.commands import histories
from nhsdesk.commands.entries import link_words
from nhsdesk.domain.fields import RecordKind
from nhsdesk.domain.kinds import Id, Stored
from nhsdesk.domain.records import KINDS
from nhsdesk.store import drafts, queries, taken_back
from nhsdesk.store.database import Database
from nhsdesk.store.merging import EXISTENCE, Conflict
from nhsdesk.store.reading import Reader

LABEL = taken_back.LABEL
NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Side:
    """One thing that may hold: whose it is, the value in words, and who wrote it, in which copy, when."""

    whose: str
    words: str
    by: str
    value: Stored
    ours: bool = False
    removes: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One field changed on both sides, or an entry removed or sent on one and changed on the other."""

    kind: RecordKind
    id: int
    field: str
    entry: str
    label: str
    base: str
    sides: tuple[Side, ...]
    """What may be chosen."""
    result: str
    """What stands there until somebody has chosen."""

    @property
    def key(self) -> tuple[int, str]:
        """By which it is known."""
        return self.id, self.field

    def side(self, *, ours: bool) -> str:
        """What one side made of it; the other copies' with their letters where there are several."""
        found = [one for one in self.sides if one.by and one.ours is ours]
        return "\n".join(f"{one.words} ({one.by})" for one in found)


def unsettled(database: Database) -> tuple[Choice, ...]:
    """All that waits for somebody to choose, also what was chosen and then undone."""
    with database.read() as reader:
        letters, own = queries.letters(reader), database.head.copy
        held = {(one.id, one.field): one for one in taken_back.conflicts(reader, own)}
        held |= {(one.id, one.field): one for one in queries.conflicts(reader)}
        found = (_choice(reader, conflict, letters, own) for conflict in held.values())
        return tuple(
            sorted((one for one in found if one is not None), key=lambda one: (one.entry, one.label))
        )


def _choice(reader: Reader, conflict: Conflict, letters: queries.Letters, own: int) -> Choice | None:
    kind, record = KINDS[conflict.kind], reader.any_of(conflict.id)
    if record is None:
        return None
    entry = link_words(record)
    if conflict.field == EXISTENCE:
        return _existence(kind, conflict, entry, letters, own)
    field = kind.field(conflict.field)
    base = histories.value_words(reader, field, conflict.base)
    sides = [
        Side(
            "Mine" if head.copy == own else f"Copy {letters[head.copy]}",
            histories.value_words(reader, field, head.value),
            histories.told_by(head.who, letters[head.copy], head.moment),
            head.value,
            head.copy == own,
        )
        for head in sorted(conflict.heads, key=lambda head: head.copy != own)
    ]
    if conflict.base not in [one.value for one in sides]:
        sides.append(Side("As it was", base, "", conflict.base))
    now = field.kind.store(getattr(record, conflict.field))
    result = histories.value_words(reader, field, now)
    return Choice(kind, conflict.id, conflict.field, entry, field.label, base, tuple(sides), result)


def _existence(
    kind: RecordKind, conflict: Conflict, entry: str, letters: queries.Letters, own: int
) -> Choice:
    sent = conflict.base is None
    sides = []
    for head in sorted(conflict.heads, key=lambda head: head.copy != own):
        gone = head.value is None
        words = "not taken over" if sent else "removed" if gone else "used"
        by = histories.told_by(head.who, letters[head.copy], head.moment)
        whose = "Mine" if head.copy == own else f"Copy {letters[head.copy]}"
        sides.append(Side(whose, words, by, head.value, head.copy == own, removes=gone and not sent))
    if sent:
        sides = [Side("As it was sent", "it stays", "", None), *sides]
    label, base = ("Changed after it was sent", "as sent") if sent else ("Whether it is there", "there")
    return Choice(kind, conflict.id, EXISTENCE, entry, label, base, tuple(sides), "it stays")


def choose(database: Database, chosen: Iterable[tuple[Choice, Side]]) -> int:
    """Keeps what is to hold of one or of several, as one step that Undo takes back; how many were kept."""
    wanted = tuple(chosen)
    if not wanted:
        return 0
    first = wanted[0][0]
    label = f"“{first.label}” of {first.entry}" if len(wanted) == 1 else f"{len(wanted):,} fields"
    with database.change(f"{LABEL}{label}") as change:
        for choice, side in wanted:
            if side.removes:
                record = change.reader.any_of(choice.id)
                if record is None:
                    raise errors.ChangedMeanwhile(f"{choice.entry} is no longer there. Nothing was changed.")
                change.remove(record)
                continue
            change.settle(choice.kind, choice.id, choice.field, side.value)
            drafts.forget(change.reader.connection, choice.kind.name, str(Id(choice.id)), choice.field)
    return len(wanted)


def of_one_side(choices: Iterable[Choice], *, ours: bool) -> tuple[tuple[Choice, Side], ...]:
    """Of each field changed on both sides what one side made of it, where that side made one thing of it."""
    found = []
    for choice in choices:
        sides = [one for one in choice.sides if one.by and one.ours is ours]
        if choice.field != EXISTENCE and len(sides) == 1:
            found.append((choice, sides[0]))
    return tuple(found)
