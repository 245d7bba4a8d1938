"""Entries and seals are written once; each entry is announced when its transaction commits."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION journal_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The journal is append-only: % on % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER journal_entry_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_entry
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_change();
CREATE TRIGGER journal_seal_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_seal
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_change();

CREATE FUNCTION journal_announce() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('journal', json_build_object(
        'sequence', NEW.sequence, 'case_kind', NEW.case_kind, 'case_reference', NEW.case_reference,
        'centre_id', NEW.centre_id, 'step', NEW.step)::text);
    RETURN NULL;
END $$;

CREATE TRIGGER journal_entry_is_announced AFTER INSERT ON journal_entry
    FOR EACH ROW EXECUTE FUNCTION journal_announce();
"""

BACKWARD = """
DROP TRIGGER journal_entry_is_announced ON journal_entry;
DROP FUNCTION journal_announce();
DROP TRIGGER journal_seal_is_append_only ON journal_seal;
DROP TRIGGER journal_entry_is_append_only ON journal_entry;
DROP FUNCTION journal_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
