"""What practices and organisations are called."""

from __future__ import annotations

from datetime import date

from nhsdesk.domain.organisations import LondonZone, Practice

TODAY = date(2026, 11, 20)


def test_a_london_zone_is_called_alike_everywhere() -> None:
    assert [zone.words for zone in LondonZone] == ["Outside London", "Outer London", "Inner London"]


def test_a_london_zone_is_read_by_its_words_and_by_what_is_kept() -> None:
    kind = Practice.KIND.field("london_zone").kind
    for zone in LondonZone:
        assert kind.read(zone.words, TODAY) is zone
        assert kind.read(zone.value, TODAY) is zone
