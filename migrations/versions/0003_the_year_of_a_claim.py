"""The year of a claim: statements, employers, uplifts, scenarios and the workforce return; more is kept of a post."""

from alembic import op

revision = "0003"
down_revision = "0002"


ADDED = (
    """
    CREATE TABLE agreement (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        title TEXT NOT NULL,
        kind TEXT,
        edition TEXT,
        document INTEGER,
        dpia TEXT,
        starts TEXT,
        expires TEXT,
        review_on TEXT,
        needed_for TEXT,
        CONSTRAINT pk_agreement PRIMARY KEY (id),
        CONSTRAINT uq_agreement_ref UNIQUE (ref),
        CONSTRAINT fk_agreement_document_source_document FOREIGN KEY(document)
                REFERENCES source_document (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE assessment (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        framework INTEGER NOT NULL,
        quarter TEXT NOT NULL,
        owner TEXT,
        our_part TEXT,
        state TEXT,
        CONSTRAINT pk_assessment PRIMARY KEY (id),
        CONSTRAINT uq_assessment_ref UNIQUE (ref),
        CONSTRAINT fk_assessment_framework_framework FOREIGN KEY(framework)
                REFERENCES framework (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
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
    CREATE TABLE baseline_stream (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        variation INTEGER NOT NULL,
        stream TEXT NOT NULL,
        working TEXT,
        amount INTEGER NOT NULL,
        CONSTRAINT pk_baseline_stream PRIMARY KEY (id),
        CONSTRAINT uq_baseline_stream_ref UNIQUE (ref),
        CONSTRAINT fk_baseline_stream_variation_local_variation FOREIGN KEY(variation)
                REFERENCES local_variation (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE bulletin (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        title TEXT NOT NULL,
        sender TEXT,
        dated TEXT,
        replaces INTEGER,
        result TEXT NOT NULL,
        answer_by TEXT,
        action INTEGER,
        remarks TEXT,
        CONSTRAINT pk_bulletin PRIMARY KEY (id),
        CONSTRAINT uq_bulletin_ref UNIQUE (ref),
        CONSTRAINT fk_bulletin_replaces_bulletin FOREIGN KEY(replaces)
                REFERENCES bulletin (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_bulletin_action_action FOREIGN KEY(action)
                REFERENCES action (id)
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
    CREATE TABLE consultation (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        title TEXT NOT NULL,
        held_by TEXT,
        document INTEGER,
        opened TEXT,
        paused_on TEXT,
        closes TEXT,
        decided_on TEXT,
        outcome TEXT,
        CONSTRAINT pk_consultation PRIMARY KEY (id),
        CONSTRAINT uq_consultation_ref UNIQUE (ref),
        CONSTRAINT fk_consultation_document_source_document FOREIGN KEY(document)
                REFERENCES source_document (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE contract (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        kind TEXT NOT NULL,
        title TEXT,
        holder INTEGER,
        manager INTEGER,
        manager_since TEXT,
        layered_on INTEGER,
        layered_words TEXT,
        core_in_scope TEXT,
        starts TEXT,
        ends TEXT,
        status TEXT,
        document INTEGER,
        watched_because TEXT,
        CONSTRAINT pk_contract PRIMARY KEY (id),
        CONSTRAINT uq_contract_ref UNIQUE (ref),
        CONSTRAINT fk_contract_holder_organisation FOREIGN KEY(holder)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_contract_manager_organisation FOREIGN KEY(manager)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_contract_layered_on_contract FOREIGN KEY(layered_on)
                REFERENCES contract (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_contract_document_source_document FOREIGN KEY(document)
                REFERENCES source_document (id)
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
    CREATE TABLE data_request (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        metric TEXT NOT NULL,
        asked_by INTEGER,
        of_whom TEXT,
        asked_on TEXT,
        basis_found INTEGER,
        document INTEGER,
        clause TEXT,
        checked_on TEXT,
        glad_to_discuss TEXT,
        hours_needed INTEGER,
        cost INTEGER,
        answered_on TEXT,
        remarks TEXT,
        CONSTRAINT pk_data_request PRIMARY KEY (id),
        CONSTRAINT uq_data_request_ref UNIQUE (ref),
        CONSTRAINT fk_data_request_asked_by_organisation FOREIGN KEY(asked_by)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_data_request_document_source_document FOREIGN KEY(document)
                REFERENCES source_document (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE decision_window (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        what TEXT NOT NULL,
        closes TEXT NOT NULL,
        decided_by TEXT,
        remarks TEXT,
        restricted INTEGER NOT NULL,
        CONSTRAINT pk_decision_window PRIMARY KEY (id),
        CONSTRAINT uq_decision_window_ref UNIQUE (ref)
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
    CREATE TABLE evidence (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        what TEXT NOT NULL,
        kept TEXT,
        lies_at TEXT,
        effective_on TEXT,
        filed_on TEXT,
        expires_on TEXT,
        proves TEXT,
        restricted INTEGER NOT NULL,
        CONSTRAINT pk_evidence PRIMARY KEY (id),
        CONSTRAINT uq_evidence_ref UNIQUE (ref)
    )
     STRICT
    """,
    """
    CREATE TABLE framework (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        title TEXT NOT NULL,
        edition TEXT,
        published_by TEXT,
        standing TEXT,
        scored_by TEXT,
        top INTEGER,
        levels TEXT,
        source TEXT,
        CONSTRAINT pk_framework PRIMARY KEY (id),
        CONSTRAINT uq_framework_ref UNIQUE (ref)
    )
     STRICT
    """,
    """
    CREATE TABLE framework_line (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        framework INTEGER NOT NULL,
        section TEXT NOT NULL,
        indicator_ref TEXT,
        indicator TEXT,
        standard_ref TEXT,
        standard TEXT NOT NULL,
        source_page TEXT,
        standing TEXT NOT NULL,
        CONSTRAINT pk_framework_line PRIMARY KEY (id),
        CONSTRAINT uq_framework_line_ref UNIQUE (ref),
        CONSTRAINT fk_framework_line_framework_framework FOREIGN KEY(framework)
                REFERENCES framework (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE gate (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        "plan" INTEGER NOT NULL,
        what TEXT NOT NULL,
        agreement INTEGER,
        evidence INTEGER,
        met_on TEXT,
        CONSTRAINT pk_gate PRIMARY KEY (id),
        CONSTRAINT uq_gate_ref UNIQUE (ref),
        CONSTRAINT fk_gate_plan_plan FOREIGN KEY("plan")
                REFERENCES "plan" (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_gate_agreement_agreement FOREIGN KEY(agreement)
                REFERENCES agreement (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_gate_evidence_evidence FOREIGN KEY(evidence)
                REFERENCES evidence (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE glossary_term (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        term TEXT NOT NULL,
        expansion TEXT,
        meaning TEXT NOT NULL,
        used_from TEXT,
        used_to TEXT,
        predecessor TEXT,
        successor TEXT,
        warning TEXT,
        source TEXT,
        CONSTRAINT pk_glossary_term PRIMARY KEY (id),
        CONSTRAINT uq_glossary_term_ref UNIQUE (ref)
    )
     STRICT
    """,
    """
    CREATE TABLE information_request (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        what TEXT NOT NULL,
        law TEXT NOT NULL,
        received TEXT NOT NULL,
        clarification_asked_on TEXT,
        clarified_on TEXT,
        searched TEXT,
        exemptions TEXT,
        bundle TEXT,
        answered_on TEXT,
        CONSTRAINT pk_information_request PRIMARY KEY (id),
        CONSTRAINT uq_information_request_ref UNIQUE (ref)
    )
     STRICT
    """,
    """
    CREATE TABLE local_variation (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        title TEXT NOT NULL,
        document INTEGER,
        locator TEXT,
        clauses TEXT,
        baseline INTEGER,
        offered INTEGER,
        decide_by TEXT,
        private_until TEXT,
        CONSTRAINT pk_local_variation PRIMARY KEY (id),
        CONSTRAINT uq_local_variation_ref UNIQUE (ref),
        CONSTRAINT fk_local_variation_document_source_document FOREIGN KEY(document)
                REFERENCES source_document (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE milestone (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        "plan" INTEGER NOT NULL,
        what TEXT NOT NULL,
        original TEXT NOT NULL,
        revised TEXT,
        done_on TEXT,
        CONSTRAINT pk_milestone PRIMARY KEY (id),
        CONSTRAINT uq_milestone_ref UNIQUE (ref),
        CONSTRAINT fk_milestone_plan_plan FOREIGN KEY("plan")
                REFERENCES "plan" (id)
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
    CREATE TABLE occurrence (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        duty INTEGER NOT NULL,
        due TEXT NOT NULL,
        moved_to TEXT,
        moved_because TEXT,
        done_on TEXT,
        skipped_because TEXT,
        CONSTRAINT pk_occurrence PRIMARY KEY (id),
        CONSTRAINT uq_occurrence_ref UNIQUE (ref),
        CONSTRAINT fk_occurrence_duty_recurring_duty FOREIGN KEY(duty)
                REFERENCES recurring_duty (id)
                DEFERRABLE INITIALLY DEFERRED
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
    CREATE TABLE "plan" (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        title TEXT NOT NULL,
        purpose TEXT,
        status TEXT NOT NULL,
        owner INTEGER,
        benefit TEXT,
        measure TEXT,
        baseline TEXT,
        actual TEXT,
        measured_on TEXT,
        cost INTEGER,
        funded INTEGER,
        document INTEGER,
        restricted INTEGER NOT NULL,
        CONSTRAINT pk_plan PRIMARY KEY (id),
        CONSTRAINT uq_plan_ref UNIQUE (ref),
        CONSTRAINT fk_plan_owner_person FOREIGN KEY(owner)
                REFERENCES person (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_plan_document_source_document FOREIGN KEY(document)
                REFERENCES source_document (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE policy_position (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        body TEXT NOT NULL,
        position TEXT NOT NULL,
        quotation TEXT,
        taken_on TEXT,
        document INTEGER,
        locator TEXT,
        CONSTRAINT pk_policy_position PRIMARY KEY (id),
        CONSTRAINT uq_policy_position_ref UNIQUE (ref),
        CONSTRAINT fk_policy_position_document_source_document FOREIGN KEY(document)
                REFERENCES source_document (id)
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
    CREATE TABLE question (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        question TEXT NOT NULL,
        asker TEXT,
        asked_of INTEGER,
        meeting INTEGER,
        asked_on TEXT,
        answered_on TEXT,
        answer TEXT,
        answered_in INTEGER,
        restricted INTEGER NOT NULL,
        CONSTRAINT pk_question PRIMARY KEY (id),
        CONSTRAINT uq_question_ref UNIQUE (ref),
        CONSTRAINT fk_question_asked_of_organisation FOREIGN KEY(asked_of)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_question_meeting_meeting FOREIGN KEY(meeting)
                REFERENCES meeting (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_question_answered_in_source_document FOREIGN KEY(answered_in)
                REFERENCES source_document (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE recurring_duty (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        title TEXT NOT NULL,
        rhythm TEXT NOT NULL,
        number INTEGER,
        in_month INTEGER,
        starts TEXT NOT NULL,
        ends TEXT,
        owner INTEGER,
        owed_to TEXT,
        commitment INTEGER,
        CONSTRAINT pk_recurring_duty PRIMARY KEY (id),
        CONSTRAINT uq_recurring_duty_ref UNIQUE (ref),
        CONSTRAINT fk_recurring_duty_owner_person FOREIGN KEY(owner)
                REFERENCES person (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_recurring_duty_commitment_commitment FOREIGN KEY(commitment)
                REFERENCES commitment (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE reply_line (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        practice INTEGER NOT NULL,
        specialty TEXT NOT NULL,
        month TEXT NOT NULL,
        asked INTEGER NOT NULL,
        in_time INTEGER,
        usable INTEGER,
        returned INTEGER,
        CONSTRAINT pk_reply_line PRIMARY KEY (id),
        CONSTRAINT uq_reply_line_ref UNIQUE (ref),
        CONSTRAINT fk_reply_line_practice_practice FOREIGN KEY(practice)
                REFERENCES practice (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE reporting_burden (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        what TEXT NOT NULL,
        requester INTEGER,
        month TEXT NOT NULL,
        hours_spent INTEGER NOT NULL,
        CONSTRAINT pk_reporting_burden PRIMARY KEY (id),
        CONSTRAINT uq_reporting_burden_ref UNIQUE (ref),
        CONSTRAINT fk_reporting_burden_requester_organisation FOREIGN KEY(requester)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE resource_request (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        what TEXT NOT NULL,
        asked_by INTEGER,
        asked_on TEXT,
        cost INTEGER,
        agreed INTEGER,
        agreed_where TEXT,
        remarks TEXT,
        restricted INTEGER NOT NULL,
        CONSTRAINT pk_resource_request PRIMARY KEY (id),
        CONSTRAINT uq_resource_request_ref UNIQUE (ref),
        CONSTRAINT fk_resource_request_asked_by_organisation FOREIGN KEY(asked_by)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE response (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        point TEXT NOT NULL,
        consultation INTEGER,
        document INTEGER,
        clause TEXT,
        change TEXT,
        sent_on TEXT,
        outcome TEXT,
        CONSTRAINT pk_response PRIMARY KEY (id),
        CONSTRAINT uq_response_ref UNIQUE (ref),
        CONSTRAINT fk_response_consultation_consultation FOREIGN KEY(consultation)
                REFERENCES consultation (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_response_document_source_document FOREIGN KEY(document)
                REFERENCES source_document (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE risk (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        cause TEXT,
        event TEXT NOT NULL,
        effect TEXT,
        owner INTEGER,
        opened TEXT,
        inherent_likelihood INTEGER,
        inherent_consequence INTEGER,
        likelihood INTEGER,
        consequence INTEGER,
        scored_on TEXT,
        scored_because TEXT,
        target INTEGER,
        controls TEXT,
        gaps TEXT,
        review_on TEXT,
        closed_on TEXT,
        restricted INTEGER NOT NULL,
        CONSTRAINT pk_risk PRIMARY KEY (id),
        CONSTRAINT uq_risk_ref UNIQUE (ref),
        CONSTRAINT fk_risk_owner_person FOREIGN KEY(owner)
                REFERENCES person (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE risk_score (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        risk INTEGER NOT NULL,
        scored_on TEXT NOT NULL,
        likelihood INTEGER NOT NULL,
        consequence INTEGER NOT NULL,
        remark TEXT,
        CONSTRAINT pk_risk_score PRIMARY KEY (id),
        CONSTRAINT uq_risk_score_ref UNIQUE (ref),
        CONSTRAINT fk_risk_score_risk_risk FOREIGN KEY(risk)
                REFERENCES risk (id)
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
    CREATE TABLE score (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        assessment INTEGER NOT NULL,
        line INTEGER NOT NULL,
        level INTEGER,
        note TEXT,
        evidence TEXT,
        minutes_spent INTEGER,
        carried INTEGER,
        CONSTRAINT pk_score PRIMARY KEY (id),
        CONSTRAINT uq_score_ref UNIQUE (ref),
        CONSTRAINT fk_score_assessment_assessment FOREIGN KEY(assessment)
                REFERENCES assessment (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_score_line_framework_line FOREIGN KEY(line)
                REFERENCES framework_line (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE sign_up_decision (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        variation INTEGER NOT NULL,
        practice INTEGER NOT NULL,
        facts TEXT,
        reasons_for TEXT,
        reasons_against TEXT,
        baseline INTEGER,
        offered INTEGER,
        decided TEXT NOT NULL,
        indicated_on TEXT,
        signatory_role TEXT,
        signed_on TEXT,
        CONSTRAINT pk_sign_up_decision PRIMARY KEY (id),
        CONSTRAINT uq_sign_up_decision_ref UNIQUE (ref),
        CONSTRAINT fk_sign_up_decision_variation_local_variation FOREIGN KEY(variation)
                REFERENCES local_variation (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_sign_up_decision_practice_practice FOREIGN KEY(practice)
                REFERENCES practice (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE sign_up_risk (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        decision INTEGER NOT NULL,
        what TEXT NOT NULL,
        likelihood INTEGER,
        consequence INTEGER,
        CONSTRAINT pk_sign_up_risk PRIMARY KEY (id),
        CONSTRAINT uq_sign_up_risk_ref UNIQUE (ref),
        CONSTRAINT fk_sign_up_risk_decision_sign_up_decision FOREIGN KEY(decision)
                REFERENCES sign_up_decision (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE signature (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        agreement INTEGER NOT NULL,
        organisation INTEGER,
        practice INTEGER,
        ours INTEGER,
        role TEXT,
        signed_on TEXT,
        CONSTRAINT pk_signature PRIMARY KEY (id),
        CONSTRAINT uq_signature_ref UNIQUE (ref),
        CONSTRAINT fk_signature_agreement_agreement FOREIGN KEY(agreement)
                REFERENCES agreement (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_signature_organisation_organisation FOREIGN KEY(organisation)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_signature_practice_practice FOREIGN KEY(practice)
                REFERENCES practice (id)
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
    CREATE TABLE team_link (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        team TEXT NOT NULL,
        organisation INTEGER,
        link_role TEXT,
        practice INTEGER,
        rhythm TEXT,
        last_contact TEXT,
        next_step TEXT,
        CONSTRAINT pk_team_link PRIMARY KEY (id),
        CONSTRAINT uq_team_link_ref UNIQUE (ref),
        CONSTRAINT fk_team_link_organisation_organisation FOREIGN KEY(organisation)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_team_link_practice_practice FOREIGN KEY(practice)
                REFERENCES practice (id)
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
    """
    CREATE TABLE workload_transfer (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        what TEXT NOT NULL,
        moved_from INTEGER,
        since TEXT,
        funded INTEGER,
        amount INTEGER,
        hours_a_month INTEGER,
        agreed_where TEXT,
        answer TEXT,
        remarks TEXT,
        restricted INTEGER NOT NULL,
        CONSTRAINT pk_workload_transfer PRIMARY KEY (id),
        CONSTRAINT uq_workload_transfer_ref UNIQUE (ref),
        CONSTRAINT fk_workload_transfer_moved_from_organisation FOREIGN KEY(moved_from)
                REFERENCES organisation (id)
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
    "commitment": (
        """
        CREATE TABLE changing (
            id INTEGER NOT NULL,
            version INTEGER NOT NULL,
            ref TEXT NOT NULL,
            title TEXT NOT NULL,
            owed_to TEXT,
            due TEXT,
            document INTEGER,
            locator TEXT,
            quotation TEXT,
            paraphrase TEXT,
            confidence TEXT,
            read_by TEXT,
            read_on TEXT,
            quotation_found TEXT,
            quotation_checked TEXT,
            kind TEXT,
            basis TEXT,
            clause TEXT,
            agreement INTEGER,
            in_contract TEXT,
            checked_in INTEGER,
            checked_clause TEXT,
            checked_on TEXT,
            strength TEXT,
            work_class TEXT,
            owner INTEGER,
            deputy INTEGER,
            applies_to TEXT,
            revised_due TEXT,
            times_revised INTEGER,
            review_on TEXT,
            review_months INTEGER,
            review_from TEXT,
            reviewed_on TEXT,
            status TEXT,
            came_to TEXT,
            result TEXT,
            outcome_wanted TEXT,
            purpose TEXT,
            serves TEXT,
            core_component TEXT,
            tom_module TEXT,
            funding INTEGER,
            funding_certainty TEXT,
            unfunded_hours INTEGER,
            review_trigger TEXT,
            restricted INTEGER NOT NULL,
            CONSTRAINT pk_commitment PRIMARY KEY (id),
            CONSTRAINT uq_commitment_ref UNIQUE (ref),
            CONSTRAINT fk_commitment_document_source_document FOREIGN KEY(document)
                    REFERENCES source_document (id)
                    DEFERRABLE INITIALLY DEFERRED,
            CONSTRAINT fk_commitment_agreement_agreement FOREIGN KEY(agreement)
                    REFERENCES agreement (id)
                    DEFERRABLE INITIALLY DEFERRED,
            CONSTRAINT fk_commitment_checked_in_source_document FOREIGN KEY(checked_in)
                    REFERENCES source_document (id)
                    DEFERRABLE INITIALLY DEFERRED,
            CONSTRAINT fk_commitment_owner_person FOREIGN KEY(owner)
                    REFERENCES person (id)
                    DEFERRABLE INITIALLY DEFERRED,
            CONSTRAINT fk_commitment_deputy_person FOREIGN KEY(deputy)
                    REFERENCES person (id)
                    DEFERRABLE INITIALLY DEFERRED
        )
         STRICT
        """,
        (
            "id",
            "version",
            "ref",
            "title",
            "owed_to",
            "due",
            "document",
            "locator",
            "quotation",
            "paraphrase",
            "confidence",
            "read_by",
            "read_on",
            "kind",
            "basis",
            "clause",
            "strength",
            "work_class",
            "owner",
            "deputy",
            "applies_to",
            "revised_due",
            "times_revised",
            "review_on",
            "status",
            "result",
            "outcome_wanted",
            "purpose",
            "core_component",
            "tom_module",
            "funding",
            "funding_certainty",
            "unfunded_hours",
            "review_trigger",
            "restricted",
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
    "source_document": (
        """
        CREATE TABLE changing (
            id INTEGER NOT NULL,
            version INTEGER NOT NULL,
            ref TEXT NOT NULL,
            title TEXT NOT NULL,
            body TEXT,
            dated TEXT,
            edition TEXT,
            publication_ref TEXT,
            kept TEXT,
            lies_at TEXT,
            supersedes INTEGER,
            comes_from INTEGER,
            status TEXT,
            mentions_pcns INTEGER,
            reread_on TEXT,
            library_key TEXT,
            restricted INTEGER,
            CONSTRAINT pk_source_document PRIMARY KEY (id),
            CONSTRAINT uq_source_document_ref UNIQUE (ref),
            CONSTRAINT fk_source_document_supersedes_source_document FOREIGN KEY(supersedes)
                    REFERENCES source_document (id)
                    DEFERRABLE INITIALLY DEFERRED,
            CONSTRAINT fk_source_document_comes_from_source_document FOREIGN KEY(comes_from)
                    REFERENCES source_document (id)
                    DEFERRABLE INITIALLY DEFERRED
        )
         STRICT
        """,
        (
            "id",
            "version",
            "ref",
            "title",
            "body",
            "dated",
            "edition",
            "publication_ref",
            "kept",
            "lies_at",
            "supersedes",
            "status",
            "mentions_pcns",
        ),
    ),
}
"""A table with more columns, and those whose values go over."""

INDEXES = (
    "CREATE INDEX ix_agreement_document ON agreement (document)",
    "CREATE INDEX ix_assessment_framework ON assessment (framework)",
    "CREATE INDEX ix_back_pay_employer ON back_pay (employer)",
    "CREATE INDEX ix_back_pay_holder ON back_pay (holder)",
    "CREATE INDEX ix_back_pay_post ON back_pay (post)",
    "CREATE INDEX ix_baseline_stream_variation ON baseline_stream (variation)",
    "CREATE INDEX ix_bulletin_action ON bulletin (action)",
    "CREATE INDEX ix_bulletin_replaces ON bulletin (replaces)",
    "CREATE INDEX ix_claim_event_claim ON claim_event (claim)",
    "CREATE INDEX ix_column_mapping_employer ON column_mapping (employer)",
    "CREATE INDEX ix_consultation_document ON consultation (document)",
    "CREATE INDEX ix_contract_document ON contract (document)",
    "CREATE INDEX ix_contract_holder ON contract (holder)",
    "CREATE INDEX ix_contract_layered_on ON contract (layered_on)",
    "CREATE INDEX ix_contract_manager ON contract (manager)",
    "CREATE INDEX ix_data_request_asked_by ON data_request (asked_by)",
    "CREATE INDEX ix_data_request_document ON data_request (document)",
    "CREATE INDEX ix_employer_line_post ON employer_line (post)",
    "CREATE INDEX ix_employer_line_statement ON employer_line (statement)",
    "CREATE INDEX ix_employer_payment_employer ON employer_payment (employer)",
    "CREATE INDEX ix_employer_statement_employer ON employer_statement (employer)",
    "CREATE INDEX ix_framework_line_framework ON framework_line (framework)",
    "CREATE INDEX ix_gate_agreement ON gate (agreement)",
    "CREATE INDEX ix_gate_evidence ON gate (evidence)",
    'CREATE INDEX ix_gate_plan ON gate ("plan")',
    "CREATE INDEX ix_local_variation_document ON local_variation (document)",
    'CREATE INDEX ix_milestone_plan ON milestone ("plan")',
    "CREATE INDEX ix_occurrence_duty ON occurrence (duty)",
    "CREATE INDEX ix_other_funding_post ON other_funding (post)",
    'CREATE INDEX ix_plan_document ON "plan" (document)',
    'CREATE INDEX ix_plan_owner ON "plan" (owner)',
    "CREATE INDEX ix_policy_position_document ON policy_position (document)",
    "CREATE INDEX ix_portal_line_post ON portal_line (post)",
    "CREATE INDEX ix_portal_line_statement ON portal_line (statement)",
    "CREATE INDEX ix_post_evidence_post ON post_evidence (post)",
    "CREATE INDEX ix_question_answered_in ON question (answered_in)",
    "CREATE INDEX ix_question_asked_of ON question (asked_of)",
    "CREATE INDEX ix_question_meeting ON question (meeting)",
    "CREATE INDEX ix_recurring_duty_commitment ON recurring_duty (commitment)",
    "CREATE INDEX ix_recurring_duty_owner ON recurring_duty (owner)",
    "CREATE INDEX ix_reply_line_practice ON reply_line (practice)",
    "CREATE INDEX ix_reporting_burden_requester ON reporting_burden (requester)",
    "CREATE INDEX ix_resource_request_asked_by ON resource_request (asked_by)",
    "CREATE INDEX ix_response_consultation ON response (consultation)",
    "CREATE INDEX ix_response_document ON response (document)",
    "CREATE INDEX ix_risk_owner ON risk (owner)",
    "CREATE INDEX ix_risk_score_risk ON risk_score (risk)",
    "CREATE INDEX ix_scenario_post_base ON scenario_post (base)",
    "CREATE INDEX ix_scenario_post_employer ON scenario_post (employer)",
    "CREATE INDEX ix_scenario_post_scenario ON scenario_post (scenario)",
    "CREATE INDEX ix_score_assessment ON score (assessment)",
    "CREATE INDEX ix_score_line ON score (line)",
    "CREATE INDEX ix_sign_up_decision_practice ON sign_up_decision (practice)",
    "CREATE INDEX ix_sign_up_decision_variation ON sign_up_decision (variation)",
    "CREATE INDEX ix_sign_up_risk_decision ON sign_up_risk (decision)",
    "CREATE INDEX ix_signature_agreement ON signature (agreement)",
    "CREATE INDEX ix_signature_organisation ON signature (organisation)",
    "CREATE INDEX ix_signature_practice ON signature (practice)",
    "CREATE INDEX ix_sum_network ON sum (network)",
    "CREATE INDEX ix_team_link_organisation ON team_link (organisation)",
    "CREATE INDEX ix_team_link_practice ON team_link (practice)",
    "CREATE INDEX ix_uplift_line_post ON uplift_line (post)",
    "CREATE INDEX ix_uplift_line_uplift ON uplift_line (uplift)",
    "CREATE INDEX ix_workload_transfer_moved_from ON workload_transfer (moved_from)",
    "CREATE INDEX ix_assignment_covers ON assignment (covers)",
    "CREATE INDEX ix_assignment_employer ON assignment (employer)",
    "CREATE INDEX ix_assignment_holder ON assignment (holder)",
    "CREATE INDEX ix_assignment_post ON assignment (post)",
    "CREATE INDEX ix_claim_supersedes ON claim (supersedes)",
    "CREATE INDEX ix_claim_line_claim ON claim_line (claim)",
    "CREATE INDEX ix_claim_line_post ON claim_line (post)",
    "CREATE INDEX ix_claim_line_rate ON claim_line (rate)",
    "CREATE INDEX ix_commitment_agreement ON commitment (agreement)",
    "CREATE INDEX ix_commitment_checked_in ON commitment (checked_in)",
    "CREATE INDEX ix_commitment_deputy ON commitment (deputy)",
    "CREATE INDEX ix_commitment_document ON commitment (document)",
    "CREATE INDEX ix_commitment_owner ON commitment (owner)",
    "CREATE INDEX ix_organisation_successor ON organisation (successor)",
    "CREATE INDEX ix_pay_employer ON pay (employer)",
    "CREATE INDEX ix_pay_holder ON pay (holder)",
    "CREATE INDEX ix_pay_post ON pay (post)",
    "CREATE INDEX ix_post_base ON post (base)",
    "CREATE INDEX ix_post_employer ON post (employer)",
    "CREATE INDEX ix_rate_network ON rate (network)",
    "CREATE INDEX ix_source_document_comes_from ON source_document (comes_from)",
    "CREATE INDEX ix_source_document_supersedes ON source_document (supersedes)",
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
