"""Leading a PCN: share of time outside, duties that hang on one person, next steps, offers, claims and maturity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from nhsdesk.domain.kinds import Id
from nhsdesk.domain.leadership import (
    Collaborative,
    CollaborativeMember,
    Delegation,
    Delivered,
    LeadAssignment,
    LeaderTime,
    OfferToLead,
    PaidHow,
    ResourceClaim,
    Stakeholder,
)
from nhsdesk.domain.money import Money
from nhsdesk.domain.periods import Month, day_words
from nhsdesk.domain.problems import Problem, Weight

# ---- time inside and outside


@dataclass(frozen=True, slots=True)
class MonthOfTime:
    """The sessions of all leaders in one month; what nobody entered is no month of none."""

    month: Month
    internal: Decimal
    external: Decimal

    @property
    def share(self) -> int | None:
        """How much of it was outside, in whole per cent; None where there is nothing to share out."""
        whole = self.internal + self.external
        if whole <= 0 or self.internal < 0 or self.external < 0:
            return None
        return int((self.external * 100 / whole).quantize(Decimal(1), ROUND_HALF_UP))


def by_month(times: Iterable[LeaderTime]) -> tuple[MonthOfTime, ...]:
    """Each month that somebody entered, the earliest first."""
    found: dict[Month, MonthOfTime] = {}
    for one in times:
        held = found.get(one.month, MonthOfTime(one.month, Decimal(0), Decimal(0)))
        found[one.month] = MonthOfTime(one.month, held.internal + one.internal, held.external + one.external)
    return tuple(found[month] for month in sorted(found))


def trend_words(months: Sequence[MonthOfTime]) -> str:
    """How the share outside moved from the first to the last of these months; empty with fewer than two shares."""
    shares = [(one.month, share) for one in months if (share := one.share) is not None]
    if len(shares) < 2:
        return ""
    (first, before), (last, now) = shares[0], shares[-1]
    if now == before:
        return f"The share outside is {now} % in {last.words}, as in {first.words}."
    moved = "rose" if now > before else "fell"
    return f"The share outside {moved} from {before} % in {first.words} to {now} % in {last.words}."


def target_words(share: int | None, target: int) -> str:
    """A share beside the target that was settled here; nought is none."""
    if not target:
        return "no target"
    if share is None:
        return "not known"
    if share >= target:
        return f"meets {target} %"
    under = target - share
    return f"{under} {'point' if under == 1 else 'points'} under {target} %"


def months_left_out(months: Sequence[MonthOfTime]) -> tuple[Month, ...]:
    """The months between the first and the last of which nobody entered anything."""
    if not months:
        return ()
    held, found, month = {one.month for one in months}, [], months[0].month
    while month < months[-1].month:
        if month not in held:
            found.append(month)
        month = month.plus(1)
    return tuple(found)


# ---- duties


def in_force(duties: Iterable[Delegation], today: date) -> tuple[Delegation, ...]:
    """The duties of a day; the day on which one ended is no longer one of its days."""
    return tuple(one for one in duties if one.ended_on is None or one.ended_on > today)


def done_by(duty: Delegation) -> Id | None:
    """Who does it now: to whom it was delegated, else who holds it."""
    return duty.delegated_to or duty.held_by


def hangs_on_one(duty: Delegation) -> bool:
    """Whether nobody steps in. Whoever does it already is no deputy for themselves."""
    return duty.deputy is None or duty.deputy == done_by(duty)


def single_points(duties: Iterable[Delegation], today: date) -> tuple[Delegation, ...]:
    """Duties in force for which nobody steps in."""
    return tuple(one for one in in_force(duties, today) if hangs_on_one(one))


@dataclass(frozen=True, slots=True)
class Carried:
    """How many duties one person does now, and how many of them nobody else could take over."""

    person: Id
    duties: int
    alone: int


def carried(duties: Iterable[Delegation], today: date) -> tuple[Carried, ...]:
    """Who does how many duties, the most without a deputy first."""
    held, alone = Counter[Id](), Counter[Id]()
    for one in in_force(duties, today):
        person = done_by(one)
        if person is not None:
            held[person] += 1
            alone[person] += hangs_on_one(one)
    found = [Carried(person, held[person], alone[person]) for person in held]
    return tuple(sorted(found, key=lambda one: (-one.alone, -one.duties, one.person)))


# ---- whom we talk to


def days_since(contact: date | None, today: date) -> int | None:
    """Days since the last contact; None where there is none known, or its day has not come."""
    return None if contact is None or contact > today else (today - contact).days


def is_overdue(one: Stakeholder, today: date) -> bool:
    """Whether the day of the next step has passed, also where nobody said which step it is."""
    return one.next_by is not None and one.next_by < today


def to_see_first(stakeholders: Iterable[Stakeholder], today: date) -> tuple[Stakeholder, ...]:
    """Overdue next steps first, then by the day of the next step; without one the longest unseen first."""

    def order(one: Stakeholder) -> tuple[bool, date, int, Id]:
        since = days_since(one.last_contact, today)
        unseen = -since if since is not None else -(10**6)
        return not is_overdue(one, today), one.next_by or date.max, unseen, one.id

    return tuple(sorted(stakeholders, key=order))


# ---- offers and what was delivered


def days_words(days: int) -> str:
    """A length of time in days."""
    return "1 day" if days == 1 else f"{days:,} days"


def reply_words(one: OfferToLead, today: date) -> str:
    """The reply with its day, or for how long there has been none, as on a day."""
    if one.replied_on is not None and one.replied_on > today:
        return _waits(one, today)
    if one.reply:
        return f"{one.reply} ({day_words(one.replied_on)})" if one.replied_on else one.reply
    if one.replied_on is not None:
        return f"Replied on {day_words(one.replied_on)}; the words are not kept"
    return _waits(one, today)


def _waits(one: OfferToLead, today: date) -> str:
    since = days_since(one.offered_on, today)
    return (
        "No reply; the day of the offer is not known"
        if since is None
        else f"No reply for {days_words(since)}"
    )


def is_unanswered(one: OfferToLead, today: date) -> bool:
    """Whether nothing had come back by a day."""
    if one.replied_on is not None:
        return one.replied_on > today
    return not one.reply


def lacking(one: Delivered) -> Iterable[str]:
    """What a reader would ask for next."""
    if not one.measure:
        yield "no measure is given"
    if not one.period and one.measured_on is None:
        yield "neither a period nor a day is given"
    if one.evidence is None:
        yield "no evidence is named"


# ---- claims for our people's work


def claimed(one: ResourceClaim) -> Money | None:
    """Sessions or hours times the rate; None where one is missing, or where both are given for one rate."""
    amount = one.sessions if one.hours is None else one.hours
    if amount is None or one.rate is None or (one.sessions is not None and one.hours is not None):
        return None
    pence = (amount * one.rate.pence).quantize(Decimal(1), ROUND_HALF_UP)
    return Money(int(pence))


def outstanding(one: ResourceClaim) -> Money | None:
    """What was invoiced and not paid; None where it is not said what was invoiced or paid."""
    return None if one.invoiced is None or one.paid is None else one.invoiced - one.paid


def work_words(one: ResourceClaim) -> str:
    """How much work at what rate."""
    amounts = [(one.sessions, "session", "sessions"), (one.hours, "hour", "hours")]
    said = [
        f"{plain(much)} {single if much == 1 else many}" for much, single, many in amounts if much is not None
    ]
    how_much = " and ".join(said) or "amount not said"
    return f"{how_much} at {one.rate}" if one.rate is not None else f"{how_much}, rate not said"


def basis_words(where: str, known: bool, checked_on: date | None) -> str:
    """Where it says that the work is paid for, and whether anybody has looked whether that is still in force."""
    if not known:
        return "No basis is named"
    looked = (
        f"looked up as in force on {day_words(checked_on)}"
        if checked_on
        else "not checked to be still in force"
    )
    return f"{where}; {looked}"


def claim_problems(one: ResourceClaim) -> tuple[Problem, ...]:
    """What would make a claim fail."""
    found: list[Problem] = []

    def say(sentence: str, field: str, weight: Weight = Weight.ACKNOWLEDGE) -> None:
        found.append(Problem(f"{one.ref}: {sentence}", weight, "resource_claim", one.id, field))

    worth = claimed(one)
    if one.sessions is not None and one.hours is not None:
        say("both sessions and hours are given for one rate. Leave the one that the rate is for.", "hours")
    if worth is not None and one.invoiced is not None and one.invoiced != worth:
        say(f"{one.invoiced} was invoiced, but the work comes to {worth}.", "invoiced")
    if one.paid is not None and one.invoiced is not None and one.paid.pence > one.invoiced.pence:
        say(f"{one.paid} was paid, more than the {one.invoiced} invoiced.", "paid")
    if one.document is None:
        say("it is not said where it is written that this work is paid for.", "document")
    elif one.basis_checked_on is None:
        say("nobody has noted looking whether its basis is still in force.", "basis_checked_on", Weight.NOTE)
    return tuple(found)


def plain(amount: Decimal) -> str:
    """A number without noughts at its end."""
    return f"{amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount.normalize():f}"


# ---- collaboratives

NEEDS: tuple[tuple[str, str], ...] = (
    ("vision", "Shared vision and leadership"),
    ("operating_model", "Target operating model"),
    ("estates", "Estates"),
    ("information", "Technology and information"),
    ("workforce", "Workforce"),
)
"""The five needs that the NHS Confederation and KPMG name for primary care provider collaboratives."""

MATURITY = ("not begun", "being planned", "partly in place", "in place")
"""What 0 to 3 stand for: this program's own words, for no official scale was found."""


def maturity_words(score: int | None) -> str:
    """A score with its word; one above 3 has none."""
    if score is None:
        return "not scored"
    return (
        f"{score}, {MATURITY[score]}" if 0 <= score < len(MATURITY) else f"{score}, which is not from 0 to 3"
    )


def maturity(one: Collaborative) -> tuple[tuple[str, int | None], ...]:
    """The five needs with their scores, which are never added up."""
    return tuple((words, getattr(one, name)) for name, words in NEEDS)


def paid_words(paid: PaidHow | None) -> str:
    """How money reaches it."""
    return "not known" if paid is None else paid.words


def there_on(one: CollaborativeMember | LeadAssignment, today: date) -> bool:
    """Whether it holds on a day; its first and last day count, and a day that nobody gave is no limit."""
    return (one.starts is None or one.starts <= today) and (one.ends is None or today <= one.ends)
