"""What the search for everything finds: pages, commands, papers, words of the field, entries, and words inside files.

Each group has its heading; entries stand under their kind, the kind of the best first. Nothing here is a widget.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.places import PLACES, kinds_on
from nhsdesk.domain.entry import read_day
from nhsdesk.domain.glossary import Sureness
from nhsdesk.domain.kinds import NEW, Id
from nhsdesk.domain.links import Attachment, Link, Note, Tag
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.records import KINDS
from nhsdesk.domain.snippets import plain, snippet

MOST = 20
MOST_PAGES = 6
AS_AT = " as at "
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be done: its words, its keys, and what does it."""

    words: str
    keys: str
    run: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Way:
    """Where a line leads: a page, a command, a paper, a word of the field on a day, or an entry."""

    place: int = -1
    tab: int = 0
    kind: str = ""
    id: Id = NEW
    paper: str = ""
    word: str = ""
    on: date = date.min
    run: Callable[[], object] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its words, where it leads, and below it why it was found."""

    words: str
    way: Way
    why: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under the words they have in common."""

    heading: str
    lines: tuple[Line, ...]


def found(desk: Desk, asked: str, commands: Sequence[Command], recent: Sequence[Id]) -> tuple[Group, ...]:
    """All that was found, groups without lines left away."""
    words = desk.attempt(lambda: _words(desk, asked), ())
    if words and AS_AT in asked:  # who asks what a word meant on a day asks for nothing else
        return (Group("What a word means", tuple(words)),)
    groups = (
        Group("Go to", tuple(_pages(asked))),
        Group("Do", tuple(_commands(asked, commands))),
        Group("Papers", tuple(_papers(asked))),
        Group("What a word means", tuple(words)),
        *desk.attempt(lambda: _entries(desk, asked, recent), ()),
        Group("Inside files", desk.attempt(lambda: _in_files(desk, asked), ())),
    )
    return tuple(group for group in groups if group.lines)


def recent_lines(desk: Desk, recent: Sequence[Id]) -> tuple[Group, ...]:
    """What was opened last, before anything is typed."""
    lines = desk.attempt(lambda: _of_ids(desk, recent), ())
    return (Group("Opened last", tuple(lines)),) if lines else ()


# ---- pages, commands and papers


def _begins(title: str, asked: str) -> bool:
    """Whether each word asked for begins a word of the title."""
    parts = plain(title).split()
    wanted = plain(asked).split()
    return bool(wanted) and all(any(part.startswith(one) for part in parts) for one in wanted)


def _pages(asked: str) -> Iterable[Line]:
    places = [(place.title, Way(n)) for n, place in enumerate(PLACES)]
    tabs = [
        (f"{place.title}: {title}", Way(n, at))
        for n, place in enumerate(PLACES)
        for at, title in enumerate(place.titles)
        if len(place.titles) > 1 and title != "Lists"
    ]
    lists = [
        (f"{place.title}: {kind.plural}", Way(n, at, kind.name))
        for n, place in enumerate(PLACES)
        for at, tab in enumerate(place.tabs)
        if place.titles[at] == "Lists"
        for kind in kinds_on(tab)
    ]
    whole = [
        (told, way)
        for told, way in (*places, *tabs, *lists)
        if _begins(told.partition(": ")[2] or told, asked)
    ]
    return [Line(f"Go to {told}", way) for told, way in whole[:MOST_PAGES]]


def _commands(asked: str, commands: Sequence[Command]) -> Iterable[Line]:
    fitting = [one for one in commands if _begins(one.words, asked)]
    return [Line(one.words, Way(run=one.run), one.keys) for one in fitting[:MOST_PAGES]]


def _papers(asked: str) -> Iterable[Line]:
    if len(asked) < 3:  # the papers are loaded when somebody may mean one
        return []
    from nhsdesk.commands.papers import PAPERS

    fitting = [one for one in PAPERS if _begins(one.title, asked)]
    return [Line(f"Look at {one.title}", Way(paper=one.key)) for one in fitting[:MOST_PAGES]]


# ---- words of the field


def _words(desk: Desk, asked: str) -> list[Line]:
    """Words that came with the program, of today or "as at 1 May 2019"; those of this file are entries of it."""
    glossary, today = desk.glossary(), desk.database.today()
    typed, _, when = asked.partition(AS_AT)
    read = read_day(when, today) if when.strip() else today
    on = read if isinstance(read, date) else today
    then = f" (as at {day_words(on)})" if on != today else ""
    return [
        Line(f"{term.in_short[:_LONGEST]}{then}", Way(word=term.name, on=on))
        for term in glossary.offered(typed)
        if term.sureness is not Sureness.OURS and not (then and glossary.sense(term.forms[0], on) is not term)
    ]


# ---- entries


def _entries(desk: Desk, asked: str, recent: Sequence[Id]) -> tuple[Group, ...]:
    """Entries under their kinds; what was opened lately stands first among its kind."""
    from nhsdesk.store import search
    from nhsdesk.store.register import titles_of

    hits = search.find(desk.database, asked, most=MOST)
    with desk.database.read() as reader:
        titles = titles_of(reader, [one.id for one in hits])
    lately = {id_: n for n, id_ in enumerate(recent)}
    by_kind: dict[str, list[tuple[int, Line]]] = {}
    for one in hits:
        if one.id in titles:
            told = f"{KINDS[one.kind].title}: {titles[one.id][:_LONGEST]}"
            line = Line(told, Way(kind=one.kind, id=one.id), snippet(one.words, asked, but=titles[one.id]))
            by_kind.setdefault(one.kind, []).append((lately.get(one.id, len(lately)), line))
    return tuple(
        Group(KINDS[kind].plural, tuple(line for _, line in sorted(lines, key=lambda pair: pair[0])))
        for kind, lines in by_kind.items()
    )


def _of_ids(desk: Desk, ids: Sequence[Id]) -> list[Line]:
    from nhsdesk.store.register import titles_of

    with desk.database.read() as reader:
        titles = titles_of(reader, ids)
        kinds = {id_: kind.name for id_ in titles if (kind := reader.kind_of(id_)) is not None}
    return [
        Line(f"{KINDS[kinds[one]].title}: {titles[one][:_LONGEST]}", Way(kind=kinds[one], id=one))
        for one in ids
        if one in kinds
    ]


def _in_files(desk: Desk, asked: str) -> tuple[Line, ...]:
    """Entries whose files hold the words; a file kept with an entry leads to that entry."""
    from nhsdesk.store import file_search

    hits = file_search.find(desk.database, asked)
    lines = []
    with desk.database.read() as reader:
        for one in hits:
            record = reader.any_of(one.id)
            if isinstance(record, Attachment):
                record = reader.any_of(record.on)
            if record is not None:
                told = f"{one.kept.name}, with {record.ref} {record.title_words()[:_LONGEST]}"
                lines.append(Line(told, Way(kind=record.KIND.name, id=record.id), snippet(one.words, asked)))
    return tuple(lines)


def home_of(desk: Desk, kind: str, id_: Id) -> tuple[str, Id]:
    """Where an entry is opened: a note, tag, link or file where it belongs."""
    if kind not in {cls.KIND.name for cls in (Note, Tag, Link, Attachment)}:
        return kind, id_
    with desk.database.read() as reader:
        record = reader.any_of(id_)
        at = record.source if isinstance(record, Link) else getattr(record, "on", None)
        about = reader.any_of(at) if at is not None else None
    return (about.KIND.name, about.id) if about is not None else (kind, id_)
