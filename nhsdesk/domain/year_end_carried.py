"""The steps of closing a year about what goes on: posts, recurring duties, terms, and what stays open.

Pure: what is read is handed in. A list of ten thousand posts is gone through once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from nhsdesk.domain.action_log import due_now
from nhsdesk.domain.actions import Action
from nhsdesk.domain.arrs import Assignment, Post, Stage
from nhsdesk.domain.duties import RecurringDuty
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import FinancialYear, day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.year_end import (
    Concerned,
    Standing,
    StepTold,
    YearStep,
    after,
    counted,
    named,
    terms_until,
    verb,
)

# ---- posts


@dataclass(frozen=True, slots=True)
class EndsWithYear:
    """A post that ends on 31 March, or that goes on while the hours of who is in it end then."""

    post: Post
    hours: tuple[Assignment, ...]
    post_ends: bool
    """Whether the post itself ends."""

    @property
    def words(self) -> str:
        """What ends."""
        return (
            "The post ends on 31 March"
            if self.post_ends
            else "The post goes on; the hours in it end on 31 March"
        )


def ending_with(
    posts: Iterable[Post], assignments: Mapping[Id, Sequence[Assignment]], year: FinancialYear
) -> tuple[EndsWithYear, ...]:
    """Posts to extend or to let go: those that end on the year's last day, or whose last hours do."""
    found = []
    for post in posts:
        hours = _ending_hours(assignments.get(post.id, ()), year)
        if post.stage is Stage.ENDED:
            continue
        later = post.ends is None or post.ends > year.last
        if post.ends == year.last or (later and hours and post.stage is not Stage.VACANT):
            found.append(EndsWithYear(post, hours, post.ends == year.last))
    return tuple(found)


def _ending_hours(assigned: Sequence[Assignment], year: FinancialYear) -> tuple[Assignment, ...]:
    """Those that end with the year, where nobody's go on after it."""
    if any(one.ends is None or one.ends > year.last for one in assigned):
        return ()
    return tuple(one for one in assigned if one.ends == year.last)


def goes_on(post: Post, year: FinancialYear) -> bool:
    """Whether a post is still there on the first day of the year to come, by what is entered of it."""
    begun = post.starts is None or post.starts <= after(year).first
    return post.stage is not Stage.ENDED and begun and (post.ends is None or post.ends > year.last)


def posts(
    every: Sequence[Post], assignments: Mapping[Id, Sequence[Assignment]], year: FinancialYear
) -> StepTold:
    """Which posts go on by themselves, and which end with the year."""
    coming = after(year)
    ending = ending_with(every, assignments, year)
    ends = {one.post.id for one in ending}
    on = sum(goes_on(post, year) and post.id not in ends for post in every)
    if not on and not ending:
        return StepTold(YearStep.POSTS, Standing.NOT, f"No post was open on {day_words(year.last)}.")
    carried = (
        f"{counted(on, 'post')} {verb(on, 'goes', 'go')} on into {coming} with nothing to copy: no end is entered, "
        "or one after 31 March."
        if on
        else f"No post goes on into {coming}."
    )
    if not ending:
        return StepTold(YearStep.POSTS, Standing.DONE, carried)
    told = tuple(_ending_words(ending, year))
    entries = tuple(
        Concerned(one.post.ref, one.post.title_words(), one.words, Post.KIND.name, one.post.id)
        for one in ending
    )
    words = f"{' '.join(told)} Extend them or let them go. {carried}"
    return StepTold(YearStep.POSTS, Standing.TO_DO, words, entries, told)


def _ending_words(ending: Sequence[EndsWithYear], year: FinancialYear) -> Iterator[str]:
    """Posts that end, apart from those of which only the hours do."""
    last = day_words(year.last)
    if posts := [one.post.ref for one in ending if one.post_ends]:
        yield f"{counted(len(posts), 'post')} {verb(len(posts), 'ends', 'end')} on {last}: {named(posts)}."
    if hours := [one.post.ref for one in ending if not one.post_ends]:
        yield (
            f"{counted(len(hours), 'post')} {verb(len(hours), 'goes', 'go')} on while the hours of who is in "
            f"{verb(len(hours), 'it', 'them')} end on {last}: {named(hours)}."
        )


# ---- duties


@dataclass(frozen=True, slots=True)
class DutyAsked:
    """A recurring duty: its days to be made and taken out, those it has in the year to come, and what is wrong."""

    duty: RecurringDuty
    add: int
    remove: int
    held: int
    wrong: tuple[Problem, ...] = ()


