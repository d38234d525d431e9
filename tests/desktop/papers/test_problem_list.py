"""What stands in the way, gone through with the keys."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from nhsdesk.desktop.papers.problem_list import PAGE, ProblemList
from nhsdesk.domain.problems import Problem, Weight

MANY = PAGE + 10


def test_tab_goes_from_one_link_to_the_next_also_where_more_were_asked_for(qtbot: QtBot) -> None:
    shown = ProblemList()
    qtbot.addWidget(shown)
    behind = QPushButton("Behind")
    shown.inside.addWidget(behind)
    points = [Problem(f"Number {n}", Weight.NOTE, kind="post", record=n) for n in range(1, MANY + 1)]
    shown.show_problems(points[:3])
    shown.show_problems(points)
    next(one for one in shown.findChildren(QPushButton) if one.text() == "Show 10 more of 10").click()
    links, one = list[str](), shown.area.nextInFocusChain()
    while one is not None and one is not behind:
        if one.property("link") and not one.isHidden():
            links.append(one.accessibleDescription())
        one = one.nextInFocusChain()
    assert links == [one.sentence for one in points]
