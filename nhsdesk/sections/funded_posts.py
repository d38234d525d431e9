"""Posts that funds pay for, and those that would be paid for to more than their whole cost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from nhsdesk.domain import fund_rules
from nhsdesk.domain.arrs import OtherFunding, Post
from nhsdesk.domain.fund_rules import Paid
from nhsdesk.domain.funds import FundedPost
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.sections import claimed_lines
from nhsdesk.store.reading import Reader


def paid_twice(reader: Reader) -> tuple[Problem, ...]:
    """Posts that a fund pays for and that are paid for to more than their whole cost."""
    funded = reader.all(FundedPost)
    if not funded:
        return ()
    posts = reader.several(Post, {one.post for one in funded})
    claimed = _claimed_months(reader, set(posts))
    found: list[Problem] = []
    for id_, post in posts.items():
        theirs = [one for one in funded if one.post == id_]
        unsaid = [one for one in theirs if one.share is None]
        found += [_unsaid(one, post) for one in unsaid]
        paid = [_paid(one) for one in theirs if one.share is not None]
        others = [
            Paid(f"{one.funder.words.lower()}", one.share, one.starts, one.ends)
            for one in reader.all(OtherFunding, post=id_)
        ]
        arrs = fund_rules.claimed_share(sorted(claimed.get(id_, ())), post.reimbursed)
        twice = fund_rules.paid_twice(paid, (*others, *arrs))
        if twice:
            found.append(_twice(theirs[0], post, twice))
    return tuple(found)


def _claimed_months(reader: Reader, posts: set[Id]) -> dict[Id, set[Month]]:
    found: dict[Id, set[Month]] = {}
    for month, claim in claimed_lines.submitted(reader).items():
        for id_ in posts & set(claimed_lines.by_post(reader, claim)):
            found.setdefault(id_, set()).add(month)
    return found


def _paid(one: FundedPost) -> Paid:
    assert one.share is not None
    return Paid(f"{one.ref}", one.share, one.starts or date.min, one.ends)


def _unsaid(one: FundedPost, post: Post) -> Problem:
    words = (
        f"{one.ref}: which share of the cost of {post.ref} {post.title_words()} the fund pays is not given."
    )
    return Problem(words, Weight.ACKNOWLEDGE, FundedPost.KIND.name, one.id, "share")


def _twice(one: FundedPost, post: Post, twice: tuple[Paid, ...]) -> Problem:
    shares = "; ".join(f"{paid.words} {paid.share.normalize():f}%" for paid in twice)
    all_ = sum((paid.share for paid in twice), Decimal())
    words = (
        f"{post.ref} {post.title_words()} would be paid for to {all_.normalize():f}% of its cost ({shares}). What is "
        "paid already cannot be charged to the fund."
    )
    return Problem(words, Weight.MUST_FIX, FundedPost.KIND.name, one.id, "share")
