"""Words of final minutes while they are amended: kept as drafts of their lines until the further version is made."""

from __future__ import annotations

from nhsdesk.commands import meetings
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.meetings import MinutesLine, MinutesVersion
from nhsdesk.sections import meetings as section
from nhsdesk.store import drafts
from nhsdesk.store.database import Database
from nhsdesk.store.reading import Reader

KIND = MinutesLine.KIND.name
SAID = "said"


def words(database: Database, meeting: Id, item: Id) -> str:
    """What the newest version says of an item, or what is being typed in its place."""
    with database.read() as reader:
        line = _line(reader, meeting, item)
        if line is None:
            return ""
        draft = drafts.of_record(reader, KIND, str(line.id)).get(SAID)
    return draft.words if draft is not None else line.said or ""


def keep(database: Database, meeting: Id, item: Id, said: str) -> None:
    """Keeps what is being typed in place of a line."""
    with database.read() as reader:
        line = _line(reader, meeting, item)
    if line is not None:
        drafts.keep(database, KIND, str(line.id), SAID, said)


def has_drafts(database: Database, meeting: Id) -> bool:
    """Whether an amendment was begun and not made."""
    with database.read() as reader:
        held = drafts.of_kind(reader, KIND)
        return any(str(one.id) in held for one in _lines(reader, meeting))


def amend(database: Database, meeting: Id, reason: str) -> MinutesVersion:
    """Makes the further version of what was typed, and forgets the drafts."""
    with database.read() as reader:
        held = drafts.of_kind(reader, KIND)
        said = {
            one.item: held[str(one.id)][SAID].words
            for one in _lines(reader, meeting)
            if one.item is not None and str(one.id) in held
        }
    made = meetings.amend(database, meeting, said, reason)
    give_up(database, meeting)
    return made


def give_up(database: Database, meeting: Id) -> None:
    """Forgets what was being typed."""
    with database.read() as reader:
        held = drafts.of_kind(reader, KIND)
        versions = reader.all(MinutesVersion, meeting=meeting)
        own = [line for one in versions for line in section.lines_of(reader, one) if str(line.id) in held]
    for line in own:
        drafts.drop(database, KIND, str(line.id))


def _lines(reader: Reader, meeting: Id) -> tuple[MinutesLine, ...]:
    versions = reader.all(MinutesVersion, meeting=meeting)
    newest = max(versions, key=lambda one: one.number, default=None)
    return () if newest is None else section.lines_of(reader, newest)


def _line(reader: Reader, meeting: Id, item: Id) -> MinutesLine | None:
    return next((one for one in _lines(reader, meeting) if one.item == item), None)
