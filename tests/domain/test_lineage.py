"""What replaced what, where a policy comes from, and which assurances have to be read again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import lineage
from nhsdesk.domain.commitments import Commitment, CommitmentKind
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.sources import DocumentStatus, SourceDocument


def paper(number: int, **told: object) -> SourceDocument:
    return replace(SourceDocument(title=f"Paper {number}"), id=Id(number), ref=f"D-{number:03}", **told)  # type: ignore[arg-type]


def read(number: int, document: int, kind: CommitmentKind = CommitmentKind.ASK) -> Commitment:
    made = Commitment(title=f"Line {number}", document=Id(document), kind=kind)
    return replace(made, id=Id(number), ref=f"C-{number:03}")


def test_a_superseded_board_paper_lists_every_commitment_that_rests_on_it() -> None:
    old, new = paper(1), paper(2, supersedes=Id(1))
    lines = [read(10, 1), read(11, 2), read(12, 1)]
    assert lineage.resting_on_superseded([old, new], lines) == ((old, (lines[0], lines[2])),)


def test_what_is_called_replaced_counts_as_replaced_though_nobody_said_by_what() -> None:
    assert lineage.superseded([paper(1, status=DocumentStatus.REPLACED), paper(2)]) == (
        paper(1, status=DocumentStatus.REPLACED),
    )


def test_a_notice_updated_to_clarify_leads_to_the_version_in_force() -> None:
    first, second, third = paper(1), paper(2, supersedes=Id(1)), paper(3, supersedes=Id(2))
    assert lineage.latest([third, first, second], first) == third
    assert lineage.latest([third, first, second], third) == third


def test_a_newer_document_of_the_same_body_asks_for_its_assurances_to_be_read_again() -> None:
    older = paper(1, body="North West London ICB", dated=date(2024, 9, 1))
    newer = paper(2, body=" north west  london ICB", dated=date(2026, 1, 5))
    others = paper(3, body="Place board", dated=date(2026, 2, 1))
    given_ = read(10, 1, CommitmentKind.ASSURANCE)
    lines = [given_, read(11, 1)]
    (asked,) = lineage.to_read_again([older, newer, others], lines)
    assert (asked.older, asked.newer, asked.assurances) == (older, newer, (given_,))
    done = replace(older, reread_on=date(2026, 1, 6))
    assert lineage.to_read_again([done, newer], lines) == ()
    later = paper(4, body="North West London ICB", dated=date(2026, 3, 1))
    assert [one.newer for one in lineage.to_read_again([done, newer, later], lines)] == [later]


def test_what_a_body_promised_still_resolves_after_it_was_abolished() -> None:
    """NHS England's functions go elsewhere; GP contracts went from PCT to NHS England, to CCG, to ICB."""
    names = ("Primary care trust", "NHS England", "Clinical commissioning group", "Integrated care board")
    bodies = [
        replace(Organisation(name=name, successor=Id(n + 1) if n < 4 else None), id=Id(n))
        for n, name in enumerate(names, 1)
    ]
    became = lineage.successors(bodies)
    assert became == {name.casefold(): "integrated care board" for name in names}
    older = paper(1, body="Primary care trust", dated=date(2012, 1, 1))
    newer = paper(2, body="Integrated care board", dated=date(2026, 1, 1))
    promised = read(10, 1, CommitmentKind.ASSURANCE)
    assert lineage.to_read_again([older, newer], [promised]) == ()
    assert len(lineage.to_read_again([older, newer], [promised], bodies)) == 1


def test_the_line_of_a_policy_begins_where_the_policy_began() -> None:
    fuller = paper(1, status=DocumentStatus.PUBLISHED)
    plan = paper(2, comes_from=Id(1), status=DocumentStatus.PROPOSED, dated=date(2024, 1, 1))
    again = paper(3, supersedes=Id(2), status=DocumentStatus.PUBLISHED, dated=date(2025, 1, 1))
    local = paper(4, comes_from=Id(3), status=DocumentStatus.ENACTED)
    other = paper(5)
    steps = lineage.line([other, local, again, plan, fuller], local)
    assert [(one.depth, one.document.ref, one.status) for one in steps] == [
        (0, "D-001", "Published"),
        (1, "D-002", "Replaced by D-003"),
        (1, "D-003", "Published"),
        (2, "D-004", "Enacted"),
    ]
    assert lineage.line([other], other)[0].status == "Status not yet known"


@given(st.dictionaries(st.integers(1, 6), st.integers(1, 6), max_size=6))
def test_no_loop_keeps_anybody_waiting(named: dict[int, int]) -> None:
    papers = [
        paper(n, comes_from=Id(named[n]) if n in named else None, supersedes=Id(7 - n)) for n in range(1, 7)
    ]
    for one in papers:
        steps = lineage.line(papers, one)
        assert len({step.document.id for step in steps}) == len(steps)
        assert lineage.latest(papers, one) in papers


def test_a_document_that_would_come_back_to_itself_is_known() -> None:
    before = {Id(1): None, Id(2): Id(1), Id(3): Id(2)}
    assert lineage.would_ring(before, Id(1), Id(1))
    assert lineage.would_ring(before, Id(1), Id(3))
    assert not lineage.would_ring(before, Id(3), Id(1))


def test_documents_are_counted_by_whether_they_name_networks_at_all() -> None:
    papers = [
        paper(1, body="ICB", mentions_pcns=True),
        paper(2, body="icb", mentions_pcns=False),
        paper(3, body="ICB"),
        paper(4),
    ]
    counts = lineage.mentions(papers)
    assert [(one.body, one.named, one.not_named, one.not_known) for one in counts] == [
        ("ICB", 1, 1, 1),
        ("Publisher not yet known", 0, 0, 1),
    ]
