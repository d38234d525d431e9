"""Runs the migrations over the connection that the program hands in, inside the program's own transaction."""

from alembic import context


def _ours(name, type_, parents):
    """Search tables are derived and made again; no migration knows them."""
    return not (type_ == "table" and name is not None and name.startswith("found_"))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes.get("metadata"),
    include_name=_ours,
    render_as_batch=True,
)
context.run_migrations()
