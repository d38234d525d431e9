"""What has changed since the last board: new, closed, slipped, over-committed.

It is told against the paper sent last to the same readers, by the facts kept with it; or else, where a day is asked
for or a board met, against the file as it was at the close of that day.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from nhsdesk.documents.model import Block, Bullets, Column, Figure, Paragraph, Section, Table
from nhsdesk.domain import since
from nhsdesk.domain.actions import Action
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.sent_papers import SentPaper
from nhsdesk.domain.since import Changes, Standing
from nhsdesk.papers import Asked, Audience, of_plain
from nhsdesk.sections import actions, commitments
from nhsdesk.store import queries
from nhsdesk.store.reading import Reader

TITLE = "What has changed since the last board"
NOT_KNOWN = (
    "What has changed is not known: no earlier paper of this kind was sent from this file to the same readers, and no "
    "earlier meeting of the board is entered."
)
BEGAN_LATER = "What has changed since {} is not known, for this PCN file began later."


@dataclass(frozen=True, slots=True)
class Facts:
    """What changed, since when, and what it was told against; no changes where that is not known."""

    since: date | None
    against: str
    changes: Changes | None
    not_known: str = ""


def gather(
    reader: Reader, asked: Asked, key: str, audience: Audience, now: tuple[commitments.Facts, actions.Facts]
) -> Facts:
    """The difference of what is told now and what was told last, or stood on the day asked for."""
    here = standings(*now)
    withheld = {*now[0].withheld, *now[1].withheld}
    if audience is not Audience.OWN_BOARD:
        withheld |= _removed_restricted(reader)
    if asked.since is None:
        for sent in _sent(reader, key, audience):
            held = _told_by(reader, sent)
            if held is not None and held[0] < asked.day:
                day, then = held
                shown = [one for one in then if one.ref not in withheld]
                against = f"the paper sent as {sent.ref}"
                return Facts(day, against, since.changes(shown, here, asked.day))
    if asked.compared is None:
        return Facts(None, "", None, NOT_KNOWN)
    day = asked.compared
    if asked.earlier is None:
        return Facts(day, "", None, BEGAN_LATER.format(day_words(day)))
    then = standings(
        commitments.gather(asked.earlier, asked, audience), actions.gather(asked.earlier, asked, audience)
    )
    shown = [one for one in then if one.ref not in withheld]
    against = "the file as it was at the close of that day"
    return Facts(day, against, since.changes(shown, here, asked.day))


def _removed_restricted(reader: Reader) -> set[str]:
    """The references of what was restricted when it was removed."""
    found = set()
    for kind in (Commitment.KIND.name, Action.KIND.name):
        for entry in queries.removed(reader, kind):
            was = dict(zip(entry.change.fields, entry.change.old, strict=True))
            if was.get("restricted"):
                found.add(str(was["ref"]))
    return found


def has_been_sent(reader: Reader, key: str, audience: Audience) -> bool:
    """Whether an earlier paper can be told against."""
    return any(True for _ in _sent(reader, key, audience))


def _sent(reader: Reader, key: str, audience: Audience) -> Iterator[SentPaper]:
    """What was sent to the same readers, newest first."""
    found = reader.all(SentPaper, paper=key, audience=audience.value)
    yield from sorted(found, key=lambda one: (one.issued_at, one.id), reverse=True)


def _told_by(reader: Reader, sent: SentPaper) -> tuple[date, tuple[Standing, ...]] | None:
    """As at which day a paper was, and what it told; None where its facts were erased or are of another form."""
    kept = reader.kept_bytes(sent.facts.sha256)
    if kept is None:
        return None
    try:
        facts: dict[str, Any] = json.loads(kept)["facts"]
        day = date.fromisoformat(facts["heading"]["as_at"])
        told = of_plain(commitments.Facts, facts["commitments"]), of_plain(actions.Facts, facts["actions"])
    except Exception:  # of whatever form it is, it is not this one
        return None
    return day, standings(*told)


def standings(asked: commitments.Facts, set_: actions.Facts) -> tuple[Standing, ...]:
    """How each commitment and action stood that a paper told of."""
    return (
        *(
            Standing(
                one.ref,
                one.what,
                one.owner,
                one.revised_due or one.due,
                one.times_revised,
                one.over,
                one.result or one.status,
            )
            for one in asked.lines
        ),
        *(
            Standing(
                one.ref,
                one.what,
                one.owner,
                one.revised_due or one.due,
                one.times_revised,
                one.closed_on is not None,
                f"closed {day_words(one.closed_on)}" if one.closed_on else "",
            )
            for one in set_.lines
        ),
    )


# ---- on paper

_GROUPS = (("new", "New"), ("closed", "Closed"), ("slipped", "Slipped"), ("gone", "No longer listed"))
_COLUMNS = (Column("What changed"), Column("Ref"), Column("What"), Column("How"))


def section(facts: Facts) -> Section:
    """A line of counts, a table of what changed, and who has more than before with some of it late."""
    if facts.changes is None:
        return Section(TITLE, (Paragraph(facts.not_known),))
    opening = Paragraph(f"Since {day_words(facts.since or date.min)}, told against {facts.against}.")
    if facts.changes.none:
        return Section(TITLE, (opening, Paragraph("Nothing has changed.")))
    groups = [(name, words, getattr(facts.changes, name)) for name, words in _GROUPS]
    rows = tuple((words, one.ref, one.what, one.told) for _, words, group in groups for one in group)
    blocks: list[Block] = [opening, Bullets(_points(facts.changes))]
    if rows:
        blocks.append(Table("What changed", _COLUMNS, rows))
    return Section(TITLE, tuple(blocks), figures=tuple(_figures(facts.changes, facts.since)))


def _points(told: Changes) -> tuple[str, ...]:
    return (
        *(f"{words}: {len(getattr(told, name))}." for name, words in _GROUPS if name != "gone" or told.gone),
        *(
            f"Over-committed: {one.owner}, {one.now} open, {one.was} before; late or slipped: "
            f"{', '.join(one.late)}."
            for one in told.over_committed
        ),
    )


def _figures(told: Changes, day: date | None) -> Iterator[Figure]:
    by = f"commitments and actions told now and on {day_words(day)}" if day else ""
    for name, words in _GROUPS:
        refs = tuple(one.ref for one in getattr(told, name))
        if name != "gone" or refs:
            yield Figure(f"{words}: {len(refs)}", f"{len(refs)}", words, by, refs)
    for one in told.over_committed:
        at = f"Over-committed: {one.owner}, {one.now} open"
        yield Figure(at, f"{one.now}", f"Open with {one.owner}", by, one.refs)
