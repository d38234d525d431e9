"""Rounds: how many have answered, the matrix of who said what and when, a reply typed, drafts to those missing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QComboBox, QWidget

from nhsdesk.commands import attachments, round_forms, rounds
from nhsdesk.desktop import asking
from nhsdesk.desktop.commitments.parts import Part, line, pressed, row, table
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.file_field import ANY_FILE, last_folder
from nhsdesk.desktop.follow_up.round_forms import FOLDER, RoundForms
from nhsdesk.desktop.page import scrolled_column
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.round_rules import Answer, choices
from nhsdesk.domain.rounds import ReplyKind, Round, RoundReply
from nhsdesk.sections.rounds import RoundView

NOTE, FILE_CAME = "Note this reply", "Add the file that came…"
_NONE = (
    "Nothing is asked of all practices or partners. Write below what is asked of our practices, or add a round with "
    "its replies to the list of rounds."
)


class RoundsPart(Part):
    """The rounds above, the chosen one's replies below, and a line to note what came."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._seen: dict[object, RoundView] = {}
        self._first, self._told, self._trouble = label(), label(), Told()
        self.list = table("Rounds", ("Ref", "What is asked", "Replied", "By", "How it stands"), 1)
        self.list.chosen.connect(lambda _: self._show())
        self.list.opened.connect(lambda key: desk.show("round", key))
        self.replies = table("Replies", ("Asked", "Reply", "Last chased"), 0, 1)
        self.replies.chosen.connect(lambda _: self._allow())
        self.answer, self.on, self.role = line("Answer", 200), line("Came on"), line("By which role", 200)
        self.note = pressed(NOTE, "check", self._note)
        self.chase = pressed("Save drafts to those missing…", "save", self._chase)
        self.open = pressed("Open this round", "open", self._open)
        self.words, self.due = line("Ask our practices", 320), line("By when")
        self.kind = QComboBox()
        self.kind.setAccessibleName("Reply wanted")
        for kind in ReplyKind:
            self.kind.addItem(kind.words, kind)
        self.choices = line("Choices", 240)
        self.choices.setPlaceholderText("Monday; Tuesday")
        self.kind.currentIndexChanged.connect(lambda _: self._allow())
        self.begin = pressed("Ask them", "add", self._begin)
        self.forms = RoundForms(desk)
        column = scrolled_column(self)
        column.setSpacing(8)
        column.addWidget(self._first)
        column.addWidget(self.list, 1)
        column.addWidget(self._told)
        column.addWidget(self.replies, 2)
        column.addLayout(
            row("Answer", self.answer, "Came on", self.on, "By which role", self.role, self.note)
        )
        column.addLayout(row(self.chase, self.open))
        column.addWidget(self._trouble)
        column.addWidget(self.forms)
        column.addLayout(
            row("Ask our practices", self.words, "Reply wanted", self.kind, "Choices", self.choices)
        )
        column.addLayout(row("By when", self.due, self.begin))

    def begin_at(self) -> QWidget:
        return self.list

    def look(self) -> None:
        found = rounds.seen(self.desk.database)
        self._seen = {one.round.id: one for one in found}
        waiting = sum(bool(one.standing.missing) and not one.standing.closed for one in found)
        self._first.setText(
            f"{counted(waiting, 'round waits', 'rounds wait')} for replies." if found else _NONE
        )
        self.list.show_rows([(one.round.id, _cells(one)) for one in found])
        if not self.on.text():
            self.on.setText(day_words(self.desk.database.today()))
        self._show()

    @property
    def view(self) -> RoundView | None:
        """The round in front."""
        return self._seen.get(self.list.current)

    def _show(self) -> None:
        one = self.view
        self._told.setText(_words(one) if one is not None else "")
        self.replies.show_rows([(each.key, _reply(each)) for each in one.answers] if one is not None else [])
        self._allow()

    def _allow(self) -> None:
        one, writes = self.view, self.desk.may_write
        by_file = one is not None and one.round.reply_kind is ReplyKind.FILE and one.agreement is None
        self.note.setText(FILE_CAME if by_file else NOTE)
        self.answer.setEnabled(not by_file)
        self.choices.setEnabled(self.kind.currentData() is ReplyKind.CHOICE)
        self.forms.show_round(one)
        self.note.setEnabled(writes and one is not None and self.replies.current is not None)
        self.chase.setEnabled(one is not None and bool(one.standing.missing))
        self.open.setEnabled(one is not None)
        self.begin.setEnabled(writes)

    def _note(self) -> None:
        one, key = self.view, self.replies.current
        if one is None or key is None:
            return
        on = self._day(RoundReply, "replied_on", self.on.text())
        if not isinstance(on, date):
            self._trouble.tell(on.sentence if on is not None else "Give the day on which the reply came.")
            return
        if not self.answer.isEnabled():
            self._note_file(one, key, on)
            return
        database, answer, role = self.desk.database, self.answer.text(), self.role.text()
        done = self.desk.attempt(lambda: rounds.reply(database, one, key, answer, on, role), Problem(""))
        self._noted(one, done)

    def _note_file(self, one: RoundView, key: Id, on: date) -> None:
        path = asking.choose_existing(self, "The file that came", last_folder(self.desk), ANY_FILE)
        looked = self.desk.attempt(lambda: attachments.look(path)) if path is not None else None
        if looked is None:
            return
        database, role = self.desk.database, self.role.text()
        done = self.desk.attempt(
            lambda: rounds.reply_with_file(database, one, key, looked, on, role), Problem("")
        )
        self._noted(one, done)

    def _noted(self, one: RoundView, done: Problem | None) -> None:
        self._trouble.tell(done.sentence if isinstance(done, Problem) else "")
        if done is None:
            self.answer.clear()
            self.look()
            self.desk.say(f"The reply to {one.round.ref} was noted.")

    def _chase(self) -> None:
        one = self.view
        if one is None:
            return
        begun = Path(self.desk.layout.word(FOLDER) or Path.home())
        folder = asking.choose_folder(self, "Save the drafts in a folder", begun)
        if folder is None:
            return
        written = self.desk.attempt(lambda: round_forms.write_chases(self.desk.database, one, folder))
        if written is not None:
            self.desk.layout.keep_word(FOLDER, str(folder))
            drafts = counted(len(written), "draft was", "drafts were")
            self.desk.say(f"{drafts} written in {folder.name}, to those who have not answered.")

    def _begin(self) -> None:
        due = self._day(Round, "due", self.due.text())
        if isinstance(due, Problem):
            self._trouble.tell(due.sentence)
            return
        words, kind, allowed = self.words.text(), self.kind.currentData(), self.choices.text()
        made = self.desk.attempt(
            lambda: rounds.ask_our_practices(self.desk.database, words, due, kind, allowed)
        )
        self._trouble.tell(made.sentence if isinstance(made, Problem) else "")
        if isinstance(made, Round):
            self.words.clear()
            self.choices.clear()
            self.due.clear()
            self.look()
            self.list.go_to(made.id)

    def _day(self, kind: type[Round] | type[RoundReply], name: str, words: str) -> date | Problem | None:
        read: Any = kind.KIND.field(name).kind.read(words, self.desk.database.today())
        assert read is None or isinstance(read, date | Problem)
        return read

    def _open(self) -> None:
        if self.list.current is not None:
            self.desk.show("round", self.list.current)


def _cells(one: RoundView) -> tuple[str, ...]:
    due = day_words(one.round.due) if one.round.due else "no date"
    return one.round.ref, one.round.ask, one.standing.words, due, _stands(one)


def _stands(one: RoundView) -> str:
    if one.standing.closed:
        return "Closed"
    if not one.standing.asked:
        return "Nobody is asked yet"
    if not one.standing.missing:
        return "All have answered"
    return "Overdue" if one.standing.late else "Waits"


def _words(one: RoundView) -> str:
    told = [f"{one.standing.words} have answered."]
    if one.standing.missing:
        told.append(f"Missing: {', '.join(one.standing.missing)}.")
    if one.agreement is not None:
        told.append("The replies are the signatures of the agreement.")
    allowed = choices(one.round)
    if allowed:
        told.append(f"Answers: {'; '.join(allowed)}.")
    return " ".join(told)


def _reply(one: Answer) -> tuple[str, ...]:
    return one.name, one.words, day_words(one.chased_on) if one.chased_on else ""
