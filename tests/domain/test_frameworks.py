"""Frameworks as they are shipped and as files bring them: what is official, what is wrong, what changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk import resources
from nhsdesk.domain import frameworks
from nhsdesk.domain.assessments import Standing
from nhsdesk.domain.frameworks import COLUMNS, FrameworkFile, Template, TemplateLine
from nhsdesk.domain.problems import Weight


def shipped(key: str) -> Template:
    return next(one for one in resources.frameworks() if one.key == key)


def row(ref: str = "S1", standard: str = "Audits", **other: str) -> list[str]:
    cells = {
        "framework": "ODF", "version": "2026/27", "section": "1 Lead", "indicator_ref": "I1", "indicator": "Led",
        "standard_ref": ref, "standard": standard, "source_page": "p. 4", **other,
    }  # fmt: skip
    return [cells[name] for name in COLUMNS]


def read(*rows: list[str], heads: tuple[str, ...] = COLUMNS) -> FrameworkFile:
    found = frameworks.read([list(heads), *rows])
    assert found is not None
    return found


def wrong(*rows: list[str], heads: tuple[str, ...] = COLUMNS) -> str:
    found = read(*rows, heads=heads)
    assert found.template is None
    assert all(one.weight is Weight.MUST_FIX for one in found.problems)
    return " ".join(one.sentence for one in found.problems)


# ---- those that are shipped


def test_the_advice_framework_is_the_icbs_with_its_sections_and_says_how_much_of_it_was_found() -> None:
    held = shipped("advice-and-guidance")
    assert held.scored_by == "the ICB"
    assert [name[:1] for name in held.sections] == ["1", "2", "3", "4", "5", "6", "7", "G"]
    assert held.count(Standing.VERIFIED) == 13
    assert held.source.startswith("13 lines of more than 70, in our words: the others were not found.")
    assert held.standing is None


def test_quarterly_audits_and_peer_learning_are_verified_and_name_where_they_were_read() -> None:
    lines = {line.standard_ref: line for line in shipped("advice-and-guidance").lines}
    audits, learning = lines["AG-01"], lines["AG-02"]
    assert "audits at specialty level" in audits.standard
    assert "peer learning programme" in learning.standard
    assert {audits.standing, learning.standing} == {Standing.VERIFIED}
    assert "Ockham Healthcare" in audits.source_page
    assert "our inference" in learning.source_page


def test_nothing_unofficial_looks_official() -> None:
    for framework in resources.frameworks():
        for line in framework.lines:
            if line.standing is not Standing.VERIFIED:
                assert line.standing is Standing.LOCAL
                assert "ocal prompt" in line.source_page
            assert "p. " not in line.source_page, "no source gave a page"
        for level in framework.levels.splitlines():
            assert level.endswith(("(verified against a source)", "wording)", "England’s)"))


def test_what_pcns_score_themselves_is_local_throughout() -> None:
    for key in ("int-readiness", "place-maturity", "collaborative-maturity"):
        held = shipped(key)
        assert (held.standing, held.scored_by) == (Standing.LOCAL, "ours")
        assert held.count(Standing.VERIFIED) == 0
    assert [line.standard for line in shipped("collaborative-maturity").lines] == [
        "A shared vision and leadership", "A target operating model", "Estates", "Technology and information",
        "Workforce",
    ]  # fmt: skip


def test_references_in_a_shipped_framework_are_its_own() -> None:
    for framework in resources.frameworks():
        refs = [line.standard_ref for line in framework.lines]
        assert len(refs) == len(set(refs))


# ---- a file


def test_a_file_is_known_by_its_headings_below_a_title_and_in_any_order() -> None:
    heads = [name.replace("_", " ").title() for name in reversed(COLUMNS)]
    found = frameworks.read([["The framework"], [], [*heads, "Owner"], [*reversed(row()), "x"]])
    assert found is not None
    assert found.template is not None
    assert found.template.lines == (
        TemplateLine("1 Lead", "Audits", "S1", "I1", "Led", "p. 4", Standing.IMPORTED),
    )
    assert found.notes == ("Left aside, because no column of ours is called so: “owner”.",)


def test_a_file_with_other_headings_is_no_framework_file() -> None:
    assert frameworks.read([["Name", "Section"], ["a", "b"]]) is None
    assert frameworks.read([]) is None


def test_missing_columns_are_named() -> None:
    short = tuple(name for name in COLUMNS if name not in ("section", "source_page"))
    assert "There are no columns called “section” or “source_page”. Add them to the file." in wrong(
        heads=short
    )


def test_a_column_that_stands_twice_is_named() -> None:
    assert "More than one column is called “standard”" in wrong(heads=(*COLUMNS, "standard"))


def test_a_duplicate_reference_is_told_with_its_rows() -> None:
    assert wrong(row("S1"), row("S2"), row("s1"), row("S1")) == (
        "The standard_ref “S1” stands in rows 2, 4 and 5."
    )


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([row(), row("S2", "")], "Row 3 has no standard."),
        ([row(), row("S2", section="")], "Row 3 has no section."),
        ([row(framework="")], "Row 2 does not say which framework this is."),
        ([row(), row("S2", version="2027/28")], "Row 3 names another version."),
        ([row(), row("S2", "#REF!")], "Row 3: the standard is an error of the spreadsheet"),
        ([row("S" * 301)], "Row 2: the standard_ref is longer than 300 letters."),
        ([row(standard="x" * 5001)], "Row 2: the standard is longer than 5,000 letters."),
        ([], "It has its headings and no line below them."),
    ],
)
def test_a_row_that_cannot_be_taken_in_is_told(rows: list[list[str]], words: str) -> None:
    assert words in wrong(*rows)


def test_many_faults_are_told_in_a_few_sentences() -> None:
    rows = [row(f"S{n // 2}") for n in range(200)]
    found = read(*rows)
    assert len(found.problems) == frameworks.MOST_TOLD + 1
    assert found.problems[-1].sentence == "And 80 more of the kind."


def test_nothing_in_a_file_makes_a_line_verified() -> None:
    found = read([*row(), "verified against a source"], heads=(*COLUMNS, "standing"))
    assert found.template is not None
    assert found.template.lines[0].standing is Standing.IMPORTED


def test_signs_nobody_sees_are_left_out_and_formulas_stay_words() -> None:
    found = read(row(standard="=HYPERLINK(1)\u202e\x00 \ud83d"))
    assert found.template is not None
    assert found.template.lines[0].standard == "=HYPERLINK(1) \ufffd"


@given(st.lists(st.lists(st.one_of(st.none(), st.text(), st.integers()), max_size=9), max_size=6))
def test_no_sheet_stops_the_reading(rows: list[list[object]]) -> None:
    frameworks.read([list(COLUMNS), *[[*cells, *[None] * 8][:8] for cells in rows]])


# ---- versions


def test_what_changed_between_versions_is_told() -> None:
    old = (
        TemplateLine("1 A", "Audits", "S1"),
        TemplateLine("1 A", "Learn", "S2"),
        TemplateLine("1 A", "Go", "S3"),
    )
    new = (
        TemplateLine("1 A", "Audits yearly", "S1"),
        TemplateLine("2 B", "Learn", "s2"),
        TemplateLine("1 A", "N", "S4"),
    )
    assert frameworks.changes(old, new).told == (
        "New: S4.", "No longer there: S3.", "Worded otherwise: S1.", "In another section: s2.",
    )  # fmt: skip
    assert not frameworks.changes(old, old)
