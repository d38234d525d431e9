"""What is odd about a month's claim besides its figures: each in a sentence, beside the post it is about.

None of these changes a figure. What must be put right stops a claim from being marked as submitted; what must be
acknowledged is kept with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from nhsdesk.domain.arrs import Assignment, Holder, OtherFunding, Pay, Post, PostEvidence, Role, Stage
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import FULL_TIME_SECONDS, Hours, Money
from nhsdesk.domain.periods import Month, day_words
from nhsdesk.domain.problems import Problem, Weight

FIRST_MONTH = Month(2019, 7)
"""The scheme began on 1 July 2019."""

UNLIKELY_PAY = Money.pounds(20_000)
"""A month's salary above this is asked about. The portal's old limit of 10,000 is too low for a London GP."""

WHOLE_COST = Decimal(100)
NEEDS_TRAINING = frozenset({Role.CLINICAL_PHARMACIST})
"""The portal asks of these whether their training requirement is met."""


def of_month(month: Month, today: date, back_months: int) -> Iterator[Problem]:
    """What is odd about the month itself."""
    if month < FIRST_MONTH:
        yield Problem(
            f"The scheme began in July 2019, so nothing can be claimed for {month.words}.", Weight.MUST_FIX
        )
    if month.first > today:
        yield Problem(f"{month.words} has not begun: nothing can be claimed for it yet.", Weight.MUST_FIX)
    elif month.last >= today:
        yield Problem(f"{month.words} is not over: somebody may still join or leave.", Weight.ACKNOWLEDGE)
    if back_months and month.plus(back_months) < Month.of(today).plus(-1):
        yield Problem(
            f"{month.words} lies further back than the {back_months} months for which your ICB takes late claims.",
            Weight.ACKNOWLEDGE,
        )


def of_post(
    post: Post, assigned: Sequence[Assignment], paid: Sequence[Pay], month: Month
) -> Iterator[Problem]:
    """What is odd about one post's dates, pay and conditions in a month that is claimed for it."""
    yield from _told(post, _dates(post, assigned, month))
    yield from _told(post, _pay(paid, month))
    yield from _told(post, _conditions(post))


def _dates(post: Post, assigned: Sequence[Assignment], month: Month) -> Iterator[Problem]:
    if post.starts is not None and post.ends is not None and post.ends < post.starts:
        yield Problem(f"it ends on {day_words(post.ends)}, before it starts.", Weight.MUST_FIX, field="ends")
    running = [one for one in assigned if one.ends is None]
    if post.stage in (Stage.ENDED, Stage.VACANT) and running and post.ends is None:
        yield Problem(
            f"it is marked as {post.stage.words.lower()}, and nobody's end date is given. Give it, or the leaver is "
            "claimed for.",
            Weight.MUST_FIX,
            field="ends",
        )
    for one in assigned:
        if post.starts is not None and one.starts < post.starts and one.starts <= month.last:
            yield Problem(
                f"{one.ref} begins on {day_words(one.starts)}, before the post starts on {day_words(post.starts)}.",
                Weight.ACKNOWLEDGE,
                field="starts",
            )


def _pay(paid: Sequence[Pay], month: Month) -> Iterator[Problem]:
    for one in paid:
        if one.starts > month.last or (one.ends is not None and one.ends < month.first):
            continue
        if one.salary > UNLIKELY_PAY:
            yield Problem(
                f"{one.ref} has a salary of {one.salary} a month. Is that right?", Weight.ACKNOWLEDGE
            )
        if one.salary.pence < 0:
            yield Problem(f"{one.ref} has a salary below nothing.", Weight.MUST_FIX)


