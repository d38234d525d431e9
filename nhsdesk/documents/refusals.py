"""How a file that cannot be read is turned away: what happened, what is safe, what to do."""

from __future__ import annotations

from nhsdesk.errors import FileRefused


def refused(name: str, what: str, advice: str) -> FileRefused:
    """The sentence for the person. Neither part may quote what a cell holds."""
    return FileRefused(f"{name} was not read: {what}. Nothing has been changed. {advice}")


def damaged(name: str) -> FileRefused:
    """For a workbook that is broken inside."""
    return refused(
        name,
        "it is damaged, or was not saved completely",
        "Open it in Excel, save it as a new .xlsx file, and read that in; or ask for the file again.",
    )


def too_large(name: str, what: str) -> FileRefused:
    """For more than a desk file ever holds."""
    advice = "Remove the rows, columns and sheets that are not needed, save a copy, and read that in."
    return refused(name, what, advice)
