"""The words of the field as this file has them: those that came with the program, and what the PCN says of them."""

from __future__ import annotations

from nhsdesk import resources
from nhsdesk.domain.glossary import GlossaryTerm, with_own
from nhsdesk.domain.glossary_lookup import Glossary
from nhsdesk.store.reading import Reader


def read(reader: Reader) -> Glossary:
    """The words that came with the program with those of this file."""
    return Glossary(with_own(resources.glossary(), reader.counting(GlossaryTerm)))
