"""A pack for another PCN: nothing of ours leaves, nothing of theirs counts before it is confirmed."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import nhsdesk
from nhsdesk import errors
from nhsdesk.commands import attachments, files, filling, papers, pcn_pack, rates, taken_over
from nhsdesk.commands.rates import Checked
from nhsdesk.documents import pack_file
from nhsdesk.domain import kinds
from nhsdesk.domain.arrs import Role
from nhsdesk.domain.commitments import Basis, Commitment, CommitmentKind
from nhsdesk.domain.entitlement import Sum
from nhsdesk.domain.fields import Record
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.meetings import MeetingSeries, SeriesItem
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import LondonZone, Organisation, Practice
from nhsdesk.domain.organisations import Person as Role_
from nhsdesk.domain.pcn_pack import BY_KIND, PORTABLE, Line, Marks, Verdict, key_of, pack_words
from nhsdesk.domain.rates import Rate, RateConfidence
from nhsdesk.domain.records import RECORDS
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.domain.taken_over import AdoptedKind, TakenOver
from nhsdesk.domain.workbook_mappings import MappedCell, MappedColumn, MappedList, WorkbookToFill
from nhsdesk.store.database import Database
from tests import factories, made_once
from tests.conftest import Clock

MARKER = "Quetzalcoatl"
CHECKED = Checked("PCN manager", "20 Nov 2026", "page 12")
RATE = Rate(
    role=Role.CLINICAL_PHARMACIST,
    zone=LondonZone.NONE,
    annual=Money.pounds("61000"),
    valid_from=date(2031, 4, 1),
    published_on=date(2026, 11, 1),
    source="Specification 2031/32",
    confidence=RateConfidence.QUOTED,
)


@pytest.fixture
def theirs(tmp_path: Path, clock: Clock) -> Iterator[Database]:
    """The file of the PCN that takes a pack in."""
    made = made_once.network(tmp_path / "Theirs.nhsdesk", clock)
    with files.open_for_work(made, "Bo Baker", clock) as opened:
        yield opened


def blank(folder: Path, words: str = "Weekly return", author: str = MARKER) -> Path:
    book = openpyxl.Workbook()
    book.properties.creator = book.properties.lastModifiedBy = author
    book.active["A1"] = words
    book.save(path := folder / f"{author} copy.xlsx")
    return path


def fill(database: Database, folder: Path) -> None:
    """One of each kind that a pack can hold."""
    looked = attachments.look(blank(folder))
    with database.change("Fill") as change:
        book = change.add(
            WorkbookToFill(
                name="Winter return",
                edition="2026",
                blank=attachments.keep(change, looked),
                fingerprint="Sheet: A1",
            )
        )
        change.add(MappedCell(workbook=book.id, sheet="Sheet", cell="B2", fills="posts"))
        rows = change.add(MappedList(workbook=book.id, sheet="Sheet", header="A5", fills="posts"))
        change.add(MappedColumn(table=rows.id, column="A", heading="Role", fills="role"))
        change.add(RATE)
        paper = change.add(SourceDocument(title="Neighbourhood guidance", body="NHS England"))
        change.add(
            Commitment(
                title="Name one lead",
                document=paper.id,
                quotation="Each PCN should name one lead.",
                locator="page 4",
                kind=CommitmentKind.DUTY,
                basis=Basis.DES,
                paraphrase=MARKER,
                owed_to=MARKER,
            )
        )
        change.add(LocalRule(key="papers.arrs_claim_day", value="7", starts=date(2026, 4, 1), reason=MARKER))
        series = change.add(MeetingSeries(title="Board", rhythm="monthly", place=MARKER))
        change.add(SeriesItem(series=series.id, number=1, title="Interests"))


def packed(database: Database, target: Path) -> Path:
    keys = [one.line.key for one in pcn_pack.offered(database) if not one.why_not]
    pcn_pack.write(database, keys, "Templates", target)
    return target


def everything_in(path: Path) -> bytes:
    """All bytes of a pack, and of the workbooks in it."""
    found = path.read_bytes()
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            content = package.read(name)
            found += name.encode() + content
            if name != "pack.json":
                with zipfile.ZipFile(BytesIO(content)) as book:
                    found += b"".join(book.read(part) for part in book.namelist())
    return found


def adopted(database: Database, path: Path, who: str = "Westfield PCN") -> int:
    seen = pcn_pack.look(database, path)
    return pcn_pack.adopt(database, seen, seen.offered, who)


def only(database: Database, cls: type[Any], **equal: Any) -> Any:
    with database.read() as reader:
        (found,) = reader.all(cls, **equal)
    return found


# ---- nothing of ours


def test_no_word_of_any_other_entry_or_field_is_in_a_pack(database: Database, tmp_path: Path) -> None:
    made: dict[str, Id] = {}
    with database.change("Plant") as change:
        for cls in RECORDS:
            if cls.KIND.name not in made:
                made[cls.KIND.name] = factories.added(change, cls, MARKER, made).id
    with database.change("Clean what a pack may hold") as change:
        for portable in PORTABLE:
            record = change.reader.get(portable.cls, made[portable.cls.KIND.name])
            change.put(_plain_where_it_may_leave(record, portable.fields))
    target = packed(database, tmp_path / "Out.nhsdesk-pack")
    assert MARKER.encode() not in everything_in(target)
    with zipfile.ZipFile(target) as package:
        told = {line["kind"] for line in json.loads(package.read("pack.json"))["lines"]}
    assert told == set(BY_KIND)


def _plain_where_it_may_leave(record: Record, fields: tuple[str, ...]) -> Record:
    plain: dict[str, Any] = {
        one.name: "plain"
        for one in record.KIND.fields
        if one.name in fields and isinstance(getattr(record, one.name), str)
    }
    if isinstance(record, Rate | Sum):
        plain["network"] = None
        plain["confidence"] = RateConfidence.QUOTED
    if any(one.name == "restricted" for one in record.KIND.fields):
        plain["restricted"] = False
    return replace(record, **plain)


def test_the_properties_and_name_of_a_blank_workbook_stay_here(database: Database, tmp_path: Path) -> None:
    fill(database, tmp_path)
    target = packed(database, tmp_path / "Out.nhsdesk-pack")
    assert MARKER.encode() not in everything_in(target)
    assert b"Eastfield" not in everything_in(target)
    with zipfile.ZipFile(target) as package:
        (name,) = [part for part in package.namelist() if part.startswith("blanks/")]
        book = openpyxl.load_workbook(BytesIO(package.read(name)))
    assert book.active["A1"].value == "Weekly return"


def test_the_same_entries_make_the_same_bytes(database: Database, tmp_path: Path) -> None:
    fill(database, tmp_path)
    first = packed(database, tmp_path / "a.nhsdesk-pack").read_bytes()
    assert packed(database, tmp_path / "b.nhsdesk-pack").read_bytes() == first


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("Always EASTFIELD  pcn", "our PCN"),
        ("Alder House Surgery", "a practice"),
        ("code a81001.", "a practice’s ODS code"),
        ("Ask Ann Archer", "a person"),
        ("patient NHS number 943 476 5919", "NHS number"),
    ],
)
def test_a_line_that_names_us_stays_here_and_says_why(database: Database, words: str, what: str) -> None:
    with database.change("Fill", patient_data_reason="a test") as change:
        change.add(Practice(name="Alder House Surgery", ods_code="A81001"))
        change.add(Role_(role_title="Manager", name="Ann Archer"))
        change.add(MeetingSeries(title=words))
    (offer,) = [one for one in pcn_pack.offered(database) if one.line.kind == "meeting_series"]
    assert what in offer.why_not
    with pytest.raises(errors.PaperRefused, match="No pack was written"):
        pcn_pack.write(database, [offer.line.key], "x", Path("Out.nhsdesk-pack"))


def test_our_name_inside_a_blank_workbook_or_on_the_pack_is_found(database: Database, tmp_path: Path) -> None:
    looked = attachments.look(blank(tmp_path, "For Eastfield PCN"))
    with database.change("Fill") as change:
        change.add(WorkbookToFill(name="Return", blank=attachments.keep(change, looked)))
        change.add(MeetingSeries(title="Board"))
    offers = {one.line.kind: one for one in pcn_pack.offered(database)}
    assert offers["workbook_to_fill"].why_not == "Its blank workbook names our PCN (Eastfield PCN)"
    keys = [offers["meeting_series"].line.key]
    for name, target in (("Eastfield PCN", "Out"), ("Ours", "Eastfield PCN")):
        with pytest.raises(errors.PaperRefused, match="names our PCN"):
            pcn_pack.write(database, keys, name, tmp_path / f"{target}.nhsdesk-pack")
    assert not list(tmp_path.glob("*.nhsdesk-pack"))


def with_parts(path: Path, parts: dict[str, bytes]) -> Path:
    """A workbook with more parts, or others in place of its own."""
    with zipfile.ZipFile(path) as package:
        held = {name: package.read(name) for name in package.namelist()} | parts
    with zipfile.ZipFile(path, "w") as package:
        for name, content in held.items():
            package.writestr(name, content)
    return path


def kept_within(words: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", f"<w:t>{words}</w:t>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/a.xml", b"<t>Ash &amp; Elm Surgery</t>"),
        ("xl/a.xml", b"<a n='Ash &#38; Elm_Surgery_2026'/>"),
        (
            "xl/a.xml",
            b"<si><r><t>Ash &amp; </t></r><r><rPr><b/></rPr><t>Elm Sur</t></r><r><t>gery</t></r></si>",
        ),
        (
            "xl/a.xml",
            b"<p xmlns:a='a'><a:r><a:t>Ash &amp; Elm</a:t></a:r><a:r><a:rPr/><a:t> Surgery</a:t></a:r></p>",
        ),
        (
            "xl/printerSettings/printerSettings1.bin",
            b"\1" + "\\\\Ash & Elm Surgery\\Upstairs".encode("utf-16-le"),
        ),
        ("customXml/note.txt", b"Ash & Elm Surgery"),
        ("xl/embeddings/letter.docx", kept_within("Ash &amp; Elm Surgery")),
    ],
)
def test_a_name_is_found_wherever_a_blank_workbook_hides_it(
    tmp_path: Path, part: str, content: bytes
) -> None:
    path = with_parts(blank(tmp_path), {part: content})
    words = pack_file.words_in(pack_file.without_properties(path.read_bytes(), path.name))
    assert Marks((("Ash & Elm Surgery", "a practice"),)).found(words)


def test_properties_kept_elsewhere_and_the_folder_it_was_saved_in_stay_here(tmp_path: Path) -> None:
    path = blank(tmp_path, author="Nobody")
    with zipfile.ZipFile(path) as package:
        links, book = package.read("_rels/.rels"), package.read("xl/workbook.xml")
    elsewhere = "package/services/metadata/core-properties/1.psmdcp"
    saved = b'<mc:AlternateContent xmlns:mc="m"><absPath url="C:\\%s\\"/></mc:AlternateContent>'
    with_parts(
        path,
        {
            "_rels/.rels": links.replace(b"docProps/core.xml", elsewhere.encode()),
            elsewhere: f"<creator>{MARKER}</creator>".encode(),
            "xl/workbook.xml": book.replace(b"<sheets>", saved % MARKER.encode() + b"<sheets>"),
        },
    )
    content = pack_file.without_properties(path.read_bytes(), path.name)
    with zipfile.ZipFile(BytesIO(content)) as package:
        assert not any(MARKER.encode() in package.read(name) for name in package.namelist())
        assert b"absPath" not in package.read("xl/workbook.xml")


def test_restricted_entries_figures_of_our_own_and_made_up_ones_are_in_no_pack(database: Database) -> None:
    with database.change("Fill") as change:
        ours = change.reader.all(Organisation, ours=True)[0]
        paper = change.add(SourceDocument(title="Secret", restricted=True))
        change.add(Commitment(title="a", quotation="b", document=paper.id))
        change.add(replace(RATE, network=ours.id))
        change.add(replace(RATE, confidence=RateConfidence.SAMPLE))
        change.add(TakenOver(on=change.add(MeetingSeries(title="Not ours")).id, came_from="Westfield PCN"))
    assert pcn_pack.offered(database) == ()


# ---- on the other side


def test_a_pack_is_adopted_in_one_step_and_the_same_again_changes_nothing(
    database: Database, theirs: Database, tmp_path: Path
) -> None:
    fill(database, tmp_path)
    path = packed(database, tmp_path / "Out.nhsdesk-pack")
    number = adopted(theirs, path)
    assert number == 10
    book = only(theirs, WorkbookToFill)
    assert (book.name, book.blank.name) == ("Winter return", "Blank workbook.xlsx")
    reading = only(theirs, Commitment)
    assert (reading.quotation, reading.kind, reading.basis) == (
        "Each PCN should name one lead.",
        CommitmentKind.DUTY,
        Basis.DES,
    )
    assert (reading.owner, reading.status, reading.owed_to, reading.read_on) == (None, None, None, None)
    marks = taken_over.listed(theirs)
    assert {one.mark.standing for one in marks} == {AdoptedKind.NOT_CONFIRMED}
    assert {one.mark.came_from for one in marks} == {"Westfield PCN"}
    assert not any(isinstance(one.record, MappedCell | SeriesItem) for one in marks)
    assert adopted(theirs, path) == 0
    assert set(pcn_pack.look(theirs, path).verdicts.values()) == {Verdict.SAME}
    theirs.undo()
    assert taken_over.listed(theirs) == ()
    assert set(pcn_pack.look(theirs, path).verdicts.values()) == {Verdict.NEW}


def test_a_figure_of_another_pcn_counts_nowhere_until_it_is_confirmed(
    database: Database, theirs: Database, tmp_path: Path
) -> None:
    with database.change("Fill") as change:
        change.add(RATE)
    assert adopted(theirs, packed(database, tmp_path / "Out.nhsdesk-pack")) == 1
    rate = only(theirs, Rate, valid_from=RATE.valid_from)
    assert rate.confidence is RateConfidence.TWICE_REMOVED

    def counts() -> bool:
        with theirs.read() as reader:
            return rate.id in {one.id for one in rates.known_here(reader)}

    assert not counts()
    assert taken_over.confirm(theirs, (rate.id,), Checked("", "", ""))
    assert not counts()
    assert taken_over.confirm(theirs, (rate.id,), CHECKED) == ()
    assert counts()
    held = only(theirs, Rate, valid_from=RATE.valid_from)
    assert (held.confidence, held.confirmed_page) == (RateConfidence.CONFIRMED, "page 12")
    theirs.undo()
    assert not counts()


def test_a_rule_and_a_reading_of_another_pcn_change_no_paper_until_confirmed(
    database: Database, theirs: Database, tmp_path: Path
) -> None:
    fill(database, tmp_path)
    adopted(theirs, packed(database, tmp_path / "Out.nhsdesk-pack"))
    paper = papers.named("commitments", papers.PAPERS)

    def printed() -> str:
        made = papers.make(theirs, paper, papers.asked_of(theirs, None, None))
        return str(made.facts)

    def closing_day() -> int | None:
        return papers.asked_of(theirs, None, None).rules.whole("papers.arrs_claim_day")

    before = closing_day()
    assert before != 7
    assert "Name one lead" not in printed()
    every = tuple(one.record.id for one in taken_over.listed(theirs))
    assert taken_over.confirm(theirs, every, CHECKED) == ()
    assert closing_day() == 7
    assert "Name one lead" in printed()


def test_a_workbook_mapped_by_another_pcn_is_filled_only_with_that_acknowledged(
    database: Database, theirs: Database, tmp_path: Path
) -> None:
    fill(database, tmp_path)
    adopted(theirs, packed(database, tmp_path / "Out.nhsdesk-pack"))
    prepared = filling.prepare(theirs, only(theirs, WorkbookToFill), papers.asked_of(theirs, None, None))
    assert any("not confirmed by us" in problem.sentence for problem in prepared.problems)


def test_a_newer_pack_is_offered_an_older_one_is_told_and_an_entry_of_our_own_stays(
    database: Database, theirs: Database, tmp_path: Path, clock: Clock
) -> None:
    with database.change("Fill") as change:
        series = change.add(MeetingSeries(title="Board", rhythm="monthly"))
    first = packed(database, tmp_path / "First.nhsdesk-pack")
    adopted(theirs, first)
    with database.change("Another") as change:
        change.put(replace(change.reader.get(MeetingSeries, series.id), rhythm="weekly"))
    clock.moment = clock.moment.replace(day=25)
    second = packed(database, tmp_path / "Second.nhsdesk-pack")
    assert set(pcn_pack.look(theirs, second).verdicts.values()) == {Verdict.NEWER}
    assert adopted(theirs, second) == 1
    assert only(theirs, MeetingSeries).rhythm == "weekly"
    assert only(theirs, TakenOver).pack == pack_words("Templates", date(2026, 11, 25))
    older = pcn_pack.look(theirs, first)
    assert set(older.verdicts.values()) == {Verdict.OLDER}
    assert older.offered == ()
    assert set(pcn_pack.look(database, first).verdicts.values()) == {Verdict.OURS}


def test_what_is_put_aside_is_not_offered_again_and_counts_nowhere(
    database: Database, theirs: Database, tmp_path: Path
) -> None:
    with database.change("Fill") as change:
        change.add(RATE)
    path = packed(database, tmp_path / "Out.nhsdesk-pack")
    adopted(theirs, path)
    rate = only(theirs, Rate, valid_from=RATE.valid_from)
    assert taken_over.put_aside(theirs, (rate.id,)) == 1
    assert pcn_pack.look(theirs, path).offered == ()
    with theirs.read() as reader:
        assert rate.id not in {one.id for one in rates.known_here(reader)}


# ---- hostile packs

Spoil = Callable[[dict[str, Any]], object]


def spoiled(path: Path, target: Path, spoil: Spoil) -> Path:
    """The same pack with its list changed."""
    with zipfile.ZipFile(path) as package:
        listed = json.loads(package.read("pack.json"))
    spoil(listed)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as package:
        package.writestr("pack.json", json.dumps(listed))
    return target


@pytest.fixture
def plain_pack(database: Database, tmp_path: Path) -> Path:
    with database.change("Fill") as change:
        change.add(MeetingSeries(title="Board", rhythm="monthly"))
    return packed(database, tmp_path / "Plain.nhsdesk-pack")


def _alone() -> dict[str, Any]:
    """An item of a series that is not in the pack."""
    fields: dict[str, Any] = {"number": 1, "title": "Interests"}
    key = key_of("series_item", fields, "meeting_series:0")
    return {"kind": "series_item", "key": key, "of": "meeting_series:0", "fields": fields}


def _of(listed: dict[str, Any]) -> dict[str, Any]:
    line: dict[str, Any] = listed["lines"][0]
    return line


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda told: told.update(what="something"), "no pack of this program"),
        (lambda told: told.update(form=2), "later version"),
        (lambda told: told.update(made_on="yesterday"), "which day"),
        (lambda told: told.update(lines={}), "no list of lines"),
        (lambda told: told.update(lines=[_of(told)] * 10_000), "10,000 lines"),
        (lambda told: told.update(lines=[_of(told)] * 2), "stands in it twice"),
        (lambda told: _of(told).update(kind="person"), "a kind that no pack holds"),
        (lambda told: _of(told).update(kind=["rate"]), "a kind that no pack holds"),
        (lambda told: _of(told)["fields"].update(place="x"), "what no pack holds"),
        (lambda told: _of(told)["fields"].update(lasts="long"), "what cannot stand there"),
        (lambda told: _of(told)["fields"].update(lasts=2**70), "what cannot stand there"),
        (lambda told: _of(told)["fields"].update(title=True), "what cannot stand there"),
        (lambda told: _of(told)["fields"].update(title={"a": 1}), "what cannot stand there"),
        (lambda told: _of(told)["fields"].update(title="x" * 30_000), "longer than any"),
        (lambda told: _of(told)["fields"].pop("title"), "lacks what it must have"),
        (lambda told: _of(told)["fields"].update(title="Other"), "was changed after"),
        (lambda told: _of(told).update(of="rate:1"), "was changed after"),
        (lambda told: told.update(lines=[_alone()]), "hangs on nothing"),
        (lambda told: told["lines"].insert(0, "text"), "not written as a line"),
    ],
)
def test_a_list_that_is_no_pack_is_refused_in_a_sentence(
    theirs: Database, plain_pack: Path, tmp_path: Path, spoil: Spoil, words: str
) -> None:
    bad = spoiled(plain_pack, tmp_path / "Bad.nhsdesk-pack", spoil)
    with pytest.raises(errors.FileRefused, match=words) as told:
        pcn_pack.look(theirs, bad)
    assert "Nothing has been changed" in str(told.value)
    assert "\n" not in str(told.value)


def _zip(target: Path, **parts: bytes) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_DOT_", "."), content)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"pack_DOT_json": b"[" * 100_000}, "cannot be read"),
        ({"pack_DOT_json": b"0" * 15_000_000}, "unpacks to far more"),
        ({"pack_DOT_json": b"{}", "_DOT__DOT___evil_DOT_txt": b"x"}, "files that no pack holds"),
        ({"other_DOT_json": b"{}"}, "files that no pack holds"),
        ({"pack_DOT_json": b"{}", f"blanks__{'0' * 64}_DOT_xlsx": b"x"}, "not the one it names"),
        ({}, "no pack for another PCN"),
    ],
)
def test_bombs_paths_and_strangers_in_the_zip_are_refused(
    theirs: Database, tmp_path: Path, parts: dict[str, bytes], words: str
) -> None:
    _zip(target := tmp_path / "Bad.nhsdesk-pack", **parts)
    with pytest.raises(errors.FileRefused, match=words):
        pcn_pack.look(theirs, target)


def test_what_is_no_zip_or_not_there_is_refused(theirs: Database, tmp_path: Path) -> None:
    (text := tmp_path / "Text.nhsdesk-pack").write_text("hello", encoding="utf-8")
    for path in (text, tmp_path / "Nowhere.nhsdesk-pack"):
        with pytest.raises(errors.FileRefused, match="Nothing has been changed"):
            pcn_pack.look(theirs, path)


def test_markup_and_formulas_stay_words(database: Database, theirs: Database, tmp_path: Path) -> None:
    hostile = '<img src=x onerror=alert(1)> =HYPERLINK("http://a") {{7*7}}'
    with database.change("Fill") as change:
        change.add(MeetingSeries(title=hostile))
    adopted(theirs, packed(database, tmp_path / "Out.nhsdesk-pack"))
    assert only(theirs, MeetingSeries).title == hostile


def test_every_field_of_a_pack_is_a_field_of_its_kind_and_tells_of_no_person() -> None:
    for portable in PORTABLE:
        for name in portable.fields:
            kind = portable.cls.KIND.field(name).kind
            assert not isinstance(kind, kinds.LinkTo | kinds.LinksTo | kinds.Private)
        assert set(portable.known_by) <= set(portable.fields)


def test_rules_figures_and_words_are_read_only_where_they_count() -> None:
    asked = re.compile(r"\.all\((LocalRule|Sum|GlossaryTerm)\b")
    root = Path(nhsdesk.__file__).parent
    found = [str(path) for path in root.rglob("*.py") if asked.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_what_a_workbook_looks_like_is_told_in_the_words_that_stand_in_it() -> None:
    headings = {"Summary": {"A1": "Place  return"}}
    names = [["Code", "Summary!B5"]]
    looks = json.dumps({"sheets": ["Summary"], "names": names, "headings": headings, "digest": "0f"})
    line = Line("workbook_to_fill", "1", {"name": "Return", "fingerprint": looks})
    assert dict(line.told)["Fingerprint"] == "Summary; Code; Summary!B5; Place return"
    assert dict(replace(line, fields={"name": "Return", "fingerprint": "{no"}).told)["Fingerprint"] == "{no"
