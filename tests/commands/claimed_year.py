"""Claims as they were submitted, and the sample's back-pay, for tests of what is claimed or paid afterwards."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from nhsdesk import resources
from nhsdesk.commands import uplifts
from nhsdesk.domain import local_rules
from nhsdesk.domain.arrs import Post, Role
from nhsdesk.domain.claimed import Claim, ClaimLine, ClaimState
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.periods import Month
from nhsdesk.sections import claim_lines
from nhsdesk.store.database import Database

CLAIMED = {4: date(2026, 5, 8), 5: date(2026, 6, 9), 6: date(2026, 7, 9), 7: date(2026, 8, 2)}
"""The sample's months that a rise concerns, each with the day whose knowledge it was claimed with."""

PAID = date(2026, 9, 25)


def freeze(database: Database, month: Month, known_on: date) -> Claim:
    """The claim of a month as it was worked out on a day, with its lines, marked as submitted."""
    with database.read() as reader:
        rules = local_rules.in_force(reader.all(LocalRule), month.last, resources.bank_holidays())
        facts = claim_lines.gather(reader, month, known_on, rules)
    with database.change("Claim a month") as change:
        claim = change.add(
            Claim(month=month, state=ClaimState.SUBMITTED, submitted_on=known_on, known_on=known_on)
        )
        for line in facts.lines:
            change.add(
                ClaimLine(
                    claim=claim.id,
                    post=Id(int(line.post_id)),
                    employment=line.employment or None,
                    label=line.label,
                    rate=Id(int(line.rate_ids[0])),
                    hours=line.hours,
                    cost=line.cost,
                    maximum=line.maximum,
                    pro_rata_maximum=line.pro_rata_maximum,
                    claimed=line.claimed,
                    working=line.steps,
                )
            )
    return claim


def freeze_sample(database: Database) -> list[Claim]:
    """The sample's claims for April to July."""
    return [freeze(database, Month(2026, number), known) for number, known in CLAIMED.items()]


def sample_back_pay(database: Database) -> None:
    """The sample's award: every role but GP, paid but where an outside employer has not said so yet."""
    with database.read() as reader:
        posts = [post for post in reader.all(Post) if post.role is not Role.GP]
        outside = {one.id: one.name for one in reader.all(Organisation)}
        late = {post.id for post in posts if outside.get(post.employer or Id(0), "") in waiting(database)}
        april, july = Month(2026, 4), Month(2026, 7)
        half = Decimal("1.5")
        paid = uplifts.back_pay_for(
            reader, [post for post in posts if post.id not in late], half, april, july, PAID
        )
        waits = uplifts.back_pay_for(reader, [post for post in posts if post.id in late], half, april, july)
    uplifts.record_back_pay(database, (*paid.rows, *waits.rows))


def waiting(database: Database) -> set[str]:
    """The employers that have not confirmed back-pay: the sample's O-01, O-03 and O-06."""
    told = {row["ref"]: row["name"] for row in resources.sample()["organisations"]}
    return {told[ref] for ref in ("O-01", "O-03", "O-06")}