def _conditions(post: Post) -> Iterator[Problem]:
    if not post.additionality:
        yield Problem("its additionality is not stated.", Weight.ACKNOWLEDGE, field="additionality")
    if post.role in NEEDS_TRAINING and not post.training_met and not post.training_reason:
        yield Problem(
            "it is not said whether the training requirement is met; the portal asks for it.",
            Weight.ACKNOWLEDGE,
            field="training_met",
        )
    if post.outside:
        lacking = [
            words
            for words, given in (
                ("approval", post.outside_approval),
                ("supervision", post.outside_supervision),
                ("indemnity", post.outside_indemnity),
            )
            if not given
        ]
        if lacking:
            yield Problem(
                f"it works outside our practices without {' or '.join(lacking)} on file.",
                Weight.ACKNOWLEDGE,
                field="outside",
            )
    if post.neighbourhood_planned and not post.neighbourhood_approved:
        yield Problem(
            "nobody's approval of its neighbourhood work is on file.",
            Weight.NOTE,
            field="neighbourhood_approved",
        )


def of_evidence(
    post: Post, wanted: Sequence[str], seen: Iterable[PostEvidence], month: Month
) -> Iterator[Problem]:
    """The papers the local rule asks for that nobody has seen, or that had run out before the month was over."""
    held = [
        one.what.casefold()
        for one in seen
        if one.seen_on is not None and (one.expires is None or one.expires >= month.last)
    ]
    missing = [paper for paper in wanted if not any(paper.casefold() in what for what in held)]
    if missing:
        yield from _told(
            post, (Problem(f"no {' and no '.join(missing)} has been seen.", Weight.ACKNOWLEDGE),)
        )


def of_funding(
    post: Post, share_reimbursed: Decimal, others: Iterable[OtherFunding], month: Month
) -> Iterator[Problem]:
    """Other money that, with the ARRS, comes to more than the cost."""
    told = [
        one
        for one in others
        if one.starts <= month.last and (one.ends is None or one.ends >= month.first) and one.share > 0
    ]
    together = sum((one.share for one in told), share_reimbursed)
    if told and together > WHOLE_COST:
        words = ", ".join(f"{one.funder.value} {one.share.normalize():f}%" for one in told)
        yield from _told(
            post,
            (
                Problem(
                    f"with other money ({words}) it is paid for to {together.normalize():f}% of its cost.",
                    Weight.MUST_FIX,
                ),
            ),
        )


def of_people(
    month: Month, assigned: Iterable[Assignment], posts: Mapping[Id, Post], holders: Mapping[Id, Holder]
) -> Iterator[Problem]:
    """Holders with more than one whole time equivalent on any day, and GPs who are on the practices' scheme too."""
    theirs: dict[Id, list[Assignment]] = {}
    for one in assigned:
        if one.holder is not None and one.post in posts and _in(one, month):
            theirs.setdefault(one.holder, []).append(one)
    for holder, held in sorted(theirs.items()):
        yield from _too_much(holders[holder], held, month, posts)
        if holders[holder].on_practice_scheme:
            for one in held:
                if posts[one.post].role is Role.GP:
                    told = f"{holders[holder].ref} is also on the practices' own GP scheme; hours count on one only."
                    yield from _told(posts[one.post], (Problem(told, Weight.MUST_FIX),))


def _too_much(
    holder: Holder, held: Sequence[Assignment], month: Month, posts: Mapping[Id, Post]
) -> Iterator[Problem]:
    most = max(
        sum(one.hours.seconds for one in held if one.starts <= day and (one.ends is None or one.ends >= day))
        for day in {max(one.starts, month.first) for one in held}
    )
    if most > FULL_TIME_SECONDS:
        refs = ", ".join(sorted({posts[one.post].ref for one in held}))
        yield Problem(
            f"{holder.ref} has {Hours(most)} hours a week in {refs}, which is more than 1.0 WTE.",
            Weight.ACKNOWLEDGE,
            "holder",
            holder.id,
        )


def _in(one: Assignment, month: Month) -> bool:
    return one.starts <= month.last and (one.ends is None or one.ends >= month.first)


def _told(post: Post, found: Iterable[Problem]) -> Iterator[Problem]:
    for problem in found:
        yield replace(
            problem,
            sentence=f"{post.ref} {post.title_words()}: {problem.sentence}",
            kind="post",
            record=post.id,
        )
