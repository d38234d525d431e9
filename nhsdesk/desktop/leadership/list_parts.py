"""The lists of the leadership page, each with what is to be known of its chosen line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from nhsdesk.commands import leadership
from nhsdesk.desktop import theme
from nhsdesk.desktop.commitments.parts import ListPart, row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.words import counted
from nhsdesk.desktop.wrapped_table import WrappedTable
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.leadership import (
    Collaborative,
    Delegation,
    Delivered,
    LeadAssignment,
    OfferToLead,
    ResourceClaim,
    Stakeholder,
)
from nhsdesk.domain.leadership_rules import days_words
from nhsdesk.domain.money import Money, total
from nhsdesk.domain.periods import day_words
from nhsdesk.sections.delivered import DeliveredFacts, OfferFacts
from nhsdesk.sections.leadership import (
    ClaimFacts,
    CollaborativeFacts,
    DutyFacts,
    Facts,
    LeadFacts,
    StakeholderFacts,
    period_words,
)


class _FactsPart(ListPart):
    """A list of facts that each know the id of their entry."""

    def __init__(
        self,
        desk: Desk,
        name: str,
        headings: Sequence[str],
        one: str,
        *,
        wrapped: Sequence[int],
        figures: Sequence[int] = (),
    ) -> None:
        listed = WrappedTable(name, headings, wrapped=wrapped, figures=figures)
        listed.setMinimumSize(theme.px(120), theme.px(96))
        super().__init__(desk, listed, f"About this {one}", f"Open this {one}")
        self.column.addLayout(row(self.open))

    def show_facts(self, first: str, facts: Iterable[Any]) -> None:
        """Lists these under a sentence."""
        self.show_found(first, {Id(int(one.id)): one for one in facts}, self.cells)

    def cells(self, one: Any) -> tuple[str, ...]:
        """The words of one line."""
        raise NotImplementedError

    def kind_of(self, one: Any) -> str:
        """The kind of record that a line stands for."""
        return self.kind

    def _open(self) -> None:
        if self.chosen is not None:
            self.desk.show(self.kind_of(self.chosen), self.list.current)


class DutiesPart(_FactsPart):
    """Who does what, and for which duties nobody steps in."""

    kind = Delegation.KIND.name

    def __init__(self, desk: Desk) -> None:
        headings = ("Ref", "Duty", "Held by", "Delegated to", "Deputy", "Stands")
        super().__init__(desk, "Duties", headings, "duty", wrapped=(1, 2, 3, 4, 5))

    def look(self) -> None:
        facts = leadership.view(self.desk.database)
        self.show_facts(_duties_told(facts), facts.duties)

    def cells(self, one: DutyFacts) -> tuple[str, ...]:
        stands = "nobody steps in" if one.alone else "covered"
        return one.ref, one.duty, one.held_by, one.delegated_to, one.deputy, stands

    def words(self, one: DutyFacts) -> str:
        doer = one.delegated_to if one.delegated_to != "nobody" else one.held_by
        alone = f"If the {doer} is away, nobody steps in." if one.alone else f"The {one.deputy} steps in."
        since = f"Delegated since: {_day(one.since, 'no day given')}" if one.delegated_to != "nobody" else ""
        return "\n".join(line for line in (alone, since, one.remark) if line)


def _duties_told(facts: Facts) -> str:
    if not facts.duties:
        return "No duty is written down. Add yours to the list of delegated duties, each with its deputy."
    alone = sum(one.alone for one in facts.duties)
    duties = counted(len(facts.duties), "duty", "duties")
    told = f"{duties}; for {alone} of them nobody steps in." if alone else f"{duties}, each with a deputy."
    most = next((one for one in facts.carried if one.alone), None)
    return f"{told} Most hangs on the {most.who}: {_alone_words(most.alone)}." if most else told


def _alone_words(alone: int) -> str:
    return f"{counted(alone, 'duty', 'duties')} without a deputy"


class StakeholdersPart(_FactsPart):
    """Whom we keep in touch with: last contact and next step. People are not scored."""

    kind = Stakeholder.KIND.name

    def __init__(self, desk: Desk) -> None:
        headings = ("Ref", "Organisation", "Role", "Last contact", "Next step", "By when")
        super().__init__(desk, "Stakeholders", headings, "stakeholder", wrapped=(1, 2, 3, 4, 5))

    def look(self) -> None:
        found = leadership.view(self.desk.database).stakeholders
        late = sum(one.overdue for one in found)
        told = counted(len(found), "stakeholder", "stakeholders")
        overdue = counted(late, "next step is", "next steps are") if late else "no next step is"
        first = f"{told}; {overdue} overdue. People are not scored." if found else _NO_STAKEHOLDER
        self.show_facts(first, found)

    def cells(self, one: StakeholderFacts) -> tuple[str, ...]:
        seen = "none known" if one.days is None else f"{_day(one.last_contact)}, {days_words(one.days)} ago"
        by = f"{_day(one.next_by, 'no day')}{', overdue' if one.overdue else ''}"
        return one.ref, one.organisation, one.role, seen, one.next_step, by

    def words(self, one: StakeholderFacts) -> str:
        since = "No contact is known." if one.days is None else f"Last contact {days_words(one.days)} ago."
        lines = [f"What for: {one.what_for}"] if one.what_for else []
        lines += [since, f"Next step: {one.next_step}, by {_day(one.next_by, 'no day')}"]
        return "\n".join([*lines, f"To a joint bid: {one.stance}"])


_NO_STAKEHOLDER = (
    "No stakeholder is written down. Add whom you want to keep in touch with to the list of stakeholders."
)


class OffersPart(_FactsPart):
    """What was offered and not answered first, then what was answered, then what was delivered."""

    def __init__(self, desk: Desk) -> None:
        headings = ("Ref", "What", "Offered or delivered", "When", "Reply or measure")
        super().__init__(desk, "Offers and outcomes", headings, "line", wrapped=(1, 3, 4))

    def look(self) -> None:
        facts = leadership.offered_and_delivered(self.desk.database)
        offers = sorted(facts.offers, key=lambda one: not one.unanswered)
        waits = sum(one.unanswered for one in offers)
        told = f"{counted(len(offers), 'offer', 'offers')} to lead, {waits} without a reply; "
        told += (
            f"{counted(len(facts.delivered), 'outcome', 'outcomes')} delivered. The paper “What our PCN has "
        )
        told += "delivered” prints them on one page."
        self.show_facts(told if offers or facts.delivered else _NO_OFFER, (*offers, *facts.delivered))

    def kind_of(self, one: OfferFacts | DeliveredFacts) -> str:
        return (OfferToLead if isinstance(one, OfferFacts) else Delivered).KIND.name

    def cells(self, one: OfferFacts | DeliveredFacts) -> tuple[str, ...]:
        if isinstance(one, OfferFacts):
            return one.ref, one.what, "offered", _day(one.offered_on), one.reply
        return one.ref, one.outcome, "delivered", one.period, one.measure

    def words(self, one: OfferFacts | DeliveredFacts) -> str:
        if isinstance(one, OfferFacts):
            return f"To: {one.forum}\nReply: {one.reply}\nWhere it is written: {one.where}"
        return f"Measure: {one.measure}\nBefore: {one.before}\nPeriod: {one.period}\nEvidence: {one.evidence}"


_NO_OFFER = (
    "Nothing is written down. Add what you offered to lead to the list of offers to lead, and what the PCN achieved to "
    "the list of what we delivered; one page prints both."
)


class ClaimsPart(_FactsPart):
    """Our people's work for a place: what it comes to, invoiced, paid and outstanding, and what it rests on."""

    kind = ResourceClaim.KIND.name

    def __init__(self, desk: Desk) -> None:
        headings = ("Ref", "Work", "How much", "Comes to", "Invoiced", "Paid", "Outstanding")
        super().__init__(desk, "Resource claims", headings, "claim", wrapped=(1, 2), figures=(3, 4, 5, 6))

    def look(self) -> None:
        found = leadership.view(self.desk.database).claims
        self.show_facts(_claims_told(found), found)

    def cells(self, one: ClaimFacts) -> tuple[str, ...]:
        amounts = (one.worth, one.invoiced, one.paid, one.outstanding)
        return one.ref, one.what, one.work, *(_amount(amount) for amount in amounts)

    def words(self, one: ClaimFacts) -> str:
        lines = [
            f"Claimed from: {one.claimed_from}",
            f"Rests on: {one.basis}",
            f"Invoiced: {_amount(one.invoiced)}, {_day(one.invoiced_on, 'day not given')}",
            f"Paid: {_amount(one.paid)}, {_day(one.paid_on, 'day not given')}",
        ]
        told = one.wants_a_look
        return "\n".join([*lines, *(["", "To look at:", *(f"• {words}" for words in told)] if told else [])])