def duties(asked: Sequence[DutyAsked], year: FinancialYear) -> StepTold:
    """Whether the days of the year to come are made: each once."""
    coming = after(year)
    if not asked:
        return StepTold(YearStep.DUTIES, Standing.NOT, "No recurring duty is entered that goes on.")
    behind = [one for one in asked if one.add or one.remove]
    wrong = tuple(found.sentence for one in asked for found in one.wrong)
    entries = tuple(_duty_concerned(one, coming) for one in asked if one.wrong or one.add or one.remove)
    held = sum(one.held for one in asked)
    have = f"{counted(len(asked), 'recurring duty', 'recurring duties')} {verb(len(asked), 'has', 'have')} "
    have += f"{counted(held, 'day')} in {coming} so far."
    if not behind and not wrong:
        return StepTold(YearStep.DUTIES, Standing.DONE, have)
    told = list(wrong)
    if behind:
        days, gone = sum(one.add for one in behind), sum(one.remove for one in behind)
        taken = f", and {counted(gone, 'day')} to be taken out" if gone else ""
        refs = named([one.duty.ref for one in behind])
        told.insert(0, f"{counted(days, 'day')} of {refs} {verb(days, 'is', 'are')} to be made{taken}.")
    return StepTold(YearStep.DUTIES, Standing.TO_DO, " ".join((*told, have)), entries, tuple(told))


def _duty_concerned(one: DutyAsked, coming: FinancialYear) -> Concerned:
    told = (
        one.wrong[0].sentence
        if one.wrong
        else f"{counted(one.add, 'day')} to be made; {one.held:,} in {coming}"
    )
    return Concerned(one.duty.ref, one.duty.title, told, RecurringDuty.KIND.name, one.duty.id)


# ---- terms


@dataclass(frozen=True, slots=True)
class Term:
    """A term somebody has: on a seat, in a role, or in leading something. `of` is what follows it when it ends."""

    ref: str
    what: str
    ends: date | None
    kind: str
    id: Id
    of: tuple[object, ...]


def terms(every: Sequence[Term], year: FinancialYear) -> StepTold:
    """Which terms end during the year or by 30 June after it, and have nobody after them."""
    until = day_words(terms_until(year))
    if not every:
        return StepTold(YearStep.TERMS, Standing.NOT, "No seat and no role is entered.")
    ending = terms_ending(every, year)
    if not ending:
        words = f"None of {counted(len(every), 'term')} of seats, roles and leads ends by {until}."
        return StepTold(YearStep.TERMS, Standing.DONE, words)
    told = f"{counted(len(ending), 'term')} {verb(len(ending), 'ends', 'end')} by {until}: "
    told += f"{named([one.ref for one in ending])}."
    entries = tuple(
        Concerned(one.ref, one.what, f"To {day_words(one.ends)}", one.kind, one.id)
        for one in ending
        if one.ends
    )
    return StepTold(YearStep.TERMS, Standing.TO_DO, told, entries, (told,))


def terms_ending(every: Sequence[Term], year: FinancialYear) -> tuple[Term, ...]:
    """The soonest first."""
    latest: dict[tuple[object, ...], date] = {}
    for one in every:
        latest[one.of] = max(latest.get(one.of, date.min), one.ends or date.max)
    found = [
        (one.ends, one)
        for one in every
        if one.ends is not None and year.first <= one.ends <= terms_until(year) and latest[one.of] <= one.ends
    ]
    return tuple(one for _, one in sorted(found, key=lambda pair: (pair[0], pair[1].ref)))


# ---- what stays open


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A support request that has not ended."""

    ref: str
    practice: str
    state: str
    id: Id


def carried(
    actions: Sequence[Action], requests: Sequence[OpenRequest], year: FinancialYear, today: date
) -> StepTold:
    """Open actions and support requests: they stay open. Closing a year closes nothing else."""
    if not actions and not requests:
        return StepTold(YearStep.CARRIED, Standing.NOT, "No action and no support request is open.")
    late = sum(_is_late(one, today) for one in actions)
    past = f" ({late:,} past {verb(late, 'its', 'their')} day)" if late else ""
    parts = [f"{counted(len(actions), 'open action')}{past}"] if actions else []
    parts += [counted(len(requests), "support request")] if requests else []
    many = len(actions) + len(requests)
    told = (
        f"{' and '.join(parts)} {verb(many, 'stays', 'stay')} open and {verb(many, 'goes', 'go')} on into "
        f"{after(year)}. Closing the year closes none of them."
    )
    entries = (
        *(Concerned(one.ref, one.what, _due_words(one, today), Action.KIND.name, one.id) for one in actions),
        *(Concerned(one.ref, one.practice, one.state, "support_request", one.id) for one in requests),
    )
    return StepTold(YearStep.CARRIED, Standing.DONE, told, entries)


def _is_late(action: Action, today: date) -> bool:
    due = due_now(action)
    return due is not None and due < today


def _due_words(action: Action, today: date) -> str:
    due = due_now(action)
    if due is None:
        return "No date set"
    return f"{'Was due' if due < today else 'Due'} {day_words(due)}"
