"""Which post each line of an employer's payroll or invoice is for.

A line is matched by payroll reference, post reference or portal label. What could be two posts is asked about, and two
lines for one person are asked about: nothing is guessed, and no line knows of the order they came in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Hours, Money, total
from nhsdesk.domain.problems import Problem


@dataclass(frozen=True, slots=True)
class Figures:
    """The amounts of a line, as far as they are stated."""

    salary: Money | None = None
    employer_ni: Money | None = None
    employer_pension: Money | None = None
    fees: Money | None = None
    total: Money | None = None

    @property
    def parts(self) -> tuple[Money | None, ...]:
        """Salary, NI, pension and fees."""
        return (self.salary, self.employer_ni, self.employer_pension, self.fees)

    @property
    def added_up(self) -> Money | None:
        """The parts together; None where none is stated."""
        stated = [part for part in self.parts if part is not None]
        return total(stated) if stated else None

    @property
    def cost(self) -> Money | None:
        """What it comes to: as stated, else the parts together."""
        return self.total if self.total is not None else self.added_up

    def plus(self, other: Figures) -> Figures:
        """Two lines for the same post as one."""
        return Figures(*(_both(*pair) for pair in zip(_all(self), _all(other), strict=True)))


def _all(figures: Figures) -> tuple[Money | None, ...]:
    return (*figures.parts, figures.total)


def _both(one: Money | None, other: Money | None) -> Money | None:
    if one is None or other is None:
        return one if other is None else other
    return one + other


@dataclass(frozen=True, slots=True)
class SentLine:
    """One line as the employer sent it, with its number in the file."""

    number: int
    label: str = ""
    payroll_ref: str = ""
    post_ref: str = ""
    hours: Hours | None = None
    figures: Figures = Figures()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownPost:
    """A post as far as a line can name it, and how it stood in the month."""

    id: Id
    ref: str
    label: str = ""
    payroll_refs: Mapping[str, Id] = field(default_factory=dict)
    """Of those who hold it, with the holder of each."""
    employers: frozenset[Id] = frozenset()
    held: bool = True
    """Whether anybody was in it in the month."""
    hours: Hours | None = None
    """Hours a week on the first of the month, where one person held it."""
    refs_before: frozenset[str] = frozenset()
    labels_before: frozenset[str] = frozenset()
    """What this employer's earlier lines for it were called."""

    @property
    def words(self) -> str:
        """Its reference and its label."""
        return f"{self.ref} {self.label}".strip()


# ---- matching


class How(Enum):
    """By what a line was matched."""

    SAID = "as you said"
    PAYROLL = "payroll reference"
    POST = "post reference"
    LABEL = "portal label"
    BEFORE = "as last time"


@dataclass(frozen=True, slots=True)
class Match:
    """Which post a line is for; or what to ask about it and which posts it may be for; or neither, for none of ours."""

    line: SentLine
    post: Id | None = None
    how: How | None = None
    holder: Id | None = None
    offered: tuple[Id, ...] = ()
    asked: str = ""

    @property
    def left_out(self) -> bool:
        """Whether it is for no post of ours."""
        return self.post is None and not self.asked


def match(
    lines: Sequence[SentLine], posts: Sequence[KnownPost], chosen: Mapping[int, Id | None] | None = None
) -> tuple[Match, ...]:
    """The post of each line. `chosen` holds what a person said of a row: a post, or None for none of ours."""
    names = _Names(posts)
    said = chosen or {}
    return _ask_twice([_matched(line, names, said) for line in lines], names, said)


def loose(words: str) -> str:
    """Words as they are compared: without spaces and capitals."""
    return "".join(words.split()).casefold()


