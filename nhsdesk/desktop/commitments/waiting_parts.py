"""Questions that wait for an answer, and information requests with the clocks of the law."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from nhsdesk.commands import data_requests
from nhsdesk.desktop.commitments.parts import Part, pressed, reading, row, table
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain.kinds import Tone
from nhsdesk.domain.periods import day_words
from nhsdesk.sections.data_requests import InformationView, QuestionView

_NO_QUESTION = "No question is listed. Add ours and the public's to the list of questions, each with its day."
_NO_REQUEST = (
    "No information request is listed. Add each to the list of information requests with the day it was received; no "
    "name of whoever asks is kept."
)
_LONGEST = 160


class QuestionsPart(Part):
    """The questions, those not answered first, and the answer to the chosen one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._seen: dict[object, QuestionView] = {}
        self._first = label()
        self.list = table(
            "Questions",
            ("Ref", "Question", "Asked of", "Asked on", "Days waiting", "Answered"),
            1,
            2,
            figures=(4,),
        )
        self.list.chosen.connect(lambda _: self._show())
        self.list.opened.connect(lambda key: desk.show("question", key))
        self.told = reading("The question and its answer")
        self.open = pressed("Open this question", "open", lambda: _open(desk, "question", self.list.current))
        _stack(self, self._first, self.list, self.told, self.open)

    def begin_at(self) -> QWidget:
        return self.list

    def look(self) -> None:
        found = data_requests.questions_seen(self.desk.database)
        self._seen = {one.question.id: one for one in found}
        waiting = [one for one in found if one.question.answered_on is None]
        longest = max((one.days or 0 for one in waiting), default=0)
        told = f"{counted(len(waiting), 'question waits', 'questions wait')} for an answer"
        told += f", the longest for {counted(longest, 'day', 'days')}." if waiting else "."
        self._first.setText(told if found else _NO_QUESTION)
        self.list.show_rows([(one.question.id, _question(one)) for one in found])
        self._show()

    def _show(self) -> None:
        one = self._seen.get(self.list.current)
        answer = "" if one is None else one.question.answer or "Not yet answered."
        self.told.setPlainText("" if one is None else f"{one.question.question}\n\n{answer}")
        self.open.setEnabled(one is not None)


class InformationPart(Part):
    """The information requests, and how the day the chosen one is due was worked out."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._seen: dict[object, InformationView] = {}
        self._first = label()
        self.list = table(
            "Information requests", ("Ref", "What is asked for", "Under", "How it stands"), 1, 3
        )
        self.list.chosen.connect(lambda _: self._show())
        self.list.opened.connect(lambda key: desk.show("information_request", key))
        self.told = reading("How the day was worked out")
        self.open = pressed(
            "Open this request", "open", lambda: _open(desk, "information_request", self.list.current)
        )
        _stack(self, self._first, self.list, self.told, self.open)

    def begin_at(self) -> QWidget:
        return self.list

    def look(self) -> None:
        found = data_requests.information_seen(self.desk.database)
        self._seen = {one.request.id: one for one in found}
        open_ = [one for one in found if one.request.answered_on is None]
        late = sum(one.clock.tone is Tone.BAD for one in open_)
        told = f"{counted(len(open_), 'request is', 'requests are')} open, {late} of them overdue."
        self._first.setText(told if found else _NO_REQUEST)
        self.list.show_rows([(one.request.id, _information(one)) for one in found])
        self._show()

    def _show(self) -> None:
        one = self._seen.get(self.list.current)
        lines: list[str] = []
        if one is not None:
            lines = [
                f"{one.clock.words}.",
                *one.clock.working,
                *(f"• {problem.sentence}" for problem in one.problems),
            ]
        self.told.setPlainText("\n".join(lines))
        self.open.setEnabled(one is not None)


def _open(desk: Desk, kind: str, key: object) -> None:
    if key is not None:
        desk.show(kind, key)  # type: ignore[arg-type]


def _stack(part: Part, *controls: QWidget) -> None:
    first, listed, told, button = controls
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 8, 0, 0)
    column.setSpacing(8)
    column.addWidget(first)
    column.addWidget(listed, 3)
    column.addWidget(told, 2)
    column.addLayout(row(button))


def _one_line(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= _LONGEST else plain[:_LONGEST] + "…"


def _question(one: QuestionView) -> tuple[str, ...]:
    kept = one.question
    asked = day_words(kept.asked_on) if kept.asked_on else "not yet known"
    answered = day_words(kept.answered_on) if kept.answered_on else "no"
    days = "" if one.days is None else f"{one.days:,}"
    return kept.ref, _one_line(kept.question), one.asked_of, asked, days, answered


def _information(one: InformationView) -> tuple[str, ...]:
    return one.request.ref, one.request.what, one.request.law.words, one.clock.words
