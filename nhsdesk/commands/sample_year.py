"""The sample's additional roles: posts with their pay, and the year's claims as they were made, paid and queried."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from nhsdesk.commands import claims, uplifts
from nhsdesk.domain.arrs import (
    Assignment,
    BackPay,
    Certainty,
    Pay,
    PensionScheme,
    Post,
    PostEvidence,
    Role,
    Scheme,
    Stage,
)
from nhsdesk.domain.claimed import Claim, ClaimEvent, ClaimLine, ClaimStage
from nhsdesk.domain.entitlement import Stream, Sum
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.organisations import ListBase, ListSize, LondonZone, Practice
from nhsdesk.domain.periods import FinancialYear, Month
from nhsdesk.domain.rates import Rate, RateConfidence
from nhsdesk.domain.statements import PortalLine, PortalStatement
from nhsdesk.store.door import Change

NEST = Decimal(3)
MADE_UP = "Made up for the sample, and round so that nobody takes it for an official figure"
Named = Callable[[str | None], Id | None]
"""The id of what the sample's own file calls by a name; None where it has none."""


def fill(change: Change, told: dict[str, Any], named: Named, zone: LondonZone) -> None:
    """Posts, pay, maxima, sums and the claims of the year so far."""
    change.add(
        LocalRule(key="arrs.pennies", value="each amount", starts=date(2026, 4, 1), agreed_with="the sample")
    )
    for row in told["rates"]:
        change.add(_rate(row, zone))
    _sums(change, told)
    award = told["pay_award"]
    for row in told["posts"]:
        post = change.add(_post(row, named))
        _assignments_and_pay(change, post, row, award)
    for row in told["planned_posts"]:
        change.add(_planned(row, named))
    for row in told["claims"]:
        _claim(change, row)
    _uplift(change, told["uplift"])


def _rate(row: dict[str, Any], zone: LondonZone) -> Rate:
    return Rate(
        role=Role(row["role"]),
        zone=zone,
        annual=Money.pounds(row["annual"]),
        valid_from=row["valid_from"],
        published_on=row["published_on"],
        superseded_on=row.get("superseded_on"),
        source=MADE_UP,
        confidence=RateConfidence.SAMPLE,
    )


def _sums(change: Change, told: dict[str, Any]) -> None:
    """The year's sum per head, and each practice's weighted list, which together are the sample's own."""
    row = told["sum"]
    change.add(
        Sum(
            stream=Stream.ARRS,
            year=FinancialYear.parse(row["year"]),
            per_head=Decimal(row["per_head"]),
            base=ListBase.WEIGHTED,
            counted_on=row["counted_on"],
            valid_from=row["valid_from"],
            source=row["source"],
            confidence=RateConfidence.TWICE_REMOVED,
        )
    )
    practices = change.reader.all(Practice)
    weighted = row["weighted"][: len(practices)]
    weighted[-1] += sum(row["weighted"]) - sum(
        weighted
    )  # a real PCN that lends its names may have fewer practices
    for practice, patients in zip(practices, weighted, strict=False):
        change.add(
            ListSize(
                practice=practice.id,
                base=ListBase.WEIGHTED,
                counted_on=row["counted_on"],
                patients=Decimal(patients),
                source="Made up for the sample",
            )
        )


def _post(row: dict[str, Any], named: Named) -> Post:
    role = Role(row["role"])
    return Post(
        role=role,
        portal_label=row["label"],
        scheme=Scheme.ARRS,
        stage=Stage.ENDED if "end" in row else Stage.FILLED,
        contracted=_hours(row["hours"]),
        base=named(row["base"]),
        employer=named(_employer(row["employer"])),
        starts=row["start"],
        ends=row.get("end"),
        band=row["band"],
        additionality="Not there on 31 March 2019 (sample)",
        training_met=True if role is Role.CLINICAL_PHARMACIST else None,
        reimbursed=Decimal(row["share"]) if "share" in row else None,
        neighbourhood_planned=Decimal(row["planned"]),
        neighbourhood_approved="PCN board" if row["planned"] else None,
        on_nwrs=row["on_nwrs"],
        nwrs_checked=row["nwrs_checked"],
    )


def _employer(name: str) -> str:
    """A practice that employs is an organisation of its own besides."""
    return f"employer {name}" if name.startswith("PR") else name


def _planned(row: dict[str, Any], named: Named) -> Post:
    return Post(
        role=Role(row["role"]),
        portal_label=row["label"],
        stage=Stage(row["stage"]),
        planned_start=row["planned_start"],
        certainty=Certainty(row["certainty"]),
        planned_salary=Money.pounds(row["salary"]),
        contracted=_hours(row["hours"]),
        base=named(row["base"]),
        employer=named(_employer(row["employer"])),
    )


