"""The portal's newest statement of a month beside the claim that counts, and what was claimed after somebody left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nhsdesk.domain.arrs import Post
from nhsdesk.domain.claimed import Claim, ClaimEvent, ClaimStage, ClaimState, current, stage_of
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import total
from nhsdesk.domain.periods import Month, day_words
from nhsdesk.domain.statements import (
    KnownPost,
    OurLine,
    PortalLine,
    PortalStatement,
    Reconciled,
    in_words,
    reconcile,
)
from nhsdesk.sections import claimed_lines, posts_held, uplifts
from nhsdesk.sections.posts_held import Held
from nhsdesk.sections.uplifts import LineFacts
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class MonthStatement:
    """A month: its claim, its newest statement and the two laid beside each other."""

    month: Month
    claim: Claim | None
    stage: ClaimStage | None
    statement: PortalStatement | None
    others: tuple[PortalStatement, ...]
    """Taken in before for the same month; they stay, and do not count."""
    reconciled: Reconciled | None
    told: tuple[str, ...]
    recoveries: tuple[LineFacts, ...]
    posts: tuple[Post, ...] = ()
    """All there are, for whoever matches a line."""

    @property
    def may_be_noted(self) -> bool:
        """Whether what became of the claim can be written down: it was submitted."""
        return self.claim is not None and self.claim.state is ClaimState.SUBMITTED


def gather(reader: Reader, month: Month, today: date) -> MonthStatement:
    """Everything the file holds of one month's statement."""
    held = posts_held.read(reader)
    claim = claim_of(reader, month)
    statements = sorted(reader.all(PortalStatement, month=month), key=lambda one: one.id)
    newest = statements[-1] if statements else None
    reconciled = None
    if newest is not None:
        lines = reader.all(PortalLine, statement=newest.id)
        reconciled = reconcile(month, _ours(reader, claim), lines, known_posts(held))
    events = () if claim is None else reader.all(ClaimEvent, claim=claim.id)
    return MonthStatement(
        month,
        claim,
        stage_of(events),
        newest,
        tuple(statements[:-1]),
        reconciled,
        _told(month, claim, newest, reconciled),
        uplifts.recoveries(reader, month, today),
        held.posts,
    )


def claim_of(reader: Reader, month: Month) -> Claim | None:
    """The submitted claim that counts for a month; where none is, the newest draft."""
    submitted = claimed_lines.submitted(reader).get(month)
    return submitted or current(reader.all(Claim, month=month, state=ClaimState.DRAFT)).get(month)


def known_posts(held: Held) -> dict[Id, KnownPost]:
    """Every post as a statement may list it."""
    return {
        post.id: KnownPost(post.ref, post.title_words(), claimed_lines.last_day(post, held))
        for post in held.posts
    }


def _ours(reader: Reader, claim: Claim | None) -> list[OurLine]:
    if claim is None:
        return []
    return [
        OurLine(post, total(line.claimed for line in lines), lines[0].hours, len(lines))
        for post, lines in claimed_lines.by_post(reader, claim).items()
    ]


def _told(
    month: Month, claim: Claim | None, statement: PortalStatement | None, reconciled: Reconciled | None
) -> tuple[str, ...]:
    told: list[str] = []
    if claim is None:
        told.append(f"No claim for {month.words} is on file, so there is nothing to lay beside a statement.")
    elif claim.state is ClaimState.DRAFT:
        told.append(f"{claim.ref} for {month.words} is a draft: it was not marked as submitted.")
    if statement is None or reconciled is None:
        return tuple(told)
    paid = reconciled.totals.paid
    if statement.total is not None and statement.total != paid:
        told.append(f"The statement says {statement.total} in all, and its lines come to {paid}.")
    return (*in_words(reconciled), *told)


def statement_words(statement: PortalStatement) -> str:
    """Which statement it is: reference, day and source."""
    day = f", received on {day_words(statement.received_on)}" if statement.received_on else ""
    return f"{statement.ref}{day}" + (f", {statement.source}" if statement.source else "")


def query_words(seen: MonthStatement) -> tuple[str, ...]:
    """What a query to the ICB would be about: what was paid short, and what is missing."""
    starts = ("Short-paid", "Claimed but missing", "Figures differ")
    return tuple(sentence for sentence in seen.told if sentence.startswith(starts))
