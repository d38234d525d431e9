"""The first page of a board's paper answers five questions, or says that the answer is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from nhsdesk.documents import tracing
from nhsdesk.documents.model import Bullets, Section
from nhsdesk.domain.money import Money
from nhsdesk.domain.workload import Requested, Totals, WorkloadTransfer, totals
from nhsdesk.sections import actions, commitments, decisions, fund_facts, funds, in_short, workload
from nhsdesk.sections.actions import ActionFacts
from nhsdesk.sections.in_short import Held
from nhsdesk.sections.workload import RequestFacts, TransferFacts

DAY = date(2026, 11, 20)
NOTHING = Held(DAY, None, None, None, None, None, None)


def told(section: Section, question: str) -> list[str]:
    """The answers to a question."""
    (points,) = (block for block in section.blocks if isinstance(block, Bullets))
    return [one.removeprefix(f"{question}: ") for one in points.items if one.startswith(f"{question}: ")]


def action(
    ref: str, due: date | None, revised: date | None = None, closed: date | None = None
) -> ActionFacts:
    return ActionFacts(ref, ref[2:], "", "Do it", "Nobody", due, revised, 0, "Green", "", closed)


@pytest.mark.parametrize(
    ("question", "headings"),
    [
        ("What is asked of us", ["Commitments"]),
        ("What is decided", ["Decisions"]),
        ("What is late", ["Actions", "Commitments"]),
        (
            "What it costs",
            ["Additional roles: claimed so far in 2026/27", "Commitments", workload.TITLE, funds.TITLE],
        ),
    ],
)
def test_what_could_not_be_read_is_said_to_be_not_known(question: str, headings: list[str]) -> None:
    section = in_short.section(replace(NOTHING, failed=("Decisions",)))
    assert told(section, question) == [f"not known here, for “{one}” could not be read." for one in headings]
    assert section.figures == ()


def test_an_action_is_late_by_the_date_last_set_and_one_without_is_not_known_to_be() -> None:
    lines = (
        action("A-001", date(2026, 11, 19)),
        action("A-002", date(2026, 11, 1), date(2026, 11, 20)),
        action("A-003", date(2026, 12, 1), date(2026, 11, 2)),
        action("A-004", None),
        action("A-005", date(2026, 1, 1), closed=date(2026, 11, 3)),
    )
    section = in_short.section(replace(NOTHING, actions=actions.Facts(lines, ())))
    assert told(section, "What is late")[0] == (
        "4 actions are open. 2 actions are past their dates. Of 1 action without a date it is not known whether it is "
        "late. See “Actions”."
    )
    by_words = {one.what: one for one in section.figures}
    assert by_words["Late actions"].refs == ("A-001", "A-003")
    assert by_words["Actions without a date"].refs == ("A-004",)
    assert all(tracing.stands(section, one) for one in section.figures)


def test_empty_registers_are_said_to_be_empty_and_never_nothing() -> None:
    none = totals(())
    held = Held(
        DAY,
        commitments.Facts((), (), ()),
        actions.Facts((), ()),
        decisions.Facts((), (), ()),
        None,
        workload_of(none),
        fund_facts.Facts((), (), DAY),
    )
    section = in_short.section(held)
    assert told(section, "What is asked of us") == ["no commitment is listed. See “Commitments”."]
    assert told(section, "What is decided")[0].startswith("no decision of the last quarter is recorded")
    assert told(section, "What is late")[0] == "no action is open. See “Actions”."
    assert told(section, "What it costs")[3].startswith("no fund held for the partnership is recorded")
    assert section.figures == ()


def test_what_is_withheld_is_not_said_not_to_be_recorded() -> None:
    held = replace(
        NOTHING,
        commitments=commitments.Facts((), ("C-001",), ()),
        actions=actions.Facts((), ("A-001",)),
        decisions=decisions.Facts((), ("DN-001",), ()),
        workload=replace(workload_of(totals(())), withheld=("WT-001",)),
        funds=fund_facts.Facts((), ("F-001",), DAY),
    )
    answers = [
        one
        for asked in ("asked of us", "decided", "late")
        for one in told(in_short.section(held), f"What is {asked}")
    ]
    answers += told(in_short.section(held), "What it costs")[1:]
    assert len(answers) == 7
    assert all(", of those that the readers of this paper may see." in one for one in answers)


def test_hours_and_costs_that_nobody_entered_are_not_told_as_none() -> None:
    moved = [
        WorkloadTransfer(ref="WT-001", what="Bloods"),
        WorkloadTransfer(ref="WT-002", what="ECG", funded=False),
    ]
    lines = tuple(
        TransferFacts(one.ref, "1", one.what, "", None, one.funded, None, None, "", "") for one in moved
    )
    calls = (RequestFacts("RR-001", "1", "A room", "", None, None, None, ""),)
    held = replace(workload_of(totals(moved)), transfers=lines, requests=calls)
    section = in_short.section(replace(NOTHING, workload=held))
    assert told(section, "What it costs")[2].startswith(
        "how many hours 1 piece of work without money takes is not known; of 1 piece of work it is not known whether "
        "it is funded; what 1 call on our people and rooms cost is not known."
    )
    assert [one.refs for one in section.figures] == [("WT-002",), ("WT-001",), ("RR-001",)]


def workload_of(none: Totals) -> workload.Facts:
    asked = Requested(0, Money(), Money(), Money())
    return workload.Facts((), none, None, None, (), asked, (), ())
