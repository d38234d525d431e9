"""Workbooks of others, filings, composed briefings and cover sheets, and saved views."""

from alembic import op

revision = "0005"
down_revision = "0004"


ADDED = (
    """
    CREATE TABLE composed_briefing (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        title TEXT NOT NULL,
        paper TEXT NOT NULL,
        body INTEGER,
        meeting INTEGER,
        read_by TEXT NOT NULL,
        as_at TEXT,
        since TEXT,
        draft TEXT NOT NULL,
        edition INTEGER,
        template INTEGER NOT NULL,
        CONSTRAINT pk_composed_briefing PRIMARY KEY (id),
        CONSTRAINT uq_composed_briefing_ref UNIQUE (ref),
        CONSTRAINT fk_composed_briefing_body_body FOREIGN KEY(body)
                REFERENCES body (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_composed_briefing_meeting_meeting FOREIGN KEY(meeting)
                REFERENCES meeting (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE composed_section (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        briefing INTEGER NOT NULL,
        number INTEGER NOT NULL,
        section TEXT NOT NULL,
        shown INTEGER NOT NULL,
        "before" TEXT,
        "after" TEXT,
        private_until TEXT,
        CONSTRAINT pk_composed_section PRIMARY KEY (id),
        CONSTRAINT uq_composed_section_ref UNIQUE (ref),
        CONSTRAINT fk_composed_section_briefing_composed_briefing FOREIGN KEY(briefing)
                REFERENCES composed_briefing (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE cover_sheet (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        title TEXT NOT NULL,
        item INTEGER,
        body INTEGER,
        author INTEGER,
        presenter INTEGER,
        sponsor INTEGER,
        purpose TEXT,
        summary TEXT,
        recommendations TEXT,
        considered_by TEXT,
        conflicts TEXT,
        objectives TEXT,
        risks TEXT,
        finance TEXT,
        quality TEXT,
        equality TEXT,
        legal TEXT,
        engagement TEXT,
        data_protection TEXT,
        sustainability TEXT,
        appendices TEXT,
        proposal TEXT,
        in_public INTEGER,
        exemption TEXT,
        edition INTEGER,
        CONSTRAINT pk_cover_sheet PRIMARY KEY (id),
        CONSTRAINT uq_cover_sheet_ref UNIQUE (ref),
        CONSTRAINT fk_cover_sheet_item_agenda_item FOREIGN KEY(item)
                REFERENCES agenda_item (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_cover_sheet_body_body FOREIGN KEY(body)
                REFERENCES body (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_cover_sheet_author_person FOREIGN KEY(author)
                REFERENCES person (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_cover_sheet_presenter_person FOREIGN KEY(presenter)
                REFERENCES person (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_cover_sheet_sponsor_person FOREIGN KEY(sponsor)
                REFERENCES person (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE filing (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        title TEXT NOT NULL,
        kind TEXT NOT NULL,
        made_by INTEGER,
        period TEXT,
        due_on TEXT,
        "to" INTEGER,
        state TEXT NOT NULL,
        sent_on TEXT,
        sent INTEGER,
        sent_by INTEGER,
        supersedes INTEGER,
        remarks TEXT,
        CONSTRAINT pk_filing PRIMARY KEY (id),
        CONSTRAINT uq_filing_ref UNIQUE (ref),
        CONSTRAINT fk_filing_made_by_return_to_make FOREIGN KEY(made_by)
                REFERENCES return_to_make (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_filing_to_organisation FOREIGN KEY("to")
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_filing_sent_sent_paper FOREIGN KEY(sent)
                REFERENCES sent_paper (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_filing_sent_by_person FOREIGN KEY(sent_by)
                REFERENCES person (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_filing_supersedes_filing FOREIGN KEY(supersedes)
                REFERENCES filing (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE filing_event (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        filing INTEGER NOT NULL,
        happened_on TEXT NOT NULL,
        state TEXT,
        words TEXT,
        kept TEXT,
        CONSTRAINT pk_filing_event PRIMARY KEY (id),
        CONSTRAINT uq_filing_event_ref UNIQUE (ref),
        CONSTRAINT fk_filing_event_filing_filing FOREIGN KEY(filing)
                REFERENCES filing (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE mapped_cell (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        workbook INTEGER NOT NULL,
        sheet TEXT NOT NULL,
        cell TEXT NOT NULL,
        heading TEXT,
        fills TEXT,
        words TEXT,
        CONSTRAINT pk_mapped_cell PRIMARY KEY (id),
        CONSTRAINT uq_mapped_cell_ref UNIQUE (ref),
        CONSTRAINT fk_mapped_cell_workbook_workbook_to_fill FOREIGN KEY(workbook)
                REFERENCES workbook_to_fill (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE mapped_column (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        "table" INTEGER NOT NULL,
        "column" TEXT NOT NULL,
        heading TEXT,
        fills TEXT,
        words TEXT,
        CONSTRAINT pk_mapped_column PRIMARY KEY (id),
        CONSTRAINT uq_mapped_column_ref UNIQUE (ref),
        CONSTRAINT fk_mapped_column_table_mapped_list FOREIGN KEY("table")
                REFERENCES mapped_list (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE mapped_list (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        workbook INTEGER NOT NULL,
        sheet TEXT NOT NULL,
        header TEXT NOT NULL,
        "table" TEXT,
        fills TEXT NOT NULL,
        only TEXT,
        in_order TEXT,
        CONSTRAINT pk_mapped_list PRIMARY KEY (id),
        CONSTRAINT uq_mapped_list_ref UNIQUE (ref),
        CONSTRAINT fk_mapped_list_workbook_workbook_to_fill FOREIGN KEY(workbook)
                REFERENCES workbook_to_fill (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE return_to_make (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        title TEXT NOT NULL,
        paper TEXT,
        workbook INTEGER,
        "to" INTEGER,
        address TEXT,
        rhythm TEXT,
        due_rule TEXT,
        due_number INTEGER,
        due_on TEXT,
        document INTEGER,
        locator TEXT,
        valid_from TEXT,
        valid_to TEXT,
        remarks TEXT,
        CONSTRAINT pk_return_to_make PRIMARY KEY (id),
        CONSTRAINT uq_return_to_make_ref UNIQUE (ref),
        CONSTRAINT fk_return_to_make_workbook_workbook_to_fill FOREIGN KEY(workbook)
                REFERENCES workbook_to_fill (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_return_to_make_to_organisation FOREIGN KEY("to")
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_return_to_make_document_source_document FOREIGN KEY(document)
                REFERENCES source_document (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE saved_view (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        name TEXT NOT NULL,
        register TEXT NOT NULL,
        columns TEXT,
        filters TEXT,
        words TEXT,
        in_order TEXT,
        grouped_by TEXT,
        totals INTEGER,
        CONSTRAINT pk_saved_view PRIMARY KEY (id),
        CONSTRAINT uq_saved_view_ref UNIQUE (ref)
    )
     STRICT
    """,
    """
    CREATE TABLE taken_over (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        "on" INTEGER NOT NULL,
        came_from TEXT NOT NULL,
        taken_on TEXT,
        pack TEXT,
        "key" TEXT,
        standing TEXT NOT NULL,
        confirmed_on TEXT,
        confirmed_by INTEGER,
        CONSTRAINT pk_taken_over PRIMARY KEY (id),
        CONSTRAINT uq_taken_over_ref UNIQUE (ref),
        CONSTRAINT fk_taken_over_confirmed_by_person FOREIGN KEY(confirmed_by)
                REFERENCES person (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE workbook_to_fill (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        name TEXT NOT NULL,
        published_by INTEGER,
        edition TEXT,
        received_on TEXT,
        blank TEXT,
        fingerprint TEXT,
        replaced_by INTEGER,
        remarks TEXT,
        CONSTRAINT pk_workbook_to_fill PRIMARY KEY (id),
        CONSTRAINT uq_workbook_to_fill_ref UNIQUE (ref),
        CONSTRAINT fk_workbook_to_fill_published_by_organisation FOREIGN KEY(published_by)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_workbook_to_fill_replaced_by_workbook_to_fill FOREIGN KEY(replaced_by)
                REFERENCES workbook_to_fill (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
)

INDEXES = (
    "CREATE INDEX ix_composed_briefing_body ON composed_briefing (body)",
    "CREATE INDEX ix_composed_briefing_meeting ON composed_briefing (meeting)",
    "CREATE INDEX ix_composed_section_briefing ON composed_section (briefing)",
    "CREATE INDEX ix_cover_sheet_author ON cover_sheet (author)",
    "CREATE INDEX ix_cover_sheet_body ON cover_sheet (body)",
    "CREATE INDEX ix_cover_sheet_item ON cover_sheet (item)",
    "CREATE INDEX ix_cover_sheet_presenter ON cover_sheet (presenter)",
    "CREATE INDEX ix_cover_sheet_sponsor ON cover_sheet (sponsor)",
    "CREATE INDEX ix_filing_made_by ON filing (made_by)",
    "CREATE INDEX ix_filing_sent ON filing (sent)",
    "CREATE INDEX ix_filing_sent_by ON filing (sent_by)",
    "CREATE INDEX ix_filing_supersedes ON filing (supersedes)",
    'CREATE INDEX ix_filing_to ON filing ("to")',
    "CREATE INDEX ix_filing_event_filing ON filing_event (filing)",
    "CREATE INDEX ix_mapped_cell_workbook ON mapped_cell (workbook)",
    'CREATE INDEX ix_mapped_column_table ON mapped_column ("table")',
    "CREATE INDEX ix_mapped_list_workbook ON mapped_list (workbook)",
    "CREATE INDEX ix_return_to_make_document ON return_to_make (document)",
    'CREATE INDEX ix_return_to_make_to ON return_to_make ("to")',
    "CREATE INDEX ix_return_to_make_workbook ON return_to_make (workbook)",
    "CREATE INDEX ix_taken_over_confirmed_by ON taken_over (confirmed_by)",
    'CREATE INDEX ix_taken_over_on ON taken_over ("on")',
    "CREATE INDEX ix_workbook_to_fill_published_by ON workbook_to_fill (published_by)",
    "CREATE INDEX ix_workbook_to_fill_replaced_by ON workbook_to_fill (replaced_by)",
)


def upgrade() -> None:
    for table in ADDED:
        op.execute(table)
    for index in INDEXES:
        op.execute(index)
