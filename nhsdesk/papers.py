"""What a return and a briefing both are: facts gathered, problems told, a document compiled.

    gather(reader, asked) -> Facts          the only part that reads
    check(facts) -> problems                what must be put right, what must be acknowledged
    compile(facts) -> Workbook or Report    pure: no file, no clock, no spreadsheet or page library

The facts are kept with what was sent, so that every printed figure can be followed back, and an old paper remade.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Generic, TypeVar

import cattrs.preconf.json

from nhsdesk.documents.model import Report, Workbook
from nhsdesk.domain.periods import Month, day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.rules import Rules
from nhsdesk.store.reading import Reader

F = TypeVar("F")

FACTS_FORM = 1
"""Counts the changes of what facts hold, so that facts kept earlier can be told apart."""


class Audience(Enum):
    """Who will read it. Restricted entries and small groups are shown to our own board only."""

    OWN_BOARD = "own board"
    PRACTICE = "practice"
    PARTNERS = "partners"
    PUBLIC = "public"


class Period(Enum):
    """What a paper is asked for."""

    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a paper: for which month or as at which day, made when, with which rules and mark.

    A month's claim follows the rules of that month, everything else those of the day.
    """

    day: date
    month: Month
    made_at: datetime
    rules: Rules
    month_rules: Rules
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands at the head of every paper."""

    network: str
    network_code: str
    as_at: date
    month: Month
    made_at: datetime
    mark: str
    position: int
    rule_problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper(Generic[F]):
    """A return or briefing: what it is called, who reads it, and its three parts."""

    key: str
    title: str
    audience: Audience
    period: Period
    facts: type[F]
    gather: Callable[[Reader, Asked], F]
    check: Callable[[F], tuple[Problem, ...]]
    compile: Callable[[F], Workbook | Report]

    def period_words(self, asked: Asked) -> str:
        """The period as its heading gives it."""
        return asked.month.words if self.period is Period.MONTH else day_words(asked.day)


@cache
def _converter() -> cattrs.preconf.json.JsonConverter:
    made = cattrs.preconf.json.make_converter(forbid_extra_keys=True)
    made.register_unstructure_hook(Decimal, str)
    made.register_structure_hook(Decimal, lambda value, _: Decimal(value))
    return made


def facts_to_json(facts: Any) -> bytes:
    """Facts as JSON with the number of their form: the same facts are the same bytes."""
    plain = {"form": FACTS_FORM, "facts": _converter().unstructure(facts)}
    return json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8", "surrogatepass")


def facts_from_json(paper: Paper[F], kept: bytes) -> F:
    """The facts a paper was made of, to remake it in today's layout. Raises ValueError for another form."""
    plain = json.loads(kept)
    if plain["form"] != FACTS_FORM:
        raise ValueError(f"facts of form {plain['form']}")
    return _converter().structure(plain["facts"], paper.facts)


def facts_hash(facts: Any) -> str:
    """The hash printed on a paper, by which its facts are known."""
    return hashlib.sha256(facts_to_json(facts)).hexdigest()
