"""The year of a claim: statements, employers, uplifts, scenarios and the workforce return; more is kept of a post."""

from alembic import op

revision = "0003"
down_revision = "0002"


ADDED = (
    """
    CREATE TABLE back_pay (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        post INTEGER NOT NULL,
        holder INTEGER,
        employer INTEGER,
        starts TEXT NOT NULL,
        ends TEXT NOT NULL,
        salary INTEGER NOT NULL,
        employer_ni INTEGER,
        employer_pension INTEGER,
        fees INTEGER,
        paid_on TEXT,
        evidence TEXT,
        CONSTRAINT pk_back_pay PRIMARY KEY (id),
        CONSTRAINT uq_back_pay_ref UNIQUE (ref),
        CONSTRAINT fk_back_pay_post_post FOREIGN KEY(post)
                REFERENCES post (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_back_pay_holder_holder FOREIGN KEY(holder)
                REFERENCES holder (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_back_pay_employer_organisation FOREIGN KEY(employer)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE claim_event (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        claim INTEGER NOT NULL,
        happened_on TEXT NOT NULL,
        stage TEXT NOT NULL,
        amount INTEGER,
        told TEXT,
        CONSTRAINT pk_claim_event PRIMARY KEY (id),
        CONSTRAINT uq_claim_event_ref UNIQUE (ref)
    )
     STRICT
    """,
    """
    CREATE TABLE column_mapping (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        block TEXT NOT NULL,
        employer INTEGER,
        headings TEXT NOT NULL,
        CONSTRAINT pk_column_mapping PRIMARY KEY (id),
        CONSTRAINT uq_column_mapping_ref UNIQUE (ref),
        CONSTRAINT fk_column_mapping_employer_organisation FOREIGN KEY(employer)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE crosswalk (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        nwrs_role TEXT NOT NULL,
        role TEXT,
        source TEXT,
        CONSTRAINT pk_crosswalk PRIMARY KEY (id),
        CONSTRAINT uq_crosswalk_ref UNIQUE (ref)
    )
     STRICT
    """,
    """
    CREATE TABLE employer_line (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        statement INTEGER NOT NULL,
        post INTEGER,
        label TEXT,
        payroll_ref TEXT,
        hours INTEGER,
        salary INTEGER,
        employer_ni INTEGER,
        employer_pension INTEGER,
        fees INTEGER,
        total INTEGER,
        CONSTRAINT pk_employer_line PRIMARY KEY (id),
        CONSTRAINT uq_employer_line_ref UNIQUE (ref),
        CONSTRAINT fk_employer_line_statement_employer_statement FOREIGN KEY(statement)
                REFERENCES employer_statement (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_employer_line_post_post FOREIGN KEY(post)
                REFERENCES post (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE employer_payment (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        employer INTEGER NOT NULL,
        month TEXT NOT NULL,
        amount INTEGER NOT NULL,
        paid_on TEXT NOT NULL,
        remarks TEXT,
        CONSTRAINT pk_employer_payment PRIMARY KEY (id),
        CONSTRAINT uq_employer_payment_ref UNIQUE (ref),
        CONSTRAINT fk_employer_payment_employer_organisation FOREIGN KEY(employer)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE employer_statement (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        employer INTEGER NOT NULL,
        month TEXT NOT NULL,
        kind TEXT NOT NULL,
        number TEXT,
        dated TEXT,
        total INTEGER,
        vat TEXT,
        vat_amount INTEGER,
        kept TEXT,
        CONSTRAINT pk_employer_statement PRIMARY KEY (id),
        CONSTRAINT uq_employer_statement_ref UNIQUE (ref),
        CONSTRAINT fk_employer_statement_employer_organisation FOREIGN KEY(employer)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE nwrs_check (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        month TEXT NOT NULL,
        checked_on TEXT,
        leavers INTEGER,
        starters INTEGER,
        hours_agree INTEGER,
        contracted INTEGER,
        director INTEGER,
        submitted INTEGER,
        remarks TEXT,
        CONSTRAINT pk_nwrs_check PRIMARY KEY (id),
        CONSTRAINT uq_nwrs_check_ref UNIQUE (ref)
    )
     STRICT
    """,
    """
    CREATE TABLE other_funding (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        post INTEGER NOT NULL,
        funder TEXT NOT NULL,
        share INTEGER NOT NULL,
        starts TEXT NOT NULL,
        ends TEXT,
        agreed TEXT,
        CONSTRAINT pk_other_funding PRIMARY KEY (id),
        CONSTRAINT uq_other_funding_ref UNIQUE (ref),
        CONSTRAINT fk_other_funding_post_post FOREIGN KEY(post)
                REFERENCES post (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE portal_line (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        statement INTEGER NOT NULL,
        label TEXT NOT NULL,
        post INTEGER,
        role_title TEXT,
        starts TEXT,
        ends TEXT,
        hours INTEGER,
        claimed INTEGER,
        approved INTEGER,
        paid INTEGER,
        status TEXT,
        CONSTRAINT pk_portal_line PRIMARY KEY (id),
        CONSTRAINT uq_portal_line_ref UNIQUE (ref),
        CONSTRAINT fk_portal_line_statement_portal_statement FOREIGN KEY(statement)
                REFERENCES portal_statement (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_portal_line_post_post FOREIGN KEY(post)
                REFERENCES post (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE portal_statement (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        month TEXT NOT NULL,
        received_on TEXT,
        total INTEGER,
        network_code TEXT,
        source TEXT,
        CONSTRAINT pk_portal_statement PRIMARY KEY (id),
        CONSTRAINT uq_portal_statement_ref UNIQUE (ref)
    )
     STRICT
    """,
    """
    CREATE TABLE post_evidence (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        post INTEGER NOT NULL,
        what TEXT NOT NULL,
        seen_on TEXT,
        expires TEXT,
        lies_at TEXT,
        CONSTRAINT pk_post_evidence PRIMARY KEY (id),
        CONSTRAINT uq_post_evidence_ref UNIQUE (ref),
        CONSTRAINT fk_post_evidence_post_post FOREIGN KEY(post)
                REFERENCES post (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE scenario (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        title TEXT NOT NULL,
        year TEXT,
        award INTEGER,
        award_from TEXT,
        increments INTEGER,
        maximum_rise INTEGER,
        remarks TEXT,
        CONSTRAINT pk_scenario PRIMARY KEY (id),
        CONSTRAINT uq_scenario_ref UNIQUE (ref)
    )
     STRICT
    """,
    """
    CREATE TABLE scenario_post (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        scenario INTEGER NOT NULL,
        role TEXT NOT NULL,
        posts INTEGER,
        hours INTEGER NOT NULL,
        starts TEXT NOT NULL,
        ends TEXT,
        salary INTEGER NOT NULL,
        base INTEGER,
        employer INTEGER,
        portal_label TEXT,
        CONSTRAINT pk_scenario_post PRIMARY KEY (id),
        CONSTRAINT uq_scenario_post_ref UNIQUE (ref),
        CONSTRAINT fk_scenario_post_scenario_scenario FOREIGN KEY(scenario)
                REFERENCES scenario (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_scenario_post_base_practice FOREIGN KEY(base)
                REFERENCES practice (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_scenario_post_employer_organisation FOREIGN KEY(employer)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE sum (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        stream TEXT NOT NULL,
        part TEXT,
        year TEXT NOT NULL,
        per_head INTEGER NOT NULL,
        base TEXT NOT NULL,
        counted_on TEXT NOT NULL,
        paid_to TEXT NOT NULL,
        valid_from TEXT NOT NULL,
        valid_to TEXT,
        published_on TEXT,
        superseded_on TEXT,
        source TEXT NOT NULL,
        confidence TEXT NOT NULL,
        confirmed_by TEXT,
        confirmed_on TEXT,
        confirmed_page TEXT,
        network INTEGER,
        CONSTRAINT pk_sum PRIMARY KEY (id),
        CONSTRAINT uq_sum_ref UNIQUE (ref),
        CONSTRAINT fk_sum_network_organisation FOREIGN KEY(network)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE uplift (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        first TEXT NOT NULL,
        last TEXT NOT NULL,
        state TEXT NOT NULL,
        known_on TEXT,
        submitted_on TEXT,
        icb_total INTEGER,
        remarks TEXT,
        CONSTRAINT pk_uplift PRIMARY KEY (id),
        CONSTRAINT uq_uplift_ref UNIQUE (ref)
    )
     STRICT
    """,
    """
    CREATE TABLE uplift_line (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        uplift INTEGER NOT NULL,
        post INTEGER NOT NULL,
        was INTEGER NOT NULL,
        ours INTEGER NOT NULL,
        icb INTEGER,
        back_paid_on TEXT,
        "left" INTEGER,
        why_not TEXT,
        working TEXT,
        CONSTRAINT pk_uplift_line PRIMARY KEY (id),
        CONSTRAINT uq_uplift_line_ref UNIQUE (ref),
        CONSTRAINT fk_uplift_line_uplift_uplift FOREIGN KEY(uplift)
                REFERENCES uplift (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_uplift_line_post_post FOREIGN KEY(post)
                REFERENCES post (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
)

CHANGED = {
    "assignment": (
        """
        CREATE TABLE changing (
            id INTEGER NOT NULL,
            version INTEGER NOT NULL,
            ref TEXT NOT NULL,
            post INTEGER NOT NULL,
            holder INTEGER,
            hours INTEGER NOT NULL,
            starts TEXT NOT NULL,
            ends TEXT,
            employer INTEGER,
            covers INTEGER,
            CONSTRAINT pk_assignment PRIMARY KEY (id),
            CONSTRAINT uq_assignment_ref UNIQUE (ref),
            CONSTRAINT fk_assignment_post_post FOREIGN KEY(post)
                    REFERENCES post (id)
                    DEFERRABLE INITIALLY DEFERRED,
            CONSTRAINT fk_assignment_holder_holder FOREIGN KEY(holder)
                    REFERENCES holder (id)
                    DEFERRABLE INITIALLY DEFERRED,
            CONSTRAINT fk_assignment_employer_organisation FOREIGN KEY(employer)
                    REFERENCES organisation (id)
                    DEFERRABLE INITIALLY DEFERRED,
            CONSTRAINT fk_assignment_covers_assignment FOREIGN KEY(covers)
                    REFERENCES assignment (id)
                    DEFERRABLE INITIALLY DEFERRED
        )
         STRICT
        """,
        (
            "id",
            "version",
            "ref",
            "post",
            "holder",
            "hours",
            "starts",
            "ends",
        ),
    ),
    "claim": (
        """
        CREATE TABLE changing (
            id INTEGER NOT NULL,
            version INTEGER NOT NULL,
            ref TEXT NOT NULL,
            month TEXT NOT NULL,
            state TEXT NOT NULL,
            submitted_on TEXT,
            known_on TEXT,
            acknowledged TEXT,
            supersedes INTEGER,
            CONSTRAINT pk_claim PRIMARY KEY (id),
            CONSTRAINT uq_claim_ref UNIQUE (ref),
            CONSTRAINT fk_claim_supersedes_claim FOREIGN KEY(supersedes)
                    REFERENCES claim (id)
                    DEFERRABLE INITIALLY DEFERRED
        )
         STRICT
        """,
        (
            "id",
            "version",
            "ref",
            "month",
            "state",
            "submitted_on",
            "supersedes",
        ),
    ),
    "claim_line": (
        """
        CREATE TABLE changing (
            id INTEGER NOT NULL,
            version INTEGER NOT NULL,
            ref TEXT NOT NULL,
            claim INTEGER NOT NULL,
            post INTEGER NOT NULL,
            employment TEXT,
            label TEXT,
            rate INTEGER NOT NULL,
            rates_used TEXT,
            hours INTEGER,
            wte INTEGER,
            salary INTEGER,
            employer_ni INTEGER,
            employer_pension INTEGER,
            fees INTEGER,
            share INTEGER,
            cost INTEGER NOT NULL,
            maximum INTEGER NOT NULL,
            pro_rata_maximum INTEGER NOT NULL,
            claimed INTEGER NOT NULL,
            working TEXT,
            keyed INTEGER,
            source_ref TEXT,
            CONSTRAINT pk_claim_line PRIMARY KEY (id),
            CONSTRAINT uq_claim_line_ref UNIQUE (ref),
            CONSTRAINT fk_claim_line_claim_claim FOREIGN KEY(claim)
                    REFERENCES claim (id)
                    DEFERRABLE INITIALLY DEFERRED,
            CONSTRAINT fk_claim_line_post_post FOREIGN KEY(post)
                    REFERENCES post (id)
                    DEFERRABLE INITIALLY DEFERRED,
            CONSTRAINT fk_claim_line_rate_rate FOREIGN KEY(rate)
                    REFERENCES rate (id)
                    DEFERRABLE INITIALLY DEFERRED
        )
         STRICT
        """,
        (
            "id",
            "version",
            "ref",
            "claim",
            "post",
            "rate",
            "wte",
            "cost",
            "maximum",
            "pro_rata_maximum",
            "claimed",
            "working",
            "source_ref",
        ),
    ),
    "holder": (
        """
        CREATE TABLE changing (
            id INTEGER NOT NULL,
            version INTEGER NOT NULL,
            ref TEXT NOT NULL,
            name TEXT,
            payroll_ref TEXT,
            on_practice_scheme INTEGER,
            remarks TEXT,
            CONSTRAINT pk_holder PRIMARY KEY (id),
            CONSTRAINT uq_holder_ref UNIQUE (ref)
        )
         STRICT
        """,
        (
            "id",
            "version",
            "ref",
            "name",
            "payroll_ref",
            "remarks",
        ),
    ),
    "organisation": (
        """
        CREATE TABLE changing (
            id INTEGER NOT NULL,
            version INTEGER NOT NULL,
            ref TEXT NOT NULL,
            name TEXT NOT NULL,
            sector TEXT,
            ods_code TEXT,
            legal_form TEXT,
            ours INTEGER NOT NULL,
            payee INTEGER,
            valid_from TEXT,
            valid_to TEXT,
            successor INTEGER,
            CONSTRAINT pk_organisation PRIMARY KEY (id),
            CONSTRAINT uq_organisation_ref UNIQUE (ref),
            CONSTRAINT fk_organisation_successor_organisation FOREIGN KEY(successor)
                    REFERENCES organisation (id)
                    DEFERRABLE INITIALLY DEFERRED
        )
         STRICT
        """,
        (
            "id",
            "version",
            "ref",
            "name",
            "sector",
            "ods_code",
            "legal_form",
            "ours",
            "valid_from",
            "valid_to",
            "successor",
        ),
    ),
    "pay": (
        """
        CREATE TABLE changing (
            id INTEGER NOT NULL,
            version INTEGER NOT NULL,
            ref TEXT NOT NULL,
            post INTEGER NOT NULL,
            starts TEXT NOT NULL,
            ends TEXT,
            salary INTEGER NOT NULL,
            level TEXT,
            employer_ni INTEGER,
            employer_pension INTEGER,
            fees INTEGER,
            agency INTEGER,
            vat INTEGER,
            pension_scheme TEXT,
            pension_rate INTEGER,
            ni_letter TEXT,
            holder INTEGER,
            employer INTEGER,
            source TEXT,
            CONSTRAINT pk_pay PRIMARY KEY (id),
            CONSTRAINT uq_pay_ref UNIQUE (ref),
            CONSTRAINT fk_pay_post_post FOREIGN KEY(post)
                    REFERENCES post (id)
                    DEFERRABLE INITIALLY DEFERRED,
            CONSTRAINT fk_pay_holder_holder FOREIGN KEY(holder)
                    REFERENCES holder (id)
                    DEFERRABLE INITIALLY DEFERRED,
            CONSTRAINT fk_pay_employer_organisation FOREIGN KEY(employer)
                    REFERENCES organisation (id)
                    DEFERRABLE INITIALLY DEFERRED
        )
         STRICT
        """,
        (
            "id",
            "version",
            "ref",
            "post",
            "starts",
            "ends",
            "salary",
            "employer_ni",
            "employer_pension",
            "fees",
            "source",
        ),
    ),
    "post": (
        """
        CREATE TABLE changing (
            id INTEGER NOT NULL,
            version INTEGER NOT NULL,
            ref TEXT NOT NULL,
            role TEXT NOT NULL,
            portal_label TEXT,
            scheme TEXT,
            stage TEXT,
            advertised TEXT,
            offered TEXT,
            planned_start TEXT,
            certainty TEXT,
            planned_salary INTEGER,
            contracted INTEGER,
            base INTEGER,
            employer INTEGER,
            engaged_how TEXT,
            starts TEXT,
            ends TEXT,
            band TEXT,
            additionality TEXT,
            training TEXT,
            training_met INTEGER,
            training_reason TEXT,
            reimbursed INTEGER,
            full_share_agreed TEXT,
            neighbourhood_planned INTEGER,
            neighbourhood_actual INTEGER,
            neighbourhood_approved TEXT,
            neighbourhood_approved_on TEXT,
            outside INTEGER,
            outside_approval TEXT,
            outside_supervision TEXT,
            outside_indemnity TEXT,
            fixed_term INTEGER,
            notice_weeks INTEGER,
            redundancy INTEGER,
            tupe INTEGER,
            on_nwrs INTEGER,
            nwrs_ref TEXT,
            nwrs_checked TEXT,
            CONSTRAINT pk_post PRIMARY KEY (id),
            CONSTRAINT uq_post_ref UNIQUE (ref),
            CONSTRAINT fk_post_base_practice FOREIGN KEY(base)
                    REFERENCES practice (id)
                    DEFERRABLE INITIALLY DEFERRED,
            CONSTRAINT fk_post_employer_organisation FOREIGN KEY(employer)
                    REFERENCES organisation (id)
                    DEFERRABLE INITIALLY DEFERRED
        )
         STRICT
        """,
        (
            "id",
            "version",
            "ref",
            "role",
            "portal_label",
            "scheme",
            "stage",
            "contracted",
            "base",
            "employer",
            "engaged_how",
            "starts",
            "ends",
            "band",
            "additionality",
            "training",
            "reimbursed",
            "neighbourhood_planned",
            "neighbourhood_actual",
            "on_nwrs",
            "nwrs_checked",
        ),
    ),
    "rate": (
        """
        CREATE TABLE changing (
            id INTEGER NOT NULL,
            version INTEGER NOT NULL,
            ref TEXT NOT NULL,
            role TEXT NOT NULL,
            zone TEXT NOT NULL,
            annual INTEGER NOT NULL,
            reimbursed INTEGER,
            valid_from TEXT NOT NULL,
            valid_to TEXT,
            published_on TEXT,
            superseded_on TEXT,
            source TEXT NOT NULL,
            confidence TEXT NOT NULL,
            confirmed_by TEXT,
            confirmed_on TEXT,
            confirmed_page TEXT,
            network INTEGER,
            CONSTRAINT pk_rate PRIMARY KEY (id),
            CONSTRAINT uq_rate_ref UNIQUE (ref),
            CONSTRAINT fk_rate_network_organisation FOREIGN KEY(network)
                    REFERENCES organisation (id)
                    DEFERRABLE INITIALLY DEFERRED
        )
         STRICT
        """,
        (
            "id",
            "version",
            "ref",
            "role",
            "zone",
            "annual",
            "reimbursed",
            "valid_from",
            "valid_to",
            "published_on",
            "superseded_on",
            "source",
            "confidence",
            "confirmed_by",
            "confirmed_on",
            "network",
        ),
    ),
}
"""A table with more columns, and those whose values go over."""

INDEXES = (
    "CREATE INDEX ix_back_pay_employer ON back_pay (employer)",
    "CREATE INDEX ix_back_pay_holder ON back_pay (holder)",
    "CREATE INDEX ix_back_pay_post ON back_pay (post)",
    "CREATE INDEX ix_claim_event_claim ON claim_event (claim)",
    "CREATE INDEX ix_column_mapping_employer ON column_mapping (employer)",
    "CREATE INDEX ix_employer_line_post ON employer_line (post)",
    "CREATE INDEX ix_employer_line_statement ON employer_line (statement)",
    "CREATE INDEX ix_employer_payment_employer ON employer_payment (employer)",
    "CREATE INDEX ix_employer_statement_employer ON employer_statement (employer)",
    "CREATE INDEX ix_other_funding_post ON other_funding (post)",
    "CREATE INDEX ix_portal_line_post ON portal_line (post)",
    "CREATE INDEX ix_portal_line_statement ON portal_line (statement)",
    "CREATE INDEX ix_post_evidence_post ON post_evidence (post)",
    "CREATE INDEX ix_scenario_post_base ON scenario_post (base)",
    "CREATE INDEX ix_scenario_post_employer ON scenario_post (employer)",
    "CREATE INDEX ix_scenario_post_scenario ON scenario_post (scenario)",
    "CREATE INDEX ix_sum_network ON sum (network)",
    "CREATE INDEX ix_uplift_line_post ON uplift_line (post)",
    "CREATE INDEX ix_uplift_line_uplift ON uplift_line (uplift)",
    "CREATE INDEX ix_assignment_covers ON assignment (covers)",
    "CREATE INDEX ix_assignment_employer ON assignment (employer)",
    "CREATE INDEX ix_assignment_holder ON assignment (holder)",
    "CREATE INDEX ix_assignment_post ON assignment (post)",
    "CREATE INDEX ix_claim_supersedes ON claim (supersedes)",
    "CREATE INDEX ix_claim_line_claim ON claim_line (claim)",
    "CREATE INDEX ix_claim_line_post ON claim_line (post)",
    "CREATE INDEX ix_claim_line_rate ON claim_line (rate)",
    "CREATE INDEX ix_organisation_successor ON organisation (successor)",
    "CREATE INDEX ix_pay_employer ON pay (employer)",
    "CREATE INDEX ix_pay_holder ON pay (holder)",
    "CREATE INDEX ix_pay_post ON pay (post)",
    "CREATE INDEX ix_post_base ON post (base)",
    "CREATE INDEX ix_post_employer ON post (employer)",
    "CREATE INDEX ix_rate_network ON rate (network)",
)


def upgrade() -> None:
    for table in ADDED:
        op.execute(table)
    for name, (table, columns) in CHANGED.items():
        kept = ", ".join(f'"{column}"' for column in columns)
        op.execute(table)
        op.execute(f"INSERT INTO changing ({kept}) SELECT {kept} FROM {name}")
        op.execute(f"DROP TABLE {name}")
        op.execute(f"ALTER TABLE changing RENAME TO {name}")
    for index in INDEXES:
        op.execute(index)
    op.execute("DELETE FROM drafts WHERE kind = 'claim_line' AND field = 'paid'")
