"""Integrators: who hosts, who holds the money, who holds the contract and who answers for it are four questions.

Each has its own answer with its own evidence, or is unknown; none is ever read from another.
"""

from __future__ import annotations

from datetime import date

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    choice,
    count,
    day,
    derived,
    link,
    long_text,
    parent,
    record,
    text,
)
from nhsdesk.domain.kinds import Choice, Id, Tone
from nhsdesk.domain.organisations import Sector
from nhsdesk.domain.slipping import days_late


class IntegratorStatus(Choice):
    """How far an integrator has come."""

    PROPOSED = "proposed"
    NOMINATED = "nominated"
    APPROVED = "approved"
    LIVE = "live"
    ENDED = "ended"

    @property
    def tone(self) -> Tone:
        """Live is good; the rest asks for nothing."""
        return Tone.GOOD if self is IntegratorStatus.LIVE else Tone.GREY


class HostingModel(Choice):
    """Whether one organisation hosts the functions or several share them."""

    SINGLE = "one host"
    SHARED = "shared with local partners"


@record(
    title="Integrator",
    plural="Integrators",
    prefix="IG",
    columns=("name", "place", "status", "host", "fund_holder", "contract_holder", "accountable_body"),
    groups={
        "The integrator": "name",
        "Who hosts it": "host",
        "Who holds the money": "fund_holder",
        "Who holds the contract": "contract_holder",
        "Who answers for it": "accountable_body",
    },
)
class Integrator(Record):
    """The organisations that host what neighbourhood partners need in common. A board decides; it supports."""

    name: str = text("Name")
    place: Id | None = link("Place", "Area", default=None)
    status: IntegratorStatus | None = choice("Status", IntegratorStatus, default=None)
    hosting: HostingModel | None = choice("Hosting", HostingModel, default=None)
    in_service_of: str | None = text(
        "In service of", default=None, help="The wider partnership for whose benefit it works."
    )
    approved_by: str | None = text("Approved by", default=None)
    host: Id | None = link("Host", "Organisation", default=None, help="Leave empty while it is unknown.")
    host_document: Id | None = link("Host: where it is written", "SourceDocument", default=None)
    host_locator: str | None = text("Host: page or paragraph", default=None)
    fund_holder: Id | None = link("Fund holder", "Organisation", default=None)
    fund_holder_document: Id | None = link("Fund holder: where it is written", "SourceDocument", default=None)
    fund_holder_locator: str | None = text("Fund holder: page or paragraph", default=None)
    contract_holder: Id | None = link("Contract holder", "Organisation", default=None)
    contract_holder_document: Id | None = link(
        "Contract holder: where it is written", "SourceDocument", default=None
    )
    contract_holder_locator: str | None = text("Contract holder: page or paragraph", default=None)
    accountable_body: Id | None = link("Accountable body", "Organisation", default=None)
    accountable_body_document: Id | None = link(
        "Accountable body: where it is written", "SourceDocument", default=None
    )
    accountable_body_locator: str | None = text("Accountable body: page or paragraph", default=None)
    remarks: str | None = long_text("Remarks", default=None)


@record(
    title="Integrator step",
    plural="Steps of integrators",
    prefix="IS",
    columns=("integrator", "step", "original", "revised", "done_on", "slippage"),
)
class IntegratorStep(Record):
    """When an integrator was to be nominated, approved or live, and when it was."""

    integrator: Id = parent("Integrator", "Integrator")
    step: IntegratorStatus = choice("Step", IntegratorStatus)
    original: date = day("First date", lean=Lean.NEXT)
    revised: date | None = day("Date now", default=None)
    done_on: date | None = day("Done on", default=None, lean=Lean.LAST)
    document: Id | None = link("Where it is written", "SourceDocument", default=None)
    locator: str | None = text("Page or paragraph", default=None)

    slippage = derived(
        "Days late",
        lambda step, rules, today: slippage(step, today),
        uses=("original", "revised", "done_on"),
    )


