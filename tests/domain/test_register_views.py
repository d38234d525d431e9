"""How a register is shown comes back from its saved view as it was."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain.commitments import Status
from nhsdesk.domain.register_views import NOT_GIVEN, Arrangement, fields_of, read, value_words
from nhsdesk.domain.saved_views import SavedView

KNOWN = {"ref": "Ref", "status": "Status", "due": "By when", "title": "What"}
names = st.sampled_from(sorted(KNOWN))
values = st.sampled_from([NOT_GIVEN, "yes", "no", "over-committed", "a = b within 3 days"])
arrangements = st.builds(
    Arrangement,
    columns=st.lists(names, unique=True).map(tuple),
    words=st.sampled_from(["", "footprint", "care home"]),
    values=st.lists(st.tuples(names, values)).map(tuple),
    within=st.lists(st.tuples(names, st.integers(0, 400))).map(tuple),
    order=names,
    descending=st.booleans(),
    grouped_by=st.sampled_from(["", *KNOWN]),
    totals=st.booleans(),
)


def kept(shown: Arrangement) -> SavedView:
    return SavedView(name="Ours", register="commitment", **fields_of(shown))


@given(arrangements)
def test_every_arrangement_comes_back_as_it_was_kept(shown: Arrangement) -> None:
    assert read(kept(shown), KNOWN) == (shown, ())


def test_what_is_no_longer_there_is_told_once_and_left_out() -> None:
    shown = Arrangement(
        ("ref", "lead", "due"), "", (("lead", "x"), ("status", "met")), (), "lead", True, "lead"
    )
    found, told = read(kept(shown), KNOWN)
    assert found == Arrangement(("ref", "due"), "", (("status", "met"),))
    assert told == ("It names the column “lead”, which is no longer there.",)


def test_a_filter_somebody_wrote_by_hand_and_nobody_can_read_is_told() -> None:
    view = replace(kept(Arrangement()), filters="due before Easter\nstatus = met")
    found, told = read(view, KNOWN)
    assert found.values == (("status", "met"),)
    assert told == ("Its filter “due before Easter” could not be read.",)


def test_values_are_named_as_the_file_keeps_them() -> None:
    assert [value_words(one) for one in (Status.MET, True, False, None)] == [
        Status.MET.value, "yes", "no", NOT_GIVEN,
    ]  # fmt: skip