def _claims_told(found: tuple[ClaimFacts, ...]) -> str:
    if not found:
        return "No claim is written down. Add your people’s work for a place to the list of resource claims."
    known = [one.outstanding for one in found if one.outstanding is not None]
    told = f"{counted(len(found), 'claim', 'claims')}; {total(known)} outstanding."
    unknown = len(found) - len(known)
    missing = f" Of {unknown} it is not said what was invoiced or paid." if unknown else ""
    return told + missing


class CollaborativePart(_FactsPart):
    """Collaboratives with their terms and maturity, and who leads what for whom."""

    def __init__(self, desk: Desk) -> None:
        headings = ("Ref", "Name or work", "Kind or leader", "Terms or agreed where", "Paid or for whom")
        super().__init__(desk, "Collaboratives and who leads what", headings, "line", wrapped=(1, 2, 3, 4))

    def look(self) -> None:
        facts = leadership.view(self.desk.database)
        groups = counted(len(facts.collaboratives), "collaborative", "collaboratives")
        leads = counted(len(facts.leads), "piece of work", "pieces of work")
        told = f"{groups}, {leads} that one leads for others. Maturity is your own score, 0 to 3, never added up."
        found = (*facts.collaboratives, *facts.leads)
        self.show_facts(told if found else _NO_GROUP, found)

    def kind_of(self, one: CollaborativeFacts | LeadFacts) -> str:
        return (Collaborative if isinstance(one, CollaborativeFacts) else LeadAssignment).KIND.name

    def cells(self, one: CollaborativeFacts | LeadFacts) -> tuple[str, ...]:
        if isinstance(one, CollaborativeFacts):
            return one.ref, one.name, one.kind, f"version {one.terms}", f"paid: {one.paid}"
        return one.ref, one.what, f"led by {one.leader}", one.agreed_where, f"for {one.on_behalf_of}"

    def words(self, one: CollaborativeFacts | LeadFacts) -> str:
        return "\n".join(_group_lines(one) if isinstance(one, CollaborativeFacts) else _lead_lines(one))


_NO_GROUP = (
    "Nothing is written down. Add a collaborative with its members, or who leads work for others, to the lists "
    "of those names."
)


def _group_lines(one: CollaborativeFacts) -> list[str]:
    return [
        f"Members: {', '.join(one.members) or 'none written down'}",
        f"Terms of reference: version {one.terms} ({one.where})",
        f"Mandate: {one.mandate}",
        f"Host: {one.host}. Meets as: {one.meets_as}; how often: {one.rhythm}. Paid: {one.paid}.",
        "",
        f"How mature it is, scored on {_day(one.scored_on, 'no day')}:",
        *(f"• {need.need}: {need.score}" for need in one.maturity),
    ]


def _lead_lines(one: LeadFacts) -> list[str]:
    lines = [
        f"{one.what}: led by {one.leader} ({one.role}) on behalf of {one.on_behalf_of}",
        f"Agreed where: {one.agreed_where}",
        f"When: {period_words(one.starts, one.ends)}",
    ]
    return [*lines, *([one.remarks] if one.remarks else [])]


def _day(day: Any, otherwise: str = "") -> str:
    return day_words(day) if day is not None else otherwise


def _amount(money: Money | None) -> str:
    return "not known" if money is None else str(money)
