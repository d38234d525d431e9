"""The one-page form of a round: its questions for each kind of reply, and what filled cells come to.

filled = find_form(grids)
read = read_answer(round, filled, today)
read.reply              the reply as it would be kept; None where there is none, or it cannot be so
read.wrong              what is wrong, each with its cell
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from nhsdesk.domain import filled_forms, round_rules
from nhsdesk.domain.filled_forms import AnswerKind, FilledForm, Grids, Question, Wrong
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.round_rules import Reply
from nhsdesk.domain.rounds import ReplyKind, Round

REFERENCE, ASKED, ASK, NUMBER, FORM_LINE = "Round", "Asked of", "What is asked", "Form number", "Form"
FORM_WORDS = "nhsdesk round 1"
"""What the form calls itself; another number is another version's."""
SIGNED = "signed"

_DAYS = {ReplyKind.SIGNATURE: "Signed on"}
_MAIN: dict[ReplyKind, tuple[str, str]] = {
    ReplyKind.YES_NO: ("Answer", ""),
    ReplyKind.CHOICE: ("Answer", ""),
    ReplyKind.FIGURE: ("Figure", "A number, such as 1,250 or 1,250.50."),
    ReplyKind.FILE: ("Name of the file", "Of the file that you send back together with this form."),
    ReplyKind.SIGNATURE: ("Signature", "With the day and the role of whoever signs."),
    ReplyKind.WORDS: ("Answer", "In words."),
}


def questions(one: Round) -> tuple[Question, ...]:
    """What the form asks: the reply itself, its day, by which role, and whatever else is to be said."""
    label, help_ = _MAIN[one.reply_kind]
    allowed = (SIGNED,) if one.reply_kind is ReplyKind.SIGNATURE else round_rules.choices(one)
    kind = AnswerKind.CHOICE if allowed else AnswerKind.WORDS
    return (
        Question("answer", label, kind, help_, allowed),
        Question("replied_on", _DAYS.get(one.reply_kind, "Answered on"), AnswerKind.DAY),
        Question("by_role", "Your role", AnswerKind.WORDS, "A role, not a name."),
        Question("remark", "Anything else", AnswerKind.WORDS, "No details of any patient, please."),
    )


def number_of(one: Round, key: Id) -> str:
    """The number of a form: the same each time it is written, and not to be guessed from another's."""
    told = hashlib.sha256(f"{one.id}:{key}".encode()).hexdigest()[:10].upper()
    return f"{one.ref}-{told}"


def find_form(grids: Grids) -> FilledForm | None:
    """What stands fixed on the form among a workbook's sheets; None where no sheet has a round and a form number."""
    return filled_forms.find(grids, (), fixed=_FIXED, known_by=_KNOWN_BY)


def filled_for(one: Round, grids: Grids) -> FilledForm | None:
    """The form with the cells that it has for the reply of its round."""
    return filled_forms.find(grids, questions(one), fixed=_FIXED, known_by=_KNOWN_BY)


_FIXED, _KNOWN_BY = (REFERENCE, ASKED, ASK, NUMBER, FORM_LINE), (REFERENCE, NUMBER)


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """What a filled form comes to. `file` is the name of the file that is said to come with it."""

    reply: Reply | None
    remark: str
    file: str
    wrong: tuple[Wrong, ...]


def read_answer(one: Round, filled: FilledForm, today: date) -> ReadAnswer:
    """Reads every cell; without an answer and its day there is no reply, and what is wrong is told."""
    said: dict[str, Any] = {}
    wrong: list[Wrong] = []
    asked = {question.name: question for question in questions(one)}
    for name, question in asked.items():
        read = filled_forms.read(question, filled.cells.get(name), today)
        if isinstance(read, Problem):
            wrong.append(_at(filled, question, read.sentence))
        elif read is not None:
            said[name] = read
    wrong += [_at(filled, asked[name], sentence) for name, sentence in _lacking(one, said, wrong, asked)]
    reply: Reply | Problem | None = None
    if "answer" in said and "replied_on" in said and not wrong:
        reply = round_rules.read(one, said["answer"], said["replied_on"], said.get("by_role", ""), today)
    if isinstance(reply, Problem):
        wrong.append(_at(filled, asked.get(reply.field, asked["answer"]), reply.sentence))
        reply = None
    file = said.get("answer", "") if one.reply_kind is ReplyKind.FILE else ""
    if reply is not None and one.reply_kind is ReplyKind.FILE:
        reply = replace(reply, answer=None)
    return ReadAnswer(reply, said.get("remark", ""), file, tuple(wrong))


def _lacking(
    one: Round, said: dict[str, Any], wrong: list[Wrong], asked: dict[str, Question]
) -> list[tuple[str, str]]:
    """What must be given beside an answer; of an empty form nothing but that it is empty."""
    told = {each.label for each in wrong}
    needed = {
        "answer": "It is empty: there is no answer to take in.",
        "replied_on": "It is empty, and a reply needs its day.",
    }
    if one.reply_kind is ReplyKind.SIGNATURE:
        needed["by_role"] = "It is empty, and a signature needs the role of whoever signed."
    lacking = [
        (name, words) for name, words in needed.items() if name not in said and asked[name].label not in told
    ]
    return lacking if said or wrong else lacking[:1]


def _at(filled: FilledForm, question: Question, sentence: str) -> Wrong:
    return Wrong(filled.places.get(question.name, "not in the form"), question.label, sentence)
