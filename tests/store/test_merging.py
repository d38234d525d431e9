"""What two sides come to, worked out from values alone: no file is needed for any of it."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain.kinds import Stored
from nhsdesk.domain.records import KINDS
from nhsdesk.store import journal, merging
from nhsdesk.store.journal import ADD, ERASED, PUT, REMOVE, Step, StepChange
from nhsdesk.store.merging import Assertion

COMMITMENT = KINDS["commitment"]
ID = 7 << 32 | 1
A, B, C = 1, 2, 3


def said(
    copy: int, number: int, action: str = PUT, *, knew: dict[int, int] | None = None, kind: str = "change",
    sealing: bool = False, **values: Stored,
) -> Assertion:  # fmt: skip
    """An assertion of a copy's step about one commitment."""
    if action == ADD:
        values = {"ref": "C-001", "title": "Promise", "restricted": 0, **values}
    nothing = (None,) * len(values)
    new, old = tuple(values.values()), nothing
    change = StepChange("commitment", ID, action, tuple(values), old, new)
    step = Step(
        copy, number, f"2026-10-01T09:00:{number:02}", "Ann", 1, "0.1", kind, "", None, sealing, knew or {}
    )
    return step, journal.salted(change)


BEGUN = said(A, 1, ADD, funding=50)


def merged(*assertions: Assertion) -> merging.Merged:
    return merging.as_if_there(COMMITMENT, assertions)


def test_of_one_line_of_changes_the_last_holds() -> None:
    found = merged(BEGUN, said(A, 2, title="Second"), said(B, 1, knew={A: 2}, title="Third"))
    assert found.fields["title"] == "Third"
    assert found.conflicts == ()


def test_different_fields_changed_on_both_sides_both_hold() -> None:
    found = merged(BEGUN, said(A, 2, title="Mine"), said(B, 1, knew={A: 1}, clause="4"))
    assert (found.fields["title"], found.fields["clause"]) == ("Mine", "4")
    assert found.conflicts == ()


def test_a_field_changed_on_both_sides_is_told_with_base_and_both_sides() -> None:
    (conflict,) = merged(BEGUN, said(A, 2, title="Mine"), said(B, 1, knew={A: 1}, title="Theirs")).conflicts
    assert (conflict.field, conflict.base) == ("title", "Promise")
    assert {head.copy: head.value for head in conflict.heads} == {A: "Mine", B: "Theirs"}


def test_the_same_change_on_both_sides_is_no_conflict() -> None:
    found = merged(BEGUN, said(A, 2, title="Same"), said(B, 1, knew={A: 1}, title="Same"))
    assert found.fields["title"] == "Same"
    assert found.conflicts == ()


def test_money_changed_on_both_sides_stays_as_both_last_had_it() -> None:
    found = merged(BEGUN, said(A, 2, funding=60), said(B, 1, knew={A: 1}, funding=70))
    assert found.fields["funding"] == 50
    assert [conflict.field for conflict in found.conflicts] == ["funding"]


def test_who_knew_of_both_sides_settles_the_field() -> None:
    found = merged(
        BEGUN,
        said(A, 2, funding=60),
        said(B, 1, knew={A: 1}, funding=70),
        said(C, 1, knew={A: 2, B: 1}, funding=70),
    )
    assert found.fields["funding"] == 70
    assert found.conflicts == ()


def test_two_who_settled_apart_are_a_conflict_again() -> None:
    found = merged(
        BEGUN,
        said(A, 2, funding=60),
        said(B, 1, knew={A: 1}, funding=70),
        said(A, 3, knew={B: 1}, funding=60),
        said(B, 2, knew={A: 2}, funding=70),
    )
    assert [conflict.field for conflict in found.conflicts] == ["funding"]


def test_a_change_taken_back_by_undo_is_no_side_of_a_conflict() -> None:
    found = merged(
        BEGUN,
        said(A, 2, funding=60),
        said(A, 3, kind="undo", funding=50),
        said(B, 1, knew={A: 1}, funding=70),
    )
    assert found.fields["funding"] == 70
    assert found.conflicts == ()


def test_a_removal_taken_back_by_undo_says_nothing_of_the_fields() -> None:
    everything = (
        BEGUN,
        said(A, 2, REMOVE),
        said(A, 3, ADD, kind="undo", funding=50),
        said(B, 1, knew={A: 1}, title="Theirs"),
    )
    assert merging.there(everything)
    assert not merging.told(everything)
    assert merged(*everything).fields["title"] == "Theirs"
    assert merged(*everything).conflicts == ()


def test_three_sides_are_told_of_all_three() -> None:
    (conflict,) = merged(
        BEGUN, *(said(copy, 2, knew={A: 1}, title=f"Of {copy}") for copy in (A, B, C))
    ).conflicts
    assert sorted(str(head.value) for head in conflict.heads) == ["Of 1", "Of 2", "Of 3"]


def test_what_was_removed_after_all_changes_is_gone() -> None:
    assert not merging.there([BEGUN, said(A, 2, title="Mine"), said(B, 1, REMOVE, knew={A: 2})])


def test_what_was_removed_on_one_side_and_changed_on_the_other_stays_and_is_told() -> None:
    everything = [BEGUN, said(A, 2, REMOVE), said(B, 1, knew={A: 1}, title="Theirs")]
    assert merging.there(everything)
    assert merging.told(everything)
    conflict = merging.existence(COMMITMENT, everything)
    assert {head.copy: head.value for head in conflict.heads} == {A: None, B: "C-001"}


