"""Views of a register that are kept in the record under a name, so that everybody who opens it has them."""

from __future__ import annotations

from nhsdesk.domain.fields import Record, flag, long_text, record, reference, text


@record(
    title="Saved view",
    plural="Saved views",
    prefix="VW",
    columns=("name", "register", "columns", "filters", "in_order", "grouped_by"),
)
class SavedView(Record):
    """Which columns of a register are shown, which entries, in which order."""

    name: str = text("Name")
    register: str = reference("Register")
    columns: str | None = long_text("Columns", default=None, help="One on each line.")
    filters: str | None = long_text("Filters", default=None, help="One on each line.")
    words: str | None = text("Words looked for", default=None)
    in_order: str | None = text("In the order of", default=None)
    grouped_by: str | None = text("Grouped by", default=None)
    totals: bool | None = flag("Totals shown", default=None)
