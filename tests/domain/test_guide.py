from __future__ import annotations

import re

from nhsdesk import paths, resources
from nhsdesk.domain.guide import find, page, unmarked

HELD = page(
    "meetings",
    "# Meetings\n\nAll of it.\n\n## Taking minutes\n\nType `/action` and\nwho does it.\n\n```\n# no heading\n```\n\n"
    "## Agendas\n\n| To | Press |\n| --- | --- |\n| move | `Alt+Up` |\n",
)


def test_a_page_has_its_title_and_sections_and_nothing_of_code_is_a_heading() -> None:
    assert HELD.title == "Meetings"
    assert [one.heading for one in HELD.sections] == ["Meetings", "Taking minutes", "Agendas"]


def test_sections_are_found_by_beginnings_and_headings_come_first() -> None:
    both = [HELD, page("other", "# Other\n\nMinutes are kept.\n")]
    assert [(one.page, one.heading) for one in find(both, "minut")] == [
        ("meetings", "Taking minutes"),
        ("other", "Other"),
    ]
    assert find(both, "who does")[0].words == "Type /action and who does it."
    assert find(both, "nowhere at all") == ()
    assert find(both, "") == ()


def test_marks_are_left_away() -> None:
    assert unmarked("See [the window](the-window.md) and `Ctrl+K`\nnow.") == "See the window and Ctrl+K now."


def test_every_link_of_the_guide_leads_to_a_page() -> None:
    keys = {one.key for one in resources.guide()}
    told = [target for one in resources.guide() for target in re.findall(r"\]\(([^)]+)\)", one.text)]
    assert told
    assert [one for one in told if one.endswith(".md") and one.removesuffix(".md") not in keys] == []
    pictures = [one for one in told if not one.endswith(".md")]
    assert [one for one in pictures if not (paths.guide() / one).is_file()] == []


def test_every_picture_of_the_guide_is_told_in_words() -> None:
    told = [words for one in resources.guide() for words in re.findall(r"!\[([^\]]*)\]", one.text)]
    assert told
    assert all(len(words) > 20 for words in told)


def test_the_guide_is_shipped_and_every_page_has_a_title() -> None:
    assert paths.guide().name == "guide"
    assert len(resources.guide()) >= 8
    assert all(one.title != one.key for one in resources.guide())
