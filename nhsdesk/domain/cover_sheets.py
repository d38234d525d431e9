"""Cover sheets of board papers: their headings in the order boards print them, and what is to be asked of one."""

from __future__ import annotations

from dataclasses import dataclass

from nhsdesk.domain.composed import CoverSheet
from nhsdesk.domain.problems import Problem, Weight

MOST_WORDS = 150
"""Of a summary; boards ask for no more."""

HEADINGS = (
    "summary", "recommendations", "considered_by", "conflicts", "objectives", "risks", "finance", "quality", "equality",
    "legal", "engagement", "data_protection", "sustainability", "appendices",
)  # fmt: skip
"""The fields that are printed as a heading with words under it."""


@dataclass(frozen=True, slots=True)
class Under:
    """What stands under one heading: what was typed, and what the record itself says to it."""

    name: str
    label: str
    typed: str
    from_record: tuple[str, ...]

    @property
    def blank(self) -> bool:
        """Whether there is nothing under it at all."""
        return not self.typed.strip() and not self.from_record


def label(name: str) -> str:
    """A heading as it is printed."""
    return CoverSheet.KIND.field(name).label


def number_of_words(text: str) -> int:
    """How many words, as people count them: what stands between spaces."""
    return len(text.split())


def problems(
    sheet: CoverSheet | None, ref: str, at: tuple[str, int], headings: tuple[Under, ...]
) -> tuple[Problem, ...]:
    """Blank headings, a long summary, and what is not said of who may read it; `at` is the entry to put it right in."""
    kind, id_ = at
    found = [
        Problem(f"{ref}: nothing is written under “{one.label}”.", Weight.ACKNOWLEDGE, kind, id_, one.name)
        for one in headings
        if one.blank
    ]
    words = number_of_words(next((one.typed for one in headings if one.name == "summary"), ""))
    if words > MOST_WORDS:
        told = f"{ref}: the summary has {words} words, and boards ask for {MOST_WORDS} at most."
        found.append(Problem(told, Weight.ACKNOWLEDGE, kind, id_, "summary"))
    if sheet is None or sheet.purpose is None:
        told = f"{ref}: it is not said what the paper is for: decision, discussion, assurance or information."
        found.append(Problem(told, Weight.ACKNOWLEDGE, kind, id_, "purpose"))
    if sheet is None or sheet.in_public is None:
        told = f"{ref}: it is not said whether the paper is taken in public or in private."
        found.append(Problem(told, Weight.ACKNOWLEDGE, kind, id_, "in_public"))
    elif not sheet.in_public and not (sheet.exemption or "").strip():
        told = f"{ref}: the paper is taken in private, and it is not said on which exemption that rests."
        found.append(Problem(told, Weight.ACKNOWLEDGE, kind, id_, "exemption"))
    if sheet is None or not (sheet.proposal or "").strip():
        found.append(
            Problem(f"{ref}: it is not written what is proposed.", Weight.ACKNOWLEDGE, kind, id_, "proposal")
        )
    return tuple(found)