def slippage(step: IntegratorStep, today: date) -> int:
    """By how many days a step is late; less than nought is early."""
    return days_late(step.original, step.revised, step.done_on, today)


@record(
    title="Integrator partner",
    plural="Partners of integrators",
    prefix="IP",
    columns=("integrator", "organisation", "sector", "named_as", "part"),
)
class IntegratorPartner(Record):
    """A partner of an integrator: an organisation, or only a sector where nobody has said which."""

    integrator: Id = parent("Integrator", "Integrator")
    organisation: Id | None = link("Organisation", "Organisation", default=None)
    sector: Sector | None = choice("Sector", Sector, default=None)
    named_as: str | None = text(
        "Named only as", default=None, help="Such as “primary care”, where no organisation is named."
    )
    part: str | None = text("Part it takes", default=None)
    contact: Id | None = link("Who to go to", "Person", default=None)
    document: Id | None = link("Where it is written", "SourceDocument", default=None)
    locator: str | None = text("Page or paragraph", default=None)
    starts: date | None = day("From", default=None, lean=Lean.THIS_YEAR)
    ends: date | None = day("To", default=None, lean=Lean.THIS_YEAR)


class FunctionStatus(Choice):
    """Whether anybody does it."""

    LIVE = "live"
    PLANNED = "planned"
    GAP = "gap"
    NOT_WANTED = "not wanted"

    @property
    def tone(self) -> Tone:
        """Live is good, planned wants attention, a gap is bad."""
        return {"live": Tone.GOOD, "planned": Tone.WARN, "gap": Tone.BAD}.get(self.value, Tone.GREY)


@record(
    title="Integrator function",
    plural="Functions of integrators",
    prefix="IF",
    columns=("integrator", "name", "lead", "status", "service_level"),
)
class IntegratorFunction(Record):
    """One thing an integrator does for its partners, who leads it, and how well it is to be done."""

    integrator: Id = parent("Integrator", "Integrator")
    name: str = text("Function")
    lead: Id | None = link("Lead", "Organisation", default=None)
    status: FunctionStatus | None = choice("Status", FunctionStatus, default=None)
    service_level: str | None = text("Service level", default=None)
    document: Id | None = link("Where it is written", "SourceDocument", default=None)
    locator: str | None = text("Page or paragraph", default=None)


class TransferStatus(Choice):
    """How sure it is that a function moves."""

    REPORTED = "reported"
    PROPOSED = "proposed"
    AGREED = "agreed"
    DONE = "done"
    DROPPED = "dropped"


@record(
    title="Function transfer",
    plural="Function transfers",
    prefix="FT",
    columns=("function", "moves_from", "moves_to", "expected", "status", "document"),
)
class FunctionTransfer(Record):
    """Responsibility that is said to pass from one body to another, such as that for general practice."""

    function: str = text("Function")
    moves_from: str | None = text("From", default=None)
    moves_to: str | None = text("To", default=None)
    expected: date | None = day("Expected on", default=None)
    status: TransferStatus | None = choice("Status", TransferStatus, default=None)
    document: Id | None = link("Where it is written", "SourceDocument", default=None)
    locator: str | None = text("Page or paragraph", default=None)
    quotation: str | None = text("Exact words", default=None)
    remarks: str | None = long_text("Remarks", default=None)


LOWEST_SCORE, HIGHEST_SCORE = 1, 5


@record(
    title="Selection criterion",
    plural="Selection criteria",
    prefix="SL",
    columns=("integrator", "criterion", "our_score", "comment"),
)
class SelectionCriterion(Record):
    """What an integrator is chosen by, and how our own partnership scores on it, from 1 to 5."""

    integrator: Id = parent("Integrator", "Integrator")
    criterion: str = text("Criterion")
    our_score: int | None = count("Our own score, 1 to 5", default=None)
    comment: str | None = long_text("Comment", default=None)
    document: Id | None = link("Where it is written", "SourceDocument", default=None)
    locator: str | None = text("Page or paragraph", default=None)
