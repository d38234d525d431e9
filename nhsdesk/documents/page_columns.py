"""How wide the columns of a printed table are."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Callable, Iterable

from nhsdesk.documents import theme
from nhsdesk.documents.page_text import width

_WIDEST_WISH = 240
"""Points: words that run on longer than this are better wrapped."""

_LONGEST_LINE = 200
"""Characters that are looked at; a longer line or word takes whatever room there is."""

_SPARE = 1
"""A point, so that rounding never breaks a word that just fits."""


def column_widths(labels: list[str], cells: list[list[str]], room: float, padding: float) -> list[float]:
    """Points for each column: its longest line and its heading on one if all fit, else its longest word and a share.

    A day, "30 September 2026", is one word wherever that leaves room for the words of the others.
    """
    needs = _needs(labels, cells, padding, _words_and_days)
    if sum(needs) > room:
        needs = _needs(labels, cells, padding)
    wishes = []
    for place, need in enumerate(needs):
        lines = [line[:_LONGEST_LINE] for row in cells for line in row[place].split("\n")]
        wishes.append(max(need, min(_WIDEST_WISH, _longest(lines, theme.PAGE_FONT)) + padding + _SPARE))
    whole = [
        max(wish, min(_WIDEST_WISH, width(label, theme.PAGE_FONT_BOLD, theme.TABLE_SIZE)) + padding + _SPARE)
        for wish, label in zip(wishes, labels, strict=True)
    ]
    return whole if sum(whole) <= room else _shared(wishes, needs, room)


def least_width(labels: list[str], cells: list[list[str]], padding: float) -> float:
    """The points it takes to break no word and no day, leaving aside words as long as no column is."""
    return sum(min(need, _WIDEST_WISH) for need in _needs(labels, cells, padding, _words_and_days))


_DAY = re.compile(rf"\d{{1,2}} (?:{'|'.join(month_name[1:])}) \d{{4}}")


def _words_and_days(text: str) -> list[str]:
    """The words of a text, and its days whole."""
    return [*text.split(), *(_DAY.findall(text) if " 20" in text else ())]


def _needs(
    labels: list[str],
    cells: list[list[str]],
    padding: float,
    words_of: Callable[[str], list[str]] = str.split,
) -> list[float]:
    """What the longest word of each column asks for."""
    found = []
    for place, label in enumerate(labels):
        words = {word[:_LONGEST_LINE] for row in cells for word in words_of(row[place])}
        need = max(_longest(label.split(), theme.PAGE_FONT_BOLD), _longest(words, theme.PAGE_FONT))
        found.append(need + padding + _SPARE)
    return found


def _longest(lines: Iterable[str], font: str) -> float:
    return max((width(line, font, theme.TABLE_SIZE) for line in set(lines)), default=0)


def _shared(wishes: list[float], needs: list[float], room: float) -> list[float]:
    """The room dealt out: wishes where they fit, else needs first, and where those do not fit an even cap."""
    if sum(wishes) <= room:
        return wishes
    if sum(needs) > room:
        return _capped(needs, room)
    left, asked = room - sum(needs), sum(wishes) - sum(needs)
    return [need + left * (wish - need) / asked for wish, need in zip(wishes, needs, strict=True)]


def _capped(needs: list[float], room: float) -> list[float]:
    """Narrow columns keep what they need; the wide ones share what is left evenly."""
    cap = room / len(needs)
    for done, need in enumerate(sorted(needs)):
        cap = room / (len(needs) - done)
        if need > cap:
            break
        room -= need
    return [min(need, cap) for need in needs]
