"""What is to be known in time before a year ends: by when notice is given, and what an end would cost.

Redundancy is the employer's own estimate as typed with the post; this program works none out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from nhsdesk.domain.arrs import Post
from nhsdesk.domain.money import Money, total
from nhsdesk.domain.periods import FinancialYear


@dataclass(frozen=True, slots=True)
class Ending:
    """A post that somebody is in: when it would end, by when notice is given, and what is known of the cost."""

    post: str
    post_id: int
    label: str
    ends: date
    fixed_term: bool
    """Its end date is entered: it ends by itself. Otherwise 31 March is the day the year's money ends."""
    notice_by: date | None
    redundancy: Money | None
    tupe: bool | None


@dataclass(frozen=True, slots=True)
class Exposure:
    """What ending all of them would cost, as far as employers have said."""

    redundancy: Money
    without_estimate: int
    tupe: tuple[str, ...]
    tupe_unknown: int


def ending(post: Post, year: FinancialYear) -> Ending:
    """When a post would end and by when notice of it is given."""
    settled = post.ends is not None and post.ends <= FinancialYear(year.first_year + 1).last
    ends = post.ends if settled and post.ends is not None else year.last
    weeks = post.notice_weeks
    return Ending(
        post.ref,
        post.id,
        post.title_words(),
        ends,
        bool(post.fixed_term) and settled,
        None if weeks is None else ends - timedelta(weeks=weeks),
        post.redundancy,
        post.tupe,
    )


def exposure(endings: Iterable[Ending]) -> Exposure:
    """The estimates added up, and how many posts have none."""
    every = tuple(endings)
    return Exposure(
        total(one.redundancy for one in every if one.redundancy is not None),
        sum(one.redundancy is None for one in every),
        tuple(one.post for one in every if one.tupe),
        sum(one.tupe is None for one in every),
    )


@dataclass(frozen=True, slots=True)
class Beside:
    """One role, or one starter, this year and next."""

    name: str
    this_year: Money
    next_year: Money
    assumed: bool = False
    """Next year's figure rests on a maximum that is not published."""
    lacking: int = 0
    post_id: int = 0

    @property
    def more(self) -> Money:
        """What next year adds."""
        return self.next_year - self.this_year
