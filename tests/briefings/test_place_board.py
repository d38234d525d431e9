"""The place board briefing: what it holds, what it never says, and what it keeps to itself."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

from nhsdesk.commands import files, papers
from nhsdesk.domain.actions import Action, ActionUpdate
from nhsdesk.domain.arrs import Role
from nhsdesk.domain.commitments import (
    BINDING,
    Basis,
    Commitment,
    CommitmentKind,
    Confidence,
    Strength,
)
from nhsdesk.domain.fields import Record
from nhsdesk.domain.kinds import KeptFile
from nhsdesk.domain.links import Attachment, Link, LinkKind, Note, Tag
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.meetings import Meeting
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import Person, Practice
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Weight
from nhsdesk.domain.requests import RequestEvent, RequestState, SupportRequest
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.papers import Audience, facts_from_json, facts_to_json
from nhsdesk.store.database import Database
from tests.conftest import AS_OF, Clock
from tests.sections.making import maximum, post, practice

BOARD = papers.named("place-board", papers.PAPERS)
OCTOBER = Month(2026, 10)


def add(database: Database, record: Any) -> Any:
    with database.change("Add") as change:
        return change.add(record)


def made(database: Database, day: date = AS_OF) -> papers.Made:
    return papers.make(database, BOARD, papers.asked_of(database, OCTOBER, day))


def text_of(content: bytes) -> str:
    """The words of every page in the order they are read, on one line."""
    document = pdfium.PdfDocument(content)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return " ".join(" ".join(pages).split())


def told(paper: papers.Made, weight: Weight = Weight.MUST_FIX) -> list[str]:
    return [problem.sentence for problem in paper.problems if problem.weight is weight]


# ---- what it holds


def test_a_board_reads_all_it_should_in_order(database: Database) -> None:
    document = add(
        database, SourceDocument(title="The specification", body="NHS England", publication_ref="PRN02483")
    )
    owner = add(database, Person(role_title="PCN manager"))
    add(
        database,
        Commitment(
            title="Offer enhanced access",
            owed_to="The ICB",
            due=date(2027, 3, 31),
            kind=CommitmentKind.DUTY,
            basis=Basis.DES,
            document=document.id,
            locator="page 14",
            quotation="A PCN must offer it",
            confidence=Confidence.HIGH,
            owner=owner.id,
        ),
    )
    add(
        database,
        Commitment(
            title="Share a dashboard",
            kind=CommitmentKind.ASK,
            document=document.id,
            locator="page 20",
            paraphrase="It would be good",
        ),
    )
    meeting = add(database, Meeting(body="PCN board", held_on=date(2026, 11, 4)))
    action = add(
        database,
        Action(
            what="Write to the ICB", meeting=meeting.id, owner=owner.id, due=date(2026, 11, 1), started=True
        ),
    )
    add(database, ActionUpdate(action=action.id, said_on=date(2026, 11, 10), said="Letter drafted"))
    paper = made(database)
    text = text_of(paper.content)
    expected = [
        "Place board briefing",
        "General practice in Eastfield PCN, as at 20 November 2026",
        "2 commitments [1] are listed. 1 of them is required by a contract or a law [2]. 1 of them is asked of "
        "general practice or awaits a decision, and is not required [3].",
        "1 action is open [4].",
        "C-001 Offer enhanced access Required by Network Contract DES The ICB 31 March 2027",
        "C-002 Share a dashboard Asked of us; not required",
        "Additional roles",
        "Support requests from practices",
        "A-001 Write to the ICB PCN manager 1 November 2026 not given Red: overdue or revised twice Letter drafted",
        "Where each commitment is written A PCN must offer it C-001: The specification, NHS England, PRN02483, "
        "page 14. How sure: high.",
        "C-002: The specification, NHS England, PRN02483, page 20. In our words: It would be good.",
        "Where each figure comes from",
        "[2] 1 Commitments required: those that the readers of this paper may see",
    ]
    place = 0
    for words in expected:
        place = text.find(words, place)
        assert place >= 0, words


def test_an_empty_file_gives_a_briefing_that_says_so(database: Database) -> None:
    text = text_of(made(database).content)
    for words in (
        "No commitment has been recorded.",
        "No support request has been sent.",
        "No action is open, and none",
    ):
        assert words in text


def test_partners_see_a_chart_of_what_was_claimed_and_nothing_of_what_is_unspent(
    sample_as_made: Path, clock: Clock
) -> None:
    with files.open_to_read(sample_as_made, "Ann Archer", clock) as database:
        paper = made(database)
    text, kept = text_of(paper.content), facts_to_json(paper.facts).decode()
    for words in (
        "ARRS claimed by role, 2026/27, in pounds",
        "Clinical pharmacist comes to most of the roles shown, £196,590.80.",
        "ARRS claimed by role, 2026/27, in pounds [17]: the numbers",
        "13 other roles together £500,344.50",
    ):
        assert words in text
    for pence in (1_365_978_41, 186_473_07, 1_552_451_48, 584_130_30, 129_370_96):
        assert str(pence) not in kept
        assert str(Money(pence)) not in text


def test_facts_come_back_from_json_and_give_the_same_bytes(sample: Any, clock: Any) -> None:
    from nhsdesk.store import record_file

    with record_file.open_file(sample, "me", clock, moved=record_file.Moved.MOVED) as database:
        paper = made(database)
    again = facts_from_json(BOARD, facts_to_json(paper.facts))
    assert again == paper.facts
    assert papers.written(papers.compiled(BOARD, again)) == paper.content


# ---- what binds

ALL = list(itertools.product((None, *CommitmentKind), (None, *Basis), (None, *Strength)))


def test_required_by_is_said_of_a_contract_duty_with_a_binding_basis_and_of_nothing_else(
    database: Database,
) -> None:
    with database.change("Add every sort") as change:
        for n, (kind, basis, strength) in enumerate(ALL):
            change.add(Commitment(title=f"Sort {n}", kind=kind, basis=basis, strength=strength))
    lines = sorted(made(database).facts.commitments.lines, key=lambda line: int(line.what.split()[1]))
    for line, (kind, basis, _) in zip(lines, ALL, strict=True):
        binding = kind is CommitmentKind.DUTY and basis in BINDING
        assert ("Required by" in line.binds) is binding
        if kind in (CommitmentKind.ASK, CommitmentKind.DECISION):
            assert line.asked_only
            assert line.binds.endswith("not required")


@pytest.mark.parametrize("basis", [basis for basis in Basis if basis in BINDING])
def test_an_ask_said_to_rest_on_a_contract_stops_the_paper(database: Database, basis: Basis) -> None:
    add(database, Commitment(title="Share", kind=CommitmentKind.ASK, basis=basis))
    paper = made(database)
    assert any("this is an ask, yet" in sentence for sentence in told(paper))
    assert "Required by" not in text_of(paper.content)


def test_a_duty_that_names_no_contract_stops_the_paper(database: Database) -> None:
    add(database, Commitment(title="Share", kind=CommitmentKind.DUTY, basis=Basis.GUIDANCE))
    paper = made(database)
    assert any("no contract or law is named" in sentence for sentence in told(paper))
    assert "Required by" not in text_of(paper.content)


# ---- restriction

SECRET = "zzquietword"


def everything_of(paper: papers.Made) -> str:
    return text_of(paper.content) + facts_to_json(paper.facts).decode() + paper.content.decode("latin-1")


def test_a_restricted_commitment_prints_its_reference_and_no_subject(database: Database) -> None:
    add(database, Commitment(title=SECRET, quotation=SECRET, result=SECRET, owed_to=SECRET, restricted=True))
    paper = made(database)
    assert "C-001: Restricted item" in text_of(paper.content)
    assert SECRET not in everything_of(paper)


def test_an_action_on_a_restricted_commitment_is_restricted_too(database: Database) -> None:
    hidden = add(database, Commitment(title="Quiet", restricted=True))
    action = add(database, Action(what=SECRET, commitment=hidden.id, evidence=SECRET))
    add(database, ActionUpdate(action=action.id, said_on=AS_OF, said=SECRET))
    paper = made(database)
    assert "A-001: Restricted item" in text_of(paper.content)
    assert SECRET not in everything_of(paper)


def restricted_ones(database: Database) -> list[Record]:
    base = practice(database)
    return [
        add(database, SupportRequest(practice=base.id, summary=SECRET, restricted=True)),
        add(database, Commitment(title=SECRET, restricted=True)),
        add(database, Action(what=SECRET, restricted=True)),
    ]


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("says", [LinkKind.RELATED, LinkKind.ANSWERS])
def test_what_is_linked_to_a_restricted_entry_is_restricted_one_step_along(
    database: Database, says: LinkKind, turned: bool
) -> None:
    for restricted in restricted_ones(database):
        action = add(database, Action(what=SECRET))
        commitment = add(database, Commitment(title=SECRET, quotation=SECRET))
        for one in (action, commitment):
            ends = (one.id, restricted.id) if turned else (restricted.id, one.id)
            add(database, Link(source=ends[0], target=ends[1], says=says, remark=SECRET))
    paper = made(database)
    assert SECRET not in everything_of(paper)
    assert text_of(paper.content).count("Restricted item") == 2 + 6


def test_restriction_goes_one_step_and_no_further(database: Database) -> None:
    hidden = add(database, Commitment(title=SECRET, restricted=True))
    near = add(database, Commitment(title="Near"))
    add(database, Link(source=near.id, target=hidden.id, says=LinkKind.RESTS_ON))
    far = add(database, Commitment(title="Far words"))
    add(database, Link(source=far.id, target=near.id, says=LinkKind.RESTS_ON))
    text = text_of(made(database).content)
    assert "Far words" in text
    assert f"{near.ref}: Restricted item" in text


def test_a_restricted_action_does_not_hide_the_commitment_it_serves(database: Database) -> None:
    commitment = add(database, Commitment(title="Published by everybody"))
    add(database, Action(what=SECRET, commitment=commitment.id, restricted=True))
    text = text_of(made(database).content)
    assert "Published by everybody" in text
    assert SECRET not in text


def test_a_meeting_is_never_restricted_as_a_whole(database: Database) -> None:
    meeting = add(database, Meeting(body="PCN board", held_on=AS_OF))
    hidden = add(database, Action(what=SECRET, meeting=meeting.id, restricted=True))
    add(database, Link(source=meeting.id, target=hidden.id, says=LinkKind.RELATED))
    add(database, Action(what="Open matter", meeting=meeting.id))
    text = text_of(made(database).content)
    assert "Open matter" in text
    assert SECRET not in text


def test_a_document_linked_to_a_restricted_request_is_not_named(database: Database) -> None:
    document = add(database, SourceDocument(title=SECRET))
    request = add(database, SupportRequest(practice=practice(database).id, restricted=True))
    add(database, Link(source=document.id, target=request.id, says=LinkKind.EVIDENCE))
    add(database, Commitment(title="Open", document=document.id, locator="page 1"))
    paper = made(database)
    assert SECRET not in everything_of(paper)
    assert "C-001: Restricted item." in text_of(paper.content)


def test_notes_tags_and_attachments_of_restricted_entries_do_not_leak(database: Database) -> None:
    for restricted in restricted_ones(database):
        add(database, Note(on=restricted.id, words=SECRET))
        add(database, Tag(on=restricted.id, word=SECRET))
        with database.change("Attach") as change:
            kept = change.keep_bytes(SECRET, b"words", "0" * 64)
            assert isinstance(kept, KeptFile)
            change.add(Attachment(on=restricted.id, kept=kept, says=SECRET))
    assert SECRET not in everything_of(made(database))


# ---- naming a practice that asked for help


def guarded_practice(database: Database, **fields: Any) -> Practice:
    fields.setdefault("name", "Foxglove Health Centre")
    base = practice(database, ods_code="E87711", postcode="W9 3QR", **fields)
    add(database, SupportRequest(practice=base.id, restricted=True))
    return base


@pytest.mark.parametrize(
    "words",
    [
        "Help for Foxglove Health Centre",
        "help for FOXGLOVE  health\ncentre.",
        "see Foxglove-Health-Centre's list",
        "see Fox\u00adglove Health\u200bCentre",
        "site E87711, again",
        "site e87711",
        "at W9 3QR",
        "at w93qr",
    ],
)
def test_free_text_that_names_a_practice_with_an_open_restricted_request_must_be_reworded(
    database: Database, words: str
) -> None:
    guarded_practice(database)
    owner = add(database, Person(role_title="Manager"))
    action = add(database, Action(what="Ask", owner=owner.id))
    commitment = add(database, Commitment(title="Ask"))
    document = add(database, SourceDocument(title="Paper"))
    places: list[tuple[Any, str]] = [
        (commitment, "title"),
        (commitment, "quotation"),
        (commitment, "paraphrase"),
        (commitment, "result"),
        (commitment, "owed_to"),
        (commitment, "locator"),
        (action, "what"),
        (owner, "role_title"),
        (document, "title"),
    ]
    with database.change("Name the document") as change:
        change.put(replace(commitment, document=document.id))
    for record, name in places:
        with database.read() as reader:
            now = reader.get(type(record), record.id)
        with database.change("Name a practice") as change:
            change.put(replace(now, **{name: words}))
        named = [sentence for sentence in told(made(database)) if "names PR-001" in sentence]
        assert named, name
        database.undo()
    add(database, ActionUpdate(action=action.id, said_on=AS_OF, said=words))
    assert any("A-001 names PR-001" in sentence for sentence in told(made(database)))


def test_our_own_board_may_read_its_name(database: Database) -> None:
    guarded_practice(database)
    add(database, Commitment(title="Help Foxglove Health Centre"))
    assert told(made(database))
    own = replace(papers.asked_of(database, OCTOBER, AS_OF), readers=Audience.OWN_BOARD)
    assert told(papers.make(database, BOARD, own)) == []


def test_the_name_of_its_manager_names_a_practice(database: Database) -> None:
    guarded_practice(database)
    add(database, Person(role_title="Practice manager, Foxglove", name="Sam Marker"))
    add(database, Action(what="Ask sam marker about it"))
    assert any("A-001 names PR-001" in sentence for sentence in told(made(database)))


def test_a_practices_name_as_people_say_it_must_be_looked_at(database: Database) -> None:
    guarded_practice(database)
    add(database, Action(what="Foxglove still waits"))
    paper = made(database)
    assert not told(paper)
    (sentence,) = [one for one in told(paper, Weight.ACKNOWLEDGE) if "A-001" in one]
    assert "may name a practice" in sentence
    assert "PR-001" not in facts_to_json(paper.facts).decode()


def test_a_practice_whose_name_tells_nothing_does_not_stop_every_paper(database: Database) -> None:
    guarded_practice(database, name="The Surgery")
    add(database, Action(what="Meet at the surgery"))
    paper = made(database)
    assert not told(paper)
    assert any("A-001" in one for one in told(paper, Weight.ACKNOWLEDGE))


def test_a_practice_may_be_named_once_its_request_is_over_or_was_never_restricted(
    database: Database,
) -> None:
    base = guarded_practice(database)
    add(database, Action(what="Thank Foxglove Health Centre"))
    assert told(made(database))
    with database.read() as reader:
        request = reader.all(SupportRequest)[0]
    add(database, RequestEvent(request=request.id, happened_on=AS_OF, state=RequestState.CLOSED))
    assert not told(made(database))
    add(database, SupportRequest(practice=base.id, restricted=False))
    assert not told(made(database))


def test_text_about_a_restricted_entry_need_not_be_reworded_for_it_is_not_printed(
    database: Database,
) -> None:
    guarded_practice(database)
    add(database, Action(what="Foxglove Health Centre", restricted=True))
    assert not told(made(database))


# ---- small numbers


def ask(database: Database, bases: list[Practice], state: RequestState, times: int) -> None:
    for n in range(times):
        request = add(database, SupportRequest(practice=bases[n % len(bases)].id, restricted=False))
        add(
            database,
            RequestEvent(request=request.id, happened_on=date(2026, 9, 1), state=RequestState.SENT),
        )
        if state is not RequestState.SENT:
            add(database, RequestEvent(request=request.id, happened_on=date(2026, 10, 1), state=state))


def counts(database: Database, day: date = AS_OF) -> dict[str, int | None]:
    facts = made(database, day).facts.support
    return {one.state: one.requests for one in facts.states if one.requests != 0} | {"all": facts.total}


def test_few_requests_are_not_counted_for_a_board_nor_in_the_facts_kept(database: Database) -> None:
    bases = [practice(database, f"Practice {n}") for n in range(6)]
    ask(database, bases, RequestState.SENT, 6)
    ask(database, bases, RequestState.OFFERED, 2)
    ask(database, bases, RequestState.CLOSED, 7)
    paper = made(database)
    held = {one.state: one.requests for one in paper.facts.support.states}
    assert {state: count for state, count in held.items() if count is not None} == {"Closed": 7}
    assert held["Offered"] is held["Withdrawn"] is None
    assert '"requests": 2' not in facts_to_json(paper.facts).decode()
    assert "Practice 1" not in text_of(paper.content)


def test_many_requests_of_one_practice_are_not_counted_either(database: Database) -> None:
    bases = [practice(database, f"Practice {n}") for n in range(6)]
    ask(database, bases[:1], RequestState.SENT, 9)
    assert set(counts(database).values()) == {None}
    ask(database, bases, RequestState.CLOSED, 12)
    found = counts(database)
    assert (found.pop("all"), set(found.values())) == (21, {None})


def test_enough_requests_of_enough_practices_are_counted(database: Database) -> None:
    bases = [practice(database, f"Practice {n}") for n in range(6)]
    ask(database, bases, RequestState.SENT, 6)
    ask(database, bases, RequestState.CLOSED, 7)
    assert counts(database) == {"Sent": 6, "Closed": 7, "all": 13}


def test_what_happened_after_the_day_of_the_paper_is_not_counted(database: Database) -> None:
    bases = [practice(database, f"Practice {n}") for n in range(6)]
    ask(database, bases, RequestState.CLOSED, 6)
    assert counts(database, date(2026, 9, 30)) == {"Sent": 6, "all": 6}
    assert counts(database, date(2026, 8, 31)) == {"all": 0}


def test_a_local_rule_may_ask_for_larger_groups(database: Database) -> None:
    bases = [practice(database, f"Practice {n}") for n in range(6)]
    ask(database, bases, RequestState.SENT, 6)
    ask(database, bases, RequestState.CLOSED, 9)
    add(database, LocalRule(key="privacy.fewest_requests", value="7", starts=date(2026, 4, 1)))
    assert counts(database)["Sent"] is None


def test_roles_of_one_or_two_people_show_neither_number_nor_money(database: Database) -> None:
    base = practice(database)
    maximum(database, "71725")
    maximum(database, "38739", Role.CARE_COORDINATOR)
    maximum(database, "50000", Role.PARAMEDIC)
    for _ in range(4):
        post(database, "4400.00", base=base.id)
    post(database, "1234.56", role=Role.CARE_COORDINATOR, base=base.id)
    for _ in range(2):
        post(database, "2345.67", role=Role.PARAMEDIC, base=base.id)
    paper = made(database)
    shown = {one.role: (one.posts, one.claimed) for one in paper.facts.roles.roles}
    assert shown["Care coordinator"] == shown["Paramedic"] == (None, None)
    assert shown["Clinical pharmacist"][0] == 4
    kept = facts_to_json(paper.facts).decode()
    for hidden in ("1234", "153", "2345"):
        assert f'"pence": {hidden}' not in kept
    assert "2 roles are not shown" in text_of(paper.content)
