"""The chosen request: its clocks with their working, the words the practice sees, what happened, the offer, notes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QLayout, QTabWidget, QVBoxLayout, QWidget

from nhsdesk.commands import support_requests
from nhsdesk.commands.support_requests import Detail
from nhsdesk.desktop.commitments.parts import line, pressed, reading, row, table
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import scrolled_down
from nhsdesk.desktop.support.offer_form import OfferForm
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import label
from nhsdesk.domain import agreed_words, clock_words
from nhsdesk.domain.existing_support import ExistingSupport
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.requests import Happening, RequestEvent, RequestNote

_NOTHING = "No request is chosen."


class RequestTabs(QTabWidget):
    """Five tabs about one request."""

    did = Signal()
    """Something of it was written."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown: Detail | None = None
        self.setDocumentMode(True)
        self.setAccessibleName("About the chosen request")
        self.clocks = reading("The clocks and how they were worked out")
        self.words_ = reading("The words the practice sees")
        self.support = table("Existing support", ("Who", "What for", "How to ask", "Checked on"), 1, 2)
        self.events = table("What happened", ("On", "At", "What", "Said by", "Words"), 4)
        self.offer = OfferForm(desk)
        self.offer.did.connect(self.did)
        self.notes = table("Notes", ("On", "For whom", "Note"), 2)
        self.note = line("New note", 420)
        self.shareable = QCheckBox("May be shared")
        self._trouble, self._agreed = Told(), label()
        self.looked = pressed("Note it as looked at", "check", self._look_at_support)
        self.copy = pressed("Copy words for the contact", "copy", self._copy)
        self.tell = pressed("Copy words for the practice", "copy", self._copy_for_practice)
        self.add = pressed("Add this note", "add", self._add_note)
        self.addTab(self._stacked(self.clocks, row(self.copy, self.tell)), "Clocks")
        self.addTab(
            scrolled_down(self._stacked(self._agreed, self.words_, self.support, row(self.looked))),
            "Words and support",
        )
        self.addTab(self._stacked(self.events), "What happened")
        self.addTab(scrolled_down(self.offer), "Offer")
        line_ = row("New note", self.note, self.shareable, self.add)
        told = label("Notes are for ourselves. A paper holds none but those that may be shared.", "help")
        self.addTab(self._stacked(self.notes, line_, self._trouble, told), "Notes")

    def _stacked(self, *parts: QWidget | QLayout) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        for one in parts:
            if isinstance(one, QWidget):
                column.addWidget(one)
            else:
                column.addLayout(one)
        return whole

    def show_request(self, found: Detail | None) -> None:
        """What there is to tell of a request."""
        another = found is None or self._shown is None or found.view.request.id != self._shown.view.request.id
        self._shown = found
        may = found is not None and not self._desk.database.read_only_because
        for one in (self.looked, self.note, self.shareable, self.add):
            one.setEnabled(may)
        self.copy.setEnabled(found is not None)
        self.tell.setEnabled(found is not None)
        if another:
            self.note.clear()
            self._trouble.tell("")
        self.clocks.setPlainText(_NOTHING if found is None else _clocks(found))
        self.words_.setPlainText("" if found is None else agreed_words.words(found.view.request))
        self._agreed.setText("" if found is None else _agreement(found))
        self.support.show_rows([] if found is None else [(one.id, _support(one)) for one in found.support])
        self.events.show_rows(
            [] if found is None else [(one.id, _event(one)) for one in reversed(found.view.events)]
        )
        self.notes.show_rows([] if found is None else [(one.id, _note(one)) for one in found.notes])
        self.offer.show_request(found)

    def finish_typing(self) -> bool:
        """Keeps a note and an offer that were typed and not kept; False where that could not be done."""
        if self.note.text().strip() and self.note.isEnabled():
            self._add_note()
        return not self.note.text().strip() and self.offer.finish_typing()

    # ---- doing

    def _look_at_support(self) -> None:
        found = self._shown
        if found is None:
            return
        request = found.view.request
        done = self._desk.attempt(lambda: support_requests.look_at_support(self._desk.database, request.id))
        if done is not None:
            self._desk.say(f"It is noted with {request.ref} that existing support was looked at today.")
            self.did.emit()

    def _copy(self) -> None:
        if self._shown is not None:
            QGuiApplication.clipboard().setText(support_requests.escalation_words(self._shown))
            self._desk.say("The words are copied. Paste them into a message to the contact.")

    def _copy_for_practice(self) -> None:
        if self._shown is not None:
            QGuiApplication.clipboard().setText(support_requests.practice_words(self._shown))
            self._desk.say("The words are copied. Paste them into a message to the practice.")

    def _add_note(self) -> None:
        found = self._shown
        if found is None:
            return
        database, request = self._desk.database, found.view.request.id
        words, shareable = self.note.text(), self.shareable.isChecked()
        done = self._desk.attempt(
            lambda: support_requests.add_note(database, request, words, shareable=shareable)
        )
        if isinstance(done, Problem):
            self._trouble.tell(done.sentence)
        elif done is not None:
            self._trouble.tell("")
            self.note.clear()
            self.shareable.setChecked(False)
            self._desk.say(f"{done.ref} is kept.")
            self.did.emit()


