"""Uplifts: claimed months worked out again with what is known now, and uplift claims as they are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from nhsdesk.domain import uplifts
from nhsdesk.domain.arrs import Post
from nhsdesk.domain.money import Money, total
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.rates import Rate
from nhsdesk.domain.uplifts import Due, PostDifference, Uplift, UpliftLine
from nhsdesk.sections import claim_lines, claimed_again, claimed_lines, posts_held
from nhsdesk.sections.claim_lines import RateFacts
from nhsdesk.sections.posts_held import Held
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One post in an uplift: what was claimed, what it is now, and what stands in the way."""

    post: str
    post_id: str
    label: str
    role: str
    employer: str
    due: str
    months: str
    was: Money
    difference: Money
    back_paid_on: date | None
    left_on: date | None
    icb: Money | None
    because: str
    rates: tuple[str, ...]
    working: tuple[str, ...]
    kept: str = ""
    """The working as numbers, as an uplift line keeps it."""
    ref: str = ""
    """Of the kept line; empty while nothing is kept."""

    @property
    def now(self) -> Money:
        """What these months come to now."""
        return self.was + self.difference

    @property
    def month_count(self) -> int:
        """How many months it is for; 0 where no working says it."""
        try:
            return len({month.month for month in uplifts.from_kept(self.kept)})
        except ValueError:
            return 0

    @property
    def beside_icb(self) -> Money | None:
        """Our figure less the ICB's; None while the ICB's is not known."""
        return None if self.icb is None else self.difference - self.icb


@dataclass(frozen=True, slots=True)
class UpliftFacts:
    """An uplift for some months: worked out just now, or as it is kept."""

    first: Month
    last: Month
    known_on: date
    lines: tuple[LineFacts, ...]
    rates: tuple[RateFacts, ...]
    problems: tuple[Problem, ...]
    not_claimed: tuple[Month, ...] = ()
    ref: str = ""
    submitted_on: date | None = None
    submitted: bool = False
    icb_total: Money | None = None
    remarks: str = ""
    out_of_date: bool = False
    """Whether a draft no longer says what would be worked out today."""

    def of(self, due: Due) -> tuple[LineFacts, ...]:
        """Its lines of one sort."""
        return tuple(line for line in self.lines if line.due == due.value)

    def total_of(self, due: Due) -> Money:
        """What the lines of one sort come to; nothing is set against anything."""
        return total(line.difference for line in self.of(due))

    @property
    def months_words(self) -> str:
        """Its months."""
        return self.first.words if self.first == self.last else f"{self.first.words} to {self.last.words}"


def work_out(reader: Reader, first: Month, last: Month, known_on: date) -> UpliftFacts:
    """The claimed months from one to another, worked out with what is known on a day, beside what was claimed."""
    held = posts_held.read(reader)
    claims = claimed_lines.submitted(reader)
    months = [month for month in sorted(claims) if first <= month <= last]
    found, problems = claimed_again.compare(reader, held, [claims[month] for month in months], known_on)
    posts = {post.id: post for post in held.posts}
    lines = tuple(_line(one, posts[one.post], held) for one in found)
    return UpliftFacts(
        first,
        last,
        known_on,
        lines,
        _rates(held.rates, lines),
        problems,
        tuple(month for month in _between(first, last) if month not in claims),
    )


def recoveries(reader: Reader, until: Month, known_on: date) -> tuple[LineFacts, ...]:
    """What months of the financial year, up to one, claimed more than they may with what is known now."""
    facts = work_out(reader, until.financial_year.months[0], until, known_on)
    return facts.of(Due.RECOVERY)


def suggested(reader: Reader, known_on: date) -> tuple[Month, Month] | None:
    """From the first to the last month, of this financial year and the one before, with a rise to claim."""
    this_year = Month.of(known_on).financial_year.months
    facts = work_out(reader, this_year[0].plus(-12), this_year[-1], known_on)
    lines = (*facts.of(Due.UPLIFT), *facts.of(Due.WAITING))
    months = [one.month for line in lines for one in uplifts.from_kept(line.kept)]
    return (min(months), max(months)) if months else None


