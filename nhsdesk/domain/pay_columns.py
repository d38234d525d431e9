"""The columns of a payroll report or a recharge invoice, and the headings that payrolls give them."""

from __future__ import annotations

from collections.abc import Mapping

from nhsdesk.domain import kinds
from nhsdesk.domain.block_cells import heading_words
from nhsdesk.domain.block_headings import Wanted

WANTED = (
    Wanted("payroll_ref", "Payroll reference", kinds.Private(), (
        "payroll reference", "payroll ref", "payroll number", "payroll no", "payroll id", "pay number", "pay no",
        "employee number", "employee no", "employee id", "employee ref", "employee reference", "emp no", "emp ref",
        "emp id", "assignment number", "assignment no", "staff number", "staff no", "staff id", "personnel number",
        "personnel no", "works number",
    )),
    Wanted("post_ref", "Post reference", kinds.Reference(), (
        "post reference", "post ref", "post number", "post no", "post id", "our reference", "our ref", "position ref",
        "position reference", "position number",
    )),
    Wanted("label", "Post", kinds.Text(), (
        "portal label", "post", "post title", "post name", "job title", "position title", "position", "job role",
        "role", "role name", "job", "description",
    )),
    Wanted("hours", "Hours a week", kinds.HoursAWeek(), (
        "hours a week", "hours per week", "weekly hours", "contracted hours", "contract hours", "hours week", "hours",
    )),
    Wanted("salary", "Salary", kinds.Pounds(), (
        "salary", "gross pay", "gross salary", "total gross", "gross", "basic pay", "basic salary", "basic", "pay",
    )),
    Wanted("employer_ni", "Employer NI", kinds.Pounds(), (
        "employer ni", "employers ni", "ers ni", "er ni", "ni employer", "ni employers", "ni ers", "ni er",
        "employer national insurance", "employers national insurance", "employer nic", "employers nic", "ers nic",
        "er nic", "employer ni contribution", "employers ni contribution", "erni",
    )),
    Wanted("employer_pension", "Employer pension", kinds.Pounds(), (
        "employer pension", "employers pension", "ers pension", "er pension", "pension employer", "pension employers",
        "pension ers", "pension er", "employer superannuation", "employers superannuation", "ers superannuation",
        "superannuation employer", "ers supn", "ers pen", "er pen", "employer pension contribution",
    )),
    Wanted("fees", "Fees", kinds.Pounds(), (
        "fees", "fee", "management fee", "admin fee", "administration fee", "supplier fee", "recruitment fee",
    )),
    Wanted("total", "Total", kinds.Pounds(), (
        "total", "total cost", "total charge", "total employment cost", "total pay cost", "line total", "recharge",
        "charge", "net amount", "amount", "cost",
    )),
)  # fmt: skip
"""What is looked for in a payroll report or an invoice."""


def labels_are_posts(headings: Mapping[str, str]) -> bool:
    """Whether the column of labels says by its heading that it names posts; any other may hold people's names."""
    known = {heading_words(one) for wanted in WANTED if wanted.name == "label" for one in wanted.headings}
    return any(name == "label" and heading_words(heading) in known for heading, name in headings.items())
