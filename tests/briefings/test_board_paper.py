"""Board papers: what stands under each heading, what is asked about, and what is kept back from others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from nhsdesk.commands import meeting_papers, papers
from nhsdesk.domain.actions import Action
from nhsdesk.domain.bodies import Body, Purpose
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.composed import CoverSheet
from nhsdesk.domain.contracts import Agreement
from nhsdesk.domain.decisions import Decision
from nhsdesk.domain.funds import Fund
from nhsdesk.domain.links import Link, LinkKind
from nhsdesk.domain.meetings import AgendaItem, InterestDeclared, Meeting, MeetingStage
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import Person
from nhsdesk.domain.problems import Weight
from nhsdesk.domain.risks import Risk
from nhsdesk.papers import facts_from_json, facts_to_json
from nhsdesk.store.database import Database
from tests.briefings.test_meeting_papers import SECRET, add, told, words_of
from tests.conftest import AS_OF
from tests.factories import HOSTILE

PAPER, OWN, PACK = (papers.named(key, papers.PAPERS) for key in ("board-paper", "board-paper-own", "pack"))


def made(database: Database, paper: Any, about: Any = None) -> papers.Made:
    wanted = papers.asked_of(database, None, AS_OF, about=about.id if about is not None else None)
    return papers.make(database, paper, wanted)


def link(database: Database, one: Any, *others: Any) -> None:
    add(database, *(Link(source=one.id, target=other.id, says=LinkKind.RELATED) for other in others))


@pytest.fixture
def item(database: Database) -> AgendaItem:
    """An item of a meeting to come, which stood on the agenda of the one before."""
    body = add(database, Body(name="PCN Board", may_decide="All but contracts"))
    held = Meeting(body="PCN Board", held_on=date(2026, 11, 4), board=body.id, stage=MeetingStage.HELD)
    last = add(database, held)
    before = add(database, AgendaItem(meeting=last.id, number=3, title="Posts"))
    add(database, Decision(words="Come back with costs", item=before.id, meeting=last.id))
    coming = add(database, Meeting(body="PCN Board", held_on=date(2026, 12, 2), board=body.id))
    made_: AgendaItem = add(
        database,
        AgendaItem(
            meeting=coming.id, number=4, title="Posts", purpose=Purpose.DECISION, ask="Agree three posts",
            carried_from=before.id,
        ),
    )  # fmt: skip
    return made_


@pytest.fixture
def sheet(database: Database, item: AgendaItem) -> CoverSheet:
    """Its cover sheet, with little on it."""
    held: CoverSheet = add(
        database, CoverSheet(title="Three posts", item=item.id, summary="We need three.", in_public=True)
    )
    return held


def under(facts: Any) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {one.name: (one.typed, one.from_record) for one in facts.headings}


def test_the_record_fills_in_what_it_knows(database: Database, item: AgendaItem, sheet: CoverSheet) -> None:
    manager = add(database, Person(role_title="PCN manager"))
    promise = add(database, Commitment(title="Use posts for frailty", due=date(2027, 1, 31)))
    add(
        database,
        InterestDeclared(meeting=item.meeting, item=item.id, who=manager.id, what="A sister", managed="Left"),
        Action(what="Write the advert", item=item.id, due=date(2026, 12, 9)),
        Decision(
            words="Fund them", item=item.id, commitment=promise.id, cost=Money.pounds("90000"),
            finance="the scheme", delegation="Scheme 3",
        ),
    )  # fmt: skip
    risk = add(database, Risk(event="Nobody applies", likelihood=3, consequence=4))
    fund, agreement = add(
        database,
        Fund(name="Development fund", value=Money.pounds("50000")),
        Agreement(title="Sharing agreement", dpia="done in May"),
    )
    link(database, promise, risk)
    link(database, sheet, fund, agreement)
    facts = made(database, PAPER, item).facts
    found = under(facts)
    assert found["summary"] == ("We need three.", ())
    assert found["recommendations"][1] == ("Agree three posts",)
    assert found["considered_by"][1] == ("PCN Board, 4 November 2026: DN-001 Come back with costs",)
    assert found["conflicts"][1] == ("PCN manager: A sister. Left",)
    assert found["objectives"][1] == ("C-001 Use posts for frailty, by 31 January 2027",)
    assert found["risks"][1] == ("RK-001 Nobody applies: score 12, high",)
    assert found["finance"][1] == (
        "DN-002 costs £90,000.00, paid from the scheme", "F-001 Development fund, £50,000.00",
    )  # fmt: skip
    assert "DN-002: delegation used, Scheme 3" in found["legal"][1]
    assert found["data_protection"][1] == ("AG-001 Sharing agreement: impact assessment, done in May",)
    assert [one.ref for one in facts.rests_on] == ["DN-002", "C-001", "RK-001", "A-001", "F-001"]
    assert (facts.board, facts.item, facts.enclosure) == ("PCN Board", "4. Posts", "Enclosure C")
    assert facts_from_json(PAPER, facts_to_json(facts)) == facts


def test_blank_headings_are_acknowledged_and_printed_as_blank(
    database: Database, item: AgendaItem, sheet: CoverSheet
) -> None:
    ready = made(database, PAPER)
    asked = told(ready, Weight.ACKNOWLEDGE)
    assert f"{sheet.ref}: nothing is written under “Equality and inequalities”." in asked
    assert "“Summary”" not in asked
    assert "it is not written what is proposed" in asked
    words = words_of(ready.content)
    assert "Equality and inequalities Nothing is written under this heading." in words
    assert "Purpose Decision" in words
    assert "Taken in public" in words


def test_an_item_without_a_sheet_is_printed_from_the_record_alone(
    database: Database, item: AgendaItem
) -> None:
    ready = made(database, PAPER, item)
    assert ready.facts.ref == item.ref
    assert "Agree three posts" in words_of(ready.content)
    assert "No cover sheet" not in words_of(ready.content)


def test_the_newest_version_is_taken_and_a_private_paper_says_so_on_each_page(
    database: Database, item: AgendaItem, sheet: CoverSheet
) -> None:
    add(database, replace(CoverSheet(title="Three posts, again", item=item.id), edition=2, in_public=False))
    ready = made(database, PAPER, item)
    assert ready.facts.title == "Three posts, again"
    assert words_of(ready.content).count("PRIVATE") >= 2
    assert "on which exemption" in told(ready, Weight.ACKNOWLEDGE)


def test_others_read_nothing_of_what_is_restricted(
    database: Database, item: AgendaItem, sheet: CoverSheet
) -> None:
    risk = add(database, Risk(event=f"{SECRET} closes", restricted=True))
    add(database, Decision(words=f"Help {SECRET}", item=item.id, restricted=True))
    promise = add(database, Commitment(title="Care for all"))
    link(database, promise, risk)
    link(database, sheet, promise)
    ready = made(database, PAPER, sheet)
    assert SECRET not in facts_to_json(ready.facts).decode()
    assert SECRET not in words_of(ready.content)
    assert f"Help {SECRET}" in words_of(made(database, OWN, sheet).content)


def test_the_paper_of_a_restricted_item_is_for_our_own_board_only(
    database: Database, item: AgendaItem, sheet: CoverSheet
) -> None:
    with database.change("Restrict") as change:
        change.put(replace(change.reader.get(AgendaItem, item.id), restricted=True))
    ready = made(database, PAPER, item)
    assert "There is no cover sheet that these readers may see" in told(ready, Weight.MUST_FIX)
    assert "Three posts" not in words_of(ready.content)
    going = meeting_papers.ready(database, item.id, meeting_papers.OF_ITEM)
    assert [one.paper.key for one in going] == ["board-paper-own"]
    assert "Three posts" not in words_of(made(database, PACK).content)


def test_a_board_paper_has_its_place_in_the_pack(
    database: Database, item: AgendaItem, sheet: CoverSheet
) -> None:
    ready = made(database, PACK)
    words = words_of(ready.content)
    assert "Enclosure C: board paper" in words
    assert "Enclosure C, page 1 of" in words
    assert "We need three." in words
    assert "nothing is written under “Finance”" in told(ready, Weight.ACKNOWLEDGE)


def test_without_a_sheet_or_an_item_there_is_nothing_to_print(database: Database) -> None:
    ready = made(database, PAPER)
    assert "Add one to the list of cover sheets" in told(ready, Weight.MUST_FIX)
    assert words_of(ready.content)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_printed_as_words(database: Database, words: str) -> None:
    add(database, CoverSheet(title=words or "x", summary=words, recommendations=words, proposal=words))
    assert words_of(made(database, PAPER).content)
