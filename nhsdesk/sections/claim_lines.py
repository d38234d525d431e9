"""The claim for a month, line by line: gathered once for the return, the claim itself and the briefing's totals."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from nhsdesk.domain import claim_steps, rates
from nhsdesk.domain import claimed as kept
from nhsdesk.domain.arrs import Post, Scheme
from nhsdesk.domain.claims import ClaimLine, NobodyInPost, NoFigure, step_words
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.rates import Rate
from nhsdesk.domain.rules import Rules
from nhsdesk.sections import posts_held
from nhsdesk.sections.posts_held import Held, Worked
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One post's line, with the references its figures can be followed back to."""

    post: str
    post_id: str
    label: str
    role: str
    base: str
    employer: str
    starts: date | None
    ends: date | None
    hours: Hours
    wte: Decimal
    salary: Money
    employer_ni: Money
    employer_pension: Money
    fees: Money
    share_of_cost: Decimal
    cost: Money
    maximum: Money
    pro_rata_maximum: Money
    claimed: Money
    rates: tuple[str, ...]
    rate_ids: tuple[str, ...]
    working: tuple[str, ...]
    employment: str = ""
    """Which of a post's employments it is for, where each has a line of its own."""
    steps: str = ""
    """The working as numbers, as a claim line keeps it."""


@dataclass(frozen=True, slots=True)
class RateFacts:
    """A maximum that lines were worked out with, its source and how sure it is."""

    ref: str
    role: str
    zone: str
    annual: Money
    valid_from: date
    published_on: date | None
    source: str
    confidence: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """All lines of a month, the rates they used, what could not be worked out, and posts nobody held."""

    month: Month
    known_on: date
    part_month: str
    pennies: str
    lines: tuple[LineFacts, ...]
    rates: tuple[RateFacts, ...]
    problems: tuple[Problem, ...]
    empty_posts: tuple[str, ...]
    lacking: tuple[str, ...] = ()
    """Posts that have no figure, or not all of theirs."""


def gather(reader: Reader, month: Month, known_on: date, settled: Rules) -> MonthFacts:
    """Works out every post's lines for a month with the rates and the back-pay known on a day."""
    return of_month(posts_held.read(reader), month, known_on, settled)


def of_month(held: Held, month: Month, known_on: date, settled: Rules) -> MonthFacts:
    """The same from what was read already."""
    lines: list[LineFacts] = []
    problems: list[Problem] = []
    empty: list[str] = []
    lacking: list[str] = []
    used: dict[str, Rate] = {}
    for post in held.posts:
        if post.scheme is not Scheme.ARRS:
            problems += _of_no_scheme(post, month, held)
            continue
        for worked in posts_held.work(post, month, known_on, held, settled):
            if isinstance(worked.result, NobodyInPost):
                empty += [post.ref] if post.ends is None or post.ends >= month.first else []
            elif isinstance(worked.result, NoFigure):
                problems += [_of_post(problem, post) for problem in worked.result.problems]
                lacking.append(post.ref)
            else:
                problems += [_of_post(problem, post) for problem in worked.result.notes]
                used.update({rate.ref: rate for rate in worked.rates})
                lines.append(_facts(post, worked, worked.result, held))
    told = tuple(rate_facts(rate) for _, rate in sorted(used.items()))
    rules = posts_held.claim_rules(settled)
    return MonthFacts(
        month, known_on, rules.part_month.value, rules.pennies.value, tuple(lines), told, tuple(problems), tuple(empty),
        tuple(dict.fromkeys(lacking)),
    )  # fmt: skip


def check(facts: MonthFacts) -> tuple[Problem, ...]:
    """What stands in the way of the lines, and the maxima nobody here has confirmed."""
    return (*facts.problems, *unconfirmed(facts.rates))


