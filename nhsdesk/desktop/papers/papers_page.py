"""Returns and papers: pick one, see what stands in the way, look at it, save it; and what was sent before."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from nhsdesk.desktop import theme, words
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import Page, when_calm
from nhsdesk.desktop.papers.composer_page import ComposerPage
from nhsdesk.desktop.papers.paper_list import PaperList
from nhsdesk.desktop.papers.sent_before import SentBefore, name_of
from nhsdesk.desktop.papers.to_send import ToSend
from nhsdesk.desktop.split import Split
from nhsdesk.domain.composed import ComposedBriefing
from nhsdesk.domain.periods import Month
from nhsdesk.domain.sent_papers import SentPaper

if TYPE_CHECKING:  # loaded when the page is first shown
    from nhsdesk.commands.papers import Listed

CALM_MS = 400
"""After a change the preview is made again when nothing has changed for so long."""

SPLITTER, PICKED = "papers.splitter", "papers.picked"


class PapersPage(Page):
    """The papers on the left, the one picked on the right."""

    title = "Returns and papers"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._listed: dict[str, Listed] = {}
        self._briefings: set[str] = set()
        self.list = PaperList()
        self.name = words.label(role="h1")
        self.readers = words.label(role="quiet", wrap=False)
        self.tabs = QTabWidget()
        self.to_send = ToSend(desk)
        self.sent_before = SentBefore(desk)
        self._composer: ComposerPage | None = None
        self._calm = when_calm(self, self._keep_up, CALM_MS)
        self._lay_out()
        desk.changed.connect(self._changed)
        self.list.picked.connect(self._pick)
        for part in (self.to_send.preview, self.sent_before):
            part.chosen.connect(self._open_row)
        for preview in (self.to_send.preview, self.sent_before.preview):
            preview.said.connect(desk.say)
        self.sent_before.again.connect(self._save_again)
        self.sent_before.email_wanted.connect(self.to_send.saving.email)

    @property
    def composer(self) -> ComposerPage:
        """What stands on “Compose”, made when the first briefing is picked: returns have no such tab."""
        if self._composer is None:
            self._composer = made = ComposerPage(self.desk)
            made.setParent(self)
            made.hide()
            made.wanted.connect(self._look_at)
            made.left_out_wanted.connect(self._save_left_out)
        return self._composer

    # ---- what the window asks

    def shown(self) -> None:
        """The list, and the paper last picked, as the file holds them now."""
        self._list_again()
        if self.to_send.paper is None:
            self.list.pick(self.desk.layout.word(PICKED))
        else:
            self.to_send.keep_up()

    def selection_words(self) -> str:
        """The paper in front."""
        return self.to_send.in_words()

    def keep_layout(self) -> None:
        """Keeps how the page is divided, and which paper was in front."""
        self.desk.layout.keep_state(SPLITTER, self.splitter.saveState())
        if self.to_send.paper is not None:
            self.desk.layout.keep_word(PICKED, self.to_send.paper.key)

    def pick(self, key: str) -> None:
        """Brings a paper to the front, as if it had been picked from the list."""
        self.list.pick(key)

    def pick_for(self, key: str, of: Month | date) -> None:
        """Brings a paper to the front, asked for a month or as at a day."""
        self.list.pick(key)
        self.to_send.ask_for(of)

    # ---- keeping up

    def _changed(self, _: object) -> None:
        self.to_send.changed()
        if self.isVisible():
            self._calm.start()

    def _keep_up(self) -> None:
        if self.isVisible():
            self._list_again()
            self.to_send.keep_up()
            self._compose_in_sight()

    def _list_again(self) -> None:
        from nhsdesk.commands import papers

        found = self.desk.attempt(lambda: papers.listed(self.desk.database), ())
        self._listed = {one.paper.key: one for one in found}
        returns = tuple(one for one in found if one.paper in papers.RETURNS)
        briefings = tuple(one for one in found if one.paper in papers.BRIEFINGS)
        self._briefings = {one.paper.title for one in briefings}
        self.list.show_papers({"Returns": returns, "Briefings": briefings})
        if self.to_send.paper is not None:
            self._tell_of(self.to_send.paper.key)

    # ---- what is picked

    def _pick(self, key: str) -> None:
        self.to_send.show_paper(self._listed[key].paper)
        self._tell_of(key)
        self.tabs.setCurrentWidget(self.to_send)
        briefing = self._listed[key].paper.title in self._briefings
        there = -1 if self._composer is None else self.tabs.indexOf(self._composer)
        if briefing and there < 0:
            self.tabs.addTab(self.composer, "Compose")
        elif there >= 0 and not briefing:
            self.tabs.removeTab(there)

    def _compose_in_sight(self) -> None:
        composer, paper = self._composer, self.to_send.paper
        if composer is not None and self.tabs.currentWidget() is composer and paper is not None:
            composer.show_paper(paper)

    def _look_at(self, briefing: ComposedBriefing) -> None:
        if self.to_send.paper is not None:
            self.to_send.show_composed(self.to_send.paper, briefing.ref)
            self.tabs.setCurrentWidget(self.to_send)

    def _save_left_out(self, briefing: ComposedBriefing) -> None:
        paper = self.to_send.paper
        if paper is None:
            return
        name = f"Left out of {briefing.ref}, for us only.pdf"
        target = self.to_send.saving.choose("Save the sheet of what is left out", name, paper)
        if target is not None:
            self.to_send.saving.left_out(briefing, target)

    def finish_typing(self) -> bool:
        """Brings what is typed around a section into the file."""
        return self._composer is None or self._composer.finish_typing()

    def _tell_of(self, key: str) -> None:
        if (one := self._listed.get(key)) is None:
            return
        self.name.setText(one.paper.title)
        self.readers.setText(f"Read by: {one.paper.audience.value}")
        self.sent_before.show_papers(one.sent)
        self.tabs.setTabText(1, f"Sent before ({len(one.sent):,})" if one.sent else "Sent before")

    def _open_row(self, row: tuple[str, ...]) -> None:
        """Opens the entry whose reference stands first in a row."""
        from nhsdesk.commands import papers

        found = self.desk.attempt(lambda: papers.entry_of(self.desk.database, row[0]))
        if found is None:
            self.desk.say("This row stands for no entry of its own.")
        else:
            self.desk.show(found.KIND.name, found.id)

    def _save_again(self, sent: SentPaper) -> None:
        paper = self._listed[sent.paper].paper
        target = self.to_send.saving.choose(f"Save {sent.ref} again", name_of(sent), paper)
        if target is not None:
            self.to_send.saving.again(sent, target)

    # ---- how it is laid out

    def _lay_out(self) -> None:
        self.list.setMinimumWidth(theme.px(130))
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName("Preview, or sent before")
        self.tabs.setCornerWidget(self.to_send.status)
        self.tabs.addTab(self.to_send, "Preview")
        self.tabs.addTab(self.sent_before, "Sent before")
        self.tabs.currentChanged.connect(lambda _: self._compose_in_sight())
        right = QWidget()
        inside = QVBoxLayout(right)
        inside.setContentsMargins(theme.px(16), 0, 0, 0)
        inside.setSpacing(4)
        heading = QHBoxLayout()
        heading.addWidget(self.name, 1)
        heading.addWidget(self.readers, 0, Qt.AlignmentFlag.AlignBottom)
        inside.addLayout(heading)
        inside.addWidget(self.tabs, 1)
        self.splitter = Split()
        self.splitter.addWidget(self.list)
        self.splitter.addWidget(right)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([theme.px(280), theme.px(900)])
        if (state := self.desk.layout.state(SPLITTER)) is not None:
            self.splitter.restoreState(state)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 20, 24, 16)
        whole.addWidget(self.splitter)
