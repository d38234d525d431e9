"""The record of what was settled locally, from when, by whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import Record, day, derived, long_text, record, reference, text
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.rules import AT, BY_KEY, Rules, readable


@record(
    title="Local rule",
    plural="Local rules",
    prefix="LR",
    columns=("asks", "value", "starts", "agreed_with", "key", "reason"),
)
class LocalRule(Record):
    """One rule as settled here, in force from a day on."""

    key: str = reference("Rule")
    value: str = text("Settled as")
    starts: date = day("In force from", lean=Lean.THIS_YEAR)
    agreed_with: str | None = text("Agreed with", default=None)
    reason: str | None = long_text("Why", default=None)

    asks = derived("What it settles", lambda rule, rules, today: asks(rule.key), uses=("key",))

    def title_words(self) -> str:
        """What it settles, in words."""
        return asks(self.key)


def asks(key: str) -> str:
    """The question that a rule settles; its key where this program asks no such question."""
    rule, _, area = key.partition(AT)
    question = BY_KEY.get(rule)
    if question is None:
        return key
    return f"{question.asks} ({area})" if area else question.asks


def in_force(settled: Iterable[LocalRule], on: date, holidays: frozenset[date]) -> Rules:
    """The rules on a day: of each key the one that started last. One that cannot be read leaves the one before."""
    values: dict[str, str] = {}
    for rule in sorted(settled, key=lambda rule: (rule.starts, rule.id)):
        if rule.starts <= on and readable(rule.key, rule.value):
            values[rule.key] = rule.value
    return Rules(values, holidays)


def problems(settled: Iterable[LocalRule]) -> tuple[Problem, ...]:
    """Rules that say nothing this program can follow."""
    return tuple(
        Problem(
            f"{rule.ref}: the rule “{rule.key}” cannot be settled as “{rule.value}”, so it is not followed.",
            Weight.ACKNOWLEDGE,
            "local_rule",
            rule.id,
            "value",
        )
        for rule in settled
        if not readable(rule.key, rule.value)
    )