class _Names:
    """What posts can be named by, each way a dictionary, so that five hundred lines cost no more than they must."""

    def __init__(self, posts: Sequence[KnownPost]) -> None:
        self.posts = {post.id: post for post in posts}
        self.payroll = _index((ref, post.id) for post in posts for ref in post.payroll_refs)
        self.payroll_before = _index((ref, post.id) for post in posts for ref in post.refs_before)
        self.refs = _index((post.ref, post.id) for post in posts)
        self.exact = _gathered((post.label, post.id) for post in posts if post.label)
        self.labels = _index((post.label, post.id) for post in posts)
        self.labels_before = _index((one, post.id) for post in posts for one in post.labels_before)

    def by_payroll(self, words: str) -> tuple[frozenset[Id], How]:
        for index, how in ((self.payroll, How.PAYROLL), (self.payroll_before, How.BEFORE)):
            if found := index.get(loose(words)) or index.get(_unpadded(words)):
                return found, how
        return frozenset(), How.PAYROLL

    def by_ref(self, words: str) -> tuple[frozenset[Id], How]:
        return self.refs.get(loose(words), frozenset()), How.POST

    def by_label(self, words: str) -> tuple[frozenset[Id], How]:
        exact, alike = self.exact.get(words, frozenset()), self.labels.get(loose(words), frozenset())
        if exact or alike:
            return exact or alike, How.LABEL
        return self.labels_before.get(loose(words), frozenset()), How.BEFORE


def _unpadded(ref: str) -> str:
    """A reference without the noughts before it, which spreadsheets drop."""
    return loose(ref).lstrip("0")


def _index(pairs: Iterable[tuple[str, Id]]) -> dict[str, frozenset[Id]]:
    return _gathered((form, id_) for words, id_ in pairs for form in {loose(words), _unpadded(words)} if form)


def _gathered(pairs: Iterable[tuple[str, Id]]) -> dict[str, frozenset[Id]]:
    found: dict[str, set[Id]] = {}
    for words, id_ in pairs:
        found.setdefault(words, set()).add(id_)
    return {words: frozenset(ids) for words, ids in found.items()}


def _matched(line: SentLine, names: _Names, said: Mapping[int, Id | None]) -> Match:
    if line.number in said:
        post = said[line.number]
        holder = _holder(line, names, post) if post is not None else None
        return Match(line, post, How.SAID, holder) if post in names.posts else Match(line, how=How.SAID)
    keys = [
        names.by_payroll(line.payroll_ref),
        names.by_ref(line.post_ref),
        names.by_label(line.label),
    ]
    if not keys[-1][0]:  # a column headed “Post” may hold references
        keys[-1] = names.by_ref(line.label)
    told = [(ids, how) for ids, how in keys if ids]
    if not told:
        return Match(line)
    common = frozenset.intersection(*(ids for ids, _ in told))
    if len(common) == 1:
        (post,) = common
        how = next(how for ids, how in told if post in ids)
        return Match(line, post, how, _holder(line, names, post))
    offered = common or frozenset.union(*(ids for ids, _ in told))
    why = "It may be for any of these posts." if common else "Its references name different posts."
    return Match(line, offered=_in_order(offered, names), asked=why)


def _holder(line: SentLine, names: _Names, post: Id) -> Id | None:
    refs = names.posts[post].payroll_refs if post in names.posts else {}
    wanted = {loose(line.payroll_ref), _unpadded(line.payroll_ref)} - {""}
    found = {holder for ref, holder in refs.items() if wanted & {loose(ref), _unpadded(ref)}}
    return found.pop() if len(found) == 1 else None


def _in_order(ids: Iterable[Id], names: _Names) -> tuple[Id, ...]:
    return tuple(sorted(ids, key=lambda id_: names.posts[id_].ref))


def _ask_twice(matches: Sequence[Match], names: _Names, said: Mapping[int, Id | None]) -> tuple[Match, ...]:
    """Several lines for one post are asked about, unless each is for another of those who share it."""
    by_post: dict[Id, list[Match]] = {}
    for one in matches:
        if one.post is not None:
            by_post.setdefault(one.post, []).append(one)
    unclear = {post for post, several in by_post.items() if len(several) > 1 and not _each_another(several)}
    made = []
    for one in matches:
        if one.post in unclear and one.line.number not in said:
            rows = sorted(other.line.number for other in by_post[one.post])
            why = f"Rows {_listed(rows)} are for the same post. Say for each whether it counts."
            made.append(Match(one.line, offered=(one.post,), asked=why))
        else:
            made.append(one)
    return tuple(made)


def _each_another(several: Sequence[Match]) -> bool:
    holders = [one.holder for one in several]
    return None not in holders and len(set(holders)) == len(holders)


def _listed(numbers: Sequence[int]) -> str:
    words = [f"{number:,}" for number in numbers]
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)
