"""How the glossary writes times and successions: as precisely as they are known, and whether law or policy made them.

span("2013-04-01")  span("2022-07")  span("2015/16")  span("2013")      a day, a month, a year of account, a year
links_of("CCG | GP contracts: NHSE since 2013 | ~SNP?")                 ~ by policy, ? not certain
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from nhsdesk.domain.periods import FinancialYear, Month, day_words

_SINCE = re.compile(r"(?P<name>.*\S) since (?P<since>[\d/-]+)")


@dataclass(frozen=True, slots=True)
class Span:
    """A time known to the day, the month or the year: its first and last day, and its words."""

    first: date
    last: date
    words: str


@dataclass(frozen=True, slots=True)
class Link:
    """What a term came after or became, for everything or for one matter."""

    name: str
    matter: str = ""
    policy: bool = False
    unsure: bool = False
    since: Span | None = None

    @property
    def in_law(self) -> bool:
        """Whether it followed for certain, for everything, and not by policy alone."""
        return not (self.policy or self.unsure or self.matter)


def span(written: str) -> Span | None:
    """A time as the glossary writes it; None for no words. Raises ValueError for any other words."""
    match written.count("-"), "/" in written:
        case _ if not written:
            return None
        case 0, True:
            year = FinancialYear(int(written[:4]))
            return Span(year.first, year.last, written)
        case 0, False:
            return Span(date(int(written), 1, 1), date(int(written), 12, 31), written)
        case 1, _:
            month = Month.parse(written)
            return Span(month.first, month.last, month.words)
        case _:
            return exactly(date.fromisoformat(written))


def exactly(day: date | None) -> Span | None:
    """A time known to the day."""
    return None if day is None else Span(day, day, day_words(day))


def links_of(written: str) -> tuple[Link, ...]:
    """The successions in one line of words, whoever typed it; words that say nothing give none."""
    return tuple(link for part in re.split(r"[|;]", written) if (link := _link(one_line(part))) is not None)


def _link(part: str) -> Link | None:
    matter, colon, rest = part.partition(": ")
    if not colon:
        matter, rest = "", part
    policy, unsure = rest.startswith("~"), rest.endswith("?")
    name = rest.lstrip("~").rstrip("?").strip()
    since = _SINCE.fullmatch(name)
    when = _readable(since["since"]) if since else None
    if since and when:
        name = since["name"]
    return Link(name, matter.strip(), policy, unsure, when) if name else None


def _readable(written: str) -> Span | None:
    try:
        return span(written)
    except ValueError:
        return None


def one_line(words: str) -> str:
    """Words on one line, as a list or a hint shows them."""
    return " ".join(words.split())
