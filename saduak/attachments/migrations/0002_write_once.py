"""The database refuses to change what was stored."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("attachments", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION attachments_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'What is stored is never changed.';
            END $$;
            CREATE TRIGGER a_content_is_written_once BEFORE UPDATE ON attachments_content
                FOR EACH ROW EXECUTE FUNCTION attachments_refuse_change();
            CREATE TRIGGER an_attachment_keeps_its_content
                BEFORE UPDATE OF content_id, received_sha256 ON attachments_attachment
                FOR EACH ROW WHEN (OLD.content_id <> NEW.content_id OR OLD.received_sha256 <> NEW.received_sha256)
                EXECUTE FUNCTION attachments_refuse_change();
            """,
            """
            DROP TRIGGER an_attachment_keeps_its_content ON attachments_attachment;
            DROP TRIGGER a_content_is_written_once ON attachments_content;
            DROP FUNCTION attachments_refuse_change();
            """,
        )
    ]
