"""A published set of criteria is never changed or deleted; its digest is that of its source, always."""

from django.db import migrations

FORWARD = """
ALTER TABLE standards_criteriaset ADD CONSTRAINT the_digest_is_that_of_the_source
    CHECK (sha256 = encode(sha256(convert_to(source, 'UTF8')), 'hex'));

CREATE FUNCTION standards_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Published criteria are final: % is refused.', TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER published_criteria_are_final BEFORE UPDATE OR DELETE ON standards_criteriaset
    FOR EACH ROW WHEN (OLD.stage = 'published') EXECUTE FUNCTION standards_refuse_change();
CREATE TRIGGER criteria_are_not_truncated BEFORE TRUNCATE ON standards_criteriaset
    FOR EACH STATEMENT EXECUTE FUNCTION standards_refuse_change();
"""

BACKWARD = """
DROP TRIGGER criteria_are_not_truncated ON standards_criteriaset;
DROP TRIGGER published_criteria_are_final ON standards_criteriaset;
DROP FUNCTION standards_refuse_change();
ALTER TABLE standards_criteriaset DROP CONSTRAINT the_digest_is_that_of_the_source;
"""


class Migration(migrations.Migration):
    dependencies = [("standards", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
