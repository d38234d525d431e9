"""Composing a briefing: which sections, in which order, for whom, with which words of one's own. All by keyboard.

In the list of sections Space switches one on or off, Alt with Up or Down moves it, and Enter goes into its words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QTabWidget, QVBoxLayout, QWidget

from nhsdesk.desktop import icons, theme, words
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.page import scrolled_down
from nhsdesk.desktop.papers.section_list import SectionList
from nhsdesk.desktop.papers.section_words import SectionWords
from nhsdesk.desktop.record_form import RecordForm
from nhsdesk.desktop.split import Split
from nhsdesk.domain import composing as rules
from nhsdesk.domain.composed import ComposedBriefing, Draft
from nhsdesk.domain.composing import Chosen
from nhsdesk.papers import Paper

if TYPE_CHECKING:  # loaded when the tab is first shown
    from nhsdesk.commands.composing import Composing

_WHOLE = ComposedBriefing.KIND
_DETAILS = replace(
    _WHOLE,
    fields=tuple(_WHOLE.field(name) for name in ("title", "read_by", "body", "meeting", "as_at", "since")),
    groups=(),
)
NONE_YET = (
    "Nothing is composed of this briefing yet. Begin one: choose its sections and their order, and write your own "
    "words around them."
)


class ComposerPage(QWidget):
    """The briefings composed of one paper; one of them with its sections."""

    wanted = Signal(object)
    """A `ComposedBriefing` that is to be looked at as it will be printed."""
    left_out_wanted = Signal(object)
    """One of which the sheet of what is left out is to be saved."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._paper: Paper[Any] | None = None
        self._seen: Composing | None = None
        self._shown_at = -1
        self.which = QComboBox()
        self.stands = words.label(role="quiet", wrap=False)
        self.none_yet = words.label(NONE_YET, role="quiet")
        self.sections = SectionList()
        self.section = SectionWords(self._worded)
        self.details = RecordForm(desk, _DETAILS)
        self.begin = _button("Begin one", "add", self._begin)
        self.look = _button("Look at it", "document", self._look)
        self.final = _button("Mark as final", "ok", self._finish)
        self.version = _button("Begin a new version", "edit", self._new_version)
        self.keep = _button("Keep as a template", "copy", self._keep)
        self.left_out = _button("Sheet of what is left out…", "lock", self._left_out)
        self._lay_out()
        self._connect()

    # ---- what is shown

    def show_paper(self, paper: Paper[Any]) -> None:
        """The briefings composed of a paper."""
        if paper is not self._paper:
            self.finish_typing()
            self._paper, self._seen = paper, None
        self.look_again()

    def look_again(self) -> None:
        """As the file holds them now; the one in front stays in front."""
        from nhsdesk.commands import composing

        paper = self._paper
        if paper is None:
            return
        held = self._desk.attempt(lambda: composing.listed(self._desk.database, paper.key), ())
        before = self.which.currentData()
        self.which.blockSignals(True)
        self.which.clear()
        for one in held:
            self.which.addItem(_named(one), one.id)
        self.which.setCurrentIndex(max(self.which.findData(before), 0 if held else -1))
        self.which.blockSignals(False)
        self._show_current()

    def finish_typing(self) -> bool:
        """Brings what is being typed into the file."""
        return self.section.take() and (self._seen is None or self.details.finish_typing())

    def _show_current(self) -> None:
        from nhsdesk.commands import composing

        id_ = self.which.currentData()
        seen: Composing | None = None
        if id_ is not None:
            seen = self._desk.attempt(lambda: composing.view(self._desk.database, id_))
        another = self._seen is None or seen is None or seen.briefing.id != self._seen.briefing.id
        self._seen = seen
        if seen is None:
            self.details.rest()
        elif another:
            self.details.show_entry(seen.briefing.id)
        why = {one.place: one.why for one in seen.found.left_out} if seen else {}
        rows = [(one.chosen, why.get(one.place, "")) for one in seen.found.order] if seen else []
        rows += [(one, "not in this paper now") for one in seen.found.absent] if seen else []
        self.sections.show_sections(rows, locked=self._locked)
        self._show_section()
        self._allow()

    @property
    def _locked(self) -> bool:
        final = self._seen is not None and self._seen.briefing.draft is Draft.FINAL
        return final or bool(self._desk.database.read_only_because)

    def _show_section(self) -> None:
        from nhsdesk.commands import composing

        chosen = self.sections.choice()
        today = self._desk.database.today()
        another = self.section.show_section(chosen, self.sections.why(), today, locked=self._locked)
        if another:
            self._shown_at = self.sections.currentRow()
        if another and chosen is not None and self._seen is not None and not self._locked:
            briefing = self._seen.briefing.id
            left = self._desk.attempt(
                lambda: composing.typing_left(self._desk.database, briefing, chosen.heading)
            )
            if left is not None:
                self.section.put_typed(*left)

    def _allow(self) -> None:
        seen, may = self._seen, not self._desk.database.read_only_because
        final = seen is not None and seen.briefing.draft is Draft.FINAL
        self.which.setVisible(seen is not None)
        self.beside.setVisible(seen is not None)
        for part in (self.none_yet, self._rest):
            part.setVisible(seen is None)
        self.begin.setEnabled(may)
        for button in (self.look, self.left_out):
            button.setEnabled(seen is not None)
        self.keep.setEnabled(seen is not None and may)
        self.final.setVisible(not final)
        self.final.setEnabled(seen is not None and may and not seen.briefing.template)
        self.version.setVisible(final)
        self.version.setEnabled(may)
        printed = len(seen.found.printed) if seen else 0
        self.stands.setText(
            words.counted(printed, "section is printed", "sections are printed") if seen else ""
        )

    # ---- what is done

    def _begin(self) -> None:
        from nhsdesk.commands import composing

        paper, seen = self._paper, self._seen
        if paper is None or not self.finish_typing():
            return
        if seen is not None and seen.briefing.template:
            like = seen.briefing
            made = self._desk.attempt(lambda: composing.begin_from(self._desk.database, like, like.title))
        else:
            made = self._desk.attempt(lambda: composing.begin(self._desk.database, paper))
        self._go_to(made)

    def _keep(self) -> None:
        self._with_current(
            lambda composing, one: composing.keep_as_template(
                self._desk.database, one, f"Template: {one.title}".strip()
            )
        )

    def _finish(self) -> None:
        self._with_current(lambda composing, one: composing.make_final(self._desk.database, one))

    def _new_version(self) -> None:
        self._with_current(lambda composing, one: composing.begin_version(self._desk.database, one))

    def _with_current(self, work: Callable[[Any, ComposedBriefing], ComposedBriefing]) -> None:
        from nhsdesk.commands import composing

        if self._seen is None or not self.finish_typing():
            return
        one = composing.named(self._desk.database, self._seen.briefing.ref)
        self._go_to(self._desk.attempt(lambda: work(composing, one)))

    def _go_to(self, made: ComposedBriefing | None) -> None:
        if made is None:
            return
        self.look_again()
        self.which.setCurrentIndex(self.which.findData(made.id))
        self.sections.setFocus()

    def _look(self) -> None:
        if self._seen is not None and self.finish_typing():
            self.wanted.emit(self._seen.briefing)

    def _left_out(self) -> None:
        if self._seen is not None and self.finish_typing():
            self.left_out_wanted.emit(self._seen.briefing)

    def _worded(self, chosen: Chosen) -> bool:
        """Whether the words of a section were kept."""
        place = self._place_of(chosen.heading)
        return place is not None and self._arrange(
            self.sections.with_one(place, chosen), f"Words in {chosen.heading}", place
        )

    def _place_of(self, heading: str) -> int | None:
        """Where the section shown stands among the others; several may bear the same heading."""
        choices, at = self.sections.choices, self._shown_at
        if 0 <= at < len(choices) and choices[at].heading == heading:
            return at
        return next((n for n, one in enumerate(choices) if one.heading == heading), None)

    def _keep_typing(self, typed: Chosen) -> None:
        """What is typed outlives a crash; while other work writes, it waits in its field."""
        from nhsdesk.commands import composing

        if self._seen is None or self._locked or not self._desk.may_write:
            return
        briefing, database = self._seen.briefing.id, self._desk.database
        if any(one == typed for one in self.sections.choices):
            self._desk.attempt(lambda: composing.forget_typing(database, briefing, typed.heading))
        else:
            self._desk.attempt(
                lambda: composing.keep_typing(database, briefing, typed.heading, typed.before, typed.after)
            )

    def _switch(self, place: int) -> None:
        one = self.sections.choices[place]
        label = f"{'Leave out' if one.shown else 'Print'} {one.heading}"
        self._arrange(self.sections.with_one(place, replace(one, shown=not one.shown)), label, place)

    def _move(self, place: int, by: int) -> None:
        moved = rules.moved(self.sections.choices, place, by)
        if moved != self.sections.choices:
            self._arrange(moved, f"Move {self.sections.choices[place].heading}", place + by)

    def _arrange(self, chosen: tuple[Chosen, ...], label: str, place: int) -> bool:
        from nhsdesk.commands import composing

        if self._seen is None:
            return False
        briefing = self._seen.briefing

        def kept() -> bool:
            composing.arrange(self._desk.database, briefing, chosen, label)
            return True

        done: bool = self._desk.attempt(kept, False)
        if done:
            self._show_current()
            self.sections.go_to(place)
        return done

    def _into_words(self) -> None:
        self.right.setCurrentIndex(0)
        self.section.before.setFocus()

    # ---- how it is laid out

    def _connect(self) -> None:
        self.which.currentIndexChanged.connect(lambda _: self._show_current())
        self.sections.switched.connect(self._switch)
        self.sections.moved.connect(self._move)
        self.sections.chosen.connect(lambda _: self._show_section())
        self.sections.opened.connect(lambda _: self._into_words())
        self.section.paused.connect(self._keep_typing)

    def _lay_out(self) -> None:
        self.which.setAccessibleName("Composed briefing")
        self.which.setMinimumWidth(theme.px(240))
        self.look.setProperty("primary", "true")
        icons.put(self.look, "document", "on_accent")
        above = Flow()
        above.setSpacing(8)
        for control in (
            self.which, self.begin, self.look, self.final, self.version, self.keep, self.left_out, self.stands,
        ):  # fmt: skip
            above.addWidget(control)
        self.details.setMinimumHeight(theme.px(160))
        self.right = right = QTabWidget()
        right.setDocumentMode(True)
        right.setAccessibleName("This section, or the whole briefing")
        right.addTab(scrolled_down(self.section), "This section")
        right.addTab(self.details, "The briefing")
        self.beside = Split()
        self.beside.setChildrenCollapsible(False)
        self.beside.addWidget(self.sections)
        self.beside.addWidget(right)
        self.beside.setSizes([theme.px(420), theme.px(420)])
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, theme.px(12), 0, 0)
        inside.setSpacing(8)
        inside.addLayout(above)
        inside.addWidget(self.none_yet)
        inside.addWidget(self.beside, 1)
        self._rest = QWidget()
        inside.addWidget(self._rest, 1)


def _named(one: ComposedBriefing) -> str:
    """A briefing in the list: "CF-001 Autumn briefing, version 2, draft"."""
    if one.template:
        return f"{one.ref} {one.title} (template)"
    return f"{one.ref} {one.title}, version {one.edition or 1}, {one.draft.value}"


def _button(text: str, icon: str, pressed: object) -> QPushButton:
    button = QPushButton(text)
    icons.put(button, icon)
    button.clicked.connect(pressed)
    return button
