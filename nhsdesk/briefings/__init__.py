"""Papers a board reads, as PDF: each is mostly a tuple of sections."""
