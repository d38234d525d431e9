"""One line read as an entry; not one word of it is lost."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import Person, Practice
from nhsdesk.domain.quick_add import BY_WORD, Corrected, Known, Understood, offers, read, record_of
from nhsdesk.domain.requests import Category, Level, SupportRequest

TODAY = date(2026, 11, 20)
OFFICER = Person(id=Id(1), ref="R-004", role_title="PCN workforce and finance officer")
MANAGER = Person(id=Id(2), ref="R-003", role_title="PCN manager")
LEAD = Person(id=Id(3), ref="R-011", role_title="Lead clinical pharmacist")
ALDER = Practice(id=Id(11), ref="PR-001", name="Alder House Surgery")
ALMA = Practice(id=Id(12), ref="PR-002", name="Alma Road Surgery")
KNOWN = Known((OFFICER, MANAGER, LEAD), (ALDER, ALMA))


def understood(line: str, corrected: Corrected | None = None) -> Understood:
    return read(line, KNOWN, TODAY, corrected or Corrected())


def chips(line: str, corrected: Corrected | None = None) -> dict[str, str]:
    return {chip.label: chip.words for chip in understood(line, corrected).chips}


@pytest.mark.parametrize(
    ("line", "found", "title"),
    [
        (
            "action WF starter list 5 Dec",
            {"Owner": "PCN workforce and finance officer", "Original date": "5 December 2026"},
            "starter list",
        ),
        (
            "Action: PCN manager to ring the ICB by next Fri",
            {"Owner": "PCN manager", "Original date": "27 November 2026"},
            "ring the ICB",
        ),
        ("action ring them by 5 Dec about fees", {"Original date": "5 December 2026"}, "ring them about fees"),
        ("action lead the meeting", {}, "lead the meeting"),
        ("action order 12", {}, "order 12"),
        ("action clean what the cat sat", {}, "clean what the cat sat"),
        (
            "request Alder House estates intensive risk 4 roof leaks",
            {
                "Practice": "Alder House Surgery", "Risk to sustainability": "4", "Category": "Estates",
                "Level of support": "Intensive",
            },
            "roof leaks",
        ),
        ("question who pays for the huddle?", {}, "who pays for the huddle?"),
        ("risk R-003 the lease ends", {"Owner": "PCN manager"}, "the lease ends"),
        ("decision pool the fund 18/11", {"Decided on": "18 November 2026"}, "pool the fund"),
        ("commitment count the beds +14", {"By when": "4 December 2026"}, "count the beds"),
    ],
)  # fmt: skip
def test_a_line_is_read_as_it_is_meant(line: str, found: dict[str, str], title: str) -> None:
    assert (chips(line), understood(line).title) == (found, title)


def test_without_its_kind_nothing_is_guessed() -> None:
    found = understood("WF starter list 5 Dec")
    assert (found.form, found.chips, found.title) == (None, (), "WF starter list 5 Dec")
    assert found.lacking.startswith("Say what it is")
    assert chips("WF starter list 5 Dec", Corrected(kind="action")) == {
        "Owner": "PCN workforce and finance officer",
        "Original date": "5 December 2026",
    }


def test_of_two_owners_none_is_chosen_for_the_other() -> None:
    assert "owner" not in chips("action WF and CD to talk")
    assert understood("action WF and CD to talk").title == "WF and CD to talk"


def test_a_chip_that_is_taken_away_gives_its_words_back_to_the_title() -> None:
    found = understood("action WF starter list 5 Dec", Corrected(off=frozenset({"due"})))
    assert found.title == "starter list 5 Dec"
    found = understood("action WF starter list 5 Dec", Corrected(off=frozenset({"due", "owner"})))
    assert found.title == "WF starter list 5 Dec"


def test_a_chip_can_be_put_right_and_keeps_the_words_it_was_read_from() -> None:
    found = understood(
        "request Alder House estates", Corrected(said={"practice": ALMA.id, "level": Level.TARGETED})
    )
    assert {chip.field: (chip.words, chip.typed) for chip in found.chips} == {
        "practice": ("Alma Road Surgery", "Alder House"),
        "category": ("Estates", "estates"),
        "level": ("Targeted", ""),
    }
    assert (ALMA.id, "Alma Road Surgery") in offers(BY_WORD["request"], "practice", KNOWN)


@pytest.mark.parametrize(
    ("line", "level", "typed"),
    [
        ("request Alder House estates high", Level.INTENSIVE, "high"),
        ("request Alder House Medium", Level.TARGETED, "Medium"),
        ("request Alder House roof leaks, low priority", Level.UNIVERSAL, "low priority"),
        ("request Alder House level of support high", Level.INTENSIVE, "level of support high"),
        ("request Alder House roof leaks, priority: medium", Level.TARGETED, "priority: medium"),
    ],
)
def test_how_urgent_it_is_becomes_the_level_of_support_in_sight(line: str, level: Level, typed: str) -> None:
    found = understood(line)
    (chip,) = [one for one in found.chips if one.field == "level"]
    assert (chip.value, chip.typed) == (level, typed)
    assert found.asks == (
        f"“{typed}” is read as the level of support “{level.words}”. Its chip takes another.",
    )
    made = record_of(found)
    assert isinstance(made, SupportRequest)
    assert made.level is level
    assert typed.split()[0] in understood(line, Corrected(off=frozenset({"level"}))).title


def test_a_level_in_its_own_words_takes_what_says_that_it_is_one() -> None:
    found = understood("request Alder House level intensive roof leaks")
    assert [chip.value for chip in found.chips if chip.field == "level"] == [Level.INTENSIVE]
    assert (found.title, found.asks) == ("roof leaks", ())


@pytest.mark.parametrize("word", ["low", "high", "urgent"])
def test_a_word_for_how_bad_it_is_among_others_stays_and_is_asked_about(word: str) -> None:
    found = understood(f"request Alder House estates {word} morale")
    assert found.title == f"{word} morale"
    assert "level" not in {chip.field for chip in found.chips}
    assert found.asks[0].startswith(f"“{word}” stays in the words. A level of support is universal")
    assert len(understood(f"request Alder House {word} morale and {word} turnover").asks) == 1


def test_a_request_needs_its_practice_and_others_their_words() -> None:
    assert understood("request roof leaks").lacking.startswith("A support request needs its practice")
    assert understood("request Al").lacking
    assert understood("action 5 Dec").lacking == "Write what it is about."
    with pytest.raises(ValueError, match="Write what it is about"):
        record_of(understood("action 5 Dec"))


def test_the_entry_is_made_of_the_chips_and_the_title() -> None:
    made = record_of(understood("request Alder House estates roof leaks"))
    assert isinstance(made, SupportRequest)
    assert (made.practice, made.category, made.summary) == (ALDER.id, Category.ESTATES, "roof leaks")


PIECES = st.sampled_from(
    [
        *BY_WORD, "WF", "PCN", "manager", "to", "by", "due", "5", "Dec", "next", "Fri", "+14", "18/11", "Alder",
        "House", "estates", "risk", "4", "high", "intensive", "R-003", "the", "roof", "12", "specialist", "advice",
        "level", "of", "support", "today",
    ]
)  # fmt: skip
LINES = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=12).map(" ".join))


@given(
    line=LINES,
    kind=st.sampled_from(["", *BY_WORD]),
    off=st.frozensets(st.sampled_from(["due", "owner", "practice", "category", "level", "risk"])),
)
def test_no_word_typed_is_ever_lost_or_told_twice(line: str, kind: str, off: frozenset[str]) -> None:
    found = understood(line, Corrected(kind=kind, off=off))
    told = [found.kind_typed, found.title, *(chip.typed for chip in found.chips)]
    assert Counter(word for words in told for word in words.split()) == Counter(line.split())


@given(LINES)
def test_the_words_of_the_title_keep_their_order(line: str) -> None:
    title, words = understood(line).title.split(), line.split()
    at = 0
    for word in title:
        at = words.index(word, at) + 1
