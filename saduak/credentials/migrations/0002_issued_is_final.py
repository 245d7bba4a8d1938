"""A credential that was signed is never changed or deleted; its digest is that of its document, always."""

from django.db import migrations

FORWARD = """
ALTER TABLE credentials_issued ADD CONSTRAINT the_digest_is_that_of_the_document
    CHECK (sha256 = encode(sha256(convert_to(document, 'UTF8')), 'hex'));

CREATE FUNCTION credentials_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A credential that was issued is final: % is refused.', TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER issued_credentials_are_final BEFORE UPDATE OR DELETE ON credentials_issued
    FOR EACH ROW EXECUTE FUNCTION credentials_refuse_change();
CREATE TRIGGER issued_credentials_are_not_truncated BEFORE TRUNCATE ON credentials_issued
    FOR EACH STATEMENT EXECUTE FUNCTION credentials_refuse_change();
"""

BACKWARD = """
DROP TRIGGER issued_credentials_are_not_truncated ON credentials_issued;
DROP TRIGGER issued_credentials_are_final ON credentials_issued;
DROP FUNCTION credentials_refuse_change();
ALTER TABLE credentials_issued DROP CONSTRAINT the_digest_is_that_of_the_document;
"""


class Migration(migrations.Migration):
    dependencies = [("credentials", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
