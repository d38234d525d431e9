"""The papers page as a person uses it: pick, look, put right, save, and find again what was sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QItemSelectionModel, QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from nhsdesk.commands import files, papers
from nhsdesk.desktop.background import Background, Cancelled, Job
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.kept_layout import KeptLayout
from nhsdesk.desktop.papers.making import Wanted, make
from nhsdesk.desktop.papers.papers_page import PICKED, PapersPage
from nhsdesk.desktop.papers.sent_before import NONE_SENT
from nhsdesk.domain.arrs import Post
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.sent_papers import SentPaper
from nhsdesk.store import erasing
from nhsdesk.store.door import Change
from tests.conftest import Clock
from tests.desktop.papers.conftest import Answers, Heard, in_front, press, pressed
from tests.returns.test_every_return import KEYS

TICK = "I have read this point and send it with it"


def words_on(page: QWidget) -> list[str]:
    """Every label a person sees."""
    return [one.text() for one in page.findChildren(QLabel) if one.isVisibleTo(page.window())]


def listed(page: PapersPage) -> list[str]:
    model = page.list.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [
        str(model.index(row, 0).data(role) or model.index(row, 0).data()) for row in range(model.rowCount())
    ]


def pick(page: PapersPage, title: str) -> None:
    model = page.list.model()
    found = [model.index(row, 0) for row in range(model.rowCount()) if model.index(row, 0).data() == title]
    page.list.setCurrentIndex(found[0])


def type_period(page: PapersPage, text: str, qtbot: QtBot) -> None:
    edit = page.to_send.period.edit
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Return)


def sheet(page: QWidget, name: str) -> QTableView:
    found = [
        table
        for table in page.findChildren(QTableView)
        if table.accessibleName() == f"Sheet {name}"
        and table.parent() is not None
        and table.window() is page.window()
    ]
    return found[-1]


def cells(table: QTableView, row: int) -> list[str]:
    model = table.model()
    return [str(model.index(row, column).data()) for column in range(model.columnCount())]


def headings(table: QTableView) -> list[str]:
    model = table.model()
    return [str(model.headerData(n, Qt.Orientation.Horizontal)) for n in range(model.columnCount())]


def sent_of(desk: Desk) -> tuple[SentPaper, ...]:
    return papers.sent_papers(desk.database)


# ---- the list


def test_papers_stand_under_returns_and_briefings_with_due_and_sent(page: PapersPage) -> None:
    shown = listed(page)
    briefings = shown.index("Briefings")
    assert shown[:2] == [
        "Returns",
        "ARRS monthly claim. No closing day is settled; add one as a local rule. Never sent",
    ]
    assert "ARRS forecast outturn. Planned starters notice by 31 December 2026. Never sent" in shown
    assert shown[briefings : briefings + 5] == [
        "Briefings",
        "Place board briefing. For the meeting on 20 January 2027. Never sent",
        "ARRS position. For the meeting on 2 December 2026. Never sent",
        "Sign-up decision, a page for each practice. Wanted when an offer is to be decided on. Never sent",
        "Reply to requests for figures. Wanted when somebody has asked for a figure. Never sent",
    ]


def test_a_closing_day_that_is_settled_is_shown_when_it_was_written(page: PapersPage, qtbot: QtBot) -> None:
    with page.desk.database.change("Settle") as change:
        change.add(LocalRule(key="papers.arrs_claim_day", value="30", starts=date(2026, 4, 1)))
    qtbot.waitUntil(lambda: "Due 30 November 2026 for October 2026" in listed(page)[1])


def test_a_heading_of_the_list_cannot_be_picked(page: PapersPage) -> None:
    first = page.list.model().index(0, 0)
    assert not first.flags() & (Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled)


# ---- the preview


def test_the_claim_of_last_month_is_shown_as_it_is_in_the_file(page: PapersPage) -> None:
    assert page.to_send.period.edit.text() == "October 2026"
    claim = sheet(page, "Claim")
    shown = dict(zip(headings(claim), cells(claim, 0), strict=True))
    assert (shown["Post"], shown["Hours a week"], shown["WTE"]) == ("P-001", "37.50", "1.0000")
    assert shown["Claimed (£)"] == "4,821.17" or "." in shown["Claimed (£)"]
    last = cells(claim, claim.model().rowCount() - 1)
    assert last[0] == "Total"
    assert page.selection_words() == "ARRS monthly claim, October 2026: 26 posts, 1 problem"


def test_amounts_are_lined_up_at_the_right_and_words_at_the_left(page: PapersPage) -> None:
    claim = sheet(page, "Claim")
    model, names = claim.model(), headings(claim)
    across = {
        name: model.index(0, names.index(name)).data(Qt.ItemDataRole.TextAlignmentRole)
        for name in ("Portal label", "Salary (£)")
    }
    assert across["Salary (£)"] & Qt.AlignmentFlag.AlignRight
    assert across["Portal label"] & Qt.AlignmentFlag.AlignLeft


def test_the_cover_and_the_notes_are_shown_too(page: PapersPage) -> None:
    covers = [one for one in page.findChildren(QPlainTextEdit) if one.accessibleName() == "Sheet Cover_sheet"]
    assert covers[0].toPlainText().startswith("SAMPLE: ARRS claim for Millbrook Green PCN")
    assert "Trace number" in covers[0].toPlainText()
    assert cells(sheet(page, "Notes"), 0)[0] == "note 1"


def test_enter_on_a_row_opens_the_entry_it_stands_for(page: PapersPage, heard: Heard, qtbot: QtBot) -> None:
    claim = sheet(page, "Claim")
    claim.setFocus()
    claim.setCurrentIndex(claim.model().index(2, 1))
    QTest.keyClick(claim, Qt.Key.Key_Return)
    with page.desk.database.read() as reader:
        third = reader.by_ref("P-003")
    assert third is not None
    assert heard.wanted == [("post", third.id)]
    claim.setCurrentIndex(claim.model().index(claim.model().rowCount() - 1, 0))
    QTest.keyClick(claim, Qt.Key.Key_Return)
    assert heard.said == ["This row stands for no entry of its own."]


def test_a_briefing_is_shown_in_real_pages(page: PapersPage) -> None:
    pick(page, "Place board briefing")
    pdf = page.to_send.preview.pdf
    assert pdf is not None
    assert pdf.pages > 3
    assert f"Page 1 of {pdf.pages}" in words_on(page)
    assert "Place board briefing" in pdf.view.accessibleDescription()
    before = pdf.view.zoomFactor()
    press(page, "Larger")
    larger = pdf.view.zoomFactor()
    press(page, "Smaller")
    press(page, "Smaller")
    assert larger > pdf.view.zoomFactor()
    press(page, "Fit the width")
    assert before == 1.0
    assert (
        page.selection_words()
        == "Place board briefing, 20 November 2026: 25 commitments, 24 actions, 28 problems"
    )


def test_page_down_turns_the_pages(page: PapersPage, qtbot: QtBot) -> None:
    pick(page, "Place board briefing")
    pdf = page.to_send.preview.pdf
    assert pdf is not None
    pdf.view.setFocus()
    for _ in range(6):
        QTest.keyClick(pdf.view, Qt.Key.Key_PageDown)
    assert pdf.view.pageNavigator().currentPage() > 0
    assert not [one for one in words_on(page) if one.startswith("Page 1 of")]


# ---- its period


@pytest.mark.parametrize("typed", ["sep 26", "2026-09", "9/2026", "  September   2026 "])
def test_a_month_is_read_as_people_write_it(page: PapersPage, typed: str, qtbot: QtBot) -> None:
    type_period(page, typed, qtbot)
    assert page.to_send.period.edit.text() == "September 2026"
    assert page.selection_words().startswith("ARRS monthly claim, September 2026: ")


def test_months_are_stepped_through(page: PapersPage) -> None:
    page.to_send.period.back.click()
    assert "September 2026" in page.selection_words()
    page.to_send.period.on.click()
    page.to_send.period.on.click()
    assert "November 2026" in page.selection_words()


def test_what_is_no_month_stays_as_typed_with_a_sentence_and_nothing_can_be_saved(
    page: PapersPage, qtbot: QtBot
) -> None:
    type_period(page, "<i>soon</i>", qtbot)
    assert page.to_send.period.edit.text() == "<i>soon</i>"
    assert any("<i>soon</i>” could not be read as a month" in one for one in words_on(page))
    assert not pressed(page, "Save as sent…").isEnabled()
    assert not pressed(page, "Save a draft…").isEnabled()
    type_period(page, "October 2026", qtbot)
    assert pressed(page, "Save a draft…").isEnabled()


@pytest.mark.parametrize(("typed", "on"), [("January 1900", False), ("December 9999", True)])
def test_the_ends_of_time_are_no_trap(page: PapersPage, typed: str, on: bool, qtbot: QtBot) -> None:
    type_period(page, typed, qtbot)
    button = page.to_send.period.on if on else page.to_send.period.back
    button.click()
    assert page.to_send.period.edit.text() == typed


def test_a_briefing_of_an_earlier_day_tells_what_the_file_held_then(
    page: PapersPage, clock: Clock, qtbot: QtBot
) -> None:
    clock.moment = clock.moment.replace(day=24)
    with page.desk.database.change("Add one") as change:
        change.add(Commitment(title="Added on the 24th"))
    pick(page, "Place board briefing")
    assert "26 commitments" in page.selection_words()
    type_period(page, "23/11", qtbot)
    assert page.selection_words().startswith("Place board briefing, 23 November 2026: 25 commitments")
    assert pressed(page, "Save a draft…").isEnabled()


def test_no_briefing_is_made_of_a_day_to_come(page: PapersPage, qtbot: QtBot) -> None:
    pick(page, "Place board briefing")
    assert not page.to_send.period.on.isEnabled()
    type_period(page, "1 January 2027", qtbot)
    assert "1 January 2027 has not come. Give today or an earlier day." in words_on(page)


def test_a_page_left_open_overnight_is_of_the_new_day(page: PapersPage, clock: Clock) -> None:
    pick(page, "Place board briefing")
    clock.moment = clock.moment.replace(day=21)
    page.shown()
    assert page.selection_words().startswith("Place board briefing, 21 November 2026")
    assert page.to_send.period.edit.text() == "21 November 2026"


# ---- what stands in the way


def test_a_problem_opens_its_entry(page: PapersPage, heard: Heard) -> None:
    pick(page, "Place board briefing")
    found = [
        one for one in page.findChildren(QWidget) if one.property("link") and one.isVisibleTo(page.window())
    ]
    assert found[0].accessibleDescription().startswith("C-018 may name a practice")
    found[0].click()  # type: ignore[attr-defined]
    with page.desk.database.read() as reader:
        one = reader.by_ref("C-018")
    assert one is not None
    assert heard.wanted == [("commitment", one.id)]


def test_each_problem_says_how_grave_it_is_in_words(page: PapersPage) -> None:
    assert {"1 point must be acknowledged", "Acknowledge"} <= set(words_on(page))


def test_what_must_be_put_right_cannot_be_sent_but_a_draft_can_be_saved(
    page: PapersPage, answers: Answers, qtbot: QtBot
) -> None:
    type_period(page, "December 2026", qtbot)
    assert "It can be sent when 1 point is put right. A draft can be saved." in words_on(page)
    assert not pressed(page, "Save as sent…").isEnabled()
    press(page, "Save a draft…")
    assert [one.name for one in answers.folder.iterdir()] == ["SAMPLE DRAFT ARRS monthly claim 2026-12.xlsx"]


def test_a_thousand_problems_are_shown_by_the_page(page: PapersPage, qtbot: QtBot) -> None:
    from nhsdesk.domain.problems import Problem, Weight

    page.to_send.problems.show_problems([Problem(f"Number {n}", Weight.NOTE) for n in range(1_000)])
    assert "1,000 points for information" in words_on(page)
    qtbot.waitUntil(lambda: sum(one.startswith("Number ") for one in words_on(page)) == 50)
    press(page, "Show 50 more of 950")
    qtbot.waitUntil(lambda: sum(one.startswith("Number ") for one in words_on(page)) == 100)
    assert pressed(page, "Show 50 more of 900").isEnabled()


# ---- saving


def send(page: PapersPage) -> None:
    press(page, TICK)
    press(page, "Save as sent…")


def test_a_paper_is_sent_when_its_points_were_read_and_is_kept_byte_for_byte(
    page: PapersPage, answers: Answers, heard: Heard, qtbot: QtBot
) -> None:
    assert not pressed(page, "Save as sent…").isEnabled()
    send(page)
    assert answers.titles == ["Save ARRS monthly claim, October 2026, as sent"]
    target = answers.folder / "SAMPLE ARRS monthly claim 2026-10.xlsx"
    (sent,) = sent_of(page.desk)
    with page.desk.database.read() as reader:
        assert reader.kept_bytes(sent.kept.sha256) == target.read_bytes()
    told = f"ARRS monthly claim, October 2026: saved as {target}, and kept as SP-001."
    assert heard.said == [told]
    assert told in words_on(page)
    assert heard.warned == []
    qtbot.waitUntil(lambda: listed(page)[1].endswith("Sent 20 November 2026 as SP-001"))
    assert not pressed(page, "I have read these 2 points and send it with them").isChecked()
    assert page.tabs.tabText(1) == "Sent before (1)"


def test_thinking_better_of_it_writes_nothing(page: PapersPage, answers: Answers, heard: Heard) -> None:
    answers.refuse = True
    send(page)
    press(page, "Save a draft…")
    assert sent_of(page.desk) == ()
    assert heard == Heard()
    assert list(answers.folder.iterdir()) == []


def test_a_draft_is_marked_and_not_kept(page: PapersPage, answers: Answers, heard: Heard) -> None:
    press(page, "Save a draft…")
    target = answers.folder / "SAMPLE DRAFT ARRS monthly claim 2026-10.xlsx"
    from nhsdesk.documents import reader

    cover = reader.read_workbook(target)[0]
    assert str(cover.rows[0][0]).startswith("SAMPLE DRAFT: ARRS claim")
    assert sent_of(page.desk) == ()
    assert heard.said == [f"Draft saved as {target}. It is marked DRAFT, and not kept as sent."]


def test_a_working_copy_of_a_return_is_not_kept_as_sent(
    page: PapersPage, answers: Answers, heard: Heard
) -> None:
    press(page, "Working copy…")
    target = answers.folder / "SAMPLE WORKING COPY ARRS monthly claim 2026-10.xlsx"
    book = load_workbook(target)
    assert book.worksheets[0]["A1"].value.startswith("SAMPLE WORKING COPY: ARRS claim")
    assert book["Claim"].freeze_panes == "B5"
    assert sent_of(page.desk) == ()
    assert heard.said[0].startswith(f"Working copy saved as {target}.")


def test_every_return_there_is_to_be_is_listed_in_the_window(page: PapersPage) -> None:
    shown = "\n".join(listed(page))
    for key in KEYS:
        assert f"\n{papers.named(key, papers.RETURNS).title}. " in shown


def test_a_name_of_another_kind_is_refused_in_words(page: PapersPage, answers: Answers, heard: Heard) -> None:
    answers.name = "claim.pdf"
    send(page)
    assert len(heard.warned) == 1
    assert "ends as another kind. Nothing was written." in heard.warned[0]
    assert sent_of(page.desk) == ()
    press(page, "Save a draft…")
    assert len(heard.warned) == 2


def test_a_place_that_cannot_be_written_to_is_told_and_nothing_is_sent(
    page: PapersPage, answers: Answers, heard: Heard
) -> None:
    (answers.folder / "folder.xlsx").mkdir()
    answers.name = "folder.xlsx"
    send(page)
    assert "A folder has that name: choose another." in heard.warned[0]
    assert sent_of(page.desk) == ()


def leave(change: Change) -> None:
    """The first post ends before the month that is claimed for."""
    change.put(replace(change.reader.all(Post)[0], ends=date(2026, 9, 30)))


def test_what_changed_while_the_question_was_open_is_looked_at_first(
    page: PapersPage, answers: Answers, heard: Heard
) -> None:
    def somebody_else_writes() -> None:
        with page.desk.database.change("Meanwhile") as change:
            leave(change)

    answers.meanwhile = somebody_else_writes
    send(page)
    assert heard.warned[0].startswith("Nothing was saved: the PCN file changed after this preview was made.")
    assert sent_of(page.desk) == ()
    assert "25 posts" in page.selection_words()


def test_the_folder_is_opened_and_the_path_copied_when_there_is_one(
    page: PapersPage, answers: Answers, qtbot: QtBot
) -> None:
    class Opened(QObject):
        urls: list[QUrl]

        @Slot(QUrl)
        def open(self, url: QUrl) -> None:
            self.urls.append(url)

    assert not page.to_send.open_folder.isEnabled()
    assert not page.to_send.copy_path.isEnabled()
    press(page, "Save a draft…")
    opened = Opened()
    opened.urls = []
    QDesktopServices.setUrlHandler("file", opened, "open")  # type: ignore[arg-type]
    try:
        press(page, "Open folder")
        press(page, "Copy path")
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert [Path(url.toLocalFile()) for url in opened.urls] == [answers.folder]
    assert Path(QGuiApplication.clipboard().text()).parent == answers.folder


def test_a_file_open_to_read_gives_drafts_and_says_why_nothing_can_be_sent(
    sample: Path, clock: Clock, answers: Answers, qtbot: QtBot
) -> None:
    database = files.open_to_read(sample, "Ann Archer", clock)
    desk = Desk(database, Background(inline=True), KeptLayout())
    try:
        page = in_front(desk, qtbot)
        assert any(
            one.startswith("It cannot be sent from here.") and database.read_only_because in one
            for one in words_on(page)
        )
        assert not pressed(page, "Save as sent…").isEnabled()
        press(page, "Save a draft…")
        assert len(list(answers.folder.iterdir())) == 1
    finally:
        desk.close()


def test_a_file_with_nothing_in_it_makes_an_empty_claim(
    database: Any, answers: Answers, qtbot: QtBot
) -> None:
    desk = Desk(database, Background(inline=True), KeptLayout())
    page = in_front(desk, qtbot)
    assert page.selection_words() == "ARRS monthly claim, October 2026: 0 posts, 1 problem"
    assert "No entries" in cells(sheet(page, "Claim"), 0)
    send(page)
    assert [one.name for one in answers.folder.iterdir()] == ["ARRS monthly claim 2026-10.xlsx"]
    pick(page, "Place board briefing")
    assert page.selection_words().startswith("Place board briefing, 20 November 2026: 0 commitments")
    desk.close()


# ---- sent before


def test_what_was_sent_is_shown_as_it_was_and_saved_again(
    page: PapersPage, answers: Answers, heard: Heard, qtbot: QtBot
) -> None:
    page.tabs.setCurrentIndex(1)
    assert NONE_SENT in words_on(page)
    page.tabs.setCurrentIndex(0)
    send(page)
    with page.desk.database.change("Remove a post") as change:
        leave(change)
    page.shown()
    assert "25 posts" in page.selection_words()
    page.tabs.setCurrentIndex(1)
    table = page.sent_before.table
    name = "SAMPLE ARRS monthly claim 2026-10.xlsx"
    assert cells(table, 0) == ["SP-001", "20 November 2026, 09:30", "October 2026", name, "1 point"]
    press(page, "Show as sent")
    assert sheet(page.sent_before, "Claim").model().rowCount() == 27
    answers.name = "again.xlsx"
    press(page, "Save again…")
    assert answers.names[-1] == name
    assert (answers.folder / "again.xlsx").read_bytes() == (answers.folder / name).read_bytes()
    assert heard.said[-1].endswith(f"SP-001 saved again as it was sent, as {answers.folder / 'again.xlsx'}.")


def test_a_paper_that_was_erased_says_so(page: PapersPage) -> None:
    send(page)
    (sent,) = sent_of(page.desk)
    erasing.erase(page.desk.database, sent, ("kept",), "asked to")
    page.shown()
    page.tabs.setCurrentIndex(1)
    press(page, "Show as sent")
    assert any("was erased, so it cannot be written out again." in one for one in words_on(page))


# ---- keeping up


def test_the_preview_is_made_again_when_the_file_changed(page: PapersPage, qtbot: QtBot) -> None:
    assert "26 posts" in page.selection_words()
    with page.desk.database.change("Remove a post") as change:
        leave(change)
    assert "26 posts" in page.selection_words()
    qtbot.waitUntil(lambda: "25 posts" in page.selection_words())


def test_a_page_that_is_not_in_front_makes_nothing_until_it_is(page: PapersPage) -> None:
    page.hide()
    started: list[object] = []
    page.desk.background.began.connect(started.append)
    with page.desk.database.change("Remove a post") as change:
        leave(change)
    assert not page._calm.isActive()
    page.show()
    page.shown()
    assert len(started) == 1
    assert "25 posts" in page.selection_words()
    page.shown()
    assert len(started) == 1


def test_only_the_newest_preview_arrives(sample: Path, clock: Clock, qtbot: QtBot) -> None:
    desk = Desk(files.open_for_work(sample, "Ann Archer", clock), Background(), KeptLayout())
    try:
        page = in_front(desk, qtbot)
        assert page.to_send.status.text() == "Making the preview…"
        arrived: list[str] = []
        page.to_send._making.ready.connect(lambda ready: arrived.append(ready.made.asked.month.words))
        for _ in range(3):
            page.to_send.period.back.click()
        qtbot.waitUntil(lambda: not desk.background.jobs, timeout=20_000)
        assert arrived == ["July 2026"]
        assert page.to_send.status.text() == ""
        assert page.selection_words().startswith("ARRS monthly claim, July 2026: ")
    finally:
        desk.close()


def test_a_paper_stops_at_the_page_where_it_was_cancelled(sample: Path, clock: Clock) -> None:
    job = Job("Making it", print, print, writes=False)
    pages: list[int] = []

    def cancel_at_two(page: int, _: int) -> None:
        pages.append(page)
        if page == 2:
            job.cancel()

    job.moved.connect(cancel_at_two)
    wanted = Wanted(papers.named("place-board", papers.PAPERS))
    with files.open_to_read(sample, "Ann Archer", clock) as database, pytest.raises(Cancelled):
        make(database, wanted, job)
    assert pages == [1, 2]


def test_a_preview_that_was_cancelled_says_so(sample: Path, clock: Clock, qtbot: QtBot) -> None:
    desk = Desk(files.open_for_work(sample, "Ann Archer", clock), Background(), KeptLayout())
    try:
        page = in_front(desk, qtbot)
        desk.background.jobs[0].cancel()
        qtbot.waitUntil(lambda: not desk.background.jobs, timeout=20_000)
        assert any(
            one.startswith("The preview was not made, because it was cancelled.") for one in words_on(page)
        )
        assert not pressed(page, "Save a draft…").isEnabled()
    finally:
        desk.close()


# ---- for everyone


def test_markup_is_shown_as_it_was_typed(page: PapersPage) -> None:
    hostile = "<b>bold</b> & <img src=x> =1+1"
    with page.desk.database.change("Hostile") as change:
        for post in change.reader.all(Post)[:2]:
            change.put(replace(post, portal_label=hostile, band=hostile))
    page.shown()
    assert cells(sheet(page, "Claim"), 0)[1] == hostile
    assert all(one.textFormat() is Qt.TextFormat.PlainText for one in page.findChildren(QLabel) if one.text())
    tip = sheet(page, "Claim").model().index(0, 1).data(Qt.ItemDataRole.ToolTipRole)
    assert tip is None or "<b>" not in tip


def reached(page: PapersPage, qtbot: QtBot, steps: int) -> list[QWidget]:
    """Whatever the keyboard comes to by Tab alone."""
    found = []
    for _ in range(steps):
        now = QApplication.focusWidget()
        assert now is not None
        found.append(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
    return found


@pytest.mark.parametrize("title", ["ARRS monthly claim", "Place board briefing"])
def test_tab_reaches_everything_and_comes_round_again(page: PapersPage, title: str, qtbot: QtBot) -> None:
    page.activateWindow()
    pick(page, title)
    page.list.setFocus()
    found = reached(page, qtbot, 60)
    assert found.count(page.list) >= 2
    assert pressed(page, "Save a draft…") in found
    assert page.to_send.period.edit in found
    assert page.to_send.read_them in found
    if title.startswith("ARRS"):
        assert sheet(page, "Claim") in found
    else:
        assert page.to_send.preview.pdf is not None
        assert page.to_send.preview.pdf.view in found


@pytest.mark.parametrize("title", ["ARRS monthly claim", "Place board briefing"])
def test_every_control_has_a_name_and_room_for_a_finger(page: PapersPage, title: str) -> None:
    pick(page, title)
    for one in page.findChildren(QWidget):
        if one.focusPolicy() == Qt.FocusPolicy.NoFocus or not one.isVisibleTo(page.window()):
            continue
        if isinstance(one.parent(), QAbstractScrollArea) and not isinstance(one, QLineEdit):
            continue  # a part of the control around it
        named = (
            one.accessibleName() or getattr(one, "text", lambda: "")() or one.__class__.__name__ == "QTabBar"
        )
        assert named, one
        assert min(one.width(), one.height()) >= 24, (one, one.size())


def test_how_the_page_was_left_is_kept(page: PapersPage, qtbot: QtBot) -> None:
    pick(page, "Place board briefing")
    page.splitter.setSizes([400, 700])
    page.keep_layout()
    assert page.desk.layout.word(PICKED) == "place-board"
    again = in_front(page.desk, qtbot)
    assert again.splitter.sizes() == page.splitter.sizes()
    assert again.selection_words().startswith("Place board briefing")


def test_a_table_is_left_with_tab_and_its_rows_are_picked_whole(page: PapersPage) -> None:
    claim = sheet(page, "Claim")
    assert not claim.tabKeyNavigation()
    claim.selectionModel().select(claim.model().index(0, 0), QItemSelectionModel.SelectionFlag.Select)
    assert claim.selectionBehavior() is QTableView.SelectionBehavior.SelectRows
