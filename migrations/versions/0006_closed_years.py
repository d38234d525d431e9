"""Financial years that were closed, with the outturn as it was known then."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE closed_year (
            id INTEGER NOT NULL,
            version INTEGER NOT NULL,
            ref TEXT NOT NULL,
            year TEXT NOT NULL,
            closed_on TEXT NOT NULL,
            closed_by TEXT NOT NULL,
            acknowledged TEXT,
            outturn TEXT,
            facts TEXT,
            position INTEGER NOT NULL,
            program TEXT NOT NULL,
            CONSTRAINT pk_closed_year PRIMARY KEY (id),
            CONSTRAINT uq_closed_year_ref UNIQUE (ref)
        )
         STRICT
        """
    )
