"""Somebody scores a quarter at the window: a framework, a quarter, line by line with few keys."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from nhsdesk.commands import assessments, files, frameworks
from nhsdesk.desktop import asking
from nhsdesk.desktop.commitments.assessments_page import AssessmentsPage
from nhsdesk.domain.assessments import Framework, FrameworkLine, Score
from nhsdesk.domain.evidence import Evidence
from nhsdesk.domain.frameworks import COLUMNS
from nhsdesk.domain.periods import Quarter
from nhsdesk.store.database import Database
from tests import made_once
from tests.conftest import Clock
from tests.desktop.desk_side import Person

Q2 = Quarter.parse("2026/27 Q2")


@pytest.fixture
def path(tmp_path: Path, clock: Clock) -> Path:
    """A PCN file with nothing but the PCN in it."""
    return made_once.network(tmp_path / "Ours.nhsdesk", clock)


@pytest.fixture
def scorer(opens: Callable[[Path], Person], path: Path, clock: Clock) -> Person:
    """Somebody at the third quarter, the second having been scored in two lines."""
    with files.open_for_work(path, "Ann Archer", clock) as database:
        framework = frameworks.adopt(database, "advice-and-guidance")
        begun = assessments.begin(database, framework, Q2)
        with database.change("Add evidence") as change:
            change.add(Evidence(what="Audit of dermatology"))
        for ref, level in (("AG-01", "1"), ("AG-03", "2")):
            assessments.give_level(database, begun, line(database, ref).id, level)
            assessments.give(database, begun, line(database, ref).id, "note", f"Note on {ref}")
    person = opens(path)
    person.goes_to("Commitments", "Quarter’s scores")
    person.writes("Quarter", "2026/27 Q3", leave=False)
    page(person).quarters.activated.emit(0)
    return person


def line(database: Database, ref: str) -> FrameworkLine:
    with database.read() as reader:
        return next(one for one in reader.all(FrameworkLine) if one.standard_ref == ref)


def page(person: Person) -> AssessmentsPage:
    place = person.window.page
    assert place is not None
    assert isinstance(place.page, AssessmentsPage)
    return place.page


def row(person: Person, ref: str) -> tuple[str, ...]:
    table = page(person).table
    return next(words for n in range(table.rowCount()) if (words := table.words(n))[0] == ref)


def goes_to_line(person: Person, ref: str) -> None:
    page(person).table.go_to(str(line(person.database, ref).id))
    page(person).table.setFocus()
    person.waits()


def scores(person: Person) -> dict[str | None, Score]:
    with person.database.read() as reader:
        lines = {one.id: one.standard_ref for one in reader.all(FrameworkLine)}
        return {lines[one.line]: one for one in reader.all(Score)}


def test_an_empty_file_says_how_to_get_a_framework(opens: Callable[[Path], Person], path: Path) -> None:
    person = opens(path)
    person.goes_to("Commitments", "Quarter’s scores")
    assert person.sees("No framework is in this PCN file yet.")
    person.clicks("Adopt a framework…")
    assert person.sees("Scored by: the ICB.")
    assert person.sees("13 verified against a source")
    person.clicks("Take it in")
    assert person.sees("This is the assessment of the ICB, not ours.")
    person.clicks("Begin 2026/27 Q3")
    assert person.told == "AM-001 was begun for 2026/27 Q3."
    assert row(person, "AG-01")[-1] == "Verified"
    assert row(person, "LP-3.1")[-1] == "Local"
    person.clicks("Adopt a framework…")
    person.writes(
        "Framework that comes with the program",
        "Advice and guidance operational delivery framework",
        leave=False,
    )
    assert person.sees("It is in the PCN file already, as FW-001. There is nothing to add.")
    assert not person.button("Take it in").isEnabled()


def test_a_quarter_is_begun_with_what_was_carried_and_digits_set_levels(scorer: Person) -> None:
    scorer.clicks("Begin 2026/27 Q3")
    assert row(scorer, "AG-01")[2:5] == ("1\ncarried", "1", "0")
    assert scorer.button("Still so: 2 lines carried forward").isVisible()
    goes_to_line(scorer, "AG-01")
    scorer.presses("3")
    assert row(scorer, "AG-01")[2:5] == ("3", "1", "+2")
    assert scorer.sees("Last quarter 1. 3 = all met with evidence of improvement")
    scorer.presses("7")
    assert scorer.sees("7 is no level here. Give one from 0 to 3.")
    scorer.presses("Delete")
    assert row(scorer, "AG-01")[2] == ""
    assert scorer.undoes.startswith("Undo: Level of AG-01") or "Level of AG-01" in scorer.undoes
    scorer.clicks("Still so: 1 line carried forward")
    assert row(scorer, "AG-03")[2] == "2"


def test_note_evidence_and_minutes_are_kept_when_their_field_is_left(scorer: Person) -> None:
    scorer.clicks("Begin 2026/27 Q3")
    goes_to_line(scorer, "AG-07")
    scorer.presses("1")
    scorer.writes("Note", "Leaflet is out")
    scorer.writes("Evidence", "EV-001")
    scorer.writes("Minutes spent", "1:15")
    assert row(scorer, "AG-07")[5] == "1"
    held = scores(scorer)["AG-07"]
    assert (held.level, held.note, len(held.evidence), held.minutes_spent) == (1, "Leaflet is out", 1, 75)
    assert scorer.sees("1 hour 15 minutes spent")
    scorer.writes("Evidence", "EV-009")
    assert scorer.sees("EV-009")
    assert scorer.sees("names no evidence item here")
    assert len(scores(scorer)["AG-07"].evidence) == 1


def test_a_local_prompt_says_that_it_is_nobodys_wording(scorer: Person) -> None:
    scorer.clicks("Begin 2026/27 Q3")
    goes_to_line(scorer, "LP-1.1")
    assert scorer.sees("Local prompt, not NHS England’s wording")


def test_learning_is_set_from_the_line_it_comes_from(scorer: Person) -> None:
    scorer.clicks("Begin 2026/27 Q3")
    goes_to_line(scorer, "AG-02")
    scorer.writes("What is to be done better", "Read five replies together", leave=False)
    scorer.clicks("Add as an action")
    scorer.writes("Learning session held on", "12 Nov 2026", leave=False)
    scorer.clicks("Add learning session")
    assert scorer.sees("A-001 Read five replies together")
    assert scorer.sees("Learning session, 12 November 2026")


def test_an_official_file_is_looked_at_and_taken_in_beside_what_there_is(
    scorer: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "Advice and guidance operational delivery framework"
    chosen = tmp_path / "odf.csv"
    with chosen.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(
            [COLUMNS, (name, "2026/27", "3 Improving quality", "", "", "AG-01", "Audits", "9")]
        )
    monkeypatch.setattr(asking, "choose_existing", lambda *_: chosen)
    scorer.clicks("Import a framework file…")
    assert scorer.sees("It will stand beside FW-001, version 2025/26, the lines seen.")
    assert scorer.sees("Worded otherwise: AG-01.")
    scorer.clicks("Take it in")
    scorer.clicks("Begin 2026/27 Q3")
    assert row(scorer, "AG-01")[1:] == ("Audits", "1\ncarried", "1", "0", "", "Imported")


def test_a_faulty_file_is_told_and_cannot_be_taken_in(
    scorer: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = tmp_path / "odf.csv"
    chosen.write_text(f"{','.join(COLUMNS)}\nF,1,S,,,A1,One,\nF,1,S,,,A1,Two,\n", encoding="utf-8")
    monkeypatch.setattr(asking, "choose_existing", lambda *_: chosen)
    scorer.clicks("Import a framework file…")
    assert scorer.sees("The standard_ref “A1” stands in rows 2 and 3.")
    assert not scorer.button("Take it in").isEnabled()
    chosen.write_text("a,b\n1,2\n", encoding="utf-8")
    scorer.clicks("Import a framework file…")
    assert scorer.sees("odf.csv is not a framework file. Nothing was read in.")
    scorer.clicks("Leave it")
    with scorer.database.read() as reader:
        assert reader.count(Framework) == 1


def test_the_quarter_is_saved_as_a_workbook_and_said_to_go_out(
    scorer: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scorer.clicks("Begin 2026/27 Q3")
    target = tmp_path / "Q3.xlsx"
    monkeypatch.setattr(asking, "choose_file", lambda *_: target)
    scorer.clicks("Save a draft workbook…")
    assert scorer.told == "Q3.xlsx was saved, marked as a draft."
    assert target.read_bytes().startswith(b"PK")
    assert page(scorer).sent.isChecked()
    page(scorer).sent.click()
    scorer.waits()
    seen = assessments.view(scorer.database, None, Quarter.parse("2026/27 Q3"))
    assert seen.facts is not None
    assert not seen.facts.goes_out
