"""Forms that go out and come back: their lines to be filled in, and how one that came back is known again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nhsdesk import errors
from nhsdesk.documents.refusals import refused
from nhsdesk.domain.filled_forms import AnswerKind, Cell, Question

if TYPE_CHECKING:  # loaded when the first form is written
    from nhsdesk.documents.answer_form import Line


@dataclass(frozen=True, slots=True)
class Becomes:
    """One thing that taking an answer in would change: its name, what stands now, what would stand then."""

    what: str
    now: str
    then: str


def lines(questions: Iterable[Question]) -> tuple[Line, ...]:
    """The questions as the lines of a form to be filled in."""
    from nhsdesk.documents.answer_form import Line

    return tuple(Line(one.label, one.takes, one.choices, one.kind is AnswerKind.DAY) for one in questions)


def fingerprint(cells: Mapping[str, Cell]) -> str:
    """What tells one answer from another on the same form, whatever program saved it."""
    told = {name: None if cell is None else str(cell).strip() or None for name, cell in cells.items()}
    plain = json.dumps(told, sort_keys=True).encode("utf-8", "surrogatepass")
    return hashlib.sha256(plain).hexdigest()[:16].upper()


def refuse_other_form(form: str, ours: str, name: str, altered: Callable[[str], errors.FileRefused]) -> None:
    """Refuses a form of another version, and one whose word for itself was altered. `ours` ends in its version."""
    if form.casefold() == ours:
        return
    if form.casefold().startswith(ours[:-1]):
        what = "it is a form of another version of this program"
        raise refused(name, what, "Bring this program up to date, and read it in again.")
    raise altered(name)
