"""One month's claim as it stands: what it would come to now, what was kept of it, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from nhsdesk.domain import claim_checks, claimed, uplifts
from nhsdesk.domain.arrs import OtherFunding, PostEvidence
from nhsdesk.domain.claimed import Claim, ClaimEvent, ClaimLine, ClaimStage, ClaimState
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money, total
from nhsdesk.domain.periods import FinancialYear, Month
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.rates import Rate
from nhsdesk.domain.rules import Rules
from nhsdesk.domain.statements import PortalLine, PortalStatement
from nhsdesk.domain.uplifts import UpliftLine
from nhsdesk.sections import claim_lines, claimed_lines, posts_held
from nhsdesk.sections.claim_lines import LineFacts, MonthFacts
from nhsdesk.sections.posts_held import Held
from nhsdesk.store.reading import Reader

P = TypeVar("P", PostEvidence, OtherFunding)


@dataclass(frozen=True, slots=True)
class MonthInYear:
    """One month among the others: how far its claim has come, and what was claimed and paid."""

    month: Month
    claim: Claim | None
    stage: ClaimStage | None
    claimed: Money | None
    paid: Money | None

    @property
    def words(self) -> str:
        """How far it has come, in a word."""
        if self.claim is None:
            return "not begun"
        return self.stage.value if self.stage is not None else self.claim.state.value


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month as its page shows it."""

    month: Month
    now: MonthFacts
    """What the month comes to with what is known today."""
    claim: Claim | None
    lines: tuple[ClaimLine, ...]
    """The claim's own lines: of a draft as last brought up to date, afterwards as submitted."""
    events: tuple[ClaimEvent, ...]
    paid: Mapping[Id, Money]
    problems: tuple[Problem, ...]
    out_of_date: tuple[str, ...]
    """Of a draft: the posts whose kept line differs from what it would come to now, by reference."""

    @property
    def stage(self) -> ClaimStage | None:
        """Where a submitted claim stands."""
        return claimed.stage_of(self.events)

    @property
    def submitted(self) -> bool:
        """Whether the claim may no longer change."""
        return self.claim is not None and self.claim.state is not ClaimState.DRAFT

    @property
    def total(self) -> Money:
        """What is claimed: as kept once there is a claim, else as worked out now."""
        every: Iterable[LineFacts | ClaimLine] = self.lines if self.claim is not None else self.now.lines
        return total(line.claimed for line in every)


def gather(reader: Reader, month: Month, today: date, settled: Rules) -> MonthView:
    """The month, worked out as known today, beside what is kept of it."""
    held = posts_held.read(reader)
    now = claim_lines.of_month(held, month, today, settled)
    claims = reader.all(Claim, month=month)
    claim = claimed.current(claims).get(month)
    lines = reader.all(ClaimLine, claim=claim.id) if claim is not None else ()
    events = reader.all(ClaimEvent, claim=claim.id) if claim is not None else ()
    problems = (
        *_claimed_twice(claim, claims), *_uplifted(reader, claim), *now.problems,
        *checks(reader, held, now, today, settled),
    )  # fmt: skip
    draft = claim is not None and claim.state is ClaimState.DRAFT
    return MonthView(
        month, now, claim, lines, events, paid_by_post(reader, month), problems,
        differing(lines, now, {post.id: post.ref for post in held.posts}) if draft else (),
    )  # fmt: skip


def _claimed_twice(counts: Claim | None, claims: Iterable[Claim]) -> Iterator[Problem]:
    for other in claimed.beside_the_current(claims):
        if counts is not None:
            yield Problem(
                f"{other.ref} is a claim for {other.month.words} too. {counts.ref} counts; remove the other if it is "
                "a draft, or ask the ICB which one it has.",
                Weight.ACKNOWLEDGE,
                "claim",
                other.id,
            )


def _uplifted(reader: Reader, claim: Claim | None) -> Iterator[Problem]:
    """A claim that takes the place of one is worked out anew, and so holds what an uplift claimed for its month."""
    if claim is None or claim.state is not ClaimState.DRAFT or claim.supersedes is None:
        return
    submitted = claimed_lines.uplifts_submitted(reader)
    placed, _ = uplifts.claimed_before(
        line for one in submitted for line in reader.all(UpliftLine, uplift=one.id)
    )
    before = total(amount for (_, month, _), amount in placed.items() if month == claim.month)
    if before > Money():
        yield Problem(
            f"{before} for {claim.month.words} was claimed in an uplift already, and {claim.ref} claims it again. "
            "Agree with the ICB first which of the two is withdrawn.",
            Weight.ACKNOWLEDGE,
        )


def checks(reader: Reader, held: Held, now: MonthFacts, today: date, settled: Rules) -> tuple[Problem, ...]:
    """What is odd besides the figures, of the month and of each post claimed for."""
    month = now.month
    evidence, funding = _by_post(reader.all(PostEvidence)), _by_post(reader.all(OtherFunding))
    posts = {post.id: post for post in held.posts}
    wanted = [one.strip() for one in settled.text("arrs.evidence").split(";") if one.strip()]
    found = list(claim_checks.of_month(month, today, settled.whole("arrs.back_months")))
    for line in now.lines:
        post = posts[Id(int(line.post_id))]
        found += claim_checks.of_post(
            post, held.assignments.get(post.id, []), held.pay.get(post.id, []), month
        )
        found += claim_checks.of_evidence(post, wanted, evidence.get(post.id, []), month)
        found += claim_checks.of_funding(post, line.share_of_cost, funding.get(post.id, []), month)
    claimed_for = {Id(int(line.post_id)): posts[Id(int(line.post_id))] for line in now.lines}
    every = [one for post in claimed_for for one in held.assignments.get(post, [])]
    found += claim_checks.of_people(month, every, claimed_for, held.holders)
    return tuple(dict.fromkeys(found))


