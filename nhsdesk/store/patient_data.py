"""The watch at the door: words that look like an NHS number are kept only where somebody has said why.

Only what a person enters, pastes or takes in is looked at. Undo, exchange and restoring bring back what was there.
"""

from __future__ import annotations

from functools import cache

from nhsdesk import errors
from nhsdesk.domain import kinds, patient_data
from nhsdesk.domain.fields import Field, RecordKind
from nhsdesk.domain.kinds import Id, Stored
from nhsdesk.domain.patient_data import Found
from nhsdesk.domain.problems import Problem
from nhsdesk.store.journal import Fields

_LONGEST_REASON = 200


class Watch:
    """Looks at what goes into the file in one step; with a reason it lets by, and has the journal say so."""

    def __init__(self, reason: str = "") -> None:
        self._reason = checked_reason(reason)[:_LONGEST_REASON]
        self._let_by = False

    def let_by(
        self, kind: RecordKind, now: Fields, before: Fields | None = None, id_: Id = kinds.NEW
    ) -> None:
        """Refuses a record in whose changed words a likely number is new."""
        words = [
            held
            for name in _worded(kind)
            if type(held := now[name]) is str and (before is None or held != before[name])
        ]
        if not words or not patient_data.may_hold("\n".join(words)):
            return
        problems = _problems(kind, now, before or {}, id_)
        if problems and not self._reason:
            raise errors.PatientData(f"{problems[0].sentence} Nothing was written.", problems)
        self._let_by = self._let_by or bool(problems)

    def let_file_by(self) -> None:
        """Has the journal say why a file is kept whose words were looked through before it came to the door."""
        self._let_by = bool(self._reason)

    def labelled(self, label: str) -> str:
        """The label of the step, with the reason where it was needed."""
        if not self._let_by:
            return label
        return f"{label} (kept although it looks like an NHS number: {self._reason})"


def checked_reason(reason: str) -> str:
    """A reason in one line, which must not hold the number itself."""
    words = " ".join(reason.split())
    if patient_data.find(words):
        raise errors.PatientData(
            "The reason holds what looks like an NHS number itself. Nothing was written. Say it without the number."
        )
    return words


@cache
def _worded(kind: RecordKind) -> tuple[str, ...]:
    """The fields that hold words, and those that hold the name of a file."""
    return tuple(field.name for field in kind.fields if isinstance(field.kind, kinds.Text | kinds.OneFile))


def _problems(kind: RecordKind, now: Fields, before: Fields, id_: Id) -> tuple[Problem, ...]:
    found = []
    for name in _worded(kind):
        field = kind.field(name)
        for one in _likely(field, now[name], before.get(name))[:1]:
            told = patient_data.told(field.label, one)
            found.append(Problem(told.sentence, told.weight, kind.name, id_, name))
    return tuple(found)


def _likely(field: Field, now: Stored, before: Stored) -> tuple[Found, ...]:
    if now is None or now == before:
        return ()
    if isinstance(field.kind, kinds.OneFile):
        return tuple(
            found
            for words, earlier in zip(_names(field, now), _names(field, before), strict=True)
            for found in patient_data.newly_likely(words, earlier, name=True)
        )
    return patient_data.newly_likely(str(now), str(before or ""), label=field.label if is_code(field) else "")


def _names(field: Field, stored: Stored) -> tuple[str, str]:
    """What a file is called, and where a larger one lies."""
    kept = field.kind.load(stored)
    return ("", "") if kept is None else (kept.name, kept.lies_at)


def is_code(field: Field) -> bool:
    """Whether a field holds a code somebody else gave, to be read with its label."""
    return isinstance(field.kind, kinds.Reference)
