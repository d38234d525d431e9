"""Questions that wait for an answer, and information requests with the clocks of the law."""

from __future__ import annotations

from PySide6.QtCore import Signal

from nhsdesk.commands import data_requests
from nhsdesk.desktop.commitments.parts import ListPart, pressed, row, table
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.words import counted
from nhsdesk.domain.kinds import Tone
from nhsdesk.domain.periods import day_words
from nhsdesk.sections.data_requests import InformationView, QuestionView

_NO_QUESTION = "No question is listed. Add ours and the public's to the list of questions, each with its day."
_NO_REQUEST = (
    "No information request is listed. Add each to the list of information requests with the day it was received; no "
    "name of whoever asks is kept."
)
_LONGEST = 160


class QuestionsPart(ListPart):
    """The questions, those not answered first, and the answer to the chosen one."""

    kind = "question"

    def __init__(self, desk: Desk) -> None:
        headings = ("Ref", "Question", "Asked of", "Asked on", "Days waiting", "Answered")
        listed = table("Questions", headings, 1, 2, figures=(4,))
        super().__init__(desk, listed, "The question and its answer", "Open this question")
        self.column.addLayout(row(self.open))

    def look(self) -> None:
        found = data_requests.questions_seen(self.desk.database)
        waiting = [one for one in found if one.question.answered_on is None]
        longest = max((one.days or 0 for one in waiting), default=0)
        told = f"{counted(len(waiting), 'question waits', 'questions wait')} for an answer"
        told += f", the longest for {counted(longest, 'day', 'days')}." if waiting else "."
        seen = {one.question.id: one for one in found}
        self.show_found(told if found else _NO_QUESTION, seen, _question)

    def words(self, one: QuestionView) -> str:
        return f"{one.question.question}\n\n{one.question.answer or 'Not yet answered.'}"


class InformationPart(ListPart):
    """The information requests, and how the day the chosen one is due was worked out."""

    kind = "information_request"
    bundle_wanted = Signal(object)
    """The id of a request of which somebody wants to decide what is disclosed."""

    def __init__(self, desk: Desk) -> None:
        headings = ("Ref", "What is asked for", "Under", "How it stands")
        listed = table("Information requests", headings, 1, 3)
        super().__init__(desk, listed, "How the day was worked out", "Open this request")
        self.decide = pressed("Decide what is disclosed", "forward", self._decide)
        self.column.addLayout(row(self.decide, self.open))

    def look(self) -> None:
        found = data_requests.information_seen(self.desk.database)
        open_ = [one for one in found if one.request.answered_on is None]
        late = sum(one.clock.tone is Tone.BAD for one in open_)
        told = f"{counted(len(open_), 'request is', 'requests are')} open, {late} of them overdue."
        seen = {one.request.id: one for one in found}
        self.show_found(told if found else _NO_REQUEST, seen, _information)

    def show_chosen(self) -> None:
        """Tells of the chosen request, and offers to decide what is disclosed for it."""
        super().show_chosen()
        self.decide.setEnabled(self.chosen is not None)

    def _decide(self) -> None:
        if self.list.current is not None:
            self.bundle_wanted.emit(self.list.current)

    def words(self, one: InformationView) -> str:
        wrong = (f"• {problem.sentence}" for problem in one.problems)
        return "\n".join((f"{one.clock.words}.", *one.clock.working, *wrong))


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
