"""Staff whose time goes to the neighbourhood, by the money that pays for them; small groups are not shown."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from nhsdesk.documents.model import CellKind, Column, Figure, Paragraph, Section, Table
from nhsdesk.domain import privacy
from nhsdesk.domain.arrs import Post, Scheme
from nhsdesk.papers import Asked, Audience
from nhsdesk.sections import restricted
from nhsdesk.store.reading import Reader

TITLE = "Staff for neighbourhood work"


@dataclass(frozen=True, slots=True)
class SchemeFacts:
    """Posts of one scheme: how many, how many have an approved plan, and their planned and actual share of time."""

    scheme: str
    posts: int | None
    planned: Decimal | None
    actual: Decimal | None
    approved: int | None
    refs: tuple[str, ...] = ()
    """The posts, where they may be shown."""


@dataclass(frozen=True, slots=True)
class Facts:
    """By scheme; None where too few posts to be shown."""

    schemes: tuple[SchemeFacts, ...]
    smallest: int


def gather(reader: Reader, asked: Asked, audience: Audience) -> Facts:
    """The posts there were on the day, by scheme. The mean is of the posts of which a share is written down."""
    hidden = restricted.gather(reader, audience)
    held: dict[str, list[Post]] = {}
    for post in reader.all(Post):
        there = (post.starts is None or post.starts <= asked.day) and (
            post.ends is None or post.ends >= asked.day
        )
        if there and not hidden.hides(post.id, post.base):
            held.setdefault(_scheme(post.scheme), []).append(post)
    smallest = asked.rules.whole("privacy.fewest_people")
    shown = privacy.suppress({name: len(posts) for name, posts in held.items()}, smallest).shown
    return Facts(tuple(_facts(name, held[name], shown[name]) for name in sorted(held)), smallest)


def _scheme(scheme: Scheme | None) -> str:
    return "not said" if scheme is None else scheme.value


def _facts(name: str, posts: list[Post], shown: int | None) -> SchemeFacts:
    if shown is None:
        return SchemeFacts(name, None, None, None, None)
    planned = [one.neighbourhood_planned for one in posts if one.neighbourhood_planned is not None]
    actual = [one.neighbourhood_actual for one in posts if one.neighbourhood_actual is not None]
    approved = sum(bool(one.neighbourhood_approved) for one in posts)
    refs = tuple(one.ref for one in posts)
    return SchemeFacts(name, shown, _mean(planned), _mean(actual), approved, refs)


def _mean(shares: list[Decimal]) -> Decimal | None:
    if not shares:
        return None
    return (sum(shares, Decimal()) / len(shares)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def section(facts: Facts) -> Section:
    """A table by scheme."""
    if not facts.schemes:
        return Section(TITLE, (Paragraph("No post is listed."),))
    told = (
        "The share is the mean of the posts of which one is written down. Fewer than "
        f"{facts.smallest} posts, and what they follow from, are not shown."
    )
    columns = (
        Column("Paid by"), Column("Posts"), Column("Planned for the neighbourhood (%)", CellKind.DECIMAL, 1),
        Column("Actual (%)", CellKind.DECIMAL, 1), Column("Approved"),
    )  # fmt: skip
    rows = tuple(
        (one.scheme, _or_hidden(one.posts), one.planned, one.actual, _or_hidden(one.approved))
        for one in facts.schemes
    )
    by = "posts there on the day, by the money that pays for them; shares are the mean of those written down"
    figures = tuple(
        Figure(one.scheme, f"{one.posts} posts", "Posts and shares", by, one.refs, "Neighbourhood work")
        for one in facts.schemes
        if one.posts is not None
    )
    return Section(TITLE, (Paragraph(told), Table("Neighbourhood work", columns, rows)), figures=figures)


def _or_hidden(number: int | None) -> str:
    return "not shown" if number is None else str(number)
