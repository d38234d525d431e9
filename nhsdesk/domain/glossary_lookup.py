"""Looking words up: where terms stand in a text, what they meant on a day, and what came before and after.

Glossary(terms)
.find(text)                         the terms that stand in a text
.sense(form, day)                   what a word meant on a day
.told(term, day)                    all there is to tell of it, as sentences
.chain(term), .matters(term)        what came before and after it
.expansions(text, day)              the abbreviations of a text in full
.offered(words)                     the terms somebody may mean who has typed so much
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from nhsdesk.domain.glossary import Found, State, Term, key_of
from nhsdesk.domain.glossary_links import Link, Span
from nhsdesk.domain.periods import day_words


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a term stands in a text; `form` is how the glossary writes it."""

    start: int
    end: int
    form: str


@dataclass(frozen=True, slots=True)
class Step:
    """One of a chain: a name, since when, and whether it followed by law and for certain."""

    name: str
    since: Span | None = None
    policy: bool = False
    unsure: bool = False

    @property
    def words(self) -> str:
        """As it stands in a sentence."""
        how = ("perhaps " if self.unsure else "") + ("(by policy, not law) " if self.policy else "")
        return f"{how}{self.name}{f' from {self.since.words}' if self.since else ''}"


class Glossary:
    """All the terms there are. Finding and telling change nothing."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = tuple(terms)
        self._named: dict[str, Term] = {}
        self._senses: dict[str, list[Term]] = defaultdict(list)
        for term in self.terms:
            self._named.setdefault(key_of(term.name), term)
            for form in {key_of(one): one for one in (*term.forms, term.expansion) if one}:
                self._senses[form].append(term)

    def named(self, name: str) -> Term | None:
        """The term of that name, or the first that is written so."""
        senses = self._senses.get(key_of(name), [])
        return self._named.get(key_of(name)) or (senses[0] if senses else None)

    def senses(self, form: str) -> tuple[Term, ...]:
        """Everything a word has meant."""
        return tuple(self._senses.get(key_of(form), ()))

    def sense(self, form: str, day: date) -> Term | None:
        """What a word meant on a day: of several, the one that began last; failing that, the one last in use."""
        senses = self.senses(form)
        for state in (State.IN_USE, State.OVER):
            if held := [one for one in senses if self.state(one, day) is state]:
                return max(held, key=_began)
        return min(senses, key=_began, default=None)

    def state(self, term: Term, day: date) -> State:
        """Whether a term was in use on a day; one without a last day ends when what it became begins."""
        if term.used_from and day < term.used_from.first:
            return State.NOT_YET
        if term.used_to:
            return State.OVER if day > term.used_to.last else State.IN_USE
        followers = (self.named(link.name) for link in term.became if link.in_law)
        begun = (one.used_from.first <= day for one in followers if one and one.used_from)
        return State.OVER if any(begun) else State.IN_USE

    # ---- in a text

    def find(self, text: str) -> tuple[Mention, ...]:
        """The terms in a text, as whole words, the longest where several begin together."""
        return self._everything.find(text)

    def in_text(self, text: str, day: date) -> tuple[Term, ...]:
        """Each term that stands in a text once, in the sense of the day."""
        found = (self.sense(one.form, day) for one in self.find(text))
        return tuple(dict.fromkeys(term for term in found if term is not None))

    def expansions(self, text: str, day: date) -> tuple[tuple[str, str], ...]:
        """Each abbreviation in a text with what it stood for on the day, in the order of the alphabet."""
        return tuple((form, term.expansion) for form, term in self.short_forms(text, day) if term.expansion)

    def short_forms(self, text: str, day: date) -> tuple[tuple[str, Term], ...]:
        """Each abbreviation in a text with its term as at the day, in the order of the alphabet."""
        forms = {one.form for one in self._abbreviations.find(text)}
        ordered = sorted(forms, key=lambda one: (one.casefold(), one))
        return tuple((form, term) for form in ordered if (term := self.sense(form, day)) is not None)

    @cached_property
    def _everything(self) -> _Finder:
        forms: dict[tuple[str, bool], None] = {}
        for term in self.terms:
            if term.found is not Found.NEVER:
                exact = term.found is Found.EXACT
                forms |= {(form if exact else key_of(form), exact): None for form in term.forms}
                forms |= {(key_of(term.expansion), False): None} if term.expansion else {}
        return _Finder(forms)

    @cached_property
    def _abbreviations(self) -> _Finder:
        short = (term for term in self.terms if term.found is Found.EXACT)
        return _Finder({(form, True): None for term in short for form in term.forms})

    # ---- what came before and after

    def chain(self, term: Term, matter: str = "") -> tuple[Step, ...]:
        """From the first that is known to the last: "PCT, CCG, ICB". For one matter it may run another way."""
        back: list[tuple[str, Link]] = []
        seen, at = {key_of(term.name)}, term
        while (
            (link := _of_matter(at.came_after, matter)) and not link.unsure and key_of(link.name) not in seen
        ):
            seen.add(key_of(link.name))
            back.append((at.name, link))
            if (before := self.named(link.name)) is None:
                break
            at = before
        steps = [Step(back[-1][1].name if back else term.name)]
        for name, link in reversed(back):
            steps.append(self._step(replace(link, name=name), steps[-1].name))
        return (*steps, *self._onward(term, matter, seen))

    def _onward(self, term: Term, matter: str, seen: set[str]) -> Iterable[Step]:
        at: Term | None = term
        while at is not None and (link := _of_matter(at.became, matter)) and key_of(link.name) not in seen:
            seen.add(key_of(link.name))
            yield self._step(link, at.name)
            at = None if link.unsure else self.named(link.name)

    def _step(self, link: Link, before: str) -> Step:
        """A date stands where it says when one followed the other, not merely when the follower began."""
        earlier, follower = self.named(before), self.named(link.name)
        given = [one for one in (earlier.became if earlier else ()) if key_of(one.name) == key_of(link.name)]
        since = next((one.since for one in (link, *given) if one.since), None)
        settled = not (link.matter or link.unsure)
        if since is None and settled and follower and follower.used_from:
            began = earlier.used_from if earlier else None
            since = follower.used_from if began is None or began.first < follower.used_from.first else None
        return Step(link.name, since, link.policy, link.unsure)

    def matters(self, term: Term) -> tuple[str, ...]:
        """The matters for which the chain of a term runs another way: its own, and those that came down to it."""
        links = [*term.came_after, *term.became]
        for step in self.chain(term):
            if key_of(step.name) in (key_of(term.name), *map(key_of, term.forms)):
                break
            if (before := self.named(step.name)) is not None:
                links += before.came_after
        return tuple(dict.fromkeys(link.matter for link in links if link.matter))

    # ---- telling

    def told(self, term: Term, day: date) -> str:
        """All there is to tell of a term as at a day, in plain sentences."""
        state = self.state(term, day)
        parts = [
            term.in_short,
            f"{term.used[:1].upper()}{term.used[1:]}." if term.used else "",
            "" if state is State.IN_USE else f"{state.value.capitalize()} on {day_words(day)}.",
            _chain_words(self.chain(term)),
            *(_chain_words(self.chain(term, matter), matter) for matter in self.matters(term)),
            f"Beware: {term.beware}" if term.beware else "",
            term.sureness.remark,
        ]
        return " ".join(part for part in parts if part)

    def told_of(self, text: str, day: date, most: int = 4) -> str:
        """What the terms in a text mean, a line for each; empty where there are none."""
        return "\n".join(self.told(term, day) for term in self.in_text(text, day)[:most])

    def offered(self, words: str, most: int = 3) -> tuple[Term, ...]:
        """The terms somebody may mean who has typed so much, the nearest first."""
        typed = key_of(words)
        ranked = [
            (rank, len(one.name), one.name, one)
            for one in self.terms
            if (rank := _nearness(one, typed)) is not None
        ]
        return tuple(found[-1] for found in sorted(ranked, key=lambda found: found[:3])[:most])


def _began(term: Term) -> date:
    return term.used_from.first if term.used_from else date.min


def _of_matter(links: Sequence[Link], matter: str) -> Link | None:
    """The link for a matter; failing that, the one for everything."""
    return next((one for one in links if matter and one.matter == matter), None) or next(
        (one for one in links if not one.matter), None
    )


def _chain_words(chain: Sequence[Step], matter: str = "") -> str:
    if len(chain) < 2:
        return ""
    return f"{f'{matter}: ' if matter else ''}{', then '.join(step.words for step in chain)}."


def _nearness(term: Term, typed: str) -> int | None:
    names = [key_of(one) for one in (*term.forms, term.name, term.expansion) if one]
    if not typed or typed in names:
        return 0 if typed else None
    if len(typed) < 2:
        return None
    if names[0].startswith(typed):
        return 1
    if any(name.startswith(typed) for name in names):
        return 2
    return 3 if any(f" {typed}" in name for name in names) and len(typed) > 2 else None


class _Finder:
    """One pattern of many forms, each in its own group, the longest first."""

    def __init__(self, forms: Iterable[tuple[str, bool]]) -> None:
        held = sorted(((form, exact) for form, exact in forms if form), key=lambda one: (-len(one[0]), one))
        self._forms = [form for form, _ in held]
        among = "|".join(f"({_pattern(form, exact)})" for form, exact in held)
        self._pattern = re.compile(rf"(?<!\w)(?:{among})(?!\w)") if held else None

    def find(self, text: str) -> tuple[Mention, ...]:
        if self._pattern is None:
            return ()
        found = ((one, one.lastindex) for one in self._pattern.finditer(text))
        return tuple(Mention(*one.span(), self._forms[at - 1]) for one, at in found if at)


def _pattern(form: str, exact: bool) -> str:
    """A form with its plural. An abbreviation before a number is the reference of an entry: "INT-001"."""
    words = r"\s+".join(map(re.escape, form.split()))
    plural = "" if form.casefold().endswith("s") else "s?"
    return rf"{words}{plural}(?!-[A-Z]?\d)" if exact else rf"(?i:{words}{plural})"
