"""Labels that show words as they are: nothing typed by anybody is ever taken for markup."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from nhsdesk.domain.problems import Problem


def label(text: str = "", role: str = "", *, wrap: bool = True, parent: QWidget | None = None) -> QLabel:
    """A label of plain text; `role` is one the theme knows: h1, h2, quiet, field, help, problem, big, quote, ref."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    made.setText(text)
    return made


def pill(text: str, tone: str) -> QLabel:
    """A status: a word on a rounded ground; `tone` is good, warn, bad, grey or accent."""
    made = label(text, wrap=False)
    made.setProperty("pill", tone)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return made


def on_a_button(text: str) -> str:
    """Words on a button or in a menu, where a single & would become an underline."""
    return text.replace("&", "&&")


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun: 1 post, 12 posts, 10,000 posts."""
    return f"{number:,} {one if number == 1 else many}"


def still_named(problems: Sequence[Problem]) -> str:
    """What to say where entries could not be removed because others name them."""
    told = " ".join(problem.sentence for problem in problems[:5])
    more = f" And {len(problems) - 5:,} more." if len(problems) > 5 else ""
    return f"Nothing was removed: others name it. {told}{more} Have them name something else, or remove them first."
