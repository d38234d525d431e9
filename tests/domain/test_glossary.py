"""Terms are found as whole words, mean what they meant on a day, and lead to what they came from and became."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk import resources
from nhsdesk.domain.glossary import Found, GlossaryTerm, State, Sureness, Term, with_own
from nhsdesk.domain.glossary_links import Link, links_of, span
from nhsdesk.domain.glossary_lookup import Glossary

TODAY = date(2026, 11, 20)
KNOWN = Glossary(resources.glossary())


def forms(text: str, glossary: Glossary = KNOWN) -> list[str]:
    return [one.form for one in glossary.find(text)]


def term(name: str, glossary: Glossary = KNOWN) -> Term:
    found = glossary.named(name)
    assert found is not None, name
    return found


def with_ours(*own: GlossaryTerm) -> Glossary:
    return Glossary(with_own(resources.glossary(), own))


def said(words: str, meaning: str = "Ours.", **fields: str | date) -> GlossaryTerm:
    return GlossaryTerm(term=words, meaning=meaning, **fields)  # type: ignore[arg-type]


def names(word: str, matter: str = "", glossary: Glossary = KNOWN) -> list[str]:
    return [step.name for step in glossary.chain(term(word, glossary), matter)]


# ---- found in a text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The INT meets", ["INT"]),
        ("INTs and PCNs", ["INT", "PCN"]),
        ("the PCN's plan, the PCN’s list", ["PCN", "PCN"]),
        ("int, Int, pcn, INTERNAL, APCN, INT_1", []),
        ("Referred to INT-001 and to DES-A12", []),
        ("A non-PCN post, INT-led", ["PCN", "INT"]),
        ("Use A&G or e-RS", ["A&G", "e-RS"]),
        ("BA&G", []),
        ("a place to park, a system, the region and a host", []),
        ("Place, System, Region, Host, Three shifts", []),
        ("A hub, two hubs, HUB, Github", ["hub", "hub", "hub"]),
        ("a same-day access hub", ["same-day access hub"]),
        ("the Network Contract DES", ["network contract des"]),
        (
            "a primary care\n  network, Primary Care Networks",
            ["primary care network", "primary care network"],
        ),
        ("NG12 (NG123)", ["NG12"]),
        ("", []),
    ],
)
def test_terms_are_found_as_whole_words_and_abbreviations_only_in_capitals(
    text: str, found: list[str]
) -> None:
    assert forms(text) == found


def test_an_abbreviation_of_our_own_is_not_found_in_small_letters() -> None:
    ours = with_ours(said("PA", expansion="physician associate"), said("Wexmere way"))
    assert forms("A PA is not a pa, nor Pa. PAs.", ours) == ["PA", "PA"]
    assert forms("the wexmere WAY", ours) == ["wexmere way"]


def test_the_longest_term_wins_and_none_overlap() -> None:
    assert forms("ICS NHS Body and ICS Partnership and ICS") == ["ics nhs body", "ics partnership", "ICS"]


@given(st.text(max_size=200))
def test_any_text_is_searched_and_what_is_found_stands_there(text: str) -> None:
    end = 0
    for one in KNOWN.find(text):
        assert end <= one.start < one.end <= len(text)
        assert KNOWN.senses(one.form)
        end = one.end


SHORT = sorted(form for one in resources.glossary() if one.found is Found.EXACT for form in one.forms)


@given(st.sampled_from(SHORT), st.characters(categories=("L", "Nd")), st.booleans())
def test_an_abbreviation_inside_a_longer_word_is_not_found(form: str, letter: str, before: bool) -> None:
    text = f"{letter}{form}" if before else f"{form}{letter}"
    assert form not in forms(text) or (letter == "s" and not before)


@given(st.sampled_from(SHORT), st.text(" .,;:()'\"\n", max_size=5), st.text(" .,;:()'\"\n", max_size=5))
def test_an_abbreviation_among_stops_and_spaces_is_found(form: str, before: str, after: str) -> None:
    assert forms(before + form + after) == [form]


@given(st.sampled_from([form for form in SHORT if form != form.lower()]))
def test_an_abbreviation_in_small_letters_is_never_found(form: str) -> None:
    assert forms(form.lower()) == []


# ---- as at a day


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        (date(2017, 1, 1), "Local alliance"),
        (date(2019, 5, 1), "Local alliance"),
        (date(2022, 1, 1), "Local alliance"),
        (date(2022, 7, 1), "Joint committee"),
        (TODAY, "Joint committee"),
    ],
)
def test_one_word_means_what_it_meant_on_the_day(day: date, begins: str) -> None:
    found = KNOWN.sense("ICP", day)
    assert found is not None
    assert found.meaning.startswith(begins)
    assert "another thing" in found.beware


@pytest.mark.parametrize(
    ("name", "day", "state"),
    [
        ("CCG", date(2013, 3, 31), State.NOT_YET),
        ("CCG", date(2013, 4, 1), State.IN_USE),
        ("CCG", date(2022, 6, 30), State.IN_USE),
        ("CCG", date(2022, 7, 1), State.OVER),
        ("ACS", date(2018, 2, 28), State.IN_USE),
        ("ACS", date(2018, 3, 1), State.OVER),
        ("ICS NHS Body", date(2022, 6, 30), State.IN_USE),
        ("ICS NHS Body", date(2022, 7, 1), State.OVER),
        ("STP (plan)", date(2015, 4, 1), State.IN_USE),
        ("PCN", TODAY, State.IN_USE),
        ("NHSE", TODAY, State.IN_USE),
    ],
)
def test_a_term_is_in_use_from_its_first_day_to_its_last(name: str, day: date, state: State) -> None:
    assert KNOWN.state(term(name), day) is state


def test_what_is_told_says_that_a_term_is_no_longer_used_or_not_yet() -> None:
    assert "No longer in use on 20 November 2026." in KNOWN.told(term("CCG"), TODAY)
    assert "Not yet in use on 1 May 2010." in KNOWN.told(term("CCG"), date(2010, 5, 1))
    assert " in use on " not in KNOWN.told(term("CCG"), date(2015, 5, 1))


def test_terms_keep_changing_and_each_leads_to_the_one_in_use_now() -> None:
    for old, now in (
        ("CCG", "ICB"),
        ("ICS NHS Body", "ICB"),
        ("ACS", "ICS"),
        ("ICS Partnership", "ICP (2022)"),
    ):
        last = KNOWN.chain(term(old))[-1].name
        assert last == now
        assert KNOWN.state(term(last), TODAY) is State.IN_USE


@given(st.sampled_from([form for one in resources.glossary() for form in one.forms]), st.dates())
def test_a_term_means_something_on_every_day(form: str, day: date) -> None:
    found = KNOWN.sense(form, day)
    assert found is not None
    assert KNOWN.told(found, day).startswith(found.in_short)


# ---- what came before and after


def test_the_management_of_gp_contracts_passed_from_pct_to_nhse_to_ccg_to_icb() -> None:
    assert names("PCT", "GP contracts") == ["PCT", "NHSE", "CCG", "ICB"]
    chain = "GP contracts: PCT, then NHSE from 2013, then CCG, then ICB from 1 July 2022."
    for name in ("PCT", "NHSE", "CCG", "ICB"):
        assert chain in KNOWN.told(term(name), TODAY)
    assert "GP contracts" not in KNOWN.told(term("NHSI"), TODAY)


def test_the_bodies_themselves_followed_each_other_another_way() -> None:
    for name in ("PCT", "CCG", "ICB"):
        assert names(name) == ["PCT", "CCG", "ICB"]
    assert names("NHSE") == ["NHSI", "NHSE", "DHSC"]


def test_descent_by_policy_is_told_apart_from_succession_in_law() -> None:
    assert "ACO, then (by policy, not law) IHO." in KNOWN.told(term("ACO"), TODAY)
    assert "PCN, then perhaps (by policy, not law) SNP." in KNOWN.told(term("PCN"), TODAY)
    assert "by policy" not in KNOWN.told(term("CCG"), TODAY)


NAMES = st.sampled_from(["A", "B", "C", "D", "E"])
LINKS = st.lists(
    st.builds(Link, NAMES, st.sampled_from(["", "money"]), st.booleans(), st.booleans()), max_size=3
)
TERMS = st.lists(
    st.builds(Term, NAMES, st.just("M."), came_after=LINKS.map(tuple), became=LINKS.map(tuple)),
    max_size=5,
    unique_by=lambda one: one.name,
)


@given(TERMS, st.sampled_from(["", "money", "staff"]), st.dates())
def test_a_chain_ends_and_names_nothing_twice_even_where_terms_go_in_a_circle(
    terms: list[Term], matter: str, day: date
) -> None:
    glossary = Glossary(terms)
    for one in terms:
        held = [step.name for step in glossary.chain(one, matter)]
        assert one.name in held
        assert len(held) == len(set(held))
        glossary.told(one, day)


@pytest.mark.parametrize(
    ("written", "links"),
    [
        ("", ()),
        (" | ; ~ | ? ", ()),
        ("ICB", (Link("ICB"),)),
        ("~SNP?", (Link("SNP", policy=True, unsure=True),)),
        ("A | B", (Link("A"), Link("B"))),
        ("GP contracts: NHSE since 2013", (Link("NHSE", "GP contracts", since=span("2013")),)),
        ("ICB since the war", (Link("ICB since the war"),)),
        ("ICB since 2013-99", (Link("ICB since 2013-99"),)),
    ],
)
def test_successions_are_read_from_one_line_of_words(written: str, links: tuple[Link, ...]) -> None:
    assert links_of(written) == links


@given(st.text(max_size=80))
def test_no_words_of_anybody_stop_the_reading_of_successions(words: str) -> None:
    assert all(link.name for link in links_of(words))


@pytest.mark.parametrize(
    ("written", "first", "last", "words"),
    [
        ("2013-04-01", date(2013, 4, 1), date(2013, 4, 1), "1 April 2013"),
        ("2022-07", date(2022, 7, 1), date(2022, 7, 31), "July 2022"),
        ("2015/16", date(2015, 4, 1), date(2016, 3, 31), "2015/16"),
        ("2013", date(2013, 1, 1), date(2013, 12, 31), "2013"),
    ],
)
def test_a_time_is_as_precise_as_it_is_known(written: str, first: date, last: date, words: str) -> None:
    read = span(written)
    assert read is not None
    assert (read.first, read.last, read.words) == (first, last, words)


# ---- our own


def test_our_own_word_takes_the_place_of_the_shipped_one_and_keeps_what_it_leaves_open() -> None:
    ours = with_ours(said("pcn", "Our six practices"))
    held = term("PCN", ours)
    assert (held.meaning, held.expansion, held.sureness) == (
        "Our six practices.",
        "primary care network",
        Sureness.OURS,
    )
    assert held.used_from == span("2019-07-01")
    assert forms("PCN pcn", ours) == ["PCN"]
    assert len(ours.terms) == len(KNOWN.terms)


def test_our_own_word_is_added_with_its_days_and_successor() -> None:
    ours = with_ours(
        said("WFG", "A group", used_from=date(2024, 4, 1), used_to=date(2025, 3, 31), successor="PCN")
    )
    assert ours.told(term("WFG", ours), TODAY) == (
        "WFG: A group. From 1 April 2024 to 31 March 2025. No longer in use on 20 November 2026. "
        "WFG, then PCN, then perhaps (by policy, not law) SNP."
    )


def test_our_own_sense_of_a_word_of_two_senses_stands_beside_them() -> None:
    ours = with_ours(said("ICP", "Our pathway", used_from=date(2026, 1, 1)))
    assert len(ours.senses("ICP")) == 3
    now, before = ours.sense("ICP", TODAY), ours.sense("ICP", date(2023, 1, 1))
    assert now is not None
    assert now.meaning == "Our pathway."
    assert before is not None
    assert before.meaning.startswith("Joint committee")


def test_two_of_our_own_for_one_word_hold_each_for_its_time() -> None:
    ours = with_ours(
        said("Hub", "The old site", used_to=date(2025, 3, 31)),
        said("Hub", "The site in Mill Road", used_from=date(2025, 4, 1)),
    )
    meanings = [
        getattr(ours.sense("hub", day), "meaning", "") for day in (date(2025, 3, 31), date(2025, 4, 1))
    ]
    assert meanings == ["The old site.", "The site in Mill Road."]


@given(st.lists(st.builds(GlossaryTerm, term=st.text(max_size=12), meaning=st.text(max_size=12)), max_size=4))
def test_no_word_that_anybody_keeps_stops_the_finding(own: list[GlossaryTerm]) -> None:
    ours = with_ours(*own)
    for one in own:
        ours.told_of(f"The PCN and {one.term}", TODAY)
    assert "PCN" in forms("The PCN", ours) or any(one.term.strip() for one in own)


# ---- beware, in full, offered


def test_hub_carries_the_warning_that_it_is_used_for_two_things() -> None:
    told = KNOWN.told_of("Millbrook Hub", TODAY)
    assert "Beware: The same word is used for same-day access hubs" in told
    assert "Not the same as a neighbourhood hub" in KNOWN.told_of("A same-day access hub", TODAY)


def test_what_is_not_checked_says_so_and_what_a_source_said_does_not() -> None:
    assert "not checked against a source" in KNOWN.told(term("LMC"), TODAY)
    assert "checked" not in KNOWN.told(term("PCN"), TODAY)


def test_expansions_are_those_that_occur_once_each_in_the_order_of_the_alphabet() -> None:
    text = "PCNs ask the ICB. The PCN, its INT, e-RS and A&G. The ICS NHS Body. pcn, place, hub."
    assert [form for form, _ in KNOWN.expansions(text, TODAY)] == ["A&G", "e-RS", "ICB", "ICS", "INT", "PCN"]
    assert KNOWN.expansions("", TODAY) == ()


@pytest.mark.parametrize(
    ("day", "expansion"),
    [
        (date(2015, 6, 1), "sustainability and transformation plan"),
        (date(2019, 1, 1), "sustainability and transformation partnership"),
    ],
)
def test_an_expansion_is_that_of_the_day(day: date, expansion: str) -> None:
    assert KNOWN.expansions("The STP", day) == (("STP", expansion),)


@given(st.text(max_size=200))
def test_expansions_are_sorted_and_each_stands_in_the_text(text: str) -> None:
    found = [form for form, _ in KNOWN.expansions(f"{text} PCN ICB", TODAY)]
    assert found == sorted(set(found), key=str.casefold)
    assert {"PCN", "ICB"} <= set(found)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("PCN", "PCN"), ("pcn", "PCN"), ("primary care net", "PCN"), ("icp", "ICP (2018)"), ("hub", "Hub"),
        ("advice and g", "A&G"), ("fuller", "Fuller stocktake"), ("stocktake", "Fuller stocktake"),
    ],
)  # fmt: skip
def test_a_term_is_offered_to_whoever_types_it_or_its_beginning(typed: str, first: str) -> None:
    assert KNOWN.offered(typed)[0].name == first


@pytest.mark.parametrize("typed", ["", " ", "p", "zzzz", "%", "\\"])
def test_words_that_begin_no_term_offer_none(typed: str) -> None:
    assert KNOWN.offered(typed) == ()


def test_the_line_offered_gives_the_abbreviation_in_full() -> None:
    assert KNOWN.offered("PCN")[0].in_short.startswith("PCN: primary care network. Group of practices")