def _hours(words: str) -> Hours:
    whole, colon, minutes = words.partition(":")
    return Hours(int(whole) * 3600 + int(minutes) * 60) if colon else Hours.of(words)


def _assignments_and_pay(change: Change, post: Post, row: dict[str, Any], award: dict[str, Any]) -> None:
    """Hours and pay from the start, from each change, and from the day the pay award was in pay."""
    spells = [(row["start"], row["hours"], row["salary"])]
    spells += [(one["from"], one["hours"], one["salary"]) for one in row.get("changes", ())]
    for n, (starts, hours, _) in enumerate(spells):
        ends = _day_before(spells[n + 1][0]) if n + 1 < len(spells) else row.get("end")
        change.add(Assignment(post=post.id, hours=_hours(hours), starts=starts, ends=ends))
    for paper in ("contract", "additionality statement"):
        change.add(
            PostEvidence(post=post.id, what=paper, seen_on=row["start"], lies_at="Personnel file (sample)")
        )
    paid = [(starts, Money.pounds(salary)) for starts, _, salary in spells]
    risen = row["role"] not in award["not_for"] and row["start"] < award["from"]
    if risen:
        _back_pay(change, post, row, paid, award)
        paid.append((award["from"], _raised(paid[-1][1], award)))
    for n, (starts, salary) in enumerate(paid):
        ends = _day_before(paid[n + 1][0]) if n + 1 < len(paid) else None
        own = row.get("pension") == "NEST"
        change.add(
            Pay(
                post=post.id,
                starts=starts,
                ends=ends,
                salary=salary,
                pension_scheme=PensionScheme.OTHER if own else PensionScheme.NHS,
                pension_rate=NEST if own else None,
                source="Sample",
            )
        )


def _raised(salary: Money, award: dict[str, Any]) -> Money:
    raised = Decimal(salary.pence) * (1 + Decimal(award["percent"]) / 100)
    return Money(int(raised.quantize(Decimal(1), ROUND_HALF_UP)))


def _back_pay(
    change: Change, post: Post, row: dict[str, Any], paid: list[tuple[date, Money]], award: dict[str, Any]
) -> None:
    """The award for the months before it was in pay; where the employer has not paid it yet, without a day."""
    until = _day_before(award["from"])
    for n, (starts, salary) in enumerate(paid):
        ends = _day_before(paid[n + 1][0]) if n + 1 < len(paid) else until
        begins = max(starts, award["backdated_to"])
        if begins <= ends:
            change.add(
                BackPay(
                    post=post.id,
                    starts=begins,
                    ends=ends,
                    salary=_raised(salary, award),
                    paid_on=None if row["employer"] in award["not_paid_by"] else award["paid_on"],
                )
            )


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


# ---- the claims of the year so far


def _claim(change: Change, row: dict[str, Any]) -> None:
    month = Month.parse(row["month"])
    rules = claims.rules_of(change.reader, month)
    claim = claims.freeze(change, month, row.get("known_on", row["submitted"]), row["submitted"], rules)
    if "paid" in row:
        _statement(change, claim, row)
    for event in row.get("events", ()):
        change.add(
            ClaimEvent(
                claim=claim.id,
                happened_on=event["on"],
                stage=ClaimStage(event["stage"]),
                amount=Money.pounds(event["amount"]) if "amount" in event else None,
                told=event.get("told"),
            )
        )


def _statement(change: Change, claim: Claim, row: dict[str, Any]) -> None:
    """The portal's statement: everything paid as claimed but for what was paid short."""
    lines = change.reader.all(ClaimLine, claim=claim.id)
    posts = change.reader.several(Post, {line.post for line in lines})
    statement = change.add(
        PortalStatement(
            month=claim.month, received_on=row["paid"], total=Money.pounds(row["amount"]), source="Sample"
        )
    )
    for line in lines:
        post = posts[line.post]
        paid = line.claimed
        if row.get("short_post") == post.portal_label:
            paid = paid - Money.pounds(row["short"])
        change.add(
            PortalLine(
                statement=statement.id,
                label=line.label or post.ref,
                post=post.id,
                role_title=post.role.words,
                hours=line.hours,
                claimed=line.claimed,
                approved=paid,
                paid=paid,
                status="paid",
            )
        )


def _uplift(change: Change, row: dict[str, Any]) -> None:
    """The one claim for the months before the award was in pay, for those whose employers had paid it."""
    first, last = Month.parse(row["first"]), Month.parse(row["last"])
    made = uplifts.draft(change, first, last, row["submitted"])
    uplift = uplifts.submit(change, made.id, row["submitted"], sample=True)
    amount = Money.pounds(row["amount"])
    change.add(ClaimEvent(claim=uplift.id, happened_on=row["paid"], stage=ClaimStage.PAID, amount=amount))
