"""What employers say each post costs, matched to posts, and what is owed to them.

Names in a payroll report are not kept. A line is matched by payroll reference, post reference or portal label.
"""

from __future__ import annotations

from datetime import date

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    choice,
    day,
    file,
    hours,
    link,
    long_text,
    money,
    month,
    parent,
    private,
    record,
    reference,
    text,
)
from nhsdesk.domain.kinds import Choice, Id, KeptFile
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.periods import Month


class StatementKind(Choice):
    """How an employer tells what a month cost."""

    PAYROLL = "payroll report"
    INVOICE = "recharge invoice"


class VatMarker(Choice):
    """Whether VAT was charged on it; whether any of it may be claimed is a local rule."""

    NONE = "no VAT"
    RECOVERABLE = "VAT, recoverable"
    IRRECOVERABLE = "VAT, cannot be recovered"
    UNCLEAR = "not clear"


@record(
    title="Employer statement",
    plural="Employer statements",
    prefix="ES",
    columns=("employer", "month", "kind", "number", "total", "vat"),
)
class EmployerStatement(Record):
    """What one employer says one month cost."""

    employer: Id = link("Employer", "Organisation")
    month: Month = month("Month")
    kind: StatementKind = choice("Kind", StatementKind, default=StatementKind.PAYROLL)
    number: str | None = reference("Invoice or report number", default=None)
    dated: date | None = day("Dated", default=None, lean=Lean.LAST)
    total: Money | None = money("Total stated", default=None)
    vat: VatMarker | None = choice("VAT", VatMarker, default=None)
    vat_amount: Money | None = money("VAT charged", default=None)
    kept: KeptFile | None = file("File", default=None)

    def title_words(self) -> str:
        """The kind and the month."""
        return f"{self.kind.words} for {self.month.words}"


@record(
    title="Employer line",
    plural="Employer lines",
    prefix="EL",
    columns=("post", "salary", "employer_ni", "employer_pension", "fees", "total"),
)
class EmployerLine(Record):
    """One post in what an employer sent."""

    statement: Id = parent("Employer statement", "EmployerStatement")
    post: Id | None = link("Post", "Post", default=None)
    label: str | None = text("As the employer names the post", default=None)
    payroll_ref: str | None = private("Payroll reference", default=None)
    hours: Hours | None = hours("Hours a week", default=None)
    salary: Money | None = money("Salary", default=None)
    employer_ni: Money | None = money("Employer NI", default=None)
    employer_pension: Money | None = money("Employer pension", default=None)
    fees: Money | None = money("Fees", default=None)
    total: Money | None = money("Total", default=None)


@record(
    title="Payment passed on",
    plural="Payments passed on",
    prefix="PD",
    columns=("employer", "month", "amount", "paid_on"),
)
class EmployerPayment(Record):
    """Money that the nominated payee passed on to an employer for a month."""

    employer: Id = link("Employer", "Organisation")
    month: Month = month("For the month")
    amount: Money = money("Amount")
    paid_on: date = day("Passed on", lean=Lean.LAST)
    remarks: str | None = long_text("Remarks", default=None)


class Incoming(Choice):
    """What a block that is pasted or read from a file holds."""

    PAYROLL = "payroll"
    PORTAL = "portal statement"
    NWRS = "NWRS export"
    RATES = "table of maxima"
    FUND = "fund ledger"
    SHARES = "neighbourhood shares"


@record(
    title="Column mapping",
    plural="Column mappings",
    prefix="CM",
    columns=("block", "employer", "headings"),
)
class ColumnMapping(Record):
    """Which column of a block holds what, remembered for the next time: a line each, "Heading = field"."""

    block: Incoming = choice("For", Incoming)
    employer: Id | None = link("Employer", "Organisation", default=None)
    headings: str = long_text("Columns", help="A line for each column: its heading, =, and the field.")
