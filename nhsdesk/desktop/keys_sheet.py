"""The sheet of keys, made from the commands there are: menus, and what the page in front listens to."""

from __future__ import annotations

from collections.abc import Sequence

from nhsdesk.desktop.search_lines import Command
from nhsdesk.domain.guide import Page

TITLE = "Keys"
_FIRST = "All of the program can be used with these. A letter underlined in a menu opens it with `Alt`."
_SECTIONS = (
    ("the-window", "A register"),
    ("meetings", "Taking minutes"),
    ("today-and-search", "Search everything"),
)
"""Where the guide tells of keys that belong to one page."""


def sheet(menus: Sequence[tuple[str, Sequence[Command]]], guide: Sequence[Page]) -> str:
    """The sheet as the guide's pages are written."""
    parts = [f"# {TITLE}", "", _FIRST]
    for title, commands in menus:
        rows = [f"| {one.words} | `{one.keys}` |" for one in commands if one.keys]
        if rows:
            parts += ["", f"## {title}", "", "| To | Press |", "| --- | --- |", *rows]
    parts += ["", "## Everywhere", "", *_EVERYWHERE]
    for key, heading in _SECTIONS:
        told = (
            one.text for held in guide if held.key == key for one in held.sections if one.heading == heading
        )
        if text := next(told, "").strip():
            parts += ["", f"## {heading}", "", text]
    return "\n".join(parts)


_EVERYWHERE = (
    "| To | Press |",
    "| --- | --- |",
    "| go on to the next control, or back | `Tab`, `Shift+Tab`; a table is left with `Tab` too |",
    "| press a button that has the focus | `Space` or `Enter` |",
    "| move in a list or table | the arrows; `Enter` opens what the row is about |",
    "| give up what is being asked or typed | `Escape` |",
)
