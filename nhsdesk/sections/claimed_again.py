"""Claimed months worked out again with what is known now, each beside what was claimed for it.

Nothing here changes a claim: what it comes to is an uplift to claim, one that waits for back-pay, or a recovery.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from nhsdesk import resources
from nhsdesk.domain import claim_steps, local_rules, post_spells, uplifts
from nhsdesk.domain.arrs import Post
from nhsdesk.domain.claimed import Claim, ClaimLine
from nhsdesk.domain.claims import ClaimLine as WorkedLine
from nhsdesk.domain.claims import NoFigure
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.money import Money, total
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.rules import Rules
from nhsdesk.domain.uplifts import MonthWork, PostDifference, UpliftLine
from nhsdesk.sections import claimed_lines, posts_held
from nhsdesk.sections.posts_held import Held, Worked
from nhsdesk.store.reading import Reader


def compare(
    reader: Reader, held: Held, claims: Sequence[Claim], known_on: date
) -> tuple[tuple[PostDifference, ...], tuple[Problem, ...]]:
    """What the claimed months may still have, wait for or must give back; and what cannot be worked out."""
    settled = reader.counting(LocalRule)
    holidays = resources.bank_holidays()
    before = [
        line
        for one in claimed_lines.uplifts_submitted(reader)
        for line in reader.all(UpliftLine, uplift=one.id)
    ]
    earlier, unplaced = uplifts.claimed_before(before)
    again = _Again(held, _once_paid(held, known_on), known_on, earlier)
    works: list[MonthWork] = []
    for claim in claims:
        rules = local_rules.in_force(settled, claim.month.last, holidays)
        frozen = claimed_lines.by_post(reader, claim)
        for post in held.posts:
            if post.id in frozen:
                works += again.works(post, claim, frozen[post.id], rules)
    order = {post.id: number for number, post in enumerate(held.posts)}
    works.sort(key=lambda work: order[work.post])
    return uplifts.compare(works, unplaced), tuple(again.problems)


def _once_paid(held: Held, known_on: date) -> Held:
    """The same, as if every back-pay on file had been paid."""
    return replace(
        held,
        back_pay={
            post: [
                one if one.paid_on is not None and one.paid_on <= known_on else replace(one, paid_on=known_on)
                for one in late
            ]
            for post, late in held.back_pay.items()
        },
    )


class _Again:
    """Works a claimed month of a post out again."""

    def __init__(self, held: Held, once_paid: Held, known_on: date, earlier: uplifts.Placed) -> None:
        self._held = held
        self._once_paid = once_paid
        self._known_on = known_on
        self._earlier: dict[tuple[Id, Month], dict[str, Money]] = {}
        for (post, month, employment), amount in earlier.items():
            self._earlier.setdefault((post, month), {})[employment] = amount
        self.problems: list[Problem] = []

    def works(
        self, post: Post, claim: Claim, frozen: Sequence[ClaimLine], rules: Rules
    ) -> Iterator[MonthWork]:
        """The post's lines of the month, each where employments can be told apart, else together."""
        now = self._lines(post, claim.month, self._held, rules)
        if now is None:
            return
        once_paid = now
        if self._held.back_pay.get(post.id):
            once_paid = self._lines(post, claim.month, self._once_paid, rules) or now
        earlier = self._earlier.get((post.id, claim.month), {})
        for employment in _employments(frozen, now, earlier):
            work = self._work(post, claim, frozen, now, once_paid, earlier, employment, rules)
            if not work.was + work.earlier == work.now == work.once_paid:
                steps, later = _steps(_of(now, employment)), _steps(_of(once_paid, employment))
                yield replace(work, steps=steps, once_paid_steps=later)

    def _lines(self, post: Post, month: Month, held: Held, rules: Rules) -> list[Worked] | None:
        found = []
        for worked in posts_held.work(post, month, self._known_on, held, rules):
            if isinstance(worked.result, NoFigure):
                self.problems += [_told(problem, post, month) for problem in worked.result.problems]
                return None
            if isinstance(worked.result, WorkedLine):
                found.append(worked)
        return found

    def _work(
        self,
        post: Post,
        claim: Claim,
        frozen: Sequence[ClaimLine],
        now: Sequence[Worked],
        once_paid: Sequence[Worked],
        earlier: dict[str, Money],
        employment: str | None,
        rules: Rules,
    ) -> MonthWork:
        return MonthWork(
            post=post.id,
            month=claim.month,
            was=total(line.claimed for line in frozen if employment in (None, line.employment or "")),
            now=total(line.claimed for line in _of(now, employment)),
            once_paid=total(line.claimed for line in _of(once_paid, employment)),
            back_paid_on=self._back_paid_on(post, claim.month, employment, rules),
            earlier=total(amount for key, amount in earlier.items() if employment in (None, key)),
            left_on=claimed_lines.last_day(post, self._held),
            claim=claim.ref,
            employment=employment or "",
            rates=tuple(dict.fromkeys(rate.ref for one in once_paid for rate in one.rates)),
        )

    def _back_paid_on(self, post: Post, month: Month, employment: str | None, rules: Rules) -> date | None:
        """When the back-pay of everybody in the post that month was paid; None while somebody's is not."""
        paid_on = {
            one.ref: one.paid_on
            for one in self._held.back_pay.get(post.id, [])
            if one.paid_on is not None and one.paid_on <= self._known_on
        }
        hours, pay = posts_held.spells(post, self._known_on, self._held, rules)
        days: list[date] = []
        there = {spell.employment for spell in hours if post_spells.overlaps(spell, month)}
        for who in there if employment is None else there & {employment}:
            theirs = [
                paid_on[spell.source]
                for spell in pay
                if spell.employment == who
                and spell.source in paid_on
                and spell.starts <= month.last
                and (spell.ends is None or spell.ends >= month.first)
            ]
            if not theirs:
                return None
            days += theirs
        return max(days, default=None)


def _employments(
    frozen: Sequence[ClaimLine], now: Sequence[Worked], earlier: dict[str, Money]
) -> tuple[str | None, ...]:
    """The employments that can be told apart on every side; None, for all together, where they cannot."""
    claimed = {line.employment or "" for line in frozen}
    same = claimed == {one.employment for one in now} and claimed >= set(earlier)
    return tuple(sorted(claimed)) if same and 1 < len(claimed) == len(frozen) == len(now) else (None,)


def _of(lines: Sequence[Worked], employment: str | None) -> list[WorkedLine]:
    """The lines of one employment, or all."""
    return [
        one.result
        for one in lines
        if isinstance(one.result, WorkedLine) and employment in (None, one.employment)
    ]


def _steps(lines: Sequence[WorkedLine]) -> str:
    return claim_steps.kept(step for line in lines for step in line.steps)


def _told(problem: Problem, post: Post, month: Month) -> Problem:
    sentence = f"{post.ref} {post.title_words()}, {month.words}, is not worked out: {problem.sentence}"
    told = replace(problem, sentence=sentence, weight=Weight.ACKNOWLEDGE)
    return told if problem.kind else replace(told, kind="post", record=post.id)