def test_who_changes_what_another_copy_had_removed_has_said_that_it_stays() -> None:
    everything = [
        BEGUN,
        said(A, 2, REMOVE),
        said(B, 1, knew={A: 1}, title="Theirs"),
        said(B, 2, knew={A: 2}, clause="4"),
    ]
    assert merging.there(everything)
    assert not merging.told(everything)


def test_removed_on_both_sides_is_gone() -> None:
    assert not merging.there([BEGUN, said(A, 2, REMOVE), said(B, 1, REMOVE, knew={A: 1})])


def test_what_was_held_fast_goes_when_somebody_who_knew_as_much_removes_it() -> None:
    kept = said(A, 3, kind=merging.KEPT, knew={B: 1}, ref="C-001")
    everything = [BEGUN, said(A, 2, REMOVE), kept]
    assert merging.there(everything)
    assert not merging.there([*everything, said(B, 3, REMOVE, knew={A: 2})])


def test_what_was_held_fast_stays_when_somebody_removes_it_unknowing() -> None:
    kept = said(A, 3, kind=merging.KEPT, knew={B: 1}, ref="C-001")
    assert merging.there([BEGUN, said(A, 2, REMOVE), kept, said(C, 1, REMOVE, knew={A: 1})])


def test_a_removal_that_does_not_count_leaves_the_record_there() -> None:
    everything = [BEGUN, said(A, 2, REMOVE)]
    assert not merging.there(everything)
    assert merging.there(everything, void={(A, 2)})


def test_what_was_changed_elsewhere_before_knowing_of_the_sealing_is_refused() -> None:
    sent = said(A, 2, sealing=True, clause="4")
    late = said(B, 1, knew={A: 1}, title="Theirs")
    knowing = said(B, 2, knew={A: 2}, title="After")
    hold, refused = merging.before_sealing([BEGUN, sent, late, knowing], [sent[0]])
    assert late in refused
    assert hold == (BEGUN, sent, knowing)


def test_an_erasure_holds_against_a_sealing_it_did_not_know_of() -> None:
    sent = said(A, 2, sealing=True, clause="4")
    erased = said(B, 1, knew={A: 1}, kind=merging.ERASE, quotation=None)
    assert merging.before_sealing([BEGUN, sent, erased], [sent[0]])[1] == ()


def test_erased_words_say_nothing() -> None:
    step, change = said(B, 1, knew={A: 1}, title="[erased]")
    erased = StepChange(change.kind, change.id, PUT, ("title",), (None,), (None,), ERASED, change.digests)
    found = merged(BEGUN, said(A, 2, kind=merging.ERASE, title="[erased]"), (step, erased))
    assert found.fields["title"] == "[erased]"
    assert found.conflicts == ()


# ---- whatever order the steps came in

VALUES = st.sampled_from(["one", "two", "three"])


@st.composite
def histories(draw: st.DrawFn) -> list[Assertion]:
    """What three copies said of one record, each knowing of the others what it had met."""
    numbers = {A: 1, B: 0, C: 0}
    seen: dict[int, dict[int, int]] = {A: {}, B: {A: 1}, C: {A: 1}}
    made = [BEGUN]
    for _ in range(draw(st.integers(1, 7))):
        copy = draw(st.sampled_from([A, B, C]))
        if draw(st.booleans()):
            other = draw(st.sampled_from([one for one in (A, B, C) if one != copy]))
            for one, number in {**seen[other], other: numbers[other]}.items():
                if one != copy:
                    seen[copy][one] = max(number, seen[copy].get(one, 0))
            continue
        numbers[copy] += 1
        action = draw(st.sampled_from([PUT, PUT, PUT, REMOVE]))
        kind = draw(st.sampled_from(["change", "undo", merging.KEPT]))
        values: dict[str, Stored] = {"title": draw(VALUES), "funding": draw(st.integers(1, 3))}
        if action == REMOVE:
            values, kind = {}, "change"
        elif kind == merging.KEPT:
            values = {"ref": "C-001"}
        made.append(
            said(copy, numbers[copy], action, kind=kind, knew=dict(seen[copy]), sealing=False, **values)
        )
    return made


@given(histories())
def test_the_outcome_does_not_depend_on_the_order_of_arrival(everything: list[Assertion]) -> None:
    first = (merging.there(everything), merging.told(everything), merged(*everything))
    for turned in list(permutations(everything))[:24]:
        assert (merging.there(turned), merging.told(turned), merged(*turned)) == first


@given(histories())
def test_a_head_is_followed_by_nothing_and_everything_else_by_some_head(everything: list[Assertion]) -> None:
    heads = merging.heads(everything)
    assert heads
    for one in everything:
        followed = any(merging.follows(other[0], one[0]) for other in everything)
        assert followed != (one in heads)


@given(histories())
def test_a_conflict_names_sides_that_differ_and_the_value_is_one_of_them_or_the_base(
    everything: list[Assertion],
) -> None:
    found = merged(*everything)
    for conflict in found.conflicts:
        values = [head.value for head in conflict.heads]
        assert len(set(values)) > 1
        assert found.fields[conflict.field] in [*values, conflict.base]
