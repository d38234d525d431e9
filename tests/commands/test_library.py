"""The starter library: what it may say, and what becomes of it in a real file."""

from __future__ import annotations

from dataclasses import replace

from nhsdesk import resources
from nhsdesk.commands import documents, library
from nhsdesk.domain import quotations
from nhsdesk.domain.commitments import BINDING, Commitment, CommitmentKind, Confidence
from nhsdesk.domain.library import READ_BY, LibraryDocument
from nhsdesk.domain.sources import DocumentStatus, SourceDocument
from nhsdesk.store.database import Database

PAGES_GIVEN = {
    ("london-tom", "p10"),
    ("london-tom", "p13"),
    ("london-tom", "p19"),
    ("london-tom", "p20"),
    ("london-tom", "p26"),
    ("london-tom", "p33"),
    ("london-case-for-change", "p23"),
    ("ics-design-framework", "p9"),
    ("ics-design-framework", "p16"),
    ("ics-design-framework", "p20"),
    ("ics-design-framework", "p24"),
    ("ics-design-framework", "p27"),
    ("ics-design-framework", "p30"),
}
"""Every page that an article named. A page that is not here was not given, and may not be cited."""


def by_key(key: str) -> LibraryDocument:
    return next(one for one in resources.library() if one.key == key)


def adopted(database: Database, *keys: str) -> dict[str, SourceDocument]:
    lines = [one.key for one in library.offered(database) if one.document.key in keys]
    library.adopt(database, lines)
    with database.read() as reader:
        return {one.library_key: one for one in reader.all(SourceDocument) if one.library_key}


# ---- what it says


def test_no_document_cites_a_page_that_its_source_did_not_give() -> None:
    cited = {
        (one.key, reading.locator)
        for one in resources.library()
        for reading in one.readings
        if reading.locator is not None
    }
    assert cited <= PAGES_GIVEN
    assert all(quotations.locator(page) is not None for _, page in cited)


def test_every_line_is_in_our_words_says_where_it_was_seen_and_quotes_little() -> None:
    keys = [one.key for one in resources.library()]
    assert len(keys) == len(set(keys))
    for one in resources.library():
        assert one.source
        assert one.comes_from is None or one.comes_from in keys
        assert one.supersedes is None or one.supersedes in keys
        for reading in one.readings:
            assert reading.paraphrase
            assert reading.source
            assert not quotations.too_long(reading.quotation)
            assert (reading.kind is CommitmentKind.DUTY) == (reading.basis in BINDING)


def test_page_13_of_the_london_model_says_that_the_service_is_wider_than_its_teams() -> None:
    (found,) = [one for one in by_key("london-tom").readings if one.locator == "p13"]
    assert found.kind is CommitmentKind.DEFINITION
    assert "broader" in found.paraphrase


def test_the_letter_to_the_gp_committee_is_kept_as_an_assurance() -> None:
    (found,) = by_key("letter-to-gpc").readings
    assert (found.kind, found.quotation) == (CommitmentKind.ASSURANCE, "modern general practice")
    assert "substantive contract" in found.paraphrase


def test_the_report_of_2018_is_there_with_plans_systems_and_savings() -> None:
    said = {one.title: one.paraphrase for one in by_key("commons-report-2018").readings}
    assert "worthwhile" in said["No evidence of savings in the short term"]
    assert "poorly engaged" in said["44 sustainability and transformation plans"]
    assert "legal obligations" in said["The first ten integrated care systems"]


# ---- what becomes of it


def test_a_document_is_taken_over_line_by_line_as_one_step(database: Database) -> None:
    before = database.head.position
    chosen = [one.key for one in by_key("london-tom").readings if one.locator in ("p10", "p13")]
    assert library.adopt(database, chosen) == library.Adopted(documents=1, commitments=2)
    assert database.head.position == before + 1
    with database.read() as reader:
        (document,) = reader.all(SourceDocument)
        lines = reader.all(Commitment)
    assert (document.library_key, document.status) == ("london-tom", DocumentStatus.PUBLISHED)
    assert {one.document for one in lines} == {document.id}
    assert {(one.read_by, one.confidence, one.read_on) for one in lines} == {
        (READ_BY, Confidence.MEDIUM, None)
    }
    database.undo()
    with database.read() as reader:
        assert reader.count(SourceDocument) == reader.count(Commitment) == 0


def test_taking_over_twice_adds_nothing(database: Database) -> None:
    every = [one.key for one in library.offered(database)]
    first = library.adopt(database, every)
    assert first.documents == len(resources.library())
    position = database.head.position
    assert library.adopt(database, every) == library.Adopted(0, 0)
    assert database.head.position == position
    assert all(one.taken for one in library.offered(database))


def test_a_line_whose_title_was_changed_is_still_known(database: Database) -> None:
    adopted(database, "letter-to-gpc")
    with database.change("Change") as change:
        (line,) = change.reader.all(Commitment)
        change.put(replace(line, title="What the minister promised"))
    assert library.adopt(database, [by_key("letter-to-gpc").readings[0].key]) == library.Adopted(0, 0)


def test_a_document_entered_before_is_used_and_not_doubled(database: Database) -> None:
    with database.change("Add") as change:
        held = change.add(SourceDocument(title="DES", publication_ref="PRN02483"))
    key = by_key("network-contract-des-2026").readings[0].key
    assert library.adopt(database, [key]) == library.Adopted(0, 1)
    with database.read() as reader:
        assert [one.document for one in reader.all(Commitment)] == [held.id]


def test_integrated_teams_are_followed_back_to_fuller_and_centres_to_darzi(database: Database) -> None:
    held = adopted(
        database,
        "fuller-stocktake",
        "nwl-board-paper",
        "darzi-investigation",
        "neighbourhood-health-centres-trial",
    )
    for key, began in (
        ("nwl-board-paper", "fuller-stocktake"),
        ("neighbourhood-health-centres-trial", "darzi-investigation"),
    ):
        line = documents.where_from(database, held[key])
        assert [(one.depth, one.document.library_key) for one in line] == [(0, began), (1, key)]
    said = {one.title for one in by_key("fuller-stocktake").readings}
    assert "Integrated neighbourhood teams and single urgent care teams" in said


def test_the_design_framework_is_followed_back_to_the_white_paper(database: Database) -> None:
    held = adopted(database, "white-paper-2021", "ics-design-framework")
    line = documents.where_from(database, held["ics-design-framework"])
    assert [(one.depth, one.document.library_key) for one in line] == [
        (0, "white-paper-2021"),
        (1, "ics-design-framework"),
    ]


def test_the_five_laws_asked_for_stand_below_the_report_as_proposed(database: Database) -> None:
    keys = [one.key for one in resources.library() if one.comes_from == "commons-report-2018"]
    held = adopted(database, "commons-report-2018", *keys)
    line = documents.where_from(database, held["commons-report-2018"])
    assert [one.status for one in line] == ["Published"] + ["Proposed"] * 5
    told = " ".join(one.document.title for one in line)
    for area in ("partnerships", "accountable care", "procurement", "merger", "Care Quality Commission"):
        assert area in told


def test_what_superseded_another_is_joined_once_both_are_here(database: Database) -> None:
    adopted(database, "gp-contract-2026")
    held = adopted(database, "a-and-g-enhanced-service")
    assert held["gp-contract-2026"].supersedes == held["a-and-g-enhanced-service"].id
