"""Putting a briefing together: begun from a paper or a template, arranged, worded, made final; each one undo step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from nhsdesk import errors
from nhsdesk.commands import papers
from nhsdesk.commands.papers import Made
from nhsdesk.documents.model import Report
from nhsdesk.domain import composing
from nhsdesk.domain.bodies import Body
from nhsdesk.domain.composed import ComposedBriefing, ComposedSection, Draft, Readers
from nhsdesk.domain.composing import Arranged, Chosen, Composition
from nhsdesk.domain.entry import quoted
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.meetings import Meeting
from nhsdesk.papers import Asked, Audience, Paper
from nhsdesk.sections import composed
from nhsdesk.store import drafts
from nhsdesk.store.database import Database
from nhsdesk.store.door import Change
from nhsdesk.store.reading import Reader

AUDIENCES = {
    Readers.OWN_BOARD: Audience.OWN_BOARD,
    Readers.PRACTICE: Audience.PRACTICE,
    Readers.PARTNERS: Audience.PARTNERS,
    Readers.PUBLIC: Audience.PUBLIC,
}
_READERS = {audience: readers for readers, audience in AUDIENCES.items()}


@dataclass(frozen=True, slots=True)
class Composing:
    """A composed briefing as its page shows it: its sections in order, printed or not, and why not."""

    briefing: ComposedBriefing
    paper: Paper[Any]
    chosen: tuple[Chosen, ...]
    found: Arranged


def readers_of(paper: Paper[Any]) -> tuple[Readers, ...]:
    """For whom a paper may be composed."""
    return tuple(readers for readers, audience in AUDIENCES.items() if paper.may_be_for(audience))


def usual_readers(paper: Paper[Any]) -> Readers:
    """For whom it usually is."""
    return _READERS[paper.audience]


def begin(database: Database, paper: Paper[Any], title: str = "", **given: Any) -> ComposedBriefing:
    """A briefing with all its sections as its paper has them today. `given` are further fields of it."""
    briefing = ComposedBriefing(
        title=title.strip() or paper.title,
        paper=paper.key,
        **{"read_by": usual_readers(paper), **given},
    )
    _refuse_readers(paper, briefing.read_by)
    offered = composed.offered(_document(database, paper, briefing))
    chosen = [Chosen(one.heading, private_until=one.private_until) for one in offered]
    return _add(database, f"Begin {briefing.title}", briefing, chosen)


def begin_from(database: Database, like: ComposedBriefing, title: str, **given: Any) -> ComposedBriefing:
    """A briefing with the sections and words of a template."""
    with database.read() as reader:
        chosen = chosen_of(reader, like.id)
    made = ComposedBriefing(
        title=title.strip() or like.title,
        paper=like.paper,
        **{"read_by": like.read_by, "body": like.body, **given},
    )
    _refuse_readers(papers.named(made.paper, papers.BRIEFINGS), made.read_by)
    return _add(database, f"Begin {made.title} from {like.ref}", made, chosen)


def keep_as_template(database: Database, briefing: ComposedBriefing, title: str) -> ComposedBriefing:
    """A template with the sections and words of a briefing, without its days."""
    return begin_from(database, briefing, title, template=True)


def _add(
    database: Database, label: str, briefing: ComposedBriefing, chosen: Iterable[Chosen]
) -> ComposedBriefing:
    with database.change(label) as change:
        added = change.add(briefing)
        for number, one in enumerate(chosen, 1):
            change.add(_section(added.id, number, one))
    return added


def _section(briefing: Id, number: int, one: Chosen) -> ComposedSection:
    return ComposedSection(
        briefing=briefing,
        number=number,
        section=one.heading,
        shown=one.shown,
        before=one.before or None,
        after=one.after or None,
        private_until=one.private_until,
    )


def chosen_of(reader: Reader, briefing: Id) -> tuple[Chosen, ...]:
    """What was chosen for its sections, in their order."""
    held = sorted(reader.all(ComposedSection, briefing=briefing), key=lambda one: (one.number, one.id))
    return tuple(
        Chosen(one.section, one.shown, one.before or "", one.after or "", one.private_until) for one in held
    )


# ---- looking at it


def listed(database: Database, key: str) -> tuple[ComposedBriefing, ...]:
    """What was composed of a paper, templates last, the newest first."""
    with database.read() as reader:
        held = reader.all(ComposedBriefing, paper=key)
    return tuple(sorted(held, key=lambda one: (one.template, -one.id)))


def view(database: Database, id_: Id) -> Composing:
    """A briefing with every section its paper has today."""
    with database.read() as reader:
        briefing, chosen = reader.get(ComposedBriefing, id_), chosen_of(reader, id_)
    paper = papers.named(briefing.paper, papers.BRIEFINGS)
    found = composing.arranged(
        composed.offered(_document(database, paper, briefing)),
        chosen,
        own_board=briefing.read_by is Readers.OWN_BOARD,
        day=database.today(),
    )
    return Composing(briefing, paper, tuple(one.chosen for one in found.order) + found.absent, found)


def named(database: Database, ref: str) -> ComposedBriefing:
    """The composed briefing of that reference; a sentence where there is none."""
    with database.read() as reader:
        found = reader.by_ref(ref)
    if not isinstance(found, ComposedBriefing):
        raise errors.PaperRefused(f"{quoted(ref)} is not the reference of a composed briefing. Check it.")
    return found


# ---- changing it


def arrange(database: Database, briefing: ComposedBriefing, chosen: tuple[Chosen, ...], label: str) -> None:
    """Keeps what was chosen for its sections, and their order, as one step. Final ones are not changed."""
    with database.change(f"{label} in {briefing.title}") as change:
        now = change.reader.find(ComposedBriefing, briefing.id)
        if now is None:
            raise errors.PaperRefused(
                f"{briefing.title} was removed meanwhile, so nothing was kept. Undo brings it back."
            )
        _refuse_final(now)
        _keep_sections(change, briefing.id, chosen)


def _keep_sections(change: Change, briefing: Id, chosen: tuple[Chosen, ...]) -> None:
    """Entries stay with their heading, so that the history of a section is that of one entry."""
    held = sorted(change.reader.all(ComposedSection, briefing=briefing), key=lambda one: (one.number, one.id))
    for number, one in enumerate(chosen, 1):
        wanted = _section(briefing, number, one)
        was = next((entry for entry in held if entry.section == one.heading), None)
        if was is None:
            change.add(wanted)
            continue
        held.remove(was)
        if (was.before, was.after) != (wanted.before, wanted.after):
            drafts.forget(change.reader.connection, _SECTION, str(was.id))
        change.put(
            replace(
                was,
                number=number,
                shown=wanted.shown,
                before=wanted.before,
                after=wanted.after,
                private_until=wanted.private_until,
            )
        )
    for gone in held:
        change.remove(gone)


_SECTION = ComposedSection.KIND.name
_WORDS = ("before", "after")


def keep_typing(database: Database, briefing: Id, heading: str, before: str, after: str) -> None:
    """Keeps words that are still being typed around a section, so that they outlive a crash; no step is made."""
    with database.read() as reader:
        entry = _only(reader, briefing, heading)
    if entry is not None:
        drafts.keep_all(database, _SECTION, str(entry.id), dict(zip(_WORDS, (before, after), strict=True)))


def forget_typing(database: Database, briefing: Id, heading: str) -> None:
    """Gives up what was being typed around a section."""
    with database.read() as reader:
        entry = _only(reader, briefing, heading)
    if entry is not None:
        drafts.drop(database, _SECTION, str(entry.id))


def typing_left(database: Database, briefing: Id, heading: str) -> tuple[str, str] | None:
    """Words before and after a section that were being typed when the program ended; None where there are none."""
    with database.read() as reader:
        entry = _only(reader, briefing, heading)
        held = drafts.of_record(reader, _SECTION, str(entry.id)) if entry is not None else {}
    if entry is None or not held:
        return None
    before, after = ((held[name].words if name in held else getattr(entry, name) or "") for name in _WORDS)
    return before, after


def _only(reader: Reader, briefing: Id, heading: str) -> ComposedSection | None:
    """The section under that heading, where only one bears it."""
    found = [one for one in reader.all(ComposedSection, briefing=briefing) if one.section == heading]
    return found[0] if len(found) == 1 else None


def change_details(database: Database, briefing: ComposedBriefing, **given: Any) -> ComposedBriefing:
    """Another title, body, meeting, readers or day."""
    _refuse_final(briefing)
    changed = replace(briefing, **given)
    _refuse_readers(papers.named(changed.paper, papers.BRIEFINGS), changed.read_by)
    with database.change(f"Change {briefing.title}") as change:
        return change.put(changed)


def make_final(database: Database, briefing: ComposedBriefing) -> ComposedBriefing:
    """Marks it as final: it may be sent, and is not changed any more."""
    _refuse_final(briefing)
    with database.change(f"Mark {briefing.title} as final") as change:
        return change.put(replace(briefing, draft=Draft.FINAL))


def begin_version(database: Database, briefing: ComposedBriefing) -> ComposedBriefing:
    """A further version of one that is final, as a draft."""
    edition = (briefing.edition or 1) + 1
    with database.change(f"Begin version {edition} of {briefing.title}") as change:
        return change.put(replace(briefing, draft=Draft.DRAFT, edition=edition))


def _refuse_final(briefing: ComposedBriefing) -> None:
    if briefing.draft is Draft.FINAL:
        raise errors.PaperRefused(
            f"{briefing.title} is final, so it was not changed. Begin version {(briefing.edition or 1) + 1} first."
        )


def _refuse_readers(paper: Paper[Any], readers: Readers) -> None:
    if not paper.may_be_for(AUDIENCES[readers]):
        fitting = ", ".join(one.value for one in readers_of(paper))
        raise errors.PaperRefused(
            f"{paper.title} is not made for {readers.value}: it would tell them what it should not. It can be made "
            f"for {fitting}. Nothing was changed."
        )


# ---- making it


def asked_of(database: Database, briefing: ComposedBriefing, *, draft: bool = False) -> Asked:
    """What is asked of its paper."""
    asked = papers.asked_of(
        database, None, briefing.as_at, draft=draft or briefing.draft is Draft.DRAFT, about=briefing.meeting
    )
    with database.read() as reader:
        made = _composition(reader, briefing, database.today())
    return replace(asked, readers=AUDIENCES[briefing.read_by], since=briefing.since, composed=made)


def _composition(reader: Reader, briefing: ComposedBriefing, day: date) -> Composition:
    body, meeting = reader.find(Body, briefing.body), reader.find(Meeting, briefing.meeting)
    return Composition(
        ref=briefing.ref,
        title=briefing.title,
        paper=briefing.paper,
        readers=briefing.read_by,
        made_on=day,
        chosen=chosen_of(reader, briefing.id),
        body=body.name if body else meeting.body if meeting else "",
        met_on=meeting.held_on if meeting else None,
        draft=briefing.draft,
        edition=briefing.edition or 1,
    )


def make(database: Database, briefing: ComposedBriefing, *, draft: bool = False) -> Made:
    """The briefing as it is composed now; nothing is written."""
    asked = asked_of(database, briefing, draft=draft)
    paper = papers.named(briefing.paper, papers.BRIEFINGS)
    _refuse_readers(paper, briefing.read_by)
    makes = papers.make_as_at if asked.day < database.today() else papers.make
    return makes(database, paper, asked)


def left_out_sheet(made: Made) -> bytes:
    """What its readers do not get, as a paper for us only."""
    document = made.paper.compile(made.facts)
    assert isinstance(document, Report)
    assert made.asked.composed is not None
    return papers.written(composed.left_out_sheet(document, made.asked.composed))


def _document(database: Database, paper: Paper[Any], briefing: ComposedBriefing) -> Report:
    """The paper as its readers may have it, before anybody arranged it."""
    asked = papers.asked_of(database, None, briefing.as_at, about=briefing.meeting)
    asked = replace(asked, readers=AUDIENCES[briefing.read_by], since=briefing.since)
    return papers.report(database, paper, asked)
