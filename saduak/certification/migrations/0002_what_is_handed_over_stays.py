"""Triggers for what must never be false and no CHECK can say."""

from django.db import migrations

FORWARD = """
-- A dossier and a resolution are written once.
CREATE FUNCTION certification_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: it was handed over.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER a_dossier_is_written_once BEFORE UPDATE OR DELETE ON certification_dossier
    FOR EACH STATEMENT EXECUTE FUNCTION certification_refuse_change();
CREATE TRIGGER a_resolution_is_written_once BEFORE UPDATE OR DELETE ON certification_resolution
    FOR EACH STATEMENT EXECUTE FUNCTION certification_refuse_change();

-- From its submission on nobody changes the content of a dossier.
CREATE FUNCTION certification_dossier_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE stage_now text;
BEGIN
    SELECT stage INTO stage_now FROM certification_application
        WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.application_id ELSE NEW.application_id END;
    IF stage_now NOT IN ('draft', 'returned') THEN
        RAISE EXCEPTION 'The dossier is closed: the application is %.', stage_now USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER answers_close_with_the_dossier BEFORE INSERT OR UPDATE OR DELETE ON certification_answer
    FOR EACH ROW EXECUTE FUNCTION certification_dossier_is_open();
CREATE TRIGGER evidence_closes_with_the_dossier BEFORE INSERT OR UPDATE OR DELETE ON certification_evidenceuse
    FOR EACH ROW EXECUTE FUNCTION certification_dossier_is_open();

-- A submitted sheet keeps its marks, a signed consensus its values, a resolved meeting its agenda.
CREATE FUNCTION certification_sheet_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM certification_scoresheet WHERE stage = 'submitted'
            AND id = CASE WHEN TG_OP = 'DELETE' THEN OLD.sheet_id ELSE NEW.sheet_id END) THEN
        RAISE EXCEPTION 'The score sheet was submitted.' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER marks_close_with_the_sheet BEFORE INSERT OR UPDATE OR DELETE ON certification_mark
    FOR EACH ROW EXECUTE FUNCTION certification_sheet_is_open();

CREATE FUNCTION certification_consensus_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM certification_consensus WHERE signed_at IS NOT NULL
            AND id = CASE WHEN TG_OP = 'DELETE' THEN OLD.consensus_id ELSE NEW.consensus_id END) THEN
        RAISE EXCEPTION 'The agreed scores are signed.' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER agreed_values_close_with_the_signature BEFORE INSERT OR UPDATE OR DELETE ON certification_agreedmark
    FOR EACH ROW EXECUTE FUNCTION certification_consensus_is_open();

CREATE FUNCTION certification_meeting_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM certification_resolution
            WHERE meeting_id = CASE WHEN TG_OP = 'DELETE' THEN OLD.meeting_id ELSE NEW.meeting_id END) THEN
        RAISE EXCEPTION 'The meeting has resolved.' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER the_agenda_closes_with_the_resolution BEFORE INSERT OR UPDATE OR DELETE ON certification_agendaitem
    FOR EACH ROW EXECUTE FUNCTION certification_meeting_is_open();
CREATE TRIGGER the_attendance_closes_with_the_resolution BEFORE INSERT OR UPDATE OR DELETE ON certification_attendance
    FOR EACH ROW EXECUTE FUNCTION certification_meeting_is_open();

-- Nobody with a hard conflict assesses a unit: a declared conflict, or a present or recent place in the centre itself,
-- or a present place in its agency.  (rules.HARD; three years are rules.FORMER_POSTING_YEARS)
CREATE FUNCTION certification_assessor_is_free() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE unit record;
DECLARE today date := (now() AT TIME ZONE 'Asia/Bangkok')::date;
BEGIN
    SELECT application.id, application.centre_id, centre.agency_id INTO unit
        FROM certification_visit visit
        JOIN certification_application application ON application.id = visit.application_id
        JOIN directory_centre centre ON centre.id = application.centre_id
        WHERE visit.id = NEW.visit_id;
    IF NOT EXISTS (SELECT FROM certification_declaration
            WHERE application_id = unit.id AND person_id = NEW.person_id AND NOT has_conflict) THEN
        RAISE EXCEPTION 'The member has not declared to be free of conflict.' USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (SELECT FROM directory_membership m
            LEFT JOIN directory_centre place ON place.id = m.centre_id
            WHERE m.person_id = NEW.person_id AND m.from_day <= today
            AND (
                (m.centre_id = unit.centre_id
                    AND (m.until_day IS NULL OR m.until_day >= (today - interval '3 years')::date))
                OR (coalesce(m.agency_id, place.agency_id) = unit.agency_id
                    AND (m.until_day IS NULL OR m.until_day >= today))
            )) THEN
        RAISE EXCEPTION 'The member belongs to the unit or its agency.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER an_assessor_is_free_of_hard_conflicts BEFORE INSERT OR UPDATE ON certification_visitassessor
    FOR EACH ROW EXECUTE FUNCTION certification_assessor_is_free();
"""

BACKWARD = """
DROP TRIGGER an_assessor_is_free_of_hard_conflicts ON certification_visitassessor;
DROP FUNCTION certification_assessor_is_free();
DROP TRIGGER the_attendance_closes_with_the_resolution ON certification_attendance;
DROP TRIGGER the_agenda_closes_with_the_resolution ON certification_agendaitem;
DROP FUNCTION certification_meeting_is_open();
DROP TRIGGER agreed_values_close_with_the_signature ON certification_agreedmark;
DROP FUNCTION certification_consensus_is_open();
DROP TRIGGER marks_close_with_the_sheet ON certification_mark;
DROP FUNCTION certification_sheet_is_open();
DROP TRIGGER evidence_closes_with_the_dossier ON certification_evidenceuse;
DROP TRIGGER answers_close_with_the_dossier ON certification_answer;
DROP FUNCTION certification_dossier_is_open();
DROP TRIGGER a_resolution_is_written_once ON certification_resolution;
DROP TRIGGER a_dossier_is_written_once ON certification_dossier;
DROP FUNCTION certification_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("certification", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