def unconfirmed(used: tuple[RateFacts, ...]) -> tuple[Problem, ...]:
    """The maxima used that nobody here has confirmed, in one sentence; none where all are."""
    unsure = [rate for rate in used if not rate.confirmed]
    if not unsure:
        return ()
    verb = "is" if len(unsure) == 1 else "are"
    what = f"{len(unsure)} of the {len(used)} maxima used {verb} not confirmed against the specification"
    refs = ", ".join(rate.ref for rate in unsure)
    return (Problem(f"{what}: {refs}.", Weight.ACKNOWLEDGE, "rate"),)


def _facts(post: Post, worked: Worked, line: ClaimLine, held: Held) -> LineFacts:
    base = held.practices.get(post.base) if post.base is not None else None
    employer = held.organisations.get(post.employer) if post.employer is not None else None
    amounts = line.amounts
    return LineFacts(
        post=post.ref,
        post_id=str(post.id),
        label=post.title_words(),
        role=post.role.words,
        base=base.name if base else "",
        employer=employer.name if employer else "",
        starts=post.starts,
        ends=post.ends,
        hours=line.hours,
        wte=line.hours.wte,
        salary=amounts.salary,
        employer_ni=amounts.employer_ni,
        employer_pension=amounts.employer_pension,
        fees=amounts.fees,
        share_of_cost=posts_held.share_reimbursed(post, worked.rates[0]),
        cost=line.cost,
        maximum=line.maximum,
        pro_rata_maximum=line.pro_rata_maximum,
        claimed=line.claimed,
        rates=tuple(rate.ref for rate in worked.rates),
        rate_ids=tuple(str(rate.id) for rate in worked.rates),
        working=tuple(step_words(step) for step in line.steps),
        employment=worked.employment,
        steps=claim_steps.kept(line.steps),
    )


def of_kept(line: kept.ClaimLine, post: Post, rate: Rate | None, held: Held) -> LineFacts:
    """A claim's own line, as it was kept; what is told of the post besides its figures is as it stands now."""
    base = held.practices.get(post.base) if post.base is not None else None
    employer = held.organisations.get(post.employer) if post.employer is not None else None
    return LineFacts(
        post=post.ref,
        post_id=str(post.id),
        label=line.label or post.title_words(),
        role=post.role.words,
        base=base.name if base else "",
        employer=employer.name if employer else "",
        starts=post.starts,
        ends=post.ends,
        hours=line.hours or Hours(),
        wte=line.wte or Decimal(),
        salary=line.salary or Money(),
        employer_ni=line.employer_ni or Money(),
        employer_pension=line.employer_pension or Money(),
        fees=line.fees or Money(),
        share_of_cost=posts_held.WHOLE_SHARE if line.share is None else line.share,
        cost=line.cost,
        maximum=line.maximum,
        pro_rata_maximum=line.pro_rata_maximum,
        claimed=line.claimed,
        rates=tuple((line.rates_used or (rate.ref if rate else "")).split(", ")),
        rate_ids=(str(line.rate),),
        working=claim_steps.kept_words(line.working),
        employment=line.employment or "",
        steps=line.working or "",
    )


def rate_facts(rate: Rate) -> RateFacts:
    """A maximum as papers tell of it."""
    return RateFacts(
        rate.ref, rate.role.words, rate.zone.words, rate.annual, rate.valid_from, rate.published_on, rate.source,
        rate.confidence.words, rates.unconfirmed(rate) is None,
    )  # fmt: skip


def _of_no_scheme(post: Post, month: Month, held: Held) -> tuple[Problem, ...]:
    """A post paid from other money is left out in silence; one of which it is not known, with a word."""
    if post.scheme is not None or not posts_held.anybody_in(post, month, held):
        return ()
    told = "it is not said which money pays for it, so it is not claimed for."
    return (_of_post(Problem(told, Weight.ACKNOWLEDGE, field="scheme"), post),)


def _of_post(problem: Problem, post: Post) -> Problem:
    """With the post it concerns; it opens the post, unless it is another entry that is to be put right."""
    told = replace(problem, sentence=f"{post.ref} {post.title_words()}: {problem.sentence}")
    return told if problem.kind else replace(told, kind="post", record=post.id)