def _by_post(every: Iterable[P]) -> dict[Id, list[P]]:
    found: dict[Id, list[P]] = {}
    for one in every:
        found.setdefault(one.post, []).append(one)
    return found


def unconfirmed(now: MonthFacts, passes: str = "") -> tuple[str, ...]:
    """The references of the maxima used that nobody here has confirmed, but for those as sure as `passes` says."""
    return tuple(rate.ref for rate in now.rates if not rate.confirmed and rate.confidence != passes)


def paid_by_post(reader: Reader, month: Month) -> dict[Id, Money]:
    """What the newest statement of a month says was paid, by post; lines without a post left out."""
    statements = sorted(
        reader.all(PortalStatement, month=month), key=lambda one: (one.received_on or date.min, one.id)
    )
    if not statements:
        return {}
    found: dict[Id, Money] = {}
    for line in reader.all(PortalLine, statement=statements[-1].id):
        if line.post is not None and line.paid is not None:
            found[line.post] = found.get(line.post, Money()) + line.paid
    return found


def differing(lines: Iterable[ClaimLine], now: MonthFacts, refs: Mapping[Id, str]) -> tuple[str, ...]:
    """The posts of which the kept figures are not what the month comes to now, either way."""
    kept = {(refs.get(line.post, ""), line.employment or ""): _figures(line) for line in lines}
    fresh = {(line.post, line.employment): _figures(line) for line in now.lines}
    return tuple(sorted({key[0] for key in kept.keys() | fresh.keys() if kept.get(key) != fresh.get(key)}))


def _figures(line: ClaimLine | LineFacts) -> tuple[object, ...]:
    """What a line comes to, and what of it is typed into the portal."""
    typed = (line.hours, line.salary, line.employer_ni, line.employer_pension, line.fees)
    return (line.cost, line.maximum, line.pro_rata_maximum, line.claimed, *typed)


def frozen(reader: Reader, claim: Claim) -> MonthFacts:
    """A claim's lines as they are kept, in the form in which papers show a month."""
    held = posts_held.read(reader)
    posts = {post.id: post for post in held.posts}
    used = reader.several(Rate, {line.rate for line in reader.all(ClaimLine, claim=claim.id)})
    lines = tuple(
        claim_lines.of_kept(line, posts[line.post], used.get(line.rate), held)
        for line in reader.all(ClaimLine, claim=claim.id)
        if line.post in posts
    )
    told = tuple(claim_lines.rate_facts(rate) for rate in sorted(used.values(), key=lambda rate: rate.ref))
    known_on = claim.known_on or claim.submitted_on or claim.month.last
    return MonthFacts(
        claim.month, known_on, "as it was settled then", "as it was settled then", lines, told, (), ()
    )


def as_it_stands(reader: Reader, month: Month, known_on: date, settled: Rules) -> MonthFacts:
    """A month for whoever reports of it: as submitted where it was, else as it comes to as known on a day."""
    claim = claimed.current(reader.all(Claim, month=month)).get(month)
    if claim is not None and claim.state is not ClaimState.DRAFT:
        return frozen(reader, claim)
    return claim_lines.gather(reader, month, known_on, settled)


def year(reader: Reader, of: FinancialYear) -> tuple[MonthInYear, ...]:
    """April to March, each with its current claim."""
    current = claimed.current(reader.all(Claim))
    amounts: dict[Id, Money] = {}
    for line in reader.all(ClaimLine):
        amounts[line.claim] = amounts.get(line.claim, Money()) + line.claimed
    events: dict[Id, list[ClaimEvent]] = {}
    for event in reader.all(ClaimEvent):
        events.setdefault(event.claim, []).append(event)
    found = []
    for month in of.months:
        claim = current.get(month)
        paid = paid_by_post(reader, month)
        found.append(
            MonthInYear(
                month,
                claim,
                claimed.stage_of(events.get(claim.id, ())) if claim is not None else None,
                amounts.get(claim.id, Money()) if claim is not None else None,
                total(paid.values()) if paid else None,
            )
        )
    return tuple(found)


def missed(reader: Reader, today: date) -> tuple[Month, ...]:
    """Months of this financial year that are over, had somebody in post, and of which no claim was submitted."""
    held = posts_held.read(reader)
    this = Month.of(today)
    months = [month for month in FinancialYear.of(today).months if month < this]
    current = claimed.current(reader.all(Claim))
    return tuple(
        month
        for month in months
        if (month not in current or current[month].state is ClaimState.DRAFT)
        and any(posts_held.anybody_in(post, month, held) for post in held.posts)
    )


def must_fix(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those that stop a claim from being marked as submitted."""
    return tuple(problem for problem in problems if problem.weight is Weight.MUST_FIX)
