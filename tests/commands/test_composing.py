"""A briefing put together: arranged, worded, kept from whom it must be, sent, and remade as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

from nhsdesk import errors
from nhsdesk.briefings import place_board, position
from nhsdesk.commands import composing, papers
from nhsdesk.domain.actions import Action
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.composed import ComposedBriefing, CoverSheet, Draft, Readers
from nhsdesk.domain.composing import OWN_BOARD_ONLY, Chosen
from nhsdesk.domain.glossary import GlossaryTerm
from nhsdesk.domain.integrators import FunctionTransfer, Integrator, SelectionCriterion
from nhsdesk.domain.links import Link, LinkKind
from nhsdesk.domain.meetings import AgendaItem, Meeting
from nhsdesk.domain.organisations import Person
from nhsdesk.domain.problems import Weight
from nhsdesk.papers import composition_from_json
from nhsdesk.store.database import Database

BOARD = place_board.PAPER


def add(database: Database, record: Any) -> Any:
    with database.change("Add") as change:
        return change.add(record)


def text_of(content: bytes) -> str:
    document = pdfium.PdfDocument(content)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return " ".join(" ".join(pages).split())


@pytest.fixture
def held(database: Database) -> Database:
    """A file with a commitment, a restricted one, and an action."""
    add(database, Commitment(title="Share a rota"))
    add(database, Commitment(title="Hidden matter", restricted=True))
    add(database, Action(what="Write to the ICB"))
    return database


def arranged(database: Database, briefing: ComposedBriefing, **choices: Chosen | None) -> None:
    """Changes the choices of some sections, by the first word of their heading."""
    chosen = composing.view(database, briefing.id).chosen
    told = [choices.get(one.heading.split()[0].lower(), one) or one for one in chosen]
    composing.arrange(database, briefing, tuple(told), "Arrange")


def test_a_briefing_begins_with_every_section_in_its_order(held: Database) -> None:
    briefing = composing.begin(held, BOARD, "For the autumn")
    seen = composing.view(held, briefing.id)
    plain = papers.report(held, BOARD, papers.asked_of(held, None, None))
    assert [one.heading for one in seen.chosen] == [one.heading for one in plain.sections]
    assert len(seen.found.printed) == len(seen.chosen)


def test_own_words_and_order_are_printed_and_what_is_off_is_not(held: Database) -> None:
    briefing = composing.begin(held, BOARD, "Autumn briefing")
    chosen = composing.view(held, briefing.id).chosen
    actions = next(one for one in chosen if one.heading == "Actions")
    rest = tuple(
        replace(one, shown=one.heading != "Commitments") for one in chosen if one.heading != "Actions"
    )
    worded = replace(
        actions, before="We ask the board to read these first.\n\nAll three.", after="Thank you."
    )
    composing.arrange(held, briefing, (worded, *rest), "Put Actions first")
    text = text_of(composing.make(held, briefing).content)
    told = (
        "We ask the board to read these first. All three.",
        "A-001 Write to the ICB",
        "Thank you.",
        "In short",
    )
    places = [text.find(words) for words in told]
    assert -1 not in places
    assert places == sorted(places)
    assert "By when Where it stands" not in text


def test_the_first_page_tells_nothing_of_a_section_that_is_left_out(held: Database) -> None:
    briefing = composing.begin(held, BOARD)
    whole = text_of(composing.make(held, briefing).content)
    assert "What is asked of us:" in whole
    assert "See “Commitments”" in whole
    arranged(held, briefing, commitments=Chosen("Commitments", shown=False))
    made = composing.make(held, briefing)
    text = text_of(made.content)
    assert "What is asked of us:" not in text
    assert "See “Commitments”" not in text
    assert "What is late: " in text
    assert not [one for one in made.figures if one.what.startswith("Commitments")]


def test_figures_are_numbered_in_the_order_they_are_printed(held: Database) -> None:
    briefing = composing.begin(held, BOARD)
    chosen = composing.view(held, briefing.id).chosen
    composing.arrange(held, briefing, tuple(reversed(chosen)), "Turn round")
    figures = composing.make(held, briefing).figures
    assert [one.number for one in figures] == list(range(1, len(figures) + 1))
    assert figures[-1].what == "Commitments without a date"  # of the opening, which now comes last


def test_each_page_says_draft_or_final_its_version_and_the_number_of_its_facts(held: Database) -> None:
    briefing = composing.begin(held, BOARD)
    draft = text_of(composing.make(held, briefing).content)
    assert "DRAFT PRIVATE" in draft
    assert "Version 1, draft." in draft
    final = text_of(composing.make(held, composing.make_final(held, briefing)).content)
    assert "DRAFT" not in final
    assert final.count("PRIVATE") == 2 * final.count("Version 1, final. Page")
    assert final.count("Trace number") == final.count("Version 1, final. Page")


def test_a_paper_for_the_public_bears_no_mark_and_nothing_restricted(held: Database) -> None:
    briefing = composing.make_final(held, composing.begin(held, BOARD, read_by=Readers.PUBLIC))
    text = text_of(composing.make(held, briefing).content)
    assert "PRIVATE" not in text
    assert "Hidden matter" not in text
    own = composing.begin(held, BOARD, read_by=Readers.OWN_BOARD)
    assert "Hidden matter" in text_of(composing.make(held, own).content)


def test_the_sheet_of_what_was_left_out_names_sections_and_entries_for_us_only(held: Database) -> None:
    briefing = composing.begin(held, BOARD)
    arranged(held, briefing, actions=Chosen("Actions", shown=False, before="Mind this"))
    text = text_of(composing.left_out_sheet(composing.make(held, briefing)))
    for words in ("FOR US ONLY", "Actions switched off yes, also left out", "C-002 (Commitments)"):
        assert words in text


def test_forecast_underspend_starts_at_our_own_board_until_the_day_given(held: Database) -> None:
    own = composing.begin(held, position.PAPER)
    assert own.read_by is Readers.OWN_BOARD
    assert composing.view(held, own.id).found.left_out == ()
    partners = composing.begin(held, position.PAPER, read_by=Readers.PARTNERS)
    assert composing.view(held, partners.id).found.printed == ()
    arranged(held, partners, **{"in": Chosen("In short", private_until=date(2026, 11, 1))})
    seen = composing.view(held, partners.id)
    assert [one.chosen.heading for one in seen.found.printed] == ["In short"]


def test_a_paper_for_our_own_board_alone_is_made_for_nobody_else(held: Database) -> None:
    paper = papers.named("leadership", papers.BRIEFINGS)
    with pytest.raises(errors.PaperRefused, match="It can be made for our own board"):
        composing.begin(held, paper, read_by=Readers.PARTNERS)
    assert composing.listed(held, paper.key) == ()


def test_our_scores_and_our_case_start_at_our_own_board_until_the_day_given(held: Database) -> None:
    ours = add(held, Integrator(name="Eastfield together"))
    add(held, SelectionCriterion(integrator=ours.id, criterion="Scale", our_score=4, comment="We do well"))
    paper = papers.named("integrator", papers.BRIEFINGS)
    public = composing.begin(held, paper, read_by=Readers.PUBLIC)
    scores, case = "What it is chosen by, and our own score", "The case for a federation partner"
    left = {one.chosen.heading: one.why for one in composing.view(held, public.id).found.left_out}
    assert left == dict.fromkeys((scores, case), OWN_BOARD_ONLY)
    assert "We do well" not in text_of(composing.make(held, public).content)
    arranged(held, public, what=Chosen(scores, private_until=date(2026, 11, 1)))
    printed = [one.chosen.heading for one in composing.view(held, public.id).found.printed]
    assert scores in printed
    assert case not in printed
    assert "We do well" in text_of(composing.make(held, public).content)


def test_whoever_reads_a_briefing_composed_for_them_sees_what_they_may(held: Database) -> None:
    add(held, Action(what="Hidden step", due=date(2026, 11, 1), restricted=True))
    paper = papers.named("highlight", papers.BRIEFINGS)
    for readers in Readers:
        text = text_of(composing.make(held, composing.begin(held, paper, read_by=readers)).content)
        assert ("Hidden step" in text) == (readers is Readers.OWN_BOARD)


def test_the_integrator_composed_for_others_says_which_entries_are_withheld(held: Database) -> None:
    moves = add(held, FunctionTransfer(function="Hidden move"))
    action = add(held, Action(what="Hidden step", restricted=True))
    add(held, Link(source=action.id, target=moves.id, says=LinkKind.RELATED))
    briefing = composing.begin(held, papers.named("integrator", papers.BRIEFINGS), read_by=Readers.PARTNERS)
    made = composing.make(held, briefing)
    assert f"{moves.ref}: Restricted item" in text_of(made.content)
    assert "Hidden move" not in text_of(made.content)
    assert f"{moves.ref} (Functions that move)" in text_of(composing.left_out_sheet(made))


def test_a_board_paper_that_is_not_taken_in_public_is_not_made_for_the_public(held: Database) -> None:
    sheet = add(held, CoverSheet(title="The lease", in_public=False, exemption="Commercial"))
    paper = papers.named("board-paper", papers.BRIEFINGS)
    public = composing.begin(held, paper, read_by=Readers.PUBLIC)
    told = [one.sentence for one in composing.make(held, public).problems if one.weight is Weight.MUST_FIX]
    assert told == [
        f"{sheet.ref} is taken in private, so it is not made for the public. Compose it for others, or say so first."
    ]
    partners = composing.begin(held, paper, read_by=Readers.PARTNERS)
    assert not [one for one in composing.make(held, partners).problems if one.weight is Weight.MUST_FIX]


def test_a_board_paper_composed_for_a_meeting_is_the_one_that_it_takes(held: Database) -> None:
    taken = []
    for day, title in ((date(2026, 12, 1), "The next paper"), (date(2026, 12, 15), "The later paper")):
        taken.append(add(held, Meeting(body="PCN board", held_on=day)))
        item = add(held, AgendaItem(meeting=taken[-1].id, number=1, title=title))
        add(held, CoverSheet(title=title, item=item.id))
    briefing = composing.begin(held, papers.named("board-paper", papers.BRIEFINGS), meeting=taken[-1].id)
    assert "The later paper" in text_of(composing.make(held, briefing).content)


def test_words_speak_of_another_section_by_its_name_and_only_where_it_is_printed(held: Database) -> None:
    where = "“Where each commitment is written” gives the document and page of each"
    briefing = composing.begin(held, BOARD)
    chosen = composing.view(held, briefing.id).chosen
    composing.arrange(held, briefing, tuple(reversed(chosen)), "Turn round")
    assert text_of(composing.make(held, briefing).content).count(where) == 2
    arranged(held, briefing, where=Chosen("Where each commitment is written", shown=False))
    text = text_of(composing.make(held, briefing).content)
    assert "gives the document and page" not in text
    assert "What is required names the contract or law it rests on." in text


def test_short_forms_are_explained_where_they_are_printed_and_not_from_what_is_left_out(
    held: Database,
) -> None:
    add(held, GlossaryTerm(term="QZX", expansion="our secret bid", meaning="Ours"))
    add(held, GlossaryTerm(term="WFG", expansion="the workforce group", meaning="Ours"))
    add(held, Action(what="Write the QZX"))
    briefing = composing.begin(held, BOARD, "Autumn briefing")
    arranged(
        held,
        briefing,
        actions=Chosen("Actions", shown=False),
        what=Chosen("What has changed since the last board", shown=False),
        commitments=Chosen("Commitments", before="The WFG met."),
    )
    told = text_of(composing.make(held, briefing).content)
    assert "WFG: the workforce group" in told
    assert "QZX" not in told
    assert "QZX: our secret bid" in text_of(
        papers.make(held, BOARD, papers.asked_of(held, None, None)).content
    )


def test_a_draft_is_not_sent_and_a_final_one_not_changed(held: Database, tmp_path: Path) -> None:
    briefing = composing.begin(held, BOARD)
    with pytest.raises(errors.PaperRefused, match="it is a draft"):
        papers.issue(held, composing.make(held, briefing), tmp_path / "One.pdf", acknowledged=True)
    final = composing.make_final(held, briefing)
    with pytest.raises(errors.PaperRefused, match="Begin version 2 first"):
        arranged(held, final)
    second = composing.begin_version(held, final)
    assert (second.draft, second.edition) == (Draft.DRAFT, 2)


def test_what_was_sent_is_remade_as_it_was_composed_though_it_was_arranged_anew(
    held: Database, tmp_path: Path
) -> None:
    briefing = composing.begin(held, BOARD, "Autumn briefing", read_by=Readers.OWN_BOARD)
    arranged(held, briefing, actions=Chosen("Actions", before="As agreed on Monday"))
    final = composing.make_final(held, briefing)
    made = composing.make(held, final)
    sent = papers.issue(held, made, tmp_path / "One.pdf", acknowledged=True)
    arranged(held, composing.begin_version(held, final), actions=Chosen("Actions", shown=False))
    assert papers.remake(held, sent) == made.content
    assert sent.audience == "own board"
    assert sent.title == "Autumn briefing, 20 November 2026"
    with held.read() as reader:
        kept = reader.kept_bytes(sent.facts.sha256)
    assert kept is not None
    assert composition_from_json(kept) == made.asked.composed
    assert papers.figures_of_sent(held, sent) == made.figures


def test_words_of_ones_own_that_name_a_person_or_are_not_printed_are_asked_about(held: Database) -> None:
    add(held, Person(role_title="PCN manager", name="Jo Bloggs"))
    briefing = composing.begin(held, BOARD)
    arranged(held, briefing, actions=Chosen("Actions", before="Jo Bloggs will tell more.", shown=False))
    told = " ".join(one.sentence for one in composing.make(held, briefing).problems)
    assert "Your words in “Actions” name a person. Papers give roles: “PCN manager”." in told
    assert "“Actions” is left out (switched off), and your own words with it." in told


def test_a_section_that_tells_again_of_one_left_out_is_asked_about(held: Database) -> None:
    briefing = composing.begin(held, BOARD, "Autumn briefing", read_by=Readers.PUBLIC)
    arranged(held, briefing, commitments=Chosen("Commitments", private_until=date(2027, 1, 1)))
    asked = [one.sentence for one in composing.make(held, briefing).problems if "tells again" in one.sentence]
    assert [one.partition(" tells")[0] for one in asked] == [
        "“What has changed since the last board”",
        "“Where each commitment is written”",
    ]
    assert all("“Commitments”, which is left out (private until 1 January 2027)" in one for one in asked)
    ours = composing.change_details(held, briefing, read_by=Readers.OWN_BOARD)
    assert not any("tells again" in one.sentence for one in composing.make(held, ours).problems)


def test_a_briefing_of_which_its_readers_get_no_section_is_not_sent(held: Database, tmp_path: Path) -> None:
    briefing = composing.begin(held, position.PAPER, "Our year", read_by=Readers.PUBLIC)
    final = composing.make_final(held, briefing)
    made = composing.make(held, final)
    with pytest.raises(errors.PaperRefused, match="there is nothing to send"):
        papers.issue(held, made, tmp_path / "Our year.pdf", acknowledged=True)


def test_a_title_that_names_a_person_and_signs_in_own_words_that_cannot_be_printed_are_told(
    held: Database,
) -> None:
    add(held, Person(name="Pat Example", role_title="Manager"))
    briefing = composing.begin(held, BOARD, "What Pat Example did")
    arranged(held, briefing, actions=Chosen("Actions", before="Well done \U0001f600."))
    told = [one.sentence for one in composing.make(held, briefing).problems]
    assert "Your words in “Title” name a person. Papers give roles: “Manager”." in told
    assert any(one.startswith("The paper: \U0001f600 cannot be printed.") for one in told)


def test_a_template_gives_its_sections_and_words_to_the_next(held: Database) -> None:
    briefing = composing.begin(held, BOARD, as_at=date(2026, 11, 20))
    arranged(held, briefing, actions=Chosen("Actions", before="As every quarter"))
    template = composing.keep_as_template(held, briefing, "Each quarter")
    assert (template.template, template.as_at) == (True, None)
    following = composing.begin_from(held, template, "Winter briefing")
    chosen = composing.view(held, following.id).chosen
    assert [one.before for one in chosen if one.heading == "Actions"] == ["As every quarter"]
    assert not following.template


def test_arranging_is_one_step_and_is_undone_as_one(held: Database) -> None:
    briefing = composing.begin(held, BOARD)
    before = composing.view(held, briefing.id).chosen
    composing.arrange(held, briefing, tuple(reversed(before)), "Turn round")
    held.undo()
    assert composing.view(held, briefing.id).chosen == before


def test_a_draft_email_holds_the_paper_as_it_was_sent_and_no_address(held: Database, tmp_path: Path) -> None:
    briefing = composing.make_final(held, composing.begin(held, BOARD))
    made = composing.make(held, briefing)
    sent = papers.issue(held, made, tmp_path / "Bórd.pdf", acknowledged=True)
    papers.email_draft(held, sent, tmp_path / "Board.eml")
    papers.email_draft(held, sent, tmp_path / "Again.eml")
    written = (tmp_path / "Board.eml").read_bytes()
    assert written == (tmp_path / "Again.eml").read_bytes()
    read = message_from_bytes(written, policy=policy.default)
    assert (read["To"], read["X-Unsent"]) == (None, "1")
    (attached,) = read.iter_attachments()
    assert (attached.get_filename(), attached.get_content_type()) == ("Bórd.pdf", "application/pdf")
    assert attached.get_content() == made.content
