"""A commitment's page becomes its locator, for a paragraph is not a page; empty shares of maxima are filled after."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute(sa.text("ALTER TABLE commitment RENAME COLUMN page TO locator"))
    for table in ("drafts", "conflicts"):
        op.execute(
            sa.text(f"UPDATE {table} SET field = 'locator' WHERE kind = 'commitment' AND field = 'page'")
        )
