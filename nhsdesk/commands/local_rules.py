"""What is settled locally: every question with its answer of today and its history, and settling one from a day on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from nhsdesk import resources
from nhsdesk.domain import rules
from nhsdesk.domain.local_rules import LocalRule, in_force
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.rules import Question, Rules
from nhsdesk.store.database import Database
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class Standing:
    """One question: what is in force today, since when, who agreed it, and all that was ever settled about it."""

    question: Question
    value: str
    since: date | None
    agreed_with: str
    history: tuple[LocalRule, ...]
    """Newest first."""

    @property
    def is_default(self) -> bool:
        """Whether nothing was settled for today, so that the default holds."""
        return self.since is None

    @property
    def coming(self) -> tuple[LocalRule, ...]:
        """What was settled for later days, the next one first."""
        after = [one for one in self.history if self._later(one)]
        return tuple(reversed(after))

    def _later(self, one: LocalRule) -> bool:
        return rules.readable(one.key, one.value) and (self.since is None or one.starts > self.since)


def in_force_today(reader: Reader, today: date) -> Rules:
    """The rules of today, with England's bank holidays."""
    return in_force(reader.counting(LocalRule), today, resources.bank_holidays())


def standings(database: Database) -> tuple[Standing, ...]:
    """Every question that can be settled, in the order it is asked."""
    today = database.today()
    with database.read() as reader:
        settled = _by_key(reader)
    return tuple(_standing(one, settled.get(one.key, []), today) for one in rules.QUESTIONS)


def _by_key(reader: Reader) -> dict[str, list[LocalRule]]:
    found: dict[str, list[LocalRule]] = {}
    for rule in sorted(reader.counting(LocalRule), key=lambda rule: (rule.starts, rule.id)):
        found.setdefault(rule.key, []).append(rule)
    return found


def _standing(question: Question, settled: list[LocalRule], today: date) -> Standing:
    followed = [one for one in settled if one.starts <= today and rules.readable(one.key, one.value)]
    history = tuple(reversed(settled))
    if not followed:
        return Standing(question, question.default, None, "", history)
    last = followed[-1]
    return Standing(question, last.value, last.starts, last.agreed_with or "", history)


@dataclass(frozen=True, slots=True)
class Settling:
    """What a person types to settle a question."""

    value: str
    starts: str
    agreed_with: str
    reason: str = ""


def settle(database: Database, key: str, typed: Settling) -> LocalRule | tuple[Problem, ...]:
    """Settles a question from a day on. What was settled earlier stays and holds for the days before."""
    starts = LocalRule.KIND.field("starts").kind.read(typed.starts, database.today())
    problems = tuple(_problems(key, typed, starts))
    if problems or not isinstance(starts, date):
        return problems
    rule = LocalRule(
        key=key,
        value=typed.value.strip(),
        starts=starts,
        agreed_with=typed.agreed_with.strip(),
        reason=typed.reason.strip() or None,
    )
    with database.change("Settle a local rule") as change:
        return change.add(rule)


def _problems(key: str, typed: Settling, starts: date | Problem | None) -> list[Problem]:
    question, found = rules.BY_KEY[key], []
    value = typed.value.strip()
    if not value:
        found.append(Problem("Say what holds from that day on.", Weight.MUST_FIX, field="value"))
    elif not rules.readable(key, value):
        found.append(Problem(f"{takes(question)}.", Weight.MUST_FIX, field="value"))
    if starts is None:
        found.append(Problem("Say from which day it holds.", Weight.MUST_FIX, field="starts"))
    elif isinstance(starts, Problem):
        found.append(replace(starts, weight=Weight.MUST_FIX, field="starts"))
    if not typed.agreed_with.strip():
        found.append(Problem("Say who agreed it.", Weight.MUST_FIX, field="agreed_with"))
    return found


def takes(question: Question) -> str:
    """What an answer looks like, in words."""
    if question.key == "arrs.starters_month_day":
        return "Month and day, such as 12-31"
    return question.takes
