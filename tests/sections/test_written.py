"""Where something is written, said in full or said to be missing."""

from __future__ import annotations

from datetime import date

from nhsdesk.domain.kinds import Id
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.sections import restricted, written
from nhsdesk.sections.restricted import Restricted

PAPER = SourceDocument(id=Id(1), ref="D-001", title="Paper 9", dated=date(2026, 5, 20))


def test_document_page_and_day_are_told_and_each_is_missed() -> None:
    documents = {PAPER.id: PAPER, Id(2): SourceDocument(id=Id(2), ref="D-002", title="Paper 10")}
    assert written.where(documents, PAPER.id, "page 4") == "D-001 Paper 9, page 4, 20 May 2026"
    assert written.where(documents, Id(2), None) == "D-002 Paper 10, page not given, day not given"
    assert written.where(documents, None, "page 4") == written.NOWHERE


def test_of_a_document_that_readers_may_not_see_only_that_it_is_is_told() -> None:
    hidden = Restricted(marked=frozenset({PAPER.id}))
    assert written.where({PAPER.id: PAPER}, PAPER.id, "page 4", hidden) == restricted.WORDS


def test_long_words_end_with_dots_and_short_ones_stay() -> None:
    assert written.short("Tools") == "Tools"
    cut = written.short("long " * 2_000)
    assert len(cut) <= 301
    assert cut.endswith("long…")
