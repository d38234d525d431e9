"""Integrators elsewhere, to be read beside one's own: examples that come with the program, never entries of a file."""

from __future__ import annotations

from dataclasses import dataclass

GP_PROVIDER = "GP provider"


@dataclass(frozen=True, slots=True)
class NamedPartner:
    """A partner as it was told of; without a name where only its sector was."""

    name: str
    sector: str

    @property
    def words(self) -> str:
        """Its name and sector, or that it is named only as a sector."""
        return f"{self.name} ({self.sector})" if self.name else f"{self.sector} (named only as a sector)"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Who hosts the integrator of a place and who takes part, as one article told it."""

    place: str
    host: str
    fund_holder: str
    partners: tuple[NamedPartner, ...]
    source: str
    standing: str
    dated: str
    contract_holder: str = "unknown"
    accountable_body: str = "unknown"

    @property
    def gp_provider(self) -> str:
        """Whether a GP provider is named among the partners."""
        named = [one.name for one in self.partners if one.sector == GP_PROVIDER and one.name]
        if named:
            return f"Yes: {', '.join(named)}"
        unnamed = [one.sector for one in self.partners if not one.name]
        return f"No. Named only as a sector: {', '.join(unnamed)}" if unnamed else "No"


@dataclass(frozen=True, slots=True)
class SuggestedFunction:
    """A function that integrators were found to have, with where it was found. The list is known to be partial."""

    name: str
    source: str


@dataclass(frozen=True, slots=True)
class EligibleHost:
    """What is said of a sector as a host of an integrator, and where."""

    sector: str
    words: str
    source: str
