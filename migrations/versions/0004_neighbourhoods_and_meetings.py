"""Neighbourhoods, integrators and their money, the clocks of requests, and what boards decide."""

from alembic import op

revision = "0004"
down_revision = "0003"


ADDED = (
    """
    CREATE TABLE agenda_item (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        meeting INTEGER NOT NULL,
        number INTEGER NOT NULL,
        title TEXT NOT NULL,
        purpose TEXT,
        presenter INTEGER,
        minutes INTEGER,
        ask TEXT,
        paper TEXT,
        state TEXT NOT NULL,
        carried_from INTEGER,
        said TEXT,
        minute_ref TEXT,
        restricted INTEGER NOT NULL,
        final INTEGER NOT NULL,
        CONSTRAINT pk_agenda_item PRIMARY KEY (id),
        CONSTRAINT uq_agenda_item_ref UNIQUE (ref),
        CONSTRAINT fk_agenda_item_meeting_meeting FOREIGN KEY(meeting)
                REFERENCES meeting (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_agenda_item_presenter_person FOREIGN KEY(presenter)
                REFERENCES person (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_agenda_item_carried_from_agenda_item FOREIGN KEY(carried_from)
                REFERENCES agenda_item (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE area (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        name TEXT NOT NULL,
        tier TEXT NOT NULL,
        code TEXT,
        within INTEGER,
        population INTEGER,
        definition TEXT,
        defined_by TEXT,
        defined_on TEXT,
        document INTEGER,
        locator TEXT,
        valid_from TEXT,
        valid_to TEXT,
        successor INTEGER,
        CONSTRAINT pk_area PRIMARY KEY (id),
        CONSTRAINT uq_area_ref UNIQUE (ref),
        CONSTRAINT fk_area_within_area FOREIGN KEY(within)
                REFERENCES area (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_area_document_source_document FOREIGN KEY(document)
                REFERENCES source_document (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_area_successor_area FOREIGN KEY(successor)
                REFERENCES area (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE area_membership (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        within INTEGER NOT NULL,
        network INTEGER NOT NULL,
        valid_from TEXT,
        valid_to TEXT,
        source TEXT,
        CONSTRAINT pk_area_membership PRIMARY KEY (id),
        CONSTRAINT uq_area_membership_ref UNIQUE (ref),
        CONSTRAINT fk_area_membership_within_area FOREIGN KEY(within)
                REFERENCES area (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_area_membership_network_organisation FOREIGN KEY(network)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE attendance (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        meeting INTEGER NOT NULL,
        seat INTEGER,
        person INTEGER,
        practice INTEGER,
        organisation INTEGER,
        presence TEXT NOT NULL,
        came_at TEXT,
        left_at TEXT,
        remark TEXT,
        CONSTRAINT pk_attendance PRIMARY KEY (id),
        CONSTRAINT uq_attendance_ref UNIQUE (ref),
        CONSTRAINT fk_attendance_meeting_meeting FOREIGN KEY(meeting)
                REFERENCES meeting (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_attendance_seat_seat FOREIGN KEY(seat)
                REFERENCES seat (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_attendance_person_person FOREIGN KEY(person)
                REFERENCES person (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_attendance_practice_practice FOREIGN KEY(practice)
                REFERENCES practice (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_attendance_organisation_organisation FOREIGN KEY(organisation)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE body (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        name TEXT NOT NULL,
        kind TEXT,
        organisation INTEGER,
        place INTEGER,
        governance TEXT,
        may_decide TEXT,
        "limit" INTEGER,
        delegation TEXT,
        document INTEGER,
        locator TEXT,
        terms_version TEXT,
        accountable_body INTEGER,
        accountable_for TEXT,
        quorum_kind TEXT,
        quorum_number INTEGER,
        quorum_share INTEGER,
        quorum_of TEXT,
        quorum_base INTEGER,
        papers_days INTEGER,
        minutes_days INTEGER,
        minute_prefix TEXT,
        rhythm TEXT,
        public INTEGER,
        valid_from TEXT,
        valid_to TEXT,
        successor INTEGER,
        CONSTRAINT pk_body PRIMARY KEY (id),
        CONSTRAINT uq_body_ref UNIQUE (ref),
        CONSTRAINT fk_body_organisation_organisation FOREIGN KEY(organisation)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_body_place_area FOREIGN KEY(place)
                REFERENCES area (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_body_document_source_document FOREIGN KEY(document)
                REFERENCES source_document (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_body_accountable_body_organisation FOREIGN KEY(accountable_body)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_body_successor_body FOREIGN KEY(successor)
                REFERENCES body (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE closed_day (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        closed_on TEXT NOT NULL,
        what TEXT,
        agreed_with TEXT,
        CONSTRAINT pk_closed_day PRIMARY KEY (id),
        CONSTRAINT uq_closed_day_ref UNIQUE (ref)
    )
     STRICT
    """,
    """
    CREATE TABLE collaborative (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        name TEXT NOT NULL,
        kind TEXT,
        body INTEGER,
        terms_version TEXT,
        mandate TEXT,
        host INTEGER,
        rhythm TEXT,
        paid TEXT,
        document INTEGER,
        locator TEXT,
        vision INTEGER,
        operating_model INTEGER,
        estates INTEGER,
        information INTEGER,
        workforce INTEGER,
        scored_on TEXT,
        CONSTRAINT pk_collaborative PRIMARY KEY (id),
        CONSTRAINT uq_collaborative_ref UNIQUE (ref),
        CONSTRAINT fk_collaborative_body_body FOREIGN KEY(body)
                REFERENCES body (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_collaborative_host_organisation FOREIGN KEY(host)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_collaborative_document_source_document FOREIGN KEY(document)
                REFERENCES source_document (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE collaborative_member (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        collaborative INTEGER NOT NULL,
        organisation INTEGER NOT NULL,
        starts TEXT,
        ends TEXT,
        CONSTRAINT pk_collaborative_member PRIMARY KEY (id),
        CONSTRAINT uq_collaborative_member_ref UNIQUE (ref),
        CONSTRAINT fk_collaborative_member_collaborative_collaborative FOREIGN KEY(collaborative)
                REFERENCES collaborative (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_collaborative_member_organisation_organisation FOREIGN KEY(organisation)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE decision (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        words TEXT NOT NULL,
        body INTEGER,
        meeting INTEGER,
        item INTEGER,
        minute_ref TEXT,
        decided_on TEXT,
        decided_by_integrator INTEGER,
        delegation TEXT,
        delegation_document INTEGER,
        delegation_locator TEXT,
        options TEXT,
        reason TEXT,
        how TEXT,
        votes_for INTEGER,
        votes_against INTEGER,
        abstained INTEGER,
        dissent TEXT,
        status TEXT,
        ratified_on TEXT,
        practice_seat_present INTEGER,
        conflicts TEXT,
        managed TEXT,
        cost INTEGER,
        finance TEXT,
        procurement TEXT,
        supplier TEXT,
        adviser TEXT,
        review_on TEXT,
        supersedes INTEGER,
        commitment INTEGER,
        published INTEGER,
        restricted INTEGER NOT NULL,
        final INTEGER NOT NULL,
        CONSTRAINT pk_decision PRIMARY KEY (id),
        CONSTRAINT uq_decision_ref UNIQUE (ref),
        CONSTRAINT fk_decision_body_body FOREIGN KEY(body)
                REFERENCES body (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_decision_meeting_meeting FOREIGN KEY(meeting)
                REFERENCES meeting (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_decision_item_agenda_item FOREIGN KEY(item)
                REFERENCES agenda_item (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_decision_decided_by_integrator_integrator FOREIGN KEY(decided_by_integrator)
                REFERENCES integrator (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_decision_delegation_document_source_document FOREIGN KEY(delegation_document)
                REFERENCES source_document (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_decision_supersedes_decision FOREIGN KEY(supersedes)
                REFERENCES decision (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_decision_commitment_commitment FOREIGN KEY(commitment)
                REFERENCES commitment (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE delegation (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        duty TEXT NOT NULL,
        held_by INTEGER,
        delegated_to INTEGER,
        since TEXT,
        deputy INTEGER,
        ended_on TEXT,
        remark TEXT,
        CONSTRAINT pk_delegation PRIMARY KEY (id),
        CONSTRAINT uq_delegation_ref UNIQUE (ref),
        CONSTRAINT fk_delegation_held_by_person FOREIGN KEY(held_by)
                REFERENCES person (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_delegation_delegated_to_person FOREIGN KEY(delegated_to)
                REFERENCES person (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_delegation_deputy_person FOREIGN KEY(deputy)
                REFERENCES person (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE delivered (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        outcome TEXT NOT NULL,
        measure TEXT,
        baseline TEXT,
        period TEXT,
        measured_on TEXT,
        evidence INTEGER,
        restricted INTEGER NOT NULL,
        CONSTRAINT pk_delivered PRIMARY KEY (id),
        CONSTRAINT uq_delivered_ref UNIQUE (ref),
        CONSTRAINT fk_delivered_evidence_evidence FOREIGN KEY(evidence)
                REFERENCES evidence (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE existing_support (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        who TEXT NOT NULL,
        organisation INTEGER,
        what_for TEXT,
        categories TEXT,
        how_to_ask TEXT,
        cost TEXT,
        checked_on TEXT,
        CONSTRAINT pk_existing_support PRIMARY KEY (id),
        CONSTRAINT uq_existing_support_ref UNIQUE (ref),
        CONSTRAINT fk_existing_support_organisation_organisation FOREIGN KEY(organisation)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE footprint_appraisal (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        title TEXT NOT NULL,
        network INTEGER,
        map_reference TEXT,
        document INTEGER,
        locator TEXT,
        opens TEXT,
        closes TEXT,
        our_view TEXT,
        sent_on TEXT,
        decision TEXT,
        decided_by TEXT,
        decided_on TEXT,
        reason TEXT,
        signed_off_by TEXT,
        signed_off_on TEXT,
        restricted INTEGER NOT NULL,
        CONSTRAINT pk_footprint_appraisal PRIMARY KEY (id),
        CONSTRAINT uq_footprint_appraisal_ref UNIQUE (ref),
        CONSTRAINT fk_footprint_appraisal_network_organisation FOREIGN KEY(network)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_footprint_appraisal_document_source_document FOREIGN KEY(document)
                REFERENCES source_document (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE footprint_option (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        appraisal INTEGER NOT NULL,
        kind TEXT NOT NULL,
        what TEXT,
        speaks_for TEXT,
        speaks_against TEXT,
        cost INTEGER,
        evidence INTEGER,
        CONSTRAINT pk_footprint_option PRIMARY KEY (id),
        CONSTRAINT uq_footprint_option_ref UNIQUE (ref),
        CONSTRAINT fk_footprint_option_appraisal_footprint_appraisal FOREIGN KEY(appraisal)
                REFERENCES footprint_appraisal (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_footprint_option_evidence_evidence FOREIGN KEY(evidence)
                REFERENCES evidence (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE forward_item (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        body INTEGER NOT NULL,
        title TEXT NOT NULL,
        month TEXT,
        purpose TEXT,
        presenter INTEGER,
        minutes INTEGER,
        meeting INTEGER,
        restricted INTEGER NOT NULL,
        CONSTRAINT pk_forward_item PRIMARY KEY (id),
        CONSTRAINT uq_forward_item_ref UNIQUE (ref),
        CONSTRAINT fk_forward_item_body_body FOREIGN KEY(body)
                REFERENCES body (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_forward_item_presenter_person FOREIGN KEY(presenter)
                REFERENCES person (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_forward_item_meeting_meeting FOREIGN KEY(meeting)
                REFERENCES meeting (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE function_transfer (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        function TEXT NOT NULL,
        moves_from TEXT,
        moves_to TEXT,
        expected TEXT,
        status TEXT,
        document INTEGER,
        locator TEXT,
        quotation TEXT,
        remarks TEXT,
        CONSTRAINT pk_function_transfer PRIMARY KEY (id),
        CONSTRAINT uq_function_transfer_ref UNIQUE (ref),
        CONSTRAINT fk_function_transfer_document_source_document FOREIGN KEY(document)
                REFERENCES source_document (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE fund (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        name TEXT NOT NULL,
        value INTEGER,
        purpose TEXT,
        year TEXT,
        document INTEGER,
        locator TEXT,
        holder INTEGER,
        held_for INTEGER,
        beneficiary TEXT,
        accountable_body INTEGER,
        at_year_end TEXT,
        ends TEXT,
        agreed_where TEXT,
        CONSTRAINT pk_fund PRIMARY KEY (id),
        CONSTRAINT uq_fund_ref UNIQUE (ref),
        CONSTRAINT fk_fund_document_source_document FOREIGN KEY(document)
                REFERENCES source_document (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_fund_holder_organisation FOREIGN KEY(holder)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_fund_held_for_integrator FOREIGN KEY(held_for)
                REFERENCES integrator (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_fund_accountable_body_organisation FOREIGN KEY(accountable_body)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE fund_entry (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        fund INTEGER NOT NULL,
        what TEXT NOT NULL,
        planned INTEGER,
        sector TEXT,
        shared INTEGER NOT NULL,
        consultancy INTEGER,
        supplier TEXT,
        principle INTEGER,
        document INTEGER,
        locator TEXT,
        CONSTRAINT pk_fund_entry PRIMARY KEY (id),
        CONSTRAINT uq_fund_entry_ref UNIQUE (ref),
        CONSTRAINT fk_fund_entry_fund_fund FOREIGN KEY(fund)
                REFERENCES fund (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_fund_entry_principle_spend_principle FOREIGN KEY(principle)
                REFERENCES spend_principle (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_fund_entry_document_source_document FOREIGN KEY(document)
                REFERENCES source_document (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE fund_movement (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        entry INTEGER NOT NULL,
        kind TEXT NOT NULL,
        amount INTEGER NOT NULL,
        "on" TEXT NOT NULL,
        their_reference TEXT,
        remark TEXT,
        CONSTRAINT pk_fund_movement PRIMARY KEY (id),
        CONSTRAINT uq_fund_movement_ref UNIQUE (ref),
        CONSTRAINT fk_fund_movement_entry_fund_entry FOREIGN KEY(entry)
                REFERENCES fund_entry (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE fund_partner (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        fund INTEGER NOT NULL,
        organisation INTEGER NOT NULL,
        starts TEXT,
        ends TEXT,
        CONSTRAINT pk_fund_partner PRIMARY KEY (id),
        CONSTRAINT uq_fund_partner_ref UNIQUE (ref),
        CONSTRAINT fk_fund_partner_fund_fund FOREIGN KEY(fund)
                REFERENCES fund (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_fund_partner_organisation_organisation FOREIGN KEY(organisation)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE funded_post (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        entry INTEGER NOT NULL,
        post INTEGER NOT NULL,
        share INTEGER,
        starts TEXT,
        ends TEXT,
        CONSTRAINT pk_funded_post PRIMARY KEY (id),
        CONSTRAINT uq_funded_post_ref UNIQUE (ref),
        CONSTRAINT fk_funded_post_entry_fund_entry FOREIGN KEY(entry)
                REFERENCES fund_entry (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_funded_post_post_post FOREIGN KEY(post)
                REFERENCES post (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE hub (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        name TEXT NOT NULL,
        type TEXT,
        status TEXT NOT NULL,
        team INTEGER,
        neighbourhood INTEGER,
        opened_on TEXT,
        digital TEXT,
        telephone TEXT,
        in_person TEXT,
        estate_agreed INTEGER,
        estate TEXT,
        parking TEXT,
        capital_confirmed INTEGER,
        capital INTEGER,
        capital_source TEXT,
        assurance TEXT,
        assurance_document INTEGER,
        assurance_locator TEXT,
        assurance_review TEXT,
        for_patients TEXT,
        CONSTRAINT pk_hub PRIMARY KEY (id),
        CONSTRAINT uq_hub_ref UNIQUE (ref),
        CONSTRAINT fk_hub_team_neighbourhood_team FOREIGN KEY(team)
                REFERENCES neighbourhood_team (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_hub_neighbourhood_area FOREIGN KEY(neighbourhood)
                REFERENCES area (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_hub_assurance_document_source_document FOREIGN KEY(assurance_document)
                REFERENCES source_document (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE hub_service (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        hub INTEGER NOT NULL,
        service TEXT NOT NULL,
        status TEXT NOT NULL,
        lead INTEGER,
        digital TEXT,
        telephone TEXT,
        in_person TEXT,
        expected TEXT,
        for_patients TEXT,
        checked_on TEXT,
        CONSTRAINT pk_hub_service PRIMARY KEY (id),
        CONSTRAINT uq_hub_service_ref UNIQUE (ref),
        CONSTRAINT fk_hub_service_hub_hub FOREIGN KEY(hub)
                REFERENCES hub (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_hub_service_lead_organisation FOREIGN KEY(lead)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE integrator (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        name TEXT NOT NULL,
        place INTEGER,
        status TEXT,
        hosting TEXT,
        in_service_of TEXT,
        approved_by TEXT,
        host INTEGER,
        host_document INTEGER,
        host_locator TEXT,
        fund_holder INTEGER,
        fund_holder_document INTEGER,
        fund_holder_locator TEXT,
        contract_holder INTEGER,
        contract_holder_document INTEGER,
        contract_holder_locator TEXT,
        accountable_body INTEGER,
        accountable_body_document INTEGER,
        accountable_body_locator TEXT,
        remarks TEXT,
        CONSTRAINT pk_integrator PRIMARY KEY (id),
        CONSTRAINT uq_integrator_ref UNIQUE (ref),
        CONSTRAINT fk_integrator_place_area FOREIGN KEY(place)
                REFERENCES area (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_integrator_host_organisation FOREIGN KEY(host)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_integrator_host_document_source_document FOREIGN KEY(host_document)
                REFERENCES source_document (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_integrator_fund_holder_organisation FOREIGN KEY(fund_holder)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_integrator_fund_holder_document_source_document FOREIGN KEY(fund_holder_document)
                REFERENCES source_document (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_integrator_contract_holder_organisation FOREIGN KEY(contract_holder)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_integrator_contract_holder_document_source_document FOREIGN KEY(contract_holder_document)
                REFERENCES source_document (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_integrator_accountable_body_organisation FOREIGN KEY(accountable_body)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_integrator_accountable_body_document_source_document FOREIGN KEY(accountable_body_document)
                REFERENCES source_document (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE integrator_function (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        integrator INTEGER NOT NULL,
        name TEXT NOT NULL,
        lead INTEGER,
        status TEXT,
        service_level TEXT,
        document INTEGER,
        locator TEXT,
        CONSTRAINT pk_integrator_function PRIMARY KEY (id),
        CONSTRAINT uq_integrator_function_ref UNIQUE (ref),
        CONSTRAINT fk_integrator_function_integrator_integrator FOREIGN KEY(integrator)
                REFERENCES integrator (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_integrator_function_lead_organisation FOREIGN KEY(lead)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_integrator_function_document_source_document FOREIGN KEY(document)
                REFERENCES source_document (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE integrator_partner (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        integrator INTEGER NOT NULL,
        organisation INTEGER,
        sector TEXT,
        named_as TEXT,
        part TEXT,
        contact INTEGER,
        document INTEGER,
        locator TEXT,
        starts TEXT,
        ends TEXT,
        CONSTRAINT pk_integrator_partner PRIMARY KEY (id),
        CONSTRAINT uq_integrator_partner_ref UNIQUE (ref),
        CONSTRAINT fk_integrator_partner_integrator_integrator FOREIGN KEY(integrator)
                REFERENCES integrator (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_integrator_partner_organisation_organisation FOREIGN KEY(organisation)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_integrator_partner_contact_person FOREIGN KEY(contact)
                REFERENCES person (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_integrator_partner_document_source_document FOREIGN KEY(document)
                REFERENCES source_document (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE integrator_step (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        integrator INTEGER NOT NULL,
        step TEXT NOT NULL,
        original TEXT NOT NULL,
        revised TEXT,
        done_on TEXT,
        document INTEGER,
        locator TEXT,
        CONSTRAINT pk_integrator_step PRIMARY KEY (id),
        CONSTRAINT uq_integrator_step_ref UNIQUE (ref),
        CONSTRAINT fk_integrator_step_integrator_integrator FOREIGN KEY(integrator)
                REFERENCES integrator (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_integrator_step_document_source_document FOREIGN KEY(document)
                REFERENCES source_document (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE interest (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        holder INTEGER NOT NULL,
        kind TEXT NOT NULL,
        what TEXT NOT NULL,
        starts TEXT,
        ends TEXT,
        mitigation TEXT,
        declared_on TEXT,
        confirmed_on TEXT,
        CONSTRAINT pk_interest PRIMARY KEY (id),
        CONSTRAINT uq_interest_ref UNIQUE (ref),
        CONSTRAINT fk_interest_holder_person FOREIGN KEY(holder)
                REFERENCES person (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE interest_declared (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        meeting INTEGER NOT NULL,
        interest INTEGER,
        item INTEGER,
        who INTEGER,
        what TEXT,
        managed TEXT,
        CONSTRAINT pk_interest_declared PRIMARY KEY (id),
        CONSTRAINT uq_interest_declared_ref UNIQUE (ref),
        CONSTRAINT fk_interest_declared_meeting_meeting FOREIGN KEY(meeting)
                REFERENCES meeting (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_interest_declared_interest_interest FOREIGN KEY(interest)
                REFERENCES interest (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_interest_declared_item_agenda_item FOREIGN KEY(item)
                REFERENCES agenda_item (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_interest_declared_who_person FOREIGN KEY(who)
                REFERENCES person (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE lead_assignment (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        what TEXT NOT NULL,
        leader INTEGER NOT NULL,
        role INTEGER,
        on_behalf_of TEXT,
        agreed_where TEXT,
        starts TEXT,
        ends TEXT,
        remarks TEXT,
        CONSTRAINT pk_lead_assignment PRIMARY KEY (id),
        CONSTRAINT uq_lead_assignment_ref UNIQUE (ref),
        CONSTRAINT fk_lead_assignment_leader_organisation FOREIGN KEY(leader)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_lead_assignment_role_person FOREIGN KEY(role)
                REFERENCES person (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE leader_time (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        month TEXT NOT NULL,
        person INTEGER,
        internal INTEGER NOT NULL,
        external INTEGER NOT NULL,
        remark TEXT,
        CONSTRAINT pk_leader_time PRIMARY KEY (id),
        CONSTRAINT uq_leader_time_ref UNIQUE (ref),
        CONSTRAINT fk_leader_time_person_person FOREIGN KEY(person)
                REFERENCES person (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE meeting_series (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        title TEXT NOT NULL,
        body INTEGER,
        rhythm TEXT,
        starts_at TEXT,
        lasts INTEGER,
        place TEXT,
        CONSTRAINT pk_meeting_series PRIMARY KEY (id),
        CONSTRAINT uq_meeting_series_ref UNIQUE (ref),
        CONSTRAINT fk_meeting_series_body_body FOREIGN KEY(body)
                REFERENCES body (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE minutes_line (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        minutes INTEGER NOT NULL,
        item INTEGER,
        number INTEGER NOT NULL,
        title TEXT NOT NULL,
        minute_ref TEXT,
        said TEXT,
        restricted INTEGER NOT NULL,
        final INTEGER NOT NULL,
        CONSTRAINT pk_minutes_line PRIMARY KEY (id),
        CONSTRAINT uq_minutes_line_ref UNIQUE (ref),
        CONSTRAINT fk_minutes_line_minutes_minutes_version FOREIGN KEY(minutes)
                REFERENCES minutes_version (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_minutes_line_item_agenda_item FOREIGN KEY(item)
                REFERENCES agenda_item (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE minutes_version (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        meeting INTEGER NOT NULL,
        number INTEGER NOT NULL,
        made_at TEXT,
        reason TEXT,
        quorum TEXT,
        present TEXT,
        kept TEXT,
        final INTEGER NOT NULL,
        CONSTRAINT pk_minutes_version PRIMARY KEY (id),
        CONSTRAINT uq_minutes_version_ref UNIQUE (ref),
        CONSTRAINT fk_minutes_version_meeting_meeting FOREIGN KEY(meeting)
                REFERENCES meeting (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE neighbourhood_share (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        practice INTEGER NOT NULL,
        neighbourhood INTEGER NOT NULL,
        share INTEGER NOT NULL,
        counted_on TEXT NOT NULL,
        source TEXT,
        CONSTRAINT pk_neighbourhood_share PRIMARY KEY (id),
        CONSTRAINT uq_neighbourhood_share_ref UNIQUE (ref),
        CONSTRAINT fk_neighbourhood_share_practice_practice FOREIGN KEY(practice)
                REFERENCES practice (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_neighbourhood_share_neighbourhood_area FOREIGN KEY(neighbourhood)
                REFERENCES area (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE neighbourhood_team (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        name TEXT NOT NULL,
        neighbourhood INTEGER,
        status TEXT NOT NULL,
        purpose TEXT,
        headcount INTEGER,
        population INTEGER,
        counted_on TEXT,
        rural INTEGER,
        longest_travel INTEGER,
        "plan" INTEGER,
        go_live TEXT,
        revised_go_live TEXT,
        live_since TEXT,
        document INTEGER,
        locator TEXT,
        remarks TEXT,
        CONSTRAINT pk_neighbourhood_team PRIMARY KEY (id),
        CONSTRAINT uq_neighbourhood_team_ref UNIQUE (ref),
        CONSTRAINT fk_neighbourhood_team_neighbourhood_area FOREIGN KEY(neighbourhood)
                REFERENCES area (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_neighbourhood_team_plan_plan FOREIGN KEY("plan")
                REFERENCES "plan" (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_neighbourhood_team_document_source_document FOREIGN KEY(document)
                REFERENCES source_document (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE network_membership (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        practice INTEGER NOT NULL,
        network INTEGER NOT NULL,
        valid_from TEXT,
        valid_to TEXT,
        source TEXT,
        CONSTRAINT pk_network_membership PRIMARY KEY (id),
        CONSTRAINT uq_network_membership_ref UNIQUE (ref),
        CONSTRAINT fk_network_membership_practice_practice FOREIGN KEY(practice)
                REFERENCES practice (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_network_membership_network_organisation FOREIGN KEY(network)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE offer_to_lead (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        what TEXT NOT NULL,
        forum INTEGER,
        forum_words TEXT,
        offered_on TEXT,
        reply TEXT,
        replied_on TEXT,
        document INTEGER,
        locator TEXT,
        CONSTRAINT pk_offer_to_lead PRIMARY KEY (id),
        CONSTRAINT uq_offer_to_lead_ref UNIQUE (ref),
        CONSTRAINT fk_offer_to_lead_forum_body FOREIGN KEY(forum)
                REFERENCES body (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_offer_to_lead_document_source_document FOREIGN KEY(document)
                REFERENCES source_document (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE quorum_need (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        body INTEGER NOT NULL,
        what TEXT NOT NULL,
        groups TEXT,
        role INTEGER,
        or_role INTEGER,
        at_least INTEGER NOT NULL,
        CONSTRAINT pk_quorum_need PRIMARY KEY (id),
        CONSTRAINT uq_quorum_need_ref UNIQUE (ref),
        CONSTRAINT fk_quorum_need_body_body FOREIGN KEY(body)
                REFERENCES body (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_quorum_need_role_person FOREIGN KEY(role)
                REFERENCES person (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_quorum_need_or_role_person FOREIGN KEY(or_role)
                REFERENCES person (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE ratification (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        principle INTEGER NOT NULL,
        partner INTEGER NOT NULL,
        answer TEXT NOT NULL,
        answered_on TEXT,
        document INTEGER,
        locator TEXT,
        CONSTRAINT pk_ratification PRIMARY KEY (id),
        CONSTRAINT uq_ratification_ref UNIQUE (ref),
        CONSTRAINT fk_ratification_principle_spend_principle FOREIGN KEY(principle)
                REFERENCES spend_principle (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_ratification_partner_organisation FOREIGN KEY(partner)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_ratification_document_source_document FOREIGN KEY(document)
                REFERENCES source_document (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE request_copy (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        request INTEGER NOT NULL,
        given_to TEXT NOT NULL,
        given_on TEXT NOT NULL,
        given_as TEXT NOT NULL,
        message TEXT,
        sha256 TEXT,
        reply_read_on TEXT,
        destroyed_on TEXT,
        CONSTRAINT pk_request_copy PRIMARY KEY (id),
        CONSTRAINT uq_request_copy_ref UNIQUE (ref),
        CONSTRAINT fk_request_copy_request_support_request FOREIGN KEY(request)
                REFERENCES support_request (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE request_note (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        request INTEGER NOT NULL,
        written_on TEXT,
        shareable INTEGER NOT NULL,
        words TEXT NOT NULL,
        CONSTRAINT pk_request_note PRIMARY KEY (id),
        CONSTRAINT uq_request_note_ref UNIQUE (ref),
        CONSTRAINT fk_request_note_request_support_request FOREIGN KEY(request)
                REFERENCES support_request (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE resource_claim (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        what TEXT NOT NULL,
        claimed_from INTEGER,
        sessions INTEGER,
        hours INTEGER,
        rate INTEGER,
        invoiced INTEGER,
        invoiced_on TEXT,
        paid INTEGER,
        paid_on TEXT,
        document INTEGER,
        locator TEXT,
        basis_checked_on TEXT,
        CONSTRAINT pk_resource_claim PRIMARY KEY (id),
        CONSTRAINT uq_resource_claim_ref UNIQUE (ref),
        CONSTRAINT fk_resource_claim_claimed_from_organisation FOREIGN KEY(claimed_from)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_resource_claim_document_source_document FOREIGN KEY(document)
                REFERENCES source_document (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE round (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        ask TEXT NOT NULL,
        explanation TEXT,
        reply_kind TEXT NOT NULL,
        choices TEXT,
        asked_on TEXT,
        due TEXT,
        body INTEGER,
        agreement INTEGER,
        action INTEGER,
        decision INTEGER,
        owner INTEGER,
        closed_on TEXT,
        private_until TEXT,
        restricted INTEGER NOT NULL,
        CONSTRAINT pk_round PRIMARY KEY (id),
        CONSTRAINT uq_round_ref UNIQUE (ref),
        CONSTRAINT fk_round_body_body FOREIGN KEY(body)
                REFERENCES body (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_round_agreement_agreement FOREIGN KEY(agreement)
                REFERENCES agreement (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_round_action_action FOREIGN KEY(action)
                REFERENCES action (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_round_decision_decision FOREIGN KEY(decision)
                REFERENCES decision (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_round_owner_person FOREIGN KEY(owner)
                REFERENCES person (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE round_reply (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        round INTEGER NOT NULL,
        practice INTEGER,
        organisation INTEGER,
        answer TEXT,
        figure INTEGER,
        replied_on TEXT,
        by_role TEXT,
        evidence TEXT,
        chased_on TEXT,
        message TEXT,
        remark TEXT,
        CONSTRAINT pk_round_reply PRIMARY KEY (id),
        CONSTRAINT uq_round_reply_ref UNIQUE (ref),
        CONSTRAINT fk_round_reply_round_round FOREIGN KEY(round)
                REFERENCES round (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_round_reply_practice_practice FOREIGN KEY(practice)
                REFERENCES practice (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_round_reply_organisation_organisation FOREIGN KEY(organisation)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE seat (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        body INTEGER NOT NULL,
        seat TEXT NOT NULL,
        "group" TEXT,
        general_practice INTEGER,
        holder INTEGER,
        deputy INTEGER,
        voting INTEGER NOT NULL,
        organisation INTEGER,
        vacant_since TEXT,
        mandate TEXT,
        route TEXT,
        route_words TEXT,
        attended INTEGER,
        attended_of INTEGER,
        starts TEXT,
        ends TEXT,
        CONSTRAINT pk_seat PRIMARY KEY (id),
        CONSTRAINT uq_seat_ref UNIQUE (ref),
        CONSTRAINT fk_seat_body_body FOREIGN KEY(body)
                REFERENCES body (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_seat_holder_person FOREIGN KEY(holder)
                REFERENCES person (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_seat_deputy_person FOREIGN KEY(deputy)
                REFERENCES person (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_seat_organisation_organisation FOREIGN KEY(organisation)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE selection_criterion (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        integrator INTEGER NOT NULL,
        criterion TEXT NOT NULL,
        our_score INTEGER,
        comment TEXT,
        document INTEGER,
        locator TEXT,
        CONSTRAINT pk_selection_criterion PRIMARY KEY (id),
        CONSTRAINT uq_selection_criterion_ref UNIQUE (ref),
        CONSTRAINT fk_selection_criterion_integrator_integrator FOREIGN KEY(integrator)
                REFERENCES integrator (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_selection_criterion_document_source_document FOREIGN KEY(document)
                REFERENCES source_document (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE series_item (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        series INTEGER NOT NULL,
        number INTEGER NOT NULL,
        title TEXT NOT NULL,
        purpose TEXT,
        presenter INTEGER,
        minutes INTEGER,
        CONSTRAINT pk_series_item PRIMARY KEY (id),
        CONSTRAINT uq_series_item_ref UNIQUE (ref),
        CONSTRAINT fk_series_item_series_meeting_series FOREIGN KEY(series)
                REFERENCES meeting_series (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_series_item_presenter_person FOREIGN KEY(presenter)
                REFERENCES person (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE service_level (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        clock TEXT NOT NULL,
        risk INTEGER,
        level TEXT,
        amount INTEGER NOT NULL,
        unit TEXT NOT NULL,
        starts TEXT NOT NULL,
        ends TEXT,
        document INTEGER,
        locator TEXT,
        agreed_with TEXT,
        CONSTRAINT pk_service_level PRIMARY KEY (id),
        CONSTRAINT uq_service_level_ref UNIQUE (ref),
        CONSTRAINT fk_service_level_document_source_document FOREIGN KEY(document)
                REFERENCES source_document (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE spend_principle (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        fund INTEGER NOT NULL,
        words TEXT NOT NULL,
        test TEXT,
        share INTEGER,
        sector TEXT,
        document INTEGER,
        locator TEXT,
        CONSTRAINT pk_spend_principle PRIMARY KEY (id),
        CONSTRAINT uq_spend_principle_ref UNIQUE (ref),
        CONSTRAINT fk_spend_principle_fund_fund FOREIGN KEY(fund)
                REFERENCES fund (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_spend_principle_document_source_document FOREIGN KEY(document)
                REFERENCES source_document (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE stakeholder (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        organisation INTEGER,
        role INTEGER,
        what_for TEXT,
        last_contact TEXT,
        next_step TEXT,
        next_by TEXT,
        stance TEXT,
        CONSTRAINT pk_stakeholder PRIMARY KEY (id),
        CONSTRAINT uq_stakeholder_ref UNIQUE (ref),
        CONSTRAINT fk_stakeholder_organisation_organisation FOREIGN KEY(organisation)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_stakeholder_role_person FOREIGN KEY(role)
                REFERENCES person (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
    """
    CREATE TABLE team_member (
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT NOT NULL,
        team INTEGER NOT NULL,
        organisation INTEGER NOT NULL,
        part TEXT,
        lead INTEGER,
        starts TEXT,
        ends TEXT,
        CONSTRAINT pk_team_member PRIMARY KEY (id),
        CONSTRAINT uq_team_member_ref UNIQUE (ref),
        CONSTRAINT fk_team_member_team_neighbourhood_team FOREIGN KEY(team)
                REFERENCES neighbourhood_team (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_team_member_organisation_organisation FOREIGN KEY(organisation)
                REFERENCES organisation (id)
                DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_team_member_lead_person FOREIGN KEY(lead)
                REFERENCES person (id)
                DEFERRABLE INITIALLY DEFERRED
    )
     STRICT
    """,
)

CHANGED = {
    "action": (
        """
        CREATE TABLE changing (
            id INTEGER NOT NULL,
            version INTEGER NOT NULL,
            ref TEXT NOT NULL,
            what TEXT NOT NULL,
            meeting INTEGER,
            minute_ref TEXT,
            item INTEGER,
            body INTEGER,
            their_ref TEXT,
            owner INTEGER,
            owner_words TEXT,
            support TEXT,
            commitment INTEGER,
            set_on TEXT,
            due TEXT,
            revised_due TEXT,
            times_revised INTEGER,
            started INTEGER NOT NULL,
            discussed_on TEXT,
            updated_on TEXT,
            evidence TEXT,
            proposed_for_closure INTEGER NOT NULL,
            closed_on TEXT,
            closed_at INTEGER,
            restricted INTEGER NOT NULL,
            CONSTRAINT pk_action PRIMARY KEY (id),
            CONSTRAINT uq_action_ref UNIQUE (ref),
            CONSTRAINT fk_action_meeting_meeting FOREIGN KEY(meeting)
                    REFERENCES meeting (id)
                    DEFERRABLE INITIALLY DEFERRED,
            CONSTRAINT fk_action_item_agenda_item FOREIGN KEY(item)
                    REFERENCES agenda_item (id)
                    DEFERRABLE INITIALLY DEFERRED,
            CONSTRAINT fk_action_body_body FOREIGN KEY(body)
                    REFERENCES body (id)
                    DEFERRABLE INITIALLY DEFERRED,
            CONSTRAINT fk_action_owner_person FOREIGN KEY(owner)
                    REFERENCES person (id)
                    DEFERRABLE INITIALLY DEFERRED,
            CONSTRAINT fk_action_commitment_commitment FOREIGN KEY(commitment)
                    REFERENCES commitment (id)
                    DEFERRABLE INITIALLY DEFERRED,
            CONSTRAINT fk_action_closed_at_meeting FOREIGN KEY(closed_at)
                    REFERENCES meeting (id)
                    DEFERRABLE INITIALLY DEFERRED
        )
         STRICT
        """,
        (
            "id",
            "version",
            "ref",
            "what",
            "meeting",
            "minute_ref",
            "owner",
            "support",
            "commitment",
            "set_on",
            "due",
            "revised_due",
            "times_revised",
            "started",
            "discussed_on",
            "updated_on",
            "evidence",
            "proposed_for_closure",
            "closed_on",
            "restricted",
        ),
    ),
    "meeting": (
        """
        CREATE TABLE changing (
            id INTEGER NOT NULL,
            version INTEGER NOT NULL,
            ref TEXT NOT NULL,
            body TEXT NOT NULL,
            held_on TEXT NOT NULL,
            place TEXT,
            board INTEGER,
            series INTEGER,
            starts_at TEXT,
            ended_at TEXT,
            stage TEXT,
            papers_sent_on TEXT,
            chair INTEGER,
            minute_taker INTEGER,
            minutes_ref TEXT,
            in_private INTEGER,
            interests_asked INTEGER,
            count_told INTEGER,
            count_told_of INTEGER,
            CONSTRAINT pk_meeting PRIMARY KEY (id),
            CONSTRAINT uq_meeting_ref UNIQUE (ref),
            CONSTRAINT fk_meeting_board_body FOREIGN KEY(board)
                    REFERENCES body (id)
                    DEFERRABLE INITIALLY DEFERRED,
            CONSTRAINT fk_meeting_series_meeting_series FOREIGN KEY(series)
                    REFERENCES meeting_series (id)
                    DEFERRABLE INITIALLY DEFERRED,
            CONSTRAINT fk_meeting_chair_person FOREIGN KEY(chair)
                    REFERENCES person (id)
                    DEFERRABLE INITIALLY DEFERRED,
            CONSTRAINT fk_meeting_minute_taker_person FOREIGN KEY(minute_taker)
                    REFERENCES person (id)
                    DEFERRABLE INITIALLY DEFERRED
        )
         STRICT
        """,
        (
            "id",
            "version",
            "ref",
            "body",
            "held_on",
            "place",
        ),
    ),
    "request_event": (
        """
        CREATE TABLE changing (
            id INTEGER NOT NULL,
            version INTEGER NOT NULL,
            ref TEXT NOT NULL,
            request INTEGER NOT NULL,
            happened_on TEXT NOT NULL,
            at TEXT,
            state TEXT,
            happening TEXT,
            waiting_on TEXT,
            risk INTEGER,
            level TEXT,
            said_by TEXT,
            escalated_to INTEGER,
            told TEXT,
            message TEXT,
            CONSTRAINT pk_request_event PRIMARY KEY (id),
            CONSTRAINT uq_request_event_ref UNIQUE (ref),
            CONSTRAINT fk_request_event_request_support_request FOREIGN KEY(request)
                    REFERENCES support_request (id)
                    DEFERRABLE INITIALLY DEFERRED,
            CONSTRAINT fk_request_event_escalated_to_person FOREIGN KEY(escalated_to)
                    REFERENCES person (id)
                    DEFERRABLE INITIALLY DEFERRED
        )
         STRICT
        """,
        (
            "id",
            "version",
            "ref",
            "request",
            "happened_on",
            "state",
            "told",
        ),
    ),
    "support_request": (
        """
        CREATE TABLE changing (
            id INTEGER NOT NULL,
            version INTEGER NOT NULL,
            ref TEXT NOT NULL,
            practice INTEGER NOT NULL,
            category TEXT,
            level TEXT,
            summary TEXT,
            wanted_outcome TEXT,
            integrator INTEGER,
            function INTEGER,
            contact INTEGER,
            risk INTEGER,
            threatens_team INTEGER,
            safety_concern INTEGER,
            reported_elsewhere TEXT,
            practice_agreed_on TEXT,
            agreed_by TEXT,
            agreed_words TEXT,
            support_looked_at TEXT,
            offer TEXT,
            offered_by INTEGER,
            done_before TEXT,
            no_contract_transfer INTEGER,
            no_mandated_model INTEGER,
            existing_support_checked INTEGER,
            safeguard_note TEXT,
            outcome TEXT,
            review_on TEXT,
            restricted INTEGER NOT NULL,
            CONSTRAINT pk_support_request PRIMARY KEY (id),
            CONSTRAINT uq_support_request_ref UNIQUE (ref),
            CONSTRAINT fk_support_request_practice_practice FOREIGN KEY(practice)
                    REFERENCES practice (id)
                    DEFERRABLE INITIALLY DEFERRED,
            CONSTRAINT fk_support_request_integrator_integrator FOREIGN KEY(integrator)
                    REFERENCES integrator (id)
                    DEFERRABLE INITIALLY DEFERRED,
            CONSTRAINT fk_support_request_function_integrator_function FOREIGN KEY(function)
                    REFERENCES integrator_function (id)
                    DEFERRABLE INITIALLY DEFERRED,
            CONSTRAINT fk_support_request_contact_person FOREIGN KEY(contact)
                    REFERENCES person (id)
                    DEFERRABLE INITIALLY DEFERRED,
            CONSTRAINT fk_support_request_offered_by_organisation FOREIGN KEY(offered_by)
                    REFERENCES organisation (id)
                    DEFERRABLE INITIALLY DEFERRED
        )
         STRICT
        """,
        (
            "id",
            "version",
            "ref",
            "practice",
            "category",
            "level",
            "summary",
            "wanted_outcome",
            "threatens_team",
            "safety_concern",
            "reported_elsewhere",
            "practice_agreed_on",
            "offer",
            "no_contract_transfer",
            "no_mandated_model",
            "existing_support_checked",
            "restricted",
        ),
    ),
    "workload_transfer": (
        """
        CREATE TABLE changing (
            id INTEGER NOT NULL,
            version INTEGER NOT NULL,
            ref TEXT NOT NULL,
            what TEXT NOT NULL,
            kind TEXT,
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
        (
            "id",
            "version",
            "ref",
            "what",
            "moved_from",
            "since",
            "funded",
            "amount",
            "hours_a_month",
            "agreed_where",
            "answer",
            "remarks",
            "restricted",
        ),
    ),
}
"""A table with more columns, and those whose values go over."""

INDEXES = (
    "CREATE INDEX ix_agenda_item_carried_from ON agenda_item (carried_from)",
    "CREATE INDEX ix_agenda_item_meeting ON agenda_item (meeting)",
    "CREATE INDEX ix_agenda_item_presenter ON agenda_item (presenter)",
    "CREATE INDEX ix_area_document ON area (document)",
    "CREATE INDEX ix_area_successor ON area (successor)",
    "CREATE INDEX ix_area_within ON area (within)",
    "CREATE INDEX ix_area_membership_network ON area_membership (network)",
    "CREATE INDEX ix_area_membership_within ON area_membership (within)",
    "CREATE INDEX ix_attendance_meeting ON attendance (meeting)",
    "CREATE INDEX ix_attendance_organisation ON attendance (organisation)",
    "CREATE INDEX ix_attendance_person ON attendance (person)",
    "CREATE INDEX ix_attendance_practice ON attendance (practice)",
    "CREATE INDEX ix_attendance_seat ON attendance (seat)",
    "CREATE INDEX ix_body_accountable_body ON body (accountable_body)",
    "CREATE INDEX ix_body_document ON body (document)",
    "CREATE INDEX ix_body_organisation ON body (organisation)",
    "CREATE INDEX ix_body_place ON body (place)",
    "CREATE INDEX ix_body_successor ON body (successor)",
    "CREATE INDEX ix_collaborative_body ON collaborative (body)",
    "CREATE INDEX ix_collaborative_document ON collaborative (document)",
    "CREATE INDEX ix_collaborative_host ON collaborative (host)",
    "CREATE INDEX ix_collaborative_member_collaborative ON collaborative_member (collaborative)",
    "CREATE INDEX ix_collaborative_member_organisation ON collaborative_member (organisation)",
    "CREATE INDEX ix_decision_body ON decision (body)",
    "CREATE INDEX ix_decision_commitment ON decision (commitment)",
    "CREATE INDEX ix_decision_decided_by_integrator ON decision (decided_by_integrator)",
    "CREATE INDEX ix_decision_delegation_document ON decision (delegation_document)",
    "CREATE INDEX ix_decision_item ON decision (item)",
    "CREATE INDEX ix_decision_meeting ON decision (meeting)",
    "CREATE INDEX ix_decision_supersedes ON decision (supersedes)",
    "CREATE INDEX ix_delegation_delegated_to ON delegation (delegated_to)",
    "CREATE INDEX ix_delegation_deputy ON delegation (deputy)",
    "CREATE INDEX ix_delegation_held_by ON delegation (held_by)",
    "CREATE INDEX ix_delivered_evidence ON delivered (evidence)",
    "CREATE INDEX ix_existing_support_organisation ON existing_support (organisation)",
    "CREATE INDEX ix_footprint_appraisal_document ON footprint_appraisal (document)",
    "CREATE INDEX ix_footprint_appraisal_network ON footprint_appraisal (network)",
    "CREATE INDEX ix_footprint_option_appraisal ON footprint_option (appraisal)",
    "CREATE INDEX ix_footprint_option_evidence ON footprint_option (evidence)",
    "CREATE INDEX ix_forward_item_body ON forward_item (body)",
    "CREATE INDEX ix_forward_item_meeting ON forward_item (meeting)",
    "CREATE INDEX ix_forward_item_presenter ON forward_item (presenter)",
    "CREATE INDEX ix_function_transfer_document ON function_transfer (document)",
    "CREATE INDEX ix_fund_accountable_body ON fund (accountable_body)",
    "CREATE INDEX ix_fund_document ON fund (document)",
    "CREATE INDEX ix_fund_held_for ON fund (held_for)",
    "CREATE INDEX ix_fund_holder ON fund (holder)",
    "CREATE INDEX ix_fund_entry_document ON fund_entry (document)",
    "CREATE INDEX ix_fund_entry_fund ON fund_entry (fund)",
    "CREATE INDEX ix_fund_entry_principle ON fund_entry (principle)",
    "CREATE INDEX ix_fund_movement_entry ON fund_movement (entry)",
    "CREATE INDEX ix_fund_partner_fund ON fund_partner (fund)",
    "CREATE INDEX ix_fund_partner_organisation ON fund_partner (organisation)",
    "CREATE INDEX ix_funded_post_entry ON funded_post (entry)",
    "CREATE INDEX ix_funded_post_post ON funded_post (post)",
    "CREATE INDEX ix_hub_assurance_document ON hub (assurance_document)",
    "CREATE INDEX ix_hub_neighbourhood ON hub (neighbourhood)",
    "CREATE INDEX ix_hub_team ON hub (team)",
    "CREATE INDEX ix_hub_service_hub ON hub_service (hub)",
    "CREATE INDEX ix_hub_service_lead ON hub_service (lead)",
    "CREATE INDEX ix_integrator_accountable_body ON integrator (accountable_body)",
    "CREATE INDEX ix_integrator_accountable_body_document ON integrator (accountable_body_document)",
    "CREATE INDEX ix_integrator_contract_holder ON integrator (contract_holder)",
    "CREATE INDEX ix_integrator_contract_holder_document ON integrator (contract_holder_document)",
    "CREATE INDEX ix_integrator_fund_holder ON integrator (fund_holder)",
    "CREATE INDEX ix_integrator_fund_holder_document ON integrator (fund_holder_document)",
    "CREATE INDEX ix_integrator_host ON integrator (host)",
    "CREATE INDEX ix_integrator_host_document ON integrator (host_document)",
    "CREATE INDEX ix_integrator_place ON integrator (place)",
    "CREATE INDEX ix_integrator_function_document ON integrator_function (document)",
    "CREATE INDEX ix_integrator_function_integrator ON integrator_function (integrator)",
    "CREATE INDEX ix_integrator_function_lead ON integrator_function (lead)",
    "CREATE INDEX ix_integrator_partner_contact ON integrator_partner (contact)",
    "CREATE INDEX ix_integrator_partner_document ON integrator_partner (document)",
    "CREATE INDEX ix_integrator_partner_integrator ON integrator_partner (integrator)",
    "CREATE INDEX ix_integrator_partner_organisation ON integrator_partner (organisation)",
    "CREATE INDEX ix_integrator_step_document ON integrator_step (document)",
    "CREATE INDEX ix_integrator_step_integrator ON integrator_step (integrator)",
    "CREATE INDEX ix_interest_holder ON interest (holder)",
    "CREATE INDEX ix_interest_declared_interest ON interest_declared (interest)",
    "CREATE INDEX ix_interest_declared_item ON interest_declared (item)",
    "CREATE INDEX ix_interest_declared_meeting ON interest_declared (meeting)",
    "CREATE INDEX ix_interest_declared_who ON interest_declared (who)",
    "CREATE INDEX ix_lead_assignment_leader ON lead_assignment (leader)",
    "CREATE INDEX ix_lead_assignment_role ON lead_assignment (role)",
    "CREATE INDEX ix_leader_time_person ON leader_time (person)",
    "CREATE INDEX ix_meeting_series_body ON meeting_series (body)",
    "CREATE INDEX ix_minutes_line_item ON minutes_line (item)",
    "CREATE INDEX ix_minutes_line_minutes ON minutes_line (minutes)",
    "CREATE INDEX ix_minutes_version_meeting ON minutes_version (meeting)",
    "CREATE INDEX ix_neighbourhood_share_neighbourhood ON neighbourhood_share (neighbourhood)",
    "CREATE INDEX ix_neighbourhood_share_practice ON neighbourhood_share (practice)",
    "CREATE INDEX ix_neighbourhood_team_document ON neighbourhood_team (document)",
    "CREATE INDEX ix_neighbourhood_team_neighbourhood ON neighbourhood_team (neighbourhood)",
    'CREATE INDEX ix_neighbourhood_team_plan ON neighbourhood_team ("plan")',
    "CREATE INDEX ix_network_membership_network ON network_membership (network)",
    "CREATE INDEX ix_network_membership_practice ON network_membership (practice)",
    "CREATE INDEX ix_offer_to_lead_document ON offer_to_lead (document)",
    "CREATE INDEX ix_offer_to_lead_forum ON offer_to_lead (forum)",
    "CREATE INDEX ix_quorum_need_body ON quorum_need (body)",
    "CREATE INDEX ix_quorum_need_or_role ON quorum_need (or_role)",
    "CREATE INDEX ix_quorum_need_role ON quorum_need (role)",
    "CREATE INDEX ix_ratification_document ON ratification (document)",
    "CREATE INDEX ix_ratification_partner ON ratification (partner)",
    "CREATE INDEX ix_ratification_principle ON ratification (principle)",
    "CREATE INDEX ix_request_copy_request ON request_copy (request)",
    "CREATE INDEX ix_request_note_request ON request_note (request)",
    "CREATE INDEX ix_resource_claim_claimed_from ON resource_claim (claimed_from)",
    "CREATE INDEX ix_resource_claim_document ON resource_claim (document)",
    "CREATE INDEX ix_round_action ON round (action)",
    "CREATE INDEX ix_round_agreement ON round (agreement)",
    "CREATE INDEX ix_round_body ON round (body)",
    "CREATE INDEX ix_round_decision ON round (decision)",
    "CREATE INDEX ix_round_owner ON round (owner)",
    "CREATE INDEX ix_round_reply_organisation ON round_reply (organisation)",
    "CREATE INDEX ix_round_reply_practice ON round_reply (practice)",
    "CREATE INDEX ix_round_reply_round ON round_reply (round)",
    "CREATE INDEX ix_seat_body ON seat (body)",
    "CREATE INDEX ix_seat_deputy ON seat (deputy)",
    "CREATE INDEX ix_seat_holder ON seat (holder)",
    "CREATE INDEX ix_seat_organisation ON seat (organisation)",
    "CREATE INDEX ix_selection_criterion_document ON selection_criterion (document)",
    "CREATE INDEX ix_selection_criterion_integrator ON selection_criterion (integrator)",
    "CREATE INDEX ix_series_item_presenter ON series_item (presenter)",
    "CREATE INDEX ix_series_item_series ON series_item (series)",
    "CREATE INDEX ix_service_level_document ON service_level (document)",
    "CREATE INDEX ix_spend_principle_document ON spend_principle (document)",
    "CREATE INDEX ix_spend_principle_fund ON spend_principle (fund)",
    "CREATE INDEX ix_stakeholder_organisation ON stakeholder (organisation)",
    "CREATE INDEX ix_stakeholder_role ON stakeholder (role)",
    "CREATE INDEX ix_team_member_lead ON team_member (lead)",
    "CREATE INDEX ix_team_member_organisation ON team_member (organisation)",
    "CREATE INDEX ix_team_member_team ON team_member (team)",
    "CREATE INDEX ix_action_body ON action (body)",
    "CREATE INDEX ix_action_closed_at ON action (closed_at)",
    "CREATE INDEX ix_action_commitment ON action (commitment)",
    "CREATE INDEX ix_action_item ON action (item)",
    "CREATE INDEX ix_action_meeting ON action (meeting)",
    "CREATE INDEX ix_action_owner ON action (owner)",
    "CREATE INDEX ix_meeting_board ON meeting (board)",
    "CREATE INDEX ix_meeting_chair ON meeting (chair)",
    "CREATE INDEX ix_meeting_minute_taker ON meeting (minute_taker)",
    "CREATE INDEX ix_meeting_series ON meeting (series)",
    "CREATE INDEX ix_request_event_escalated_to ON request_event (escalated_to)",
    "CREATE INDEX ix_request_event_request ON request_event (request)",
    "CREATE INDEX ix_support_request_contact ON support_request (contact)",
    "CREATE INDEX ix_support_request_function ON support_request (function)",
    "CREATE INDEX ix_support_request_integrator ON support_request (integrator)",
    "CREATE INDEX ix_support_request_offered_by ON support_request (offered_by)",
    "CREATE INDEX ix_support_request_practice ON support_request (practice)",
    "CREATE INDEX ix_workload_transfer_moved_from ON workload_transfer (moved_from)",
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