def _clocks(found: Detail) -> str:
    """Those that run before those that do not."""
    told = [_otherwise(found)] if _otherwise(found) else []
    for one in sorted(found.view.clocks, key=lambda clock: not clock.goes):
        lines = [f"To be {one.clock.value}: {clock_words.standing(one)}."]
        told.append("\n".join([*lines, *(f"    • {step}" for step in clock_words.steps(one))]))
    return "\n\n".join(told)


def _otherwise(found: Detail) -> str:
    """That the request names another risk than the clocks go by, because nobody has noted the change with its day."""
    told = [one.risk for one in found.view.events if one.risk is not None]
    if not told or told[-1] == found.view.request.risk:
        return ""
    return f"The clocks go by risk {told[-1]}. Note the change with “Risk…”, so that its day is known."


def _agreement(found: Detail) -> str:
    request = found.view.request
    if agreed_words.agreed(request) and request.practice_agreed_on is not None:
        by = f", {request.agreed_by}" if request.agreed_by else ""
        said = f"The practice agreed to these words on {day_words(request.practice_agreed_on)}{by}."
    elif request.practice_agreed_on is not None:
        said = f"The practice agreed on {day_words(request.practice_agreed_on)} to other words than these."
    else:
        said = "The practice has not agreed to these words yet."
    looked = request.support_looked_at or "Existing support was not looked at yet."
    who = "Restricted: no paper for others names its practice." if request.restricted else "Not restricted."
    return "\n".join([said, looked, who, *(one.sentence for one in agreed_words.concerns(request))])


def _support(one: ExistingSupport) -> tuple[str, ...]:
    checked = "" if one.checked_on is None else day_words(one.checked_on)
    return f"{one.who} ({one.ref})", one.what_for or "", one.how_to_ask or "", checked or "Not checked"


def _event(one: RequestEvent) -> tuple[str, ...]:
    said = [one.happening.words] if one.happening is not None else []
    said += [f"now {one.state.value}" if said else one.state.words] if one.state is not None else []
    if one.happening is Happening.PAUSED:
        said.append(f"waiting on {one.waiting_on.value if one.waiting_on else 'somebody not named'}")
    said += [f"risk {one.risk}"] if one.risk is not None else []
    said += [f"{one.level.value} support"] if one.level is not None else []
    at = "" if one.at is None else one.at.isoformat("minutes")
    by = "" if one.said_by is None else one.said_by.words
    return day_words(one.happened_on), at, ", ".join(said), by, one.told or ""


def _note(one: RequestNote) -> tuple[str, ...]:
    on = "" if one.written_on is None else day_words(one.written_on)
    return on, "May be shared" if one.shareable else "Ourselves only", one.words