def of_record(reader: Reader, uplift: Uplift, today: date) -> UpliftFacts:
    """An uplift as it is kept; of a draft also whether it is out of date."""
    organisations = posts_held.read(reader)
    kept = reader.all(UpliftLine, uplift=uplift.id)
    posts = reader.several(Post, (line.post for line in kept))
    lines = tuple(_kept_line(line, posts[line.post], organisations) for line in kept)
    facts = UpliftFacts(
        uplift.first,
        uplift.last,
        uplift.known_on or today,
        lines,
        _rates(reader.all(Rate), lines),
        (),
        ref=uplift.ref,
        submitted_on=uplift.submitted_on,
        submitted=uplift.sealed() is not None,
        icb_total=uplift.icb_total,
        remarks=uplift.remarks or "",
    )
    if facts.submitted:
        return facts
    now = work_out(reader, uplift.first, uplift.last, today)
    return replace(
        facts,
        problems=now.problems,
        not_claimed=now.not_claimed,
        out_of_date=_figures(now.lines) != _figures(lines),
    )


def check(facts: UpliftFacts) -> tuple[Problem, ...]:
    """What stands in the way of the figures, and the maxima nobody here has confirmed."""
    return (*facts.problems, *claim_lines.unconfirmed(facts.rates))


def _figures(lines: Iterable[LineFacts]) -> set[tuple[str, str, Money, date | None]]:
    """What must be the same for a draft to be up to date; a line that only holds the ICB's figure has none."""
    return {(line.post_id, line.due, line.difference, line.back_paid_on) for line in lines if line.difference}


def _between(first: Month, last: Month) -> Iterator[Month]:
    while first <= last:
        yield first
        first = first.plus(1)


# ---- as facts


def _line(one: PostDifference, post: Post, held: Held) -> LineFacts:
    kept = uplifts.kept(one)
    return LineFacts(
        post=post.ref,
        post_id=str(post.id),
        label=post.title_words(),
        role=post.role.words,
        employer=_employer(post, held),
        due=one.due.value,
        months=uplifts.months_words(month.month for month in one.months),
        was=one.was,
        difference=one.difference,
        back_paid_on=one.back_paid_on,
        left_on=one.left_on,
        icb=None,
        because=one.because,
        rates=tuple(dict.fromkeys(ref for month in one.months for ref in month.rates)),
        working=uplifts.kept_words(kept),
        kept=kept,
    )


def _kept_line(line: UpliftLine, post: Post, held: Held) -> LineFacts:
    try:
        months = uplifts.from_kept(line.working)
    except ValueError:
        months = ()
    due = uplifts.due_of(line)
    return LineFacts(
        post=post.ref,
        post_id=str(post.id),
        label=post.title_words(),
        role=post.role.words,
        employer=_employer(post, held),
        due=due.value,
        months=uplifts.months_words(month.month for month in months),
        was=line.was,
        difference=total(month.difference for month in months) if due is Due.WAITING else line.ours,
        back_paid_on=line.back_paid_on,
        left_on=claimed_lines.last_day(post, held) if line.left else None,
        icb=line.icb,
        because=line.why_not or "",
        rates=tuple(dict.fromkeys(ref for month in months for ref in month.rates)),
        working=uplifts.kept_words(line.working),
        kept=line.working or "",
        ref=line.ref,
    )


def _employer(post: Post, held: Held) -> str:
    employer = held.organisations.get(post.employer) if post.employer is not None else None
    return employer.name if employer else ""


def _rates(known: Iterable[Rate], lines: Iterable[LineFacts]) -> tuple[RateFacts, ...]:
    used = {ref for line in lines for ref in line.rates}
    return tuple(
        claim_lines.rate_facts(rate) for rate in sorted(known, key=lambda rate: rate.ref) if rate.ref in used
    )
